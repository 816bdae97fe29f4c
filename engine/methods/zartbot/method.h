// zartbot's analysis of DeepSeek-V3/R1 on H800, H20 and H20-3e (2025-03-14): a faithful replica, quirks included.
//
// The quirks are named Q1 to Q26 where they live in this folder, each with the physically right version; nothing outside the folder
// knows them. Tested to the printed digit (tests/golden/zartbot_test.cpp).
#pragma once

#include "errors/error.h"
#include "methods/zartbot/inputs.h"
#include "report/recorder.h"
#include "report/report.h"

namespace moecalc::zartbot {

// All numbers of a resolved question, whether or not it fits.
template <class R>
void run(R& r, Results& results, const Inputs& inputs);

extern template void run<Plain>(Plain&, Results&, const Inputs&);
extern template void run<Explain>(Explain&, Results&, const Inputs&);

// The report's parts that are the method's own: phases, memory, notes, resolved parameters.
void describe(Report& report, const Inputs& inputs);

}  // namespace moecalc::zartbot
