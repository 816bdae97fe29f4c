#include "table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ostream>

#include "numbers/number_text.h"

namespace moecalc::cli {
namespace {

// Columns that a terminal gives to a text: two for East Asian wide characters.
std::size_t width(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? lead : lead & (0xFF >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k) c = (c << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3F);
    const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                      (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6);
    columns += wide ? 2 : 1;
    i += length;
  }
  return columns;
}

}  // namespace

void print_table(std::ostream& out, const std::vector<Cells>& rows, std::string_view right) {
  std::vector<std::size_t> widths;
  for (const Cells& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width(row[c]));
  }
  for (const Cells& row : rows) {
    std::string line = " ";
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string gap(widths[c] - width(row[c]), ' ');
      const bool to_the_right = c < right.size() && right[c] == 'r';
      line += " " + (to_the_right ? gap + row[c] : row[c] + gap) + " ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
  }
}

std::string readable(double value) {
  if (value == std::floor(value) && std::fabs(value) < 1e15) return shortest_text(value);
  const int before_point = value == 0 ? 1 : static_cast<int>(std::floor(std::log10(std::fabs(value)))) + 1;
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.*f", std::clamp(6 - before_point, 0, 9), value);
  return buffer;
}

std::string percent(double share) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.1f %%", 100 * share);
  return buffer;
}

}  // namespace moecalc::cli
