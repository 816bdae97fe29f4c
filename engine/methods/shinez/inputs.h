// What the method takes: a scenario resolved against the article's constants. All in the article's units (S1).
#pragma once

#include "errors/error.h"
#include "methods/constant.h"
#include "methods/shinez/article.h"
#include "report/recorder.h"
#include "scenario/scenario.h"
#include "units/quantity.h"

namespace moecalc::shinez {

struct Inputs {
  Constant<FlopPerSecond> peak_fp8;
  Constant<FlopPerSecond> peak_bf16;
  Constant<Bytes> memory;
  Constant<BytesPerSecond> memory_bandwidth;
  Constant<double> sm_count;
  Constant<PerSecond> clock;
  Constant<BytesPerSecond> nic;
  Constant<AttentionPipeline> pipeline;
  double flash_mla_discount_q1 = 1;
  double flash_mla_discount_q2 = 1;
  double gpus_per_node = 8;

  double batch_per_gpu = 0;
  double expert_parallel = 0;
  double draft_tokens = 0;
  double acceptance = 0.85;
  double weight_bytes_per_element = 1;
  double kv_bytes_per_element = 1;
  Constant<double> history_tokens;
  bool two_batch = true;
  bool deep_gemm = true;
  bool is_v0 = false;
  bool ignore_capacity = false;
};

Outcome<Inputs> resolve(const Scenario& scenario);

// The same in two steps, for many questions of one machine: what does not change with the question (row_evaluator.h), and the rest, onto a copy of that.
Errors resolve_machine(const Scenario& scenario, Inputs& inputs);
Errors resolve_question(const Scenario& scenario, Inputs& inputs);

}  // namespace moecalc::shinez
