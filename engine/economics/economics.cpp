#include "economics/economics.h"

namespace moecalc {

DayInputs day_inputs(const Scenario& s, const Results& results) {
  using enum Parameter;
  const auto rate_of = [&](Parameter p, QuantityId computed) {
    if (!s.is_automatic(p)) return tokens_per_s(s[p]);
    return tokens_per_s(results.has(computed) ? results[computed] : 0);
  };
  return {
      .average_nodes = s[economics_average_nodes],
      .peak_nodes = s[economics_peak_nodes],
      .gpus_per_node = s[gpus_per_node],
      .gpu_hour = usd(s[economics_gpu_usd_per_hour]),
      .input = tokens(s[economics_input_tokens_per_day]),
      .cache_hit_rate = s[economics_cache_hit_rate],
      .output = tokens(s[economics_output_tokens_per_day]),
      .price_input_hit = usd_per_million_tokens(s[economics_price_input_hit]),
      .price_input_miss = usd_per_million_tokens(s[economics_price_input_miss]),
      .price_output = usd_per_million_tokens(s[economics_price_output]),
      .paid_share = s[economics_paid_share],
      .night_discount = s[economics_night_discount],
      .utilisation = s[economics_utilisation],
      .prefill_rate = rate_of(economics_prefill_tokens_per_s_per_node, QuantityId::prefill_tokens_per_s_per_node),
      .decode_rate = rate_of(economics_decode_tokens_per_s_per_node, QuantityId::decode_tokens_per_s_per_node),
      .prefill_rate_by_reader = !s.is_automatic(economics_prefill_tokens_per_s_per_node),
      .decode_rate_by_reader = !s.is_automatic(economics_decode_tokens_per_s_per_node),
      .aggregated = s.is_aggregated(),
  };
}

template void run_day<Plain>(Plain&, const DayInputs&);

}  // namespace moecalc
