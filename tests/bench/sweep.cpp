// How many configurations a second a sweep evaluates on one core, by method.
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

#include "sweep/sweep_json.h"

namespace {

using namespace moecalc;

// The inner axis is the batch, as in the article's searches; the Pareto frontier, the best rows and a sample are kept.
Sweep sweep_of(const std::string& method) {
  const std::string text = R"({"scenario": {"method": ")" + method + R"(", "phase": "decode"},
    "axes": [{"parameter": "device", "values": ["h800", "h20"]},
             {"parameter": "nic_gbit_per_s", "from": 50, "to": 800, "points": 20, "scale": "log"},
             {"parameter": "decode.expert_parallel", "values": [34, 72, 144, 320]},
             {"parameter": "decode.batch_per_gpu", "from": 2, "to": 512, "step": 2}],
    "constraints": [{"quantity": "decode.tps_per_user", "at_least": 5}],
    "objective": {"quantity": "decode.tokens_per_s_per_gpu", "goal": "maximize"}, "top": 100, "sample": 2000,
    "pareto": [{"quantity": "decode.tps_per_user", "goal": "maximize"}, {"quantity": "decode.tokens_per_s_per_gpu", "goal": "maximize"}]})";
  return read_sweep(nlohmann::ordered_json::parse(text)).value();
}

}  // namespace

int main() {
  using clock = std::chrono::steady_clock;
  for (const char* method : {"zartbot", "shinez"}) {
    const Sweep sweep = sweep_of(method);
    double best = 0;
    for (int round = 0; round < 7; ++round) {
      const auto start = clock::now();
      const SweepPartial partial = run_sweep(sweep, 0, total_of(sweep));
      const double rate = static_cast<double>(partial.counts.evaluated) / std::chrono::duration<double>(clock::now() - start).count();
      best = rate > best ? rate : best;
    }
    std::printf("1 core %s: %.0f configurations/s\n", method, best);
  }
}
