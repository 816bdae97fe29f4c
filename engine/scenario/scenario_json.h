// A scenario as JSON: one object, long parameter keys, plain numbers in the unit of the table.
//
// {"device": "h20", "decode.batch_per_gpu": 32} and {"decode": {"batch_per_gpu": 32}} mean the same; what is not named keeps
// the value of the base. The text is hostile until read: size and depth are capped, an unknown key, a key given twice, a
// wrong type and a value out of range are errors, each named; nothing is silently replaced.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "errors/error.h"
#include "json/parse.h"
#include "scenario/scenario.h"

namespace moecalc {

Outcome<Scenario> read_scenario(const nlohmann::ordered_json& object, const Scenario& base);
Outcome<Scenario> read_scenario(std::string_view text, const Scenario& base);

nlohmann::ordered_json value_json(Parameter p, double value);
// One value, as JSON spells it, to the value of the table.
Outcome<double> read_value(Parameter p, const nlohmann::ordered_json& value);

// Every parameter, in the order of the table.
nlohmann::ordered_json scenario_json(const Scenario& scenario);
// Only what differs from `base`.
nlohmann::ordered_json scenario_changes_json(const Scenario& scenario, const Scenario& base);

// Every preset with what it changes.
nlohmann::ordered_json presets_json();

nlohmann::ordered_json errors_json(const Errors& errors);

}  // namespace moecalc
