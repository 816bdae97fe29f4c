#include "balance/distribution.h"

#include <algorithm>
#include <cmath>

namespace moecalc::balance {

double power(double base, double exponent) {
  const double whole = std::floor(exponent);
  double result = 1;
  for (double i = 0; i < whole; ++i) result *= base;
  double root = base;
  double fraction = exponent - whole;
  // 53 binary digits are all that a double has below 1.
  for (int digit = 0; digit < 53 && fraction > 0; ++digit) {
    root = std::sqrt(root);
    fraction *= 2;
    if (fraction < 1) continue;
    result *= root;
    fraction -= 1;
  }
  return result;
}

std::vector<double> zipf_shares(std::size_t count, double exponent) {
  std::vector<double> shares(count);
  double sum = 0;
  for (std::size_t k = 0; k < count; ++k) sum += shares[k] = 1 / power(static_cast<double>(k + 1), exponent);
  for (double& share : shares) share /= sum;
  return shares;
}

RelativeLengths RelativeLengths::uniform(double spread) {
  RelativeLengths lengths;
  const double shortest = 2 / (1 + spread);
  lengths.centres_ = {1};
  lengths.up_to_ = {1};
  lengths.width_ = shortest * (spread - 1);
  lengths.longest_ = shortest * spread;
  return lengths;
}

RelativeLengths RelativeLengths::zipf(std::size_t spread, double exponent) {
  const std::vector<double> shares = zipf_shares(spread, exponent);
  double mean = 0;
  for (std::size_t k = 0; k < spread; ++k) mean += static_cast<double>(k + 1) * shares[k];
  RelativeLengths lengths;
  lengths.width_ = 1 / mean;
  double sum = 0;
  for (std::size_t k = 0; k < spread; ++k) {
    lengths.centres_.push_back(static_cast<double>(k + 1) / mean);
    lengths.up_to_.push_back(sum += shares[k]);
  }
  lengths.longest_ = lengths.centres_.back() + lengths.width_ / 2;
  return lengths;
}

RelativeLengths RelativeLengths::of_list(std::span<const double> list) {
  double sum = 0;
  for (const double each : list) sum += each;
  const double mean = sum / static_cast<double>(list.size());
  RelativeLengths lengths;
  for (std::size_t i = 0; i < list.size(); ++i) {
    lengths.centres_.push_back(list[i] / mean);
    lengths.up_to_.push_back(static_cast<double>(i + 1) / static_cast<double>(list.size()));
    lengths.longest_ = std::max(lengths.longest_, lengths.centres_.back());
  }
  return lengths;
}

double RelativeLengths::draw(Random& random) const {
  const auto bucket = std::upper_bound(up_to_.begin(), up_to_.end() - 1, random.unit()) - up_to_.begin();
  return centres_[static_cast<std::size_t>(bucket)] + width_ * (random.unit() - 0.5);
}

std::vector<double> zipf_expert_loads(std::size_t experts, double exponent, Random& random) {
  std::vector<double> loads = zipf_shares(experts, exponent);
  shuffle(loads, random);
  return loads;
}

}  // namespace moecalc::balance
