#pragma once

#include <iosfwd>
#include <string_view>

#include "plan/plan.h"
#include "texts/texts.h"

namespace moecalc::cli {

// The timeline as tables, as a trace or as a drawing ("table", "trace", "svg"); answers what keeps it from being computed.
Errors print_timeline(std::ostream& out, const Plan& plan, std::string_view format, Language language);

}  // namespace moecalc::cli
