// The schedule of stages by itself: small cases by hand, and what holds for any stages.
#include "pipeline/timeline.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "properties/random_scenario.h"

namespace moecalc {
namespace {

constexpr Order all_orders[] = {Order::serial, Order::beside_shared_expert, Order::two_batches, Order::five_stages};

double total_of(const PassStages& stages, Order order, double share) { return simulate(tasks_of(stages, order, true), share).total_ms; }

PassStages random_stages(testing::Random& random) {
  const auto some = [&] { return random.one_in(8) ? 0.0 : random.unit(); };
  PassStages s;
  s.attention_step_1_ms = 0.01 + random.unit();
  s.attention_step_2_ms = 0.01 + random.unit();
  s.shared_expert_ms = some();
  s.experts_ms = 0.01 + random.unit();
  s.dispatch_ms = some();
  s.combine_ms = some();
  s.dense_layers_ms = some();
  s.lm_head_ms = some();
  s.draft_ms = some();
  s.scheduling_ms = some();
  s.layers = 1 + random.below(12);
  s.first_layer = random.below(4);
  return s;
}

double sum_of(const PassStages& s, bool messages, bool computing) {
  const double layer = (computing ? s.attention_step_1_ms + s.attention_step_2_ms + s.shared_expert_ms + s.experts_ms : 0) + (messages ? s.dispatch_ms + s.combine_ms : 0);
  return static_cast<double>(s.layers) * layer + (computing ? s.dense_layers_ms + s.lm_head_ms + s.draft_ms + s.scheduling_ms : 0);
}

TEST(Timeline, TwoStagesSideBySideFollowTheRuleOfTheClosedForm) {
  // max + (1 - s) min: of 5 and 3 ms with s = 0.4, 5 + 0.6 * 3.
  const Task tasks[] = {{Stage::attention, Stream::computing, 0, 0, 5, no_task}, {Stage::dispatch, Stream::communication, 1, 0, 3, no_task}};
  EXPECT_DOUBLE_EQ(simulate(tasks, 0.4).total_ms, 6.8);
  EXPECT_DOUBLE_EQ(simulate(tasks, 1).total_ms, 5);
  EXPECT_DOUBLE_EQ(simulate(tasks, 0).total_ms, 8);
}

TEST(Timeline, OneLayerOfPrefillByHand) {
  PassStages s;
  s.attention_step_2_ms = 4;
  s.dispatch_ms = 3;
  s.experts_ms = 2;
  s.combine_ms = 5;
  s.layers = 1;
  // A computes 0-4, B 4-8; A's dispatch 4-7, B's waits for B: 8-11. A's experts 8-10, A's combine 11-16, behind B's dispatch; B's experts 11-13, B's combine 16-21.
  const Timeline t = simulate(tasks_of(s, Order::two_batches, false), 1);
  EXPECT_DOUBLE_EQ(t.total_ms, 21);
  EXPECT_DOUBLE_EQ(t.computing_ms, 12);
  EXPECT_DOUBLE_EQ(t.communication_ms, 16);
  EXPECT_DOUBLE_EQ(t.hidden_ms, 7);
  EXPECT_DOUBLE_EQ(t.exposed_ms(), 9);
  EXPECT_DOUBLE_EQ(t.waiting_ms, 9);
  ASSERT_EQ(t.bubbles.size(), 4u);
  const auto is = [&](std::size_t i, Stream stream, Rest reason, double start, double end) {
    EXPECT_EQ(t.bubbles[i].stream, stream) << i;
    EXPECT_EQ(name_of(t.bubbles[i].reason), name_of(reason)) << i;
    EXPECT_DOUBLE_EQ(t.bubbles[i].start_ms, start) << i;
    EXPECT_DOUBLE_EQ(t.bubbles[i].end_ms, end) << i;
  };
  is(0, Stream::communication, Rest::start, 0, 4);
  is(1, Stream::communication, Rest::computing, 7, 8);
  is(2, Stream::computing, Rest::dispatch, 10, 11);
  is(3, Stream::computing, Rest::end, 13, 21);
}

TEST(Timeline, SharedExpertHidesItsShareOfTheDispatch) {
  PassStages s;
  s.attention_step_2_ms = 10;
  s.shared_expert_ms = 2;
  s.experts_ms = 10;
  s.dispatch_ms = 5;
  s.combine_ms = 5;
  s.layers = 7;
  EXPECT_DOUBLE_EQ(total_of(s, Order::serial, 0.5), 7 * 32);
  EXPECT_DOUBLE_EQ(total_of(s, Order::beside_shared_expert, 0.5), 7 * 31);
}

// Five stages in which every message has computing of the other micro-batch of its own length beside it: nothing but start and end is exposed.
TEST(Timeline, FiveStagesHideEvenStages) {
  PassStages s;
  s.attention_step_1_ms = s.attention_step_2_ms = s.experts_ms = s.dispatch_ms = s.combine_ms = 1;
  s.layers = 100;
  const Timeline t = simulate(tasks_of(s, Order::five_stages, true), 1);
  EXPECT_DOUBLE_EQ(t.computing_ms, 600);
  EXPECT_DOUBLE_EQ(steady_period_ms(t), 6);
  EXPECT_LE(t.exposed_ms(), 3);
}

TEST(Timeline, HoldsForAnyStages) {
  testing::Random random(20250301);
  for (int i = 0; i < 2000; ++i) {
    const PassStages s = random_stages(random);
    const double share = random.unit();
    for (const Order order : all_orders) {
      const double batches = order == Order::two_batches || order == Order::five_stages ? 2 : 1;
      const Timeline t = simulate(tasks_of(s, order, true), share);
      const double computing = batches * sum_of(s, false, true);
      const double messages = batches * sum_of(s, true, false);
      const double near = 1e-9 * (computing + messages);
      EXPECT_NEAR(t.computing_ms, computing, near);
      EXPECT_NEAR(t.communication_ms, messages, near);
      // Between the closed form and no overlap at all.
      const double shorter = std::min(computing, messages);
      EXPECT_GE(t.total_ms, computing + messages - share * shorter - near);
      EXPECT_LE(t.total_ms, computing + messages + near);
      EXPECT_NEAR(t.hidden_ms, computing + messages - t.total_ms, near);
      EXPECT_NEAR(t.exposed_ms(), t.total_ms - computing, near);
      if (order == Order::serial) {
        EXPECT_NEAR(t.total_ms, computing + messages, near);
      }
      // A larger share is never slower, nor is less work.
      EXPECT_LE(total_of(s, order, share + (1 - share) * random.unit()), t.total_ms + near);
      PassStages less = s;
      double PassStages::*const members[] = {&PassStages::attention_step_1_ms, &PassStages::attention_step_2_ms, &PassStages::experts_ms,
                                             &PassStages::dispatch_ms, &PassStages::combine_ms, &PassStages::shared_expert_ms};
      double PassStages::*const member = members[random.below(6)];
      less.*member = less.*member * (0.01 + 0.99 * random.unit());
      EXPECT_LE(total_of(less, order, share), t.total_ms + near);
      // Without messages there is computing alone.
      PassStages silent = s;
      silent.dispatch_ms = silent.combine_ms = 0;
      EXPECT_NEAR(total_of(silent, order, share), computing, near);
    }
  }
}

// Events and bubbles fill each stream from the first to the last moment, once.
TEST(Timeline, EveryMomentOfAStreamHasAnEventOrABubble) {
  testing::Random random(7);
  for (int i = 0; i < 500; ++i) {
    const PassStages s = random_stages(random);
    for (const Order order : all_orders) {
      const Timeline t = simulate(tasks_of(s, order, true), random.unit());
      for (const Stream stream : {Stream::computing, Stream::communication}) {
        std::vector<std::pair<double, double>> spans;
        for (const Event& e : t.events) {
          if (e.task.stream == stream) spans.emplace_back(e.start_ms, e.end_ms);
        }
        if (spans.empty()) continue;
        for (const Bubble& b : t.bubbles) {
          if (b.stream == stream) spans.emplace_back(b.start_ms, b.end_ms);
        }
        std::sort(spans.begin(), spans.end());
        double at = 0;
        for (const auto& [start, end] : spans) {
          EXPECT_NEAR(start, at, 1e-9);
          EXPECT_GT(end, start);
          at = end;
        }
        EXPECT_NEAR(at, t.total_ms, 1e-9);
      }
    }
  }
}

TEST(Timeline, NoStageStartsBeforeWhatFeedsIt) {
  testing::Random random(11);
  for (int i = 0; i < 300; ++i) {
    const PassStages s = random_stages(random);
    for (const Order order : all_orders) {
      const Timeline t = simulate(tasks_of(s, order, true), random.unit());
      for (const Event& e : t.events) {
        if (e.task.after != no_task) {
          EXPECT_GE(e.start_ms, t.events[e.task.after].end_ms);
        }
      }
    }
  }
}

}  // namespace
}  // namespace moecalc
