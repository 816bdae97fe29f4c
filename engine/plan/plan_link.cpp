#include "plan/plan_link.h"

#include "catalogue/catalogue.h"
#include "numbers/number_text.h"

namespace moecalc {

std::string encode_link(const Plan& plan) {
  LinkPairs pairs{{"pl", std::string(name_of(plan.kind))}};
  const auto add = [&](const char* key, const auto& list, auto&& text_of) {
    std::string text;
    for (const auto& each : list) text += (text.empty() ? "" : "~") + text_of(each);
    if (!text.empty()) pairs.emplace_back(key, std::move(text));
  };
  add("plh", plan.histogram, [](double load) { return shortest_text(load); });
  add("plq", plan.lengths, [](double length) { return shortest_text(length); });
  add("plm", plan.models, [](std::size_t each) { return std::string(models()[each].id); });
  add("pld", plan.devices, [](std::size_t each) { return std::string(devices()[each].id); });
  return encode_link(plan.base, pairs);
}

std::optional<Plan> plan_of(DecodedLink& link) {
  if (link.plan.empty()) return std::nullopt;
  Plan plan;
  plan.base = link.scenario;
  Errors errors;
  bool has_kind = false;
  const auto take = [&](auto&& outcome, auto& target) {
    if (outcome.ok()) target = outcome.value();
    else errors.insert(errors.end(), outcome.errors().begin(), outcome.errors().end());
  };
  for (const auto& [key, value] : link.plan) {
    if (key == "pl") {
      has_kind = true;
      take(read_plan_kind(value), plan.kind);
    } else if (key == "plh") {
      take(read_plan_numbers("histogram", value, '~'), plan.histogram);
    } else if (key == "plq") {
      take(read_plan_numbers("lengths", value, '~'), plan.lengths);
    } else if (key == "plm") {
      take(read_plan_list(Parameter::model, value, '~'), plan.models);
    } else {
      take(read_plan_list(Parameter::device, value, '~'), plan.devices);
    }
  }
  if (!has_kind) errors.push_back({ErrorCode::link_malformed_pair, {}, shown(link.plan[0].first + "=" + link.plan[0].second), {}});
  if (errors.empty()) errors = check(plan);
  link.problems.insert(link.problems.end(), errors.begin(), errors.end());
  if (!errors.empty()) return std::nullopt;
  return plan;
}

}  // namespace moecalc
