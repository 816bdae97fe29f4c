#include <nlohmann/json.hpp>

#include "plan/balance.h"
#include "plan/run.h"

namespace moecalc {

using Json = nlohmann::ordered_json;

namespace {

double mean_of(const std::vector<double>& loads) {
  double sum = 0;
  for (const double load : loads) sum += load;
  return sum / static_cast<double>(loads.size());
}

Json side_json(const std::vector<double>& loads) {
  Json json = Json::object();
  json["max_over_mean"] = balance::max_over_mean(loads);
  json["loads"] = loads;
  return json;
}

// The same load in total, dealt out twice.
Json pair_json(const std::vector<double>& before, const std::vector<double>& after) {
  Json json = Json::object();
  json["mean"] = mean_of(before);
  json["before"] = side_json(before);
  json["after"] = side_json(after);
  return json;
}

Json or_null(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

std::string_view name_of(balance::Policy policy) {
  switch (policy) {
    case balance::Policy::hierarchical: return "hierarchical";
    case balance::Policy::global: return "global";
    case balance::Policy::unchanged: return "unchanged";
  }
  return {};
}

Json experts_json(const ExpertBalance& experts, double wanted) {
  const balance::ExpertQuestion& question = experts.question;
  Json json = Json::object();
  json["ranks"] = question.ranks;
  json["nodes"] = question.nodes;
  json["groups"] = question.groups;
  json["redundant"] = question.redundant;
  json["slots_per_rank"] = question.slots_per_rank();
  json["load"] = pair_json(experts.before, experts.after);
  json["policy"] = name_of(experts.balanced.policy);
  json["hierarchical_max_over_mean"] = or_null(experts.balanced.hierarchical);
  json["global_max_over_mean"] = or_null(experts.balanced.global);
  Json& placement = json["placement"] = Json::array();
  for (std::size_t rank = 0; rank < question.ranks; ++rank) {
    const auto first = experts.balanced.placement.begin() + static_cast<std::ptrdiff_t>(rank * question.slots_per_rank());
    placement.push_back(balance::Placement(first, first + static_cast<std::ptrdiff_t>(question.slots_per_rank())));
  }
  Json& steps = json["redundancy"] = Json::array();
  for (const balance::RedundancyStep& step : experts.redundancy) {
    Json each = Json::object();
    each["redundant"] = step.redundant;
    each["slots_per_rank"] = (question.loads.size() + step.redundant) / question.ranks;
    each["max_over_mean"] = step.max_over_mean;
    steps.push_back(std::move(each));
  }
  json["wanted_max_over_mean"] = wanted;
  const bool is_reached = !experts.redundancy.empty() && experts.redundancy.back().max_over_mean <= wanted;
  json["redundant_needed"] = is_reached ? Json(experts.redundancy.back().redundant) : Json(nullptr);
  return json;
}

Json state_json(const BalanceState& state) {
  Json json = Json::object();
  json["expert_max_over_mean"] = state.expert_max_over_mean;
  json["attention_max_over_mean"] = state.attention_max_over_mean;
  json["pass_ms"] = or_null(state.pass_ms);
  json["tpot_ms"] = or_null(state.tpot_ms);
  json["tokens_per_s_per_gpu"] = or_null(state.tokens_per_s_per_gpu);
  return json;
}

Json phase_json(const std::optional<PhaseBalance>& phase, double wanted) {
  if (!phase) return nullptr;
  Json json = Json::object();
  json["requests"] = phase->requests.requests;
  json["attention"] = pair_json(phase->requests.before.attention, phase->requests.after.attention);
  json["count"] = pair_json(phase->requests.before.count, phase->requests.after.count);
  json["experts"] = phase->experts ? experts_json(*phase->experts, wanted) : Json(nullptr);
  Json& states = json["states"] = Json::object();
  states["none"] = state_json(phase->none);
  states["requests_only"] = state_json(phase->requests_only);
  states["both"] = state_json(phase->both);
  states["even"] = state_json(phase->even);
  return json;
}

}  // namespace

Outcome<Json> balance_json(const Plan& plan) {
  const Outcome<BalancePlan> outcome = plan_balance(plan);
  if (!outcome.ok()) return outcome.errors();
  const double wanted = plan.base[Parameter::balance_wanted_max_over_mean];
  Json json = Json::object();
  json["prefill"] = phase_json(outcome.value().prefill, wanted);
  json["decode"] = phase_json(outcome.value().decode, wanted);
  return json;
}

}  // namespace moecalc
