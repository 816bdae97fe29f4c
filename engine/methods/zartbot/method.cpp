#include "methods/zartbot/method.h"

#include "methods/zartbot/run.h"


namespace moecalc::zartbot {

using enum QuantityId;

template void run<Explain>(Explain&, Results&, const Inputs&);

namespace {

Results compute(const Inputs& in) {
  Results results;
  Plain plain(results);
  run(plain, results, in);
  return results;
}

Phase prefill_phase(const Inputs& in) {
  const double dense = in.shape.first_k_dense_replace;
  const double sparse = in.shape.num_hidden_layers - dense;
  return {prefill_ttft_ms,
          {
              {"mla_dense_layers", prefill_mla_tp1_ms, dense, Resource::compute, true},
              {"dense_ffn", prefill_dense_ffn_ms, dense, Resource::compute, true},
              {"mla", prefill_mla_tp_ms, sparse, Resource::compute, true},
              {"shared_expert", prefill_shared_expert_ms, sparse, Resource::compute, true},
              {"routed_experts", prefill_routed_experts_ms, sparse, Resource::compute, true},
              {"dispatch", prefill_dispatch_ms, sparse, Resource::network, !in.overlapped},
              {"combine", prefill_combine_ms, sparse, Resource::network, !in.overlapped},
          }};
}

Phase decode_phase(const Inputs& in) {
  const double dense = in.shape.first_k_dense_replace;
  const double sparse = in.shape.num_hidden_layers - dense;
  return {decode_tpot_ms,
          {
              {"mla_dense_layers", decode_mla_tp1_ms, dense, Resource::compute, true},
              {"dense_ffn", decode_dense_ffn_ms, dense, Resource::compute, true},
              {"mla", decode_mla_tp_ms, sparse, Resource::compute, true},
              {"kv_load", decode_kv_load_fp8_ms, dense + sparse, Resource::memory, true},
              {"shared_expert", decode_shared_expert_ms, sparse, Resource::compute, true},
              {"routed_experts", decode_routed_experts_ms, sparse, Resource::compute, true},
              {"dispatch", decode_dispatch_ms, sparse, Resource::network, !in.overlapped},
              {"combine", decode_combine_ms, sparse, Resource::network, !in.overlapped},
          }};
}

void add_resolved(Report& report, const Inputs& in) {
  const Results& results = report.results;
  const auto add = [&](Parameter p, double value) {
    if (report.scenario.is_automatic(p)) report.resolved.emplace_back(p, value);
  };
  add(Parameter::nic_gbit_per_s, in.nic.value.base() / unit::gbit_per_s.base_per_unit);
  if (in.with_prefill) {
    add(Parameter::prefill_expert_parallel, in.prefill.expert_parallel);
    add(Parameter::prefill_tensor_parallel, results[prefill_tensor_parallel]);
    add(Parameter::prefill_data_parallel, results[prefill_data_parallel]);
    add(Parameter::prefill_redundant_experts, in.prefill.redundant_experts.value);
  }
  if (in.with_decode) {
    add(Parameter::decode_expert_parallel, in.decode.expert_parallel);
    add(Parameter::decode_tensor_parallel, results[decode_tensor_parallel]);
    add(Parameter::decode_data_parallel, in.decode.expert_parallel / results[decode_tensor_parallel]);
    add(Parameter::decode_redundant_experts, in.decode.redundant_experts.value);
  }
  add(Parameter::mla_absorb, static_cast<double>(in.absorb ? AbsorbChoice::yes : AbsorbChoice::no));
  add(Parameter::communication_sms, in.with_prefill ? in.prefill.communication_sms.value : in.decode.communication_sms.value);
  add(Parameter::overlap, static_cast<double>(in.overlapped ? OverlapChoice::ideal : OverlapChoice::none));
  add(Parameter::matmul_format, static_cast<double>(FormatChoice::fp8));
  add(Parameter::efficiency, in.efficiency.value);
  add(Parameter::memory_utilisation, in.memory_utilisation.value);
  add(Parameter::device_sm_count, in.sm_count.value);
  add(Parameter::device_peak_dense_bf16_tflops, in.peak_bf16.value.base() / unit::tflops.base_per_unit);
  add(Parameter::device_peak_dense_fp8_tflops, in.peak_fp8.value.base() / unit::tflops.base_per_unit);
  add(Parameter::device_memory_gib, in_gib(in.memory.value));
  add(Parameter::device_memory_bandwidth_gb_per_s, in.memory_bandwidth.value.base() / unit::gb_per_s.base_per_unit);
  add(Parameter::device_scaleup_unidirectional_gb_per_s, in.scaleup.value.base() / unit::gb_per_s.base_per_unit);
}

void add_prefill_notes(Report& report, const Inputs& in) {
  const Results& results = report.results;
  if (results[prefill_ttft_ms] > longest_ttft_ms && results[prefill_tensor_parallel] == 4 && in.gpus_per_node >= 8) {
    Inputs with_tp8 = in;
    with_tp8.prefill.tensor_parallel = {8, true};
    with_tp8.prefill.data_parallel = in.prefill.expert_parallel / 8;
    const Results other = compute(with_tp8);
    report.notes.push_back({"ttft_above_1_s",
                            {{"ttft_ms", results[prefill_ttft_ms]},
                             {"tp8_ttft_ms", other[prefill_ttft_ms]},
                             {"tokens_per_s_per_node", results[prefill_tokens_per_s_per_node]},
                             {"tp8_tokens_per_s_per_node", other[prefill_tokens_per_s_per_node]}}});
  }
  if (in.overlapped && results[prefill_time_budget_ms] < 0) {
    report.notes.push_back({"prefill_overlap_impossible", {{"budget_ms", results[prefill_time_budget_ms]}}});
  }
}

void add_decode_notes(Report& report, const Inputs& in) {
  const Results& results = report.results;
  if (!results.has(decode_tpot_ms)) return;
  if (in.overlapped && results[decode_time_budget_ms] < 0) {
    report.notes.push_back({"decode_overlap_impossible", {{"budget_ms", results[decode_time_budget_ms]}}});
  }
  // Q14, in numbers: a step cannot be shorter than one reading of the weights that this GPU holds.
  const double floor_ms = in_ms(gib(results[memory_weights_gib]) / in.memory_bandwidth.value);
  if (results[decode_tpot_ms] < floor_ms) {
    report.notes.push_back({"below_weight_streaming", {{"tpot_ms", results[decode_tpot_ms]}, {"floor_ms", floor_ms}, {"weights_gib", results[memory_weights_gib]}}});
  }
  if (in.kv_bytes_per_element > 1) report.notes.push_back({"kv_load_counted_as_fp8", {}});
  if (results[decode_tps_per_user] < wanted_tps_per_user) {
    report.notes.push_back({"below_wanted_speed", {{"tps", results[decode_tps_per_user]}, {"wanted", wanted_tps_per_user}}});
  }
}

}  // namespace

void describe(Report& report, const Inputs& in) {
  add_resolved(report, in);
  report.notes.push_back({"zartbot_replica", {}});
  if (in.with_prefill) {
    report.prefill = prefill_phase(in);
    add_prefill_notes(report, in);
  }
  if (!in.with_decode) return;
  report.memory->items = {
      {"attention", memory_attention_gib},
      {"routed_experts", memory_routed_experts_gib},
      {"shared_expert", memory_shared_expert_gib},
      {"other_weights", memory_other_gib},
      {"kv_cache", memory_kv_gib},
  };
  if (report.fits) report.decode = decode_phase(in);
  add_decode_notes(report, in);
}

}  // namespace moecalc::zartbot
