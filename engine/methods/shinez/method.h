// ShineZ's per-card decode throughput of DeepSeek-V3/R1 under expert parallelism (V1.0 of 2025-03-16, and V0): a faithful
// replica, quirks S1 to S9 included, each named where it lives in this folder. Tested to the printed digit
// (tests/golden/shinez_test.cpp).
#pragma once

#include "methods/shinez/inputs.h"
#include "report/recorder.h"
#include "report/report.h"

namespace moecalc::shinez {

// All numbers of a resolved question, whether or not it fits.
template <class R>
void run(R& r, const Inputs& inputs);

extern template void run<Plain>(Plain&, const Inputs&);
extern template void run<Explain>(Explain&, const Inputs&);

// The report's parts that are the method's own: phases, ledger, notes, resolved parameters.
void describe(Report& report, const Inputs& inputs);

}  // namespace moecalc::shinez
