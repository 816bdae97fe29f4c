// Random scenarios, the same on every platform for a seed.
#pragma once

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "catalogue/catalogue.h"
#include "methods/evaluate.h"
#include "scenario/scenario.h"

namespace moecalc::testing {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {  // SplitMix64
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  std::uint64_t below(std::uint64_t n) { return next() % n; }
  double unit() { return static_cast<double>(next() >> 11) / 9007199254740992.0; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }

 private:
  std::uint64_t state_;
};

// Any value that the table allows.
inline double random_value(const ParameterInfo& row, Random& random) {
  if (row.allows_auto && random.one_in(3)) return automatic;
  switch (row.type) {
    case ParameterType::boolean: return static_cast<double>(random.below(2));
    case ParameterType::choice: return static_cast<double>(random.below(row.choices.size()));
    case ParameterType::model: return static_cast<double>(random.below(models().size() + 1));
    case ParameterType::device: return static_cast<double>(random.below(devices().size() + 1));
    case ParameterType::integer:
    case ParameterType::number: {
      // Evenly over the orders of magnitude.
      const double low = row.minimum > 0 ? row.minimum : 1e-3;
      const double value = row.maximum <= 1 ? row.minimum + random.unit() * (row.maximum - row.minimum) : low * std::pow(row.maximum / low, random.unit());
      const double inside = std::fmin(std::fmax(value, row.minimum), row.maximum);
      return row.type == ParameterType::integer ? std::floor(inside) : inside;
    }
  }
  return 0;
}

// Any scenario of valid values; most of them the method refuses.
inline Scenario random_scenario(Random& random) {
  Scenario scenario = Scenario::defaults();
  for (const ParameterInfo& row : parameter_table()) {
    if (random.one_in(2)) scenario.set(row.id, random_value(row, random));
  }
  return scenario;
}

// A scenario inside zartbot's domain, so that it is answered.
inline Scenario random_zartbot_scenario(Random& random) {
  const auto pick = [&](std::initializer_list<const char*> list) { return *(list.begin() + random.below(list.size())); };
  for (;;) {
    Scenario s = Scenario::defaults();
    const auto set = [&](const char* key, const std::string& value) { s.set(key, value); };
    set("method", "zartbot");
    set("model", pick({"deepseek-v3", "deepseek-r1"}));
    set("device", pick({"h800", "h20", "h20-3e"}));
    set("phase", pick({"both", "prefill", "decode"}));
    set("prompt_tokens", std::to_string(1 + random.below(random.one_in(4) ? 200000 : 8000)));
    set("output_tokens", std::to_string(1 + random.below(4000)));
    set("decode.batch_per_gpu", std::to_string(1 + random.below(random.one_in(3) ? 512 : 128)));
    set("decode.expert_parallel", pick({"auto", "34", "72", "144", "320", "64", "128", "256"}));
    set("decode.tensor_parallel", pick({"auto", "1", "4", "8"}));
    set("prefill.expert_parallel", pick({"auto", "32", "64", "16", "8", "320"}));
    set("prefill.tensor_parallel", pick({"auto", "1", "4", "8"}));
    set("kv_format", pick({"fp8", "bf16"}));
    set("mla_absorb", pick({"auto", "yes", "no"}));
    set("overlap", pick({"none", "ideal"}));
    set("ignore_capacity", pick({"true", "false"}));
    for (const Parameter p : {Parameter::prefix_cache_hit_rate, Parameter::nic_gbit_per_s, Parameter::efficiency, Parameter::memory_utilisation,
                              Parameter::device_memory_gib, Parameter::device_memory_bandwidth_gb_per_s, Parameter::device_peak_dense_fp8_tflops,
                              Parameter::economics_average_nodes, Parameter::economics_gpu_usd_per_hour, Parameter::economics_output_tokens_per_day}) {
      if (random.one_in(4)) s.set(p, random_value(info(p), random));
    }
    if (evaluate_numbers(s).ok()) return s;
  }
}

// A question that the reference method answers: any model, device, format and layout, also of the reader's own. Prefill has no stated number
// of replicas, so that all requests in flight decode.
inline Scenario random_reference_scenario(Random& random) {
  const auto pick = [&](std::initializer_list<const char*> list) { return *(list.begin() + random.below(list.size())); };
  for (;;) {
    Scenario s = Scenario::defaults();
    const auto set = [&](const char* key, const std::string& value) {
      if (!s.set(key, value).empty()) throw std::runtime_error(std::string(key) + "=" + value);
    };
    set("method", "reference");
    s.set(Parameter::model, static_cast<double>(random.below(models().size())));
    if (random.one_in(2)) set("model", pick({"deepseek-r1", "deepseek-v3.2", "gpt-oss-120b", "qwen3-next-80b-a3b", "llama-3.1-70b", "qwen3-235b-a22b", "mixtral-8x7b"}));
    s.set(Parameter::device, static_cast<double>(random.below(devices().size())));
    if (random.one_in(2)) set("device", pick({"h800", "h20", "h200", "h100-sxm", "b200", "gb200", "l40s", "a100-sxm-80g", "mi300x", "ascend-910c"}));
    set("phase", pick({"both", "both", "both", "prefill", "decode"}));
    set("serving", pick({"disaggregated", "aggregated"}));
    set("prompt_tokens", std::to_string(1 + random.below(random.one_in(4) ? 100000 : 8000)));
    set("output_tokens", std::to_string(1 + random.below(4000)));
    set("weight_format", pick({"bf16", "fp8", "fp8", "int8", "int4", "nvfp4", "mxfp4"}));
    set("kv_format", pick({"fp8", "bf16"}));
    for (const char* phase : {"prefill.", "decode."}) {
      const std::string at = phase;
      const std::uint64_t tp = std::uint64_t{1} << random.below(5), dp = std::uint64_t{1} << random.below(8);
      if (!random.one_in(5)) {
        set((at + "tensor_parallel").c_str(), std::to_string(tp));
        set((at + "data_parallel").c_str(), std::to_string(dp));
        if (random.one_in(3)) set((at + "expert_parallel").c_str(), std::to_string(tp * dp));
        if (random.one_in(4)) set((at + "moe_tensor_parallel").c_str(), std::to_string(tp));
      }
      if (random.one_in(4)) set((at + "pipeline_parallel").c_str(), std::to_string(1 + random.below(4)));
      if (random.one_in(4)) set((at + "expert_imbalance").c_str(), "1.3");
    }
    set("overlap", pick({"auto", "none", "two_batch", "single_batch", "ideal"}));
    set("mla_absorb", pick({"auto", "yes", "no"}));
    set("decode.batch_per_gpu", std::to_string(1 + random.below(random.one_in(3) ? 512 : 64)));
    if (random.one_in(3)) set("decode.concurrency", std::to_string(1 + random.below(2048)));
    if (random.one_in(3)) set("mtp_draft_tokens", std::to_string(1 + random.below(3)));
    set("ignore_capacity", pick({"true", "true", "false"}));
    for (const Parameter p : {Parameter::prefix_cache_hit_rate, Parameter::mtp_acceptance, Parameter::efficiency, Parameter::memory_utilisation, Parameter::kv_tokens,
                              Parameter::prefill_batch_tokens_per_gpu, Parameter::decode_replicas}) {
      if (random.one_in(6)) s.set(p, random_value(info(p), random));
    }
    for (const Parameter p : {Parameter::nic_gbit_per_s, Parameter::device_memory_gib, Parameter::device_memory_bandwidth_gb_per_s, Parameter::device_peak_dense_fp8_tflops}) {
      if (random.one_in(6)) s.set(p, std::floor(10 + random.unit() * 3000));
    }
    if (evaluate_numbers(s).ok()) return s;
  }
}

}  // namespace moecalc::testing
