// The constants of ShineZ's article "estimating per-card throughput of DeepSeek under EP" (V1.0 of 2025-03-16, and V0).
//
// Source id: shinez-2025. Prefixes are powers of 1024 throughout, for FLOP/s, bytes/s and clocks too (S1); what the article
// does not print was recovered from its result rows, which all reproduce (tests/golden/shinez_test.cpp).
#pragma once

#include <array>
#include <string_view>

namespace moecalc::shinez {

inline constexpr std::string_view article = "shinez-2025";

inline constexpr double kibi = 1024;
inline constexpr double gibi = kibi * kibi * kibi;
inline constexpr double tebi = kibi * gibi;

// How FlashAttention-3 style kernels overlap softmax with the two products.
enum class AttentionPipeline { none, two_stage, three_stage };

struct ArticleDevice {
  std::string_view id;  // in our catalogue
  double peak_fp8_tflops;  // of 2^40; INT8 on A100
  double peak_bf16_tflops;
  double memory_gib;
  double memory_bandwidth_gb_per_s;  // of 2^30
  double sm_count;
  double boost_mhz;  // of 2^30 / 1000; only sm_count x boost_mhz is observable in the rows
  AttentionPipeline pipeline;
  double flash_mla_discount_q1;  // share of the peak that FlashMLA reaches, by query tokens a sequence
  double flash_mla_discount_q2;
};

inline constexpr std::array<ArticleDevice, 5> devices = {{
    {"h800", 1979, 989.5, 80, 3.3 * 1024, 132, 1830, AttentionPipeline::two_stage, 510.0 / 989, 550.0 / 989},
    // H20's memory bandwidth and clock are lower bounds only; bf16 of L20 never shows in a row.
    {"h20", 296, 148, 96, 4.0 * 1024, 78, 1980, AttentionPipeline::two_stage, 125.0 / 148, 125.0 / 148},
    {"a100-sxm-80g", 624, 312, 80, 2.0 * 1024, 108, 1410, AttentionPipeline::none, 510.0 / 989, 550.0 / 989},
    {"l20", 239, 119.5, 48, 864, 92, 2235, AttentionPipeline::none, 510.0 / 989, 550.0 / 989},
    {"l40s", 733, 366.5, 48, 864, 142, 2520, AttentionPipeline::none, 510.0 / 989, 550.0 / 989},
}};

constexpr const ArticleDevice* find_article_device(std::string_view id) {
  for (const ArticleDevice& d : devices) {
    if (d.id == id) return &d;
  }
  return nullptr;
}

// A user's own device: FlashMLA as on all cards but H20.
inline constexpr double flash_mla_discount_q1 = 510.0 / 989;
inline constexpr double flash_mla_discount_q2 = 550.0 / 989;

// Effective GiB/s a NIC delivers for each Gbit/s of its name: 40 for CX7 at 400, 10 for E810 at 100.
inline constexpr double nic_gib_per_gbit = 0.1;
inline constexpr double default_expert_parallel = 144;
inline constexpr double default_nic_gbit_per_s = 400;

inline constexpr double history_tokens = 5120;  // cached tokens a sequence
inline constexpr double all_reduce_us = 0.5;    // one exchange among a kernel's threads, counted once a sequence

// Memory rule fixed for moecalc (no printed row is limited by it).
inline constexpr double attention_parameters_m = 187.1;
inline constexpr double expert_parameters_m = 44.04;
inline constexpr double reserve_gib = 5;

}  // namespace moecalc::shinez
