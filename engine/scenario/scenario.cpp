#include "scenario/scenario.h"

#include <vector>

#include "errors/nearest_name.h"
#include "release.h"

namespace moecalc {

Scenario Scenario::defaults(int link_version) {
  Scenario s;
  for (const ParameterInfo& row : parameter_table()) s.set(row.id, default_value(row.id, link_version));
  return s;
}

Scenario Scenario::defaults() { return defaults(link_version); }

Errors Scenario::set(std::string_view key, std::string_view text) {
  const std::optional<Parameter> p = find_parameter(key);
  if (!p) return {unknown_parameter_error(key)};
  const Outcome<double> value = parse_value(*p, text);
  if (!value.ok()) return value.errors();
  set(*p, value.value());
  return {};
}

Error unknown_parameter_error(std::string_view key) {
  std::vector<std::string_view> keys;
  for (const ParameterInfo& row : parameter_table()) keys.push_back(row.key);
  return {ErrorCode::unknown_parameter, shown(key), {}, std::string(keys[nearest_name(key, keys)])};
}

}  // namespace moecalc
