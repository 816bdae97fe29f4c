// Weights of one layer's parts, in elements, and what the KV cache keeps. Biases and norms are left out: below 0.1 % of any model.
//
// A: an Architecture, or one whose numbers carry their origin along.
#pragma once

#include "architecture/architecture.h"
#include "report/recorder.h"

namespace moecalc {

template <class A>
bool is_mla(const A& a) {
  return value_of(a.attention_kind) == static_cast<double>(AttentionKind::mla);
}

// Layers with attention to the whole context.
template <class A>
auto full_attention_layers(const A& a) {
  return a.layers - a.window_layers - a.linear_layers;
}

// Grouped heads: Q (and its gate), K, V and output.
template <class A, class H>
auto grouped_attention_parameters(const A& a, const H& kv_heads) {
  return a.hidden_size * a.heads * (a.head_dim * (1.0 + a.attention_output_gate) + a.v_head_dim) + a.hidden_size * kv_heads * (a.head_dim + a.v_head_dim);
}

// MLA: what every GPU of a tensor-parallel group holds whole (the compressions), and what is divided by heads.
template <class A>
auto mla_compression_parameters(const A& a) {
  return a.hidden_size * (a.q_lora_rank + a.kv_lora_rank + a.qk_rope_head_dim);
}
template <class A>
auto mla_expansion_parameters(const A& a) {
  return a.kv_lora_rank * a.heads * (a.qk_nope_head_dim + a.v_head_dim);
}
template <class A>
auto mla_query_parameters(const A& a) {
  const auto width = a.heads * (a.qk_nope_head_dim + a.qk_rope_head_dim);
  return value_of(a.q_lora_rank) == 0 ? a.hidden_size * width : a.q_lora_rank * width;
}
template <class A>
auto mla_output_parameters(const A& a) {
  return a.heads * a.v_head_dim * a.hidden_size;
}
template <class A>
auto mla_parameters(const A& a) {
  return mla_compression_parameters(a) + mla_query_parameters(a) + mla_expansion_parameters(a) + mla_output_parameters(a);
}

template <class A>
auto full_attention_parameters(const A& a) {
  return is_mla(a) ? mla_parameters(a) : grouped_attention_parameters(a, a.kv_heads);
}
template <class A>
auto window_attention_parameters(const A& a) {
  return grouped_attention_parameters(a, a.window_kv_heads);
}

// Gated delta rule: Q, K, V and its output gate, two numbers a head (decay, write strength), a short convolution, the output.
template <class A>
auto linear_attention_parameters(const A& a) {
  const auto keys = a.linear_key_heads * a.linear_key_head_dim;
  const auto values = a.linear_value_heads * a.linear_value_head_dim;
  return a.hidden_size * (2.0 * keys + 2.0 * values + 2.0 * a.linear_value_heads) + (2.0 * keys + values) * a.linear_conv_kernel + values * a.hidden_size;
}

// Sparse MLA's indexer: queries from the compressed Q, one key and a weight a head from the hidden state.
template <class A>
auto indexer_parameters(const A& a) {
  return a.q_lora_rank * a.index_heads * a.index_head_dim + a.hidden_size * (a.index_head_dim + a.index_heads);
}

// Gate, up and down projection.
template <class A>
auto dense_ffn_parameters(const A& a) {
  return 3.0 * a.hidden_size * a.dense_intermediate_size;
}
template <class A>
auto expert_parameters(const A& a) {
  return 3.0 * a.hidden_size * a.expert_intermediate_size;
}
template <class A>
auto shared_expert_parameters(const A& a) {
  return 3.0 * a.hidden_size * a.shared_expert_intermediate_size;
}
template <class A>
auto router_parameters(const A& a) {
  return a.hidden_size * a.experts;
}
template <class A>
auto embedding_parameters(const A& a) {
  return a.vocab_size * a.hidden_size;
}

// Elements that the KV cache keeps of one token in one layer.
template <class A>
auto full_kv_elements(const A& a) {
  return is_mla(a) ? a.kv_lora_rank + a.qk_rope_head_dim : a.kv_heads * (a.head_dim + a.v_head_dim);
}
template <class A>
auto window_kv_elements(const A& a) {
  return a.window_kv_heads * (a.head_dim + a.v_head_dim);
}
// State of one sequence in one linear layer.
template <class A>
auto linear_state_elements(const A& a) {
  return a.linear_value_heads * a.linear_key_head_dim * a.linear_value_head_dim;
}

}  // namespace moecalc
