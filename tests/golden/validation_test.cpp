// Predictions of `reference` against measured serving runs (validation/serving_runs.csv) and published systems.
// tests/golden/validation.json holds the errors recorded when the constants were last fitted; a change that makes them
// worse than its allowance fails here and must be explained there.
#include "validation/validation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "methods/evaluate.h"

namespace moecalc {
namespace {

using Json = nlohmann::json;
using enum QuantityId;
using Served = moecalc::Run;  // in a test, Run is something of googletest's

std::string text_of(const std::string& path) {
  std::ifstream file(std::string(MOECALC_TESTS_DIR "/") + path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Json recorded() { return Json::parse(text_of("golden/validation.json")); }

double answer(const Json& settings, QuantityId quantity) {
  Scenario scenario = Scenario::defaults();
  for (const auto& [key, value] : settings.items()) {
    const Errors errors = scenario.set(key, value.get<std::string>());
    if (!errors.empty()) throw std::runtime_error("cannot set " + key);
  }
  const Outcome<Numbers> numbers = evaluate_numbers(scenario);
  if (!numbers.ok()) throw std::runtime_error("not answered: " + numbers.errors()[0].field);
  return numbers.value().results[quantity];
}

TEST(Validation, ServingRuns) {
  const Outcome<std::vector<Served>> runs = read_runs_csv(text_of("../validation/serving_runs.csv"));
  ASSERT_TRUE(runs.ok());
  std::vector<Prediction> predictions;
  for (const Served& run : runs.value()) predictions.push_back(predict(run));
  const Json expected = recorded();
  int compared = 0;
  for (const GroupSummary& g : summarise(runs.value(), predictions)) {
    const ErrorSummary& s = g.summary;
    const std::string name = g.by.empty() ? "all" : g.by + " " + g.value;
    const auto found = expected["serving_runs"].find(name);
    if (found == expected["serving_runs"].end()) continue;
    ++compared;
    SCOPED_TRACE(name);
    EXPECT_EQ(s.rows, (*found)["rows"].get<std::size_t>());
    EXPECT_GE(static_cast<double>(s.predicted), 0.95 * static_cast<double>(s.rows));
    // Points of a percent. Groups may move more than the whole does.
    const double allowed = g.by.empty() ? 1.0 : 3.0;
    EXPECT_LE(100 * s.median, (*found)["median"].get<double>() + allowed);
    if (!g.by.empty()) continue;
    EXPECT_LE(100 * s.median, 10.0);
    EXPECT_LE(100 * s.p90, 27.0);
    EXPECT_LE(std::fabs(100 * s.bias), 4.0);
  }
  EXPECT_EQ(compared, static_cast<int>(expected["serving_runs"].size()));
}

TEST(Validation, TtftIsALowerBound) {
  const Outcome<std::vector<Served>> runs = read_runs_csv(text_of("../validation/serving_runs.csv"));
  ASSERT_TRUE(runs.ok());
  std::size_t compared = 0, above = 0;
  for (const Served& run : runs.value()) {
    if (run.use != "score" || !run.measured_ttft_ms) continue;
    const Prediction p = predict(run);
    if (!p.ttft_ms) continue;
    ++compared;
    if (*p.ttft_ms > *run.measured_ttft_ms) ++above;
  }
  EXPECT_GE(compared, 30u);
  EXPECT_LE(static_cast<double>(above), 0.05 * static_cast<double>(compared)) << above << " of " << compared;
}

TEST(Validation, PublishedSystems) {
  for (const Json& system : recorded()["published_systems"]) {
    SCOPED_TRACE(system["name"].get<std::string>());
    const std::string key = system["quantity"];
    const QuantityId quantity =
        key == "prefill.tokens_per_s_per_node" ? prefill_tokens_per_s_per_node : decode_tokens_per_s_per_node;
    const double predicted = answer(system["settings"], quantity);
    EXPECT_GT(predicted, 0.9 * system["published"].get<double>());
    EXPECT_LT(predicted, 1.1 * system["published"].get<double>());
  }
}

// Eight H200, DeepSeek-R1 in FP8, TP 8, a few requests: what engines reach without drafts is 60 to 120 tokens/s a user.
TEST(Validation, SmallBatches) {
  for (const char* concurrency : {"1", "2", "3", "4"}) {
    for (const char* prompt : {"1000", "8000"}) {
      const double speed = answer({{"model", "deepseek-r1"},
                                   {"device", "h200-sxm"},
                                   {"serving", "aggregated"},
                                   {"decode.tensor_parallel", "8"},
                                   {"decode.concurrency", concurrency},
                                   {"prompt_tokens", prompt},
                                   {"output_tokens", "1000"},
                                   {"prefix_cache_hit_rate", "0"},
                                   {"weight_format", "fp8"}},
                                  decode_tps_per_user);
      EXPECT_GE(speed, 60) << concurrency << " requests, " << prompt << " tokens";
      EXPECT_LE(speed, 120) << concurrency << " requests, " << prompt << " tokens";
    }
  }
}

}  // namespace
}  // namespace moecalc
