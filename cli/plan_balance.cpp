#include "plan_balance.h"

#include <ostream>

#include "plan/balance.h"
#include "table.h"

namespace moecalc::cli {
namespace {

struct Printer {
  std::ostream& out;
  Language language;
  double wanted;

  std::string word(const std::string& key) const { return std::string(words(language, "plan.balance." + key)); }
  static std::string or_dash(const std::optional<double>& value) { return value ? readable(*value) : "—"; }

  void loads(const PhaseBalance& phase, const std::string& name) const {
    out << word("requests") << ": " << phase.requests.requests << '\n';
    std::vector<Cells> rows{{word("load"), word("mean"), word("before"), word("after")}};
    const auto add = [&](const std::string& key, const std::vector<double>& before, const std::vector<double>& after) {
      double sum = 0;
      for (const double load : before) sum += load;
      rows.push_back({word(key), readable(sum / static_cast<double>(before.size())), readable(balance::max_over_mean(before)), readable(balance::max_over_mean(after))});
    };
    add(name + "_attention", phase.requests.before.attention, phase.requests.after.attention);
    add(name + "_count", phase.requests.before.count, phase.requests.after.count);
    if (phase.experts) add("experts", phase.experts->before, phase.experts->after);
    print_table(out, rows, "lrrr");
  }

  void states(const PhaseBalance& phase, const std::string& name) const {
    out << '\n' << word("effect") << '\n';
    std::vector<Cells> rows{{"", word("expert_max_over_mean"), word("attention_max_over_mean"), word(name + "_pass_ms"), word("tpot_ms"), word("tokens_per_s_per_gpu")}};
    const auto add = [&](const char* key, const BalanceState& state) {
      rows.push_back({word(std::string("state.") + key), readable(state.expert_max_over_mean), readable(state.attention_max_over_mean), or_dash(state.pass_ms),
                      or_dash(state.tpot_ms), or_dash(state.tokens_per_s_per_gpu)});
    };
    add("none", phase.none);
    add("requests_only", phase.requests_only);
    add("both", phase.both);
    add("even", phase.even);
    print_table(out, rows, "lrrrrr");
  }

  void experts(const ExpertBalance& experts) const {
    using balance::Policy;
    const auto is_used = [&](Policy policy) { return experts.balanced.policy == policy ? " *" : ""; };
    out << '\n' << word("placement") << '\n';
    std::vector<Cells> policies{{word("policy"), word("policy_max_over_mean")}};
    policies.push_back({word("policy.hierarchical") + is_used(Policy::hierarchical), or_dash(experts.balanced.hierarchical)});
    policies.push_back({word("policy.global") + is_used(Policy::global), or_dash(experts.balanced.global)});
    if (experts.balanced.policy == Policy::unchanged) policies.push_back({word("policy.unchanged") + " *", readable(experts.balanced.max_over_mean)});
    print_table(out, policies, "lr");

    out << '\n' << word("redundancy") << '\n';
    std::vector<Cells> steps{{word("redundant"), word("slots_per_rank"), word("policy_max_over_mean")}};
    for (const balance::RedundancyStep& step : experts.redundancy) {
      steps.push_back({std::to_string(step.redundant), std::to_string((experts.question.loads.size() + step.redundant) / experts.question.ranks), readable(step.max_over_mean)});
    }
    print_table(out, steps, "rrr");
    const bool is_reached = !experts.redundancy.empty() && experts.redundancy.back().max_over_mean <= wanted;
    out << fill(word(is_reached ? "redundant_needed" : "redundant_not_reached"),
                {{"redundant", is_reached ? std::to_string(experts.redundancy.back().redundant) : ""}, {"wanted", readable(wanted)}})
        << '\n';
  }
};

}  // namespace

Errors print_balance(std::ostream& out, const Plan& plan, Language language) {
  const Outcome<BalancePlan> outcome = plan_balance(plan);
  if (!outcome.ok()) return outcome.errors();
  const Printer printer{out, language, plan.base[Parameter::balance_wanted_max_over_mean]};
  bool is_first = true;
  for (const auto& [name, phase] : {std::pair{"prefill", &outcome.value().prefill}, std::pair{"decode", &outcome.value().decode}}) {
    if (!*phase) continue;
    out << (is_first ? "" : "\n") << words(language, std::string("choice.") + name) << '\n';
    is_first = false;
    printer.loads(**phase, name);
    printer.states(**phase, name);
    if ((*phase)->experts) printer.experts(*(*phase)->experts);
  }
  return {};
}

}  // namespace moecalc::cli
