// A plan as JSON: {"plan":"boxes","scenario":{...},"histogram":[...],"models":[ids],"devices":[ids]}; what is not named keeps its default. Hostile until read.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "plan/plan.h"

namespace moecalc {

Outcome<Plan> read_plan(const nlohmann::ordered_json& json);
nlohmann::ordered_json plan_spec_json(const Plan& plan);

}  // namespace moecalc
