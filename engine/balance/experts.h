// The expert-parallel balancer: which rank holds which experts, and which experts are held more than once.
//
// Every rank holds the same number of slots, and every slot a copy of one expert; an expert's tokens are shared evenly by its copies. What is to be
// small is the load of the busiest rank. The two policies are those that DeepSeek's EPLB describes (2025-02-27): hierarchical keeps a group of experts on
// one node, so that tokens limited to a few groups visit few nodes; global places each copy anywhere. The search is ours: copies of the hottest experts,
// the heaviest packed first, then moves that lighten the busiest rank until none is left.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "balance/requests.h"

namespace moecalc::balance {

struct ExpertQuestion {
  std::vector<double> loads;  // one an expert
  std::size_t ranks = 1;
  std::size_t redundant = 0;  // slots beyond one an expert; experts + redundant is a multiple of ranks
  std::size_t nodes = 1;      // that the ranks are on, as many on each; 0: they do not fill whole nodes
  std::size_t groups = 1;     // of experts, in order, as many in each

  std::size_t slots() const { return loads.size() + redundant; }
  std::size_t slots_per_rank() const { return slots() / ranks; }
};

// Expert of each slot. Rank r has the slots from r × slots_per_rank on.
using Placement = std::vector<std::size_t>;

std::vector<double> rank_loads(const ExpertQuestion& question, const Placement& placement);
// Whether nodes can have whole groups each and groups whole experts.
bool can_be_hierarchical(const ExpertQuestion& question);

// No balancer: experts in order, and the slots left hold the first ones again, as SGLang's "trivial" location does.
Placement placement_in_order(const ExpertQuestion& question);
// Each further copy to the expert with the most tokens a copy, then the heaviest copy to the lightest rank with room.
Placement greedy_placement(const ExpertQuestion& question);
// The same, improved move by move from there and from the experts in order: never worse than either.
Placement global_placement(const ExpertQuestion& question);
// Groups to nodes, and within each node as above.
Placement hierarchical_placement(const ExpertQuestion& question);

enum class Policy { hierarchical, global, unchanged };

struct BalancedExperts {
  Placement placement;
  Policy policy;
  double max_over_mean;
  std::optional<double> hierarchical;  // max over mean of each policy, where it was looked at
  std::optional<double> global;
};

// The wanted policy, or without one the better of both (hierarchical when they are equal). Where that is worse than no balancer, nothing is moved.
BalancedExperts balance_experts(const ExpertQuestion& question, std::optional<Policy> wanted);

struct RedundancyStep {
  std::size_t redundant;
  double max_over_mean;
};
inline constexpr std::size_t largest_slots = 4096;
inline constexpr std::size_t most_redundancy_steps = 16;

// From the fewest redundant experts on, until the wanted balance is reached, every rank holds all experts, or a limit above is.
std::vector<RedundancyStep> redundancy_for(ExpertQuestion question, std::optional<Policy> policy, double wanted_max_over_mean);

}  // namespace moecalc::balance
