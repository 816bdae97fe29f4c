#include "methods/conclusions_json.h"

#include <nlohmann/json.hpp>

#include "json/object.h"
#include "methods/zartbot/conclusions.h"
#include "scenario/link.h"
#include "scenario/scenario_json.h"

namespace moecalc {

nlohmann::ordered_json conclusions_json() {
  using Json = nlohmann::ordered_json;
  Json list = Json::array();
  for (const Conclusion& c : zartbot::conclusions()) {
    Json numbers = Json::object();
    for (const auto& [name, number] : c.numbers) numbers[std::string(name)] = number;
    list.push_back(JsonObject()
        .put("id", c.id)
        .put("numbers", std::move(numbers))
        .put("scenario", scenario_changes_json(c.scenario, Scenario::defaults()))
        .put("link", encode_link(c.scenario))
        .json());
  }
  return list;
}

}  // namespace moecalc
