// DeepSeek's three load balancers at work on the question's layout, and what they are worth.
//
// Requests and expert loads are drawn from a seed (balance/distribution.h); how each balancer deals is in balance/. One layer's expert loads stand for
// all layers. What it is worth comes from the reference method: the question is evaluated with the imbalance of the experts before and after, and the
// attention of a pass is stretched to that of the busiest rank, for which the others wait. That the busiest rank also has more tokens to multiply, or what
// overlap would hide of its attention, is left out.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "balance/experts.h"
#include "plan/plan.h"
#include "report/report.h"

namespace moecalc {

struct RequestBalance {
  std::size_t requests;
  balance::RankLoads before;
  balance::RankLoads after;
};

struct ExpertBalance {
  balance::ExpertQuestion question;
  std::vector<double> before;  // load of each rank
  std::vector<double> after;
  balance::BalancedExperts balanced;
  std::vector<balance::RedundancyStep> redundancy;  // the last one reaches the wanted balance, if any does
};

// One state of a phase: which of its balancers work.
struct BalanceState {
  double expert_max_over_mean;
  double attention_max_over_mean;
  std::optional<double> pass_ms;  // of a prefill pass or a decode step; none where the question does not fit
  std::optional<double> tpot_ms;  // decode only
  std::optional<double> tokens_per_s_per_gpu;
};

struct PhaseBalance {
  RequestBalance requests;
  std::optional<ExpertBalance> experts;  // none for a dense model
  BalanceState none, requests_only, both, even;
};

struct BalancePlan {
  std::optional<PhaseBalance> prefill;  // none where it is not asked for or shares its GPUs with decode
  std::optional<PhaseBalance> decode;
};

inline constexpr std::size_t most_balanced_ranks = 4096;
inline constexpr std::size_t most_balanced_requests = 65536;

Outcome<BalancePlan> plan_balance(const Plan& plan);

}  // namespace moecalc
