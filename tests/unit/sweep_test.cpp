// Sweeps: what is kept does not depend on how the configurations were cut up, and what cannot be swept is refused by name.
#include "sweep/sweep.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "methods/evaluate.h"
#include "properties/random_scenario.h"
#include "sweep/presets.h"
#include "scenario/scenario_json.h"
#include "sweep/rank.h"
#include "sweep/sweep_json.h"
#include "sweep/sweep_link.h"

namespace moecalc {
namespace {

using Json = nlohmann::ordered_json;

Sweep sweep_of(const char* text) {
  const Outcome<Sweep> sweep = read_sweep(Json::parse(text));
  if (!sweep.ok()) throw std::runtime_error(errors_json(sweep.errors()).dump());
  return sweep.value();
}

constexpr const char* small = R"({"scenario": {"method": "shinez", "phase": "decode"},
 "axes": [{"parameter": "device", "values": ["h800", "h20", "l20", "h200"]},
          {"parameters": ["overlap", "mtp_draft_tokens"], "values": [["none", 0], ["two_batch", 1]]},
          {"parameter": "decode.batch_per_gpu", "from": 2, "to": 256, "step": 1}],
 "constraints": [{"quantity": "decode.tps_per_user", "at_least": 10}, {"quantity": "decode.tpot_ms", "at_most": 90}],
 "objective": {"quantity": "decode.tokens_per_s_per_gpu", "goal": "maximize"},
 "top": 30, "best_per": ["device", "overlap"], "sample": 100,
 "pareto": [{"quantity": "decode.tps_per_user", "goal": "maximize"}, {"quantity": "decode.tokens_per_s_per_gpu", "goal": "maximize"},
            {"quantity": "memory.total_gib", "goal": "minimize"}]})";

TEST(Sweep, AnyCutGivesTheSame) {
  testing::Random random(7);
  for (const bool two : {true, false}) {
    Sweep sweep = sweep_of(small);
    if (two) sweep.pareto.pop_back();
    const std::vector<double> whole = packed(sweep, run_sweep(sweep, 0, total_of(sweep)));
    for (int round = 0; round < 10; ++round) {
      std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
      for (std::uint64_t at = 0; at < total_of(sweep);) {
        const std::uint64_t end = std::min(total_of(sweep), at + 1 + random.below(400));
        ranges.emplace_back(at, end);
        at = end;
      }
      for (std::size_t i = ranges.size(); i > 1; --i) std::swap(ranges[i - 1], ranges[random.below(i)]);
      SweepPartial merged;
      for (const auto& [begin, end] : ranges) {
        // Some are told what the sample has by then, as workers are; some go through JSON, as shards do.
        const std::uint64_t bound = random.below(2) == 0 ? largest_hash : hash_bound_of(sweep, merged);
        const SweepPartial part = run_sweep(sweep, begin, end, bound);
        if (random.below(2) == 0) {
          const std::vector<double> sent = packed(sweep, part);
          std::span<const double> rest = sent;
          merge_into(sweep, merged, unpack(sweep, rest).value());
          EXPECT_TRUE(rest.empty());
        } else {
          merge_into(sweep, merged, read_partial(sweep, Json::parse(partial_json(sweep, part).dump())).value());
        }
      }
      EXPECT_EQ(packed(sweep, merged), whole);
    }
  }
}

TEST(Sweep, TheBoundLeavesOutOnlyWhatCannotBeSampled) {
  const Sweep sweep = sweep_of(small);
  const std::uint64_t half = total_of(sweep) / 2;
  SweepPartial known = run_sweep(sweep, 0, half);
  const std::uint64_t bound = hash_bound_of(sweep, known);
  ASSERT_LT(bound, largest_hash);
  const SweepPartial all = run_sweep(sweep, half, total_of(sweep)), some = run_sweep(sweep, half, total_of(sweep), bound);
  EXPECT_LT(some.sample.size(), all.sample.size());
  EXPECT_EQ(some.counts.kept, all.counts.kept);
  SweepPartial one = known, other = known;
  merge_into(sweep, one, all);
  merge_into(sweep, other, some);
  EXPECT_EQ(one.sample, other.sample);
}

TEST(Sweep, CountsAndRowsAreTheEvaluations) {
  const Sweep sweep = sweep_of(small);
  const SweepPartial partial = run_sweep(sweep, 0, total_of(sweep));
  std::uint64_t invalid = 0, unfit = 0, kept = 0;
  double best = 0;
  std::vector<std::array<double, 3>> all;
  for (std::uint64_t i = 0; i < total_of(sweep); ++i) {
    const Outcome<Numbers> numbers = evaluate_numbers(scenario_at(sweep, i));
    if (!numbers.ok()) {
      ++invalid;
      continue;
    }
    if (!numbers.value().fits) {
      ++unfit;
      continue;
    }
    const Results& r = numbers.value().results;
    if (r[QuantityId::decode_tps_per_user] < 10 || r[QuantityId::decode_tpot_ms] > 90) continue;
    ++kept;
    best = std::max(best, r[QuantityId::decode_tokens_per_s_per_gpu]);
    // Ranks are on 12 digits.
    all.push_back({to_12_digits(r[QuantityId::decode_tps_per_user]), to_12_digits(r[QuantityId::decode_tokens_per_s_per_gpu]), -to_12_digits(r[QuantityId::memory_total_gib])});
  }
  EXPECT_EQ(partial.counts.evaluated, total_of(sweep));
  EXPECT_EQ(partial.counts.invalid, invalid);
  EXPECT_EQ(partial.counts.does_not_fit, unfit);
  EXPECT_EQ(partial.counts.kept, kept);
  EXPECT_EQ(partial.counts.evaluated, invalid + unfit + partial.counts.rejected + kept);
  EXPECT_GT(invalid, 0u);
  EXPECT_GT(unfit, 0u);
  ASSERT_EQ(partial.top.size(), 30u);
  EXPECT_EQ(compare_12_digits(partial.top[0].objective, best), 0);
  for (std::size_t i = 1; i < partial.top.size(); ++i) {
    const int order = compare_12_digits(partial.top[i - 1].objective, partial.top[i].objective);
    EXPECT_TRUE(order > 0 || (order == 0 && partial.top[i - 1].index < partial.top[i].index)) << i;
  }
  EXPECT_EQ(partial.sample.size(), 100u);
  // The frontier, by comparing all with all.
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::size_t undominated = 0;
  for (const auto& a : all) {
    const bool beaten = std::any_of(all.begin(), all.end(), [&](const auto& b) { return b != a && b[0] >= a[0] && b[1] >= a[1] && b[2] >= a[2]; });
    undominated += beaten ? 0 : 1;
  }
  EXPECT_EQ(partial.pareto.size(), undominated);
}

TEST(Sweep, ColumnsAreEvalBitForBit) {
  const Sweep sweep = sweep_of(small);
  const SweepPartial partial = run_sweep(sweep, 0, total_of(sweep));
  for (const Ranked& row : partial.top) {
    const SweepRow full = row_of(sweep, row.index);
    const Report report = evaluate(scenario_at(sweep, row.index)).value();
    const std::vector<QuantityId> columns = columns_of(sweep);
    for (std::size_t c = 0; c < columns.size(); ++c) EXPECT_EQ(full.values[c], report.results[columns[c]]) << info(columns[c]).key;
    EXPECT_EQ(row.objective, report.results[QuantityId::decode_tokens_per_s_per_gpu]);
  }
}

TEST(Sweep, RanksOnTwelveDigits) {
  EXPECT_EQ(compare_12_digits(1.0, 1.0 + 1e-13), 0);
  EXPECT_EQ(compare_12_digits(1.0, 1.0 + 1e-11), -1);
  EXPECT_EQ(compare_12_digits(3246.13721689153, 3246.13721689152), 0);
  EXPECT_EQ(compare_12_digits(9.99999999999999, 10.0), 0);
  EXPECT_EQ(compare_12_digits(999999999999.9, 1e12), 0);
  for (const double x : {1e-14, 3.14159265358979e-7, 0.1, 1.0, 39.43148161881203, 3246.13721689153, 562027.123456789123, 6.08e11, 9.9999999999996e8, 1e20, 1e-300}) {
    EXPECT_NEAR(to_12_digits(x) / to_digits(x, 12), 1, 1e-15) << x;
    EXPECT_EQ(to_12_digits(-x), -to_12_digits(x));
    EXPECT_EQ(to_12_digits(to_12_digits(x)), to_12_digits(x)) << x;
  }
  EXPECT_EQ(compare_12_digits(-1.0, 1.0), -1);
  EXPECT_EQ(compare_12_digits(0.0, 0.0), 0);
}

TEST(Sweep, RangesAreWrittenOut) {
  const Sweep sweep = sweep_of(R"({"scenario": {"method": "zartbot"}, "axes": [
    {"parameter": "decode.batch_per_gpu", "from": 16, "to": 128, "step": 8},
    {"parameter": "nic_gbit_per_s", "from": 100, "to": 800, "points": 4, "scale": "log"},
    {"parameter": "efficiency", "from": 0.5, "to": 0.7, "points": 3, "scale": "linear"},
    {"parameter": "device", "all": true}],
    "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})");
  EXPECT_EQ(sweep.axes[0].values.size(), 15u);
  EXPECT_EQ(sweep.axes[0].values.back()[0], 128);
  EXPECT_EQ(sweep.axes[1].values, (std::vector<std::vector<double>>{{100}, {200}, {400}, {800}}));
  EXPECT_EQ(sweep.axes[2].values[1][0], 0.6);
  EXPECT_EQ(sweep.axes[3].values.size(), 3u);  // the devices that zartbot answers for
}

struct Bad {
  const char* text;
  ErrorCode code;
};

TEST(Sweep, WhatCannotBeSweptIsNamed) {
  const Bad cases[] = {
      {R"([])", ErrorCode::malformed_request},
      {R"({"axes": []})", ErrorCode::malformed_request},  // no objective
      {R"({"axes": [], "objective": {"quantity": "decode.tpot", "goal": "minimize"}})", ErrorCode::unknown_quantity},
      {R"({"axes": [], "objective": {"quantity": "decode.tpot_ms", "goal": "best"}})", ErrorCode::malformed_request},
      {R"({"nonsense": 1, "axes": [], "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::malformed_request},
      {R"({"axes": [{"parameter": "batch", "values": [1]}], "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::unknown_parameter},
      {R"({"axes": [{"parameter": "decode.batch_per_gpu", "values": []}], "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::sweep_axis_empty},
      {R"({"axes": [{"parameter": "decode.batch_per_gpu", "values": [1.5]}], "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::not_an_integer},
      {R"({"axes": [{"parameter": "decode.batch_per_gpu", "values": [1]}, {"parameter": "decode.batch_per_gpu", "values": [2]}], "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::sweep_axis_twice},
      {R"({"axes": [{"parameter": "decode.batch_per_gpu", "from": 1, "to": 0, "step": 1}], "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::out_of_range},
      {R"({"axes": [{"parameter": "decode.batch_per_gpu", "from": 1, "to": 1e6, "step": 1}], "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::out_of_range},
      {R"({"axes": [{"parameter": "decode.batch_per_gpu", "from": 1, "to": 9, "step": -1}], "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::out_of_range},
      {R"({"axes": [{"parameter": "decode.batch_per_gpu", "from": "ten", "to": 9, "step": 1}], "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::not_a_number},
      {R"({"axes": [], "constraints": [{"quantity": "decode.tpot_ms", "at_most": ""}], "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::not_a_number},
      {R"({"axes": [], "top": "all", "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::not_a_number},
      {R"({"axes": [{"parameter": "kv_format", "from": 1, "to": 9, "step": 1}], "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::wrong_type},
      {R"({"axes": [{"parameter": "efficiency", "from": 0.1, "to": 2, "points": 5}], "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::out_of_range},
      {R"({"axes": [], "best_per": ["device"], "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::sweep_group_not_an_axis},
      {R"({"axes": [], "top": 1e9, "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::out_of_range},
      {R"({"axes": [{"parameter": "decode.batch_per_gpu", "from": 1, "to": 10000, "step": 1}, {"parameter": "prompt_tokens", "from": 1, "to": 10000, "step": 1},
           {"parameter": "output_tokens", "from": 1, "to": 10000, "step": 1}], "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::sweep_too_large},
      {R"({"axes": [{"parameter": "decode.batch_per_gpu", "from": 1, "to": 10000, "step": 1}, {"parameter": "prompt_tokens", "from": 1, "to": 10, "step": 1}],
           "best_per": ["decode.batch_per_gpu", "prompt_tokens"], "objective": {"quantity": "decode.tpot_ms", "goal": "minimize"}})", ErrorCode::sweep_groups_too_many},
  };
  for (const Bad& bad : cases) {
    const Outcome<Sweep> sweep = read_sweep(Json::parse(bad.text));
    ASSERT_FALSE(sweep.ok()) << bad.text;
    EXPECT_EQ(name_of(sweep.errors()[0].code), name_of(bad.code)) << bad.text;
  }
}

TEST(Sweep, PartialsOfOthersAreRefused) {
  const Sweep sweep = sweep_of(small);
  for (const char* text : {"{}", "[]", "[1]", R"([1,0,0,0,1,0,0,0,0,0,0])", R"([1e300,0,0,0,1,0,0,0,0,0])", R"([1,0,0,0,1,0,9,0,0,0])",
                           R"([1,0,0,0,1,0,1,0,0,0,99999999,1])", R"([1,0,0,0,1,0,1,0,0,0,1,"x"])", R"([1,0,0,0,1,0,0,1,0,0,-1,1,1])", R"([1,0,0,0,1,0,0,0,0,1,0.5])"}) {
    const Outcome<SweepPartial> partial = read_partial(sweep, Json::parse(text));
    ASSERT_FALSE(partial.ok()) << text;
    EXPECT_EQ(partial.errors()[0].code, ErrorCode::sweep_partial_mismatch);
  }
  EXPECT_TRUE(read_partial(sweep, Json::parse("[1,0,0,0,1,0,1,0,0,0,9,1]")).ok());
}

TEST(Sweep, PackedRowsAreTheRows) {
  const Sweep sweep = sweep_of(small);
  const SweepPartial partial = run_sweep(sweep, 0, total_of(sweep));
  const std::vector<double> numbers = packed_rows(sweep, partial, 7);
  std::vector<std::uint64_t> indices;
  for (const Ranked& row : partial.top) indices.push_back(row.index);
  for (const Ranked& row : best_first(sweep, partial)) indices.push_back(row.index);
  for (const Undominated& row : partial.pareto) indices.push_back(row.index);
  const std::size_t kept = indices.size();
  for (std::size_t i = 0; i < 7; ++i) indices.push_back(partial.sample[i].index);
  std::sort(indices.end() - 7, indices.end());
  EXPECT_EQ(numbers[8], 7);
  EXPECT_EQ(numbers[5] + numbers[6] + numbers[7], static_cast<double>(kept));
  auto at = numbers.begin() + 9;
  for (const std::uint64_t index : indices) {
    EXPECT_EQ(*at++, static_cast<double>(index));
    for (const double value : row_of(sweep, index).values) EXPECT_EQ(*at++, value);
  }
  EXPECT_EQ(at, numbers.end());
}

TEST(Sweep, LinksAndJsonBringItBack) {
  std::vector<Sweep> sweeps = {sweep_of(small)};
  for (const SweepPreset& preset : sweep_presets()) sweeps.push_back(sweep_of(json_of(preset).c_str()));
  for (const Sweep& sweep : sweeps) {
    const std::string json = sweep_json(sweep).dump();
    EXPECT_EQ(sweep_json(read_sweep(Json::parse(json)).value()).dump(), json);
    const std::string link = encode_link(sweep);
    EXPECT_LT(link.size(), 1000u) << link;
    EXPECT_EQ(link.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~=&"), std::string::npos) << link;
    const DecodedSweepLink decoded = decode_sweep_link(link);
    EXPECT_TRUE(decoded.link.problems.empty()) << errors_json(decoded.link.problems).dump() << link;
    ASSERT_TRUE(decoded.sweep.has_value()) << link;
    EXPECT_EQ(sweep_json(*decoded.sweep).dump(), json);
    EXPECT_TRUE(decode_link(link).problems.empty());  // the base alone is a good link too
  }
}

}  // namespace
}  // namespace moecalc
