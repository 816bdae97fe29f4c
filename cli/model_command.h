// moecalc model FILE|-: what a published config.json says. moecalc catalogue parameters: every model's parameters, counted and published.
#pragma once

#include "arguments.h"

namespace moecalc::cli {

int run_model_command(const Arguments& arguments);
int run_catalogue_parameters(const Arguments& arguments);

}  // namespace moecalc::cli
