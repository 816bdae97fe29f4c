// Every row that ShineZ's article prints, V1.0 and V0, at 1e-8 relative (nine digits are printed), and the operator times of
// one console picture to their digits. tests/golden/shinez.json holds what was printed.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "methods/evaluate.h"
#include "methods/shinez/discounts.h"

namespace moecalc {
namespace {

using Json = nlohmann::json;
using enum QuantityId;

Json golden() {
  std::ifstream file(MOECALC_TESTS_DIR "/golden/shinez.json");
  if (!file) throw std::runtime_error("cannot read shinez.json");
  return Json::parse(file);
}

std::string device_of(const std::string& gpu) { return gpu == "H800" ? "h800" : gpu == "H20" ? "h20" : gpu == "A100" ? "a100-sxm-80g" : gpu == "L20" ? "l20" : "l40s"; }

Scenario question_of(const Json& row, const char* version) {
  Scenario s = Scenario::defaults();
  const auto set = [&](const char* key, const std::string& value) { ASSERT_TRUE(s.set(key, value).empty()) << key << "=" << value; };
  set("method", "shinez");
  set("phase", "decode");
  set("shinez_version", version);
  set("device", device_of(row.at("gpu")));
  set("nic_gbit_per_s", row.at("nic") == "CX7 400Gbps" ? "400" : "100");
  set("overlap", row.at("policy") == "naive" ? "none" : "two_batch");
  set("decode.expert_parallel", std::to_string(row.at("ep").get<int>()));
  set("decode.batch_per_gpu", std::to_string(row.at("bs").get<int>()));
  set("kv_format", row.at("kvc") == 1 ? "fp8" : "bf16");
  set("weight_format", row.at("param") == 1 ? "fp8" : "bf16");
  set("mtp_draft_tokens", std::to_string(row.at("mtp").get<int>()));
  set("deep_gemm", row.at("deepgemm").get<bool>() ? "true" : "false");
  return s;
}

int check_rows(const Json& rows, const char* version) {
  int reproduced = 0;
  for (const Json& row : rows) {
    const Outcome<Numbers> numbers = evaluate_numbers(question_of(row, version));
    if (!numbers.ok()) {
      ADD_FAILURE() << row << ": " << numbers.errors()[0].field;
      continue;
    }
    EXPECT_TRUE(numbers.value().fits) << row;  // the memory rule admits every printed row
    if (!numbers.value().fits) continue;
    const double tps = numbers.value().results[decode_tps_per_user], all = numbers.value().results[decode_tokens_per_s_per_gpu];
    EXPECT_NEAR(tps / row.at("ux_tps").get<double>(), 1, 1e-8) << row;
    EXPECT_NEAR(all / row.at("throughput").get<double>(), 1, 1e-8) << row;
    ++reproduced;
  }
  return reproduced;
}

TEST(ShinezGolden, EveryRowOfV1) { EXPECT_EQ(check_rows(golden().at("rows"), "v1"), 66); }
TEST(ShinezGolden, EveryRowOfV0) { EXPECT_EQ(check_rows(golden().at("rows_v0"), "v0"), 72); }

TEST(ShinezGolden, ConsoleTraceOfV0) {
  // L40S, E810, EP320, FP8, naive, batch 32, one draft token.
  const Json trace = golden().at("console_trace_v0");
  const Json row = {{"gpu", "L40S"}, {"nic", "E810 100Gbps"}, {"policy", "naive"}, {"ep", 320}, {"bs", 32}, {"kvc", 1}, {"param", 1}, {"mtp", 1}, {"deepgemm", false}};
  const Scenario scenario = question_of(row, "v0");
  const Results r = evaluate_numbers(scenario).value().results;
  const std::map<std::string, QuantityId> operators = {
      {"Q down projection", decode_q_down_ms},  {"Q up projection", decode_q_up_ms},         {"Q nope absorb", decode_q_absorb_ms},
      {"Cur KV compress", decode_kv_down_ms},   {"att0", decode_attention_projections_ms},   {"Flash MLA", decode_flash_mla_ms},
      {"S KV up", decode_v_up_ms},              {"Att out proj", decode_output_projection_ms}, {"att1", decode_attention_core_ms},
      {"dispatch", decode_dispatch_ms},         {"shared up", decode_shared_expert_up_ms},   {"shared down", decode_shared_expert_down_ms},
      {"sparse up", decode_routed_expert_up_ms}, {"sparse down", decode_routed_expert_down_ms}, {"sparse moe", decode_routed_experts_ms},
      {"combine", decode_combine_ms},           {"layer", decode_layer_ms}};
  int checked = 0;
  for (const auto& [name, printed] : trace.at("printed_us").items()) {
    // Two decimals, one for the long ones; the last digit may be cut instead of rounded.
    const double value = printed.get<double>();
    const double last_digit = value == std::round(value * 10) / 10 ? 0.1 : 0.01;
    EXPECT_NEAR(r[operators.at(name)] * 1e3, value, last_digit / 2 + 1e-9) << name;
    ++checked;
  }
  EXPECT_EQ(checked, 17);
  const Json other = trace.at("printed_other");
  EXPECT_NEAR(r[decode_step_ms], other.at("forward pass ms").get<double>(), 0.005);
  EXPECT_NEAR(1000 / r[decode_step_ms], other.at("raw tps").get<double>(), 0.005);
  EXPECT_NEAR(r[decode_tps_per_user], other.at("ux tps").get<double>(), 0.005);
  EXPECT_EQ(std::floor(r[memory_largest_batch_per_gpu]), other.at("Max bs per card").get<double>());
}

TEST(ShinezGolden, CurveSamples) {
  const Json samples = golden().at("curve_samples");
  ASSERT_EQ(samples.size(), 11u);
  for (const Json& s : samples) {
    EXPECT_NEAR(shinez::a100_discount(s.at("m"), s.at("k"), s.at("n")), s.at("discount").get<double>(), 1e-15) << s;
  }
}

struct Refusal {
  const char* key;
  const char* value;
  const char* field;
};

TEST(ShinezDomain, RefusesByField) {
  const Refusal cases[] = {
      {"device", "h200", "device"},
      {"device", "h100-sxm", "device"},
      {"model", "kimi-k2", "model"},
      {"phase", "prefill", "phase"},
      {"decode.tensor_parallel", "4", "decode.tensor_parallel"},
      {"decode.redundant_experts", "32", "decode.redundant_experts"},
      {"mtp_draft_tokens", "2", "mtp_draft_tokens"},
      {"overlap", "ideal", "overlap"},
      {"decode.batch_per_gpu", "33", "decode.batch_per_gpu"},
      {"weight_format", "int4", "weight_format"},
      {"matmul_format", "bf16", "matmul_format"},
      {"kv_format", "int8", "kv_format"},
      {"efficiency", "0.5", "efficiency"},
      {"mla_absorb", "no", "mla_absorb"},
      {"device", "custom", "device.peak_dense_fp8_tflops"},
  };
  for (const Refusal& refusal : cases) {
    Scenario s = Scenario::defaults();
    s.set("method", "shinez");
    ASSERT_TRUE(s.set(refusal.key, refusal.value).empty());
    const Outcome<Report> outcome = evaluate(s);
    ASSERT_FALSE(outcome.ok()) << refusal.key << "=" << refusal.value;
    EXPECT_EQ(outcome.errors()[0].field, refusal.field);
  }
}

}  // namespace
}  // namespace moecalc
