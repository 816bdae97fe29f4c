// Memory of one GPU by the rule that moecalc fixes for this method (no printed row is limited by it): weights in the chosen
// format, experts at one byte, five GiB kept back, KV of the whole history.
#pragma once

#include "methods/shinez/decode.h"

namespace moecalc::shinez {

template <class R>
void run_memory(R& r, const Inputs& in) {
  using enum QuantityId;
  const auto element = bind_parameter(r, "B_w", Parameter::weight_format, bytes(in.weight_bytes_per_element));
  const auto one_byte = r.input({"B_fp8", "bytes_fp8", unit::bytes, Origin::definition, {}}, bytes(1));
  const auto layers = r.input(of_method("L", "num_hidden_layers", unit::layers), 61.0);
  const auto local = r.input(of_method("E_loc", "local_experts", unit::experts), std::ceil(256 / in.expert_parallel));
  const auto attention_weights = r.input(of_method("N_attention", "attention_parameters", unit::million_parameters), attention_parameters_m * 1e6);
  const auto expert_weights = r.input(of_method("N_e", "expert_parameters", unit::million_parameters), expert_parameters_m * 1e6);

  const auto card = r.result(memory_capacity_gib, r.lazy_input([&] {
    return in.memory.by_reader ? parameter_input("M", Parameter::device_memory_gib) : of_method("M", "memory", unit::gib);
  }, in.memory.value));
  const auto reserve = r.result(memory_reserve_gib, r.input(of_method("M_kept", "memory_reserve", unit::gib), gib(reserve_gib)));
  const auto usable = r.result(memory_usable_gib, card - reserve);
  const auto attention = r.result(memory_attention_gib, layers * attention_weights * element);
  const auto routed = r.result(memory_routed_experts_gib, layers * local * expert_weights * one_byte);
  const auto shared = r.result(memory_shared_expert_gib, layers * expert_weights * one_byte);
  const auto weights = r.result(memory_weights_gib, attention + routed + shared);
  r.result(decode_experts_per_gpu, local + 1.0);

  const auto history = r.lazy_input([&] {
    return in.history_tokens.by_reader ? parameter_input("L_kv", Parameter::kv_tokens) : of_method("L_kv", "history_tokens", unit::tokens);
  }, in.history_tokens.value);
  const auto width = r.input(of_method("w_kv", "kv_width", unit::elements), kv_width);
  const auto kv_byte = bind_parameter(r, "B_kv", Parameter::kv_format, bytes(in.kv_bytes_per_element));
  const auto sequence = r.result(memory_kv_per_sequence_gib, layers * width * history * kv_byte);
  const auto all = bind_parameter(r, "B_gpu", Parameter::decode_batch_per_gpu, in.batch_per_gpu);
  const auto kv = r.result(memory_kv_gib, all * sequence);
  const auto total = r.result(memory_total_gib, weights + kv);
  r.result(memory_free_gib, usable - total);
  r.result(memory_largest_batch_per_gpu, larger(0.0, (usable - weights) / sequence));
}

}  // namespace moecalc::shinez
