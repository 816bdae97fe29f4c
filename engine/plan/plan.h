// A plan: what is asked beside one report. DeepSeek's day, its load balancers, its overlap as a timeline, boxes to buy, a table of machines.
//
// It stands on a scenario, whose parameters hold every number that a plan needs; only lists are its own.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "errors/error.h"
#include "scenario/scenario.h"

namespace moecalc {

enum class PlanKind { day, balance, timeline, boxes, machines };
std::span<const std::string_view> plan_kinds();  // "day", …, in the order of PlanKind
inline std::string_view name_of(PlanKind kind) { return plan_kinds()[static_cast<std::size_t>(kind)]; }

struct Plan {
  PlanKind kind = PlanKind::day;
  Scenario base = Scenario::defaults();
  std::vector<double> histogram;       // pasted loads, one per expert; empty: the scenario's distribution
  std::vector<double> lengths;         // pasted lengths of requests; empty: the scenario's distribution
  std::vector<std::size_t> models;     // indices of the catalogue; empty: the plan's own
  std::vector<std::size_t> devices;
};

inline constexpr std::size_t largest_histogram = 1024;
inline constexpr std::size_t largest_plan_list = 64;

// The parts of a plan from text, as links and the command line write them: "day"; "3~5~8"; "deepseek-r1~qwen3-235b-a22b".
Outcome<PlanKind> read_plan_kind(std::string_view text);
Outcome<std::vector<double>> read_plan_numbers(const char* field, std::string_view text, char separator);  // field: histogram or lengths
// One member of such a list. Named twice is named once; after a few errors no more are told.
void read_plan_member(Parameter of, std::string_view text, std::vector<std::size_t>& list, Errors& errors);
Outcome<std::vector<std::size_t>> read_plan_list(Parameter of, std::string_view text, char separator);  // of: model or device

// What is wrong with its lists.
Errors check(const Plan& plan);

}  // namespace moecalc
