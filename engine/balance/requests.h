// The balancers of requests: which attention rank (data-parallel instance) works on which request.
//
// DeepSeek's overview of its inference system (2025-03-01) names what each evens out. Prefill: core attention and input tokens. Decode: KV cache held
// and requests. So a request has two loads here, and a rank two sums. Without a balancer, requests go to the ranks in turn as they arrive. With one,
// the largest are dealt out first, each to the rank where it hurts least: a scheduler that sees all waiting requests, or may place all of them anew.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "balance/distribution.h"

namespace moecalc::balance {

struct Request {
  double attention;  // prefill: pairs of a computed and an attended token; decode: tokens of KV held
  double count;      // prefill: tokens computed; decode: 1
  std::size_t turn;  // of its arrival
};

// Prompts of `mean_tokens` on average. A cached share is attended to and not computed, but for the last token: u new tokens after c cached ones make
// u c + u^2 / 2 pairs.
std::vector<Request> prefill_requests(std::size_t requests, double mean_tokens, double hit_rate, const RelativeLengths& lengths, Random& random);

// About `requests` that decode at a moment. They arrive evenly and get one token at each step until their output is complete; who arrived when the others
// were younger may have left already, which leaves ranks with fewer.
std::vector<Request> decode_requests(std::size_t requests, double mean_prompt, double mean_output, const RelativeLengths& lengths, Random& random);

struct RankLoads {
  std::vector<double> attention;
  std::vector<double> count;
};

// Busiest over mean; 1 where there is nothing to do.
double max_over_mean(std::span<const double> loads);

RankLoads deal_in_turn(std::span<const Request> requests, std::size_t ranks);
RankLoads deal_evenly(std::span<const Request> requests, std::size_t ranks);

}  // namespace moecalc::balance
