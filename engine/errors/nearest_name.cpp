#include "errors/nearest_name.h"

#include <algorithm>
#include <vector>

namespace moecalc {
namespace {

// Levenshtein distance.
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

std::size_t nearest_name(std::string_view text, std::span<const std::string_view> names) {
  text = text.substr(0, 80);  // no name is longer, and the distance costs the product of the lengths
  std::size_t nearest = 0;
  std::size_t nearest_distance = static_cast<std::size_t>(-1);
  for (std::size_t i = 0; i < names.size(); ++i) {
    // A part of a name counts as near as half a character off, so that a whole match stays nearer.
    const bool contains = text.size() >= 3 && names[i].find(text) != std::string_view::npos;
    const std::size_t distance = contains ? 1 : 2 * edit_distance(text, names[i]);
    if (distance < nearest_distance) {
      nearest = i;
      nearest_distance = distance;
    }
  }
  return nearest;
}

}  // namespace moecalc
