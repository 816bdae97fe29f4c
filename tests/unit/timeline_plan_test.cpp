// The timeline of a scenario: against the report's own numbers, by what a trace must have, and what is refused.
#include "plan/timeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "methods/evaluate.h"
#include "plan/timeline_svg.h"
#include "plan/timeline_trace.h"
#include "properties/random_scenario.h"
#include "scenario/link.h"
#include "scenario/presets.h"

namespace moecalc {
namespace {

using Json = nlohmann::ordered_json;

Scenario scenario_of(std::string_view preset, std::initializer_list<std::pair<std::string_view, std::string_view>> settings) {
  Scenario scenario = preset_scenario(preset).value();
  for (const auto& [key, value] : settings) EXPECT_TRUE(scenario.set(key, value).empty()) << key;
  return scenario;
}
Scenario deepseek(std::string_view phase) { return scenario_of("deepseek-deployment-reference", {{"phase", phase}}); }

double report_of(Scenario scenario, std::string_view overlap, QuantityId id) {
  EXPECT_TRUE(scenario.set("overlap", overlap).empty());
  return evaluate(scenario).value().results[id];
}

TEST(TimelinePlan, WithoutOverlapItIsTheReportsOwnPass) {
  testing::Random random(501);
  int shown = 0;
  for (int i = 0; i < 3000; ++i) {
    const Scenario scenario = testing::random_reference_scenario(random);
    const Outcome<TimelinePlan> plan = plan_timeline(scenario);
    if (!plan.ok()) continue;
    ++shown;
    const QuantityId id = plan.value().is_prefill ? QuantityId::prefill_pass_ms : QuantityId::decode_step_ms;
    for (const OverlapPass& pass : plan.value().passes) {
      const double method = report_of(scenario, value_text(Parameter::overlap, static_cast<double>(pass.overlap)), id);
      EXPECT_DOUBLE_EQ(pass.method_ms, method);
      if (pass.overlap != OverlapChoice::two_batch) {
        ASSERT_NEAR(pass.timeline.total_ms / method, 1, 1e-9) << encode_link(scenario);
      }
    }
  }
  EXPECT_GT(shown, 100);
}

// Where computing is the longer stream the closed form is a bound: DeepSeek's own deployment, on four devices.
TEST(TimelinePlan, BubblesOnlyAdd) {
  for (const char* phase : {"prefill", "decode"}) {
    for (const char* device : {"h800", "h200", "h20", "gb200"}) {
      const TimelinePlan plan = plan_timeline(scenario_of("deepseek-deployment-reference", {{"phase", phase}, {"device", device}})).value();
      ASSERT_EQ(plan.passes.size(), 3u);
      const OverlapPass& two = plan.passes[2];
      EXPECT_GE(two.timeline.total_ms, two.method_ms * (1 - 1e-12)) << phase << device;
      EXPECT_LE(two.timeline.total_ms, two.method_ms * 1.1) << phase << device;
    }
  }
}

TEST(TimelinePlan, TwoBatchesPayFromTheStatedBatchOn) {
  const Scenario base = deepseek("decode");
  const OverlapCurve curve = overlap_curve(base).value();
  ASSERT_TRUE(curve.pays_from.has_value());
  const auto gain = [&](double batch) {
    Scenario s = base;
    s.set(Parameter::decode_batch_per_gpu, batch);
    return report_of(s, "none", QuantityId::decode_tpot_ms) - report_of(s, "two_batch", QuantityId::decode_tpot_ms);
  };
  EXPECT_GT(gain(*curve.pays_from), 0);
  EXPECT_LE(gain(*curve.pays_from - 1), 0);
  EXPECT_GE(*curve.timeline_pays_from, *curve.pays_from);
  for (const OverlapPoint& point : curve.points) {
    if (!point.times) continue;
    EXPECT_EQ(point.times->two_batch_ms < point.times->none_ms, point.batch >= *curve.pays_from) << point.batch;
    EXPECT_GE(point.times->timeline_ms, point.times->two_batch_ms * (1 - 1e-12));
  }
}

TEST(TimelinePlan, StagesAreTheReportsParts) {
  for (const char* phase : {"prefill", "decode"}) {
    const TimelinePlan plan = plan_timeline(deepseek(phase)).value();
    const Results results = evaluate(scenario_of("deepseek-deployment-reference", {{"phase", phase}, {"overlap", "two_batch"}})).value().results;
    const PassStages& s = plan.passes[2].stages;
    EXPECT_EQ(s.layers, 58u);
    EXPECT_EQ(s.first_layer, 3u);
    EXPECT_GT(s.attention_step_1_ms, 0);
    EXPECT_GT(s.attention_step_2_ms, s.attention_step_1_ms);
    const bool is_prefill = plan.is_prefill;
    EXPECT_NEAR(58 * s.dispatch_ms, results[is_prefill ? QuantityId::prefill_pass_dispatch_ms : QuantityId::decode_step_dispatch_ms], 1e-9);
    EXPECT_NEAR(58 * s.combine_ms, results[is_prefill ? QuantityId::prefill_pass_combine_ms : QuantityId::decode_step_combine_ms], 1e-9);
    EXPECT_NEAR(58 * s.shared_expert_ms, results[is_prefill ? QuantityId::prefill_pass_shared_expert_ms : QuantityId::decode_step_shared_expert_ms], 1e-9);
  }
}

TEST(TimelinePlan, OneSequenceIsNotCutInTwo) {
  const TimelinePlan plan = plan_timeline(scenario_of("deepseek-deployment-reference", {{"phase", "decode"}, {"decode.batch_per_gpu", "1"}})).value();
  ASSERT_EQ(plan.passes.size(), 2u);
  EXPECT_EQ(plan.passes[1].overlap, OverlapChoice::single_batch);
}

TEST(TimelinePlan, RefusesWhatHasNoTimeline) {
  const auto field_of = [](const Scenario& scenario) {
    const Outcome<TimelinePlan> plan = plan_timeline(scenario);
    EXPECT_EQ(overlap_curve(scenario).ok(), plan.ok());
    return plan.ok() ? std::string("answered") : plan.errors()[0].field + "=" + plan.errors()[0].value;
  };
  EXPECT_EQ(field_of(scenario_of("zartbot-decode-h800-b128", {})), "method=zartbot");
  EXPECT_EQ(field_of(scenario_of("deepseek-r1-8xh200", {{"phase", "prefill"}})), "phase=prefill");
  EXPECT_EQ(field_of(scenario_of("deepseek-r1-8xh200", {})), "decode.data_parallel=1");
  EXPECT_EQ(field_of(scenario_of("llama-3.1-70b-4xh100", {})), "decode.data_parallel=1");
  EXPECT_EQ(field_of(scenario_of("deepseek-deployment-reference", {{"decode.batch_per_gpu", "5000"}})), "decode.batch_per_gpu=5000");
}

// Trace Event Format: an object with traceEvents; complete events with name, ph, pid, tid, ts and dur in microseconds; metadata that names processes and threads.
TEST(TimelineTrace, KeepsToTheFormat) {
  for (const char* phase : {"prefill", "decode"}) {
    const TimelinePlan plan = plan_timeline(deepseek(phase)).value();
    const Json trace = Json::parse(timeline_trace(plan));
    std::map<std::pair<int, int>, double> end_of_row;
    std::map<std::pair<int, int>, std::string> names;
    std::size_t complete = 0;
    for (const Json& event : trace.at("traceEvents")) {
      const std::pair row{event.at("pid").get<int>(), event.at("tid").get<int>()};
      ASSERT_FALSE(event.at("name").get<std::string>().empty());
      if (event.at("ph") == "M") {
        ASSERT_TRUE(event.at("name") == "process_name" || event.at("name") == "thread_name");
        names[row] = event.at("args").at("name").get<std::string>();
        continue;
      }
      ASSERT_EQ(event.at("ph"), "X");
      ++complete;
      ASSERT_TRUE(names.contains(row));
      ASSERT_TRUE(event.at("cat").is_string());
      ASSERT_GE(event.at("ts").get<double>(), 0);
      ASSERT_GT(event.at("dur").get<double>(), 0);
    }
    EXPECT_EQ(names.size(), 9u);  // of three passes: the process and its two streams
    EXPECT_EQ((names[{3, 2}]), "communication");
    EXPECT_GT(complete, 3u * 58 * 5);
    // Rows in order of time, no two events at once, and the last ends with the pass.
    for (int process = 1; process <= 3; ++process) {
      for (int thread = 1; thread <= 2; ++thread) {
        std::vector<std::pair<double, double>> spans;
        for (const Json& event : trace.at("traceEvents")) {
          if (event.at("ph") == "X" && event.at("pid") == process && event.at("tid") == thread) spans.emplace_back(event.at("ts").get<double>(), event.at("dur").get<double>());
        }
        std::sort(spans.begin(), spans.end());
        double at = 0;
        for (const auto& [start, duration] : spans) {
          ASSERT_GE(start, at - 1e-6) << process << thread;
          at = start + duration;
        }
        EXPECT_NEAR(at, plan.passes[static_cast<std::size_t>(process - 1)].timeline.total_ms * 1000, 0.01);
      }
    }
  }
}

// Every element closed in order, no stray markup from words, no number that is none.
TEST(TimelineSvg, IsWellFormedWithAnyWords) {
  const TimelinePlan plan = plan_timeline(deepseek("decode")).value();
  const std::string svg = timeline_svg(plan, [](const std::string& key) { return "<" + key + " & \"more\">"; });
  std::vector<std::string> open;
  for (std::size_t at = svg.find('<'); at != std::string::npos; at = svg.find('<', at + 1)) {
    const std::size_t end = svg.find('>', at);
    ASSERT_NE(end, std::string::npos);
    const std::string tag = svg.substr(at + 1, end - at - 1);
    const std::string name = tag.substr(tag[0] == '/' ? 1 : 0, tag.find_first_of(" /", 1) - (tag[0] == '/' ? 1 : 0));
    if (tag[0] == '/') {
      ASSERT_FALSE(open.empty());
      ASSERT_EQ(open.back(), tag.substr(1));
      open.pop_back();
    } else if (tag.back() != '/') {
      ASSERT_TRUE(name == "svg" || name == "g" || name == "title" || name == "text" || name == "defs" || name == "pattern") << tag;
      open.push_back(name);
    }
  }
  EXPECT_TRUE(open.empty());
  EXPECT_NE(svg.find("role=\"img\""), std::string::npos);
  EXPECT_NE(svg.find("&lt;plan.timeline.stage.dispatch &amp; &quot;more&quot;&gt;"), std::string::npos);
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  EXPECT_EQ(svg.find("inf\""), std::string::npos);
}

}  // namespace
}  // namespace moecalc
