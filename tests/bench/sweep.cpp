// How many configurations a second a sweep evaluates on one core, by method.
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "sweep/sweep_json.h"

namespace {

using namespace moecalc;

// As scripts/bench_sweep.mjs asks them in the page, with fewer lengths of the context.
constexpr const char* zartbot = R"({"scenario": {"method": "zartbot", "phase": "decode"},
  "axes": [{"parameter": "prompt_tokens", "from": 1000, "to": 1099, "step": 1},
           {"parameter": "kv_format", "values": ["bf16", "fp8"]},
           {"parameter": "overlap", "values": ["none", "ideal"]},
           {"parameter": "decode.expert_parallel", "values": [72, 144, 320, 34]},
           {"parameter": "decode.batch_per_gpu", "from": 1, "to": 125, "step": 1}],
  "best_per": ["kv_format", "decode.expert_parallel", "decode.batch_per_gpu"],)";
constexpr const char* shinez = R"({"scenario": {"method": "shinez", "phase": "decode"},
  "axes": [{"parameter": "kv_tokens", "from": 1000, "to": 1099, "step": 1},
           {"parameter": "device", "values": ["h800", "h20"]},
           {"parameter": "overlap", "values": ["none", "two_batch"]},
           {"parameter": "decode.expert_parallel", "values": [72, 144, 320, 288]},
           {"parameter": "decode.batch_per_gpu", "from": 2, "to": 250, "step": 2}],
  "best_per": ["device", "decode.expert_parallel", "decode.batch_per_gpu"],)";
constexpr const char* reference = R"({"scenario": {"method": "reference", "phase": "decode"},
  "axes": [{"parameter": "prompt_tokens", "from": 1000, "to": 1099, "step": 1},
           {"parameter": "device", "values": ["h800", "b200"]},
           {"parameter": "overlap", "values": ["none", "two_batch"]},
           {"parameter": "decode.expert_parallel", "values": [32, 72, 144, 288]},
           {"parameter": "decode.batch_per_gpu", "from": 2, "to": 250, "step": 2}],
  "best_per": ["device", "decode.expert_parallel", "decode.batch_per_gpu"],)";
constexpr const char* common = R"(
  "constraints": [{"quantity": "decode.tps_per_user", "at_least": 15}],
  "objective": {"quantity": "decode.tokens_per_s_per_gpu", "goal": "maximize"}, "top": 100, "sample": 2000, "quantities": ["decode.tpot_ms"],
  "pareto": [{"quantity": "decode.tps_per_user", "goal": "maximize"}, {"quantity": "decode.tokens_per_s_per_gpu", "goal": "maximize"}]})";

#ifdef __EMSCRIPTEN__
constexpr const char* place = "WebAssembly under node, 1 core";
#else
constexpr const char* place = "Native, 1 core";
#endif

}  // namespace

int main() {
  using clock = std::chrono::steady_clock;
  for (const auto& [method, question] : {std::pair{"zartbot", zartbot}, std::pair{"shinez", shinez}, std::pair{"reference", reference}}) {
    const Sweep sweep = read_sweep(nlohmann::ordered_json::parse(std::string(question) + common)).value();
    double best = 0;
    for (int round = 0; round < 7; ++round) {
      const auto start = clock::now();
      const SweepPartial partial = run_sweep(sweep, 0, total_of(sweep));
      const double rate = static_cast<double>(partial.counts.evaluated) / std::chrono::duration<double>(clock::now() - start).count();
      best = rate > best ? rate : best;
    }
    std::printf("%s, %s: %.0f configurations/s\n", place, method, best);
  }
}
