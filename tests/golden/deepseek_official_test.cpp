// DeepSeek's system and its published day ("DeepSeek-V3/R1 Inference System Overview", 2025-03-01) from the inputs that it prints.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "methods/evaluate.h"
#include "plan/day.h"
#include "scenario/presets.h"

namespace moecalc {
namespace {

using Json = nlohmann::json;

const Json& printed() {
  static const Json json = Json::parse(std::ifstream(MOECALC_TESTS_DIR "/golden/deepseek_official.json"));
  return json;
}

DayPlan day_of(const char* preset, std::initializer_list<std::pair<const char*, const char*>> changes = {}) {
  Plan plan;
  plan.base = preset_scenario(preset).value();
  for (const auto& [key, value] : changes) EXPECT_TRUE(plan.base.set(key, value).empty()) << key;
  return plan_day(plan).value();
}

void expect_unit(const DeploymentUnit& unit, const Json& of) {
  EXPECT_EQ(unit.expert_parallel, of.at("routed_expert_ep"));
  EXPECT_EQ(unit.nodes, of.at("nodes_per_unit"));
  EXPECT_EQ(unit.redundant_experts, of.at("redundant_routed_experts"));
  EXPECT_EQ(unit.routed_experts_per_gpu, of.at("routed_experts_per_gpu"));
  EXPECT_EQ(unit.shared_experts_per_gpu, of.at("shared_experts_per_gpu"));
}

TEST(DeepseekOfficial, UnitsFollowFromTheirExpertParallelism) {
  const DayPlan day = day_of("deepseek-deployment-reference");
  const Json& deployment = printed().at("deployment");
  expect_unit(*day.prefill, deployment.at("prefill"));
  expect_unit(*day.decode, deployment.at("decode"));
  EXPECT_EQ(day.prefill->data_parallel, deployment.at("prefill").at("mla_and_shared_expert_dp"));
  EXPECT_EQ(day.decode->data_parallel, deployment.at("decode").at("mla_and_shared_expert_dp"));
  const Json& precision = printed().at("precision");
  EXPECT_EQ(day.formats.matmul, precision.at("matmul"));
  EXPECT_EQ(day.formats.dispatch, precision.at("dispatch"));
  EXPECT_EQ(day.formats.core_attention, precision.at("core_attention"));
  EXPECT_EQ(day.formats.combine, precision.at("combine"));
}

TEST(DeepseekOfficial, TheDay) {
  const DayPlan day = day_of("deepseek-official");
  const Results& r = day.report.results;
  const Json& of = printed().at("online_24h");
  const Json& checks = printed().at("checks");
  EXPECT_EQ(r[QuantityId::economics_cost_usd_per_day], of.at("cost_usd_per_day"));
  EXPECT_NEAR(r[QuantityId::economics_revenue_usd_per_day] / of.at("theoretical_revenue_usd_per_day").get<double>(), 1, checks[1].at("tolerance_rel"));
  EXPECT_NEAR(r[QuantityId::economics_profit_over_cost], of.at("theoretical_profit_margin_over_cost"), checks[2].at("tolerance_abs"));
  EXPECT_NEAR(r[QuantityId::economics_profit_over_revenue], 0.845, 0.0005);
  EXPECT_NEAR(r[QuantityId::economics_fleet_nodes] / of.at("average_nodes").get<double>(), 1, checks[3].at("tolerance_rel"));
  EXPECT_NEAR(r[QuantityId::economics_prefill_nodes], 95.5, 0.05);
  EXPECT_NEAR(r[QuantityId::economics_decode_nodes], 131.4, 0.05);
  EXPECT_NEAR(r[QuantityId::economics_prefill_uncached_tokens_per_s_per_node], checks[4].at("value"), 0.5);
  EXPECT_NEAR(day.prefill->units_of_day, 95.5 / 4, 0.02);
  EXPECT_NEAR(day.decode->units_of_day, 131.4 / 18, 0.005);
}

// By hand from what is printed: load over 86,400 s, rate per node and nodes per unit.
TEST(DeepseekOfficial, PrefillToDecode) {
  const Json& of = printed().at("online_24h");
  const Json& deployment = printed().at("deployment");
  const auto number = [](const Json& json, const char* key) { return json.at(key).get<double>(); };
  const double prefill_nodes = number(of, "input_tokens") / 86400 / number(of, "prefill_tokens_per_second_per_node_including_hits");
  const double decode_nodes = number(of, "output_tokens") / 86400 / number(of, "decode_tokens_per_second_per_node");
  const double prefill_units = prefill_nodes / number(deployment.at("prefill"), "nodes_per_unit");
  const double decode_units = decode_nodes / number(deployment.at("decode"), "nodes_per_unit");
  const DayPlan day = day_of("deepseek-official");
  ASSERT_TRUE(day.prefill_to_decode);
  EXPECT_NEAR(day.prefill_to_decode->units, prefill_units / decode_units, 1e-9);
  EXPECT_NEAR(day.prefill_to_decode->units, 3.27, 0.005);
  EXPECT_NEAR(day.prefill_to_decode->nodes, 0.727, 0.0005);
  // Twice the answers take twice the decode units; without answers, or with both phases on the same GPUs, there is no ratio.
  const DayPlan twice = day_of("deepseek-official", {{"economics.output_tokens_per_day", "336e9"}});
  EXPECT_NEAR(twice.prefill_to_decode->units, prefill_units / decode_units / 2, 1e-9);
  EXPECT_FALSE(day_of("deepseek-official", {{"economics.output_tokens_per_day", "0"}}).prefill_to_decode);
  EXPECT_FALSE(day_of("deepseek-r1-8xh200").prefill_to_decode);
}

TEST(DeepseekOfficial, TheHoursKeepAverageAndPeak) {
  const DayPlan day = day_of("deepseek-official");
  ASSERT_EQ(day.hours.size(), 24u);
  double sum = 0, peak = 0;
  for (const HourOfDay& hour : day.hours) {
    sum += hour.nodes;
    peak = std::max(peak, hour.nodes);
    EXPECT_NEAR(hour.nodes + hour.freed_nodes, 278, 1e-9);
  }
  EXPECT_NEAR(sum / 24, printed().at("online_24h").at("average_nodes"), 1e-9);
  EXPECT_NEAR(peak, printed().at("online_24h").at("peak_nodes"), 1e-9);
  // The night's share of the formula is that of the hours: half of 0 and 8 o'clock, all between.
  double night = day.hours[0].nodes / 2 + day.hours[8].nodes / 2;
  for (std::size_t hour = 1; hour < 8; ++hour) night += day.hours[hour].nodes;
  EXPECT_NEAR(day.report.results[QuantityId::economics_night_share], night / sum, 1e-12);
}

TEST(DeepseekOfficial, OtherPriceBooksSharesAndDiscounts) {
  const Results list = day_of("deepseek-official").report.results;
  const Results real = day_of("deepseek-official", {{"economics.paid_share", "0.5"}, {"economics.night_discount", "0.75"}}).report.results;
  const double night = list[QuantityId::economics_night_share];
  EXPECT_NEAR(real[QuantityId::economics_income_usd_per_day], 561975.36 * 0.5 * (1 - 0.75 * night), 0.01);
  EXPECT_NEAR(real[QuantityId::economics_break_even_price_share], 87072 / real[QuantityId::economics_income_usd_per_day], 1e-12);
  EXPECT_EQ(real[QuantityId::economics_revenue_usd_per_day], list[QuantityId::economics_revenue_usd_per_day]);
  // At the break-even share of the prices there is neither profit nor loss.
  const double share = list[QuantityId::economics_break_even_price_share];
  EXPECT_NEAR(list[QuantityId::economics_income_usd_per_day] * share, 87072, 1e-6);
  // Half the utilisation takes twice the nodes; "auto" pays for just these.
  const Results half = day_of("deepseek-official", {{"economics.utilisation", "0.5"}, {"economics.average_nodes", "auto"}}).report.results;
  EXPECT_NEAR(half[QuantityId::economics_fleet_nodes], 2 * list[QuantityId::economics_fleet_nodes], 1e-9);
  EXPECT_NEAR(half[QuantityId::economics_cost_usd_per_day], half[QuantityId::economics_fleet_nodes] * 8 * 24 * 2, 1e-6);
  // What the nodes' tokens cost sums to the fleet's rent.
  const double decode = half[QuantityId::economics_decode_usd_per_million_output_tokens] * 168e3;
  const double prefill = half[QuantityId::economics_prefill_usd_per_million_input_miss_tokens] * 608e3 * (1 - 0.563);
  EXPECT_NEAR(decode + prefill, half[QuantityId::economics_cost_usd_per_day], 1e-6);
}

// By hand: 8 GPUs of 700 W and 2 kW for the rest of a node, times a PUE of 1.3.
TEST(DeepseekOfficial, EnergyOfTheDay) {
  const DayPlan day = day_of("deepseek-official");
  ASSERT_TRUE(day.energy);
  EXPECT_NEAR(day.energy->node_kw, (8 * 0.7 + 2) * 1.3, 1e-12);
  EXPECT_NEAR(day.energy->kwh_per_day, 9.88 * 226.75 * 24, 1e-6);
  EXPECT_NEAR(day.energy->kwh_per_million_output_tokens, 9.88 * 226.75 * 24 / 168e3, 1e-9);
  EXPECT_LT(day.energy->kwh_per_million_tokens, day.energy->kwh_per_million_output_tokens);
}

TEST(DeepseekOfficial, AnImpossiblePeakIsRefused) {
  for (const char* peak : {"200", "400"}) {
    Plan plan;
    plan.base = preset_scenario("deepseek-official").value();
    ASSERT_TRUE(plan.base.set("economics.peak_nodes", peak).empty());
    const Outcome<DayPlan> day = plan_day(plan);
    ASSERT_FALSE(day.ok());
    EXPECT_EQ(day.errors()[0].field, "economics.peak_nodes");
  }
}

}  // namespace
}  // namespace moecalc
