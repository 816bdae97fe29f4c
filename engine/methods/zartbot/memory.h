// What one decode GPU holds, and the largest batch it has room for: section 3.2 of the article.
//
// Q9: "GB" is GiB, a million one-byte parameters a MiB; the batch is printed rounded to nearest. Right: one unit, floor.
// Q13: the article lists batches that do not fit. Right: refused (methods/capacity.h).
// Q12: with TP the whole group's sequences are kept on every GPU, b x TP of them.
#pragma once

#include "methods/zartbot/work.h"

namespace moecalc::zartbot {

template <class R>
void run_memory(R& r, const Inputs& in, const BoundShape<R>& m, double tensor_parallel) {
  using enum QuantityId;
  const Layout& layout = in.decode;
  const auto ep = bind_parameter(r, "EP", Parameter::decode_expert_parallel, layout.expert_parallel);
  const auto redundant = bind_constant(r, "E_r", "redundant_experts", Parameter::decode_redundant_experts, layout.redundant_experts);
  const auto tp = r.input(quantity_input(info(decode_tensor_parallel)), tensor_parallel);
  const auto b = bind_parameter(r, "b", Parameter::decode_batch_per_gpu, in.batch_per_gpu);
  const auto per_million = r.input(of_method("M_million", "memory_per_million_parameters", unit::bytes), mib(1));
  const auto attention_weights = r.input(of_method("N_attention", "attention_parameters_m", unit::none),
                                         in.absorb ? attention_absorbed_parameters_m : attention_parameters_m);
  const auto expert_weights = r.input(of_method("N_e", "expert_parameters_m", unit::none), expert_parameters_m);

  const auto card = r.result(memory_capacity_gib, bind_constant(r, "M", "memory", Parameter::device_memory_gib, in.memory));
  const auto usable =
      r.result(memory_usable_gib, bind_constant(r, "mu", "memory_utilisation", Parameter::memory_utilisation, in.memory_utilisation) * card);
  const auto x = r.result(decode_experts_per_gpu, (m.experts + redundant) / ep + 1.0);

  const auto attention = r.result(memory_attention_gib, per_million * attention_weights * m.layers / tp);
  const auto one_expert = per_million * expert_weights * (m.layers - m.dense);
  const auto routed = r.result(memory_routed_experts_gib, one_expert * (x - 1.0));
  const auto shared = r.result(memory_shared_expert_gib, one_expert);
  const auto other = r.result(memory_other_gib, r.input(of_method("M_rest", "other_weights", unit::gib), gib(other_weights_gib)));
  const auto weights = r.result(memory_weights_gib, other + attention + routed + shared);

  const auto s = bind_parameter(r, "S", Parameter::prompt_tokens, in.prompt_tokens);
  const auto out = bind_parameter(r, "S_out", Parameter::output_tokens, in.output_tokens);
  const auto kv_element = bind_parameter(r, "B_kv", Parameter::kv_format, bytes(in.kv_bytes_per_element));
  const auto sequence = r.result(memory_kv_per_sequence_gib, kv_element * ((s + out) * kv_elements(m) * m.layers) * tp);
  const auto kv = r.result(memory_kv_gib, b * sequence);
  const auto total = r.result(memory_total_gib, weights + kv);
  r.result(memory_free_gib, usable - total);
  r.result(memory_largest_batch_per_gpu, larger(0.0, (usable - weights) / sequence));

  r.quirk(memory_capacity_gib, "q9");
  for (const QuantityId id : {memory_attention_gib, memory_routed_experts_gib, memory_shared_expert_gib}) r.quirk(id, "q9");
  for (const QuantityId id : {memory_attention_gib, memory_other_gib}) r.quirk(id, "q8");
  r.quirk(memory_kv_per_sequence_gib, "q12");
  r.quirk(memory_largest_batch_per_gpu, "q9");
}

}  // namespace moecalc::zartbot
