// Whether a question's decode GPUs have room for it: the ledger alone, for the rule that looks for the smallest group.
#pragma once

#include "methods/reference/inputs.h"

namespace moecalc::reference {

bool fits(const Inputs& in);

}  // namespace moecalc::reference
