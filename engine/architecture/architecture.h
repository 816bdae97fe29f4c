// A model as the numbers that its work, its weights and its KV cache follow from: what config.json says, under one set of names.
//
// Every member is a plain number, so that each is also an input (`model.<key>`) that may replace the catalogue's value, in a form, a link
// or a sweep. Layers are counted by kind: of `layers`, `window_layers` attend to a window (sliding or chunked), `linear_layers` keep a state
// instead of a KV cache (gated delta rule and kin), and the rest attend to everything, by grouped heads or by MLA; `moe_layers` have experts,
// the rest a dense feed-forward. A zero means: this model does not have it.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "units/unit.h"

namespace moecalc {

enum class AttentionKind { gqa, mla };

// T: double, or a number that carries its origin along (report/recorder.h).
template <class T>
struct ArchitectureOf {
  T layers{};
  T hidden_size{};
  T vocab_size{};
  T tied_embeddings{};  // 1: the LM head is the embedding

  T attention_kind{};  // AttentionKind of the layers with full attention
  T heads{};
  T kv_heads{};    // grouped heads; not used by MLA
  T head_dim{};    // of Q and K, grouped heads
  T v_head_dim{};  // of V, both kinds
  T q_lora_rank{};  // MLA; 0: Q is not compressed
  T kv_lora_rank{};
  T qk_nope_head_dim{};
  T qk_rope_head_dim{};
  T attention_output_gate{};  // 1: Q carries a gate of the same width for the attention's output

  T window_layers{};  // grouped heads of the same head_dim and v_head_dim
  T window_tokens{};
  T window_kv_heads{};

  T linear_layers{};
  T linear_key_heads{};
  T linear_value_heads{};
  T linear_key_head_dim{};
  T linear_value_head_dim{};
  T linear_conv_kernel{};

  T index_layers{};  // layers with an indexer of their own (sparse MLA of DeepSeek-V3.2)
  T index_heads{};
  T index_head_dim{};
  T index_topk{};  // tokens attended to; 0: all

  T moe_layers{};
  T dense_intermediate_size{};
  T experts{};
  T experts_per_token{};
  T expert_intermediate_size{};
  T shared_expert_intermediate_size{};  // of all shared experts together
  T expert_groups{};                    // node-limited routing: a token's experts are in expert_group_limit of so many groups
  T expert_group_limit{};

  T mtp_layers{};              // draft layers the checkpoint has
  T experts_only_quantized{};  // 1: the publisher's quantised weights leave everything but the routed experts in BF16
};

using Architecture = ArchitectureOf<double>;

// Every member, in the order above.
template <class T>
constexpr auto architecture_members() {
  using A = ArchitectureOf<T>;
  return std::array{
      &A::layers, &A::hidden_size, &A::vocab_size, &A::tied_embeddings, &A::attention_kind, &A::heads, &A::kv_heads, &A::head_dim, &A::v_head_dim, &A::q_lora_rank, &A::kv_lora_rank, &A::qk_nope_head_dim, &A::qk_rope_head_dim, &A::attention_output_gate, &A::window_layers, &A::window_tokens, &A::window_kv_heads, &A::linear_layers, &A::linear_key_heads, &A::linear_value_heads, &A::linear_key_head_dim, &A::linear_value_head_dim, &A::linear_conv_kernel, &A::index_layers, &A::index_heads, &A::index_head_dim, &A::index_topk, &A::moe_layers, &A::dense_intermediate_size, &A::experts, &A::experts_per_token, &A::expert_intermediate_size, &A::shared_expert_intermediate_size, &A::expert_groups, &A::expert_group_limit, &A::mtp_layers, &A::experts_only_quantized,
  };
}
inline constexpr std::size_t architecture_field_count = architecture_members<double>().size();

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
