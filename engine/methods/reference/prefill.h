// One prefill pass: a batch of prompt tokens through all layers.
//
// Where prefill shares the GPUs with decode (aggregated serving), a pass is a mixed step: a chunk of a prompt on each attention rank beside all
// sequences that decode. It reads the weights once for both, so a prompt costs what its chunks add to the steps they ride along with.
//
// Of each prompt the cached part is attended to but not computed (its last token always is). Attention is causal: u new tokens after c cached
// ones make u c + u^2 / 2 pairs.
#pragma once

#include <cmath>

#include "methods/reference/pass.h"

namespace moecalc::reference {

inline constexpr PassIds prefill_ids = {
    QuantityId::prefill_pass_projections_ms, QuantityId::prefill_pass_attention_ms, QuantityId::prefill_pass_dense_ffn_ms, QuantityId::prefill_pass_shared_expert_ms,
    QuantityId::prefill_pass_routed_experts_ms, QuantityId::prefill_pass_dispatch_ms, QuantityId::prefill_pass_combine_ms, QuantityId::prefill_pass_all_reduce_ms,
    QuantityId::prefill_pass_lm_head_ms, QuantityId::prefill_pass_launch_ms, QuantityId::prefill_pass_hidden_ms, QuantityId::prefill_distinct_experts};

template <class R>
BoundLayout<R> bind_prefill_layout(R& r, const Inputs& in) {
  using enum QuantityId;
  const Layout& l = in.prefill;
  const auto rule = [&](QuantityId id, std::string_view symbol, Parameter p, double value) { return r.result(id, bind_rule(r, symbol, p, value)); };
  const BoundLayout<R> at{rule(prefill_tensor_parallel, "TP", Parameter::prefill_tensor_parallel, l.tensor_parallel),
                          rule(prefill_data_parallel, "DP", Parameter::prefill_data_parallel, l.data_parallel),
                          rule(prefill_expert_parallel, "EP", Parameter::prefill_expert_parallel, l.expert_parallel),
                          rule(prefill_moe_tensor_parallel, "TP_moe", Parameter::prefill_moe_tensor_parallel, l.moe_tensor_parallel),
                          rule(prefill_pipeline_parallel, "PP", Parameter::prefill_pipeline_parallel, l.pipeline_parallel),
                          bind_rule(r, "E_r", Parameter::prefill_redundant_experts, l.redundant_experts),
                          bind_parameter(r, "x_e", Parameter::prefill_expert_imbalance, l.expert_imbalance),
                          l};
  r.result(prefill_gpus, at.tp * at.dp * at.pp);
  return at;
}

// Tokens of a prompt that are computed: the last one always is.
template <class T>
T fresh_tokens(const T& one, const T& prompt, const T& hit_rate) {
  return larger(one, prompt * (1.0 - hit_rate));
}

// Passes of the whole replica that a prompt takes: all ranks take a chunk each at the same time.
template <class T>
T passes_of_prompt(const T& fresh, const T& chunk, const T& data_parallel, const T& pipeline_parallel) {
  return fresh / (chunk * data_parallel * pipeline_parallel);
}

// What decode brings along to a mixed step.
template <class R>
struct Mixed {
  const DecodeLoad<R>& load;
  Time<R> step;  // without a chunk
};

template <class R>
struct PrefillCost {
  Time<R> of_request;  // what one request adds to the replica's time
  Time<R> added;       // what a chunk adds to the step that carries it
  Time<R> first;       // until its first token
};

template <class R>
PrefillCost<R> run_prefill(R& r, const Inputs& in, const ArchitectureOf<Number<R>>& a, const BoundFormats<R>& formats, const Mixed<R>* mixed) {
  using enum QuantityId;
  const auto at = bind_prefill_layout(r, in);
  const auto device = bind_device(r, in, mixed == nullptr);
  const auto gpus = r.input(quantity_input(info(prefill_gpus)), in.prefill.gpus());
  const auto node = bind_parameter(r, "g", Parameter::gpus_per_node, in.gpus_per_node);
  const auto prompt = bind_parameter(r, "S", Parameter::prompt_tokens, in.prompt_tokens);
  const auto hit = bind_parameter(r, "h", Parameter::prefix_cache_hit_rate, in.prefix_cache_hit_rate);
  const auto one = r.input(by_definition("n_1", "first_token", unit::tokens), 1.0);
  const auto fresh = fresh_tokens(one, prompt, hit);
  const auto cached = prompt - fresh;

  const bool two = mixed == nullptr && in.prefill_overlap == OverlapChoice::two_batch;
  const auto most = bind_rule(r, "t_gpu", Parameter::prefill_batch_tokens_per_gpu, in.prefill_rank_tokens / in.prefill.tensor_parallel) * at.tp;
  // A chunk has one prompt's tokens, or a part of them; a pool's pass is filled with prompts.
  const auto all = mixed == nullptr ? most : smaller(most, fresh);
  const auto rows = two ? r.result(prefill_pass_tokens, all / 2.0) : r.result(prefill_pass_tokens, all);
  const auto context = r.result(prefill_context_tokens, cached + fresh / 2.0);
  const PrefillLoad<R> load{rows, rows / fresh, context, cached};
  const auto pass = run_pass(r, in, a, device, at, formats, {mixed == nullptr ? nullptr : &mixed->load, &load}, prefill_ids,
                             mixed == nullptr ? in.prefill_overlap : in.decode_overlap, mixed == nullptr);
  const auto whole = r.result(prefill_pass_ms, two ? 2.0 * pass.time : pass.time);

  // A prompt longer than a pass needs several.
  const auto passes = r.input(of_method("n_pass", "passes_of_a_prompt", unit::none), std::ceil(value_of(fresh) / value_of(all)));
  const auto first = r.result(prefill_ttft_ms, whole * passes);
  const auto none = r.input(by_definition("zero", "nothing", unit::ms), seconds(0));
  const auto added = mixed == nullptr ? whole : larger(none, whole - mixed->step);
  const auto request = r.result(prefill_request_ms, added * passes_of_prompt(fresh, all, at.dp, at.pp));

  const auto token = r.input(by_definition("u", "one_token", unit::tokens), tokens(1));
  if (value_of(request).base() > 0) {
    const auto total = r.result(prefill_tokens_per_s_total, token * prompt / request);
    const auto per_gpu = r.result(prefill_tokens_per_s_per_gpu, total / gpus);
    r.result(prefill_tokens_per_s_per_node, per_gpu * node);
  }
  return {request, added, first};
}

}  // namespace moecalc::reference
