// A plan's three borders: JSON, link and lists as text.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "catalogue/catalogue.h"
#include "plan/plan_json.h"
#include "plan/plan_link.h"
#include "plan/run.h"

namespace moecalc {
namespace {

using Json = nlohmann::ordered_json;

Plan full_plan() {
  Plan plan;
  EXPECT_TRUE(plan.base.set("device", "h20").empty());
  plan.histogram = {3, 0, 2.5};
  plan.models = {*model_index("deepseek-r1"), *model_index("qwen3-32b")};
  plan.devices = {*device_index("h800")};
  return plan;
}

void expect_same(const Plan& a, const Plan& b) {
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.histogram, b.histogram);
  EXPECT_EQ(a.models, b.models);
  EXPECT_EQ(a.devices, b.devices);
  EXPECT_EQ(plan_spec_json(a), plan_spec_json(b));
}

TEST(Plan, JsonAndLinkKeepEveryPart) {
  const Plan plan = full_plan();
  expect_same(read_plan(plan_spec_json(plan)).value(), plan);
  DecodedLink link = decode_link(encode_link(plan));
  EXPECT_TRUE(link.problems.empty());
  const std::optional<Plan> read = plan_of(link);
  ASSERT_TRUE(read);
  expect_same(*read, plan);
}

TEST(Plan, ALinkWithoutAPlanHasNone) {
  DecodedLink link = decode_link(encode_link(Scenario::defaults()));
  EXPECT_FALSE(plan_of(link));
  EXPECT_TRUE(link.problems.empty());
}

TEST(Plan, BadPartsAreNamed) {
  const auto field_of = [](const char* text) {
    const Outcome<Plan> plan = read_plan(Json::parse(text));
    return plan.ok() ? std::string("accepted") : plan.errors().at(0).field;
  };
  std::string ones;
  for (std::size_t i = 0; i < largest_histogram; ++i) ones += ",1";
  EXPECT_EQ(field_of(R"({"plan":"lunch"})"), "plan");
  EXPECT_EQ(field_of(R"({"plan":7})"), "plan");
  EXPECT_EQ(field_of(R"({})"), "plan");
  EXPECT_EQ(field_of(R"({"plan":"day","scenario":{"decode.batch_per_gpu":0}})"), "decode.batch_per_gpu");
  EXPECT_EQ(field_of(R"({"plan":"day","histogram":[1,"2"]})"), "histogram");
  EXPECT_EQ(field_of(R"({"plan":"day","histogram":[-1]})"), "histogram");
  EXPECT_EQ(field_of(R"({"plan":"day","histogram":[0,0]})"), "histogram");
  EXPECT_EQ(field_of((R"({"plan":"day","lengths":[1)" + ones + "]}").c_str()), "lengths.count");
  EXPECT_EQ(field_of(R"({"plan":"day","models":["no-such-model"]})"), "model");
  EXPECT_EQ(field_of(R"({"plan":"day","devices":["custom"]})"), "devices");
  EXPECT_EQ(field_of(R"({"plan":"day","dish":1})"), "dish");
  EXPECT_EQ(field_of(R"([1])"), "plan");
}

TEST(Plan, ListsNameEachOnceAndComplainShortly) {
  const Json twice = Json::parse(R"({"plan":"boxes","models":["qwen3-32b","deepseek-r1","qwen3-32b"]})");
  EXPECT_EQ(plan_spec_json(read_plan(twice).value()).at("models"), Json::parse(R"(["qwen3-32b","deepseek-r1"])"));
  Json wrong = Json::parse(R"({"plan":"boxes"})");
  for (int i = 0; i < 1000; ++i) wrong["devices"].push_back("no-such-device");
  EXPECT_EQ(read_plan(wrong).errors().size(), 8u);
  EXPECT_EQ(read_plan_list(Parameter::model, "a~b~c~d~e~f~g~h~i~j~k", '~').errors().size(), 8u);
}

TEST(Plan, AMatrixTooLargeIsRefused) {
  Plan plan;
  for (std::size_t i = 0; i < 17; ++i) plan.models.push_back(i);
  for (std::size_t i = 0; i < 16; ++i) plan.devices.push_back(i);
  for (const PlanKind kind : {PlanKind::boxes, PlanKind::machines}) {
    plan.kind = kind;
    const auto answer = run_plan(plan);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.errors()[0].code, ErrorCode::grid_too_large);
    EXPECT_EQ(answer.errors()[0].value, "272");
  }
}

TEST(Plan, ABadPlanInALinkIsAProblemAndTheScenarioStays) {
  Plan plan = full_plan();
  LinkPairs pairs{{"pl", "lunch"}};
  DecodedLink link = decode_link(encode_link(plan.base, pairs));
  EXPECT_FALSE(plan_of(link));
  ASSERT_FALSE(link.problems.empty());
  EXPECT_EQ(link.scenario[Parameter::device], plan.base[Parameter::device]);
  DecodedLink without_kind = decode_link(encode_link(plan.base, {{"plh", "1~2"}}));
  EXPECT_FALSE(plan_of(without_kind));
  EXPECT_FALSE(without_kind.problems.empty());
}

}  // namespace
}  // namespace moecalc
