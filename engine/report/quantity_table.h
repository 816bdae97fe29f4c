// The one table of every number that an evaluation can give: its key (which ends in or implies its unit), the unit it
// is shown in, the group it belongs to and the symbol it has in formulas. Words are in engine/texts (`quantity.<key>`).
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include "units/unit.h"

namespace moecalc {

enum class QuantityId {
  // The model, by itself.
  model_attention_parameters_m,
  model_attention_absorbed_parameters_m,
  model_dense_ffn_parameters_m,
  model_expert_parameters_m,
  model_total_parameters_b,
  model_kv_kib_per_token,
  // Prefill: work and times of one layer unless the name says otherwise.
  prefill_tensor_parallel,
  prefill_data_parallel,
  prefill_nodes,
  prefill_experts_per_gpu,
  prefill_fp8_tflops,
  prefill_bf16_tflops,
  prefill_mla_gemm_gflop,
  prefill_mla_core_gflop,
  prefill_mla_gemm_ms,
  prefill_mla_core_ms,
  prefill_mla_tp1_ms,
  prefill_all_reduce_ms,
  prefill_mla_tp_ms,
  prefill_dense_ffn_ms,
  prefill_shared_expert_ms,
  prefill_routed_experts_ms,
  prefill_dispatch_ms,
  prefill_combine_ms,
  prefill_time_budget_ms,
  prefill_overlapped_ms,
  prefill_serial_ms,
  prefill_ttft_ms,
  prefill_tokens_per_s_per_node,
  prefill_tokens_per_s_per_gpu,
  prefill_kv_mib_per_s_of_one_layer,
  prefill_kv_gb_per_s_per_node,
  // Decode: work of one sequence, times of one layer and batch unless the name says otherwise.
  decode_tensor_parallel,
  decode_experts_per_gpu,
  decode_global_batch,
  decode_micro_batch,
  decode_micro_batch_tokens,
  decode_q_down_ms,
  decode_q_up_ms,
  decode_q_absorb_ms,
  decode_kv_down_ms,
  decode_attention_projections_ms,
  decode_flash_mla_ms,
  decode_v_up_ms,
  decode_output_projection_ms,
  decode_attention_core_ms,
  decode_shared_expert_up_ms,
  decode_shared_expert_down_ms,
  decode_routed_expert_up_ms,
  decode_routed_expert_down_ms,
  decode_layer_ms,
  decode_step_ms,
  decode_tokens_per_step,
  decode_fp8_tflops,
  decode_bf16_tflops,
  decode_mla_gemm_gflop,
  decode_mla_core_gflop,
  decode_mla_tp1_ms,
  decode_all_reduce_ms,
  decode_mla_tp_ms,
  decode_kv_load_fp8_ms,
  decode_kv_load_bf16_ms,
  decode_dense_layer_attention_ms,
  decode_moe_layer_attention_ms,
  decode_dense_ffn_ms,
  decode_shared_expert_ms,
  decode_routed_experts_ms,
  decode_dispatch_ms,
  decode_combine_ms,
  decode_time_budget_ms,
  decode_overlapped_ms,
  decode_serial_ms,
  decode_tpot_ms,
  decode_tps_per_user,
  decode_tokens_per_s_per_gpu,
  decode_tokens_per_s_per_node,
  decode_tokens_per_s_total,
  // Memory of one decode GPU.
  memory_capacity_gib,
  memory_usable_gib,
  memory_attention_gib,
  memory_routed_experts_gib,
  memory_shared_expert_gib,
  memory_other_gib,
  memory_reserve_gib,
  memory_weights_gib,
  memory_kv_per_sequence_gib,
  memory_kv_gib,
  memory_total_gib,
  memory_free_gib,
  memory_largest_batch_per_gpu,
  // A day of service.
  economics_cost_usd_per_day,
  economics_revenue_input_hit_usd_per_day,
  economics_revenue_input_miss_usd_per_day,
  economics_revenue_output_usd_per_day,
  economics_revenue_usd_per_day,
  economics_profit_usd_per_day,
  economics_profit_over_cost,
  economics_profit_over_revenue,
  economics_cost_usd_per_million_output_tokens,
  economics_prefill_uncached_tokens_per_s_per_node,
  economics_prefill_nodes,
  economics_decode_nodes,
  economics_fleet_nodes,
};
inline constexpr std::size_t quantity_count = static_cast<std::size_t>(QuantityId::economics_fleet_nodes) + 1;

struct QuantityInfo {
  QuantityId id;
  std::string_view key;
  std::string_view group;
  Unit unit;
  std::string_view symbol;
};

// In the header, so that the unit of a quantity is a constant where a sweep stores it.
namespace detail {
inline constexpr std::array<QuantityInfo, quantity_count> quantities = {{
    {QuantityId::model_attention_parameters_m, "model.attention_parameters_m", "model", unit::million_parameters, "N_mla"},
    {QuantityId::model_attention_absorbed_parameters_m, "model.attention_absorbed_parameters_m", "model", unit::million_parameters, "N_absorbed"},
    {QuantityId::model_dense_ffn_parameters_m, "model.dense_ffn_parameters_m", "model", unit::million_parameters, "N_dense"},
    {QuantityId::model_expert_parameters_m, "model.expert_parameters_m", "model", unit::million_parameters, "N_expert"},
    {QuantityId::model_total_parameters_b, "model.total_parameters_b", "model", unit::billion_parameters, "N_total"},
    {QuantityId::model_kv_kib_per_token, "model.kv_kib_per_token", "model", unit::kib, "KV_token"},

    {QuantityId::prefill_tensor_parallel, "prefill.tensor_parallel", "prefill", unit::gpus, "TP"},
    {QuantityId::prefill_data_parallel, "prefill.data_parallel", "prefill", unit::none, "DP"},
    {QuantityId::prefill_nodes, "prefill.nodes", "prefill", unit::nodes, "nodes"},
    {QuantityId::prefill_experts_per_gpu, "prefill.experts_per_gpu", "prefill", unit::experts, "x"},
    {QuantityId::prefill_fp8_tflops, "prefill.fp8_tflops", "prefill", unit::tflops, "F_fp8"},
    {QuantityId::prefill_bf16_tflops, "prefill.bf16_tflops", "prefill", unit::tflops, "F_bf16"},
    {QuantityId::prefill_mla_gemm_gflop, "prefill.mla_gemm_gflop", "prefill", unit::gflop, "W_gemm"},
    {QuantityId::prefill_mla_core_gflop, "prefill.mla_core_gflop", "prefill", unit::gflop, "W_core"},
    {QuantityId::prefill_mla_gemm_ms, "prefill.mla_gemm_ms", "prefill", unit::ms, "T_gemm"},
    {QuantityId::prefill_mla_core_ms, "prefill.mla_core_ms", "prefill", unit::ms, "T_core"},
    {QuantityId::prefill_mla_tp1_ms, "prefill.mla_tp1_ms", "prefill", unit::ms, "T_mla"},
    {QuantityId::prefill_all_reduce_ms, "prefill.all_reduce_ms", "prefill", unit::ms, "T_all_reduce"},
    {QuantityId::prefill_mla_tp_ms, "prefill.mla_tp_ms", "prefill", unit::ms, "T_mla_tp"},
    {QuantityId::prefill_dense_ffn_ms, "prefill.dense_ffn_ms", "prefill", unit::ms, "T_dense"},
    {QuantityId::prefill_shared_expert_ms, "prefill.shared_expert_ms", "prefill", unit::ms, "T_shared"},
    {QuantityId::prefill_routed_experts_ms, "prefill.routed_experts_ms", "prefill", unit::ms, "T_routed"},
    {QuantityId::prefill_dispatch_ms, "prefill.dispatch_ms", "prefill", unit::ms, "T_dispatch"},
    {QuantityId::prefill_combine_ms, "prefill.combine_ms", "prefill", unit::ms, "T_combine"},
    {QuantityId::prefill_time_budget_ms, "prefill.time_budget_ms", "prefill", unit::ms, "T_budget"},
    {QuantityId::prefill_overlapped_ms, "prefill.overlapped_ms", "prefill", unit::ms, "T_compute"},
    {QuantityId::prefill_serial_ms, "prefill.serial_ms", "prefill", unit::ms, "T_serial"},
    {QuantityId::prefill_ttft_ms, "prefill.ttft_ms", "prefill", unit::ms, "TTFT"},
    {QuantityId::prefill_tokens_per_s_per_node, "prefill.tokens_per_s_per_node", "prefill", unit::tokens_per_s, "R_node"},
    {QuantityId::prefill_tokens_per_s_per_gpu, "prefill.tokens_per_s_per_gpu", "prefill", unit::tokens_per_s, "R_gpu"},
    {QuantityId::prefill_kv_mib_per_s_of_one_layer, "prefill.kv_mib_per_s_of_one_layer", "prefill", unit::mib_per_s, "R_kv_layer"},
    {QuantityId::prefill_kv_gb_per_s_per_node, "prefill.kv_gb_per_s_per_node", "prefill", unit::gb_per_s, "R_kv"},

    {QuantityId::decode_tensor_parallel, "decode.tensor_parallel", "decode", unit::gpus, "TP"},
    {QuantityId::decode_experts_per_gpu, "decode.experts_per_gpu", "decode", unit::experts, "x"},
    {QuantityId::decode_global_batch, "decode.global_batch", "decode", unit::sequences, "B"},
    {QuantityId::decode_micro_batch, "decode.micro_batch", "decode", unit::sequences, "b"},
    {QuantityId::decode_micro_batch_tokens, "decode.micro_batch_tokens", "decode", unit::tokens, "t"},
    {QuantityId::decode_q_down_ms, "decode.q_down_ms", "decode", unit::ms, "T_q_down"},
    {QuantityId::decode_q_up_ms, "decode.q_up_ms", "decode", unit::ms, "T_q_up"},
    {QuantityId::decode_q_absorb_ms, "decode.q_absorb_ms", "decode", unit::ms, "T_q_absorb"},
    {QuantityId::decode_kv_down_ms, "decode.kv_down_ms", "decode", unit::ms, "T_kv_down"},
    {QuantityId::decode_attention_projections_ms, "decode.attention_projections_ms", "decode", unit::ms, "T_projections"},
    {QuantityId::decode_flash_mla_ms, "decode.flash_mla_ms", "decode", unit::ms, "T_flash_mla"},
    {QuantityId::decode_v_up_ms, "decode.v_up_ms", "decode", unit::ms, "T_v_up"},
    {QuantityId::decode_output_projection_ms, "decode.output_projection_ms", "decode", unit::ms, "T_out"},
    {QuantityId::decode_attention_core_ms, "decode.attention_core_ms", "decode", unit::ms, "T_core"},
    {QuantityId::decode_shared_expert_up_ms, "decode.shared_expert_up_ms", "decode", unit::ms, "T_shared_up"},
    {QuantityId::decode_shared_expert_down_ms, "decode.shared_expert_down_ms", "decode", unit::ms, "T_shared_down"},
    {QuantityId::decode_routed_expert_up_ms, "decode.routed_expert_up_ms", "decode", unit::ms, "T_expert_up"},
    {QuantityId::decode_routed_expert_down_ms, "decode.routed_expert_down_ms", "decode", unit::ms, "T_expert_down"},
    {QuantityId::decode_layer_ms, "decode.layer_ms", "decode", unit::ms, "T_layer"},
    {QuantityId::decode_step_ms, "decode.step_ms", "decode", unit::ms, "T_step"},
    {QuantityId::decode_tokens_per_step, "decode.tokens_per_step", "decode", unit::tokens, "n_token"},
    {QuantityId::decode_fp8_tflops, "decode.fp8_tflops", "decode", unit::tflops, "F_fp8"},
    {QuantityId::decode_bf16_tflops, "decode.bf16_tflops", "decode", unit::tflops, "F_bf16"},
    {QuantityId::decode_mla_gemm_gflop, "decode.mla_gemm_gflop", "decode", unit::gflop, "W_gemm"},
    {QuantityId::decode_mla_core_gflop, "decode.mla_core_gflop", "decode", unit::gflop, "W_core"},
    {QuantityId::decode_mla_tp1_ms, "decode.mla_tp1_ms", "decode", unit::ms, "T_mla"},
    {QuantityId::decode_all_reduce_ms, "decode.all_reduce_ms", "decode", unit::ms, "T_all_reduce"},
    {QuantityId::decode_mla_tp_ms, "decode.mla_tp_ms", "decode", unit::ms, "T_mla_tp"},
    {QuantityId::decode_kv_load_fp8_ms, "decode.kv_load_fp8_ms", "decode", unit::ms, "T_kv_fp8"},
    {QuantityId::decode_kv_load_bf16_ms, "decode.kv_load_bf16_ms", "decode", unit::ms, "T_kv_bf16"},
    {QuantityId::decode_dense_layer_attention_ms, "decode.dense_layer_attention_ms", "decode", unit::ms, "T_attention_dense"},
    {QuantityId::decode_moe_layer_attention_ms, "decode.moe_layer_attention_ms", "decode", unit::ms, "T_attention_sparse"},
    {QuantityId::decode_dense_ffn_ms, "decode.dense_ffn_ms", "decode", unit::ms, "T_dense"},
    {QuantityId::decode_shared_expert_ms, "decode.shared_expert_ms", "decode", unit::ms, "T_shared"},
    {QuantityId::decode_routed_experts_ms, "decode.routed_experts_ms", "decode", unit::ms, "T_routed"},
    {QuantityId::decode_dispatch_ms, "decode.dispatch_ms", "decode", unit::ms, "T_dispatch"},
    {QuantityId::decode_combine_ms, "decode.combine_ms", "decode", unit::ms, "T_combine"},
    {QuantityId::decode_time_budget_ms, "decode.time_budget_ms", "decode", unit::ms, "T_budget"},
    {QuantityId::decode_overlapped_ms, "decode.overlapped_ms", "decode", unit::ms, "T_compute"},
    {QuantityId::decode_serial_ms, "decode.serial_ms", "decode", unit::ms, "T_serial"},
    {QuantityId::decode_tpot_ms, "decode.tpot_ms", "decode", unit::ms, "TPOT"},
    {QuantityId::decode_tps_per_user, "decode.tps_per_user", "decode", unit::tokens_per_s, "TPS"},
    {QuantityId::decode_tokens_per_s_per_gpu, "decode.tokens_per_s_per_gpu", "decode", unit::tokens_per_s, "R_gpu"},
    {QuantityId::decode_tokens_per_s_per_node, "decode.tokens_per_s_per_node", "decode", unit::tokens_per_s, "R_node"},
    {QuantityId::decode_tokens_per_s_total, "decode.tokens_per_s_total", "decode", unit::tokens_per_s, "R_pool"},

    {QuantityId::memory_capacity_gib, "memory.capacity_gib", "memory", unit::gib, "M_card"},
    {QuantityId::memory_usable_gib, "memory.usable_gib", "memory", unit::gib, "M_usable"},
    {QuantityId::memory_attention_gib, "memory.attention_gib", "memory", unit::gib, "M_attention"},
    {QuantityId::memory_routed_experts_gib, "memory.routed_experts_gib", "memory", unit::gib, "M_routed"},
    {QuantityId::memory_shared_expert_gib, "memory.shared_expert_gib", "memory", unit::gib, "M_shared"},
    {QuantityId::memory_other_gib, "memory.other_gib", "memory", unit::gib, "M_other"},
    {QuantityId::memory_reserve_gib, "memory.reserve_gib", "memory", unit::gib, "M_reserve"},
    {QuantityId::memory_weights_gib, "memory.weights_gib", "memory", unit::gib, "M_weights"},
    {QuantityId::memory_kv_per_sequence_gib, "memory.kv_per_sequence_gib", "memory", unit::gib, "M_sequence"},
    {QuantityId::memory_kv_gib, "memory.kv_gib", "memory", unit::gib, "M_kv"},
    {QuantityId::memory_total_gib, "memory.total_gib", "memory", unit::gib, "M_total"},
    {QuantityId::memory_free_gib, "memory.free_gib", "memory", unit::gib, "M_free"},
    {QuantityId::memory_largest_batch_per_gpu, "memory.largest_batch_per_gpu", "memory", unit::sequences, "b_max"},

    {QuantityId::economics_cost_usd_per_day, "economics.cost_usd_per_day", "economics", unit::usd_per_day, "C"},
    {QuantityId::economics_revenue_input_hit_usd_per_day, "economics.revenue_input_hit_usd_per_day", "economics", unit::usd_per_day, "E_hit"},
    {QuantityId::economics_revenue_input_miss_usd_per_day, "economics.revenue_input_miss_usd_per_day", "economics", unit::usd_per_day, "E_miss"},
    {QuantityId::economics_revenue_output_usd_per_day, "economics.revenue_output_usd_per_day", "economics", unit::usd_per_day, "E_out"},
    {QuantityId::economics_revenue_usd_per_day, "economics.revenue_usd_per_day", "economics", unit::usd_per_day, "E"},
    {QuantityId::economics_profit_usd_per_day, "economics.profit_usd_per_day", "economics", unit::usd_per_day, "P"},
    {QuantityId::economics_profit_over_cost, "economics.profit_over_cost", "economics", unit::none, "P_over_C"},
    {QuantityId::economics_profit_over_revenue, "economics.profit_over_revenue", "economics", unit::none, "P_over_E"},
    {QuantityId::economics_cost_usd_per_million_output_tokens, "economics.cost_usd_per_million_output_tokens", "economics", unit::usd_per_million_tokens, "C_out"},
    {QuantityId::economics_prefill_uncached_tokens_per_s_per_node, "economics.prefill_uncached_tokens_per_s_per_node", "economics", unit::tokens_per_s, "R_uncached"},
    {QuantityId::economics_prefill_nodes, "economics.prefill_nodes", "economics", unit::nodes, "n_prefill"},
    {QuantityId::economics_decode_nodes, "economics.decode_nodes", "economics", unit::nodes, "n_decode"},
    {QuantityId::economics_fleet_nodes, "economics.fleet_nodes", "economics", unit::nodes, "n_fleet"},
}};
}  // namespace detail

constexpr std::span<const QuantityInfo, quantity_count> quantity_table() { return detail::quantities; }
constexpr const QuantityInfo& info(QuantityId id) { return detail::quantities[static_cast<std::size_t>(id)]; }
std::optional<QuantityId> find_quantity(std::string_view key);

// The numbers of one evaluation, each in the unit of the table; absent ones were not asked for or must not be given.
class Results {
 public:
  Results() { values_.fill(std::numeric_limits<double>::quiet_NaN()); }
  void set(QuantityId id, double value_in_unit) { values_[static_cast<std::size_t>(id)] = value_in_unit; }
  void clear(QuantityId id) { set(id, std::numeric_limits<double>::quiet_NaN()); }
  bool has(QuantityId id) const { return !(raw(id) != raw(id)); }
  double operator[](QuantityId id) const { return raw(id); }

 private:
  double raw(QuantityId id) const { return values_[static_cast<std::size_t>(id)]; }
  std::array<double, quantity_count> values_;
};

}  // namespace moecalc
