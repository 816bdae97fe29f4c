// Answers a plan: every kind computes in its own file and becomes JSON in its own <kind>_json.cpp; shapes are in wasm_bindings/moecalc_rest.d.ts.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "plan/plan.h"

namespace moecalc {

Outcome<nlohmann::ordered_json> run_plan(const Plan& plan);

Outcome<nlohmann::ordered_json> day_json(const Plan& plan);
Outcome<nlohmann::ordered_json> balance_json(const Plan& plan);
Outcome<nlohmann::ordered_json> timeline_json(const Plan& plan);
Outcome<nlohmann::ordered_json> boxes_json(const Plan& plan);
Outcome<nlohmann::ordered_json> machines_json(const Plan& plan);

}  // namespace moecalc
