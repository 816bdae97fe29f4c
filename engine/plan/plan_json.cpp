#include "plan/plan_json.h"

#include <nlohmann/json.hpp>

#include "catalogue/catalogue.h"
#include "json/object.h"
#include "numbers/number_text.h"
#include "scenario/scenario_json.h"

namespace moecalc {

using Json = nlohmann::ordered_json;

namespace {

std::string text_of(const Json& json) { return shown(json.dump(-1, ' ', false, Json::error_handler_t::replace)); }

// The members of a list, each by `take`, which answers whether it is one.
template <class Take>
void read_list(const Json& object, const char* name, Errors& errors, Take take) {
  const auto found = object.find(name);
  if (found == object.end()) return;
  bool is_good = found->is_array();
  if (is_good && found->size() > largest_histogram) {
    errors.push_back({ErrorCode::out_of_range, std::string(name) + ".count", std::to_string(found->size()), range_text(0, largest_histogram)});
    return;
  }
  if (is_good) {
    for (const Json& each : *found) is_good = is_good && take(each);
  }
  if (!is_good) errors.push_back({ErrorCode::malformed_request, name, text_of(*found), {}});
}

}  // namespace

Outcome<Plan> read_plan(const Json& json) {
  if (!json.is_object()) return Error{ErrorCode::malformed_request, "plan", text_of(json), {}};
  Plan plan;
  Errors errors;
  const auto add = [&](const Errors& more) { errors.insert(errors.end(), more.begin(), more.end()); };
  for (const auto& [name, value] : json.items()) {
    if (errors.size() >= most_errors) return errors;
    if (name != "plan" && name != "scenario" && name != "histogram" && name != "lengths" && name != "models" && name != "devices") {
      errors.push_back({ErrorCode::malformed_request, shown(name), text_of(value), {}});
    }
  }
  const Json kind = json.value("plan", Json());
  const Outcome<PlanKind> read_kind = read_plan_kind(kind.is_string() ? kind.get<std::string>() : text_of(kind));
  read_kind.ok() ? void(plan.kind = read_kind.value()) : add(read_kind.errors());
  const Outcome<Scenario> base = read_scenario(json.value("scenario", Json::object()), Scenario::defaults());
  base.ok() ? void(plan.base = base.value()) : add(base.errors());
  const auto read_numbers = [&](const char* name, std::vector<double>& list) {
    read_list(json, name, errors, [&](const Json& each) {
      if (each.is_number()) list.push_back(each.get<double>());
      return each.is_number();
    });
  };
  read_numbers("histogram", plan.histogram);
  read_numbers("lengths", plan.lengths);
  const auto read_named = [&](const char* name, Parameter of, std::vector<std::size_t>& list) {
    read_list(json, name, errors, [&](const Json& each) {
      if (!each.is_string()) return false;
      read_plan_member(of, each.get<std::string>(), list, errors);
      return true;
    });
  };
  read_named("models", Parameter::model, plan.models);
  read_named("devices", Parameter::device, plan.devices);
  if (errors.empty()) errors = check(plan);
  if (!errors.empty()) return errors;
  return plan;
}

Json plan_spec_json(const Plan& plan) {
  Json model_ids = Json::array(), device_ids = Json::array();
  for (const std::size_t each : plan.models) model_ids.push_back(models()[each].id);
  for (const std::size_t each : plan.devices) device_ids.push_back(devices()[each].id);
  return JsonObject()
      .put("plan", name_of(plan.kind))
      .put("scenario", scenario_changes_json(plan.base, Scenario::defaults()))
      .put("histogram", plan.histogram)
      .put("lengths", plan.lengths)
      .put("models", std::move(model_ids))
      .put("devices", std::move(device_ids))
      .json();
}

}  // namespace moecalc
