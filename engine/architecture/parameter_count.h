// How many parameters an architecture has, part by part, and how many elements a sequence keeps in memory.
//
// Counted are the matrices. Norms, biases, attention sinks and the few numbers a head that gates and decays have are left out: together they are
// below 0.1 % of every model of the catalogue.
//
// total  = every part once: attention, feed-forward, all experts, routers, indexers, embedding, and the LM head unless it is the
//          embedding. The MTP layers stand apart, as they do in most published totals.
// active = what one token is multiplied with in a forward pass: as total, but of the experts only those a token goes to, and not the
//          embedding, of which it reads one row. A tied LM head is multiplied with, so it counts.
//
// Publishers differ (with the embedding, without the LM head, with MTP); the catalogue says which parts each one's number has.
#pragma once

#include "architecture/architecture.h"

namespace moecalc {

constexpr bool has_mla(const Architecture& a) { return a.attention_kind == static_cast<double>(AttentionKind::mla); }

// Layers by kind of attention and of feed-forward.
constexpr double full_layers(const Architecture& a) { return a.layers - a.window_layers - a.linear_layers; }
constexpr double dense_layers(const Architecture& a) { return a.layers - a.moe_layers; }

// --- parameters of one layer's part ----------------------------------------------------------------------------------------

// Q (and the gate of the same width), K, V and O of grouped heads.
constexpr double grouped_attention_parameters(const Architecture& a, double kv_heads) {
  const double query = a.hidden_size * a.heads * a.head_dim * (1 + a.attention_output_gate);
  const double key_value = a.hidden_size * kv_heads * (a.head_dim + a.v_head_dim);
  const double output = a.heads * a.v_head_dim * a.hidden_size;
  return query + key_value + output;
}

constexpr double mla_parameters(const Architecture& a) {
  const double query_width = a.heads * (a.qk_nope_head_dim + a.qk_rope_head_dim);
  const double query = a.q_lora_rank > 0 ? a.hidden_size * a.q_lora_rank + a.q_lora_rank * query_width : a.hidden_size * query_width;
  const double key_value_down = a.hidden_size * (a.kv_lora_rank + a.qk_rope_head_dim);
  const double key_value_up = a.kv_lora_rank * a.heads * (a.qk_nope_head_dim + a.v_head_dim);
  const double output = a.heads * a.v_head_dim * a.hidden_size;
  return query + key_value_down + key_value_up + output;
}

// A layer with full attention, without its indexer.
constexpr double full_attention_parameters(const Architecture& a) {
  return has_mla(a) ? mla_parameters(a) : grouped_attention_parameters(a, a.kv_heads);
}

constexpr double window_attention_parameters(const Architecture& a) { return grouped_attention_parameters(a, a.window_kv_heads); }

// Gated delta rule: Q, K, V and the output's gate z; beta and decay, a number each a value head; a short convolution over Q, K and V; O.
constexpr double linear_attention_parameters(const Architecture& a) {
  const double key_width = a.linear_key_heads * a.linear_key_head_dim;
  const double value_width = a.linear_value_heads * a.linear_value_head_dim;
  const double projections = a.hidden_size * (2 * key_width + 2 * value_width + 2 * a.linear_value_heads);
  const double convolution = a.linear_conv_kernel * (2 * key_width + value_width);
  return projections + convolution + value_width * a.hidden_size;
}

// Of a layer with its own indexer: queries from MLA's compressed query, one key, a weight a head.
constexpr double indexer_parameters(const Architecture& a) {
  const double query_input = a.q_lora_rank > 0 ? a.q_lora_rank : a.hidden_size;
  return query_input * a.index_heads * a.index_head_dim + a.hidden_size * a.index_head_dim + a.hidden_size * a.index_heads;
}

// Gate, up and down.
constexpr double dense_ffn_parameters(const Architecture& a) { return 3 * a.hidden_size * a.dense_intermediate_size; }
constexpr double expert_parameters(const Architecture& a) { return 3 * a.hidden_size * a.expert_intermediate_size; }
constexpr double shared_expert_parameters(const Architecture& a) { return 3 * a.hidden_size * a.shared_expert_intermediate_size; }
constexpr double router_parameters(const Architecture& a) { return a.hidden_size * a.experts; }

constexpr double embedding_parameters(const Architecture& a) { return a.vocab_size * a.hidden_size; }
// What the LM head multiplies with; when tied it takes no room beside the embedding.
constexpr double lm_head_parameters(const Architecture& a) { return a.vocab_size * a.hidden_size; }
constexpr double lm_head_stored_parameters(const Architecture& a) { return a.tied_embeddings != 0 ? 0 : lm_head_parameters(a); }

// One draft layer: a layer like the model's last one, and the projection of the embedding and the hidden state, side by side, to the
// hidden size. Embedding and LM head are the model's.
constexpr double mtp_layer_parameters(const Architecture& a, double experts_counted) {
  const double attention = full_attention_parameters(a) + (a.index_layers > 0 ? indexer_parameters(a) : 0);
  const double feed_forward =
      a.moe_layers > 0 ? experts_counted * expert_parameters(a) + shared_expert_parameters(a) + router_parameters(a) : dense_ffn_parameters(a);
  return attention + feed_forward + 2 * a.hidden_size * a.hidden_size;
}

// --- the whole model by part -----------------------------------------------------------------------------------------------

struct ParameterCount {
  double full_attention = 0;
  double window_attention = 0;
  double linear_attention = 0;
  double indexer = 0;
  double dense_ffn = 0;
  double routed_experts = 0;
  double shared_experts = 0;
  double router = 0;
  double embedding = 0;
  double lm_head = 0;
  double mtp = 0;  // not in sum()

  constexpr double attention() const { return full_attention + window_attention + linear_attention + indexer; }
  constexpr double sum() const {
    return attention() + dense_ffn + routed_experts + shared_experts + router + embedding + lm_head;
  }
};

constexpr ParameterCount count_with_experts(const Architecture& a, double experts_counted) {
  ParameterCount count;
  count.full_attention = full_layers(a) * full_attention_parameters(a);
  count.window_attention = a.window_layers * window_attention_parameters(a);
  count.linear_attention = a.linear_layers * linear_attention_parameters(a);
  count.indexer = a.index_layers * indexer_parameters(a);
  count.dense_ffn = dense_layers(a) * dense_ffn_parameters(a);
  count.routed_experts = a.moe_layers * experts_counted * expert_parameters(a);
  count.shared_experts = a.moe_layers * shared_expert_parameters(a);
  count.router = a.moe_layers * router_parameters(a);
  count.mtp = a.mtp_layers * mtp_layer_parameters(a, experts_counted);
  return count;
}

constexpr ParameterCount total_parameters(const Architecture& a) {
  ParameterCount count = count_with_experts(a, a.experts);
  count.embedding = embedding_parameters(a);
  count.lm_head = lm_head_stored_parameters(a);
  return count;
}

constexpr ParameterCount active_parameters(const Architecture& a) {
  ParameterCount count = count_with_experts(a, a.experts_per_token);
  count.lm_head = lm_head_parameters(a);
  return count;
}

// --- what a sequence keeps, in elements ------------------------------------------------------------------------------------

// Of one token in one layer with full attention.
constexpr double full_kv_elements(const Architecture& a) {
  return has_mla(a) ? a.kv_lora_rank + a.qk_rope_head_dim : a.kv_heads * (a.head_dim + a.v_head_dim);
}
// Of one token in one layer that attends to a window; no more than window_tokens of them are kept.
constexpr double window_kv_elements(const Architecture& a) { return a.window_kv_heads * (a.head_dim + a.v_head_dim); }
// The indexer's key of one token in one layer.
constexpr double index_key_elements(const Architecture& a) { return a.index_head_dim; }

// What every token adds for as long as the sequence lives, over all layers: full attention, and the indexer's keys.
constexpr double kv_elements_per_token(const Architecture& a) { return full_layers(a) * full_kv_elements(a); }
constexpr double index_elements_per_token(const Architecture& a) { return a.index_layers * index_key_elements(a); }
// What a sequence keeps at most in its window layers, and always in its linear ones (the state, and the convolution's last inputs).
constexpr double window_elements_per_sequence(const Architecture& a) { return a.window_layers * a.window_tokens * window_kv_elements(a); }
constexpr double linear_state_elements_per_sequence(const Architecture& a) {
  const double key_width = a.linear_key_heads * a.linear_key_head_dim;
  const double value_width = a.linear_value_heads * a.linear_value_head_dim;
  const double last_inputs = a.linear_conv_kernel > 1 ? (a.linear_conv_kernel - 1) * (2 * key_width + value_width) : 0;
  return a.linear_layers * (a.linear_value_heads * a.linear_key_head_dim * a.linear_value_head_dim + last_inputs);
}

// The parts by name, for whoever prints them all: JSON, the command line.
struct ParameterPart {
  const char* key;
  double ParameterCount::*member;
};
inline constexpr ParameterPart parameter_parts[] = {
    {"full_attention", &ParameterCount::full_attention}, {"window_attention", &ParameterCount::window_attention},
    {"linear_attention", &ParameterCount::linear_attention}, {"indexer", &ParameterCount::indexer},
    {"dense_ffn", &ParameterCount::dense_ffn}, {"routed_experts", &ParameterCount::routed_experts},
    {"shared_experts", &ParameterCount::shared_experts}, {"router", &ParameterCount::router},
    {"embedding", &ParameterCount::embedding}, {"lm_head", &ParameterCount::lm_head}, {"mtp", &ParameterCount::mtp},
};

}  // namespace moecalc
