// The balancers on a question's layout: what they are worth is what the reference method says, and bad lists are refused by name.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "methods/evaluate.h"
#include "plan/balance.h"
#include "plan/plan_json.h"
#include "plan/plan_link.h"
#include "plan/run.h"
#include "scenario/link.h"

namespace moecalc {
namespace {

using enum Parameter;

constexpr double rounding = 1e-12;

// DeepSeek's deployment units (its inference system overview, 2025-03-01).
Plan deepseek_plan() {
  Plan plan{PlanKind::balance, Scenario::defaults(), {}, {}, {}, {}};
  plan.base.set(prefill_expert_parallel, 32);
  plan.base.set(prefill_redundant_experts, 32);
  plan.base.set(decode_expert_parallel, 144);
  plan.base.set(decode_redundant_experts, 32);
  return plan;
}

double tokens_per_s(Scenario scenario, Parameter imbalance, double value, QuantityId quantity) {
  scenario.set(imbalance, value);
  return evaluate(scenario).value().results[quantity];
}

void expect_refused(const Plan& plan, ErrorCode code, std::string_view field, std::string_view allowed) {
  const Outcome<BalancePlan> outcome = plan_balance(plan);
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.errors()[0].code, code);
  EXPECT_EQ(outcome.errors()[0].field, field);
  EXPECT_EQ(outcome.errors()[0].allowed, allowed);
}

TEST(BalancePlan, HasDeepSeeksExpertsPerGpu) {
  const BalancePlan plan = plan_balance(deepseek_plan()).value();
  EXPECT_EQ(plan.prefill->experts->question.slots_per_rank(), 9u);
  EXPECT_EQ(plan.decode->experts->question.slots_per_rank(), 2u);
  EXPECT_EQ(plan.prefill->experts->question.nodes, 4u);
  EXPECT_EQ(plan.decode->experts->question.nodes, 18u);
  EXPECT_TRUE(plan.prefill->experts->balanced.hierarchical.has_value());
  EXPECT_FALSE(plan.decode->experts->balanced.hierarchical.has_value());  // 8 groups are not shared out evenly by 18 nodes
}

TEST(BalancePlan, IsWorthWhatTheReferenceMethodSays) {
  Plan plan = deepseek_plan();
  plan.lengths = {1000};
  const BalancePlan balanced = plan_balance(plan).value();
  // Prompts of one length deal out evenly, so only the experts differ.
  const PhaseBalance& prefill = *balanced.prefill;
  EXPECT_NEAR(prefill.none.attention_max_over_mean, 1, rounding);
  for (const BalanceState& state : {prefill.none, prefill.both, prefill.even}) {
    EXPECT_NEAR(*state.tokens_per_s_per_gpu / tokens_per_s(plan.base, prefill_expert_imbalance, state.expert_max_over_mean, QuantityId::prefill_tokens_per_s_per_gpu), 1, rounding);
  }
  // Attention twice as long lengthens a pass by what attention takes of it: checked on the quantities of the report.
  plan.lengths = {1, 1, 1, 1, 8};
  const PhaseBalance decode = *plan_balance(plan).value().decode;
  const double step = evaluate(plan.base).value().results[QuantityId::decode_step_ms];
  EXPECT_NEAR(*decode.even.pass_ms, step, rounding * step);
  plan.base.set(decode_expert_imbalance, decode.none.expert_max_over_mean);
  const Results uneven = evaluate(plan.base).value().results;
  const double micro_batches = uneven[QuantityId::decode_batch_per_rank] / uneven[QuantityId::decode_micro_batch];
  const double attention = uneven[QuantityId::decode_step_attention_ms] * micro_batches;
  EXPECT_GT(decode.none.attention_max_over_mean, 1.05);
  EXPECT_NEAR(*decode.none.pass_ms - *decode.requests_only.pass_ms, attention * (decode.none.attention_max_over_mean - decode.requests_only.attention_max_over_mean), 1e-9);
}

TEST(BalancePlan, GainsWithEveryBalancer) {
  for (double seed = 1; seed <= 5; ++seed) {
    Plan plan = deepseek_plan();
    plan.base.set(balance_seed, seed);
    const BalancePlan balanced = plan_balance(plan).value();
    for (const PhaseBalance& phase : {*balanced.prefill, *balanced.decode}) {
      EXPECT_GT(*phase.requests_only.tokens_per_s_per_gpu, *phase.none.tokens_per_s_per_gpu);
      EXPECT_GT(*phase.both.tokens_per_s_per_gpu, *phase.requests_only.tokens_per_s_per_gpu);
      EXPECT_GE(*phase.even.tokens_per_s_per_gpu, *phase.both.tokens_per_s_per_gpu);
    }
  }
}

TEST(BalancePlan, TakesPastedLoads) {
  Plan plan = deepseek_plan();
  plan.histogram.assign(256, 5);
  plan.histogram[17] = 5 * 33;  // 33 of 288 parts, on nine slots a rank: alone on more than one
  const BalancePlan balanced = plan_balance(plan).value();
  // In order, experts 9 to 17 share a rank: 8 + 33 parts, of 288 over 32 ranks; 9 and its kin up to 31 have a second copy.
  EXPECT_NEAR(balanced.prefill->none.expert_max_over_mean, (8 + 33) / 2.0 / 9, rounding);
  EXPECT_NEAR(balanced.prefill->both.expert_max_over_mean, 1, 0.05);
}

TEST(BalancePlan, RefusesByName) {
  Plan plan = deepseek_plan();
  plan.histogram = {1, 2, 3};
  expect_refused(plan, ErrorCode::inconsistent, "histogram.count", "256");
  plan = deepseek_plan();
  plan.base.set(balance_policy, static_cast<double>(BalancePolicyChoice::hierarchical));
  expect_refused(plan, ErrorCode::inconsistent, "balance.policy", "global, auto");
  plan = deepseek_plan();
  plan.base.set(balance_requests_per_rank, 5000);
  expect_refused(plan, ErrorCode::out_of_range, "balance.requests_per_rank", "1…2048");
  plan = deepseek_plan();
  plan.base.set(prefill_redundant_experts, 32 * 200);
  expect_refused(plan, ErrorCode::out_of_range, "prefill.redundant_experts", "0…3840");
  plan.base.set(method, static_cast<double>(MethodChoice::shinez));
  expect_refused(plan, ErrorCode::outside_method_domain, "plan", "reference");
}

TEST(BalancePlan, AnswersWithoutWhatTheQuestionLacks) {
  Plan plan = deepseek_plan();
  plan.base.set(phase, static_cast<double>(PhaseChoice::decode));
  EXPECT_FALSE(plan_balance(plan).value().prefill);
  plan = Plan{PlanKind::balance, Scenario::defaults(), {}, {}, {}, {}};
  EXPECT_TRUE(plan.base.set("model", "qwen2.5-72b").empty());
  const BalancePlan dense = plan_balance(plan).value();
  EXPECT_FALSE(dense.decode->experts);
  EXPECT_FALSE(dense.decode->even.pass_ms);  // 128 sequences of a dense 72B do not fit one H800
}

TEST(BalancePlan, ListsSurviveJsonAndLink) {
  Plan plan = deepseek_plan();
  plan.histogram.assign(256, 0.25);
  plan.lengths = {1200, 3.5, 0};
  const Plan from_json = read_plan(plan_spec_json(plan)).value();
  EXPECT_EQ(from_json.histogram, plan.histogram);
  EXPECT_EQ(from_json.lengths, plan.lengths);
  DecodedLink link = decode_link(encode_link(plan));
  const std::optional<Plan> from_link = plan_of(link);
  EXPECT_TRUE(link.problems.empty());
  ASSERT_TRUE(from_link);
  EXPECT_EQ(from_link->histogram, plan.histogram);
  EXPECT_EQ(from_link->lengths, plan.lengths);
  EXPECT_EQ(from_link->kind, PlanKind::balance);
}

TEST(BalancePlan, JsonHasEveryRank) {
  const auto json = run_plan(deepseek_plan()).value();
  EXPECT_EQ(json["decode"]["experts"]["placement"].size(), 144u);
  EXPECT_EQ(json["decode"]["experts"]["placement"][0].size(), 2u);
  EXPECT_EQ(json["prefill"]["attention"]["before"]["loads"].size(), 32u);
  EXPECT_EQ(json["decode"]["experts"]["redundant_needed"], 176);
}

}  // namespace
}  // namespace moecalc
