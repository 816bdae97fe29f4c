// Which of two numbers ranks first, the same on every platform: numbers count as equal when they agree to 12 significant
// digits, so the last bits of a math library never decide an order.
#pragma once

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace moecalc {

inline double to_digits(double x, int digits) {
  char text[40];
  std::snprintf(text, sizeof text, "%.*e", digits - 1, x);
  return std::strtod(text, nullptr);
}
inline double to_12_digits(double x) { return to_digits(x, 12); }

// -1, 0 or 1 as a is less than, equal to or greater than b at 12 digits. Rounding keeps order, so numbers clearly apart need none.
inline int compare_12_digits(double a, double b) {
  if (a == b) return 0;
  if (std::fabs(a - b) <= 4e-11 * std::fmax(std::fabs(a), std::fabs(b))) {
    a = to_12_digits(a);
    b = to_12_digits(b);
    if (a == b) return 0;
  }
  return a < b ? -1 : 1;
}

}  // namespace moecalc
