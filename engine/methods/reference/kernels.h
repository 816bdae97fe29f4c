// How many kernels a pass launches, by kind, counted from what engines launch for each part of an architecture and not from a model's name.
//
// Small kernels (norms, RoPE with cache write, quantisation, routing, permutation, …) cost a fixed time each, the gap before them included.
// GEMMs have a floor each: however small the weight, a product takes that long.
#pragma once

#include "architecture/architecture.h"

namespace moecalc::reference {

struct KernelCounts {
  double small;
  double projections;  // GEMMs of attention
  double expansions;   // MLA's two products per head
  double dense_ffn;
  double shared_expert;
  double routed_experts;
  double router;
  double attention_cores;
};

// quantises_dense, quantises_experts: activations are turned into the format that is multiplied in.
inline KernelCounts kernels_of(const Architecture& a, bool quantises_dense, bool quantises_experts) {
  const double q = quantises_dense ? 1 : 0;
  const double q_expert = quantises_experts ? 1 : 0;
  const bool mla = a.attention_kind == static_cast<double>(AttentionKind::mla);
  const double softmax = a.layers - a.linear_layers;
  const double dense = a.layers - a.moe_layers;
  const bool shared = a.shared_expert_intermediate_size > 0;
  // Grouped heads: norm, RoPE with cache write, residual. MLA: two norms and a copy more. Linear: norm, convolution, gates, two more.
  const double small_of_softmax = mla ? 4 + 2 * q : 3 + q;
  const double small_of_linear = 5 + q;
  const double small_of_indexer = 3;  // key's norm, RoPE, top-k
  // Dense: norm, activation. Experts: norm, router's two, permutation and alignment, sum, and the shared expert's activation and addition.
  const double small_of_moe = 6 + q_expert + (shared ? 2 : 0);
  return {softmax * small_of_softmax + a.linear_layers * small_of_linear + a.index_layers * small_of_indexer + dense * 2 + a.moe_layers * small_of_moe,
          softmax * (mla ? 3 : 2) + a.linear_layers * 3 + a.index_layers * 3,
          mla ? (softmax - a.window_layers) * 2 : 0,
          dense * 2,
          shared ? a.moe_layers * 2 : 0,
          a.moe_layers * 2,
          a.moe_layers,
          a.layers};
}

}  // namespace moecalc::reference
