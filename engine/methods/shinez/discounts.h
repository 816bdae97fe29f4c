// Shares of the peak that the article takes from measurements of others: DeepGEMM for experts, an A100 curve for the rest.
#pragma once

#include <algorithm>
#include <cmath>

#include "methods/shinez/article.h"

namespace moecalc::shinez {

// DeepGEMM on H800 by rows m, as shares of 1979.
struct ExpertDiscount {
  double up;
  double down;
};
inline ExpertDiscount deep_gemm_discount(double m) {
  if (m >= 1024) return {1233.0 / 1979, 925.0 / 1979};
  if (m >= 512) return {1040.0 / 1979, 916.0 / 1979};
  if (m >= 256) return {932.0 / 1979, 815.0 / 1979};
  if (m >= 128) return {533.0 / 1979, 510.0 / 1979};
  return {287.0 / 1979, 295.0 / 1979};
}

// GEMM on A100 by its smaller dimension, as a share of 312. Branches compare dimensions, never a logarithm.
inline double a100_discount(double m, double k, double n) {
  const double least = std::min(m, n);
  if (k < least) {
    if (k >= 1024) return 260.0 / 312;
    if (k >= 64) return (50 + 150.0 / 3 * (std::log2(k) - 6)) / 312;
    return 50.0 / 312;
  }
  double discount = 30.0 / 312;
  if (least >= 2048) {
    discount = 260.0 / 312;
  } else if (least >= 256) {
    discount = (30 + 200.0 / 3 * (std::log2(least) - 8)) / 312;
  }
  const bool is_tall = k > 4096 && std::max(m, n) >= 1536 && least >= 64;
  return is_tall ? std::max(discount, 289.0 / 1979) : discount;
}

}  // namespace moecalc::shinez
