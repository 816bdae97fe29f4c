#include "balance/experts.h"

#include <algorithm>
#include <numeric>

namespace moecalc::balance {
namespace {

// Gains below this are rounding.
constexpr double least_gain = 1e-12;
// Max over mean that is not worth a further search.
constexpr double even_enough = 1.0005;
constexpr int most_shakes = 32;
// Slots that a search may look at, so that the largest question ends too.
constexpr std::size_t search_budget = std::size_t{1} << 24;

std::vector<std::size_t> heaviest_first(std::span<const double> loads) {
  std::vector<std::size_t> order(loads.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return loads[a] > loads[b]; });
  return order;
}

double ratio_of(const ExpertQuestion& question, const Placement& placement) { return max_over_mean(rank_loads(question, placement)); }

Placement better_of(const ExpertQuestion& question, const Placement& a, const Placement& b) { return ratio_of(question, b) < ratio_of(question, a) ? b : a; }

// Lightens the busiest rank of a placement, one move at a time: two ranks swap a slot, or a slot whose expert has copies elsewhere takes a copy of
// one of the busiest rank's experts. A move counts when every rank that it makes heavier stays lighter than the busiest one was.
class Improvement {
 public:
  Improvement(const ExpertQuestion& question, Placement placement, std::size_t& budget)
      : q_(question), expert_(std::move(placement)), budget_(budget), copies_(q_.loads.size()), rank_load_(q_.ranks) {
    for (const std::size_t expert : expert_) ++copies_[expert];
    for (std::size_t rank = 0; rank < q_.ranks; ++rank) rank_load_[rank] = load_of(rank);
  }

  Placement run() {
    while (budget_ > 0) {
      busiest_ = static_cast<std::size_t>(std::max_element(rank_load_.begin(), rank_load_.end()) - rank_load_.begin());
      if (max_over_mean(rank_load_) < even_enough) break;
      best_ = {Kind::none, 0, 0, rank_load_[busiest_] * (1 - least_gain)};
      for (std::size_t slot = busiest_ * width(); slot < (busiest_ + 1) * width(); ++slot) {
        for (std::size_t other = 0; other < expert_.size(); ++other) {
          if (expert_[slot] == expert_[other]) continue;
          spend(1);
          try_swap(slot, other);
          try_copy(slot, other);
        }
      }
      if (best_.kind == Kind::none) break;
      make(best_);
    }
    return std::move(expert_);
  }

 private:
  enum class Kind { none, swap, copy };
  struct Move {
    Kind kind;
    std::size_t slot;   // of the busiest rank
    std::size_t other;  // swapped with it, or overwritten by a copy of its expert
    double worst;       // load of the heaviest rank that it touches
  };

  void spend(std::size_t slots) { budget_ -= std::min(budget_, slots); }
  std::size_t width() const { return q_.slots_per_rank(); }
  std::size_t rank_of(std::size_t slot) const { return slot / width(); }
  double share(std::size_t expert) const { return q_.loads[expert] / static_cast<double>(copies_[expert]); }
  double load_of(std::size_t rank) const {
    double load = 0;
    for (std::size_t slot = rank * width(); slot < (rank + 1) * width(); ++slot) load += share(expert_[slot]);
    return load;
  }

  void try_swap(std::size_t slot, std::size_t other) {
    const double relief = share(expert_[slot]) - share(expert_[other]);
    if (relief <= 0 || rank_of(other) == busiest_) return;
    const double worst = std::max(rank_load_[busiest_] - relief, rank_load_[rank_of(other)] + relief);
    if (worst < best_.worst) best_ = {Kind::swap, slot, other, worst};
  }

  void try_copy(std::size_t slot, std::size_t other) {
    const std::size_t hot = expert_[slot], cold = expert_[other];
    if (copies_[cold] < 2) return;
    spend(width());
    // What the overwritten rank will hold decides most cases.
    const double hot_share = q_.loads[hot] / static_cast<double>(copies_[hot] + 1);
    if (rank_of(other) != busiest_ && rank_load_[rank_of(other)] - share(cold) * static_cast<double>(copies_on(rank_of(other), cold)) -
                                              (share(hot) - hot_share) * static_cast<double>(copies_on(rank_of(other), hot)) + hot_share >= best_.worst) {
      return;
    }
    spend(expert_.size());
    const Move move{Kind::copy, slot, other, 0};
    make_unchecked(move);
    double worst = 0;
    for (std::size_t at = 0; at < expert_.size() && worst < best_.worst; ++at) {
      if (expert_[at] != hot && expert_[at] != cold) continue;
      spend(width());
      worst = std::max(worst, load_of(rank_of(at)));
    }
    if (worst < best_.worst) worst = std::max(worst, load_of(busiest_));
    take_back(move, cold);
    if (worst < best_.worst) best_ = {Kind::copy, slot, other, worst};
  }

  std::size_t copies_on(std::size_t rank, std::size_t expert) const {
    const auto first = expert_.begin() + static_cast<std::ptrdiff_t>(rank * width());
    return static_cast<std::size_t>(std::count(first, first + static_cast<std::ptrdiff_t>(width()), expert));
  }

  void make_unchecked(const Move& move) {
    ++copies_[expert_[move.slot]];
    --copies_[expert_[move.other]];
    expert_[move.other] = expert_[move.slot];
  }
  void take_back(const Move& move, std::size_t cold) {
    --copies_[expert_[move.slot]];
    ++copies_[cold];
    expert_[move.other] = cold;
  }
  void make(const Move& move) {
    if (move.kind == Kind::swap) std::swap(expert_[move.slot], expert_[move.other]);
    else make_unchecked(move);
    for (std::size_t rank = 0; rank < q_.ranks; ++rank) rank_load_[rank] = load_of(rank);
  }

  const ExpertQuestion& q_;
  Placement expert_;
  std::size_t& budget_;
  std::vector<std::size_t> copies_;
  std::vector<double> rank_load_;
  std::size_t busiest_ = 0;
  Move best_{};
};

// A few slots of a placement changed at random, to leave a place from where no single move helps.
Placement shaken(const ExpertQuestion& question, Placement placement, Random& random) {
  std::vector<std::size_t> copies(question.loads.size());
  for (const std::size_t expert : placement) ++copies[expert];
  for (int i = 0; i < 2; ++i) std::swap(placement[random.below(placement.size())], placement[random.below(placement.size())]);
  const std::size_t slot = random.below(placement.size());
  if (copies[placement[slot]] > 1) placement[slot] = random.below(question.loads.size());
  return placement;
}

std::vector<double> part(std::span<const double> loads, std::size_t from, std::size_t count) {
  const auto span = loads.subspan(from, count);
  return {span.begin(), span.end()};
}

}  // namespace

std::vector<double> rank_loads(const ExpertQuestion& question, const Placement& placement) {
  std::vector<double> copies(question.loads.size());
  for (const std::size_t expert : placement) ++copies[expert];
  std::vector<double> loads(question.ranks);
  for (std::size_t slot = 0; slot < placement.size(); ++slot) loads[slot / question.slots_per_rank()] += question.loads[placement[slot]] / copies[placement[slot]];
  return loads;
}

bool can_be_hierarchical(const ExpertQuestion& question) {
  return question.nodes > 0 && question.ranks % question.nodes == 0 && question.groups % question.nodes == 0 && question.loads.size() % question.groups == 0;
}

Placement placement_in_order(const ExpertQuestion& question) {
  Placement placement(question.slots());
  for (std::size_t slot = 0; slot < placement.size(); ++slot) placement[slot] = slot % question.loads.size();
  return placement;
}

Placement greedy_placement(const ExpertQuestion& question) {
  const std::size_t experts = question.loads.size();
  std::vector<double> copies(experts, 1);
  Placement copy_of(experts);  // expert of each copy
  std::iota(copy_of.begin(), copy_of.end(), std::size_t{0});
  while (copy_of.size() < question.slots()) {
    std::size_t hottest = 0;
    for (std::size_t expert = 1; expert < experts; ++expert) {
      if (question.loads[expert] / copies[expert] > question.loads[hottest] / copies[hottest]) hottest = expert;
    }
    ++copies[hottest];
    copy_of.push_back(hottest);
  }
  std::vector<double> shares;
  for (const std::size_t expert : copy_of) shares.push_back(question.loads[expert] / copies[expert]);

  Placement placement(question.slots());
  std::vector<double> loads(question.ranks);
  std::vector<std::size_t> used(question.ranks);
  for (const std::size_t copy : heaviest_first(shares)) {
    std::size_t lightest = question.ranks;
    for (std::size_t rank = 0; rank < question.ranks; ++rank) {
      if (used[rank] < question.slots_per_rank() && (lightest == question.ranks || loads[rank] < loads[lightest])) lightest = rank;
    }
    placement[lightest * question.slots_per_rank() + used[lightest]++] = copy_of[copy];
    loads[lightest] += shares[copy];
  }
  return placement;
}

Placement global_placement(const ExpertQuestion& question) {
  std::size_t budget = search_budget;
  const auto improved = [&](Placement from) { return Improvement(question, std::move(from), budget).run(); };
  // One after the other: both draw on the budget, and compilers differ in which argument of a call comes first.
  Placement best = improved(greedy_placement(question));
  best = better_of(question, best, improved(placement_in_order(question)));
  Random random(0);
  for (int i = 0; i < most_shakes && budget > 0 && ratio_of(question, best) > even_enough; ++i) {
    best = better_of(question, best, improved(shaken(question, best, random)));
  }
  return best;
}

Placement hierarchical_placement(const ExpertQuestion& question) {
  // Groups on nodes are the same question one level up: a node is a rank, a group an expert that has no copies.
  const std::size_t experts_per_group = question.loads.size() / question.groups;
  ExpertQuestion of_groups{{}, question.nodes, 0, 1, 1};
  for (std::size_t group = 0; group < question.groups; ++group) {
    const std::vector<double> loads = part(question.loads, group * experts_per_group, experts_per_group);
    of_groups.loads.push_back(std::accumulate(loads.begin(), loads.end(), 0.0));
  }
  const Placement groups = global_placement(of_groups);

  Placement placement;
  for (std::size_t node = 0; node < question.nodes; ++node) {
    std::vector<std::size_t> experts;
    for (std::size_t slot = node * of_groups.slots_per_rank(); slot < (node + 1) * of_groups.slots_per_rank(); ++slot) {
      for (std::size_t i = 0; i < experts_per_group; ++i) experts.push_back(groups[slot] * experts_per_group + i);
    }
    ExpertQuestion of_node{{}, question.ranks / question.nodes, question.redundant / question.nodes, 1, 1};
    for (const std::size_t expert : experts) of_node.loads.push_back(question.loads[expert]);
    for (const std::size_t expert : global_placement(of_node)) placement.push_back(experts[expert]);
  }
  return placement;
}

BalancedExperts balance_experts(const ExpertQuestion& question, std::optional<Policy> wanted) {
  BalancedExperts result{placement_in_order(question), Policy::unchanged, 0, {}, {}};
  result.max_over_mean = ratio_of(question, result.placement);
  const auto look_at = [&](Policy policy, Placement placement, std::optional<double>& ratio) {
    ratio = ratio_of(question, placement);
    // In an equal case the policy that was looked at first stays, but either is preferred to nothing done.
    if (*ratio > result.max_over_mean || (*ratio == result.max_over_mean && result.policy != Policy::unchanged)) return;
    result.placement = std::move(placement);
    result.policy = policy;
    result.max_over_mean = *ratio;
  };
  if (wanted != Policy::global && can_be_hierarchical(question)) look_at(Policy::hierarchical, hierarchical_placement(question), result.hierarchical);
  if (wanted != Policy::hierarchical) look_at(Policy::global, global_placement(question), result.global);
  return result;
}

std::vector<RedundancyStep> redundancy_for(ExpertQuestion question, std::optional<Policy> policy, double wanted_max_over_mean) {
  const std::size_t experts = question.loads.size();
  std::vector<RedundancyStep> steps;
  for (std::size_t width = (experts + question.ranks - 1) / question.ranks; width <= experts && steps.size() < most_redundancy_steps; ++width) {
    if (width * question.ranks > largest_slots) break;
    question.redundant = width * question.ranks - experts;
    steps.push_back({question.redundant, balance_experts(question, policy).max_over_mean});
    if (steps.back().max_over_mean <= wanted_max_over_mean) break;
  }
  return steps;
}

}  // namespace moecalc::balance
