#include "plan/balance.h"

#include <algorithm>
#include <cmath>

#include "methods/evaluate.h"
#include "numbers/number_text.h"

namespace moecalc {
namespace {

using enum Parameter;
using balance::Random;

// What differs between the phases.
struct PhaseNames {
  Parameter data_parallel, tensor_parallel, expert_parallel, moe_tensor_parallel, redundant_experts, expert_imbalance;
  std::optional<Phase> Report::*phase;
  QuantityId tokens_per_s_per_gpu;
  std::uint64_t requests_stream;
};
constexpr PhaseNames prefill_names{prefill_data_parallel, prefill_tensor_parallel, prefill_expert_parallel, prefill_moe_tensor_parallel, prefill_redundant_experts,
                                   prefill_expert_imbalance, &Report::prefill, QuantityId::prefill_tokens_per_s_per_gpu, 1};
constexpr PhaseNames decode_names{decode_data_parallel, decode_tensor_parallel, decode_expert_parallel, decode_moe_tensor_parallel, decode_redundant_experts,
                                  decode_expert_imbalance, &Report::decode, QuantityId::decode_tokens_per_s_per_gpu, 2};
constexpr std::uint64_t experts_stream = 0;

// The draws of one thing do not move when another is drawn more often.
Random stream(const Scenario& s, std::uint64_t which) { return Random(static_cast<std::uint64_t>(s[balance_seed]) | which << 32); }

std::size_t count_of(const Report& report, Parameter p) { return static_cast<std::size_t>(std::max(0.0, report.resolved_value(p))); }

Error out_of_range(Parameter p, double value, double most) {
  return {ErrorCode::out_of_range, std::string(info(p).key), shortest_text(value), range_text(info(p).minimum, most)};
}

balance::RelativeLengths lengths_of(const Plan& plan) {
  const Scenario& s = plan.base;
  if (!plan.lengths.empty()) return balance::RelativeLengths::of_list(plan.lengths);
  if (s.choice<DistributionChoice>(balance_request_lengths) == DistributionChoice::uniform) return balance::RelativeLengths::uniform(s[balance_length_spread]);
  return balance::RelativeLengths::zipf(static_cast<std::size_t>(s[balance_length_spread]), s[balance_length_exponent]);
}

// Shares of a layer's tokens.
Outcome<std::vector<double>> expert_loads(const Plan& plan, std::size_t experts) {
  const Scenario& s = plan.base;
  if (!plan.histogram.empty()) {
    if (plan.histogram.size() != experts) {
      return Error{ErrorCode::inconsistent, "histogram.count", shortest_text(static_cast<double>(plan.histogram.size())), shortest_text(static_cast<double>(experts))};
    }
    double sum = 0;
    for (const double load : plan.histogram) sum += load;
    std::vector<double> shares = plan.histogram;
    for (double& share : shares) share /= sum;
    return shares;
  }
  if (s.choice<DistributionChoice>(balance_expert_loads) == DistributionChoice::uniform) return std::vector<double>(experts, 1 / static_cast<double>(experts));
  Random random = stream(s, experts_stream);
  return balance::zipf_expert_loads(experts, s[balance_expert_exponent], random);
}

// Decode: the sequences of a rank. Prefill: the prompts whose new tokens fill a pass.
double automatic_requests_per_rank(const Report& report, const PhaseNames& names, bool is_prefill) {
  const Scenario& s = report.scenario;
  if (!is_prefill) {
    if (report.results.has(QuantityId::decode_batch_per_rank)) return report.results[QuantityId::decode_batch_per_rank];
    return s[decode_batch_per_gpu] * report.resolved_value(names.tensor_parallel);
  }
  const double new_tokens = std::max(1.0, s[prompt_tokens] * (1 - s[prefix_cache_hit_rate]));
  return report.resolved_value(prefill_batch_tokens_per_gpu) * report.resolved_value(names.tensor_parallel) / new_tokens;
}

Outcome<RequestBalance> balance_requests(const Plan& plan, const Report& report, const PhaseNames& names, bool is_prefill) {
  const Scenario& s = plan.base;
  const std::size_t ranks = std::max<std::size_t>(1, count_of(report, names.data_parallel));
  if (ranks > most_balanced_ranks) return out_of_range(names.data_parallel, static_cast<double>(ranks), most_balanced_ranks);
  const double most = std::floor(static_cast<double>(most_balanced_requests) / static_cast<double>(ranks));
  const double asked = s[balance_requests_per_rank];
  if (asked > most) return out_of_range(balance_requests_per_rank, asked, most);
  const double per_rank = asked != automatic ? asked : std::clamp(std::floor(automatic_requests_per_rank(report, names, is_prefill) + 0.5), 1.0, most);

  Random random = stream(s, names.requests_stream);
  const std::size_t wanted = ranks * static_cast<std::size_t>(per_rank);
  const balance::RelativeLengths lengths = lengths_of(plan);
  const std::vector<balance::Request> requests = is_prefill ? balance::prefill_requests(wanted, s[prompt_tokens], s[prefix_cache_hit_rate], lengths, random)
                                                            : balance::decode_requests(wanted, s[prompt_tokens], s[output_tokens], lengths, random);
  return RequestBalance{requests.size(), balance::deal_in_turn(requests, ranks), balance::deal_evenly(requests, ranks)};
}

// Nodes that the expert-parallel ranks fill; 0 when they do not fill whole ones.
std::size_t nodes_of(double ranks, double gpus_per_rank, double gpus_per_node) {
  const double nodes = ranks * gpus_per_rank / gpus_per_node;
  if (nodes <= 1) return 1;
  return nodes == std::floor(nodes) ? static_cast<std::size_t>(nodes) : 0;
}

Outcome<std::optional<ExpertBalance>> balance_phase_experts(const Plan& plan, const Report& report, const PhaseNames& names) {
  const Scenario& s = plan.base;
  const std::size_t experts = count_of(report, model_experts);
  if (experts == 0 || report.resolved_value(model_moe_layers) == 0) return std::optional<ExpertBalance>{};
  const Outcome<std::vector<double>> loads = expert_loads(plan, experts);
  if (!loads.ok()) return loads.errors();
  const double ranks = report.resolved_value(names.expert_parallel);
  const balance::ExpertQuestion question{loads.value(), static_cast<std::size_t>(ranks), count_of(report, names.redundant_experts),
                                         nodes_of(ranks, report.resolved_value(names.moe_tensor_parallel), s[gpus_per_node]), std::max<std::size_t>(1, count_of(report, model_expert_groups))};
  if (question.slots() > balance::largest_slots) {
    return out_of_range(names.redundant_experts, static_cast<double>(question.redundant), static_cast<double>(balance::largest_slots) - static_cast<double>(experts));
  }
  std::optional<balance::Policy> policy;
  if (!s.is_automatic(balance_policy)) policy = s.choice<BalancePolicyChoice>(balance_policy) == BalancePolicyChoice::hierarchical ? balance::Policy::hierarchical : balance::Policy::global;
  if (policy == balance::Policy::hierarchical && !balance::can_be_hierarchical(question)) {
    return Error{ErrorCode::inconsistent, std::string(info(balance_policy).key), value_text(balance_policy, s[balance_policy]), "global, auto"};
  }
  ExpertBalance result{question, balance::rank_loads(question, balance::placement_in_order(question)), {}, balance::balance_experts(question, policy),
                       balance::redundancy_for(question, policy, s[balance_wanted_max_over_mean])};
  result.after = balance::rank_loads(question, result.balanced.placement);
  return std::optional(std::move(result));
}

// What a phase reaches when its experts and its attention are that uneven.
BalanceState state_of(const Report& report, const PhaseNames& names, double experts, double attention) {
  BalanceState state{experts, attention, {}, {}, {}};
  const std::optional<Phase>& phase = report.*names.phase;
  if (!phase || !report.results.has(names.tokens_per_s_per_gpu)) return state;
  double attention_ms = 0;
  for (const Operator& each : phase->operators) {
    if (each.id == "attention_core") attention_ms += each.layers * report.results[each.quantity];
  }
  const double pass_ms = report.results[phase->total];
  state.pass_ms = pass_ms + attention_ms * (attention - 1);
  const double slowdown = *state.pass_ms / pass_ms;
  if (names.phase == &Report::decode) state.tpot_ms = report.results[QuantityId::decode_tpot_ms] * slowdown;
  state.tokens_per_s_per_gpu = report.results[names.tokens_per_s_per_gpu] / slowdown;
  return state;
}

Outcome<PhaseBalance> balance_phase(const Plan& plan, const Report& report, const PhaseNames& names, bool is_prefill) {
  const Outcome<RequestBalance> requests = balance_requests(plan, report, names, is_prefill);
  if (!requests.ok()) return requests.errors();
  Outcome<std::optional<ExpertBalance>> experts = balance_phase_experts(plan, report, names);
  if (!experts.ok()) return experts.errors();
  PhaseBalance phase{requests.value(), std::move(experts.value()), {}, {}, {}, {}};

  const double attention_before = balance::max_over_mean(phase.requests.before.attention), attention_after = balance::max_over_mean(phase.requests.after.attention);
  const double experts_before = phase.experts ? balance::max_over_mean(phase.experts->before) : 1, experts_after = phase.experts ? phase.experts->balanced.max_over_mean : 1;
  Errors errors;
  const auto state = [&](double of_experts, double of_attention) {
    Scenario scenario = plan.base;
    scenario.set(names.expert_imbalance, of_experts);
    const Outcome<Report> outcome = evaluate(scenario);
    if (outcome.ok()) return state_of(outcome.value(), names, of_experts, of_attention);
    errors = outcome.errors();
    return BalanceState{};
  };
  phase.none = state(experts_before, attention_before);
  phase.requests_only = state(experts_before, attention_after);
  phase.both = state(experts_after, attention_after);
  phase.even = state(1, 1);
  if (!errors.empty()) return errors;
  return phase;
}

}  // namespace

Outcome<BalancePlan> plan_balance(const Plan& plan) {
  const Scenario& s = plan.base;
  if (s.choice<MethodChoice>(method) != MethodChoice::reference) {
    return Error{ErrorCode::outside_method_domain, "plan", std::string(name_of(PlanKind::balance)), value_text(method, static_cast<double>(MethodChoice::reference))};
  }
  const Outcome<Report> report = evaluate(s);
  if (!report.ok()) return report.errors();
  const PhaseChoice phase = s.choice<PhaseChoice>(Parameter::phase);
  BalancePlan result;
  Errors errors;
  const auto take = [&](const PhaseNames& names, bool is_prefill, std::optional<PhaseBalance>& target) {
    Outcome<PhaseBalance> outcome = balance_phase(plan, report.value(), names, is_prefill);
    if (outcome.ok()) target = std::move(outcome.value());
    else if (errors.empty()) errors = outcome.errors();
  };
  if (phase != PhaseChoice::decode && s.choice<ServingChoice>(serving) == ServingChoice::disaggregated) take(prefill_names, true, result.prefill);
  if (phase != PhaseChoice::prefill) take(decode_names, false, result.decode);
  if (!errors.empty()) return errors;
  return result;
}

}  // namespace moecalc
