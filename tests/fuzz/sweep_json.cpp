// Sweeps in JSON. What was read, written as JSON or as a link, reads as the same; its first configurations can be evaluated.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "fuzz.h"
#include "json/parse.h"
#include "sweep/sweep_json.h"
#include "sweep/sweep_link.h"

using namespace moecalc;

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const auto json = parse_json(fuzz::text_of(data, size));
  if (!json.ok()) {
    fuzz::check_errors(json.errors());
    return 0;
  }
  const Outcome<Sweep> sweep = read_sweep(json.value());
  if (!sweep.ok()) {
    fuzz::check_errors(sweep.errors());
    return 0;
  }
  const auto written = sweep_json(sweep.value());
  const Outcome<Sweep> again = read_sweep(written);
  fuzz::require(again.ok() && sweep_json(again.value()) == written, "the same sweep by JSON");
  const std::string link = encode_link(sweep.value());
  if (link.size() <= largest_link_bytes) {
    const DecodedSweepLink decoded = decode_sweep_link(link);
    fuzz::require(decoded.link.problems.empty() && decoded.sweep && sweep_json(*decoded.sweep) == written, "the same sweep by link");
  }
  run_sweep(sweep.value(), 0, std::min<std::uint64_t>(total_of(sweep.value()), 8));
  return 0;
}
