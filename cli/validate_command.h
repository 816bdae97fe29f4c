// `moecalc validate FILE.csv`: measured serving runs beside the predictions of `reference`.
#pragma once

#include "arguments.h"

namespace moecalc::cli {

// Returns the exit status.
int run_validate_command(const Arguments& arguments);

}  // namespace moecalc::cli
