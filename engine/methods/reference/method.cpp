#include "methods/reference/method.h"

#include "methods/reference/run.h"

namespace moecalc::reference {

using enum QuantityId;

template void run_model<Explain>(Explain&, const Inputs&);
template void run<Explain>(Explain&, const Inputs&);

namespace {

// What a pass waits for; a message that two micro-batches hide in part counts with what remains, shown as a negative part of its own.
Phase phase_of(const Results& results, QuantityId total, const PassIds& id, bool two_batches, Resource attention) {
  const double passes = two_batches ? 2 : 1;
  Phase phase{total, {}};
  const auto add = [&](std::string_view name, QuantityId quantity, Resource resource) {
    if (results.has(quantity)) phase.operators.push_back({name, quantity, passes, resource, true});
  };
  add("projections", id.projections, Resource::memory);
  add("attention_core", id.attention, attention);
  add("dense_ffn", id.dense_ffn, Resource::memory);
  add("shared_expert", id.shared_expert, Resource::memory);
  add("routed_experts", id.routed_experts, Resource::memory);
  add("dispatch", id.dispatch, Resource::network);
  add("combine", id.combine, Resource::network);
  add("all_reduce", id.all_reduce, Resource::network);
  add("lm_head", id.lm_head, Resource::memory);
  add("launch", id.launch, Resource::compute);
  if (results.has(id.hidden)) phase.operators.push_back({"hidden", id.hidden, -passes, Resource::network, true});
  return phase;
}

void add_resolved(Report& report, const Inputs& in) {
  const auto add = [&](Parameter p, double value) {
    if (report.scenario.is_automatic(p)) report.resolved.emplace_back(p, value);
  };
  const auto add_layout = [&](const Layout& l, Parameter tp, Parameter dp, Parameter ep, Parameter moe_tp, Parameter redundant) {
    add(tp, l.tensor_parallel);
    add(dp, l.data_parallel);
    add(ep, l.expert_parallel);
    add(moe_tp, l.moe_tensor_parallel);
    add(redundant, l.redundant_experts);
  };
  add(Parameter::nic_gbit_per_s, in.nic.value.base() / unit::gbit_per_s.base_per_unit);
  add(Parameter::kv_tokens, in.context_tokens.value);
  if (in.with_prefill || in.aggregated) {
    add_layout(in.prefill, Parameter::prefill_tensor_parallel, Parameter::prefill_data_parallel, Parameter::prefill_expert_parallel,
               Parameter::prefill_moe_tensor_parallel, Parameter::prefill_redundant_experts);
    add(Parameter::prefill_replicas, in.prefill.replicas);
    add(Parameter::prefill_batch_tokens_per_gpu, in.prefill_rank_tokens / in.prefill.tensor_parallel);
  }
  if (in.with_decode) {
    add_layout(in.decode, Parameter::decode_tensor_parallel, Parameter::decode_data_parallel, Parameter::decode_expert_parallel,
               Parameter::decode_moe_tensor_parallel, Parameter::decode_redundant_experts);
    add(Parameter::decode_concurrency, in.concurrency * in.decode.replicas);
    add(Parameter::overlap, static_cast<double>(in.decode_overlap));
  } else {
    add(Parameter::overlap, static_cast<double>(in.prefill_overlap));
  }
  add(Parameter::attention_weight_format, static_cast<double>(in.attention_format));
  add(Parameter::matmul_format, static_cast<double>(in.expert_compute_format));
  add(Parameter::dispatch_format, static_cast<double>(in.dispatch_format));
  add(Parameter::mla_absorb, static_cast<double>(in.decode_absorb ? AbsorbChoice::yes : AbsorbChoice::no));
  add(Parameter::communication_sms, in.with_prefill ? in.prefill_communication_sms : in.decode_communication_sms);
  add(Parameter::efficiency, in.efficiency_factor);
  add(Parameter::memory_utilisation, in.memory_utilisation);
  add(Parameter::runtime_reserve_gib, in.runtime_reserve_gib);
  add(Parameter::scaleup_domain_gpus, in.domain_gpus);
  if (in.sm_count.value > 0) add(Parameter::device_sm_count, in.sm_count.value);
  add(Parameter::device_peak_dense_bf16_tflops, in.peak_bf16.value.base() / unit::tflops.base_per_unit);
  add(in.peak_dense_parameter, in.peak_dense.value.base() / unit::tflops.base_per_unit);
  if (in.peak_expert_parameter != in.peak_dense_parameter) add(in.peak_expert_parameter, in.peak_expert.value.base() / unit::tflops.base_per_unit);
  add(Parameter::device_memory_gib, in_gib(in.memory.value));
  add(Parameter::device_memory_bandwidth_gb_per_s, in.memory_bandwidth.value.base() / unit::gb_per_s.base_per_unit);
  add(Parameter::device_scaleup_unidirectional_gb_per_s, in.scaleup.value.base() / unit::gb_per_s.base_per_unit);
  constexpr auto members = architecture_members<double>();
  for (std::size_t i = 0; i < architecture_field_count; ++i) add(architecture_parameter(i), in.architecture.*members[i]);
}

}  // namespace

// More in one pass, and the reader should know whose time TTFT is.
constexpr double many_prompts = 32;

void describe(Report& report, const Inputs& in) {
  add_resolved(report, in);
  const Results& results = report.results;
  if (report.memory) {
    const auto add = [&](std::string_view id, QuantityId quantity) {
      if (results.has(quantity)) report.memory->items.push_back({id, quantity});
    };
    add("attention", memory_attention_gib);
    add("dense_ffn", memory_dense_ffn_gib);
    add("routed_experts", memory_routed_experts_gib);
    add("shared_expert", memory_shared_expert_gib);
    add("router", memory_other_gib);
    add("embedding", memory_embedding_gib);
    add("draft", memory_draft_gib);
    add("kv_cache", memory_kv_gib);
    add("activations", memory_activations_gib);
    add("communication", memory_communication_gib);
    add("runtime", memory_reserve_gib);
  }
  if (in.with_prefill && results.has(prefill_pass_ms)) {
    // A chunk that a decode step carries is not cut in two.
    const bool two = !in.aggregated && in.prefill_overlap == OverlapChoice::two_batch;
    report.prefill = phase_of(results, prefill_pass_ms, prefill_ids, two, Resource::compute);
  }
  if (in.with_decode && report.fits) {
    const bool two = in.decode_overlap == OverlapChoice::two_batch && results[decode_batch_per_rank] >= 2;
    report.decode = phase_of(results, decode_step_ms, decode_ids, two, Resource::memory);
    if (results.has(decode_step_draft_ms)) report.decode->operators.push_back({"draft", decode_step_draft_ms, 1, Resource::memory, true});
    if (results[decode_step_scheduling_ms] > 0) report.decode->operators.push_back({"scheduling", decode_step_scheduling_ms, 1, Resource::compute, true});
  }
  if (in.generation == Generation::other) report.notes.push_back({"reference_no_kernel_table", {}});
  if (in.with_prefill && !in.aggregated) {
    const double prompts = in.prefill_rank_tokens / fresh_tokens(1.0, in.prompt_tokens, in.prefix_cache_hit_rate);
    if (prompts > many_prompts) report.notes.push_back({"pass_of_many_prompts", {{"prompts", prompts}, {"tokens", in.prefill_rank_tokens}}});
  }
  if (report.scenario.choice<FormatChoice>(Parameter::weight_format) == FormatChoice::fp8 && in.expert_compute_format == FormatChoice::bf16) {
    report.notes.push_back({"fp8_multiplied_in_bf16", {}});
  }
  if (in.architecture.moe_layers == 0 && !report.scenario.is_automatic(Parameter::decode_expert_parallel)) report.notes.push_back({"dense_has_no_experts", {}});
}

}  // namespace moecalc::reference
