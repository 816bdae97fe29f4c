// What the method takes, with dimensions: a scenario resolved against the article's constants.
#pragma once

#include <utility>
#include <vector>

#include "errors/error.h"
#include "methods/constant.h"
#include "methods/zartbot/article.h"
#include "report/recorder.h"
#include "scenario/scenario.h"
#include "units/quantity.h"

namespace moecalc::zartbot {

struct Shape {  // of DeepSeek-V3/R1, from its config.json
  double hidden_size = 0;
  double intermediate_size = 0;
  double moe_intermediate_size = 0;
  double num_hidden_layers = 0;
  double first_k_dense_replace = 0;
  double num_attention_heads = 0;
  double n_routed_experts = 0;
  double num_experts_per_tok = 0;
  double q_lora_rank = 0;
  double kv_lora_rank = 0;
  double qk_nope_head_dim = 0;
  double qk_rope_head_dim = 0;
  double v_head_dim = 0;
  double vocab_size = 0;
};

struct Layout {  // of one phase
  Constant<double> tensor_parallel;  // 0: the method's rule decides
  double data_parallel = 0;
  double expert_parallel = 0;
  Constant<double> redundant_experts;
  Constant<double> communication_sms;
};

struct Inputs {
  Shape shape;

  Constant<double> sm_count;
  Constant<FlopPerSecond> peak_bf16;
  Constant<FlopPerSecond> peak_fp8;
  Constant<Bytes> memory;
  Constant<BytesPerSecond> memory_bandwidth;
  Constant<BytesPerSecond> scaleup;
  Constant<BytesPerSecond> nic;
  Constant<double> efficiency;
  Constant<double> memory_utilisation;
  double gpus_per_node = 0;
  double preferred_tensor_parallel = 4;  // of decode, when TP pays: 8 on H20-3e
  bool is_h20 = false;                   // H20 or H20-3e, whose constants differ from the sheet (Q2, Q24)

  double prompt_tokens = 0;
  double output_tokens = 0;
  double prefix_cache_hit_rate = 0;
  double batch_per_gpu = 0;
  double kv_bytes_per_element = 1;
  bool absorb = true;
  bool overlapped = true;
  bool ignore_capacity = false;
  bool with_prefill = true;
  bool with_decode = true;

  Layout prefill;
  Layout decode;
};

// All that is outside the article's domain, each by field, value and what is allowed.
Outcome<Inputs> resolve(const Scenario& scenario);

// The same in two steps, for many questions of one machine: what does not change with the question (row_evaluator.h), and the rest, onto a copy of that.
Errors resolve_machine(const Scenario& scenario, Inputs& inputs);
Errors resolve_question(const Scenario& scenario, Inputs& inputs);

}  // namespace moecalc::zartbot
