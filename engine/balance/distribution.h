// What the balancers are tried on: how long requests are, and how often each expert is chosen.
//
// Weights need powers. They are multiplications and square roots, which IEEE 754 rounds correctly, so that native and WebAssembly agree to the bit.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "balance/random.h"

namespace moecalc::balance {

// base^exponent for a base of at least 1 and an exponent of at least 0: the whole part by multiplying, each binary digit of the fraction by a root.
double power(double base, double exponent);

// Zipf's law: the k-th of `count` has a share that goes as k^-exponent. The shares sum to 1.
std::vector<double> zipf_shares(std::size_t count, double exponent);

// Lengths relative to their mean. Each is drawn from a bucket, evenly over its width.
class RelativeLengths {
 public:
  // Evenly from the shortest to `spread` times that.
  static RelativeLengths uniform(double spread);
  // Whole multiples of the shortest, up to `spread`, by Zipf's law, each smeared by half of the shortest.
  static RelativeLengths zipf(std::size_t spread, double exponent);
  // One of these, each as likely as the others. Their sum is greater than 0.
  static RelativeLengths of_list(std::span<const double> lengths);

  double draw(Random& random) const;
  double longest() const { return longest_; }

 private:
  std::vector<double> centres_;
  std::vector<double> up_to_;  // chance of this bucket or one before it
  double width_ = 0;
  double longest_ = 0;
};

// A Zipf load for each expert, the hot ones at random places.
std::vector<double> zipf_expert_loads(std::size_t experts, double exponent, Random& random);

}  // namespace moecalc::balance
