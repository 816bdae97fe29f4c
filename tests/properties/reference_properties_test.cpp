// What holds for every answer of the reference method, over random questions.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "methods/evaluate.h"
#include "properties/random_scenario.h"
#include "scenario/link.h"

namespace moecalc {
namespace {

using enum QuantityId;
using testing::Random;

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

// One part in 10^9 for sums in another order.
constexpr double rounding = 1e-9;

double sum_of(const Results& results, std::initializer_list<QuantityId> ids) {
  double sum = 0;
  for (const QuantityId id : ids) sum += results.has(id) ? results[id] : 0;
  return sum;
}

TEST(ReferenceProperties, PartsSumToTheTotal) {
  Random random(101);
  for (int i = 0; i < 1500; ++i) {
    const Scenario scenario = testing::random_reference_scenario(random);
    const Report report = evaluate(scenario).value();
    for (const auto& phase : {report.prefill, report.decode}) {
      if (!phase) continue;
      double sum = 0;
      for (const Operator& o : phase->operators) sum += o.counted ? o.layers * report.results[o.quantity] : 0;
      ASSERT_NEAR(sum / report.results[phase->total], 1, rounding) << encode_link(scenario);
    }
    if (!report.memory) continue;
    double held = 0;
    for (const LedgerItem& item : report.memory->items) {
      ASSERT_GE(report.results[item.quantity], 0) << item.id << " " << encode_link(scenario);
      held += report.results[item.quantity];
    }
    ASSERT_NEAR(held / report.results[memory_total_gib], 1, rounding) << encode_link(scenario);
  }
}

TEST(ReferenceProperties, WhatDoesNotFitHasNoSpeed) {
  Random random(102);
  int without_room = 0;
  for (int i = 0; i < 2000; ++i) {
    Scenario scenario = testing::random_reference_scenario(random);
    scenario.set("ignore_capacity", "false");
    const Report report = evaluate(scenario).value();
    if (!report.memory) continue;
    const Results& results = report.results;
    ASSERT_EQ(report.fits, results[memory_total_gib] <= results[memory_usable_gib]) << encode_link(scenario);
    if (report.fits) continue;
    ++without_room;
    ASSERT_FALSE(report.decode.has_value());
    for (const QuantityId id : {decode_tpot_ms, decode_step_ms, decode_tps_per_user, decode_tokens_per_s_per_gpu, decode_tokens_per_s_per_node, decode_tokens_per_s_total,
                                economics_decode_nodes}) {
      ASSERT_FALSE(results.has(id)) << info(id).key << " " << encode_link(scenario);
    }
  }
  EXPECT_GT(without_room, 200);
}

TEST(ReferenceProperties, EveryTimeIsPositiveAndFinite) {
  Random random(103);
  for (int i = 0; i < 3000; ++i) {
    const Scenario scenario = testing::random_reference_scenario(random);
    const Numbers numbers = evaluate_numbers(scenario).value();
    for (const QuantityInfo& q : quantity_table()) {
      if (!numbers.results.has(q.id)) continue;
      ASSERT_TRUE(std::isfinite(numbers.results[q.id])) << q.key << " " << encode_link(scenario);
      if (q.key.ends_with("_ms")) {
        ASSERT_GE(numbers.results[q.id], 0) << q.key << " " << encode_link(scenario);
      }
    }
  }
}

TEST(ReferenceProperties, RequestsInFlightAreSharedEvenly) {
  Random random(104);
  for (int i = 0; i < 1000; ++i) {
    const Scenario scenario = testing::random_reference_scenario(random);
    const Results results = evaluate_numbers(scenario).value().results;
    if (!results.has(decode_global_batch)) continue;
    const double gpus = results[decode_tensor_parallel] * results[decode_data_parallel] * results[decode_pipeline_parallel];
    ASSERT_EQ(results[decode_gpus], gpus);
    ASSERT_NEAR(results[decode_batch_per_gpu] * gpus / results[decode_global_batch], 1, rounding);
    const double all = results[decode_global_batch] * scenario[Parameter::decode_replicas];
    const double wanted = scenario.is_automatic(Parameter::decode_concurrency) ? scenario[Parameter::decode_batch_per_gpu] * gpus * scenario[Parameter::decode_replicas]
                                                                               : scenario[Parameter::decode_concurrency];
    ASSERT_NEAR(all / wanted, 1, rounding) << encode_link(scenario);
    // What a user gets, times users, is what the unit gives.
    if (results.has(decode_tokens_per_s_total)) {
      const double of_users = results[decode_tps_per_user] * results[decode_global_batch] * results[decode_occupancy];
      ASSERT_LE(results[decode_tokens_per_s_total], of_users * (1 + rounding));
      // Less only where requests wait for steps that carry their prompts.
      if (!results.has(decode_step_interference_ms)) {
        ASSERT_NEAR(of_users / results[decode_tokens_per_s_total], 1, rounding);
      }
      ASSERT_NEAR(results[decode_tokens_per_s_per_gpu] * gpus / results[decode_tokens_per_s_total], 1, rounding);
    }
  }
}

// A pass takes at least as long as its computing and at least as long as its messages.
TEST(ReferenceProperties, OverlapNeverBeatsTheLongerStream) {
  Random random(105);
  int overlapped = 0;
  for (int i = 0; i < 3000; ++i) {
    const Scenario scenario = testing::random_reference_scenario(random);
    const Report report = evaluate(scenario).value();
    for (const auto& phase : {report.prefill, report.decode}) {
      if (!phase) continue;
      double computing = 0, messages = 0, hidden = 0;
      for (const Operator& o : phase->operators) {
        const double time = o.layers * report.results[o.quantity];
        if (o.id == "hidden") hidden -= time;
        else (o.id == "dispatch" || o.id == "combine" ? messages : computing) += time;
      }
      overlapped += hidden > 0;
      const double total = report.results[phase->total];
      ASSERT_GE(total * (1 + rounding), computing) << encode_link(scenario);
      ASSERT_GE(total * (1 + rounding), messages) << encode_link(scenario);
      ASSERT_GE(total * (1 + rounding), computing + messages - hidden) << encode_link(scenario);
    }
  }
  EXPECT_GT(overlapped, 100);
}

TEST(ReferenceProperties, OneGpuHasNoMessages) {
  Random random(106);
  for (int i = 0; i < 500; ++i) {
    Scenario scenario = testing::random_reference_scenario(random);
    for (const char* phase : {"prefill.", "decode."}) {
      const std::string at = phase;
      for (const char* part : {"tensor_parallel", "data_parallel", "expert_parallel", "moe_tensor_parallel"}) scenario.set(at + part, "auto");
      scenario.set(at + "redundant_experts", "auto");
      scenario.set(at + "pipeline_parallel", "1");
    }
    scenario.set("device.memory_gib", "1000000");
    scenario.set("decode.concurrency", "auto");
    const Outcome<Numbers> by_rule = evaluate_numbers(scenario);
    if (!by_rule.ok()) continue;
    Scenario stated = scenario;
    for (const char* phase : {"prefill.", "decode."}) {
      const std::string at = phase;
      for (const char* part : {"tensor_parallel", "data_parallel", "expert_parallel", "moe_tensor_parallel"}) stated.set(at + part, "1");
    }
    const Results one = evaluate_numbers(stated).value().results;
    EXPECT_EQ(sum_of(one, {decode_step_all_reduce_ms, decode_step_dispatch_ms, decode_step_combine_ms, decode_step_hidden_ms, prefill_pass_all_reduce_ms, prefill_pass_dispatch_ms,
                           prefill_pass_combine_ms, prefill_pass_hidden_ms}),
              0)
        << encode_link(stated);
    // With room for everything, the rule takes one GPU too.
    for (const QuantityInfo& q : quantity_table()) {
      ASSERT_EQ(one.has(q.id), by_rule.value().results.has(q.id)) << q.key << " " << encode_link(scenario);
      if (one.has(q.id)) {
        ASSERT_TRUE(same_bits(one[q.id], by_rule.value().results[q.id])) << q.key << " " << encode_link(scenario);
      }
    }
    // Nor does it matter how fast the links would be.
    Scenario slow = stated;
    slow.set("device.scaleup_unidirectional_gb_per_s", "1");
    slow.set("nic_gbit_per_s", "1");
    const Results by_slow = evaluate_numbers(slow).value().results;
    for (const QuantityId id : {decode_tpot_ms, prefill_pass_ms}) {
      ASSERT_EQ(one.has(id), by_slow.has(id));
      if (one.has(id)) {
        ASSERT_TRUE(same_bits(one[id], by_slow[id])) << encode_link(stated);
      }
    }
  }
}

// The value of a parameter: the reader's, or what auto became.
std::optional<double> value_in(const Report& report, Parameter p) {
  if (!report.scenario.is_automatic(p)) return report.scenario[p];
  for (const auto& [parameter, value] : report.resolved) {
    if (parameter == p) return value;
  }
  return std::nullopt;
}

// Aggregated serving of more prompts than the decode steps can carry, one chunk a step: no queue empties, so TPOT there means nothing.
bool is_overloaded(const Results& results) {
  if (!results.has(decode_step_interference_ms)) return false;
  return results[decode_step_interference_ms] * results[decode_tokens_per_step] > results[prefill_pass_ms] - results[decode_step_ms];
}

void expect_faster_hardware_never_slower(const char* served) {
  Random random(107);
  int compared = 0;
  for (int i = 0; i < 1500; ++i) {
    Scenario scenario = testing::random_reference_scenario(random);
    scenario.set("ignore_capacity", "true");
    scenario.set("serving", served);
    if (!evaluate_numbers(scenario).ok()) continue;
    const Outcome<Report> report = evaluate(scenario);
    ASSERT_TRUE(report.ok());
    const Results& base = report.value().results;
    if (is_overloaded(base)) continue;
    for (const Parameter p : {Parameter::device_memory_bandwidth_gb_per_s, Parameter::device_peak_dense_bf16_tflops, Parameter::device_peak_dense_fp8_tflops,
                              Parameter::device_peak_dense_int8_tops, Parameter::device_peak_dense_fp4_tflops, Parameter::device_scaleup_unidirectional_gb_per_s,
                              Parameter::nic_gbit_per_s}) {
      const auto value = value_in(report.value(), p);
      if (!value || *value * 1.5 > info(p).maximum) continue;
      Scenario faster = scenario;
      faster.set(p, *value * 1.5);
      const Outcome<Numbers> numbers = evaluate_numbers(faster);
      ASSERT_TRUE(numbers.ok()) << info(p).key << " " << encode_link(scenario);
      for (const QuantityId id : {decode_tpot_ms, decode_step_ms, prefill_pass_ms, prefill_ttft_ms}) {
        ASSERT_EQ(base.has(id), numbers.value().results.has(id));
        if (!base.has(id)) continue;
        ++compared;
        EXPECT_LE(numbers.value().results[id], base[id] * (1 + rounding)) << info(id).key << " with 1.5 times " << info(p).key << ": " << encode_link(scenario);
      }
    }
  }
  EXPECT_GT(compared, 5000);
}
TEST(ReferenceProperties, FasterHardwareIsNeverSlower) { expect_faster_hardware_never_slower("disaggregated"); }
// Does not hold yet: what prompts add to a step is a difference of two steps, whose rules (overlap) and bounds may change apart.
TEST(ReferenceProperties, FasterHardwareIsNeverSlowerInAggregatedServing) { expect_faster_hardware_never_slower("aggregated"); }

void expect_twice_the_requests_never_fewer_tokens(const char* served, double slack) {
  Random random(108);
  int compared = 0;
  for (int i = 0; i < 2000; ++i) {
    Scenario scenario = testing::random_reference_scenario(random);
    scenario.set("ignore_capacity", "true");
    scenario.set("serving", served);
    if (!evaluate_numbers(scenario).ok()) continue;
    const Results base = evaluate_numbers(scenario).value().results;
    if (!base.has(decode_tokens_per_s_total)) continue;
    // In the same layout.
    Scenario twice = scenario;
    const auto state = [&](Parameter p, QuantityId id) { twice.set(p, base[id]); };
    state(Parameter::decode_tensor_parallel, decode_tensor_parallel);
    state(Parameter::decode_data_parallel, decode_data_parallel);
    state(Parameter::decode_expert_parallel, decode_expert_parallel);
    state(Parameter::decode_moe_tensor_parallel, decode_moe_tensor_parallel);
    twice.set(Parameter::decode_concurrency, base[decode_global_batch] * scenario[Parameter::decode_replicas] * 2);
    if (twice[Parameter::decode_concurrency] > info(Parameter::decode_concurrency).maximum) continue;
    const Outcome<Numbers> numbers = evaluate_numbers(twice);
    ASSERT_TRUE(numbers.ok()) << encode_link(twice) << " " << (numbers.ok() ? "" : numbers.errors()[0].field);
    if (is_overloaded(numbers.value().results)) continue;
    ++compared;
    EXPECT_GE(numbers.value().results[decode_tokens_per_s_total], base[decode_tokens_per_s_total] * (1 - slack)) << encode_link(scenario);
  }
  EXPECT_GT(compared, 1000);
}
TEST(ReferenceProperties, TwiceTheRequestsNeverGiveFewerTokens) { expect_twice_the_requests_never_fewer_tokens("disaggregated", rounding); }
// What a chunk adds to a step is a difference of two sums, and a mixed step sends by prefill's kernels: where prompts fill all that steps leave, a larger
// batch may lose a few ten-thousandths.
TEST(ReferenceProperties, TwiceTheRequestsNeverGiveFewerTokensInAggregatedServing) { expect_twice_the_requests_never_fewer_tokens("aggregated", 2e-4); }

// More drafts accepted, a longer context, a larger model: each in its direction.
TEST(ReferenceProperties, MoreWorkIsNeverQuicker) {
  Random random(109);
  for (int i = 0; i < 1000; ++i) {
    Scenario scenario = testing::random_reference_scenario(random);
    scenario.set("ignore_capacity", "true");
    scenario.set("serving", "disaggregated");
    const Outcome<Report> report = evaluate(scenario);
    if (!report.ok() || !report.value().results.has(decode_tpot_ms)) continue;
    const Results& base = report.value().results;
    Scenario longer = scenario;
    longer.set(Parameter::kv_tokens, std::ceil(base[decode_context_tokens]) * 2);
    const auto state = [&](Parameter p, QuantityId id) { longer.set(p, base[id]); };
    state(Parameter::decode_tensor_parallel, decode_tensor_parallel);
    state(Parameter::decode_data_parallel, decode_data_parallel);
    state(Parameter::decode_expert_parallel, decode_expert_parallel);
    state(Parameter::decode_moe_tensor_parallel, decode_moe_tensor_parallel);
    const Results results = evaluate_numbers(longer).value().results;
    EXPECT_GE(results[decode_tpot_ms], base[decode_tpot_ms] * (1 - rounding)) << encode_link(scenario);
    EXPECT_GE(results[memory_total_gib], base[memory_total_gib] * (1 - rounding)) << encode_link(scenario);
  }
}

TEST(ReferenceProperties, ExplainingChangesNoBit) {
  Random random(110);
  for (int i = 0; i < 200; ++i) {
    const Scenario scenario = testing::random_reference_scenario(random);
    const Numbers numbers = evaluate_numbers(scenario).value();
    for (const QuantityInfo& q : quantity_table()) {
      if (!numbers.results.has(q.id) || !random.one_in(8)) continue;
      const Outcome<Explanation> explanation = explain(scenario, q.id);
      ASSERT_TRUE(explanation.ok()) << q.key;
      ASSERT_TRUE(same_bits(explanation.value().value_in_unit, numbers.results[q.id])) << q.key << " " << encode_link(scenario);
    }
  }
}

}  // namespace
}  // namespace moecalc
