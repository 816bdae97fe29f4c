// Links: every one that was ever published decodes for ever, to its numbers; damaged ones say what is wrong with them.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "methods/evaluate.h"
#include "scenario/link.h"
#include "scenario/presets.h"
#include "sweep/sweep_link.h"

namespace moecalc {
namespace {

using Json = nlohmann::json;

Json corpus(const char* file) {
  std::ifstream stream(std::string(MOECALC_TESTS_DIR "/links/") + file);
  if (!stream) throw std::runtime_error(std::string("cannot read ") + file);
  return Json::parse(stream);
}

TEST(Links, PublishedOnesGiveTheirNumbersForEver) {
  // published.json: links of version 1; published_v2.json: of version 2, whose default method is another.
  Json published = corpus("published.json");
  ASSERT_GE(published.size(), 14u);
  for (const Json& each : corpus("published_v2.json")) published.push_back(each);
  ASSERT_GE(published.size(), 34u);
  for (const Json& each : published) {
    const std::string link = each.at("link");
    const DecodedLink decoded = decode_link(link);
    EXPECT_TRUE(decoded.problems.empty()) << link;
    for (const auto& [key, value] : each.at("scenario").items()) {
      EXPECT_EQ(value_text(*find_parameter(key), decoded.scenario[*find_parameter(key)]), value) << link << " " << key;
    }
    const Outcome<Report> report = evaluate(decoded.scenario);
    ASSERT_TRUE(report.ok()) << link;
    for (const auto& [key, value] : each.at("quantities").items()) {
      const QuantityId id = *find_quantity(key);
      ASSERT_EQ(report.value().results.has(id), !value.is_null()) << link << " " << key;
      if (value.is_null()) continue;
      EXPECT_NEAR(report.value().results[id], value.get<double>(), 1e-12 * std::fabs(value.get<double>())) << link << " " << key;
    }
  }
}

TEST(Links, PublishedSweepsRunForEver) {
  const Json published = corpus("sweeps.json");
  ASSERT_GE(published.size(), 4u);
  for (const Json& each : published) {
    const DecodedSweepLink decoded = decode_sweep_link(each.at("link").get<std::string>());
    EXPECT_TRUE(decoded.link.problems.empty()) << each.at("what");
    ASSERT_TRUE(decoded.sweep.has_value()) << each.at("what");
    const SweepPartial partial = run_sweep(*decoded.sweep, 0, total_of(*decoded.sweep));
    EXPECT_EQ(total_of(*decoded.sweep), each.at("total").get<std::uint64_t>());
    EXPECT_EQ(partial.counts.kept, each.at("kept").get<std::uint64_t>());
    EXPECT_EQ(partial.best_per.size(), each.at("groups").get<std::size_t>());
    EXPECT_EQ(partial.pareto.size(), each.at("frontier").get<std::size_t>());
    EXPECT_NEAR(partial.top.at(0).objective / each.at("best").get<double>(), 1, 1e-12);
  }
}

TEST(Links, DamagedOnesSayWhatIsWrong) {
  const Json damaged = corpus("damaged.json");
  ASSERT_GE(damaged.size(), 15u);
  for (const Json& each : damaged) {
    const DecodedLink decoded = decode_link(each.at("link").get<std::string>());
    Json codes = Json::array();
    for (const Error& e : decoded.problems) codes.push_back(name_of(e.code));
    EXPECT_EQ(codes, each.at("problems")) << each.at("link");
    for (const auto& [key, value] : each.at("scenario").items()) {
      EXPECT_EQ(value_text(*find_parameter(key), decoded.scenario[*find_parameter(key)]), value) << each.at("link") << " " << key;
    }
  }
}

TEST(Links, EveryCutIsNoticed) {
  const std::string link = encode_link(preset_scenario("deepseek-official").value());
  for (std::size_t length = 0; length < link.size(); ++length) {
    EXPECT_FALSE(decode_link(link.substr(0, length)).problems.empty()) << link.substr(0, length);
  }
}

TEST(Links, EveryChangedCharacterIsNoticed) {
  const std::string link = encode_link(preset_scenario("zartbot-decode-h20-3e-b64").value());
  for (std::size_t i = 0; i + 4 < link.size(); ++i) {
    std::string changed = link;
    changed[i] = changed[i] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(decode_link(changed).problems.empty()) << changed;
  }
}

TEST(Links, ShortAndOfTheAgreedAlphabet) {
  for (const Preset& preset : presets()) {
    const std::string link = encode_link(preset_scenario(preset.id).value());
    EXPECT_LT(link.size(), 200u) << link;
    EXPECT_EQ(link.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~=&"), std::string::npos) << link;
  }
}

}  // namespace
}  // namespace moecalc
