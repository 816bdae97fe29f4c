// The words of engine/texts: the same keys and places in both languages, and words for everything that the engine can
// say.
//
// What the engine can say is asked of the engine itself, through the calls that the page uses, over questions chosen so
// that every operator, note, quirk and symbol turns up.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "api/api.h"
#include "architecture/config_json.h"
#include "catalogue/catalogue.h"
#include "errors/error.h"
#include "parameters/parameter.h"
#include "pipeline/timeline.h"
#include "report/quantity_table.h"
#include "scenario/presets.h"
#include "sweep/presets.h"

namespace moecalc {
namespace {

using Json = nlohmann::ordered_json;
using Names = std::set<std::string>;

std::string read_file(const std::string& language) {
  std::ifstream stream(std::string(MOECALC_TESTS_DIR) + "/../engine/texts/" + language + ".json", std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

const Json& dictionary(const std::string& language) {
  static const Json en = Json::parse(read_file("en"));
  static const Json zh = Json::parse(read_file("zh"));
  return language == "en" ? en : zh;
}

std::vector<std::string> keys_of(const Json& words) {
  std::vector<std::string> keys;
  for (const auto& [key, text] : words.items()) keys.push_back(key);
  return keys;
}

// The names between braces.
Names places_of(const std::string& text) {
  Names places;
  for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
    places.insert(text.substr(open + 1, text.find('}', open) - open - 1));
  }
  return places;
}
Names places_of_key(const std::string& key) { return places_of(dictionary("en").value(key, std::string{})); }

// What follows the prefix in the keys that have it, hints aside.
Names names_with_words(std::string_view prefix) {
  Names names;
  for (const std::string& key : keys_of(dictionary("en"))) {
    if (key.starts_with(prefix) && !key.ends_with(".hint")) names.insert(key.substr(prefix.size()));
  }
  return names;
}

void expect_words(const std::string& key) { EXPECT_TRUE(dictionary("en").contains(key)) << "no words for " << key; }
void expect_hints(const std::string& prefix, const Names& names) {
  for (const std::string& name : names) expect_words(prefix + name + ".hint");
}

// Words for each of the names and for nothing else, said name by name: two whole sets would be unreadable in a failure.
void expect_exactly(const std::string& prefix, const Names& names) {
  const Names worded = names_with_words(prefix);
  for (const std::string& name : names) expect_words(prefix + name);
  for (const std::string& name : worded) EXPECT_TRUE(names.contains(name)) << "nothing is called " << prefix << name;
}

Json value_of(const std::string& answer) {
  const Json json = Json::parse(answer);
  return json["ok"] == true ? json["value"] : Json();
}

// Every preset, and what the presets leave out.
std::vector<std::string> questions() {
  std::vector<std::string> list{
      R"({})",
      R"({"prefill.expert_parallel": 32, "decode.expert_parallel": 144, "decode.redundant_experts": 32})",
      R"({"device": "h200", "serving": "aggregated", "decode.tensor_parallel": 8, "decode.concurrency": 64, "mtp_draft_tokens": 2})",
      R"({"model": "llama-3.1-70b", "device": "h100-sxm", "decode.expert_parallel": 8, "decode.tensor_parallel": 8, "decode.pipeline_parallel": 2,
          "decode.batch_per_gpu": 16, "prefill.tensor_parallel": 4})",
      R"({"model": "gpt-oss-120b", "device": "h100-sxm", "weight_format": "mxfp4", "decode.batch_per_gpu": 8})",
      R"({"model": "qwen3-next-80b-a3b", "device": "h20", "decode.tensor_parallel": 4, "decode.batch_per_gpu": 8, "mtp_draft_tokens": 1})",
      R"({"model": "deepseek-v3.2", "device": "h200", "mla_absorb": "no", "decode.batch_per_gpu": 16})",
      R"({"model": "qwen3-235b-a22b", "device": "b200", "weight_format": "nvfp4", "decode.data_parallel": 8, "overlap": "single_batch"})",
      R"({"model": "deepseek-r1", "device": "gb200", "decode.expert_parallel": 32, "overlap": "ideal", "communication_sms": 12})",
      R"({"device": "a100-sxm-80g", "serving": "aggregated", "decode.tensor_parallel": 16, "decode.concurrency": 8})",
      R"({"model": "deepseek-r1", "device": "h100-sxm", "decode.tensor_parallel": 16, "prefill.tensor_parallel": 16})",
      R"({"model": "custom", "device": "custom", "model.layers": 24, "model.hidden_size": 2048, "model.vocab_size": 100000, "model.heads": 16,
          "model.kv_heads": 4, "model.head_dim": 128, "model.v_head_dim": 128, "model.dense_intermediate_size": 8192, "decode.batch_per_gpu": 8,
          "device.memory_gib": 80, "device.memory_bandwidth_gb_per_s": 3000, "device.peak_dense_bf16_tflops": 900, "device.peak_dense_fp8_tflops": 1800,
          "device.scaleup_unidirectional_gb_per_s": 450})",
      R"({"decode.batch_per_gpu": 4096, "decode.expert_parallel": 144, "kv_format": "bf16", "ignore_capacity": true})",
      R"({"phase": "prefill"})",
      R"({"prefix_cache_hit_rate": 0.99})",
      R"({"phase": "decode"})",
      R"({"method": "zartbot"})",
      R"({"method": "zartbot", "overlap": "none", "mla_absorb": "no", "decode.batch_per_gpu": 8})",
      R"({"method": "zartbot", "device": "h20", "overlap": "none"})",
      R"({"method": "zartbot", "device": "h20", "prompt_tokens": 8192, "decode.batch_per_gpu": 8})",
      R"({"method": "zartbot", "device": "h800", "nic_gbit_per_s": 100, "prompt_tokens": 1024})",
      R"({"method": "zartbot", "kv_format": "bf16", "ignore_capacity": true, "decode.batch_per_gpu": 256, "decode.tensor_parallel": 4})",
      R"({"method": "zartbot", "phase": "decode", "decode.tensor_parallel": 1, "decode.batch_per_gpu": 32})",
      R"({"method": "zartbot", "phase": "prefill", "prefill.tensor_parallel": 1})",
      R"({"method": "zartbot", "device": "custom", "nic_gbit_per_s": 400, "communication_sms": 20, "device.sm_count": 132,
          "device.peak_dense_bf16_tflops": 900, "device.peak_dense_fp8_tflops": 1800, "device.memory_gib": 80,
          "device.memory_bandwidth_gb_per_s": 3000, "device.scaleup_unidirectional_gb_per_s": 450})",
      R"({"method": "shinez"})",
      R"({"method": "shinez", "overlap": "none", "mtp_draft_tokens": 1, "attention_pipeline": "none"})",
      R"({"method": "shinez", "weight_format": "bf16", "kv_format": "bf16", "mtp_draft_tokens": 1, "kv_tokens": 8192})",
      R"({"method": "shinez", "shinez_version": "v0", "overlap": "none", "decode.batch_per_gpu": 33})",
      R"({"method": "shinez", "shinez_version": "v0", "device": "l40s", "weight_format": "bf16", "decode.batch_per_gpu": 16})",
      R"({"method": "shinez", "deep_gemm": false, "attention_pipeline": "three_stage"})",
      R"({"method": "shinez", "device": "h20", "nic_gbit_per_s": 100})",
      R"({"method": "shinez", "device": "h20", "decode.batch_per_gpu": 1024})",
      R"({"method": "shinez", "device": "l20", "decode.batch_per_gpu": 512, "ignore_capacity": true})",
      R"({"method": "shinez", "device": "custom", "nic_gbit_per_s": 400, "attention_pipeline": "two_stage", "device.sm_count": 132,
          "device.boost_mhz": 1800, "device.peak_dense_bf16_tflops": 900, "device.peak_dense_fp8_tflops": 1800, "device.memory_gib": 80,
          "device.memory_bandwidth_gb_per_s": 3000})",
  };
  const Json named = value_of(api::names());
  EXPECT_EQ(named.at("presets").size(), presets().size());
  for (const Json& preset : named.at("presets")) list.push_back(preset["scenario"].dump());
  return list;
}

// Everything that evaluations and explanations of the questions name.
struct Said {
  Names operators, resources, ledger, notes, symbols, origins, quirks, units;
  std::vector<Json> note_values;
};

void hear_report(const Json& report, Said& said) {
  for (const auto& [name, phase] : report["phases"].items()) {
    for (const Json& o : phase["operators"]) {
      said.operators.insert(o["id"]);
      said.resources.insert(o["resource"]);
    }
  }
  if (report.contains("memory")) {
    for (const Json& item : report["memory"]["items"]) said.ledger.insert(item["id"]);
  }
  for (const Json& note : report["notes"]) {
    said.notes.insert(note["code"]);
    said.note_values.push_back(note);
  }
}

void hear_explanation(const Json& explanation, Said& said) {
  for (const Json& quirk : explanation["quirks"]) said.quirks.insert(quirk);
  for (const Json& input : explanation["inputs"]) {
    said.origins.insert(input["origin"]);
    if (input["unit"] != "") said.units.insert(input["unit"]);
    const std::string name = input["name"];
    expect_words(name);
    if (name.starts_with("symbol.")) said.symbols.insert(name.substr(std::string_view("symbol.").size()));
  }
}

const Said& everything_said() {
  static const Said all = [] {
    Said said;
    for (const std::string& question : questions()) {
      const Json report = value_of(api::evaluate(question));
      EXPECT_TRUE(report.is_object()) << question;
      if (!report.is_object()) continue;
      hear_report(report, said);
      for (const QuantityInfo& q : quantity_table()) {
        const Json explanation = value_of(api::explain(question, q.key));
        if (explanation.is_object()) hear_explanation(explanation, said);
      }
    }
    return said;
  }();
  return all;
}

Names numbers_of(const Json& numbers) {
  Names names;
  for (const auto& [name, number] : numbers.items()) names.insert(name);
  return names;
}

TEST(Texts, HaveTheSameKeysInTheSameOrder) { EXPECT_EQ(keys_of(dictionary("en")), keys_of(dictionary("zh"))); }

TEST(Texts, HaveTheSamePlaces) {
  for (const auto& [key, text] : dictionary("en").items()) {
    EXPECT_EQ(places_of(text), places_of(dictionary("zh").value(key, std::string{}))) << key;
  }
}

TEST(Texts, AreNeverEmptyNorGivenTwice) {
  for (const std::string language : {"en", "zh"}) {
    Names seen;
    std::size_t keys = 0;
    const Json parsed = Json::parse(read_file(language), [&](int, Json::parse_event_t event, Json& key) {
      if (event != Json::parse_event_t::key) return true;
      ++keys;
      seen.insert(key.get<std::string>());
      return true;
    });
    EXPECT_EQ(seen.size(), keys) << language;
    for (const auto& [key, text] : parsed.items()) {
      ASSERT_TRUE(text.is_string()) << key;
      EXPECT_FALSE(text.get<std::string>().empty()) << language << ' ' << key;
    }
  }
}

TEST(Texts, NameEveryParameterAndNoOther) {
  Names keys, groups, choices, units;
  for (const ParameterInfo& row : parameter_table()) {
    keys.insert(std::string(row.key));
    for (const std::string_view choice : row.choices) choices.insert(std::string(choice));
    if (row.allows_auto) choices.insert("auto");
    if (row.type == ParameterType::boolean) choices.insert({"true", "false"});
    if (row.type == ParameterType::device) choices.insert(value_text(row.id, custom_device()));
    if (row.type == ParameterType::model) choices.insert(value_text(row.id, custom_model()));
    if (!row.unit.id.empty()) units.insert(std::string(row.unit.id));
  }
  for (const std::string_view group : parameter_groups()) groups.insert(std::string(group));
  expect_exactly("parameter.", keys);
  expect_exactly("group.", groups);
  expect_exactly("choice.", choices);
  expect_hints("parameter.", keys);
  expect_hints("group.", groups);
  for (const std::string& each : units) expect_words("unit." + each);
}

TEST(Texts, NameEveryQuantityAndNoOther) {
  Names keys, groups;
  for (const QuantityInfo& row : quantity_table()) {
    keys.insert(std::string(row.key));
    groups.insert(std::string(row.group));
    if (!row.unit.id.empty()) expect_words("unit." + std::string(row.unit.id));
  }
  expect_exactly("quantity.", keys);
  expect_exactly("quantity_group.", groups);
  expect_hints("quantity.", keys);
}

TEST(Texts, NameTheTimelinesStagesStreamsAndBubbles) {
  Names stages, streams, rests;
  for (int i = 0; i <= static_cast<int>(Stage::scheduling); ++i) stages.insert(std::string(name_of(static_cast<Stage>(i))));
  for (const Stream stream : {Stream::computing, Stream::communication}) streams.insert(std::string(name_of(stream)));
  for (int i = 0; i <= static_cast<int>(Rest::end); ++i) rests.insert(std::string(name_of(static_cast<Rest>(i))));
  expect_exactly("plan.timeline.stage.", stages);
  expect_exactly("plan.timeline.stream.", streams);
  expect_exactly("plan.timeline.rest.", rests);
}

TEST(Texts, WordEveryErrorWithItsThreePlaces) {
  Names codes;
  for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code)
    codes.insert(std::string(name_of(static_cast<ErrorCode>(code))));
  expect_exactly("error.", codes);
  const Names known{"field", "value", "allowed"};
  for (const std::string& code : codes) {
    for (const std::string& place : places_of_key("error." + code))
      EXPECT_TRUE(known.contains(place)) << code << ' ' << place;
  }
}

TEST(Texts, WordEveryNoteOfAnImport) {
  Names codes;
  for (int code = 0; code <= static_cast<int>(ConfigNoteCode::experts_only_assumed); ++code)
    codes.insert(std::string(name_of(static_cast<ConfigNoteCode>(code))));
  expect_exactly("config_note.", codes);
}

TEST(Texts, NameEveryPreset) {
  Names ids;
  for (const Preset& preset : presets()) ids.insert(std::string(preset.id));
  expect_exactly("preset.", ids);
  expect_hints("preset.", ids);
}

TEST(Texts, NameEverySweepPreset) {
  Names ids;
  for (const SweepPreset& preset : sweep_presets()) ids.insert(std::string(preset.id));
  expect_exactly("sweep_preset.", ids);
  expect_hints("sweep_preset.", ids);
}

TEST(Texts, WordEveryConclusionWithAllItsNumbers) {
  Names ids;
  for (const Json& conclusion : value_of(api::conclusions())) {
    ids.insert(conclusion["id"]);
    EXPECT_EQ(places_of_key("conclusion." + conclusion["id"].get<std::string>()), numbers_of(conclusion["numbers"]))
        << conclusion["id"];
  }
  expect_exactly("conclusion.", ids);
}

TEST(Texts, WordEveryNoteWithAllItsNumbers) {
  expect_exactly("note.", everything_said().notes);
  for (const Json& note : everything_said().note_values) {
    EXPECT_EQ(places_of_key("note." + note["code"].get<std::string>()), numbers_of(note["parameters"])) << note["code"];
  }
}

TEST(Texts, NameEveryOperatorResourceAndLedgerItem) {
  expect_exactly("operator.", everything_said().operators);
  expect_exactly("resource.", everything_said().resources);
  expect_exactly("ledger.", everything_said().ledger);
}

TEST(Texts, NameEverySymbolAndOriginOfExplanations) {
  expect_exactly("symbol.", everything_said().symbols);
  expect_exactly("origin.", everything_said().origins);
  for (const std::string& each : everything_said().units) expect_words("unit." + each);
}

TEST(Texts, WordEveryQuirk) { expect_exactly("quirk.", everything_said().quirks); }

TEST(Texts, NameWhatTheCatalogueSaysOfItsNumbers) {
  Names kinds;
  for (const Source& source : sources()) kinds.insert(std::string(name_of(source.kind)));
  for (const Device& device : devices()) {
    for (const DeviceField& field : device_fields()) {
      const Fact& fact = device.*field.member;
      if (fact.known()) {
        kinds.insert(std::string(name_of(fact.kind)));
      } else {
        expect_words("state." + std::string(name_of(fact.state)));
      }
    }
  }
  expect_exactly("kind.", kinds);
  for (const DeviceField& field : device_fields()) expect_words("fact." + std::string(field.key));
  for (const DeviceFlagField& field : device_flag_fields()) expect_words("fact." + std::string(field.key));
  for (const DeviceTextField& field : device_text_fields()) expect_words("fact." + std::string(field.key));
  for (const ModelShapeField& field : model_shape_fields()) expect_words("fact." + std::string(field.key));
  expect_exactly("status.", (Names{"ok", "does_not_fit", "invalid"}));
}

// Every code that boxes and machines answer with, over questions that bring out the rare ones.
TEST(Texts, WordBoxesAndMachines) {
  const auto say = [](const char* prefix, const Json& code) {
    if (code != "") expect_words(std::string("plan.") + prefix + code.get<std::string>());
  };
  for (const char* scenario : {R"({})", R"({"purchase.tokens_per_s_per_user": 90})", R"({"model": "kimi-k2", "weight_format": "int4"})", R"({"model": "llama-3.1-405b"})"}) {
    const Json boxes = value_of(api::plan(std::string(R"({"plan": "boxes", "scenario": )") + scenario + "}"));
    ASSERT_FALSE(boxes.is_null()) << scenario;
    for (const Json& row : boxes["rows"]) {
      say("boxes.id.", row["id"]);
      say("boxes.note.", row["note"]);
      say("boxes.verdict.", row["advice"]);
      for (const Json& point : row["points"]) say("boxes.point.", point["code"]);
      for (const Json& box : row["computed"]) {
        say("boxes.verdict.", box["verdict"]);
        say("boxes.agreement.", box["agreement"]);
        for (const Json& format : box["formats"]) say("boxes.held.", format["format"].get<std::string>() + "_" + format["computed_in"].get<std::string>());
        for (const Json& reason : box["reasons"]) {
          say("boxes.reason.", reason["code"]);
          Names numbers;
          for (const auto& [name, number] : reason["numbers"].items()) numbers.insert(name);
          const Names places = places_of_key("plan.boxes.reason." + reason["code"].get<std::string>());
          for (const std::string& place : places) EXPECT_TRUE(numbers.contains(place)) << reason;
        }
      }
    }
  }
  const Json machines = value_of(api::plan(R"({"plan": "machines"})"));
  for (const Json& card : machines["cards"]) {
    say("machines.reading.", card["fp16_reading"]);
    say("machines.reading.", card["int8_reading"]);
  }
}

}  // namespace
}  // namespace moecalc
