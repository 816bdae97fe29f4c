#pragma once

#include <iosfwd>

#include "plan/plan.h"
#include "texts/texts.h"

namespace moecalc::cli {

Errors print_balance(std::ostream& out, const Plan& plan, Language language);

}  // namespace moecalc::cli
