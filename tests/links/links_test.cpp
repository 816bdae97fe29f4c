// Links: every one that was ever published decodes for ever, to its numbers; damaged ones say what is wrong with them.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "methods/evaluate.h"
#include "plan/plan_link.h"
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

// Every published link of a question or a sweep.
std::vector<std::string> published_links() {
  std::vector<std::string> links;
  for (const char* file : {"published.json", "published_v2.json", "sweeps.json"}) {
    for (const Json& each : corpus(file)) links.push_back(each.at("link"));
  }
  return links;
}

void expect_same_answer(const std::string& given, const std::string& written) {
  const DecodedSweepLink got = decode_sweep_link(given), wanted = decode_sweep_link(written);
  EXPECT_TRUE(got.link.problems.empty()) << given;
  EXPECT_EQ(got.link.scenario, wanted.link.scenario) << given;
  EXPECT_EQ(got.link.release, wanted.link.release) << given;
  ASSERT_EQ(got.sweep.has_value(), wanted.sweep.has_value()) << given;
  if (!got.sweep) return;
  EXPECT_EQ(encode_link(*got.sweep), encode_link(*wanted.sweep)) << given;
}

TEST(Links, WhatChatProgramsDoIsUndoneOrSaid) {
  const Json chats = corpus("chats.json");
  ASSERT_GE(chats.size(), 50u);
  for (const Json& each : chats) {
    const std::string link = each.at("link"), written = each.at("written");
    const DecodedLink decoded = decode_link(link);
    Json codes = Json::array();
    for (const Error& e : decoded.problems) codes.push_back(name_of(e.code));
    EXPECT_EQ(codes, each.at("problems")) << each.at("what");
    EXPECT_EQ(decoded.repaired, written) << each.at("what");
    if (codes.empty() && !written.empty()) expect_same_answer(link, written);
    const Json read = each.value("scenario", Json::object());
    for (const auto& [key, value] : read.items()) {
      EXPECT_EQ(value_text(*find_parameter(key), decoded.scenario[*find_parameter(key)]), value) << each.at("what") << " " << key;
    }
  }
}

std::string in_percent_codes(const std::string& text) {
  std::string out;
  for (const char c : text) {
    char code[4];
    std::snprintf(code, sizeof code, "%%%02X", static_cast<unsigned>(c));
    out += code;
  }
  return out;
}

TEST(Links, EveryPublishedOneSurvivesEveryChange) {
  const auto replaced = [](std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
    return text;
  };
  for (const std::string& link : published_links()) {
    EXPECT_TRUE(decode_link(link).repaired.empty()) << link;
    std::string folded = link;
    for (std::size_t at = 60; at < folded.size(); at += 62) folded.insert(at, "\r\n");
    for (const std::string& changed :
         {in_percent_codes(link), in_percent_codes(in_percent_codes(link)), replaced(link, "&", "&amp;"), replaced(link, "~", "%7e"), replaced(link, "=", "=\xE2\x80\x8B"),
          in_percent_codes(replaced(link, "&", "&amp;")), "https://example.org/?" + link, "https://example.org/?a=b#" + link + "&utm_source=chat", link + "\xE3\x80\x82", folded + "\n"}) {
      expect_same_answer(changed, link);
      EXPECT_EQ(decode_link(changed).repaired.empty(), changed == link) << changed;
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

TEST(Links, ManyMistakesAreNotAllSaid) {
  for (const char* pair : {"&zz=1", "&zz", "&plm=x~x~x~x", "&sg=x~x~x~x"}) {
    std::string link = "v=2";
    while (link.size() < 60000) link += pair;
    DecodedSweepLink decoded = decode_sweep_link(link);
    plan_of(decoded.link);
    EXPECT_LE(decoded.link.problems.size(), 2 * most_errors + 2) << pair;
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
