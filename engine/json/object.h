// A JSON object made member by member, in order. nlohmann's lists in braces make an array of every pair first, and operator[] compares every name:
// the first result would wait for both.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace moecalc {

class JsonObject {
 public:
  JsonObject() : json_(nlohmann::ordered_json::object()) {}
  // No member may have the name yet.
  JsonObject& put(std::string_view name, nlohmann::ordered_json value);
  nlohmann::ordered_json json() { return std::move(json_); }

 private:
  nlohmann::ordered_json json_;
};

}  // namespace moecalc
