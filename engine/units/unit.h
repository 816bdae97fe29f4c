// The units that numbers are shown in at every border (JSON, link, command line, page), as data.
//
// A unit says how much of the base unit one of it is: value_in_base = value * base_per_unit. `id` is what JSON and the
// dictionaries use (`unit.<id>`); quantity keys end in it.
#pragma once

#include <string_view>

namespace moecalc {

struct Unit {
  std::string_view id;
  double base_per_unit;
};

namespace unit {

inline constexpr Unit none{"", 1};
inline constexpr Unit percent{"percent", 0.01};

// Counts of things.
inline constexpr Unit layers{"layers", 1};
inline constexpr Unit heads{"heads", 1};
inline constexpr Unit experts{"experts", 1};
inline constexpr Unit gpus{"gpus", 1};
inline constexpr Unit nodes{"nodes", 1};
inline constexpr Unit sequences{"sequences", 1};
inline constexpr Unit elements{"elements", 1};
inline constexpr Unit sm{"sm", 1};
inline constexpr Unit mhz{"mhz", 1e6};
inline constexpr Unit million_parameters{"million_parameters", 1e6};
inline constexpr Unit billion_parameters{"billion_parameters", 1e9};
// Tokens as a count (a sequence length); tokens as an amount that has a rate or a price is million_tokens and below.
inline constexpr Unit tokens{"tokens", 1};

inline constexpr Unit bytes{"bytes", 1};
inline constexpr Unit kib{"kib", 1024};
inline constexpr Unit mib{"mib", 1048576.0};
inline constexpr Unit gib{"gib", 1073741824.0};
inline constexpr Unit gb{"gb", 1e9};

inline constexpr Unit flop{"flop", 1};
inline constexpr Unit mflop{"mflop", 1e6};
inline constexpr Unit gflop{"gflop", 1e9};
inline constexpr Unit tflops{"tflops", 1e12};

inline constexpr Unit seconds{"s", 1};
inline constexpr Unit ms{"ms", 1e-3};
inline constexpr Unit us{"us", 1e-6};

inline constexpr Unit gb_per_s{"gb_per_s", 1e9};
inline constexpr Unit mib_per_s{"mib_per_s", 1048576.0};
inline constexpr Unit gbit_per_s{"gbit_per_s", 1.25e8};

inline constexpr Unit tokens_per_s{"tokens_per_s", 1};

// What a box costs and draws.
inline constexpr Unit usd{"usd", 1};
inline constexpr Unit years{"years", 1};
inline constexpr Unit watts{"watts", 1};
inline constexpr Unit usd_per_kwh{"usd_per_kwh", 1};
inline constexpr Unit usd_per_kw_month{"usd_per_kw_month", 1};

// Amounts of one day of service, and the price of one GPU for one hour: dollars and tokens, so that a day's cost is
// nodes x GPUs x 24 hours x price with nothing lost to a detour over seconds.
inline constexpr Unit tokens_per_day{"tokens_per_day", 1};
inline constexpr Unit usd_per_gpu_hour{"usd_per_gpu_hour", 1};
inline constexpr Unit usd_per_day{"usd_per_day", 1};
inline constexpr Unit usd_per_million_tokens{"usd_per_million_tokens", 1e-6};
inline constexpr Unit tokens_per_usd{"tokens_per_usd", 1};

}  // namespace unit
}  // namespace moecalc
