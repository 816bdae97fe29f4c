// Sweeps, plans, partials and results as JSON or numbers; shapes are in wasm_bindings/moecalc.d.ts. A sweep is hostile until read.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <vector>

#include "sweep/sweep.h"

namespace moecalc {

Outcome<Sweep> read_sweep(const nlohmann::ordered_json& json);
nlohmann::ordered_json sweep_json(const Sweep& sweep);
nlohmann::ordered_json plan_json(const Sweep& sweep);

// Partials and rows as plain numbers: workers hand over hundreds of thousands of them, which as JSON would take longer than their evaluation.
// evaluated, invalid, does_not_fit, rejected, kept; hash_bound_of; how many rows of top, best_per, pareto and sample; then the rows:
// index, objective; group, index, objective; index and three values; index.
std::vector<double> packed(const Sweep& sweep, const SweepPartial& partial);

// Takes one partial from the front. Checks that every row could be one of the sweep's.
Outcome<SweepPartial> unpack(const Sweep& sweep, std::span<const double>& numbers);

// evaluated, invalid, does_not_fit, rejected, kept; how many rows of top, best_per (best first), pareto and sample (by index; at most so many);
// then the rows: index, columns_of. They are evaluated again: a kept row costs no memory while the sweep runs.
std::vector<double> packed_rows(const Sweep& sweep, const SweepPartial& partial, std::size_t most_sampled);

// Partials travel between shards and whoever merges them: the same numbers in a list.
nlohmann::ordered_json partial_json(const Sweep& sweep, const SweepPartial& partial);
Outcome<SweepPartial> read_partial(const Sweep& sweep, const nlohmann::ordered_json& json);

// Rows with their columns, evaluated again: a kept row costs no memory while the sweep runs.
nlohmann::ordered_json result_json(const Sweep& sweep, const SweepPartial& partial);

// The named sweeps: [{id, sweep}].
nlohmann::ordered_json sweep_presets_json();

struct SweepRow {
  std::uint64_t index;
  std::vector<std::size_t> place;
  std::vector<double> values;  // by columns_of
};
SweepRow row_of(const Sweep& sweep, std::uint64_t index);

}  // namespace moecalc
