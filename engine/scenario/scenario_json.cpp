#include "scenario/scenario_json.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "json/object.h"
#include "scenario/presets.h"

namespace moecalc {

using Json = nlohmann::ordered_json;

Outcome<double> read_value(Parameter p, const Json& value) {
  const ParameterInfo& row = info(p);
  const bool is_numeric = row.type == ParameterType::integer || row.type == ParameterType::number;
  if (value.is_number()) return check_number(p, value.get<double>());
  if (value.is_boolean() && row.type == ParameterType::boolean) return value.get<bool>() ? 1.0 : 0.0;
  if (value.is_string()) {
    const std::string text = value.get<std::string>();
    const bool is_auto = row.allows_auto && text == "auto";
    if (is_auto || (!is_numeric && row.type != ParameterType::boolean)) return parse_value(p, text);
  }
  return Error{ErrorCode::wrong_type, std::string(row.key), shown(value.dump(-1, ' ', false, Json::error_handler_t::replace)), allowed_text(p)};
}

namespace {

void read_members(const Json& object, const std::string& prefix, Scenario& scenario, std::set<std::string>& seen, Errors& errors) {
  for (const auto& [name, value] : object.items()) {
    if (errors.size() >= most_errors) return;
    const std::string key = prefix + name;
    const std::optional<Parameter> p = find_parameter(key);
    if (!p) {
      if (value.is_object() && prefix.empty()) {
        read_members(value, key + ".", scenario, seen, errors);
      } else {
        errors.push_back(unknown_parameter_error(key));
      }
      continue;
    }
    if (!seen.insert(key).second) {
      errors.push_back({ErrorCode::duplicate_parameter, key, {}, {}});
      continue;
    }
    const Outcome<double> read = read_value(*p, value);
    if (read.ok()) {
      scenario.set(*p, read.value());
    } else {
      errors.insert(errors.end(), read.errors().begin(), read.errors().end());
    }
  }
}

}  // namespace

Outcome<Scenario> read_scenario(const Json& object, const Scenario& base) {
  if (!object.is_object()) return Error{ErrorCode::not_an_object, {}, shown(object.dump(-1, ' ', false, Json::error_handler_t::replace)), R"({"device": "h20"})"};
  Scenario scenario = base;
  Errors errors;
  std::set<std::string> seen;
  read_members(object, "", scenario, seen, errors);
  if (!errors.empty()) return errors;
  return scenario;
}

Outcome<Scenario> read_scenario(std::string_view text, const Scenario& base) {
  const Outcome<Json> document = parse_json(text);
  if (!document.ok()) return document.errors();
  return read_scenario(document.value(), base);
}

Json value_json(Parameter p, double value) {
  const ParameterInfo& row = info(p);
  if (row.allows_auto && value == automatic) return "auto";
  if (row.type == ParameterType::boolean) return value != 0;
  if (row.type != ParameterType::integer && row.type != ParameterType::number) return value_text(p, value);
  if (value == std::floor(value) && std::fabs(value) < 9e15) return static_cast<long long>(value);
  return value;
}

Json scenario_json(const Scenario& scenario) {
  JsonObject object;
  for (const ParameterInfo& row : parameter_table()) object.put(row.key, value_json(row.id, scenario[row.id]));
  return object.json();
}

Json scenario_changes_json(const Scenario& scenario, const Scenario& base) {
  JsonObject object;
  for (const ParameterInfo& row : parameter_table()) {
    if (scenario[row.id] != base[row.id]) object.put(row.key, value_json(row.id, scenario[row.id]));
  }
  return object.json();
}

Json presets_json() {
  Json list = Json::array();
  for (const Preset& preset : presets()) {
    list.push_back(JsonObject().put("id", preset.id).put("scenario", scenario_changes_json(preset_scenario(preset.id).value(), Scenario::defaults())).json());
  }
  return list;
}

Json errors_json(const Errors& errors) {
  Json list = Json::array();
  for (const Error& e : errors) {
    list.push_back(JsonObject().put("code", name_of(e.code)).put("field", e.field).put("value", e.value).put("allowed", e.allowed).json());
  }
  return list;
}

}  // namespace moecalc
