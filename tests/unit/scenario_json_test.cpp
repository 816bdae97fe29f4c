// A scenario from hostile JSON: each mistake is named, nothing is silently replaced.
#include "scenario/scenario_json.h"

#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "scenario/presets.h"

namespace moecalc {
namespace {

Outcome<Scenario> read(std::string_view text) { return read_scenario(text, Scenario::defaults()); }

struct Bad {
  const char* text;
  ErrorCode code;
  const char* field;
};

TEST(ScenarioJson, EveryMistakeIsNamed) {
  const Bad cases[] = {
      {R"({"decode.batch": 3})", ErrorCode::unknown_parameter, "decode.batch"},
      {R"({"decode": {"batch": 3}})", ErrorCode::unknown_parameter, "decode.batch"},
      {R"({"decode": {"layout": {"x": 1}}})", ErrorCode::unknown_parameter, "decode.layout"},
      {R"({"decode.batch_per_gpu": "128"})", ErrorCode::wrong_type, "decode.batch_per_gpu"},
      {R"({"decode.batch_per_gpu": null})", ErrorCode::wrong_type, "decode.batch_per_gpu"},
      {R"({"decode.batch_per_gpu": [1]})", ErrorCode::wrong_type, "decode.batch_per_gpu"},
      {R"({"decode.batch_per_gpu": true})", ErrorCode::wrong_type, "decode.batch_per_gpu"},
      {R"({"decode.batch_per_gpu": "auto"})", ErrorCode::wrong_type, "decode.batch_per_gpu"},
      {R"({"decode.batch_per_gpu": 1.5})", ErrorCode::not_an_integer, "decode.batch_per_gpu"},
      {R"({"decode.batch_per_gpu": 0})", ErrorCode::out_of_range, "decode.batch_per_gpu"},
      {R"({"decode.batch_per_gpu": -1})", ErrorCode::out_of_range, "decode.batch_per_gpu"},
      {R"({"decode.batch_per_gpu": 1e300})", ErrorCode::out_of_range, "decode.batch_per_gpu"},
      {R"({"decode.tensor_parallel": -1})", ErrorCode::out_of_range, "decode.tensor_parallel"},
      {R"({"efficiency": 1.01})", ErrorCode::out_of_range, "efficiency"},
      {R"({"kv_format": "fp6"})", ErrorCode::not_a_choice, "kv_format"},
      {R"({"kv_format": 1})", ErrorCode::wrong_type, "kv_format"},
      {R"({"ignore_capacity": "true"})", ErrorCode::wrong_type, "ignore_capacity"},
      {R"({"ignore_capacity": 1})", ErrorCode::wrong_type, "ignore_capacity"},
      {R"({"model": "deepseek"})", ErrorCode::unknown_model, "model"},
      {R"({"device": "h2000"})", ErrorCode::unknown_device, "device"},
      {R"({"device": 3})", ErrorCode::wrong_type, "device"},
      {R"({"device": "h20", "device": "h800"})", ErrorCode::duplicate_parameter, "device"},
      {R"({"decode.batch_per_gpu": 1, "decode": {"batch_per_gpu": 2}})", ErrorCode::duplicate_parameter, "decode.batch_per_gpu"},
      {R"({"decode.batch_per_gpu": NaN})", ErrorCode::malformed_json, ""},
      {R"({"decode.batch_per_gpu": 1e999})", ErrorCode::out_of_range, "decode.batch_per_gpu"},
      {R"({"decode": {"batch_per_gpu": [-1e999]}})", ErrorCode::out_of_range, "batch_per_gpu"},
      {"1e999", ErrorCode::out_of_range, "JSON"},
      {R"({"device": "h20",})", ErrorCode::malformed_json, ""},
      {"", ErrorCode::malformed_json, ""},
      {"[]", ErrorCode::not_an_object, ""},
      {"3", ErrorCode::not_an_object, ""},
      {"{\"device\": \"h\xff\"}", ErrorCode::malformed_json, ""},
      {R"({"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}})", ErrorCode::nested_too_deep, ""},
  };
  for (const Bad& bad : cases) {
    const Outcome<Scenario> outcome = read(bad.text);
    ASSERT_FALSE(outcome.ok()) << bad.text;
    EXPECT_EQ(name_of(outcome.errors()[0].code), name_of(bad.code)) << bad.text;
    EXPECT_EQ(outcome.errors()[0].field, bad.field) << bad.text;
  }
}

TEST(ScenarioJson, AllMistakesAtOnce) {
  const Outcome<Scenario> outcome = read(R"({"device": "x", "kv_format": "y", "nonsense": 1, "decode.batch_per_gpu": 0})");
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.errors().size(), 4u);
}

TEST(ScenarioJson, SuggestsTheNearestKey) {
  EXPECT_EQ(read(R"({"decode.batch_per_gpus": 3})").errors()[0].allowed, "decode.batch_per_gpu");
  EXPECT_EQ(read(R"({"batch_per_gpu": 3})").errors()[0].allowed, "decode.batch_per_gpu");
  EXPECT_EQ(read(R"({"batch_per_gp": 3})").errors()[0].allowed, "decode.batch_per_gpu");
  EXPECT_EQ(read(R"({"device": "h2000"})").errors()[0].allowed, "h200");
  EXPECT_EQ(read(R"({"model": "deepseek-r2"})").errors()[0].allowed, "deepseek-r1");
}

TEST(ScenarioJson, LargeAndHostileTexts) {
  EXPECT_EQ(read(std::string(10 << 20, ' ')).errors()[0].code, ErrorCode::text_too_large);
  EXPECT_EQ(read(std::string(500000, '[')).errors()[0].code, ErrorCode::nested_too_deep);
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "{\"a\":";
  EXPECT_FALSE(read(deep).ok());
  // A hostile megabyte of keys is refused at once, by no more errors than a page can show.
  std::string many = "{\"x\": 1";
  for (int i = 0; i < 70000; ++i) many += ", \"" + std::to_string(i) + "\": 1";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(read(many + "}").errors().size(), most_errors);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  const Error huge = read("{\"prompt_tokens\": " + std::string(400, '9') + "}").errors()[0];
  EXPECT_EQ(name_of(huge.code), name_of(ErrorCode::out_of_range));
  EXPECT_EQ(huge.field, "prompt_tokens");
  EXPECT_TRUE(huge.value.starts_with("999999") && huge.value.size() < 90) << huge.value;
  EXPECT_FALSE(huge.allowed.empty());
  // What is repeated in a message is short and cannot turn the line around.
  const Error error = read("{\"\\u202Eevil" + std::string(5000, 'x') + "\": 1}").errors()[0];
  EXPECT_LE(error.field.size(), 90u);
  EXPECT_EQ(error.field.find("\xE2\x80\xAE"), std::string::npos);
}

TEST(ScenarioJson, FlatAndNestedMeanTheSame) {
  const Scenario flat = read(R"({"device": "H20", "decode.batch_per_gpu": 32, "economics.average_nodes": 3})").value();
  const Scenario nested = read(R"({"economics": {"average_nodes": 3}, "decode": {"batch_per_gpu": 32}, "device": "h20"})").value();
  EXPECT_EQ(flat, nested);
}

TEST(ScenarioJson, WritesWhatItReads) {
  for (const Preset& preset : presets()) {
    const Scenario scenario = preset_scenario(preset.id).value();
    EXPECT_EQ(read(scenario_json(scenario).dump()).value(), scenario) << preset.id;
    EXPECT_EQ(read(scenario_changes_json(scenario, Scenario::defaults()).dump()).value(), scenario) << preset.id;
  }
}

TEST(ScenarioJson, NamesAreWholeNames) {
  // "H20" must not match H200, and the article's spelling with an underscore is an alias.
  EXPECT_EQ(value_text(Parameter::device, read(R"({"device": "H20"})").value()[Parameter::device]), "h20");
  EXPECT_EQ(value_text(Parameter::device, read(R"({"device": "H200"})").value()[Parameter::device]), "h200");
  EXPECT_EQ(value_text(Parameter::device, read(R"({"device": "h20_3e"})").value()[Parameter::device]), "h20-3e");
  EXPECT_EQ(value_text(Parameter::device, read(R"({"device": "h100_sxm"})").value()[Parameter::device]), "h100-sxm");
  EXPECT_EQ(value_text(Parameter::model, read(R"({"model": "deepseek-ai/DeepSeek-R1"})").value()[Parameter::model]), "deepseek-r1");
}

}  // namespace
}  // namespace moecalc
