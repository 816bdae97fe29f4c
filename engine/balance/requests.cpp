#include "balance/requests.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace moecalc::balance {
namespace {

double whole_tokens(double tokens) { return std::max(1.0, std::floor(tokens + 0.5)); }

double sum_of(std::span<const double> list) { return std::accumulate(list.begin(), list.end(), 0.0); }

double worse_ratio(const RankLoads& loads) { return std::max(max_over_mean(loads.attention), max_over_mean(loads.count)); }

// Largest first: what comes last can then fill the gaps.
std::vector<Request> largest_first(std::span<const Request> requests) {
  std::vector<Request> sorted(requests.begin(), requests.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const Request& a, const Request& b) { return a.attention > b.attention; });
  return sorted;
}

}  // namespace

std::vector<Request> prefill_requests(std::size_t requests, double mean_tokens, double hit_rate, const RelativeLengths& lengths, Random& random) {
  std::vector<Request> list;
  for (std::size_t turn = 0; turn < requests; ++turn) {
    const double prompt = whole_tokens(mean_tokens * lengths.draw(random));
    const double computed = std::max(1.0, prompt - std::floor(prompt * hit_rate));
    list.push_back({computed * (prompt - computed) + computed * computed / 2, computed, turn});
  }
  return list;
}

std::vector<Request> decode_requests(std::size_t requests, double mean_prompt, double mean_output, const RelativeLengths& lengths, Random& random) {
  // The latest comes first. With one arrival every `interval` steps, `requests` of them are there on average.
  const double interval = mean_output / static_cast<double>(requests);
  const auto arrivals = static_cast<std::size_t>(std::ceil(mean_output * lengths.longest() / interval));
  std::vector<Request> list;
  for (std::size_t i = 0; i < arrivals; ++i) {
    const double age = (static_cast<double>(i) + 0.5) * interval;
    const double prompt = whole_tokens(mean_prompt * lengths.draw(random));
    const double output = mean_output * lengths.draw(random);
    if (age < output) list.push_back({prompt + std::floor(age), 1, arrivals - 1 - i});
  }
  return list;
}

double max_over_mean(std::span<const double> loads) {
  const double sum = sum_of(loads);
  if (!(sum > 0)) return 1;
  return *std::max_element(loads.begin(), loads.end()) * static_cast<double>(loads.size()) / sum;
}

RankLoads deal_in_turn(std::span<const Request> requests, std::size_t ranks) {
  RankLoads loads{std::vector<double>(ranks), std::vector<double>(ranks)};
  for (const Request& request : requests) {
    loads.attention[request.turn % ranks] += request.attention;
    loads.count[request.turn % ranks] += request.count;
  }
  return loads;
}

RankLoads deal_evenly(std::span<const Request> requests, std::size_t ranks) {
  RankLoads loads{std::vector<double>(ranks), std::vector<double>(ranks)};
  double all_attention = 0, all_count = 0;
  for (const Request& request : requests) {
    all_attention += request.attention;
    all_count += request.count;
  }
  for (const Request& request : largest_first(requests)) {
    std::size_t best = 0;
    double least = 0;
    for (std::size_t rank = 0; rank < ranks; ++rank) {
      const double fill = std::max((loads.attention[rank] + request.attention) / all_attention, (loads.count[rank] + request.count) / all_count);
      if (rank == 0 || fill < least) best = rank, least = fill;
    }
    loads.attention[best] += request.attention;
    loads.count[best] += request.count;
  }
  // A balancer that would do harm is not asked.
  const RankLoads in_turn = deal_in_turn(requests, ranks);
  return worse_ratio(loads) <= worse_ratio(in_turn) ? loads : in_turn;
}

}  // namespace moecalc::balance
