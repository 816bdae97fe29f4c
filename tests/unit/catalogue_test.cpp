#include "catalogue/catalogue.h"

#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <set>
#include <stdexcept>
#include <string>

#include "catalogue/catalogue_json.h"

namespace moecalc {
namespace {

const Device& device(std::string_view name) {
  const Device* found = find_device(name);
  if (found == nullptr) throw std::runtime_error("no device " + std::string(name));
  return *found;
}

const Model& model(std::string_view name) {
  const Model* found = find_model(name);
  if (found == nullptr) throw std::runtime_error("no model " + std::string(name));
  return *found;
}

// The spelling by which names are compared.
std::string folded(std::string_view name) {
  std::string text(name);
  for (char& c : text) c = c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

bool is_source(int index) { return index >= 0 && static_cast<std::size_t>(index) < sources().size(); }

TEST(Catalogue, HoldsEveryEntry) {
  EXPECT_EQ(devices().size(), 45u);
  EXPECT_EQ(models().size(), 56u);
  EXPECT_GE(sources().size(), 40u);
}

TEST(Catalogue, NamesBelongToOneEntryAndFindIt) {
  std::set<std::string> device_names;
  for (const Device& entry : devices()) {
    EXPECT_TRUE(device_names.insert(folded(entry.id)).second) << entry.id;
    EXPECT_EQ(find_device(entry.id), &entry);
    for (std::string_view alias : entry.aliases) {
      EXPECT_TRUE(device_names.insert(folded(alias)).second) << alias;
      EXPECT_EQ(find_device(alias), &entry) << alias;
    }
  }
  std::set<std::string> model_names;
  for (const Model& entry : models()) {
    EXPECT_TRUE(model_names.insert(folded(entry.id)).second) << entry.id;
    EXPECT_EQ(find_model(entry.id), &entry);
    for (std::string_view alias : entry.aliases) {
      EXPECT_TRUE(model_names.insert(folded(alias)).second) << alias;
      EXPECT_EQ(find_model(alias), &entry) << alias;
    }
  }
  std::set<std::string_view> source_ids;
  for (const Source& source : sources()) {
    EXPECT_TRUE(source_ids.insert(source.id).second) << source.id;
    EXPECT_EQ(find_source(source.id), &source);
  }
}

TEST(Catalogue, IgnoresCaseAndUnderscores) {
  EXPECT_EQ(device("H100_SXM").id, "h100-sxm");
  EXPECT_EQ(device("H800").id, "h800");
  EXPECT_EQ(device("h800_sxm").id, "h800");
  EXPECT_EQ(device("H20_3e").id, "h20-3e");
  EXPECT_EQ(device("h20_3E").id, "h20-3e");
  EXPECT_EQ(device("b200_sxm").id, "b200");
  EXPECT_EQ(device("h200_sxm").id, "h200");
  EXPECT_EQ(model("deepseek-ai/DeepSeek-V3").id, "deepseek-v3");
  EXPECT_EQ(model("DeepSeek_V3").id, "deepseek-v3");
  EXPECT_EQ(model("deepseek-ai/DeepSeek-R1").id, "deepseek-r1");
  EXPECT_EQ(model("meta-llama/Llama-3.1-8B-Instruct").id, "llama-3.1-8b");
}

TEST(Catalogue, NeverMatchesPartOfAName) {
  EXPECT_EQ(device("H20").id, "h20");
  EXPECT_EQ(device("H200").id, "h200");
  EXPECT_NE(find_device("H20"), find_device("H200"));
  EXPECT_EQ(device("H20").memory_bandwidth_gb_per_s.value, 4000);
  EXPECT_EQ(device("H200").memory_bandwidth_gb_per_s.value, 4800);
  EXPECT_EQ(device("B200").id, "b200");
  EXPECT_EQ(device("GB200").id, "gb200");
  for (std::string_view part :
       {"", "h", "h2", "h80", "h8000", "h20-", " h20", "h20 ", "a", "910b", "200", "-", "H20-3"}) {
    EXPECT_EQ(find_device(part), nullptr) << part;
  }
  EXPECT_EQ(find_model("deepseek"), nullptr);
  EXPECT_EQ(find_model("deepseek-v"), nullptr);
  EXPECT_EQ(model("deepseek-v3").id, "deepseek-v3");
  EXPECT_EQ(model("deepseek-v3.1").id, "deepseek-v3.1");
  EXPECT_EQ(find_source("zartbot"), nullptr);
}

TEST(Catalogue, GivesPositions) {
  for (std::size_t i = 0; i < devices().size(); ++i) EXPECT_EQ(device_index(devices()[i].id), i);
  for (std::size_t i = 0; i < models().size(); ++i) EXPECT_EQ(model_index(models()[i].id), i);
  EXPECT_FALSE(device_index("no such device"));
  EXPECT_FALSE(model_index("no such model"));
}

TEST(Catalogue, UnknownStaysUnknown) {
  const Device& h20_3e = device("h20-3e");
  EXPECT_EQ(h20_3e.tdp_w.state, FactState::unknown);
  EXPECT_FALSE(h20_3e.tdp_w.known());
  EXPECT_EQ(source_of(h20_3e.tdp_w), nullptr);
  EXPECT_EQ(h20_3e.boost_mhz.state, FactState::unknown);
  EXPECT_EQ(h20_3e.usd_per_gpu_hour.state, FactState::unknown);
  // Nobody has said whether these run FP8: that is not "unsupported".
  EXPECT_EQ(device("mi308x").peak_dense_int8_tops.state, FactState::unknown);
  EXPECT_EQ(device("k100-ai").native_fp8.state, FactState::unknown);
  EXPECT_EQ(device("ascend-910b1").memory_marketed_gb.state, FactState::unknown);
  EXPECT_EQ(device("atlas-300v").year.state, FactState::unknown);
  EXPECT_FALSE(device("tpu-v5e").memory_type.value.empty());
  EXPECT_TRUE(device("ascend-950dt").memory_type.value.empty());
}

TEST(Catalogue, ZeroMeansUnsupported) {
  const Device& a100 = device("a100-sxm-80g");
  EXPECT_EQ(a100.peak_dense_fp8_tflops.state, FactState::unsupported);
  EXPECT_EQ(a100.native_fp8.state, FactState::unsupported);
  EXPECT_NE(source_of(a100.peak_dense_fp8_tflops), nullptr);
  EXPECT_EQ(device("v100-sxm2-32g").peak_dense_bf16_tflops.state, FactState::unsupported);
  EXPECT_EQ(device("h800").peak_dense_fp4_tflops.state, FactState::unsupported);
  EXPECT_EQ(device("h800").native_fp8.state, FactState::known);
  // TPU v5p computes FP8 at the BF16 rate without units for it.
  EXPECT_EQ(device("tpu-v5p").native_fp8.state, FactState::unsupported);
  EXPECT_EQ(device("tpu-v5p").peak_dense_fp8_tflops.value, 459);
  EXPECT_EQ(device("tpu-v5p").peak_dense_fp4_tflops.state, FactState::unknown);
}

TEST(Catalogue, HoldsTheNumbersOfH800) {
  const Device& h800 = device("h800");
  EXPECT_EQ(h800.peak_dense_bf16_tflops.value, 989);
  EXPECT_EQ(h800.peak_dense_fp8_tflops.value, 1979);
  EXPECT_EQ(h800.memory_marketed_gb.value, 80);
  EXPECT_EQ(h800.memory_bandwidth_gb_per_s.value, 3350);
  EXPECT_EQ(h800.scaleup_unidirectional_gb_per_s.value, 200);
  EXPECT_EQ(h800.scaleout_nic_gbit_per_s.value, 400);
  EXPECT_EQ(h800.sm_count.value, 132);
  EXPECT_EQ(h800.usd_per_gpu_hour.value, 2);
  EXPECT_EQ(source_of(h800.usd_per_gpu_hour)->id, "deepseek-overview-2025");
  EXPECT_EQ(h800.measured_fp8_tflops.kind, FactKind::measured);
  EXPECT_FALSE(h800.usd_per_gpu_hour.note.empty());
}

TEST(Catalogue, KeepsTheRangeOfAScaleUpDomain) {
  EXPECT_EQ(device("gh200").scaleup_domain_devices_min.value, 1);
  EXPECT_EQ(device("gh200").scaleup_domain_devices_max.value, 32);
  EXPECT_EQ(device("trainium2").scaleup_domain_devices_min.value, 16);
  EXPECT_EQ(device("trainium2").scaleup_domain_devices_max.value, 64);
  EXPECT_EQ(device("gb200").scaleup_domain_devices_min.value, 72);
  EXPECT_EQ(device("gb200").scaleup_domain_devices_max.value, 72);
}

TEST(Catalogue, MarksWhatIsUnverified) {
  EXPECT_TRUE(device("b200").sm_count.unverified);
  EXPECT_FALSE(device("b200").memory_bandwidth_gb_per_s.unverified);
  EXPECT_TRUE(device("b300").peak_dense_fp4_tflops.unverified);
  EXPECT_FALSE(device("b300").peak_dense_fp8_tflops.unverified);
  EXPECT_TRUE(device("h20").tdp_w.unverified);
  EXPECT_TRUE(device("h20").boost_mhz.unverified);
  EXPECT_FALSE(device("h20").sm_count.unverified);
  EXPECT_TRUE(device("tpu7x").memory_bandwidth_gb_per_s.unverified);
  EXPECT_TRUE(device("v100").year.unverified);
  EXPECT_FALSE(device("k100-ai").memory_marketed_gb.unverified);
  EXPECT_TRUE(device("k100-ai").memory_bandwidth_gb_per_s.unverified);
  // Announced, not sold: every fact of it.
  const Device& announced = device("ascend-950dt");
  for (const DeviceField& field : device_fields()) {
    const Fact& fact = announced.*field.member;
    EXPECT_TRUE(fact.unverified || fact.state == FactState::unknown) << field.key;
  }
  EXPECT_TRUE(model("deepseek-r1-distill-llama-8b").unverified);
  EXPECT_FALSE(model("deepseek-v3").unverified);
}

TEST(Catalogue, EveryFactHasASource) {
  int checked = 0;
  for (const Device& entry : devices()) {
    const auto check = [&](const Fact& fact, std::string_view key) {
      if (fact.state == FactState::unknown) {
        EXPECT_EQ(fact.source, -1) << entry.id << ' ' << key;
        return;
      }
      EXPECT_TRUE(is_source(fact.source)) << entry.id << ' ' << key;
      if (fact.known()) {
        EXPECT_TRUE(std::isfinite(fact.value) && fact.value > 0) << entry.id << ' ' << key;
      }
      EXPECT_EQ(fact.kind == FactKind::measured, key.starts_with("measured_")) << entry.id << ' ' << key;
      EXPECT_TRUE(fact.unverified || source_of(fact)->id != "from-memory") << entry.id << ' ' << key;
      ++checked;
    };
    for (const DeviceField& field : device_fields()) check(entry.*field.member, field.key);
    for (const DeviceFlagField& field : device_flag_fields()) check(entry.*field.member, field.key);
    for (const DeviceTextField& field : device_text_fields()) {
      const TextFact& fact = entry.*field.member;
      EXPECT_EQ(fact.known(), is_source(fact.source)) << entry.id << ' ' << field.key;
    }
    ASSERT_FALSE(entry.sources.empty()) << entry.id;
    for (int index : entry.sources) EXPECT_TRUE(is_source(index)) << entry.id;
    EXPECT_FALSE(entry.confidence.empty()) << entry.id;
  }
  EXPECT_GT(checked, 600);
  for (const Model& entry : models()) {
    ASSERT_FALSE(entry.sources.empty()) << entry.id;
    for (int index : entry.sources) EXPECT_TRUE(is_source(index)) << entry.id;
    EXPECT_EQ(entry.published_total_b.known(), is_source(entry.published_total_b.source)) << entry.id;
    EXPECT_EQ(entry.published_active_b.known(), is_source(entry.published_active_b.source)) << entry.id;
  }
}

TEST(Catalogue, KnowsTheArticles) {
  ASSERT_NE(find_source("zartbot-2025"), nullptr);
  EXPECT_EQ(find_source("zartbot-2025")->date, "2025-03-14");
  ASSERT_NE(find_source("deepseek-overview-2025"), nullptr);
  EXPECT_EQ(find_source("deepseek-overview-2025")->date, "2025-03-01");
  ASSERT_NE(find_source("shinez-2025"), nullptr);
  EXPECT_EQ(find_source("shinez-2025")->date, "2025-03-16");
  ASSERT_NE(find_source("deepseek-v3-config"), nullptr);
  EXPECT_EQ(find_source("aiconfigurator-systems")->licence, "Apache-2.0");
}

TEST(Catalogue, HoldsTheShapeOfDeepSeekV3) {
  const Model& v3 = model("deepseek-v3");
  EXPECT_EQ(v3.model_type, "deepseek_v3");
  EXPECT_TRUE(v3.complete);
  EXPECT_EQ(v3.published_total_b.value, 671);
  EXPECT_EQ(v3.published_active_b.value, 37);
  const ModelShape& shape = v3.shape;
  EXPECT_EQ(shape.hidden_size.value, 7168);
  EXPECT_EQ(shape.num_hidden_layers.value, 61);
  EXPECT_EQ(shape.first_k_dense_replace.value, 3);
  EXPECT_EQ(shape.intermediate_size.value, 18432);
  EXPECT_EQ(shape.moe_intermediate_size.value, 2048);
  EXPECT_EQ(shape.n_routed_experts.value, 256);
  EXPECT_EQ(shape.n_shared_experts.value, 1);
  EXPECT_EQ(shape.num_experts_per_tok.value, 8);
  EXPECT_EQ(shape.num_attention_heads.value, 128);
  EXPECT_EQ(shape.num_key_value_heads.value, 128);
  EXPECT_EQ(shape.head_dim.state, FactState::unknown);
  EXPECT_EQ(shape.q_lora_rank.value, 1536);
  EXPECT_EQ(shape.kv_lora_rank.value, 512);
  EXPECT_EQ(shape.qk_nope_head_dim.value, 128);
  EXPECT_EQ(shape.qk_rope_head_dim.value, 64);
  EXPECT_EQ(shape.v_head_dim.value, 128);
  EXPECT_EQ(shape.vocab_size.value, 129280);
  EXPECT_EQ(shape.num_nextn_predict_layers.value, 1);
  EXPECT_EQ(shape.n_group.value, 8);
  EXPECT_EQ(shape.topk_group.value, 4);
}

TEST(Catalogue, FoldsSpellingsOfTheSameField) {
  EXPECT_EQ(model("qwen3-235b-a22b").shape.n_routed_experts.value, 128);                 // num_experts
  EXPECT_EQ(model("gpt-oss-120b").shape.n_routed_experts.value, 128);                    // num_local_experts
  EXPECT_EQ(model("kimi-k3").shape.num_experts_per_tok.value, 16);                       // num_experts_per_token
  EXPECT_EQ(model("hunyuan-a13b").shape.num_experts_per_tok.value, 8);                   // moe_topk
  EXPECT_EQ(model("ernie-4.5-21b-a3b").shape.n_shared_experts.value, 2);                 // moe_num_shared_experts
  EXPECT_EQ(model("deepseek-v2-lite").shape.q_lora_rank.state, FactState::unsupported);  // null
  EXPECT_EQ(model("qwen3-32b").shape.n_routed_experts.state, FactState::unknown);
  // Known to be none, which is not unknown.
  EXPECT_TRUE(model("kimi-k2").shape.num_nextn_predict_layers.known());
  EXPECT_EQ(model("kimi-k2").shape.num_nextn_predict_layers.value, 0);
}

TEST(Catalogue, IncompleteModelsSayWhy) {
  std::set<std::string_view> incomplete;
  for (const Model& entry : models()) {
    EXPECT_EQ(entry.complete, entry.incomplete_because.empty()) << entry.id;
    if (!entry.complete) incomplete.insert(entry.id);
    EXPECT_FALSE(entry.complete && entry.config_json.empty()) << entry.id;
  }
  EXPECT_EQ(incomplete, (std::set<std::string_view>{"ernie-4.5-300b-a47b", "janus-pro-7b", "longcat-flash-560b",
                                                    "minimax-m1", "step-3"}));
}

TEST(Catalogue, DistillationsShowTheirBase) {
  const Model& distilled = model("deepseek-r1-distill-llama-70b");
  EXPECT_EQ(distilled.same_shapes_as, "llama-3.1-70b");
  EXPECT_EQ(distilled.shape.hidden_size.value, 8192);
  EXPECT_EQ(distilled.config_json, model("llama-3.1-70b").config_json);
}

TEST(CatalogueJson, EveryConfigAgreesWithTheShape) {
  for (const Model& entry : models()) {
    if (entry.config_json.empty()) continue;
    const auto config = nlohmann::json::parse(entry.config_json);
    EXPECT_EQ(config.value("model_type", ""), entry.model_type) << entry.id;
    for (const ModelShapeField& field : model_shape_fields()) {
      const auto found = config.find(field.key);
      if (found == config.end() || found->is_null()) continue;
      EXPECT_EQ(found->get<std::int64_t>(), (entry.shape.*field.member).value) << entry.id << ' ' << field.key;
    }
  }
}

TEST(CatalogueJson, NumbersCarryUnitKindAndSource) {
  const auto h800 = device_json(device("h800"));
  EXPECT_EQ(h800["peak_dense_fp8_tflops"].dump(),
            R"({"value":1979,"unit":"TFLOPS","kind":"datasheet","source":"ant-sglang-h20-2025","unverified":false})");
  EXPECT_EQ(h800["peak_dense_fp4_tflops"]["value"], nullptr);
  EXPECT_EQ(h800["peak_dense_fp4_tflops"]["state"], "unsupported");
  EXPECT_EQ(h800["native_fp8"]["value"], true);
  EXPECT_EQ(h800["native_fp4"]["value"], false);
  EXPECT_EQ(h800["memory_type"]["value"], "HBM3");
  EXPECT_EQ(h800["scaleup_domain_devices_max"]["value"], 8);
  EXPECT_FALSE(device_json(device("h20-3e")).contains("tdp_w"));
  EXPECT_EQ(device_json(device("b200"))["sm_count"]["unverified"], true);
  EXPECT_EQ(device_json(device("l20"))["peak_dense_bf16_tflops"]["value"], 119.5);
}

TEST(CatalogueJson, ListsEverything) {
  EXPECT_EQ(devices_json().size(), devices().size());
  EXPECT_EQ(models_json().size(), models().size());
  EXPECT_EQ(sources_json().size(), sources().size());
  const auto v3 = model_json(model("deepseek-v3"));
  EXPECT_EQ(v3["published_total_b"]["value"], 671);
  EXPECT_EQ(v3["shape"]["kv_lora_rank"], 512);
  EXPECT_EQ(v3["config"]["quantization_config"]["weight_block_size"][0], 128);
  EXPECT_EQ(model_json(model("deepseek-v2-lite"))["shape"]["q_lora_rank"], nullptr);
  std::set<std::string> ids;
  for (const auto& source : sources_json()) ids.insert(source["id"]);
  for (const auto& entry : devices_json()) {
    for (const auto& [key, value] : entry.items()) {
      if (!value.is_object()) continue;
      EXPECT_TRUE(ids.contains(value["source"])) << entry["id"] << ' ' << key;
    }
  }
}

}  // namespace
}  // namespace moecalc
