// The stages of a pass, from the times of its parts: what the timeline is drawn from.
#pragma once

#include "methods/reference/inputs.h"
#include "pipeline/timeline.h"
#include "report/quantity_table.h"

namespace moecalc::reference {

// Of one micro-batch. `results`: of the same inputs, decode's step or a prefill pool's pass.
//
// A part that the method times for all layers goes to each layer alike, as all are taken for equal: layers without experts first, as one stage. Launches go in
// equal thirds to the two steps of attention and the experts; all-reduces, and the messages between pipeline stages, to the layers by their number. Projections are
// divided by bytes of weights into those before and behind the core of attention; the router, timed with the experts, is counted with the attention that feeds it.
PassStages stages_of(const Inputs& in, const Results& results, bool is_prefill);

}  // namespace moecalc::reference
