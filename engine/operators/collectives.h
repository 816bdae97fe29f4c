// Time of messages between GPUs: a latency, and bytes over the bandwidth of the slower of two tiers. Inside a scale-up domain (a node of eight,
// an NVL72) messages use the scale-up links; between domains each GPU uses its own share of the network.
//
// n: GPUs that take part; d: GPUs of one domain. Bytes are what one GPU holds of the message.
#pragma once

#include <cmath>

#include "operators/roofline.h"

namespace moecalc {

// Bandwidth of one direction as measured, and the time of an empty message.
template <class R>
struct Link {
  ByteRate<R> bandwidth;
  Time<R> latency;
};

// All-reduce within a domain: in one shot (every GPU reads all others' parts) or in two (reduce-scatter, then all-gather), whichever is quicker.
template <class R>
struct AllReduceNetwork {
  bool has_one_shot;
  Link<R> one_shot;
  Link<R> two_shot;
  Time<R> latency_per_gpu;
  double slowdown_per_gpu;  // of each GPU beyond two, where all share a PCIe root
  Link<R> scaleout;
  double domain;  // GPUs of one scale-up domain
};

// n GPUs end with the sum of all their messages. Over several domains: within each first, then each GPU its part between domains.
template <class R>
Time<R> all_reduce(R& r, const Size<R>& message, double n, const AllReduceNetwork<R>& net) {
  const double inside = n < net.domain ? n : net.domain;
  const double domains = n / inside;
  const auto share = [&](std::string_view symbol, std::string_view name, double value) { return r.input({symbol, name, unit::none, Origin::definition, {}}, value); };
  const auto others = share("n_other", "other_gpus", inside - 1);
  const double slow = inside > 2 ? 1 + net.slowdown_per_gpu * (inside - 2) : 1;
  const auto two = net.two_shot.latency + others * net.latency_per_gpu + share("a_two", "all_reduce_share", 2 * (inside - 1) / inside * slow) * message / net.two_shot.bandwidth;
  const auto within = net.has_one_shot ? smaller(net.one_shot.latency + others * message / net.one_shot.bandwidth, two) : two;
  if (domains <= 1) return within;
  return within + (net.scaleout.latency + share("a_out", "all_reduce_share_between", 2 * (domains - 1) / domains / inside) * message / net.scaleout.bandwidth);
}

template <class R>
struct ExchangeNetwork {
  Link<R> scaleup;
  Link<R> scaleout;
};

// Where the copies of one token go: to how many other GPUs of its own domain, and over the network to how many.
struct Copies {
  double scaleup;
  double scaleout;
};

// Each of k experts sits on a random GPU of n; what stays on the GPU itself is not sent. One copy an expert (low latency).
inline Copies copies_per_expert(double k, double n, double domain) {
  const double inside = n < domain ? n : domain;
  return {k * (inside - 1) / n, k * (n - inside) / n};
}

// Of n places, how many at least one of k experts is in.
inline double places_reached(double n, double k) {
  double missed = 1;
  for (double i = 0; i < k; ++i) missed *= 1 - 1 / n;
  return n * (1 - missed);
}

// Of n domains, how many at least one of a token's experts is in, when its experts lie in `limit` of `groups` groups that are spread over the
// domains evenly (node-limited routing): drawn without putting back.
inline double domains_reached(double n, double k, double groups, double limit) {
  if (n <= 1) return 1;
  if (groups == 0 || limit == 0 || n > groups) return places_reached(n, k);
  const double of_domain = groups / n;
  double missed = 1;
  for (double i = 0; i < limit; ++i) {
    const double left = groups - of_domain - i;
    missed *= left > 0 ? left / (groups - i) : 0;
  }
  return n * (1 - missed);
}

// One copy a GPU that has an expert of the token; between domains one copy a domain, forwarded inside it.
inline Copies copies_per_place(double k, double n, double domain, double groups, double limit) {
  const double inside = n < domain ? n : domain;
  const double domains = n / inside;
  const double reached = domains_reached(domains, k, groups, limit);
  const double of_each = places_reached(inside, std::ceil(k / reached));
  return {reached * of_each * (inside - 1) / inside, reached * (domains - 1) / domains};
}

// The payload of one GPU's tokens to their copies. The two tiers work at the same time; the slower decides.
template <class R>
Time<R> all_to_all(R& r, const Size<R>& payload, const Copies& copies, const ExchangeNetwork<R>& net) {
  const auto inside = r.input({"c_in", "copies_scaleup", unit::none, Origin::definition, {}}, copies.scaleup);
  const auto within = inside * payload / net.scaleup.bandwidth;
  if (copies.scaleout == 0) return net.scaleup.latency + within;
  const auto outside = r.input({"c_out", "copies_scaleout", unit::none, Origin::definition, {}}, copies.scaleout);
  return net.scaleout.latency + larger(within, outside * payload / net.scaleout.bandwidth);
}

}  // namespace moecalc
