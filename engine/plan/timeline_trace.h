// The whole passes of a timeline in Chrome's trace event format ("Trace Event Format", Google, 2016), which Perfetto opens: a process for each overlap, a thread
// for each stream, a complete event ("ph": "X") for each stage and each bubble, in microseconds.
#pragma once

#include <string>

#include "plan/timeline.h"

namespace moecalc {

std::string timeline_trace(const TimelinePlan& plan);

}  // namespace moecalc
