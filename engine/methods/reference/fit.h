// What resolving a question takes a run of the method for.
#pragma once

#include "methods/reference/inputs.h"

namespace moecalc::reference {

// Whether the decode GPUs have room: the ledger alone, for the rule that looks for the smallest group.
bool fits(const Inputs& in);

// Whether two micro-batches are quicker than one: they hide messages, but read the weights and launch the kernels twice.
OverlapChoice quicker_decode_overlap(Inputs in);
OverlapChoice quicker_prefill_overlap(Inputs in);

// The share of the requests in flight that decode while the rest are prefilled, where prefill is a pool of stated size: requests arrive as fast as they
// leave (Little's law), and no faster than the pool prefills. Found by damped iteration.
double settled_occupancy(Inputs in);

// The same where prefill shares the GPUs. A step carries one chunk of a prompt a rank at most. A request takes so many steps for its prompt and so many for
// its output; where more requests are in flight than their ratio, the rest wait for their prompts.
double occupancy_beside_prompts(const Inputs& in);

}  // namespace moecalc::reference
