// Which of two numbers ranks first, the same on every platform: numbers count as equal when they agree to 12 significant
// digits, so the last bits of a math library never decide an order.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace moecalc {

// The nearest number of so many significant digits.
inline double to_digits(double x, int digits) {
  char text[40];
  std::snprintf(text, sizeof text, "%.*e", digits - 1, x);
  return std::strtod(text, nullptr);
}

namespace detail {

// 1e-30 to 1e30, where nearly every quantity lies.
inline constexpr int largest_power = 30;
inline constexpr std::array<double, 2 * largest_power + 1> powers_of_ten = [] {
  std::array<double, 2 * largest_power + 1> table{};
  for (int k = -largest_power; k <= largest_power; ++k) {
    double power = 1;
    for (int i = 0; i < (k < 0 ? -k : k); ++i) power *= 10;
    table[static_cast<std::size_t>(k + largest_power)] = k < 0 ? 1 / power : power;
  }
  return table;
}();
constexpr double power_of_ten(int k) { return powers_of_ten[static_cast<std::size_t>(k + largest_power)]; }

}  // namespace detail

// The number of 12 significant digits that stands for all that count as equal to x. Multiplication and truncation only: printing and
// reading back, which says the same, took two thirds of a sweep's time.
inline double to_12_digits(double x) {
  using namespace detail;
  const double size = std::fabs(x);
  if (!(size > 1e-15 && size < 1e15)) return x == 0 ? 0 : to_digits(x, 12);
  int decade = 0;
  while (size >= power_of_ten(decade + 1)) ++decade;
  while (size < power_of_ten(decade)) --decade;
  const double digits = static_cast<double>(static_cast<std::int64_t>(size * power_of_ten(11 - decade) + 0.5));
  const double rounded = decade < 11 ? digits / power_of_ten(11 - decade) : digits * power_of_ten(decade - 11);
  return x < 0 ? -rounded : rounded;
}

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
