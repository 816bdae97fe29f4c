#include "plan/day.h"

#include "catalogue/catalogue.h"
#include "economics/economics.h"
#include "methods/evaluate.h"
#include "numbers/number_text.h"
#include "plan/purchase.h"

namespace moecalc {
namespace {

// The catalogue's model with what the question changes of it; a method that knows only its own model leaves model.* alone.
Architecture architecture_of(const Report& report) {
  Architecture a{};
  if (const double model = report.scenario[Parameter::model]; model != custom_model()) a = models()[static_cast<std::size_t>(model)].architecture;
  constexpr auto members = architecture_members<double>();
  for (std::size_t i = 0; i < architecture_field_count; ++i) {
    const double value = report.resolved_value(architecture_parameter(i));
    if (value != automatic) a.*members[i] = value;
  }
  return a;
}

double quantity(const Report& report, QuantityId id) { return report.results.has(id) ? report.results[id] : 0; }

struct UnitNames {
  Parameter tensor_parallel;
  Parameter data_parallel;
  Parameter expert_parallel;
  Parameter redundant_experts;
  Parameter rate_of_reader;
  QuantityId rate;
  QuantityId nodes_of_day;
};
constexpr UnitNames prefill_names{Parameter::prefill_tensor_parallel, Parameter::prefill_data_parallel, Parameter::prefill_expert_parallel, Parameter::prefill_redundant_experts,
                                  Parameter::economics_prefill_tokens_per_s_per_node, QuantityId::prefill_tokens_per_s_per_node, QuantityId::economics_prefill_nodes};
constexpr UnitNames decode_names{Parameter::decode_tensor_parallel, Parameter::decode_data_parallel, Parameter::decode_expert_parallel, Parameter::decode_redundant_experts,
                                 Parameter::economics_decode_tokens_per_s_per_node, QuantityId::decode_tokens_per_s_per_node, QuantityId::economics_decode_nodes};

DeploymentUnit unit_of(const Report& report, const Architecture& a, const UnitNames& names) {
  DeploymentUnit unit{};
  unit.tensor_parallel = report.resolved_value(names.tensor_parallel);
  unit.data_parallel = report.resolved_value(names.data_parallel);
  unit.expert_parallel = report.resolved_value(names.expert_parallel);
  const double redundant = report.resolved_value(names.redundant_experts);
  unit.redundant_experts = redundant == automatic ? 0 : redundant;
  const double attention_gpus = unit.tensor_parallel * unit.data_parallel;
  unit.gpus = attention_gpus > unit.expert_parallel ? attention_gpus : unit.expert_parallel;
  unit.nodes = unit.gpus / report.scenario[Parameter::gpus_per_node];
  if (a.experts > 0) unit.routed_experts_per_gpu = (a.experts + unit.redundant_experts) / unit.expert_parallel;
  unit.shared_experts_per_gpu = a.shared_expert_intermediate_size > 0 ? a.shared_expert_intermediate_size / a.expert_intermediate_size : 0;
  const double rate = report.scenario[names.rate_of_reader];
  unit.tokens_per_s_per_node = rate == automatic ? quantity(report, names.rate) : rate;
  unit.nodes_of_day = quantity(report, names.nodes_of_day);
  unit.units_of_day = unit.nodes_of_day / unit.nodes;
  return unit;
}

std::optional<PrefillToDecode> ratio_of(const DayPlan& day) {
  if (!day.prefill || !day.decode || !(day.prefill->units_of_day > 0) || !(day.decode->units_of_day > 0)) return std::nullopt;
  return PrefillToDecode{day.prefill->units_of_day / day.decode->units_of_day, day.prefill->nodes_of_day / day.decode->nodes_of_day};
}

std::string_view format_of(const Report& report, Parameter p) {
  const double value = report.resolved_value(p);
  return value == automatic ? std::string_view{} : info(p).choices[static_cast<std::size_t>(value)];
}

// The methods compute the core of attention in BF16 and combine in BF16, as DeepSeek does; only the rest can be chosen.
WorkFormats formats_of(const Report& report) {
  const std::string_view bf16 = info(Parameter::matmul_format).choices[static_cast<std::size_t>(FormatChoice::bf16)];
  const std::string_view matmul = format_of(report, Parameter::matmul_format);
  const std::string_view dispatch = format_of(report, Parameter::dispatch_format);
  return {matmul, bf16, dispatch.empty() ? matmul : dispatch, bf16};
}

std::vector<HourOfDay> hours_of(const Report& report) {
  std::vector<HourOfDay> hours;
  if (!report.results.has(QuantityId::economics_night_nodes)) return hours;
  const double low = report.results[QuantityId::economics_night_nodes];
  const double peak = report.results[QuantityId::economics_peak_nodes];
  for (const double share : hourly_profile) {
    const double nodes = low + (peak - low) * share;
    hours.push_back({nodes, peak - nodes});
  }
  return hours;
}

// Nodes in use on average: the reader's, or what the load needs; 0 where neither is known.
double average_nodes(const Report& report) {
  const double asked = report.scenario[Parameter::economics_average_nodes];
  return asked == automatic ? quantity(report, QuantityId::economics_fleet_nodes) : asked;
}

std::optional<DayEnergy> energy_of(const Report& report) {
  const Scenario& s = report.scenario;
  const double nodes = average_nodes(report);
  if (s[Parameter::device] == custom_device() || nodes == 0) return std::nullopt;
  const double gpus = s[Parameter::gpus_per_node];
  const std::optional<double> of_node = power_kw(s, {static_cast<std::size_t>(s[Parameter::device]), gpus, gpus});
  if (!of_node) return std::nullopt;
  const double node_kw = *of_node * s[Parameter::purchase_pue];
  const double day = node_kw * nodes * 24;
  const double output = s[Parameter::economics_output_tokens_per_day], input = s[Parameter::economics_input_tokens_per_day];
  const auto per_million = [&](double tokens) { return tokens > 0 ? day / (tokens / 1e6) : 0; };
  return DayEnergy{node_kw, day, per_million(output), per_million(input + output)};
}

// The report leaves an impossible peak's numbers out; here it is what was asked.
Errors check_peak(const Report& report) {
  const double peak = report.scenario[Parameter::economics_peak_nodes];
  if (peak == automatic || !report.results.has(QuantityId::economics_peak_nodes) || report.results.has(QuantityId::economics_night_nodes)) return {};
  const double average = average_nodes(report);
  return {{ErrorCode::inconsistent, "economics.peak_nodes", shortest_text(peak), range_text(average, 24 * average / hours_of_peak)}};
}

}  // namespace

Outcome<DayPlan> plan_day(const Plan& plan) {
  Outcome<Report> report = evaluate(plan.base);
  if (!report.ok()) return report.errors();
  const Scenario& s = plan.base;
  const PhaseChoice phase = s.choice<PhaseChoice>(Parameter::phase);
  const Errors errors = check_peak(report.value());
  if (!errors.empty()) return errors;
  DayPlan day{std::move(report.value()), {}, {}, std::nullopt, std::nullopt, std::nullopt, std::nullopt};
  day.formats = formats_of(day.report);
  day.hours = hours_of(day.report);
  day.energy = energy_of(day.report);
  const Architecture architecture = architecture_of(day.report);
  if (!s.is_aggregated() && phase != PhaseChoice::decode) day.prefill = unit_of(day.report, architecture, prefill_names);
  if (phase != PhaseChoice::prefill) day.decode = unit_of(day.report, architecture, decode_names);
  day.prefill_to_decode = ratio_of(day);
  return day;
}

}  // namespace moecalc
