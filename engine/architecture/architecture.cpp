#include "architecture/architecture.h"

namespace moecalc {
namespace {

using A = Architecture;

constexpr double widest = 1048576;     // of a vector, a vocabulary or a window
constexpr double most_layers = 1024;
constexpr double most_heads = 4096;
constexpr double most_experts = 16384;

// The smallest value is 0 wherever 0 means "the model does not have it".
constexpr ArchitectureField field_table[] = {
    {"layers", unit::layers, 1, most_layers, &A::layers},
    {"hidden_size", unit::elements, 1, widest, &A::hidden_size},
    {"vocab_size", unit::elements, 1, 16 * widest, &A::vocab_size},
    {"tied_embeddings", unit::none, 0, 1, &A::tied_embeddings},
    {"attention_kind", unit::none, 0, 1, &A::attention_kind},
    {"heads", unit::heads, 1, most_heads, &A::heads},
    {"kv_heads", unit::heads, 0, most_heads, &A::kv_heads},
    {"head_dim", unit::elements, 0, widest, &A::head_dim},
    {"v_head_dim", unit::elements, 1, widest, &A::v_head_dim},
    {"q_lora_rank", unit::elements, 0, widest, &A::q_lora_rank},
    {"kv_lora_rank", unit::elements, 0, widest, &A::kv_lora_rank},
    {"qk_nope_head_dim", unit::elements, 0, widest, &A::qk_nope_head_dim},
    {"qk_rope_head_dim", unit::elements, 0, widest, &A::qk_rope_head_dim},
    {"attention_output_gate", unit::none, 0, 1, &A::attention_output_gate},
    {"window_layers", unit::layers, 0, most_layers, &A::window_layers},
    {"window_tokens", unit::tokens, 0, 16 * widest, &A::window_tokens},
    {"window_kv_heads", unit::heads, 0, most_heads, &A::window_kv_heads},
    {"linear_layers", unit::layers, 0, most_layers, &A::linear_layers},
    {"linear_key_heads", unit::heads, 0, most_heads, &A::linear_key_heads},
    {"linear_value_heads", unit::heads, 0, most_heads, &A::linear_value_heads},
    {"linear_key_head_dim", unit::elements, 0, widest, &A::linear_key_head_dim},
    {"linear_value_head_dim", unit::elements, 0, widest, &A::linear_value_head_dim},
    {"linear_conv_kernel", unit::elements, 0, 1024, &A::linear_conv_kernel},
    {"index_layers", unit::layers, 0, most_layers, &A::index_layers},
    {"index_heads", unit::heads, 0, most_heads, &A::index_heads},
    {"index_head_dim", unit::elements, 0, widest, &A::index_head_dim},
    {"index_topk", unit::tokens, 0, 16 * widest, &A::index_topk},
    {"moe_layers", unit::layers, 0, most_layers, &A::moe_layers},
    {"dense_intermediate_size", unit::elements, 0, widest, &A::dense_intermediate_size},
    {"experts", unit::experts, 0, most_experts, &A::experts},
    {"experts_per_token", unit::experts, 0, most_experts, &A::experts_per_token},
    {"expert_intermediate_size", unit::elements, 0, widest, &A::expert_intermediate_size},
    {"shared_expert_intermediate_size", unit::elements, 0, widest, &A::shared_expert_intermediate_size},
    {"expert_groups", unit::none, 0, most_experts, &A::expert_groups},
    {"expert_group_limit", unit::none, 0, most_experts, &A::expert_group_limit},
    {"mtp_layers", unit::layers, 0, most_layers, &A::mtp_layers},
    {"experts_only_quantized", unit::none, 0, 1, &A::experts_only_quantized},
};

// Every member is a double, so a forgotten one shows in the size.
static_assert(sizeof(field_table) / sizeof(field_table[0]) == sizeof(Architecture) / sizeof(double));

}  // namespace

std::span<const ArchitectureField> architecture_fields() { return field_table; }

}  // namespace moecalc
