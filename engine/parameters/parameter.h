// The one table of every input: what it is called, in which unit, what it may be and what it is when nobody says.
//
// Validation, the JSON reader, the link codec, the command line and the form on the page all read this table; a new
// input is one new row (and its words in engine/texts). A value is held as one double whatever the type: a number, the
// index of a choice, 0 or 1, the index of a model or device in the catalogue, or `automatic`.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "errors/error.h"
#include "units/unit.h"

namespace moecalc {

enum class Parameter {
  // question
  method,
  model,
  device,
  gpus_per_node,
  nic_gbit_per_s,
  phase,
  // workload
  prompt_tokens,
  output_tokens,
  kv_tokens,
  prefix_cache_hit_rate,
  serving,
  // prefill
  prefill_tensor_parallel,
  prefill_data_parallel,
  prefill_expert_parallel,
  prefill_redundant_experts,
  prefill_moe_tensor_parallel,
  prefill_pipeline_parallel,
  prefill_replicas,
  prefill_batch_tokens_per_gpu,
  prefill_expert_imbalance,
  // decode
  decode_batch_per_gpu,
  decode_concurrency,
  decode_tensor_parallel,
  decode_data_parallel,
  decode_expert_parallel,
  decode_redundant_experts,
  decode_moe_tensor_parallel,
  decode_pipeline_parallel,
  decode_replicas,
  decode_expert_imbalance,
  // formats
  weight_format,
  attention_weight_format,
  matmul_format,
  kv_format,
  dispatch_format,
  // execution
  mla_absorb,
  overlap,
  communication_sms,
  efficiency,
  memory_utilisation,
  ignore_capacity,
  mtp_draft_tokens,
  mtp_acceptance,
  deep_gemm,
  attention_pipeline,
  shinez_version,
  serving_engine,
  scaleup_domain_gpus,
  runtime_reserve_gib,
  // device_constants: what a user-defined device is made of, or what overrides a known one
  device_sm_count,
  device_boost_mhz,
  device_peak_dense_bf16_tflops,
  device_peak_dense_fp8_tflops,
  device_memory_gib,
  device_memory_bandwidth_gb_per_s,
  device_scaleup_unidirectional_gb_per_s,
  device_peak_dense_int8_tops,
  device_peak_dense_fp4_tflops,
  // architecture: what a user-defined model is made of, or what overrides a known one; in the order of Architecture
  model_layers,
  model_hidden_size,
  model_vocab_size,
  model_tied_embeddings,
  model_attention_kind,
  model_heads,
  model_kv_heads,
  model_head_dim,
  model_v_head_dim,
  model_q_lora_rank,
  model_kv_lora_rank,
  model_qk_nope_head_dim,
  model_qk_rope_head_dim,
  model_attention_output_gate,
  model_window_layers,
  model_window_tokens,
  model_window_kv_heads,
  model_linear_layers,
  model_linear_key_heads,
  model_linear_value_heads,
  model_linear_key_head_dim,
  model_linear_value_head_dim,
  model_linear_conv_kernel,
  model_index_layers,
  model_index_heads,
  model_index_head_dim,
  model_index_topk,
  model_moe_layers,
  model_dense_intermediate_size,
  model_experts,
  model_experts_per_token,
  model_expert_intermediate_size,
  model_shared_expert_intermediate_size,
  model_expert_groups,
  model_expert_group_limit,
  model_mtp_layers,
  model_experts_only_quantized,
  // balance: what the load balancers of a plan are tried on
  balance_seed,
  balance_request_lengths,
  balance_length_exponent,
  balance_length_spread,
  balance_requests_per_rank,
  balance_expert_loads,
  balance_expert_exponent,
  balance_policy,
  balance_wanted_max_over_mean,
  // purchase: what a box costs, for plans
  purchase_devices,
  purchase_users,
  purchase_tokens_per_s_per_user,
  purchase_acquisition,
  purchase_gpu_price_usd,
  purchase_rent_usd_per_gpu_hour,
  purchase_years_of_use,
  purchase_power_price_usd_per_kwh,
  purchase_pue,
  purchase_hosting_usd_per_kw_month,
  purchase_server_overhead_w,
  purchase_power_share,
  purchase_currency,
  purchase_cny_per_usd,
  // economics
  economics_average_nodes,
  economics_peak_nodes,
  economics_gpu_usd_per_hour,
  economics_input_tokens_per_day,
  economics_cache_hit_rate,
  economics_output_tokens_per_day,
  economics_price_input_hit,
  economics_price_input_miss,
  economics_price_output,
  economics_paid_share,
  economics_night_discount,
  economics_utilisation,
  economics_prefill_tokens_per_s_per_node,
  economics_decode_tokens_per_s_per_node,
};
inline constexpr std::size_t parameter_count = static_cast<std::size_t>(Parameter::economics_decode_tokens_per_s_per_node) + 1;

enum class ParameterType { integer, number, choice, boolean, model, device };

// "auto": the method's own rule. No parameter can be negative, so one value serves them all.
inline constexpr double automatic = -1;

// Choices, in the order of their indices.
enum class MethodChoice { zartbot, shinez, reference };
enum class PhaseChoice { both, prefill, decode };
enum class FormatChoice { bf16, fp8, int8, int4, nvfp4, mxfp4 };
enum class AbsorbChoice { no, yes };
enum class OverlapChoice { none, two_batch, single_batch, ideal };
enum class PipelineChoice { none, two_stage, three_stage };
enum class ShinezVersionChoice { v1, v0 };
enum class ServingChoice { disaggregated, aggregated };
enum class EngineChoice { any, sglang, vllm, trtllm };
enum class DistributionChoice { uniform, zipf };
enum class BalancePolicyChoice { hierarchical, global };
enum class AcquisitionChoice { buy, rent };
enum class CurrencyChoice { usd, cny };

struct ParameterInfo {
  Parameter id;
  std::string_view key;       // long name: JSON, command line, documentation
  std::string_view link_key;  // short name: links only; never reused for another meaning
  std::string_view group;
  ParameterType type;
  Unit unit;
  double minimum;  // numbers: the allowed range, both ends included
  double maximum;
  std::span<const std::string_view> choices;
  bool allows_auto;
  double default_value;    // in the current link version
  std::string_view named;  // the default of a model or device, by id, since an index would move with the catalogue
  int since;               // link version that introduced it
  std::span<const std::string_view> methods;  // the only methods that know it; empty: all
};

std::span<const ParameterInfo, parameter_count> parameter_table();
inline const ParameterInfo& info(Parameter p) { return parameter_table()[static_cast<std::size_t>(p)]; }
std::span<const std::string_view> parameter_groups();

std::optional<Parameter> find_parameter(std::string_view key);
std::optional<Parameter> find_parameter_by_link_key(std::string_view link_key);

// The index that stands for `custom`, a device given entirely by device.* parameters, or a model given by model.* alone.
double custom_device();
double custom_model();

// The parameter that replaces a member of Architecture, by its place there.
constexpr Parameter architecture_parameter(std::size_t field) {
  return static_cast<Parameter>(static_cast<std::size_t>(Parameter::model_layers) + field);
}

// Default under the links of that version. Version 2 made `reference` the default method and left EP to it.
double default_value(Parameter p, int link_version);

// A value from the text a person or a link wrote ("128", "auto", "h800", "yes").
Outcome<double> parse_value(Parameter p, std::string_view text);
// A value from a number of JSON.
Outcome<double> check_number(Parameter p, double number);
// The text that parse_value reads back.
std::string value_text(Parameter p, double value);
// "1…4096": numbers only. "1…4096, auto", "bf16, fp8, …": all that is allowed, for messages.
std::string range_text(Parameter p);
std::string allowed_text(Parameter p);

}  // namespace moecalc
