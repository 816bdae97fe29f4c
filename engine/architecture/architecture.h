// A model as the numbers that its work, its weights and its KV cache follow from: what config.json says, under one set of names.
//
// Every member is a plain number, so that each is also an input (`model.<key>`) that may replace the catalogue's value, in a form, a link
// or a sweep. Layers are counted by kind: of `layers`, `window_layers` attend to a window (sliding or chunked), `linear_layers` keep a state
// instead of a KV cache (gated delta rule and kin), and the rest attend to everything, by grouped heads or by MLA; `moe_layers` have experts,
// the rest a dense feed-forward. A zero means: this model does not have it.
#pragma once

#include <span>
#include <string_view>

#include "units/unit.h"

namespace moecalc {

enum class AttentionKind { gqa, mla };

struct Architecture {
  double layers = 0;
  double hidden_size = 0;
  double vocab_size = 0;
  double tied_embeddings = 0;  // 1: the LM head is the embedding

  double attention_kind = 0;  // AttentionKind of the layers with full attention
  double heads = 0;
  double kv_heads = 0;    // grouped heads; not used by MLA
  double head_dim = 0;    // of Q and K, grouped heads
  double v_head_dim = 0;  // of V, both kinds
  double q_lora_rank = 0;  // MLA; 0: Q is not compressed
  double kv_lora_rank = 0;
  double qk_nope_head_dim = 0;
  double qk_rope_head_dim = 0;
  double attention_output_gate = 0;  // 1: Q carries a gate of the same width for the attention's output

  double window_layers = 0;  // grouped heads of the same head_dim and v_head_dim
  double window_tokens = 0;
  double window_kv_heads = 0;

  double linear_layers = 0;
  double linear_key_heads = 0;
  double linear_value_heads = 0;
  double linear_key_head_dim = 0;
  double linear_value_head_dim = 0;
  double linear_conv_kernel = 0;

  double index_layers = 0;  // layers with an indexer of their own (sparse MLA of DeepSeek-V3.2)
  double index_heads = 0;
  double index_head_dim = 0;
  double index_topk = 0;  // tokens attended to; 0: all

  double moe_layers = 0;
  double dense_intermediate_size = 0;
  double experts = 0;
  double experts_per_token = 0;
  double expert_intermediate_size = 0;
  double shared_expert_intermediate_size = 0;  // of all shared experts together
  double expert_groups = 0;                    // node-limited routing: a token's experts are in expert_group_limit of so many groups
  double expert_group_limit = 0;

  double mtp_layers = 0;              // draft layers the checkpoint has
  double experts_only_quantized = 0;  // 1: the publisher's quantised weights leave everything but the routed experts in BF16
};

struct ArchitectureField {
  std::string_view key;  // the member's name
  Unit unit;
  double minimum;
  double maximum;
  double Architecture::*member;
};

// All members, in order.
std::span<const ArchitectureField> architecture_fields();

}  // namespace moecalc
