// How many kernels a layer launches: the fixed time of a step is this count times one launch. Counted from what engines launch for each part
// of an architecture, not from a model's name.
#pragma once

#include "architecture/architecture.h"

namespace moecalc::reference {

inline constexpr double kernels_grouped_attention = 6;  // norm, QKV, RoPE with cache write, core, output, all-reduce
inline constexpr double kernels_mla = 12;      // norm, two compressions, their norms, Q up, RoPE, absorbed K, cache write, core, V up, output
inline constexpr double kernels_linear = 12;   // norm, projections, convolution, gates, delta rule, norm, output, …
inline constexpr double kernels_indexer = 5;   // queries, key, weights, scores, top-k
inline constexpr double kernels_dense_ffn = 4;  // norm, gate and up, activation, down
inline constexpr double kernels_moe = 8;       // norm, router, top-k, permutation, two grouped GEMMs, activation, sum
inline constexpr double kernels_shared = 4;    // gate and up, activation, down, addition

inline double kernels_of(const Architecture& a) {
  const double full = a.layers - a.window_layers - a.linear_layers;
  const bool mla = a.attention_kind == static_cast<double>(AttentionKind::mla);
  return full * (mla ? kernels_mla : kernels_grouped_attention) + a.window_layers * kernels_grouped_attention + a.linear_layers * kernels_linear +
         a.index_layers * kernels_indexer + (a.layers - a.moe_layers) * kernels_dense_ffn +
         a.moe_layers * (kernels_moe + (a.shared_expert_intermediate_size > 0 ? kernels_shared : 0));
}

}  // namespace moecalc::reference
