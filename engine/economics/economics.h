// A day of service in money, after DeepSeek's "DeepSeek-V3/R1 Inference System Overview" (2025-03-01): what the GPUs
// cost, what the tokens would bring at list price, and how many nodes the load needs at given rates per node.
//
// Prices are per million tokens; input and output tokens are priced and counted apart. DeepSeek's 545 % is profit over
// cost; profit over revenue is the other common reading and is given beside it.
#pragma once

#include "report/recorder.h"
#include "scenario/scenario.h"
#include "units/quantity.h"

namespace moecalc {

struct DayInputs {
  double average_nodes;
  double gpus_per_node;
  Dollars gpu_hour;  // one GPU, one hour
  Tokens input;
  double cache_hit_rate;
  Tokens output;
  DollarsPerToken price_input_hit;
  DollarsPerToken price_input_miss;
  DollarsPerToken price_output;
  // Rates per node, in and out; 0 where the method gave none.
  TokensPerSecond prefill_rate;
  TokensPerSecond decode_rate;
  bool prefill_rate_by_reader;
  bool decode_rate_by_reader;
  bool aggregated;  // prefill and decode share the nodes: the decode rate already has the prompts in it
};

// Rates that the scenario leaves to the method are taken from `results`.
DayInputs day_inputs(const Scenario& scenario, const Results& results);

template <class R>
void run_day(R& r, const DayInputs& in) {
  using enum QuantityId;
  const auto of_reader = [&](std::string_view symbol, Parameter p, auto value) { return bind_parameter(r, symbol, p, value); };
  const auto hours = r.input({"h_day", "hours_per_day", unit::none, Origin::definition, {}}, 24.0);
  const auto nodes = of_reader("n", Parameter::economics_average_nodes, in.average_nodes);
  const auto node = of_reader("g", Parameter::gpus_per_node, in.gpus_per_node);
  const auto gpu_hour = of_reader("p_gpu", Parameter::economics_gpu_usd_per_hour, in.gpu_hour);
  const auto cost = r.result(economics_cost_usd_per_day, nodes * node * hours * gpu_hour);

  const auto input = of_reader("D_in", Parameter::economics_input_tokens_per_day, in.input);
  const auto hit = of_reader("h", Parameter::economics_cache_hit_rate, in.cache_hit_rate);
  const auto output = of_reader("D_out", Parameter::economics_output_tokens_per_day, in.output);
  const auto from_hits = r.result(economics_revenue_input_hit_usd_per_day,
                                  input * hit * of_reader("p_hit", Parameter::economics_price_input_hit, in.price_input_hit));
  const auto from_misses = r.result(economics_revenue_input_miss_usd_per_day,
                                    input * (1.0 - hit) * of_reader("p_miss", Parameter::economics_price_input_miss, in.price_input_miss));
  const auto from_output =
      r.result(economics_revenue_output_usd_per_day, output * of_reader("p_out", Parameter::economics_price_output, in.price_output));
  const auto revenue = r.result(economics_revenue_usd_per_day, from_hits + from_misses + from_output);
  const auto profit = r.result(economics_profit_usd_per_day, revenue - cost);
  if (value_of(cost).base() > 0) r.result(economics_profit_over_cost, profit / cost);
  if (value_of(revenue).base() > 0) r.result(economics_profit_over_revenue, profit / revenue);
  if (value_of(output).base() > 0) r.result(economics_cost_usd_per_million_output_tokens, cost / output);

  // The fleet identity: load / rate per node = nodes.
  const auto day = r.input({"t_day", "seconds_per_day", unit::seconds, Origin::definition, {}}, seconds(86400));
  const auto rate = [&](std::string_view symbol, Parameter p, QuantityId computed, TokensPerSecond value, bool by_reader) {
    return r.lazy_input([&] { return by_reader ? parameter_input(symbol, p) : quantity_input(info(computed)); }, value);
  };
  const bool has_prefill = in.prefill_rate.base() > 0 && !in.aggregated;
  const bool has_decode = in.decode_rate.base() > 0;
  typename R::template Of<double> of_prefill{};
  typename R::template Of<double> of_decode{};
  if (has_prefill) {
    const auto prefill_rate = rate("r_prefill", Parameter::economics_prefill_tokens_per_s_per_node, prefill_tokens_per_s_per_node,
                                   in.prefill_rate, in.prefill_rate_by_reader);
    r.result(economics_prefill_uncached_tokens_per_s_per_node, prefill_rate * (1.0 - hit));
    of_prefill = r.result(economics_prefill_nodes, input / day / prefill_rate);
  }
  if (has_decode) {
    const auto decode_rate = rate("r_decode", Parameter::economics_decode_tokens_per_s_per_node, decode_tokens_per_s_per_node,
                                  in.decode_rate, in.decode_rate_by_reader);
    of_decode = r.result(economics_decode_nodes, output / day / decode_rate);
  }
  if (has_prefill && has_decode) r.result(economics_fleet_nodes, of_prefill + of_decode);
  if (in.aggregated && has_decode) r.result(economics_fleet_nodes, of_decode);
}

}  // namespace moecalc
