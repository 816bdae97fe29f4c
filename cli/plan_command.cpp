#include "plan_command.h"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "plan/plan_link.h"
#include "plan/run.h"
#include "plan_balance.h"
#include "plan_boxes.h"
#include "plan_day.h"
#include "plan_timeline.h"
#include "plan_machines.h"
#include "print.h"

namespace moecalc::cli {
namespace {

int refuse(const Errors& errors, Language language) {
  print_errors(std::cerr, errors, language);
  return 2;
}

// A link may carry a plan: its kind and lists are then the base, as its scenario is.
std::optional<Plan> base_plan(const Arguments& arguments) {
  if (!arguments.link) return {};
  DecodedLink link = decode_link(*arguments.link);
  return plan_of(link);
}

// Numbers, one a line or separated by commas.
Outcome<std::vector<double>> read_numbers_file(const char* field, const std::string& file) {
  const Outcome<std::string> text = read_file(file);
  if (!text.ok()) return text.errors();
  std::string list = text.value();
  while (!list.empty() && (list.back() == '\n' || list.back() == '\r')) list.pop_back();
  std::replace(list.begin(), list.end(), '\n', ',');
  return read_plan_numbers(field, list, ',');
}

Outcome<Plan> read_plan_question(Arguments arguments) {
  const std::optional<Plan> base = base_plan(arguments);
  Plan plan = base.value_or(Plan{});
  if (!arguments.operands.empty() || !base) {
    const Outcome<PlanKind> kind = read_plan_kind(arguments.operands.empty() ? "" : arguments.operands[0]);
    if (!kind.ok()) return kind.errors();
    plan.kind = kind.value();
    arguments.operands.erase(arguments.operands.begin());
  }
  const Outcome<Scenario> scenario = read_question(arguments);
  if (!scenario.ok()) return scenario.errors();
  plan.base = scenario.value();
  Errors errors;
  const auto take = [&](auto&& outcome, auto& target) {
    if (outcome.ok()) target = outcome.value();
    else errors.insert(errors.end(), outcome.errors().begin(), outcome.errors().end());
  };
  if (arguments.models) take(read_plan_list(Parameter::model, *arguments.models, ','), plan.models);
  if (arguments.devices) take(read_plan_list(Parameter::device, *arguments.devices, ','), plan.devices);
  if (arguments.histogram) take(read_numbers_file("histogram", *arguments.histogram), plan.histogram);
  if (arguments.lengths) take(read_numbers_file("lengths", *arguments.lengths), plan.lengths);
  if (errors.empty()) errors = check(plan);
  if (!errors.empty()) return errors;
  return plan;
}

}  // namespace

int run_plan_command(const Arguments& arguments) {
  const Outcome<Plan> plan = read_plan_question(arguments);
  if (!plan.ok()) return refuse(plan.errors(), arguments.language);
  if (arguments.as_json()) {
    const Outcome<nlohmann::ordered_json> json = run_plan(plan.value());
    if (!json.ok()) return refuse(json.errors(), arguments.language);
    std::cout << json.value().dump(2) << '\n';
    return 0;
  }
  Errors errors;
  switch (plan.value().kind) {
    case PlanKind::boxes: errors = print_boxes(std::cout, plan.value(), arguments.language); break;
    case PlanKind::machines: errors = print_machines(std::cout, plan.value(), arguments.language); break;
    case PlanKind::day: errors = print_day(std::cout, plan.value(), arguments.language); break;
    case PlanKind::balance: errors = print_balance(std::cout, plan.value(), arguments.language); break;
    case PlanKind::timeline: errors = print_timeline(std::cout, plan.value(), arguments.format.value_or("table"), arguments.language); break;
  }
  return errors.empty() ? 0 : refuse(errors, arguments.language);
}

}  // namespace moecalc::cli
