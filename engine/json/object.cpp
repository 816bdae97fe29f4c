#include "json/object.h"

namespace moecalc {

JsonObject& JsonObject::put(std::string_view name, nlohmann::ordered_json value) {
  json_.get_ref<nlohmann::ordered_json::object_t&>().emplace_back(name, std::move(value));
  return *this;
}

}  // namespace moecalc
