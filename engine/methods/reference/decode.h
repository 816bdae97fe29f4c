// One decode step, and what a user and a GPU get of it.
//
// A step takes every sequence in flight forward by one token (with MTP: by those drafts that are accepted). Two micro-batches double the
// launches and the reading of weights, and hide messages. Where prefill shares the GPUs (aggregated serving) each token also waits for its
// share of the prompts that are worked off meanwhile.
#pragma once

#include "methods/reference/prefill.h"

namespace moecalc::reference {

inline constexpr PassIds decode_ids = {
    QuantityId::decode_step_projections_ms, QuantityId::decode_step_attention_ms, QuantityId::decode_step_dense_ffn_ms, QuantityId::decode_step_shared_expert_ms,
    QuantityId::decode_step_routed_experts_ms, QuantityId::decode_step_dispatch_ms, QuantityId::decode_step_combine_ms, QuantityId::decode_step_all_reduce_ms,
    QuantityId::decode_step_lm_head_ms, QuantityId::decode_step_launch_ms, QuantityId::decode_step_hidden_ms, QuantityId::decode_distinct_experts};

// One sequence cannot be split: its messages go behind its own shared expert at most.
inline OverlapChoice one_batch(OverlapChoice chosen) { return chosen == OverlapChoice::two_batch ? OverlapChoice::none : chosen; }

template <class R>
BoundLayout<R> bind_decode_layout(R& r, const Inputs& in) {
  using enum QuantityId;
  const Layout& l = in.decode;
  const auto rule = [&](QuantityId id, std::string_view symbol, Parameter p, double value) { return r.result(id, bind_rule(r, symbol, p, value)); };
  const BoundLayout<R> at{rule(decode_tensor_parallel, "TP", Parameter::decode_tensor_parallel, l.tensor_parallel),
                          rule(decode_data_parallel, "DP", Parameter::decode_data_parallel, l.data_parallel),
                          rule(decode_expert_parallel, "EP", Parameter::decode_expert_parallel, l.expert_parallel),
                          rule(decode_moe_tensor_parallel, "TP_moe", Parameter::decode_moe_tensor_parallel, l.moe_tensor_parallel),
                          rule(decode_pipeline_parallel, "PP", Parameter::decode_pipeline_parallel, l.pipeline_parallel),
                          bind_rule(r, "E_r", Parameter::decode_redundant_experts, l.redundant_experts),
                          bind_parameter(r, "x_e", Parameter::decode_expert_imbalance, l.expert_imbalance),
                          l};
  r.result(decode_gpus, at.tp * at.dp * at.pp);
  return at;
}

// Drafts are checked in order: the i-th counts when all before it were right.
template <class T>
T tokens_per_step(T first, const T& acceptance, double drafts) {
  T produced = first;
  T chance = acceptance;
  for (double i = 0; i < drafts; ++i) {
    produced = produced + chance;
    chance = chance * acceptance;
  }
  return produced;
}

// One step of all sequences in flight.
template <class R>
struct Step {
  DecodeLoad<R> load;  // of one micro-batch
  Number<R> flight;
  Number<R> occupancy;
  Number<R> draft;
  Time<R> passes;  // through the layers
  Time<R> time;    // with drafts and scheduling
};

template <class R>
Step<R> run_step(R& r, const Inputs& in, const ArchitectureOf<Number<R>>& a, const BoundLayout<R>& at, const BoundFormats<R>& formats) {
  using enum QuantityId;
  const auto device = bind_device(r, in, false);

  // Requests in flight; those that decode; of one rank, where less than one would mean that some ranks rest and one works.
  const auto flight = r.result(decode_global_batch, bind_rule(r, "C", Parameter::decode_concurrency, in.concurrency));
  r.result(decode_batch_per_gpu, flight / r.input(quantity_input(info(decode_gpus)), in.decode.gpus()));
  const auto occupancy = r.result(decode_occupancy, r.input(of_method("occ", "occupancy", unit::none), in.occupancy));
  const auto one = r.input(by_definition("one", "one_sequence", unit::sequences), 1.0);
  const auto rank = r.result(decode_batch_per_rank, larger(one, flight * occupancy / (at.dp * at.pp)));
  const bool two = in.decode_overlap == OverlapChoice::two_batch && value_of(rank) >= 2;
  const auto micro = two ? r.result(decode_micro_batch, rank / 2.0) : r.result(decode_micro_batch, rank);
  const auto draft = bind_parameter(r, "n_mtp", Parameter::mtp_draft_tokens, in.draft_tokens);
  const auto queries = r.result(decode_step_tokens, micro * (1.0 + draft));
  const auto context = r.result(decode_context_tokens, in.context_tokens.by_reader
                                                           ? bind_rule(r, "L_kv", Parameter::kv_tokens, in.context_tokens.value)
                                                           : bind_parameter(r, "S", Parameter::prompt_tokens, in.prompt_tokens) +
                                                                 bind_parameter(r, "S_out", Parameter::output_tokens, in.output_tokens) / 2.0);
  const DecodeLoad<R> load{micro, queries, context};
  const auto pass = run_pass(r, in, a, device, at, formats, {&load, nullptr}, decode_ids, two ? in.decode_overlap : one_batch(in.decode_overlap), false);

  const auto passes = two ? 2.0 * pass.time : pass.time;
  auto step = passes;
  if (in.draft_tokens > 0) {
    // A draft layer costs what a layer of the step costs, and its own pass through the LM head.
    const auto heads = two ? 2.0 * pass.head : pass.head;
    step = step + r.result(decode_step_draft_ms, draft * ((step - heads) / a.layers + heads));
  }
  const auto each = r.input(of_method("t_seq", "sequence_time", unit::us), seconds(in.calibration->serving.sequence_us * 1e-6));
  const auto whole = r.result(decode_step_ms, step + r.result(decode_step_scheduling_ms, rank * each));
  return {load, flight, occupancy, draft, passes, whole};
}

// What users and GPUs get of it. `prefill`: in aggregated serving, what prompts add to the steps.
template <class R>
void run_decode_rates(R& r, const Inputs& in, const Step<R>& step, const PrefillCost<R>* prefill) {
  using enum QuantityId;
  const auto accept = bind_parameter(r, "a", Parameter::mtp_acceptance, in.acceptance);
  const auto first = r.input(by_definition("n_1", "first_token", unit::tokens), 1.0);
  const auto per_step = r.result(decode_tokens_per_step, tokens_per_step(first, accept, in.draft_tokens));
  auto tpot = step.time / per_step;
  const auto out = bind_parameter(r, "S_out", Parameter::output_tokens, in.output_tokens);
  if (prefill != nullptr) {
    const auto one = r.input(by_definition("one", "one_sequence", unit::sequences), 1.0);
    const auto others = larger(r.input(by_definition("none", "no_sequence", unit::sequences), 0.0), step.flight - one);
    tpot = tpot + r.result(decode_step_interference_ms, smaller(others / out * prefill->of_request, prefill->added / per_step));
  }
  const auto each = r.result(decode_tpot_ms, tpot);
  const auto error = r.input(of_method("e_tpot", "tpot_error", unit::none), in.calibration->of(in.generation).tpot_error);
  r.result(decode_tpot_low_ms, each * (1.0 - error));
  r.result(decode_tpot_high_ms, each * (1.0 + error));
  const auto token = r.input(by_definition("u", "one_token", unit::tokens), tokens(1));
  const auto speed = r.result(decode_tps_per_user, token / each);
  // Where the phases share their GPUs, a request is in flight while its prompt is worked off, too; or waits for it.
  const auto decoding = speed * step.flight * step.occupancy;
  const auto total = r.result(decode_tokens_per_s_total, prefill == nullptr ? decoding : smaller(decoding, token * out * step.flight / (out * each + prefill->first)));
  const auto per_gpu = r.result(decode_tokens_per_s_per_gpu, total / r.input(quantity_input(info(decode_gpus)), in.decode.gpus()));
  r.result(decode_tokens_per_s_per_node, per_gpu * bind_parameter(r, "g", Parameter::gpus_per_node, in.gpus_per_node));
}

}  // namespace moecalc::reference
