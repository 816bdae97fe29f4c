#include "methods/shinez/method.h"

#include "methods/shinez/run.h"

namespace moecalc::shinez {

using enum QuantityId;

template void run<Explain>(Explain&, const Inputs&);

namespace {

// What is counted is what the pipeline waits for; the rest is hidden behind it.
Phase decode_phase(const Inputs& in, const Results& results) {
  const double passes = in.two_batch ? 2 * 61 : 61;
  const bool dispatch_hidden = in.two_batch ? results[decode_dispatch_ms] < results[decode_attention_projections_ms] + results[decode_shared_expert_ms]
                                            : results[decode_dispatch_ms] < results[decode_shared_expert_ms];
  const bool combine_hidden = in.two_batch && results[decode_combine_ms] < results[decode_attention_core_ms];
  const bool projections_counted = !in.two_batch || dispatch_hidden;
  const bool core_counted = !in.two_batch || combine_hidden;
  return {decode_step_ms,
          {
              {"attention_projections", decode_attention_projections_ms, passes, Resource::compute, projections_counted},
              {"attention_core", decode_attention_core_ms, passes, Resource::compute, core_counted},
              {"shared_expert", decode_shared_expert_ms, passes, Resource::compute, dispatch_hidden},
              {"routed_experts", decode_routed_experts_ms, passes, Resource::compute, true},
              {"dispatch", decode_dispatch_ms, passes, Resource::network, !dispatch_hidden},
              {"combine", decode_combine_ms, passes, Resource::network, !combine_hidden},
          }};
}

void add_resolved(Report& report, const Inputs& in) {
  const auto add = [&](Parameter p, double value) {
    if (report.scenario.is_automatic(p)) report.resolved.emplace_back(p, value);
  };
  add(Parameter::nic_gbit_per_s, default_nic_gbit_per_s);
  add(Parameter::kv_tokens, in.history_tokens.value);
  add(Parameter::decode_expert_parallel, in.expert_parallel);
  add(Parameter::decode_tensor_parallel, 1);
  add(Parameter::decode_data_parallel, in.expert_parallel);
  add(Parameter::decode_redundant_experts, std::ceil(256 / in.expert_parallel) * in.expert_parallel - 256);
  add(Parameter::matmul_format, report.scenario[Parameter::weight_format]);
  add(Parameter::mla_absorb, static_cast<double>(AbsorbChoice::yes));
  add(Parameter::overlap, static_cast<double>(in.two_batch ? OverlapChoice::two_batch : OverlapChoice::none));
  add(Parameter::attention_pipeline, static_cast<double>(in.pipeline.value));
  add(Parameter::device_sm_count, in.sm_count.value);
  add(Parameter::device_boost_mhz, in.clock.value.base() / gibi * 1000);
  add(Parameter::device_peak_dense_fp8_tflops, in.peak_fp8.value.base() / tebi);
  add(Parameter::device_peak_dense_bf16_tflops, in.peak_bf16.value.base() / tebi);
  add(Parameter::device_memory_gib, in_gib(in.memory.value));
  add(Parameter::device_memory_bandwidth_gb_per_s, in.memory_bandwidth.value.base() / gibi);
}

}  // namespace

void describe(Report& report, const Inputs& in) {
  add_resolved(report, in);
  report.memory->items = {
      {"attention", memory_attention_gib},
      {"routed_experts", memory_routed_experts_gib},
      {"shared_expert", memory_shared_expert_gib},
      {"kv_cache", memory_kv_gib},
  };
  report.notes.push_back({"shinez_replica", {}});
  if (report.scenario.device_id().starts_with("h20")) report.notes.push_back({"shinez_h20_needs_tp", {}});
  if (report.fits) report.decode = decode_phase(in, report.results);
}

}  // namespace moecalc::shinez
