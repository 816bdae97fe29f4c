// Reports, explanations and the two tables as JSON; shapes are in wasm_bindings/moecalc.d.ts.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "report/recorder.h"
#include "report/report.h"

namespace moecalc {

nlohmann::ordered_json report_json(const Report& report);
nlohmann::ordered_json explanation_json(const Explanation& explanation);
nlohmann::ordered_json parameters_json();
nlohmann::ordered_json quantities_json();

}  // namespace moecalc
