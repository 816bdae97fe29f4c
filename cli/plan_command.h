// moecalc plan KIND [BASE] [--set KEY=VALUE]... [--models A,B] [--devices C,D] [--histogram FILE] [--format json|table]
#pragma once

#include "arguments.h"

namespace moecalc::cli {

int run_plan_command(const Arguments& arguments);

}  // namespace moecalc::cli
