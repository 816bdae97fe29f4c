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
  double average_nodes;  // automatic: as many as the load needs
  double peak_nodes;     // automatic: in the published day's proportion to the average
  double gpus_per_node;
  Dollars gpu_hour;  // one GPU, one hour
  Tokens input;
  double cache_hit_rate;
  Tokens output;
  DollarsPerToken price_input_hit;
  DollarsPerToken price_input_miss;
  DollarsPerToken price_output;
  double paid_share;      // of the list-price revenue
  double night_discount;  // off the list price, in the hours of night
  double utilisation;     // of a node's rate that an average node in use reaches
  // Rates per node, in and out; 0 where the method gave none.
  TokensPerSecond prefill_rate;
  TokensPerSecond decode_rate;
  bool prefill_rate_by_reader;
  bool decode_rate_by_reader;
  bool aggregated;  // prefill and decode share the nodes: the decode rate already has the prompts in it
};

// Rates that the scenario leaves to the method are taken from `results`.
DayInputs day_inputs(const Scenario& scenario, const Results& results);

// The hours of a day, 0 to 23, as shares of the way from the night's nodes to the peak's. DeepSeek printed its curve only as a picture, so this one
// is assumed: peak from 9 to 24, lowest from 2 to 7, straight between. Its sum and the night's part of it stand in the formulas of run_day.
inline constexpr double hourly_profile[24] = {2.0 / 3, 1.0 / 3, 0, 0, 0, 0, 0, 1.0 / 3, 2.0 / 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
inline constexpr double hours_of_peak = 17;         // the profile's sum
inline constexpr double hours_of_low = 7;           // 24 less that
inline constexpr double night_hours = 8;            // 00:30 to 08:30, the hours of DeepSeek's discount (price list of 2025-02-26)
inline constexpr double night_hours_of_peak = 4.0 / 3;  // the profile's sum over them
inline constexpr double published_peak_over_average = 278 / 226.75;

// The peak must lie between the average and what leaves no node for the night.
constexpr bool is_peak_possible(double average, double peak) { return peak >= average && hours_of_peak * peak <= 24 * average; }

template <class R>
void run_day(R& r, const DayInputs& in) {
  using enum QuantityId;
  using Count = typename R::template Of<double>;
  const auto of_reader = [&](std::string_view symbol, Parameter p, auto value) { return bind_parameter(r, symbol, p, value); };
  const auto by_rule = [&](std::string_view symbol, std::string_view key, double value) { return r.input({symbol, key, unit::none, Origin::definition, {}}, value); };
  const auto input = of_reader("D_in", Parameter::economics_input_tokens_per_day, in.input);
  const auto hit = of_reader("h", Parameter::economics_cache_hit_rate, in.cache_hit_rate);
  const auto output = of_reader("D_out", Parameter::economics_output_tokens_per_day, in.output);

  // The fleet identity: load / rate per node = nodes.
  const auto day = r.input({"t_day", "seconds_per_day", unit::seconds, Origin::definition, {}}, seconds(86400));
  const auto busy = of_reader("u", Parameter::economics_utilisation, in.utilisation);
  const auto rate = [&](std::string_view symbol, Parameter p, QuantityId computed, TokensPerSecond value, bool by_reader) {
    return r.lazy_input([&] { return by_reader ? parameter_input(symbol, p) : quantity_input(info(computed)); }, value);
  };
  const bool has_prefill = in.prefill_rate.base() > 0 && !in.aggregated;
  const bool has_decode = in.decode_rate.base() > 0;
  const bool has_fleet = has_decode && (has_prefill || in.aggregated);
  Count of_prefill{};
  Count of_decode{};
  Count fleet{};
  if (has_prefill) {
    const auto prefill_rate = rate("r_prefill", Parameter::economics_prefill_tokens_per_s_per_node, prefill_tokens_per_s_per_node,
                                   in.prefill_rate, in.prefill_rate_by_reader);
    r.result(economics_prefill_uncached_tokens_per_s_per_node, prefill_rate * (1.0 - hit));
    of_prefill = r.result(economics_prefill_nodes, input / day / prefill_rate / busy);
  }
  if (has_decode) {
    const auto decode_rate = rate("r_decode", Parameter::economics_decode_tokens_per_s_per_node, decode_tokens_per_s_per_node,
                                  in.decode_rate, in.decode_rate_by_reader);
    of_decode = r.result(economics_decode_nodes, output / day / decode_rate / busy);
  }
  if (has_fleet) fleet = r.result(economics_fleet_nodes, in.aggregated ? of_decode : of_prefill + of_decode);

  const auto from_hits = r.result(economics_revenue_input_hit_usd_per_day,
                                  input * hit * of_reader("p_hit", Parameter::economics_price_input_hit, in.price_input_hit));
  const auto from_misses = r.result(economics_revenue_input_miss_usd_per_day,
                                    input * (1.0 - hit) * of_reader("p_miss", Parameter::economics_price_input_miss, in.price_input_miss));
  const auto from_output =
      r.result(economics_revenue_output_usd_per_day, output * of_reader("p_out", Parameter::economics_price_output, in.price_output));
  const auto revenue = r.result(economics_revenue_usd_per_day, from_hits + from_misses + from_output);

  const bool by_reader = in.average_nodes != automatic;
  if (!by_reader && !has_fleet) return;
  const auto nodes = by_reader ? of_reader("n", Parameter::economics_average_nodes, in.average_nodes) : fleet;
  const auto hours = r.input({"h_day", "hours_per_day", unit::none, Origin::definition, {}}, 24.0);
  const auto node = of_reader("g", Parameter::gpus_per_node, in.gpus_per_node);
  const auto gpu_hour = of_reader("p_gpu", Parameter::economics_gpu_usd_per_hour, in.gpu_hour);
  const auto cost = r.result(economics_cost_usd_per_day, nodes * node * hours * gpu_hour);
  const bool costs = value_of(cost).base() > 0;
  const auto profit = r.result(economics_profit_usd_per_day, revenue - cost);
  if (costs) r.result(economics_profit_over_cost, profit / cost);
  if (value_of(revenue).base() > 0) r.result(economics_profit_over_revenue, profit / revenue);

  // What a token costs: of all, and of the nodes that make it. A cached one costs storage, which is not priced.
  if (value_of(output).base() > 0) {
    r.result(economics_cost_usd_per_million_output_tokens, cost / output);
    if (has_decode && !in.aggregated) r.result(economics_decode_usd_per_million_output_tokens, of_decode * node * hours * gpu_hour / output);
    if (costs) r.result(economics_output_tokens_per_usd, output / cost);
  }
  if (value_of(input + output).base() > 0) r.result(economics_cost_usd_per_million_tokens, cost / (input + output));
  if (has_prefill && value_of(input).base() > 0 && value_of(hit) < 1) {
    r.result(economics_prefill_usd_per_million_input_miss_tokens, of_prefill * node * hours * gpu_hour / (input * (1.0 - hit)));
  }

  // The day by its hours, and what is really earned.
  const auto peak = r.result(economics_peak_nodes, in.peak_nodes == automatic ? nodes * by_rule("x_peak", "peak_over_average", published_peak_over_average)
                                                                              : of_reader("n_p", Parameter::economics_peak_nodes, in.peak_nodes));
  if (!is_peak_possible(value_of(nodes), value_of(peak))) return;
  const auto low = r.result(economics_night_nodes, (hours * nodes - hours_of_peak * peak) / hours_of_low);
  const auto night = r.result(economics_night_share, (night_hours * low + night_hours_of_peak * (peak - low)) / (hours * nodes));
  const auto income = r.result(economics_income_usd_per_day, revenue * of_reader("s_paid", Parameter::economics_paid_share, in.paid_share) *
                                                                 (1.0 - night * of_reader("x_night", Parameter::economics_night_discount, in.night_discount)));
  if (costs) r.result(economics_income_profit_over_cost, (income - cost) / cost);
  if (value_of(income).base() > 0) r.result(economics_break_even_price_share, cost / income);
}

// Once, in economics.cpp: every configuration of a sweep runs it, so the WebAssembly build compiles that file for speed.
extern template void run_day<Plain>(Plain&, const DayInputs&);

}  // namespace moecalc
