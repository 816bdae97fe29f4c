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

std::span<const QuantityInfo, quantity_count> quantity_table();
inline const QuantityInfo& info(QuantityId id) { return quantity_table()[static_cast<std::size_t>(id)]; }
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
