// config.json files: those of the catalogue give its architectures; other families, refusals and broken files.
#include "architecture/config_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "catalogue/catalogue.h"

namespace moecalc {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* small = R"({"model_type": "llama", "num_hidden_layers": 4, "hidden_size": 64, "num_attention_heads": 4, "num_key_value_heads": 2,
  "intermediate_size": 128, "vocab_size": 1000, "tie_word_embeddings": false})";

Json with(Json changes) {
  Json json = Json::parse(small);
  json.update(changes);
  return json;
}

Architecture imported(const Json& json) {
  const Outcome<ImportedConfig> outcome = read_config(json.dump());
  EXPECT_TRUE(outcome.ok()) << json.dump() << (outcome.ok() ? "" : " " + outcome.errors()[0].field);
  return outcome.ok() ? outcome.value().architecture : Architecture{};
}

Error refused(const std::string& text) {
  const Outcome<ImportedConfig> outcome = read_config(text);
  EXPECT_FALSE(outcome.ok()) << text.substr(0, 200);
  return outcome.ok() ? Error{} : outcome.errors()[0];
}
Error refused_change(const Json& changes) { return refused(with(changes).dump()); }

TEST(ConfigJson, PrimaryConfigsGiveTheCataloguesArchitectures) {
  int checked = 0;
  for (const Model& model : models()) {
    if (!model.confidence.starts_with("primary") || model.config_json.empty()) continue;
    const Outcome<ImportedConfig> outcome = read_config(model.config_json);
    if (!model.covered) {
      EXPECT_FALSE(outcome.ok()) << model.id;
      continue;
    }
    ASSERT_TRUE(outcome.ok()) << model.id << ' ' << outcome.errors()[0].field;
    EXPECT_TRUE(outcome.value().unknown_fields.empty()) << model.id << ' ' << outcome.value().unknown_fields[0];
    Architecture expected = model.architecture;
    // Its entry leaves out quantization_config; the publisher's INT4 weights are those of the experts.
    if (model.id == "kimi-k2-thinking") expected.experts_only_quantized = 0;
    EXPECT_EQ(architecture_json(outcome.value().architecture), architecture_json(expected)) << model.id;
    ++checked;
  }
  EXPECT_GE(checked, 30);
}

TEST(ConfigJson, RefusedModelsNameTheField) {
  for (const auto& [id, field] : {std::pair{"deepseek-v4-pro", "compress_ratios_summary"}, {"kimi-k3", "routed_expert_hidden_size"},
                                  {"minimax-m3", "sparse_attention_config"}, {"minimax-m1", "attention"}, {"longcat-flash-560b", "zero_expert_num"}, {"step-3", "share_q_dim"}}) {
    const Outcome<ImportedConfig> outcome = read_config(find_model(id)->config_json);
    ASSERT_FALSE(outcome.ok()) << id;
    bool is_named = false;
    for (const Error& e : outcome.errors()) is_named = is_named || (e.code == ErrorCode::model_not_covered && e.field == field);
    EXPECT_TRUE(is_named) << id;
  }
}

TEST(ConfigJson, ReadsTheLanguagePartOfAWrapper) {
  Json inner = with(Json::object());
  inner.erase("tie_word_embeddings");
  const Outcome<ImportedConfig> outcome = read_config(Json{{"model_type", "wrapper"}, {"tie_word_embeddings", true}, {"vision_config", {{"depth", 3}}}, {"text_config", inner}}.dump());
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome.value().model_type, "llama");
  EXPECT_EQ(outcome.value().architecture.tied_embeddings, 1);
  EXPECT_EQ(outcome.value().notes[0].code, ConfigNoteCode::text_part_only);
}

TEST(ConfigJson, CountsLayersByListsAndSteps) {
  const Json moe{{"num_experts", 8}, {"num_experts_per_tok", 2}, {"moe_intermediate_size", 32}};
  const auto moe_layers = [&](const Json& changes) {
    Json json = with(moe);
    json.update(changes);
    return imported(json).moe_layers;
  };
  EXPECT_EQ(moe_layers(Json::object()), 4);
  EXPECT_EQ(moe_layers({{"first_k_dense_replace", 1}}), 3);
  EXPECT_EQ(moe_layers({{"first_k_dense_replace", 1}, {"moe_layer_freq", 2}}), 1);
  EXPECT_EQ(moe_layers({{"moe_layer_freq", {0, 1, 1, 1}}}), 3);
  EXPECT_EQ(moe_layers({{"decoder_sparse_step", 2}}), 2);
  EXPECT_EQ(moe_layers({{"mlp_only_layers", {0, 3}}}), 2);
  EXPECT_EQ(moe_layers({{"interleave_moe_layer_step", 2}}), 2);
  EXPECT_EQ(moe_layers({{"moe_layers_enum", "1,2,3,4"}}), 3);
  EXPECT_EQ(moe_layers({{"mlp_layer_types", {"dense", "sparse", "sparse", "sparse"}}}), 3);
  EXPECT_EQ(moe_layers({{"moe_layer_start_index", 1}, {"moe_layer_end_index", -1}, {"moe_layer_interval", 1}}), 3);
  EXPECT_EQ(imported(with(moe)).dense_intermediate_size, 0);
}

TEST(ConfigJson, FindsTheWindowLayers) {
  const auto window_layers = [](const Json& changes) { return imported(with(changes)).window_layers; };
  EXPECT_EQ(window_layers({{"sliding_window", nullptr}}), 0);
  EXPECT_EQ(window_layers({{"sliding_window", 16}, {"use_sliding_window", false}}), 0);
  EXPECT_EQ(window_layers({{"model_type", "mistral"}, {"sliding_window", 16}}), 4);
  EXPECT_EQ(window_layers({{"model_type", "mistral"}, {"sliding_window", 16}, {"max_position_embeddings", 16}}), 0);
  EXPECT_EQ(window_layers({{"model_type", "qwen2"}, {"sliding_window", 16}, {"max_window_layers", 3}, {"use_sliding_window", true}}), 1);
  EXPECT_EQ(window_layers({{"model_type", "gpt_oss"}, {"sliding_window", 16}}), 2);
  EXPECT_EQ(window_layers({{"model_type", "gemma3_text"}, {"sliding_window", 16}, {"sliding_window_pattern", 2}}), 2);
  // A list may go on with the draft layers.
  EXPECT_EQ(window_layers({{"sliding_window", 16}, {"layer_types", {"full_attention", "sliding_attention", "sliding_attention", "full_attention", "sliding_attention"}}}), 2);
  EXPECT_EQ(refused_change({{"sliding_window", 16}, {"layer_types", {"mamba", "mamba", "mamba", "full_attention"}}}).code, ErrorCode::model_not_covered);
  const Error other_heads = refused_change({{"sliding_window", 16}, {"model_type", "mistral"}, {"attention_other_setting", {{"num_attention_heads", 6}}}});
  EXPECT_EQ(other_heads.code, ErrorCode::model_not_covered);
  EXPECT_EQ(other_heads.field, "attention_other_setting.num_attention_heads");
}

TEST(ConfigJson, KnowsWeightsWhoseExpertsAloneAreQuantised) {
  Json json = with({{"num_experts", 8}, {"num_experts_per_tok", 2}, {"moe_intermediate_size", 32}, {"n_shared_experts", 1}});
  json["quantization_config"] = {{"quant_method", "compressed-tensors"}, {"ignore", {"lm_head", "re:.*self_attn.*", "re:.*shared_experts.*"}}};
  EXPECT_EQ(imported(json).experts_only_quantized, 1);
  json["quantization_config"]["ignore"] = {"lm_head"};
  EXPECT_EQ(imported(json).experts_only_quantized, 0);
  json["quantization_config"] = {{"quant_method", "mxfp4"}};
  EXPECT_EQ(imported(json).experts_only_quantized, 1);
  json["quantization_config"] = {{"quant_method", "fp8"}};
  EXPECT_EQ(imported(json).experts_only_quantized, 0);
}

TEST(ConfigJson, NamesWhatItDoesNotKnow) {
  const Outcome<ImportedConfig> outcome = read_config(with({{"model_type", "novel"}, {"novel_part", 7}, {"rope_theta", 1e6}, {"eos_token_id", 2}}).dump());
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome.value().unknown_fields, std::vector<std::string>{"novel_part"});
  EXPECT_EQ(outcome.value().notes[0].code, ConfigNoteCode::unknown_model_type);
}

TEST(ConfigJson, RefusesBrokenAndHostileFiles) {
  EXPECT_EQ(refused("").code, ErrorCode::malformed_json);
  EXPECT_EQ(refused("{").code, ErrorCode::malformed_json);
  EXPECT_EQ(refused("[]").code, ErrorCode::not_an_object);
  EXPECT_EQ(refused("null").code, ErrorCode::not_an_object);
  EXPECT_EQ(refused("{\"a\": 1e999}").code, ErrorCode::out_of_range);
  EXPECT_EQ(refused("{\"a\": 1e999}").value, "1e999");
  EXPECT_EQ(refused("{\"a\": \"\xff\"}").code, ErrorCode::malformed_json);
  EXPECT_EQ(refused("{\"a\": 1, \"a\": 2}").code, ErrorCode::duplicate_parameter);
  EXPECT_EQ(refused(std::string(100000, '[')).code, ErrorCode::nested_too_deep);
  EXPECT_EQ(refused(std::string(2 << 20, ' ')).code, ErrorCode::text_too_large);
  const Error none = refused("{}");
  EXPECT_EQ(none.code, ErrorCode::config_missing_field);
  EXPECT_EQ(none.field, "num_hidden_layers");
  EXPECT_EQ(refused_change({{"hidden_size", "64"}}).code, ErrorCode::wrong_type);
  EXPECT_EQ(refused_change({{"hidden_size", -64}}).code, ErrorCode::out_of_range);
  EXPECT_EQ(refused_change({{"hidden_size", 1e300}}).code, ErrorCode::out_of_range);
  EXPECT_EQ(refused_change({{"hidden_size", 0}}).code, ErrorCode::out_of_range);
  EXPECT_EQ(refused_change({{"hidden_size", 64.5}}).code, ErrorCode::not_an_integer);
  EXPECT_EQ(refused_change({{"hidden_size", {64, 65}}}).code, ErrorCode::model_not_covered);
  EXPECT_EQ(refused_change({{"num_hidden_layers", 1000000000}}).code, ErrorCode::out_of_range);
  EXPECT_EQ(refused_change({{"num_attention_heads", 0}}).code, ErrorCode::out_of_range);
  EXPECT_EQ(refused_change({{"num_key_value_heads", 3}}).code, ErrorCode::inconsistent);
  EXPECT_EQ(refused_change({{"num_key_value_heads", 0}}).code, ErrorCode::inconsistent);
  EXPECT_EQ(refused_change({{"tie_word_embeddings", 3}}).code, ErrorCode::wrong_type);
  EXPECT_EQ(refused_change({{"layer_types", {"full_attention"}}}).code, ErrorCode::inconsistent);
  EXPECT_EQ(refused_change({{"num_experts", 8}, {"n_routed_experts", 9}}).code, ErrorCode::inconsistent);
  EXPECT_EQ(refused_change({{"num_experts", 8}, {"num_experts_per_tok", 9}, {"moe_intermediate_size", 8}}).code, ErrorCode::inconsistent);
  EXPECT_EQ(refused_change({{"num_experts", 8}}).field, "num_experts_per_tok");
  EXPECT_EQ(refused_change({{"kv_lora_rank", 16}}).field, "qk_rope_head_dim");
  EXPECT_EQ(refused_change({{"hidden_act", "relu2"}}).field, "hidden_act");
  EXPECT_EQ(refused_change({{"hc_mult", 4}}).field, "hc_mult");
}

// Whatever stands in one field, the answer is a value or errors.
TEST(ConfigJson, SurvivesAnyValueInAnyField) {
  const Json odd[] = {nullptr, true, -1, 0, 0.5, 1e18, "", "x", Json::array(), Json::array({1, "a"}), Json::array({Json::array()}), Json::object(), Json{{"a", Json::object()}}};
  std::set<std::string_view> families;
  for (const Model& model : models()) {
    if (model.config_json.empty() || !families.insert(model.model_type).second) continue;
    const Json config = Json::parse(model.config_json);
    for (const auto& [name, value] : config.items()) {
      for (const Json& each : odd) {
        Json changed = config;
        changed[name] = each;
        const Outcome<ImportedConfig> outcome = read_config(changed.dump());
        EXPECT_TRUE(outcome.ok() || !outcome.errors().empty()) << model.id << ' ' << name;
      }
    }
  }
}

}  // namespace
}  // namespace moecalc
