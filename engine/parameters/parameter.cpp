#include "parameters/parameter.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "catalogue/catalogue.h"
#include "errors/nearest_name.h"
#include "numbers/number_text.h"

namespace moecalc {
namespace {

constexpr std::string_view methods[] = {"zartbot", "shinez", "reference"};
constexpr std::string_view shinez_only[] = {"shinez"};
constexpr std::string_view reference_only[] = {"reference"};
constexpr std::string_view phases[] = {"both", "prefill", "decode"};
constexpr std::string_view formats[] = {"bf16", "fp8", "int8", "int4", "nvfp4", "mxfp4"};
constexpr std::string_view no_yes[] = {"no", "yes"};
constexpr std::string_view overlaps[] = {"none", "two_batch", "single_batch", "ideal"};
constexpr std::string_view pipelines[] = {"none", "two_stage", "three_stage"};
constexpr std::string_view shinez_versions[] = {"v1", "v0"};
constexpr std::string_view servings[] = {"disaggregated", "aggregated"};
constexpr std::string_view engines[] = {"any", "sglang", "vllm", "trtllm"};
constexpr std::string_view attention_kinds[] = {"gqa", "mla"};
constexpr std::string_view acquisitions[] = {"buy", "rent"};
constexpr std::string_view currencies[] = {"usd", "cny"};
constexpr std::string_view distributions[] = {"uniform", "zipf"};
constexpr std::string_view balance_policies[] = {"hierarchical", "global"};
constexpr std::string_view custom_id = "custom";

constexpr std::string_view groups[] = {"question",  "workload",         "prefill",      "decode",   "formats",
                                       "execution", "device_constants", "architecture", "balance", "purchase", "economics"};

using enum Parameter;
using Type = ParameterType;

// Rows are made by kind, so that a row holds only what varies.
constexpr ParameterInfo choice(Parameter p, std::string_view key, std::string_view link_key, std::string_view group,
                               std::span<const std::string_view> choices, double default_value, bool allows_auto = false) {
  return {p, key, link_key, group, Type::choice, unit::none, 0, 0, choices, allows_auto, default_value, {}, 1, {}};
}
constexpr ParameterInfo named(Parameter p, std::string_view key, std::string_view link_key, Type type, std::string_view default_id) {
  return {p, key, link_key, "question", type, unit::none, 0, 0, {}, false, 0, default_id, 1, {}};
}
constexpr ParameterInfo number(Parameter p, std::string_view key, std::string_view link_key, std::string_view group, Type type, Unit unit,
                               double minimum, double maximum, double default_value, bool allows_auto = false) {
  return {p, key, link_key, group, type, unit, minimum, maximum, {}, allows_auto, default_value, {}, 1, {}};
}
constexpr ParameterInfo automatic_number(Parameter p, std::string_view key, std::string_view link_key, std::string_view group, Type type,
                                         Unit unit, double minimum, double maximum) {
  return number(p, key, link_key, group, type, unit, minimum, maximum, automatic, true);
}

// Known to one method only.
constexpr ParameterInfo only(std::span<const std::string_view> of_methods, ParameterInfo row) {
  row.methods = of_methods;
  return row;
}
constexpr ParameterInfo boolean(Parameter p, std::string_view key, std::string_view link_key, std::string_view group, bool default_value) {
  return {p, key, link_key, group, Type::boolean, unit::none, 0, 1, {}, false, default_value ? 1.0 : 0.0, {}, 1, {}};
}

constexpr ParameterInfo of_reference(ParameterInfo row) {
  row.since = 2;
  return only(reference_only, row);
}
constexpr ParameterInfo architecture_number(Parameter p, std::string_view key, std::string_view link_key, Unit unit, double minimum, double maximum) {
  return of_reference(automatic_number(p, key, link_key, "architecture", Type::integer, unit, minimum, maximum));
}
constexpr ParameterInfo architecture_flag(Parameter p, std::string_view key, std::string_view link_key) {
  return of_reference(choice(p, key, link_key, "architecture", no_yes, automatic, true));
}

// What only plans look at.
constexpr ParameterInfo of_plans(ParameterInfo row) {
  row.since = 2;
  return row;
}

constexpr auto fp8 = static_cast<double>(FormatChoice::fp8);

// Defaults: DeepSeek's deployment of February 2025 (prefill EP32, decode EP144) and the request lengths that zartbot's
// article derives from DeepSeek's published day (4,383 tokens in, 1,210 out, 56.3 % of the prompt cached).
// Upper bounds keep every product far from overflow; they are not opinions about what is sensible.
constexpr std::array<ParameterInfo, parameter_count> table = {{
    choice(method, "method", "mt", "question", methods, 2),
    named(model, "model", "m", Type::model, "deepseek-r1"),
    named(device, "device", "d", Type::device, "h800"),
    number(gpus_per_node, "gpus_per_node", "g", "question", Type::integer, unit::gpus, 1, 1024, 8),
    automatic_number(nic_gbit_per_s, "nic_gbit_per_s", "nic", "question", Type::number, unit::gbit_per_s, 1, 100000),
    choice(phase, "phase", "ph", "question", phases, 0),

    number(prompt_tokens, "prompt_tokens", "in", "workload", Type::integer, unit::tokens, 1, 10000000, 4383),
    number(output_tokens, "output_tokens", "out", "workload", Type::integer, unit::tokens, 1, 10000000, 1210),
    automatic_number(kv_tokens, "kv_tokens", "kv", "workload", Type::integer, unit::tokens, 1, 10000000),
    number(prefix_cache_hit_rate, "prefix_cache_hit_rate", "hit", "workload", Type::number, unit::none, 0, 1, 0.563),
    of_reference(choice(serving, "serving", "ag", "workload", servings, 0)),

    automatic_number(prefill_tensor_parallel, "prefill.tensor_parallel", "pt", "prefill", Type::integer, unit::gpus, 1, 1024),
    automatic_number(prefill_data_parallel, "prefill.data_parallel", "pd", "prefill", Type::integer, unit::none, 1, 65536),
    automatic_number(prefill_expert_parallel, "prefill.expert_parallel", "pe", "prefill", Type::integer, unit::gpus, 1, 65536),
    automatic_number(prefill_redundant_experts, "prefill.redundant_experts", "pr", "prefill", Type::integer, unit::experts, 0, 65536),
    of_reference(automatic_number(prefill_moe_tensor_parallel, "prefill.moe_tensor_parallel", "pm", "prefill", Type::integer, unit::gpus, 1, 1024)),
    of_reference(number(prefill_pipeline_parallel, "prefill.pipeline_parallel", "pp", "prefill", Type::integer, unit::none, 1, 128, 1)),
    of_reference(automatic_number(prefill_replicas, "prefill.replicas", "pn", "prefill", Type::integer, unit::none, 1, 100000)),
    of_reference(automatic_number(prefill_batch_tokens_per_gpu, "prefill.batch_tokens_per_gpu", "pb", "prefill", Type::integer, unit::tokens, 1, 10000000)),
    of_reference(number(prefill_expert_imbalance, "prefill.expert_imbalance", "pi", "prefill", Type::number, unit::none, 1, 100, 1)),

    number(decode_batch_per_gpu, "decode.batch_per_gpu", "db", "decode", Type::integer, unit::sequences, 1, 1000000, 128),
    of_reference(automatic_number(decode_concurrency, "decode.concurrency", "dc", "decode", Type::number, unit::sequences, 1, 1e9)),
    automatic_number(decode_tensor_parallel, "decode.tensor_parallel", "dt", "decode", Type::integer, unit::gpus, 1, 1024),
    automatic_number(decode_data_parallel, "decode.data_parallel", "dd", "decode", Type::integer, unit::none, 1, 65536),
    automatic_number(decode_expert_parallel, "decode.expert_parallel", "de", "decode", Type::integer, unit::gpus, 1, 65536),
    automatic_number(decode_redundant_experts, "decode.redundant_experts", "dr", "decode", Type::integer, unit::experts, 0, 65536),
    of_reference(automatic_number(decode_moe_tensor_parallel, "decode.moe_tensor_parallel", "dm", "decode", Type::integer, unit::gpus, 1, 1024)),
    of_reference(number(decode_pipeline_parallel, "decode.pipeline_parallel", "dp", "decode", Type::integer, unit::none, 1, 128, 1)),
    of_reference(number(decode_replicas, "decode.replicas", "dn", "decode", Type::integer, unit::none, 1, 100000, 1)),
    of_reference(number(decode_expert_imbalance, "decode.expert_imbalance", "di", "decode", Type::number, unit::none, 1, 100, 1)),

    choice(weight_format, "weight_format", "wf", "formats", formats, fp8),
    of_reference(choice(attention_weight_format, "attention_weight_format", "wa", "formats", formats, automatic, true)),
    choice(matmul_format, "matmul_format", "mf", "formats", formats, automatic, true),
    choice(kv_format, "kv_format", "kf", "formats", formats, fp8),
    of_reference(choice(dispatch_format, "dispatch_format", "fd", "formats", formats, automatic, true)),

    choice(mla_absorb, "mla_absorb", "ab", "execution", no_yes, automatic, true),
    choice(overlap, "overlap", "ov", "execution", overlaps, automatic, true),
    automatic_number(communication_sms, "communication_sms", "cs", "execution", Type::integer, unit::sm, 0, 1024),
    automatic_number(efficiency, "efficiency", "eff", "execution", Type::number, unit::none, 0.001, 1),
    automatic_number(memory_utilisation, "memory_utilisation", "mu", "execution", Type::number, unit::none, 0.001, 1),
    boolean(ignore_capacity, "ignore_capacity", "ig", "execution", false),
    number(mtp_draft_tokens, "mtp_draft_tokens", "mtp", "execution", Type::integer, unit::tokens, 0, 8, 0),
    number(mtp_acceptance, "mtp_acceptance", "acc", "execution", Type::number, unit::none, 0, 1, 0.85),
    only(shinez_only, boolean(deep_gemm, "deep_gemm", "dg", "execution", true)),
    only(shinez_only, choice(attention_pipeline, "attention_pipeline", "ap", "execution", pipelines, automatic, true)),
    only(shinez_only, choice(shinez_version, "shinez_version", "sv", "execution", shinez_versions, 0)),
    of_reference(choice(serving_engine, "serving_engine", "se", "execution", engines, 0)),
    of_reference(automatic_number(scaleup_domain_gpus, "scaleup_domain_gpus", "ud", "execution", Type::integer, unit::gpus, 1, 65536)),
    of_reference(automatic_number(runtime_reserve_gib, "runtime_reserve_gib", "rr", "execution", Type::number, unit::gib, 0, 1e6)),

    automatic_number(device_sm_count, "device.sm_count", "xs", "device_constants", Type::integer, unit::sm, 1, 100000),
    only(shinez_only, automatic_number(device_boost_mhz, "device.boost_mhz", "xc", "device_constants", Type::number, unit::mhz, 1, 100000)),
    automatic_number(device_peak_dense_bf16_tflops, "device.peak_dense_bf16_tflops", "xb", "device_constants", Type::number, unit::tflops, 0.001, 1e6),
    automatic_number(device_peak_dense_fp8_tflops, "device.peak_dense_fp8_tflops", "xf", "device_constants", Type::number, unit::tflops, 0.001, 1e6),
    automatic_number(device_memory_gib, "device.memory_gib", "xm", "device_constants", Type::number, unit::gib, 0.001, 1e6),
    automatic_number(device_memory_bandwidth_gb_per_s, "device.memory_bandwidth_gb_per_s", "xw", "device_constants", Type::number, unit::gb_per_s, 0.001, 1e6),
    automatic_number(device_scaleup_unidirectional_gb_per_s, "device.scaleup_unidirectional_gb_per_s", "xu", "device_constants", Type::number, unit::gb_per_s, 0.001, 1e6),
    of_reference(automatic_number(device_peak_dense_int8_tops, "device.peak_dense_int8_tops", "xi", "device_constants", Type::number, unit::tflops, 0.001, 1e6)),
    of_reference(automatic_number(device_peak_dense_fp4_tflops, "device.peak_dense_fp4_tflops", "x4", "device_constants", Type::number, unit::tflops, 0.001, 1e6)),

    architecture_number(model_layers, "model.layers", "yl", unit::layers, 1, 10000),
    architecture_number(model_hidden_size, "model.hidden_size", "yh", unit::elements, 1, 10000000),
    architecture_number(model_vocab_size, "model.vocab_size", "yv", unit::tokens, 1, 100000000),
    architecture_flag(model_tied_embeddings, "model.tied_embeddings", "yt"),
    of_reference(choice(model_attention_kind, "model.attention_kind", "yk", "architecture", attention_kinds, automatic, true)),
    architecture_number(model_heads, "model.heads", "yq", unit::heads, 1, 65536),
    architecture_number(model_kv_heads, "model.kv_heads", "yg", unit::heads, 0, 65536),
    architecture_number(model_head_dim, "model.head_dim", "yd", unit::elements, 0, 10000000),
    architecture_number(model_v_head_dim, "model.v_head_dim", "yw", unit::elements, 0, 10000000),
    architecture_number(model_q_lora_rank, "model.q_lora_rank", "yqr", unit::elements, 0, 10000000),
    architecture_number(model_kv_lora_rank, "model.kv_lora_rank", "ykr", unit::elements, 0, 10000000),
    architecture_number(model_qk_nope_head_dim, "model.qk_nope_head_dim", "yn", unit::elements, 0, 10000000),
    architecture_number(model_qk_rope_head_dim, "model.qk_rope_head_dim", "yp", unit::elements, 0, 10000000),
    architecture_flag(model_attention_output_gate, "model.attention_output_gate", "yo"),
    architecture_number(model_window_layers, "model.window_layers", "yxl", unit::layers, 0, 10000),
    architecture_number(model_window_tokens, "model.window_tokens", "yxt", unit::tokens, 0, 100000000),
    architecture_number(model_window_kv_heads, "model.window_kv_heads", "yxg", unit::heads, 0, 65536),
    architecture_number(model_linear_layers, "model.linear_layers", "yll", unit::layers, 0, 10000),
    architecture_number(model_linear_key_heads, "model.linear_key_heads", "ylk", unit::heads, 0, 65536),
    architecture_number(model_linear_value_heads, "model.linear_value_heads", "ylv", unit::heads, 0, 65536),
    architecture_number(model_linear_key_head_dim, "model.linear_key_head_dim", "yld", unit::elements, 0, 10000000),
    architecture_number(model_linear_value_head_dim, "model.linear_value_head_dim", "yle", unit::elements, 0, 10000000),
    architecture_number(model_linear_conv_kernel, "model.linear_conv_kernel", "ylc", unit::elements, 0, 10000000),
    architecture_number(model_index_layers, "model.index_layers", "yil", unit::layers, 0, 10000),
    architecture_number(model_index_heads, "model.index_heads", "yih", unit::heads, 0, 65536),
    architecture_number(model_index_head_dim, "model.index_head_dim", "yid", unit::elements, 0, 10000000),
    architecture_number(model_index_topk, "model.index_topk", "yit", unit::tokens, 0, 100000000),
    architecture_number(model_moe_layers, "model.moe_layers", "yml", unit::layers, 0, 10000),
    architecture_number(model_dense_intermediate_size, "model.dense_intermediate_size", "yf", unit::elements, 0, 10000000),
    architecture_number(model_experts, "model.experts", "ye", unit::experts, 0, 65536),
    architecture_number(model_experts_per_token, "model.experts_per_token", "yek", unit::experts, 0, 65536),
    architecture_number(model_expert_intermediate_size, "model.expert_intermediate_size", "yef", unit::elements, 0, 10000000),
    architecture_number(model_shared_expert_intermediate_size, "model.shared_expert_intermediate_size", "ysf", unit::elements, 0, 10000000),
    architecture_number(model_expert_groups, "model.expert_groups", "yeg", unit::none, 0, 65536),
    architecture_number(model_expert_group_limit, "model.expert_group_limit", "yel", unit::none, 0, 65536),
    architecture_number(model_mtp_layers, "model.mtp_layers", "ymt", unit::layers, 0, 10000),
    architecture_flag(model_experts_only_quantized, "model.experts_only_quantized", "yqx"),

    number(balance_seed, "balance.seed", "ls", "balance", Type::integer, unit::none, 0, 4294967295, 1),
    choice(balance_request_lengths, "balance.request_lengths", "lr", "balance", distributions, 1),
    number(balance_length_exponent, "balance.length_exponent", "lx", "balance", Type::number, unit::none, 0, 4, 1),
    number(balance_length_spread, "balance.length_spread", "lw", "balance", Type::integer, unit::none, 1, 4096, 64),
    automatic_number(balance_requests_per_rank, "balance.requests_per_rank", "ln", "balance", Type::integer, unit::sequences, 1, 65536),
    choice(balance_expert_loads, "balance.expert_loads", "le", "balance", distributions, 1),
    number(balance_expert_exponent, "balance.expert_exponent", "lz", "balance", Type::number, unit::none, 0, 4, 0.5),
    choice(balance_policy, "balance.policy", "lp", "balance", balance_policies, automatic, true),
    number(balance_wanted_max_over_mean, "balance.wanted_max_over_mean", "lb", "balance", Type::number, unit::none, 1, 100, 1.1),

    // Rated power and prices are assumptions unless the reader has better ones. 2 kW a node: what the guide's boxes draw beyond their GPUs' rating (2.0 to 2.4 kW).
    // 7.24: yuan for a dollar on 2025-03-15, the guide's date.
    of_plans(automatic_number(purchase_devices, "purchase.devices", "qn", "purchase", Type::integer, unit::gpus, 1, 65536)),
    of_plans(number(purchase_users, "purchase.users", "qs", "purchase", Type::integer, unit::sequences, 1, 1e6, 1)),
    of_plans(number(purchase_tokens_per_s_per_user, "purchase.tokens_per_s_per_user", "qt", "purchase", Type::number, unit::tokens_per_s, 0, 1e6, 20)),
    of_plans(choice(purchase_acquisition, "purchase.acquisition", "qa", "purchase", acquisitions, 0)),
    of_plans(automatic_number(purchase_gpu_price_usd, "purchase.gpu_price_usd", "qg", "purchase", Type::number, unit::usd, 0, 1e9)),
    of_plans(automatic_number(purchase_rent_usd_per_gpu_hour, "purchase.rent_usd_per_gpu_hour", "qr", "purchase", Type::number, unit::usd_per_gpu_hour, 0, 1e6)),
    of_plans(number(purchase_years_of_use, "purchase.years_of_use", "qy", "purchase", Type::number, unit::years, 0.1, 100, 4)),
    of_plans(number(purchase_power_price_usd_per_kwh, "purchase.power_price_usd_per_kwh", "qk", "purchase", Type::number, unit::usd_per_kwh, 0, 1000, 0.1)),
    of_plans(number(purchase_pue, "purchase.pue", "qu", "purchase", Type::number, unit::none, 1, 10, 1.3)),
    of_plans(number(purchase_hosting_usd_per_kw_month, "purchase.hosting_usd_per_kw_month", "qh", "purchase", Type::number, unit::usd_per_kw_month, 0, 1e6, 0)),
    of_plans(number(purchase_server_overhead_w, "purchase.server_overhead_w", "qo", "purchase", Type::number, unit::watts, 0, 1e6, 2000)),
    of_plans(number(purchase_power_share, "purchase.power_share", "qp", "purchase", Type::number, unit::none, 0, 1, 1)),
    of_plans(choice(purchase_currency, "purchase.currency", "qc", "purchase", currencies, 0)),
    of_plans(number(purchase_cny_per_usd, "purchase.cny_per_usd", "qx", "purchase", Type::number, unit::none, 0.01, 1000, 7.24)),

    number(economics_average_nodes, "economics.average_nodes", "en", "economics", Type::number, unit::nodes, 0.001, 1e9, 226.75, true),
    automatic_number(economics_peak_nodes, "economics.peak_nodes", "ek", "economics", Type::number, unit::nodes, 0.001, 1e9),
    number(economics_gpu_usd_per_hour, "economics.gpu_usd_per_hour", "eg", "economics", Type::number, unit::usd_per_gpu_hour, 0, 1e6, 2),
    number(economics_input_tokens_per_day, "economics.input_tokens_per_day", "ei", "economics", Type::number, unit::tokens_per_day, 0, 1e18, 608e9),
    number(economics_cache_hit_rate, "economics.cache_hit_rate", "eh", "economics", Type::number, unit::none, 0, 1, 0.563),
    number(economics_output_tokens_per_day, "economics.output_tokens_per_day", "eo", "economics", Type::number, unit::tokens_per_day, 0, 1e18, 168e9),
    number(economics_price_input_hit, "economics.price_input_hit_usd_per_million_tokens", "pih", "economics", Type::number, unit::usd_per_million_tokens, 0, 1e6, 0.14),
    number(economics_price_input_miss, "economics.price_input_miss_usd_per_million_tokens", "pim", "economics", Type::number, unit::usd_per_million_tokens, 0, 1e6, 0.55),
    number(economics_price_output, "economics.price_output_usd_per_million_tokens", "po", "economics", Type::number, unit::usd_per_million_tokens, 0, 1e6, 2.19),
    number(economics_paid_share, "economics.paid_share", "es", "economics", Type::number, unit::none, 0, 1, 1),
    number(economics_night_discount, "economics.night_discount", "ex", "economics", Type::number, unit::none, 0, 1, 0),
    number(economics_utilisation, "economics.utilisation", "eu", "economics", Type::number, unit::none, 0.001, 1, 1),
    automatic_number(economics_prefill_tokens_per_s_per_node, "economics.prefill_tokens_per_s_per_node", "ep", "economics", Type::number, unit::tokens_per_s, 0.001, 1e12),
    automatic_number(economics_decode_tokens_per_s_per_node, "economics.decode_tokens_per_s_per_node", "ed", "economics", Type::number, unit::tokens_per_s, 0.001, 1e12),
}};

// A row stands at the index of its id, and no link key serves twice.
constexpr bool rows_are_in_place() {
  for (std::size_t i = 0; i < parameter_count; ++i) {
    if (static_cast<std::size_t>(table[i].id) != i) return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (table[i].key == table[j].key || table[i].link_key == table[j].link_key) return false;
    }
  }
  return true;
}
static_assert(rows_are_in_place());

// What older links meant by saying nothing. Never changed.
struct FormerDefault {
  Parameter parameter;
  int until;  // the last link version that meant it
  double value;
};
constexpr FormerDefault former_defaults[] = {
    {method, 1, static_cast<double>(MethodChoice::zartbot)},
    {prefill_expert_parallel, 1, 32},
    {decode_expert_parallel, 1, 144},
};

std::optional<Parameter> find_by(std::string_view text, std::string_view ParameterInfo::*field) {
  for (const ParameterInfo& row : table) {
    if (row.*field == text) return row.id;
  }
  return std::nullopt;
}

std::optional<double> index_in(std::span<const std::string_view> list, std::string_view text) {
  const auto found = std::find(list.begin(), list.end(), text);
  if (found == list.end()) return std::nullopt;
  return static_cast<double>(found - list.begin());
}

// The id in the catalogue that was most likely meant.
template <class Entries>
std::string_view nearest_entry(const Entries& entries, std::string_view text) {
  std::vector<std::string_view> ids;
  for (const auto& entry : entries) ids.push_back(entry.id);
  return ids[nearest_name(text, ids)];
}

Error error_of(ErrorCode code, const ParameterInfo& row, std::string_view value) {
  return {code, std::string(row.key), shown(value), allowed_text(row.id)};
}

}  // namespace

std::span<const ParameterInfo, parameter_count> parameter_table() { return table; }
std::span<const std::string_view> parameter_groups() { return groups; }
std::optional<Parameter> find_parameter(std::string_view key) { return find_by(key, &ParameterInfo::key); }
std::optional<Parameter> find_parameter_by_link_key(std::string_view link_key) { return find_by(link_key, &ParameterInfo::link_key); }

double custom_device() { return static_cast<double>(devices().size()); }

double custom_model() { return static_cast<double>(models().size()); }

double default_value(Parameter p, int link_version) {
  for (const FormerDefault& former : former_defaults) {
    if (former.parameter == p && link_version <= former.until) return former.value;
  }
  const ParameterInfo& row = info(p);
  if (row.type == Type::model) return static_cast<double>(*model_index(row.named));
  if (row.type == Type::device) return static_cast<double>(*device_index(row.named));
  return row.default_value;
}

Outcome<double> check_number(Parameter p, double number) {
  const ParameterInfo& row = info(p);
  const std::string text = shortest_text(number);
  if (row.type != Type::integer && row.type != Type::number) return error_of(ErrorCode::wrong_type, row, text);
  if (!std::isfinite(number)) return error_of(ErrorCode::not_a_number, row, text);
  if (number < row.minimum || number > row.maximum) return error_of(ErrorCode::out_of_range, row, text);
  if (row.type == Type::integer && number != std::floor(number)) return error_of(ErrorCode::not_an_integer, row, text);
  return number == 0 ? 0.0 : number;  // no negative zero
}

Outcome<double> parse_value(Parameter p, std::string_view text) {
  const ParameterInfo& row = info(p);
  if (row.allows_auto && text == "auto") return automatic;
  switch (row.type) {
    case Type::integer:
    case Type::number: {
      const std::optional<double> number = parse_number(text);
      if (!number) return error_of(ErrorCode::not_a_number, row, text);
      return check_number(p, *number);
    }
    case Type::choice: {
      const std::optional<double> index = index_in(row.choices, text);
      if (!index) return error_of(ErrorCode::not_a_choice, row, text);
      return *index;
    }
    case Type::boolean:
      if (text == "true" || text == "yes" || text == "1") return 1.0;
      if (text == "false" || text == "no" || text == "0") return 0.0;
      return error_of(ErrorCode::not_a_choice, row, text);
    case Type::model: {
      if (text == custom_id) return custom_model();
      const std::optional<std::size_t> index = model_index(text);
      if (!index) return Error{ErrorCode::unknown_model, std::string(row.key), shown(text), std::string(nearest_entry(models(), text))};
      return static_cast<double>(*index);
    }
    case Type::device: {
      if (text == custom_id) return custom_device();
      const std::optional<std::size_t> index = device_index(text);
      if (!index) return Error{ErrorCode::unknown_device, std::string(row.key), shown(text), std::string(nearest_entry(devices(), text))};
      return static_cast<double>(*index);
    }
  }
  return error_of(ErrorCode::internal, row, text);
}

std::string value_text(Parameter p, double value) {
  const ParameterInfo& row = info(p);
  if (row.allows_auto && value == automatic) return "auto";
  const auto index = static_cast<std::size_t>(value);
  switch (row.type) {
    case Type::integer:
    case Type::number: return shortest_text(value);
    case Type::choice: return std::string(row.choices[index]);
    case Type::boolean: return value != 0 ? "true" : "false";
    case Type::model: return std::string(value == custom_model() ? custom_id : models()[index].id);
    case Type::device: return std::string(value == custom_device() ? custom_id : devices()[index].id);
  }
  return {};
}

std::string range_text(Parameter p) { return range_text(info(p).minimum, info(p).maximum); }

std::string allowed_text(Parameter p) {
  const ParameterInfo& row = info(p);
  std::string text;
  const auto add = [&](std::string_view item) {
    if (!text.empty()) text += ", ";
    text += item;
  };
  switch (row.type) {
    case Type::integer:
    case Type::number: add(range_text(p)); break;
    case Type::choice:
      for (std::string_view each : row.choices) add(each);
      break;
    case Type::boolean: add("true, false"); break;
    // Whole catalogues help nobody: an example, and where a name was given, the nearest (nearest_entry).
    case Type::model:
    case Type::device: add(row.named); break;
  }
  if (row.allows_auto) add("auto");
  return text;
}

}  // namespace moecalc
