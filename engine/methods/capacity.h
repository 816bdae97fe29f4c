// What cannot run is refused, by every method alike: a question whose batch has no room gets its ledger and the single
// changes that would make it fit, and no time or rate of decode, unless it says ignore_capacity.
#pragma once

#include "report/report.h"
#include "scenario/scenario.h"

namespace moecalc {

// Whether the batch has room, by memory.largest_batch_per_gpu; true where a question has no decode.
bool has_room(const Scenario& scenario, const Results& results);

// Takes every time and rate of decode out of the results, and of prefill that shares its GPUs. The layout stays.
void withhold_speed(const Scenario& scenario, Results& results);

// Changes of one parameter each: a smaller batch, an FP8 KV cache, the next larger EP, no TP.
std::vector<Change> changes_that_fit(const Scenario& scenario, const Results& results);

}  // namespace moecalc
