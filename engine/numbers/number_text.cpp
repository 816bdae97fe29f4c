#include "numbers/number_text.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace moecalc {
namespace {

// Six digits, not below `value` or, if `down`, not above it.
double rounded(double value, bool down) {
  if (value == std::floor(value)) return value;
  char text[40];
  std::snprintf(text, sizeof text, "%.5e", value);
  const double nearest = std::strtod(text, nullptr);
  if (down ? nearest <= value : nearest >= value) return nearest;
  std::snprintf(text, sizeof text, "%.17e", value);  // 9.9999999 has the exponent 0, not that of 10
  char last_digit[40];
  std::snprintf(last_digit, sizeof last_digit, "%s1e%d", down ? "-" : "", std::atoi(std::strchr(text, 'e') + 1) - 5);
  std::snprintf(text, sizeof text, "%.5e", nearest + std::strtod(last_digit, nullptr));
  return std::strtod(text, nullptr);
}

}  // namespace

std::string range_text(double least, double most) {
  const double shown_least = rounded(least, false), shown_most = rounded(most, true);
  if (shown_least > shown_most) return shortest_text(least) + "…" + shortest_text(most);
  return shortest_text(shown_least) + "…" + shortest_text(shown_most);
}

std::string shortest_text(double value) {
  char buffer[40];
  if (std::fabs(value) < 1e15 && value == std::floor(value)) {
    std::snprintf(buffer, sizeof buffer, "%.0f", value == 0 ? 0.0 : value);
    return buffer;
  }
  for (int digits = 1; digits <= 17; ++digits) {
    std::snprintf(buffer, sizeof buffer, "%.*g", digits, value);
    if (std::strtod(buffer, nullptr) == value) break;
  }
  // "1e+22" -> "1e22", "1e-05" -> "1e-5"
  std::string text = buffer;
  const std::size_t e = text.find('e');
  if (e == std::string::npos) return text;
  std::string exponent = text.substr(e + 1);
  const bool negative = exponent[0] == '-';
  exponent.erase(0, exponent.find_first_not_of("+-0"));
  return text.substr(0, e) + (negative ? "e-" : "e") + exponent;
}

std::optional<double> parse_number(std::string_view text) {
  if (text.empty() || text.size() > 64) return std::nullopt;
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t start = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at > start;
  };
  if (text[at] == '-') ++at;
  if (!digits()) return std::nullopt;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (!digits()) return std::nullopt;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (!digits()) return std::nullopt;
  }
  if (at != text.size()) return std::nullopt;
  char buffer[65];
  std::memcpy(buffer, text.data(), text.size());
  buffer[text.size()] = '\0';
  const double value = std::strtod(buffer, nullptr);
  if (!std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace moecalc
