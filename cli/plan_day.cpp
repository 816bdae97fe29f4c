#include "plan_day.h"

#include <ostream>

#include "plan/day.h"
#include "print.h"
#include "table.h"

namespace moecalc::cli {

Errors print_day(std::ostream& out, const Plan& plan, Language language) {
  const Outcome<DayPlan> outcome = plan_day(plan);
  if (!outcome.ok()) return outcome.errors();
  const DayPlan& day = outcome.value();
  const auto word = [&](const std::string& key) { return std::string(words(language, key)); };

  out << word("plan.day.units") << '\n';
  std::vector<Cells> rows{{""}};
  std::vector<const DeploymentUnit*> units;
  for (const auto& [name, unit] : {std::pair{"choice.prefill", &day.prefill}, std::pair{"choice.decode", &day.decode}}) {
    if (!*unit) continue;
    rows[0].push_back(word(name));
    units.push_back(&**unit);
  }
  const auto add = [&](const char* key, double DeploymentUnit::*member) {
    Cells row{word(std::string("plan.day.") + key)};
    for (const DeploymentUnit* unit : units) row.push_back(readable(unit->*member));
    rows.push_back(std::move(row));
  };
  add("gpus", &DeploymentUnit::gpus);
  add("nodes", &DeploymentUnit::nodes);
  add("tensor_parallel", &DeploymentUnit::tensor_parallel);
  add("data_parallel", &DeploymentUnit::data_parallel);
  add("expert_parallel", &DeploymentUnit::expert_parallel);
  add("redundant_experts", &DeploymentUnit::redundant_experts);
  add("routed_experts_per_gpu", &DeploymentUnit::routed_experts_per_gpu);
  add("shared_experts_per_gpu", &DeploymentUnit::shared_experts_per_gpu);
  add("tokens_per_s_per_node", &DeploymentUnit::tokens_per_s_per_node);
  add("nodes_of_day", &DeploymentUnit::nodes_of_day);
  add("units_of_day", &DeploymentUnit::units_of_day);
  print_table(out, rows, "lrr");

  if (day.prefill_to_decode) {
    out << '\n' << word("plan.day.prefill_to_decode") << '\n';
    print_table(out, {{word("plan.day.prefill_to_decode_units"), readable(day.prefill_to_decode->units)}, {word("plan.day.prefill_to_decode_nodes"), readable(day.prefill_to_decode->nodes)}}, "lr");
  }

  out << '\n' << word("plan.day.formats") << '\n';
  const WorkFormats& f = day.formats;
  const auto format = [&](std::string_view name) { return name.empty() ? std::string("-") : word("choice." + std::string(name)); };
  print_table(out, {{word("plan.day.matmul"), format(f.matmul)}, {word("plan.day.core_attention"), format(f.core_attention)}, {word("plan.day.dispatch"), format(f.dispatch)}, {word("plan.day.combine"), format(f.combine)}}, "ll");
  print_quantities_of(out, day.report, "economics", language);
  if (day.energy) {
    out << '\n' << word("plan.day.energy") << '\n';
    print_table(out, {{word("plan.day.node_kw"), readable(day.energy->node_kw)}, {word("plan.day.kwh_per_day"), readable(day.energy->kwh_per_day)},
                      {word("plan.day.kwh_per_million_output_tokens"), readable(day.energy->kwh_per_million_output_tokens)},
                      {word("plan.day.kwh_per_million_tokens"), readable(day.energy->kwh_per_million_tokens)}}, "lr");
  }
  if (day.hours.empty()) return {};

  out << '\n' << word("plan.day.hours") << '\n' << word("plan.day.hours_assumed") << '\n';
  rows = {{word("plan.day.hour"), word("plan.day.nodes_in_use"), word("plan.day.nodes_freed")}};
  for (std::size_t hour = 0; hour < day.hours.size(); ++hour) {
    rows.push_back({std::to_string(hour), readable(day.hours[hour].nodes), readable(day.hours[hour].freed_nodes)});
  }
  print_table(out, rows, "rrr");
  return {};
}

}  // namespace moecalc::cli
