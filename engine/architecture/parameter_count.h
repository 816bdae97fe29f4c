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

#include "architecture/parts.h"

namespace moecalc {

inline double dense_layers(const Architecture& a) { return a.layers - a.moe_layers; }

// What the LM head takes beside the embedding; multiplied with are embedding_parameters() in any case.
inline double lm_head_stored_parameters(const Architecture& a) { return a.tied_embeddings != 0 ? 0 : embedding_parameters(a); }

// One draft layer: a layer with full attention like the model's last one, and the projection of the embedding and the hidden state, side by
// side, to the hidden size. Embedding and LM head are the model's.
inline double mtp_layer_parameters(const Architecture& a, double experts_counted) {
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

  double attention() const { return full_attention + window_attention + linear_attention + indexer; }
  double sum() const {
    return attention() + dense_ffn + routed_experts + shared_experts + router + embedding + lm_head;
  }
};

inline ParameterCount count_with_experts(const Architecture& a, double experts_counted) {
  ParameterCount count;
  count.full_attention = full_attention_layers(a) * full_attention_parameters(a);
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

inline ParameterCount total_parameters(const Architecture& a) {
  ParameterCount count = count_with_experts(a, a.experts);
  count.embedding = embedding_parameters(a);
  count.lm_head = lm_head_stored_parameters(a);
  return count;
}

inline ParameterCount active_parameters(const Architecture& a) {
  ParameterCount count = count_with_experts(a, a.experts_per_token);
  count.lm_head = embedding_parameters(a);
  return count;
}

// --- what a sequence keeps, in elements ------------------------------------------------------------------------------------

// What every token adds for as long as the sequence lives, over all layers: full attention, and the indexer's keys.
inline double kv_elements_per_token(const Architecture& a) { return full_attention_layers(a) * full_kv_elements(a); }
inline double index_elements_per_token(const Architecture& a) { return a.index_layers * a.index_head_dim; }
// What a sequence keeps at most in its window layers, and always in its linear ones.
inline double window_elements_per_sequence(const Architecture& a) { return a.window_layers * a.window_tokens * window_kv_elements(a); }
inline double linear_elements_per_sequence(const Architecture& a) { return a.linear_layers * linear_state_elements(a); }

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
