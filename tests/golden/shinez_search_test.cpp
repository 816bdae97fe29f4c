// ShineZ's search, run as a sweep: the same groups, throughput, pipeline and draft length as both printed tables. Batch and KV
// format of exactly tied rows are not part of the test: the article's order leaves them to chance.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "sweep/presets.h"
#include "sweep/sweep_json.h"

namespace moecalc {
namespace {

using Json = nlohmann::json;

struct Found {
  double throughput;
  bool is_naive;
  int mtp;
};
using Group = std::tuple<std::string, double, double, std::string>;  // device, NIC, EP, weight format

std::map<Group, Found> search(const char* id) {
  for (const SweepPreset& preset : sweep_presets()) {
    if (preset.id != id) continue;
    const Sweep sweep = read_sweep(nlohmann::ordered_json::parse(json_of(preset))).value();
    EXPECT_EQ(total_of(sweep), 4u * 2 * 2 * 3 * 2 * 3 * 15);
    std::map<Group, Found> found;
    for (const Ranked& row : best_first(sweep, run_sweep(sweep, 0, total_of(sweep)))) {
      const Scenario s = scenario_at(sweep, row.index);
      const Group group{std::string(s.device_id()), s[Parameter::nic_gbit_per_s], s[Parameter::decode_expert_parallel],
                        value_text(Parameter::weight_format, s[Parameter::weight_format])};
      found[group] = {row.objective, s.choice<OverlapChoice>(Parameter::overlap) == OverlapChoice::none, static_cast<int>(s[Parameter::mtp_draft_tokens])};
    }
    return found;
  }
  ADD_FAILURE() << "no preset " << id;
  return {};
}

void compare(const char* id, const char* table, std::size_t rows) {
  std::ifstream file(MOECALC_TESTS_DIR "/golden/shinez.json");
  ASSERT_TRUE(file.good());
  const Json document = Json::parse(file);
  const std::map<std::string, std::string> devices = {{"H800", "h800"}, {"H20", "h20"}, {"A100", "a100-sxm-80g"}, {"L20", "l20"}};
  std::map<Group, Found> found = search(id);
  EXPECT_EQ(found.size(), rows);
  std::size_t reproduced = 0;
  for (const Json& row : document.at("rows")) {
    if (row.at("table") != table) continue;
    const Group group{devices.at(row.at("gpu")), row.at("nic") == "CX7 400Gbps" ? 400 : 100, row.at("ep"), row.at("param") == 1 ? "fp8" : "bf16"};
    ASSERT_TRUE(found.contains(group)) << row;
    const Found& f = found[group];
    EXPECT_NEAR(f.throughput / row.at("throughput").get<double>(), 1, 1e-8) << row;
    EXPECT_EQ(f.is_naive, row.at("policy") == "naive") << row;
    EXPECT_EQ(f.mtp, row.at("mtp").get<int>()) << row;
    ++reproduced;
  }
  EXPECT_EQ(reproduced, rows);
}

TEST(ShinezSearch, TwentyTokensPerSecond) { compare("shinez-tps20", "UX TPS>20", 29); }
TEST(ShinezSearch, FifteenTokensPerSecond) { compare("shinez-tps15", "UX TPS>15", 37); }

}  // namespace
}  // namespace moecalc
