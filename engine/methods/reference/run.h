// The whole method: the model by itself, and prefill, decode and memory of one question.
#pragma once

#include "methods/reference/decode.h"
#include "methods/reference/memory.h"
#include "methods/reference/method.h"
#include "methods/reference/prefill.h"

namespace moecalc::reference {

template <class R>
void run_model(R& r, const Inputs& in) {
  using enum QuantityId;
  const auto a = bind_architecture(r, in);
  const Architecture& shape = in.architecture;
  const auto full = r.result(model_attention_parameters_m, full_attention_parameters(a));
  auto all = full_attention_layers(a) * full;
  if (shape.window_layers > 0) all = all + a.window_layers * r.result(model_window_attention_parameters_m, window_attention_parameters(a));
  if (shape.linear_layers > 0) all = all + a.linear_layers * r.result(model_linear_attention_parameters_m, linear_attention_parameters(a));
  if (shape.index_layers > 0) all = all + a.index_layers * r.result(model_indexer_parameters_m, indexer_parameters(a));
  if (shape.layers > shape.moe_layers) all = all + (a.layers - a.moe_layers) * r.result(model_dense_ffn_parameters_m, dense_ffn_parameters(a));
  const auto embedding = r.result(model_embedding_parameters_m, embedding_parameters(a));
  const auto tables = r.input(of_method("n_table", "embedding_tables", unit::none), shape.tied_embeddings != 0 ? 1.0 : 2.0);
  // A token goes through the LM head, but reads one row of the embedding.
  auto active = all + embedding;
  all = all + tables * embedding;
  if (shape.moe_layers > 0) {
    const auto expert = r.result(model_expert_parameters_m, expert_parameters(a));
    auto common = router_parameters(a);
    if (shape.shared_expert_intermediate_size > 0) common = common + r.result(model_shared_expert_parameters_m, shared_expert_parameters(a));
    active = active + a.moe_layers * (a.experts_per_token * expert + common);
    all = all + a.moe_layers * (a.experts * expert + common);
  }
  r.result(model_total_parameters_b, all);
  r.result(model_active_parameters_b, active);
  const auto kv = bind_rule(r, "w_kv", Parameter::kv_format, in.kv_bytes) * r.input(by_definition("byte", "one_byte", unit::bytes), bytes(1));
  auto token = full_attention_layers(a) * full_kv_elements(a) * kv;
  if (shape.index_layers > 0) token = token + a.index_layers * a.index_head_dim * r.input(by_definition("byte", "one_byte", unit::bytes), bytes(1));
  r.result(model_kv_kib_per_token, token);
  if (shape.linear_layers > 0) {
    r.result(model_state_mib_per_sequence, a.linear_layers * linear_state_elements(a) * r.input(of_method("w_state", "state_bytes", unit::bytes), bytes(state_bytes)));
  }
}

template <class R>
void run(R& r, const Inputs& in) {
  const auto a = bind_architecture(r, in);
  const auto formats = bind_formats(r, in);
  if (!in.aggregated && in.with_prefill) run_prefill<R>(r, in, a, formats, nullptr);
  if (!in.aggregated && !in.with_decode) return;
  const auto at = bind_decode_layout(r, in);
  const auto step = run_step(r, in, a, at, formats);
  if (in.aggregated) {
    const Mixed<R> mixed{step.load, step.passes};
    const auto prefill = run_prefill(r, in, a, formats, &mixed);
    run_decode_rates(r, in, step, &prefill);
  } else {
    run_decode_rates<R>(r, in, step, nullptr);
  }
  run_memory(r, in, a, at, formats);
}

}  // namespace moecalc::reference
