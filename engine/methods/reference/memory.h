// What one decode GPU holds, itemised, and the largest batch it has room for.
//
// The card's capacity is read as GiB: an "80 GB" card of HBM reports 79.6 GiB. KV is counted at the mean context, since sequences in flight are at
// all stages of their output; a pipeline stage holds its share of the layers for all sequences in flight.
#pragma once

#include "methods/reference/pass.h"

namespace moecalc::reference {

// Activations of a chunk: the residual stream, its normed copy, Q and the widest intermediate, in BF16.
inline constexpr double activation_copies = 4;

template <class R>
void run_memory(R& r, const Inputs& in, const ArchitectureOf<Number<R>>& a, const BoundLayout<R>& at, const BoundFormats<R>& formats) {
  using enum QuantityId;
  const Architecture& shape = in.architecture;
  const bool has_experts = shape.moe_layers > 0;
  const auto card = r.result(memory_capacity_gib, bind_known(r, "M", Parameter::device_memory_gib, in.memory));
  const auto usable = r.result(memory_usable_gib, card * bind_rule(r, "mu", Parameter::memory_utilisation, in.memory_utilisation));
  const auto reserve = r.result(memory_reserve_gib, bind_parameter(r, "M_runtime", Parameter::runtime_reserve_gib, gib(in.runtime_reserve_gib)));

  const auto attention_weights = attention_weights_per_gpu(r, in, a, at);
  auto attention_bytes = attention_weights * formats.attention;
  if (is_mla(a)) attention_bytes = attention_bytes + full_attention_layers(a) * mla_expansion_parameters(a) / at.tp * formats.bf16;
  const auto attention = r.result(memory_attention_gib, attention_bytes / at.pp);
  auto weights = attention;
  if (shape.layers > shape.moe_layers) {
    weights = weights + r.result(memory_dense_ffn_gib, (a.layers - a.moe_layers) * dense_ffn_parameters(a) / at.tp * formats.expert / at.pp);
  }
  if (has_experts) {
    const auto held = r.result(decode_experts_per_gpu, (a.experts + at.redundant) / at.ep);
    weights = weights + r.result(memory_routed_experts_gib, a.moe_layers * held * expert_parameters(a) / at.moe_tp * formats.expert / at.pp);
    if (shape.shared_expert_intermediate_size > 0) {
      weights = weights + r.result(memory_shared_expert_gib, a.moe_layers * shared_expert_parameters(a) / at.tp * formats.expert / at.pp);
    }
    weights = weights + r.result(memory_other_gib, a.moe_layers * router_parameters(a) * formats.bf16 / at.pp);
  }
  const auto tables = r.input(of_method("n_table", "embedding_tables", unit::none), shape.tied_embeddings != 0 ? 1.0 : 2.0);
  weights = weights + r.result(memory_embedding_gib, tables * embedding_parameters(a) / at.tp * formats.bf16);
  if (in.draft_tokens > 0) {
    auto draft = attention_bytes / a.layers + 2.0 * a.hidden_size * a.hidden_size * formats.bf16;
    if (has_experts) {
      draft = draft + ((a.experts + at.redundant) / at.ep * expert_parameters(a) / at.moe_tp + shared_expert_parameters(a) / at.tp) * formats.expert;
    } else {
      draft = draft + dense_ffn_parameters(a) / at.tp * formats.expert;
    }
    weights = weights + r.result(memory_draft_gib, draft);
  }
  const auto held_weights = r.result(memory_weights_gib, weights);

  const auto context = r.input(quantity_input(info(decode_context_tokens)), in.context_tokens.value);
  auto elements = full_attention_layers(a) * kv_elements_per_gpu(r, in, a, at) * context;
  if (shape.window_layers > 0) elements = elements + a.window_layers * window_kv_elements_per_gpu(r, in, a, at) * smaller(context, a.window_tokens);
  auto sequence = elements * formats.kv;
  const auto byte = r.input(by_definition("byte", "one_byte", unit::bytes), bytes(1));
  if (shape.index_layers > 0) sequence = sequence + a.index_layers * a.index_head_dim * context * byte;
  if (shape.linear_layers > 0) {
    sequence = sequence + a.linear_layers * linear_state_elements(a) / at.tp * r.input(of_method("w_state", "state_bytes", unit::bytes), bytes(state_bytes));
  }
  const auto one_sequence = r.result(memory_kv_per_sequence_gib, sequence / at.pp);
  const auto flight = r.input(quantity_input(info(decode_global_batch)), in.concurrency);
  const auto one = r.input(by_definition("one", "one_sequence", unit::sequences), 1.0);
  const auto of_rank = larger(one, flight / at.dp);
  const auto kv = r.result(memory_kv_gib, of_rank * one_sequence);

  // Rows of the largest pass: a decode step, or where prefill shares the GPUs a chunk.
  const auto rows = r.input(of_method("t_chunk", "largest_pass_rows", unit::tokens),
                            in.aggregated ? in.prefill_rank_tokens : in.concurrency / in.decode.data_parallel * (1 + in.draft_tokens));
  const double widest = shape.heads * (shape.attention_kind != 0 ? shape.qk_nope_head_dim + shape.qk_rope_head_dim : shape.head_dim);
  const auto width = activation_copies * a.hidden_size + r.input(of_method("d_wide", "widest_activation", unit::elements), widest / in.decode.tensor_parallel);
  const auto activations = r.result(memory_activations_gib, rows * width * formats.bf16);
  auto rest = activations + reserve;
  if (has_experts && in.decode.data_parallel > 1) {
    // Send and receive buffers of dispatch and combine: a slot for each token a rank can bring, for each expert held by others.
    const auto slots = r.input(of_method("t_slot", "dispatch_slots", unit::tokens), in.dispatch_slots) * (a.experts + at.redundant);
    rest = rest + r.result(memory_communication_gib, 2.0 * slots * a.hidden_size * formats.bf16);
  }
  const auto total = r.result(memory_total_gib, held_weights + kv + rest);
  r.result(memory_free_gib, usable - total);
  const auto none = r.input(by_definition("none", "no_sequence", unit::sequences), 0.0);
  r.result(memory_largest_batch_per_gpu, larger(none, (usable - held_weights - rest) / one_sequence / (at.tp * at.pp)));
}

}  // namespace moecalc::reference
