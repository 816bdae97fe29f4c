// The constants of zartbot's article "DeepSeek-V3/R1 inference efficiency analysis" (2025-03-14), as its code has them.
//
// They belong to this replica only: the catalogue has its own, sourced device entries. Source id: zartbot-2025.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace moecalc::zartbot {

inline constexpr std::string_view article = "zartbot-2025";

// A GPU as the article's code describes it.
struct ArticleDevice {
  std::string_view id;  // in our catalogue
  double sm_count;
  double peak_dense_bf16_tflops;  // of the article's table; its code uses compute_prescale times this
  double peak_dense_fp8_tflops;
  double memory_gib;  // printed as GB, used as GiB (Q9)
  double memory_bandwidth_gb_per_s;
  double scaleup_unidirectional_gb_per_s;
  double scaleup_in_table_gb_per_s;  // what the article's table prints for the same link (Q2)
  double nic_gbit_per_s;
  double prefill_communication_sms;
};

// Q2: H20's NVLink is 450 GB/s one way in the table and 400 in the code; the sheet says 450.
// Q24: H20's memory bandwidth (96 GB) is 3,350 GB/s in table and code; the sheet says 4,000.
inline constexpr std::array<ArticleDevice, 3> devices = {{
    {"h800", 132, 989.5, 1979, 80, 3350, 200, 200, 400, 24},
    {"h20", 78, 148, 296, 96, 3350, 400, 450, 400, 10},
    // The article prints no prefill for H20-3e; the SMs left to communication are H20's, the same chip.
    {"h20-3e", 78, 148, 296, 141, 4800, 400, 450, 400, 10},
}};

inline constexpr const ArticleDevice* find_article_device(std::string_view id) {
  for (const ArticleDevice& d : devices) {
    if (d.id == id) return &d;
  }
  return nullptr;
}

// Q1: peaks are scaled by 0.8 before the stated efficiency of 0.85, so 68 % of the sheet is used although the text says
// 85 %. Right: one explicit efficiency.
inline constexpr double compute_prescale = 0.8;
inline constexpr double efficiency = 0.85;
inline constexpr double memory_utilisation = 0.9;
// Q20: efficiency of the grouped GEMM against the plain one, in decode only, on the shared expert too.
// Right: a curve over rows per expert, in both phases, not on the shared expert.
inline constexpr double grouped_gemm_efficiency = 0.7;

// Q3: sizes in MiB divided by GB/s and read as ms: 4.6 % too short. Right: bytes / 1e9 / (GB/s).
inline constexpr double mb_over_mib = 1e6 / 1048576.0;
// Q3b: the KV cache read in GiB divided by GB/s: 6.9 % too short. Right: bytes / 1e9 / (GB/s).
inline constexpr double gb_over_gib = 1e9 / 1073741824.0;

// Q8: rounded or truncated counts, in millions of parameters. Right: the exact counts (parameter_count.h).
// Q9: a million one-byte parameters is taken for a MiB, 4.9 % too much. Right: one unit throughout.
inline constexpr double attention_parameters_m = 187.17;
inline constexpr double attention_absorbed_parameters_m = 598.14;
inline constexpr double expert_parameters_m = 44.05;
// Embedding, LM head, gates and dense layers at one byte each. Right: embedding and head are BF16.
inline constexpr double other_weights_gib = 2.91;

// Node-limited routing: a token goes to at most four nodes, its own included.
// Q6: three remote nodes are always counted. Right: 2.36 expected for 4 of 8 groups on four nodes.
inline constexpr double dispatch_nodes = 4;

// EP where nobody says: DeepSeek's units of prefill and decode.
inline constexpr double prefill_expert_parallel_of_deepseek = 32;
inline constexpr double decode_expert_parallel_of_deepseek = 144;

// Experts spread over GPUs: the redundant copies that go with each size.
struct ExpertLayout {
  double expert_parallel;
  double redundant_experts;
};
inline constexpr std::array<ExpertLayout, 5> expert_layouts = {{{32, 32}, {34, 16}, {72, 32}, {144, 32}, {320, 64}}};

// Mean prompt length P from the mean context P + D/2 while D tokens are written, and the day's ratio of input to output
// tokens: 4,383 for 4,989 and 608 : 168. (The article then prints D = 1,210; the equations give 1,211.)
constexpr double mean_prompt_tokens(double mean_context, double input_per_output) { return mean_context / (1 + 0.5 / input_per_output); }

// The speed per user that the article asks of decode, and the prefill time it calls too long.
inline constexpr double wanted_tps_per_user = 20;
inline constexpr double longest_ttft_ms = 1000;

}  // namespace moecalc::zartbot
