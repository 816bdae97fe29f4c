#pragma once

#include <iosfwd>

#include "plan/plan.h"
#include "texts/texts.h"

namespace moecalc::cli {

// The day as tables; answers what keeps it from being computed.
Errors print_day(std::ostream& out, const Plan& plan, Language language);

}  // namespace moecalc::cli
