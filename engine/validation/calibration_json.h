// Constants of `reference` from a file, in place of the standard ones: for fitting, and to see what each is worth.
#pragma once

#include <string_view>

#include "errors/error.h"
#include "methods/reference/efficiency.h"

namespace moecalc {

// {"constants": [{"key": "serving.launch.hopper", "value": 7.5}, ...]}, the form of engine/methods/reference/data/serving.json; what it does not
// name keeps its standard value.
Outcome<reference::Calibration> read_calibration(std::string_view text);

}  // namespace moecalc
