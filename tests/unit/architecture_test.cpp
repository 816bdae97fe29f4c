// The parameters counted from an architecture: by hand for the kinds of layers, and against what publishers state for every model.
#include <gtest/gtest.h>

#include <set>

#include "architecture/parameter_count.h"
#include "catalogue/catalogue.h"
#include "catalogue/published_count.h"

namespace moecalc {
namespace {

const Architecture& architecture_of(std::string_view name) {
  const Model* found = find_model(name);
  EXPECT_TRUE(found != nullptr && found->covered) << name;
  return found->architecture;
}

TEST(Architecture, ListsEveryMemberOnceInItsRange) {
  std::set<std::string_view> keys;
  for (const ArchitectureField& field : architecture_fields()) {
    EXPECT_TRUE(keys.insert(field.key).second) << field.key;
    EXPECT_LE(field.minimum, field.maximum) << field.key;
    for (const Model& model : models()) {
      if (!model.covered) continue;
      const double value = model.architecture.*field.member;
      EXPECT_TRUE(value >= field.minimum && value <= field.maximum) << model.id << ' ' << field.key;
    }
  }
  ASSERT_EQ(keys.size(), architecture_field_count);
  const auto members = architecture_members<double>();
  for (std::size_t i = 0; i < members.size(); ++i) EXPECT_EQ(architecture_fields()[i].member, members[i]) << architecture_fields()[i].key;
}

TEST(ParameterCount, CountsMlaAndExpertsOfDeepSeekV3) {
  const Architecture& a = architecture_of("deepseek-v3");
  // 7168 x 1536 + 1536 x 128 x 192 + 7168 x 576 + 512 x 128 x 256 + 128 x 128 x 7168
  EXPECT_EQ(full_attention_parameters(a), 187105280);
  EXPECT_EQ(expert_parameters(a), 44040192);
  const ParameterCount total = total_parameters(a);
  EXPECT_EQ(total.routed_experts, 58.0 * 256 * 44040192);
  EXPECT_EQ(total.shared_experts, 58.0 * 44040192);
  EXPECT_EQ(total.dense_ffn, 3.0 * 3 * 7168 * 18432);
  EXPECT_EQ(total.embedding, 129280.0 * 7168);
  EXPECT_EQ(total.lm_head, total.embedding);
  // The draft layer without its copies of embedding and LM head: 11.6e9 of the checkpoint's 14e9.
  EXPECT_NEAR(total.mtp / 1e9, 11.61, 0.01);
  const ParameterCount active = active_parameters(a);
  EXPECT_EQ(active.routed_experts, 58.0 * 8 * 44040192);
  EXPECT_EQ(active.embedding, 0);
  EXPECT_EQ(kv_elements_per_token(a), 61 * 576);
}

TEST(ParameterCount, CountsGatedAndLinearAttentionOfQwen3Next) {
  const Architecture& a = architecture_of("qwen3-next-80b-a3b");
  EXPECT_EQ(full_attention_layers(a), 12);
  // Q and its gate 2048 x 2 x 4096, K and V 2048 x 2 x 512, O 4096 x 2048
  EXPECT_EQ(full_attention_parameters(a), 2048.0 * 8192 + 2048 * 1024 + 4096 * 2048);
  // Q, K, V, z, then two numbers a value head, the convolution over Q, K, V, and O
  EXPECT_EQ(linear_attention_parameters(a), 2048.0 * (2048 + 2048 + 4096 + 4096 + 64) + 4 * 8192 + 4096 * 2048);
  EXPECT_EQ(linear_elements_per_sequence(a), 36.0 * 32 * 128 * 128);
}

TEST(ParameterCount, KeepsAWindowAndAnIndexerApart) {
  const Architecture& oss = architecture_of("gpt-oss-120b");
  EXPECT_EQ(kv_elements_per_token(oss), 18.0 * 8 * 128);
  EXPECT_EQ(window_elements_per_sequence(oss), 18.0 * 128 * 8 * 128);
  const Architecture& v32 = architecture_of("deepseek-v3.2");
  EXPECT_EQ(indexer_parameters(v32), 1536.0 * 64 * 128 + 7168 * 128 + 7168 * 64);
  EXPECT_EQ(index_elements_per_token(v32), 61 * 128);
  EXPECT_EQ(architecture_of("glm-5.2").index_layers, 21);
}

TEST(ParameterCount, CountsATiedHeadOnceInTheTotal) {
  const Architecture& a = architecture_of("qwen2.5-1.5b");
  EXPECT_EQ(total_parameters(a).lm_head, 0);
  EXPECT_EQ(active_parameters(a).lm_head, embedding_parameters(a));
}

TEST(PublishedCount, EveryCoveredModelAgrees) {
  int totals = 0, actives = 0;
  for (const Model& model : models()) {
    EXPECT_EQ(model.covered, model.not_covered_because.empty()) << model.id;
    EXPECT_FALSE(model.covered && !model.complete) << model.id;
    if (!model.covered) continue;
    const CountComparison total = compare_total(model);
    const CountComparison active = compare_active(model);
    EXPECT_TRUE(total.agrees()) << model.id << ' ' << total.counted_alike_b << " for " << total.published_b;
    EXPECT_TRUE(active.agrees()) << model.id << ' ' << active.counted_alike_b << " for " << active.published_b;
    totals += total.is_published ? 1 : 0;
    actives += active.is_published ? 1 : 0;
  }
  EXPECT_EQ(totals, 40);
  EXPECT_EQ(actives, 24);
}

TEST(PublishedCount, RefusesWhatDoesNotAgree) {
  Model model = *find_model("deepseek-v3");
  EXPECT_DOUBLE_EQ(compare_total(model).tolerance_b, 6.71);
  EXPECT_DOUBLE_EQ(compare_active(model).tolerance_b, 0.5);
  model.architecture.experts = 250;
  EXPECT_FALSE(compare_total(model).agrees());
  model.architecture.experts_per_token = 9;
  EXPECT_FALSE(compare_active(model).agrees());
}

TEST(PublishedCount, CoversAllButWhatItNames) {
  std::set<std::string_view> not_covered;
  for (const Model& model : models()) {
    if (!model.covered) not_covered.insert(model.id);
  }
  EXPECT_EQ(not_covered, (std::set<std::string_view>{"deepseek-v4-flash", "deepseek-v4-pro", "ernie-4.5-300b-a47b", "janus-pro-7b", "kimi-k3", "longcat-flash-560b",
                                                     "minimax-m1", "minimax-m3", "step-3"}));
}

}  // namespace
}  // namespace moecalc
