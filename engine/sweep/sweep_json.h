// Sweeps, plans, partials and results as JSON; shapes are in wasm_bindings/moecalc.d.ts. A sweep is hostile until read.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "sweep/sweep.h"

namespace moecalc {

Outcome<Sweep> read_sweep(const nlohmann::ordered_json& json);
nlohmann::ordered_json sweep_json(const Sweep& sweep);
nlohmann::ordered_json plan_json(const Sweep& sweep);

// Partials travel between workers, shards and whoever merges them. Reading checks that every row could be one of the sweep's.
nlohmann::ordered_json partial_json(const SweepPartial& partial);
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
