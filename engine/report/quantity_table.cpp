#include "report/quantity_table.h"

namespace moecalc {
namespace {

using enum QuantityId;

constexpr std::array<QuantityInfo, quantity_count> table = {{
    {model_attention_parameters_m, "model.attention_parameters_m", "model", unit::million_parameters, "N_mla"},
    {model_attention_absorbed_parameters_m, "model.attention_absorbed_parameters_m", "model", unit::million_parameters, "N_absorbed"},
    {model_dense_ffn_parameters_m, "model.dense_ffn_parameters_m", "model", unit::million_parameters, "N_dense"},
    {model_expert_parameters_m, "model.expert_parameters_m", "model", unit::million_parameters, "N_expert"},
    {model_total_parameters_b, "model.total_parameters_b", "model", unit::billion_parameters, "N_total"},
    {model_kv_kib_per_token, "model.kv_kib_per_token", "model", unit::kib, "KV_token"},

    {prefill_tensor_parallel, "prefill.tensor_parallel", "prefill", unit::gpus, "TP"},
    {prefill_data_parallel, "prefill.data_parallel", "prefill", unit::none, "DP"},
    {prefill_nodes, "prefill.nodes", "prefill", unit::nodes, "nodes"},
    {prefill_experts_per_gpu, "prefill.experts_per_gpu", "prefill", unit::experts, "x"},
    {prefill_fp8_tflops, "prefill.fp8_tflops", "prefill", unit::tflops, "F_fp8"},
    {prefill_bf16_tflops, "prefill.bf16_tflops", "prefill", unit::tflops, "F_bf16"},
    {prefill_mla_gemm_gflop, "prefill.mla_gemm_gflop", "prefill", unit::gflop, "W_gemm"},
    {prefill_mla_core_gflop, "prefill.mla_core_gflop", "prefill", unit::gflop, "W_core"},
    {prefill_mla_gemm_ms, "prefill.mla_gemm_ms", "prefill", unit::ms, "T_gemm"},
    {prefill_mla_core_ms, "prefill.mla_core_ms", "prefill", unit::ms, "T_core"},
    {prefill_mla_tp1_ms, "prefill.mla_tp1_ms", "prefill", unit::ms, "T_mla"},
    {prefill_all_reduce_ms, "prefill.all_reduce_ms", "prefill", unit::ms, "T_all_reduce"},
    {prefill_mla_tp_ms, "prefill.mla_tp_ms", "prefill", unit::ms, "T_mla_tp"},
    {prefill_dense_ffn_ms, "prefill.dense_ffn_ms", "prefill", unit::ms, "T_dense"},
    {prefill_shared_expert_ms, "prefill.shared_expert_ms", "prefill", unit::ms, "T_shared"},
    {prefill_routed_experts_ms, "prefill.routed_experts_ms", "prefill", unit::ms, "T_routed"},
    {prefill_dispatch_ms, "prefill.dispatch_ms", "prefill", unit::ms, "T_dispatch"},
    {prefill_combine_ms, "prefill.combine_ms", "prefill", unit::ms, "T_combine"},
    {prefill_time_budget_ms, "prefill.time_budget_ms", "prefill", unit::ms, "T_budget"},
    {prefill_overlapped_ms, "prefill.overlapped_ms", "prefill", unit::ms, "T_compute"},
    {prefill_serial_ms, "prefill.serial_ms", "prefill", unit::ms, "T_serial"},
    {prefill_ttft_ms, "prefill.ttft_ms", "prefill", unit::ms, "TTFT"},
    {prefill_tokens_per_s_per_node, "prefill.tokens_per_s_per_node", "prefill", unit::tokens_per_s, "R_node"},
    {prefill_tokens_per_s_per_gpu, "prefill.tokens_per_s_per_gpu", "prefill", unit::tokens_per_s, "R_gpu"},
    {prefill_kv_mib_per_s_of_one_layer, "prefill.kv_mib_per_s_of_one_layer", "prefill", unit::mib_per_s, "R_kv_layer"},
    {prefill_kv_gb_per_s_per_node, "prefill.kv_gb_per_s_per_node", "prefill", unit::gb_per_s, "R_kv"},

    {decode_tensor_parallel, "decode.tensor_parallel", "decode", unit::gpus, "TP"},
    {decode_experts_per_gpu, "decode.experts_per_gpu", "decode", unit::experts, "x"},
    {decode_global_batch, "decode.global_batch", "decode", unit::sequences, "B"},
    {decode_q_down_ms, "decode.q_down_ms", "decode", unit::ms, "T_q_down"},
    {decode_q_up_ms, "decode.q_up_ms", "decode", unit::ms, "T_q_up"},
    {decode_q_absorb_ms, "decode.q_absorb_ms", "decode", unit::ms, "T_q_absorb"},
    {decode_kv_down_ms, "decode.kv_down_ms", "decode", unit::ms, "T_kv_down"},
    {decode_attention_projections_ms, "decode.attention_projections_ms", "decode", unit::ms, "T_projections"},
    {decode_flash_mla_ms, "decode.flash_mla_ms", "decode", unit::ms, "T_flash_mla"},
    {decode_v_up_ms, "decode.v_up_ms", "decode", unit::ms, "T_v_up"},
    {decode_output_projection_ms, "decode.output_projection_ms", "decode", unit::ms, "T_out"},
    {decode_attention_core_ms, "decode.attention_core_ms", "decode", unit::ms, "T_core"},
    {decode_shared_expert_up_ms, "decode.shared_expert_up_ms", "decode", unit::ms, "T_shared_up"},
    {decode_shared_expert_down_ms, "decode.shared_expert_down_ms", "decode", unit::ms, "T_shared_down"},
    {decode_routed_expert_up_ms, "decode.routed_expert_up_ms", "decode", unit::ms, "T_expert_up"},
    {decode_routed_expert_down_ms, "decode.routed_expert_down_ms", "decode", unit::ms, "T_expert_down"},
    {decode_layer_ms, "decode.layer_ms", "decode", unit::ms, "T_layer"},
    {decode_step_ms, "decode.step_ms", "decode", unit::ms, "T_step"},
    {decode_tokens_per_step, "decode.tokens_per_step", "decode", unit::tokens, "n_token"},
    {decode_fp8_tflops, "decode.fp8_tflops", "decode", unit::tflops, "F_fp8"},
    {decode_bf16_tflops, "decode.bf16_tflops", "decode", unit::tflops, "F_bf16"},
    {decode_mla_gemm_gflop, "decode.mla_gemm_gflop", "decode", unit::gflop, "W_gemm"},
    {decode_mla_core_gflop, "decode.mla_core_gflop", "decode", unit::gflop, "W_core"},
    {decode_mla_tp1_ms, "decode.mla_tp1_ms", "decode", unit::ms, "T_mla"},
    {decode_all_reduce_ms, "decode.all_reduce_ms", "decode", unit::ms, "T_all_reduce"},
    {decode_mla_tp_ms, "decode.mla_tp_ms", "decode", unit::ms, "T_mla_tp"},
    {decode_kv_load_fp8_ms, "decode.kv_load_fp8_ms", "decode", unit::ms, "T_kv_fp8"},
    {decode_kv_load_bf16_ms, "decode.kv_load_bf16_ms", "decode", unit::ms, "T_kv_bf16"},
    {decode_dense_layer_attention_ms, "decode.dense_layer_attention_ms", "decode", unit::ms, "T_attention_dense"},
    {decode_moe_layer_attention_ms, "decode.moe_layer_attention_ms", "decode", unit::ms, "T_attention_sparse"},
    {decode_dense_ffn_ms, "decode.dense_ffn_ms", "decode", unit::ms, "T_dense"},
    {decode_shared_expert_ms, "decode.shared_expert_ms", "decode", unit::ms, "T_shared"},
    {decode_routed_experts_ms, "decode.routed_experts_ms", "decode", unit::ms, "T_routed"},
    {decode_dispatch_ms, "decode.dispatch_ms", "decode", unit::ms, "T_dispatch"},
    {decode_combine_ms, "decode.combine_ms", "decode", unit::ms, "T_combine"},
    {decode_time_budget_ms, "decode.time_budget_ms", "decode", unit::ms, "T_budget"},
    {decode_overlapped_ms, "decode.overlapped_ms", "decode", unit::ms, "T_compute"},
    {decode_serial_ms, "decode.serial_ms", "decode", unit::ms, "T_serial"},
    {decode_tpot_ms, "decode.tpot_ms", "decode", unit::ms, "TPOT"},
    {decode_tps_per_user, "decode.tps_per_user", "decode", unit::tokens_per_s, "TPS"},
    {decode_tokens_per_s_per_gpu, "decode.tokens_per_s_per_gpu", "decode", unit::tokens_per_s, "R_gpu"},
    {decode_tokens_per_s_per_node, "decode.tokens_per_s_per_node", "decode", unit::tokens_per_s, "R_node"},
    {decode_tokens_per_s_total, "decode.tokens_per_s_total", "decode", unit::tokens_per_s, "R_pool"},

    {memory_capacity_gib, "memory.capacity_gib", "memory", unit::gib, "M_card"},
    {memory_usable_gib, "memory.usable_gib", "memory", unit::gib, "M_usable"},
    {memory_attention_gib, "memory.attention_gib", "memory", unit::gib, "M_attention"},
    {memory_routed_experts_gib, "memory.routed_experts_gib", "memory", unit::gib, "M_routed"},
    {memory_shared_expert_gib, "memory.shared_expert_gib", "memory", unit::gib, "M_shared"},
    {memory_other_gib, "memory.other_gib", "memory", unit::gib, "M_other"},
    {memory_reserve_gib, "memory.reserve_gib", "memory", unit::gib, "M_reserve"},
    {memory_weights_gib, "memory.weights_gib", "memory", unit::gib, "M_weights"},
    {memory_kv_per_sequence_gib, "memory.kv_per_sequence_gib", "memory", unit::gib, "M_sequence"},
    {memory_kv_gib, "memory.kv_gib", "memory", unit::gib, "M_kv"},
    {memory_total_gib, "memory.total_gib", "memory", unit::gib, "M_total"},
    {memory_free_gib, "memory.free_gib", "memory", unit::gib, "M_free"},
    {memory_largest_batch_per_gpu, "memory.largest_batch_per_gpu", "memory", unit::sequences, "b_max"},

    {economics_cost_usd_per_day, "economics.cost_usd_per_day", "economics", unit::usd_per_day, "C"},
    {economics_revenue_input_hit_usd_per_day, "economics.revenue_input_hit_usd_per_day", "economics", unit::usd_per_day, "E_hit"},
    {economics_revenue_input_miss_usd_per_day, "economics.revenue_input_miss_usd_per_day", "economics", unit::usd_per_day, "E_miss"},
    {economics_revenue_output_usd_per_day, "economics.revenue_output_usd_per_day", "economics", unit::usd_per_day, "E_out"},
    {economics_revenue_usd_per_day, "economics.revenue_usd_per_day", "economics", unit::usd_per_day, "E"},
    {economics_profit_usd_per_day, "economics.profit_usd_per_day", "economics", unit::usd_per_day, "P"},
    {economics_profit_over_cost, "economics.profit_over_cost", "economics", unit::none, "P_over_C"},
    {economics_profit_over_revenue, "economics.profit_over_revenue", "economics", unit::none, "P_over_E"},
    {economics_cost_usd_per_million_output_tokens, "economics.cost_usd_per_million_output_tokens", "economics", unit::usd_per_million_tokens, "C_out"},
    {economics_prefill_uncached_tokens_per_s_per_node, "economics.prefill_uncached_tokens_per_s_per_node", "economics", unit::tokens_per_s, "R_uncached"},
    {economics_prefill_nodes, "economics.prefill_nodes", "economics", unit::nodes, "n_prefill"},
    {economics_decode_nodes, "economics.decode_nodes", "economics", unit::nodes, "n_decode"},
    {economics_fleet_nodes, "economics.fleet_nodes", "economics", unit::nodes, "n_fleet"},
}};

constexpr bool rows_are_in_place() {
  for (std::size_t i = 0; i < quantity_count; ++i) {
    if (static_cast<std::size_t>(table[i].id) != i) return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (table[i].key == table[j].key) return false;
    }
  }
  return true;
}
static_assert(rows_are_in_place());

}  // namespace

std::span<const QuantityInfo, quantity_count> quantity_table() { return table; }

std::optional<QuantityId> find_quantity(std::string_view key) {
  for (const QuantityInfo& row : table) {
    if (row.key == key) return row.id;
  }
  return std::nullopt;
}

}  // namespace moecalc
