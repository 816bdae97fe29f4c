// Our own model: any MoE or dense model of the catalogue, or a reader's own, on any device, with efficiencies from kernel measurements
// (docs/reference.md). What it cannot answer is refused by name.
#pragma once

#include "methods/reference/inputs.h"
#include "report/recorder.h"
#include "report/report.h"

namespace moecalc::reference {

// The model by itself: sizes that no question changes.
template <class R>
void run_model(R& r, const Inputs& in);
extern template void run_model<Plain>(Plain&, const Inputs&);
extern template void run_model<Explain>(Explain&, const Inputs&);

// Prefill, decode and memory.
template <class R>
void run(R& r, const Inputs& in);
extern template void run<Plain>(Plain&, const Inputs&);
extern template void run<Explain>(Explain&, const Inputs&);

// What "auto" became, where time and memory go, and what must be said.
void describe(Report& report, const Inputs& in);

}  // namespace moecalc::reference
