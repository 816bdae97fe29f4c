#pragma once

#include <iosfwd>

#include "plan/plan.h"
#include "texts/texts.h"

namespace moecalc::cli {

// The machines, the cards and the matrix as tables; answers what keeps them from being computed.
Errors print_machines(std::ostream& out, const Plan& plan, Language language);

}  // namespace moecalc::cli
