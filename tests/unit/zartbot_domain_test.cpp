// What the replica answers for and what it refuses, each refusal by field.
#include <gtest/gtest.h>

#include <cmath>

#include "methods/evaluate.h"
#include "methods/zartbot/conclusions.h"
#include "scenario/presets.h"

namespace moecalc {
namespace {

using Settings = std::vector<Setting>;

Scenario question(const Settings& settings) {
  Scenario scenario = Scenario::defaults();
  scenario.set("method", "zartbot");
  for (const Setting& s : settings) {
    const Errors errors = scenario.set(s.key, s.value);
    EXPECT_TRUE(errors.empty()) << s.key << " = " << s.value;
  }
  return scenario;
}

struct Refusal {
  Settings settings;
  ErrorCode code;
  const char* field;
};

TEST(ZartbotDomain, RefusesByField) {
  const Refusal cases[] = {
      {{{"device", "h200"}}, ErrorCode::outside_method_domain, "device"},
      {{{"device", "h100-sxm"}}, ErrorCode::outside_method_domain, "device"},
      {{{"model", "qwen3-235b-a22b"}}, ErrorCode::outside_method_domain, "model"},
      {{{"model", "deepseek-v3.2"}}, ErrorCode::outside_method_domain, "model"},
      {{{"decode.tensor_parallel", "2"}}, ErrorCode::outside_method_domain, "decode.tensor_parallel"},
      {{{"prefill.tensor_parallel", "16"}}, ErrorCode::outside_method_domain, "prefill.tensor_parallel"},
      {{{"overlap", "two_batch"}}, ErrorCode::outside_method_domain, "overlap"},
      {{{"kv_format", "int8"}}, ErrorCode::outside_method_domain, "kv_format"},
      {{{"weight_format", "bf16"}}, ErrorCode::outside_method_domain, "weight_format"},
      {{{"matmul_format", "nvfp4"}}, ErrorCode::outside_method_domain, "matmul_format"},
      {{{"mtp_draft_tokens", "1"}}, ErrorCode::outside_method_domain, "mtp_draft_tokens"},
      {{{"kv_tokens", "5000"}}, ErrorCode::outside_method_domain, "kv_tokens"},
      {{{"decode.expert_parallel", "100"}, {"decode.redundant_experts", "32"}}, ErrorCode::inconsistent, "decode.redundant_experts"},
      {{{"prefill.data_parallel", "3"}}, ErrorCode::inconsistent, "prefill.data_parallel"},
      {{{"prefill.expert_parallel", "36"}}, ErrorCode::inconsistent, "prefill.expert_parallel"},
      {{{"decode.tensor_parallel", "4"}, {"decode.data_parallel", "144"}}, ErrorCode::inconsistent, "decode.data_parallel"},
      {{{"gpus_per_node", "4"}, {"prefill.tensor_parallel", "8"}}, ErrorCode::inconsistent, "prefill.tensor_parallel"},
      {{{"communication_sms", "132"}}, ErrorCode::inconsistent, "communication_sms"},
      {{{"device", "custom"}}, ErrorCode::required, "device.sm_count"},
  };
  for (const Refusal& refusal : cases) {
    const Outcome<Report> outcome = evaluate(question(refusal.settings));
    ASSERT_FALSE(outcome.ok()) << refusal.field;
    EXPECT_EQ(name_of(outcome.errors()[0].code), name_of(refusal.code)) << refusal.field;
    EXPECT_EQ(outcome.errors()[0].field, refusal.field);
    EXPECT_FALSE(outcome.errors()[0].allowed.empty()) << refusal.field;
  }
}

TEST(ZartbotDomain, PhaseLimitsWhatIsAsked) {
  // A prefill layout that makes no sense does not matter to a question about decode.
  EXPECT_TRUE(evaluate(question({{"phase", "decode"}, {"prefill.expert_parallel", "36"}})).ok());
  EXPECT_TRUE(evaluate(question({{"phase", "prefill"}, {"decode.tensor_parallel", "2"}})).ok());
}

TEST(ZartbotDomain, CustomDeviceWithTheArticlesConstantsIsTheArticlesDevice) {
  const Scenario custom = question({{"device", "custom"},
                                    {"device.sm_count", "132"},
                                    {"device.peak_dense_bf16_tflops", "989.5"},
                                    {"device.peak_dense_fp8_tflops", "1979"},
                                    {"device.memory_gib", "80"},
                                    {"device.memory_bandwidth_gb_per_s", "3350"},
                                    {"device.scaleup_unidirectional_gb_per_s", "200"},
                                    {"nic_gbit_per_s", "400"}});
  // Only the SMs given to communication are the article's own: they must be stated.
  const Outcome<Report> refused = evaluate(custom);
  ASSERT_FALSE(refused.ok());
  ASSERT_EQ(refused.errors().size(), 1u);
  EXPECT_EQ(refused.errors()[0].field, "communication_sms");

  Scenario decode = custom;
  decode.set("phase", "decode");
  const Numbers of_custom = evaluate_numbers(decode).value();
  const Numbers of_h800 = evaluate_numbers(question({{"phase", "decode"}})).value();
  for (const QuantityInfo& q : quantity_table()) {
    ASSERT_EQ(of_custom.results.has(q.id), of_h800.results.has(q.id)) << q.key;
    if (of_h800.results.has(q.id)) {
      EXPECT_EQ(of_custom.results[q.id], of_h800.results[q.id]) << q.key;
    }
  }
}

TEST(ZartbotDomain, StatedDataParallelFixesTensorParallel) {
  const Report report = evaluate(question({{"decode.data_parallel", "36"}, {"decode.batch_per_gpu", "32"}})).value();
  EXPECT_EQ(report.results[QuantityId::decode_tensor_parallel], 4);
}

TEST(ZartbotCapacity, WhatDoesNotFitHasALedgerAndNoThroughput) {
  const Scenario bf16 = question({{"kv_format", "bf16"}});
  const Report report = evaluate(bf16).value();
  EXPECT_FALSE(report.fits);
  ASSERT_TRUE(report.memory.has_value());
  EXPECT_FALSE(report.memory->fits);
  EXPECT_FALSE(report.decode.has_value());
  EXPECT_GT(report.results[QuantityId::memory_total_gib], report.results[QuantityId::memory_usable_gib]);
  for (const QuantityId id : {QuantityId::decode_tpot_ms, QuantityId::decode_tps_per_user, QuantityId::decode_tokens_per_s_per_gpu,
                              QuantityId::decode_tokens_per_s_per_node, QuantityId::decode_tokens_per_s_total, QuantityId::decode_overlapped_ms}) {
    EXPECT_FALSE(report.results.has(id)) << info(id).key;
    EXPECT_FALSE(explain(bf16, id).ok()) << info(id).key;
  }
  // Prefill runs on other machines and is still answered.
  EXPECT_TRUE(report.results.has(QuantityId::prefill_tokens_per_s_per_node));
  EXPECT_FALSE(report.results.has(QuantityId::economics_decode_nodes));

  // Every change that is offered does fit, alone.
  ASSERT_FALSE(report.memory->fits_if.empty());
  for (const Change& change : report.memory->fits_if) {
    Scenario changed = bf16;
    changed.set(change.parameter, change.value);
    EXPECT_TRUE(evaluate(changed).value().fits) << info(change.parameter).key;
  }
}

TEST(ZartbotCapacity, IgnoredWhenAskedAndThenMarked) {
  const Report report = evaluate(question({{"kv_format", "bf16"}, {"ignore_capacity", "true"}})).value();
  EXPECT_TRUE(report.fits);
  EXPECT_TRUE(report.memory->ignored);
  EXPECT_TRUE(report.results.has(QuantityId::decode_tpot_ms));
  bool marked = false;
  for (const Note& note : report.notes) marked = marked || note.code == "capacity_ignored";
  EXPECT_TRUE(marked);
}

TEST(ZartbotCapacity, WeightsThatDoNotFitLeaveNoBatch) {
  const Report report = evaluate(question({{"decode.expert_parallel", "8"}, {"decode.batch_per_gpu", "1"}})).value();
  EXPECT_FALSE(report.fits);
  EXPECT_EQ(report.results[QuantityId::memory_largest_batch_per_gpu], 0);
}

TEST(ZartbotConclusions, EachIsANumberAndAQuestion) {
  const std::vector<Conclusion> list = zartbot::conclusions();
  EXPECT_EQ(list.size(), 10u);
  for (const Conclusion& c : list) {
    EXPECT_TRUE(evaluate(c.scenario).ok()) << c.id;
    for (const auto& [name, number] : c.numbers) EXPECT_TRUE(std::isfinite(number)) << c.id << " " << name;
  }
}

}  // namespace
}  // namespace moecalc
