// How many of a GPU's experts a step reads.
#pragma once

#include <cmath>

#include "report/recorder.h"

namespace moecalc {

// base^exponent by repeated squaring, linear between whole exponents: multiplications only, so that native and WebAssembly agree.
inline double power(double base, double exponent) {
  const auto to_whole = [base](std::uint64_t n) {
    double result = 1;
    for (double square = base; n != 0; n >>= 1, square *= square) {
      if ((n & 1) != 0) result *= square;
    }
    return result;
  };
  const double whole = std::floor(exponent);
  if (whole >= 1e9) return base < 1 ? 0.0 : base == 1 ? 1.0 : to_whole(1000000000);
  const double low = to_whole(static_cast<std::uint64_t>(whole));
  return low + (exponent - whole) * (low * base - low);
}

// Of n experts, how many at least one of t tokens chooses, each taking k of them at random: n (1 - (1 - k/n)^t).
inline double distinct_experts(double n, double k, double t) { return n * (1 - power(1 - (k < n ? k / n : 1), t)); }

}  // namespace moecalc
