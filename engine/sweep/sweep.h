// Many configurations at once: every combination of the axes' values, evaluated one after another, of which only what was
// asked for is kept.
//
// Configuration i has the axis values that i spells in mixed radix, last axis fastest. A range of configurations leaves a Partial
// behind; Partials of disjoint ranges merge in any order to the Partial of the whole: the best rows, the best of each group,
// the Pareto frontier and a sample for plotting. Ranks are on 12 significant digits, then on the configuration number, so threads,
// workers, shards and platforms agree. Nothing is stored for a configuration that is not kept.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "errors/error.h"
#include "report/quantity_table.h"
#include "scenario/scenario.h"

namespace moecalc {

// How an axis was written, so that its link and JSON can say it as shortly; the values are always written out.
struct AxisForm {
  enum class Kind { list, steps, linear_points, log_points, all_entries };
  Kind kind = Kind::list;
  double from = 0;
  double to = 0;
  double step = 0;    // of steps
  double points = 0;  // of linear_points and log_points
  std::string vendor{};  // of all_entries; empty: every vendor
};

// Values of one parameter, or of several that move together.
struct SweepAxis {
  std::vector<Parameter> parameters;
  std::vector<std::vector<double>> values;  // each as long as parameters
  AxisForm form{};
};

enum class Goal { maximize, minimize };

struct Target {
  QuantityId quantity;
  Goal goal;
};

struct Constraint {
  QuantityId quantity;
  bool at_least;  // else at most
  double bound;
};

struct Sweep {
  Scenario base;
  std::vector<SweepAxis> axes;
  std::vector<Constraint> constraints;
  Target objective;
  std::size_t top = 0;
  std::vector<Parameter> best_per;  // parameters of axes
  std::vector<Target> pareto;       // none, two or three
  std::size_t sample = 0;
  std::vector<QuantityId> quantities;  // asked for beside those above
};

inline constexpr std::uint64_t largest_sweep = 1'000'000'000;
inline constexpr std::size_t largest_axis = 10000;
inline constexpr std::size_t largest_top = 1000;
inline constexpr std::size_t largest_sample = 200000;
inline constexpr std::uint64_t largest_group_count = 20000;

// The values of an axis that is not a list: a range by steps or points, or all entries that the base's method answers for.
// Points of a logarithmic range are rounded to six digits (and to whole numbers where the parameter is whole).
Errors write_out(const Scenario& base, SweepAxis& axis);

// The columns of a kept row: objective, Pareto quantities, constrained ones, then those asked for; each once.
std::vector<QuantityId> columns_of(const Sweep& sweep);

// Number of configurations.
std::uint64_t total_of(const Sweep& sweep);
// What a sweep cannot be, each by name: no axis, a parameter on two axes, a group that is not an axis, too large.
Errors check(const Sweep& sweep);

struct SweepCounts {
  std::uint64_t evaluated = 0;
  std::uint64_t invalid = 0;       // the method does not answer
  std::uint64_t does_not_fit = 0;
  std::uint64_t rejected = 0;      // by a constraint, or because the objective is not among its numbers
  std::uint64_t kept = 0;
};

// A configuration that is kept for its objective.
struct Ranked {
  std::uint64_t index;
  double objective;
};
// One that no other beats in all of two or three quantities.
struct Undominated {
  std::uint64_t index;
  std::array<double, 3> values;
};
// One of the sample: those with the smallest hashes of their numbers, which are in the order of (hash, index).
struct Sampled {
  std::uint64_t hash;
  std::uint64_t index;
  friend auto operator<=>(const Sampled&, const Sampled&) = default;
};
inline constexpr std::uint64_t largest_hash = (std::uint64_t{1} << 53) - 1;  // exact as a double
Sampled sampled(std::uint64_t index);

struct SweepPartial {
  SweepCounts counts;
  std::vector<Ranked> top;                  // best first
  std::map<std::uint64_t, Ranked> best_per;  // by group number
  std::vector<Undominated> pareto;          // by the first quantity, best first
  std::vector<Sampled> sample;              // in order
};

// Configurations begin to end - 1. Of the sample only what has at most that hash: when another range has filled the sample, the rest
// cannot be in the whole's.
SweepPartial run_sweep(const Sweep& sweep, std::uint64_t begin, std::uint64_t end, std::uint64_t hash_bound = largest_hash);
void merge_into(const Sweep& sweep, SweepPartial& whole, const SweepPartial& part);
// For the ranges still to run.
std::uint64_t hash_bound_of(const Sweep& sweep, const SweepPartial& known);

// The best of each group, best first.
std::vector<Ranked> best_first(const Sweep& sweep, const SweepPartial& partial);

// The scenario of one configuration, and its place on each axis.
Scenario scenario_at(const Sweep& sweep, std::uint64_t index);
std::vector<std::size_t> place_of(const Sweep& sweep, std::uint64_t index);

}  // namespace moecalc
