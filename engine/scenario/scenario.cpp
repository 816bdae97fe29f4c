#include "scenario/scenario.h"

#include <algorithm>
#include <vector>

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

namespace {

// Levenshtein distance: how many characters must be put in, taken out or replaced.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

Error unknown_parameter_error(std::string_view key) {
  Error error{ErrorCode::unknown_parameter, shown(key), {}, {}};
  if (key.size() > 80) return error;
  const ParameterInfo* nearest = nullptr;
  std::size_t nearest_distance = 0;
  for (const ParameterInfo& row : parameter_table()) {
    // A key given without its group ("batch_per_gpu") is as near as can be.
    const std::size_t dot = row.key.find('.');
    const bool is_tail = dot != std::string_view::npos && row.key.substr(dot + 1) == key;
    const std::size_t distance = is_tail ? 0 : edit_distance(key, row.key);
    if (nearest == nullptr || distance < nearest_distance) {
      nearest = &row;
      nearest_distance = distance;
    }
  }
  if (nearest_distance <= 4) error.allowed = nearest->key;
  return error;
}

}  // namespace moecalc
