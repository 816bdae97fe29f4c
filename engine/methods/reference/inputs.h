// What the method takes: a scenario resolved against the catalogue, the efficiency curves and the method's own rules for what is "auto".
#pragma once

#include <array>
#include <string_view>

#include "architecture/architecture.h"
#include "errors/error.h"
#include "methods/reference/efficiency.h"
#include "report/recorder.h"
#include "scenario/scenario.h"
#include "units/quantity.h"

namespace moecalc::reference {

// A number with where it comes from: the reader, or the source of the catalogue's entry.
template <class Q>
struct Known {
  Q value{};
  bool by_reader = false;
  std::int16_t source = -1;
};

// How one phase's GPUs share the work. A stage is tensor_parallel x data_parallel GPUs, and the same GPUs hold the experts as
// expert_parallel x moe_tensor_parallel; pipeline_parallel stages make a replica.
struct Layout {
  double tensor_parallel = 1;
  double data_parallel = 1;
  double expert_parallel = 1;
  double moe_tensor_parallel = 1;
  double pipeline_parallel = 1;
  double redundant_experts = 0;
  double replicas = 1;
  double expert_imbalance = 1;  // tokens of the busiest GPU's experts over the mean

  double stage_gpus() const { return tensor_parallel * data_parallel; }
  double gpus() const { return stage_gpus() * pipeline_parallel; }
};

struct Inputs {
  const Calibration* calibration = nullptr;  // never null once resolved
  Architecture architecture;
  std::array<bool, architecture_field_count> architecture_by_reader{};
  std::int16_t architecture_source = -1;

  Known<FlopPerSecond> peak_dense;   // of the format that projections and dense feed-forward compute in
  Known<FlopPerSecond> peak_expert;  // routed and shared experts
  Known<FlopPerSecond> peak_bf16;    // attention core and LM head
  Parameter peak_dense_parameter = Parameter::device_peak_dense_bf16_tflops;
  Parameter peak_expert_parameter = Parameter::device_peak_dense_bf16_tflops;
  Known<Bytes> memory;
  Known<BytesPerSecond> memory_bandwidth;
  Known<BytesPerSecond> scaleup;
  Known<BytesPerSecond> nic;
  Known<double> sm_count;
  double domain_gpus = 8;
  double gpus_per_node = 8;
  Generation generation = Generation::other;
  KernelShares dense_shares{};  // attention projections, in their format on this generation
  KernelShares ffn_shares{};
  KernelShares expert_shares{};
  double expert_prefill_compute = 1;
  KernelShares bf16_shares{};
  double efficiency_factor = 1;  // the reader's, on all shares

  double attention_weight_bytes = 1;  // an element
  double expert_weight_bytes = 1;
  double kv_bytes = 1;
  double dispatch_bytes = 1;

  bool quantises_dense = false;  // activations, before the product
  bool quantises_experts = false;
  FormatChoice attention_format = FormatChoice::bf16;
  FormatChoice expert_compute_format = FormatChoice::bf16;
  FormatChoice dispatch_format = FormatChoice::bf16;

  double prompt_tokens = 0;
  double output_tokens = 0;
  double prefix_cache_hit_rate = 0;
  Known<double> context_tokens;  // mean while decoding
  bool with_prefill = true;
  bool with_decode = true;
  bool aggregated = false;
  bool ignore_capacity = false;

  Layout prefill;
  Layout decode;
  double prefill_rank_tokens = 0;  // of one pass, an attention rank
  double concurrency = 0;          // requests in flight of one decode replica, all stages
  double occupancy = 1;            // share of them that decode rather than wait for prefill
  double draft_tokens = 0;
  double acceptance = 0;
  OverlapChoice prefill_overlap = OverlapChoice::none;
  OverlapChoice decode_overlap = OverlapChoice::none;
  double prefill_communication_sms = 0;
  double decode_communication_sms = 0;
  bool decode_absorb = true;
  bool prefill_absorb = false;
  double engine_factor = 1;
  double memory_utilisation = 1;
  double runtime_reserve_gib = 0;
  double dispatch_slots = 0;  // tokens a rank can bring to a dispatch
};

// What cannot be answered, each by field, value and what is allowed.
Outcome<Inputs> resolve(const Scenario& scenario, const Calibration& calibration = standard_calibration());

// The same in two steps, for many questions of one machine: what does not change with the question (row_evaluator.h), and the rest, onto a copy of that.
Errors resolve_machine(const Scenario& scenario, Inputs& inputs);
Errors resolve_question(const Scenario& scenario, Inputs& inputs);

}  // namespace moecalc::reference
