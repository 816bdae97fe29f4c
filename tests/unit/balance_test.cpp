// The load balancers: against an exhaustive search, against plain replication and packing, and what every placement must keep.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "balance/distribution.h"
#include "balance/experts.h"
#include "balance/requests.h"

namespace moecalc::balance {
namespace {

constexpr double rounding = 1e-9;

double sum_of(std::span<const double> list) { return std::accumulate(list.begin(), list.end(), 0.0); }

ExpertQuestion random_question(Random& random) {
  const std::size_t nodes = std::size_t{1} << random.below(3);
  const std::size_t ranks = nodes * (1 + random.below(8));
  const std::size_t groups = nodes * (1 + random.below(2));
  const std::size_t experts = groups * (1 + random.below(24));
  const std::size_t width = (experts + ranks - 1) / ranks + random.below(3);
  return {zipf_expert_loads(experts, 0.25 * static_cast<double>(random.below(8)), random), ranks, width * ranks - experts, nodes, groups};
}

double ratio_of(const ExpertQuestion& question, const Placement& placement) { return max_over_mean(rank_loads(question, placement)); }

// Every rank as many slots, every expert somewhere, no load lost.
void expect_whole(const ExpertQuestion& question, const Placement& placement) {
  ASSERT_EQ(placement.size(), question.slots());
  std::vector<int> copies(question.loads.size());
  for (const std::size_t expert : placement) ++copies.at(expert);
  for (const int count : copies) ASSERT_GE(count, 1);
  ASSERT_NEAR(sum_of(rank_loads(question, placement)), sum_of(question.loads), rounding * sum_of(question.loads));
}

// The least busiest rank of all placements: every multiset of experts for every rank, ranks in order as they are alike.
class ExhaustiveSearch {
 public:
  explicit ExhaustiveSearch(const ExpertQuestion& question) : q_(question) {
    std::vector<std::size_t> content;
    list_contents(content, 0);
  }
  double best_ratio() {
    choose(0, 0);
    return best_;
  }

 private:
  void list_contents(std::vector<std::size_t>& content, std::size_t from) {
    if (content.size() == q_.slots_per_rank()) {
      contents_.push_back(content);
      return;
    }
    for (std::size_t expert = from; expert < q_.loads.size(); ++expert) {
      content.push_back(expert);
      list_contents(content, expert);
      content.pop_back();
    }
  }
  void choose(std::size_t rank, std::size_t from) {
    if (rank == q_.ranks) return judge();
    for (std::size_t i = from; i < contents_.size(); ++i) {
      chosen_.push_back(i);
      choose(rank + 1, i);
      chosen_.pop_back();
    }
  }
  void judge() {
    std::vector<double> copies(q_.loads.size());
    for (const std::size_t i : chosen_) {
      for (const std::size_t expert : contents_[i]) ++copies[expert];
    }
    for (const double count : copies) {
      if (count == 0) return;
    }
    double busiest = 0;
    for (const std::size_t i : chosen_) {
      double load = 0;
      for (const std::size_t expert : contents_[i]) load += q_.loads[expert] / copies[expert];
      busiest = std::max(busiest, load);
    }
    best_ = std::min(best_, busiest * static_cast<double>(q_.ranks) / sum_of(q_.loads));
  }

  const ExpertQuestion& q_;
  std::vector<std::vector<std::size_t>> contents_;
  std::vector<std::size_t> chosen_;
  double best_ = INFINITY;
};

// Published with the generator: the first numbers of seed 1234567 (Rosetta Code, "Pseudo-random numbers/Splitmix64").
TEST(BalanceRandom, IsSplitmix64) {
  Random random(1234567);
  for (const std::uint64_t expected : {6457827717110365317u, 3203168211198807973u, 9817491932198370423u, 4593380528125082431u, 16408922859458223821u}) {
    EXPECT_EQ(random.next(), expected);
  }
}

TEST(BalanceDistribution, PowersAreThoseOfTheLibrary) {
  for (const double base : {1.0, 2.0, 3.0, 64.0, 65536.0}) {
    for (const double exponent : {0.0, 0.1, 0.5, 0.9, 1.0, 1.37, 2.0, 3.999, 4.0}) {
      EXPECT_NEAR(power(base, exponent) / std::pow(base, exponent), 1, 1e-13) << base << "^" << exponent;
    }
  }
}

TEST(BalanceDistribution, LengthsAreWithinTheirSpreadAndOneOnAverage) {
  const std::vector<double> list = {1, 1, 6};
  for (const RelativeLengths& lengths : {RelativeLengths::uniform(8), RelativeLengths::zipf(8, 1.5), RelativeLengths::of_list(list)}) {
    Random random(3);
    double sum = 0, longest = 0;
    constexpr int draws = 200000;
    for (int i = 0; i < draws; ++i) {
      const double length = lengths.draw(random);
      ASSERT_GT(length, 0);
      sum += length;
      longest = std::max(longest, length);
    }
    EXPECT_NEAR(sum / draws, 1, 0.01);
    EXPECT_LE(longest, lengths.longest());
    EXPECT_NEAR(longest / lengths.longest(), 1, 0.01);
  }
}

TEST(RequestBalancers, CountWorkAsItIs) {
  const std::vector<double> same = {1};
  Random random(1);
  // 100 tokens, 60 of them cached: 40 computed, each attending to the 60 and to half of the 40.
  const std::vector<Request> prefill = prefill_requests(3, 100, 0.6, RelativeLengths::of_list(same), random);
  ASSERT_EQ(prefill.size(), 3u);
  EXPECT_EQ(prefill[2].attention, 40 * 60 + 40 * 20);
  EXPECT_EQ(prefill[2].count, 40);
  EXPECT_EQ(prefill_requests(1, 100, 1, RelativeLengths::of_list(same), random)[0].count, 1);  // the last token always is
  // Outputs of 200 tokens and ten requests at a time: one arrives every 20 steps, so they hold 10, 30, … 190 tokens of output.
  const std::vector<Request> decode = decode_requests(10, 100, 200, RelativeLengths::of_list(same), random);
  ASSERT_EQ(decode.size(), 10u);
  double held = 0;
  for (const Request& request : decode) held += request.attention;
  EXPECT_EQ(held, 10 * (100 + 100));
}

TEST(RequestBalancers, AreNeverWorseThanTurnsAndLoseNothing) {
  double before = 0, after = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Random random(seed);
    const std::size_t ranks = 1 + random.below(40);
    const RelativeLengths lengths = seed % 2 == 0 ? RelativeLengths::zipf(64, 1) : RelativeLengths::uniform(16);
    for (const std::vector<Request>& requests : {prefill_requests(ranks * (1 + random.below(8)), 4383, 0.563, lengths, random),
                                                 decode_requests(ranks * (1 + random.below(128)), 4383, 1210, lengths, random)}) {
      const RankLoads in_turn = deal_in_turn(requests, ranks), evenly = deal_evenly(requests, ranks);
      const auto worse = [](const RankLoads& loads) { return std::max(max_over_mean(loads.attention), max_over_mean(loads.count)); };
      ASSERT_LE(worse(evenly), worse(in_turn)) << seed;
      ASSERT_NEAR(sum_of(evenly.attention), sum_of(in_turn.attention), rounding * sum_of(in_turn.attention));
      ASSERT_EQ(sum_of(evenly.count), sum_of(in_turn.count));
      before += worse(in_turn);
      after += worse(evenly);
    }
  }
  // What is left is mostly single prompts that are longer than a rank's fair share.
  EXPECT_LT(after - 200, 0.5 * (before - 200));
}

TEST(RequestBalancers, DependOnTheSeedAlone) {
  const auto loads = [](std::uint64_t seed) {
    Random random(seed);
    return deal_evenly(decode_requests(500, 4383, 1210, RelativeLengths::zipf(64, 1.25), random), 32).attention;
  };
  EXPECT_EQ(loads(7), loads(7));
  EXPECT_NE(loads(7), loads(8));
}

TEST(ExpertBalancer, IsNearTheOptimumOfSmallCases) {
  struct Shape {
    std::size_t experts, redundant, ranks;
  };
  constexpr Shape shapes[] = {{4, 2, 3}, {4, 2, 2}, {5, 3, 4}, {5, 3, 2}, {6, 0, 3}, {6, 2, 4}, {6, 3, 3}, {6, 2, 2}};
  Random random(11);
  double sum = 0, sum_greedy = 0, worst = 0;
  constexpr int cases = 96;
  for (int i = 0; i < cases; ++i) {
    const Shape& shape = shapes[static_cast<std::size_t>(i) % std::size(shapes)];
    ExpertQuestion question{{}, shape.ranks, shape.redundant, 1, 1};
    for (std::size_t expert = 0; expert < shape.experts; ++expert) question.loads.push_back(1 + 99 * random.unit() * random.unit());
    const double optimum = ExhaustiveSearch(question).best_ratio();
    const double gap = ratio_of(question, global_placement(question)) / optimum - 1;
    ASSERT_GE(gap, -rounding) << i;
    sum += gap;
    sum_greedy += ratio_of(question, greedy_placement(question)) / optimum - 1;
    worst = std::max(worst, gap);
  }
  RecordProperty("mean_gap", std::to_string(sum / cases));
  RecordProperty("mean_gap_of_greedy", std::to_string(sum_greedy / cases));
  RecordProperty("worst_gap", std::to_string(worst));
  // Measured: 0.02 % on average and 1.03 % at worst; greedy packing 3.6 % on average.
  EXPECT_LT(sum / cases, 0.0005);
  EXPECT_LT(worst, 0.011);
  EXPECT_GT(sum_greedy / cases, 0.03);
}

TEST(ExpertBalancer, IsNeverWorseThanGreedyPackingNorThanNone) {
  Random random(12);
  int hierarchical = 0;
  for (int i = 0; i < 100; ++i) {
    const ExpertQuestion question = random_question(random);
    const double none = ratio_of(question, placement_in_order(question));
    const double greedy = ratio_of(question, greedy_placement(question));
    const BalancedExperts balanced = balance_experts(question, {});
    expect_whole(question, balanced.placement);
    ASSERT_EQ(balanced.max_over_mean, ratio_of(question, balanced.placement));
    ASSERT_LE(balanced.max_over_mean, greedy) << i;
    ASSERT_LE(balanced.max_over_mean, none) << i;
    ASSERT_GE(balanced.max_over_mean, 1 - rounding) << i;
    ASSERT_LE(balance_experts(question, Policy::global).max_over_mean, greedy) << i;
    const BalancedExperts kept_in_nodes = balance_experts(question, Policy::hierarchical);
    expect_whole(question, kept_in_nodes.placement);
    ASSERT_LE(kept_in_nodes.max_over_mean, none) << i;
    hierarchical += kept_in_nodes.policy == Policy::hierarchical;
  }
  EXPECT_GT(hierarchical, 80);
}

TEST(ExpertBalancer, KeepsGroupsOnANodeWhenHierarchical) {
  Random random(13);
  const ExpertQuestion question{zipf_expert_loads(256, 0.5, random), 32, 32, 4, 8};
  const Placement placement = hierarchical_placement(question);
  expect_whole(question, placement);
  std::vector<std::size_t> node_of_group(8, 4);
  for (std::size_t slot = 0; slot < placement.size(); ++slot) {
    const std::size_t node = slot / question.slots_per_rank() / 8, group = placement[slot] / 32;
    if (node_of_group[group] == 4) node_of_group[group] = node;
    ASSERT_EQ(node_of_group[group], node);
  }
}

// The example printed with DeepSeek's EPLB (2025-02-27): two layers of 12 experts in 4 groups, 16 slots on 8 GPUs of 2 nodes, and its placements.
TEST(ExpertBalancer, IsAtLeastAsEvenAsThePublishedExample) {
  const ExpertQuestion layers[] = {{{90, 132, 40, 61, 104, 165, 39, 4, 73, 56, 183, 86}, 8, 4, 2, 4}, {{20, 107, 104, 64, 19, 197, 187, 157, 172, 86, 16, 27}, 8, 4, 2, 4}};
  const Placement printed[] = {{5, 6, 5, 7, 8, 4, 3, 4, 10, 9, 10, 2, 0, 1, 11, 1}, {7, 10, 6, 8, 6, 11, 8, 9, 2, 4, 5, 1, 5, 0, 3, 1}};
  for (std::size_t layer = 0; layer < 2; ++layer) {
    const double theirs = ratio_of(layers[layer], printed[layer]);
    const BalancedExperts ours = balance_experts(layers[layer], Policy::hierarchical);
    EXPECT_EQ(ours.policy, Policy::hierarchical);
    EXPECT_LE(ours.max_over_mean, theirs + rounding);
    EXPECT_LE(balance_experts(layers[layer], {}).max_over_mean, ours.max_over_mean);
  }
}

TEST(ExpertBalancer, LeavesEqualExpertsEqual) {
  ExpertQuestion question{std::vector<double>(256, 3.0), 32, 0, 4, 8};
  for (const std::size_t redundant : {0, 256}) {
    question.redundant = redundant;
    EXPECT_NEAR(balance_experts(question, {}).max_over_mean, 1, rounding) << redundant;
  }
  // 32 further slots cannot serve all alike: on 144 ranks of two, somebody has two experts for himself, 2 of 256 / 144.
  question.ranks = 144;
  question.redundant = 32;
  EXPECT_NEAR(balance_experts(question, Policy::global).max_over_mean, 2 * 144 / 256.0, rounding);
}

TEST(ExpertBalancer, FindsTheRedundancyThatABalanceNeeds) {
  Random random(14);
  const ExpertQuestion question{zipf_expert_loads(256, 1, random), 32, 0, 4, 8};
  const std::vector<RedundancyStep> steps = redundancy_for(question, {}, 1.1);
  ASSERT_GE(steps.size(), 2u);
  EXPECT_EQ(steps[0].redundant, 0u);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    EXPECT_EQ((256 + steps[i].redundant) % 32, 0u);
    EXPECT_EQ(steps[i].max_over_mean <= 1.1, i + 1 == steps.size());
  }
  // One expert has all: only a copy on every rank is even.
  ExpertQuestion one{{1, 0, 0, 0}, 4, 0, 1, 1};
  EXPECT_EQ(redundancy_for(one, {}, 1.1).back().redundant, 4u);
}

}  // namespace
}  // namespace moecalc::balance
