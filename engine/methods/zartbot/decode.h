// Decode: section 3 of the article. b sequences a GPU, each with S cached tokens, one new token a step.
//
// Q18: the context is the prompt; right: prompt + half of the output. Q14: weights are not streamed from memory; right:
// each operator takes the longer of compute and bytes / bandwidth.
#pragma once

#include "methods/zartbot/work.h"

namespace moecalc::zartbot {

template <class R>
void run_decode(R& r, const Inputs& in, const BoundShape<R>& m) {
  using enum QuantityId;
  using Time = typename R::template Of<Seconds>;
  const Layout& layout = in.decode;
  const auto device = bind_device(r, in, layout.communication_sms, decode_fp8_tflops, decode_bf16_tflops);
  const auto s = bind_parameter(r, "S", Parameter::prompt_tokens, in.prompt_tokens);
  const auto b = bind_parameter(r, "b", Parameter::decode_batch_per_gpu, in.batch_per_gpu);
  const auto node = bind_parameter(r, "g", Parameter::gpus_per_node, in.gpus_per_node);
  const auto ep = bind_parameter(r, "EP", Parameter::decode_expert_parallel, layout.expert_parallel);
  const auto mb = r.input(of_method("k_MB", "mb_over_mib", unit::none), mb_over_mib);
  const auto gb = r.input(of_method("k_GB", "gb_over_gib", unit::none), gb_over_gib);
  const auto one = r.input(by_definition("q", "query_tokens", unit::tokens), 1.0);
  const auto hit = r.input(of_method("h", "decode_hit_rate", unit::none), 1.0);  // Q17: the new token's wkv_a is left out

  // Attention of one sequence, times b.
  const MlaWork<R> work = in.absorb ? absorbed_mla<R>(m, one, s, hit) : standard_mla<R>(m, one, s, hit);
  const auto gemm = r.result(decode_mla_gemm_gflop, work.gemm);
  const auto core = r.result(decode_mla_core_gflop, work.core);
  const auto t_mla = r.result(decode_mla_tp1_ms, b * (gemm / device.fp8 + core / device.bf16));
  if (in.absorb) r.quirk(decode_mla_gemm_gflop, "q15");
  r.quirk(decode_mla_gemm_gflop, "q17");
  r.quirk(decode_mla_core_gflop, "q16");
  r.quirk(decode_mla_core_gflop, "q18");
  r.quirk(decode_mla_tp1_ms, "q14");
  // Q10: the all-reduce carries S tokens, not the b of the step. Right: b x d x 2 bytes.
  const auto activations = r.input(by_definition("B_bf16", "bytes_bf16", unit::bytes), bytes(2)) * (s * m.d);
  const auto t_ar = r.result(decode_all_reduce_ms, activations / device.scaleup * mb);
  r.quirk(decode_all_reduce_ms, "q10");
  r.quirk(decode_all_reduce_ms, "q3");
  if (in.is_h20 && !in.scaleup.by_reader) r.quirk(decode_all_reduce_ms, "q2");

  // Q11: the rule stays with TP1 unless TP4 is faster, and then takes 8 on H20-3e and 4 elsewhere. Right: the fastest.
  Constant<double> chosen = layout.tensor_parallel;
  if (chosen.value == 0) {
    const bool tp_pays = value_of(t_mla) > value_of(t_mla) / 4.0 + value_of(t_ar);
    chosen = {tp_pays ? in.preferred_tensor_parallel : 1.0, false};
    r.quirk(decode_tensor_parallel, "q11");
  }
  const auto tp = r.result(decode_tensor_parallel, bind_constant(r, "TP", "tensor_parallel", Parameter::decode_tensor_parallel, chosen));
  // Q12: b is per TP group here and per GPU in the experts, the all-to-all and the totals. Right: one meaning.
  const Time t_mla_tp = value_of(tp) == 1 ? r.result(decode_mla_tp_ms, t_mla) : r.result(decode_mla_tp_ms, t_mla / tp + t_ar);
  r.quirk(decode_mla_tp_ms, "q12");

  // KV cache read. Q25: added to the compute time; right: the longer of the two. FP8 is always what the step pays.
  const auto kv_byte = r.input(by_definition("B_fp8", "bytes_fp8", unit::bytes), bytes(1));
  const auto t_kv = r.result(decode_kv_load_fp8_ms, kv_byte * (s * kv_elements(m) * b) / device.memory_bandwidth * gb);
  r.result(decode_kv_load_bf16_ms, 2.0 * t_kv);
  r.quirk(decode_kv_load_fp8_ms, "q3b");
  r.quirk(decode_kv_load_fp8_ms, "q12");
  if (in.is_h20 && !in.memory_bandwidth.by_reader) r.quirk(decode_kv_load_fp8_ms, "q24");
  const auto t_attention_dense = r.result(decode_dense_layer_attention_ms, t_mla + t_kv);
  const auto t_attention_sparse = r.result(decode_moe_layer_attention_ms, t_mla_tp + t_kv);
  for (const QuantityId id : {decode_dense_layer_attention_ms, decode_moe_layer_attention_ms}) r.quirk(id, "q25");

  // FFN. Neither EP nor redundant experts enter a time (Q20).
  const auto grouped = r.input(of_method("eta_g", "grouped_gemm_efficiency", unit::none), grouped_gemm_efficiency);
  const auto t_dense = r.result(decode_dense_ffn_ms, swiglu<R>(b, m.d, m.f) / device.fp8);
  const auto t_shared = r.result(decode_shared_expert_ms, swiglu<R>(b, m.d, m.f_e) / device.fp8 / grouped);
  const auto t_routed = r.result(decode_routed_experts_ms, swiglu<R>(m.top_k * b, m.d, m.f_e) / device.fp8 / grouped);
  for (const QuantityId id : {decode_shared_expert_ms, decode_routed_experts_ms}) r.quirk(id, "q20");
  for (const QuantityId id : {decode_dense_ffn_ms, decode_shared_expert_ms, decode_routed_experts_ms}) r.quirk(id, "q14");

  // All-to-all: k copies of each token. Q21: no local share, no NVLink hop, no latency.
  const auto t_dispatch = r.result(decode_dispatch_ms, kv_byte * (m.top_k * b * m.d) / device.nic * mb);
  const auto t_combine = r.result(decode_combine_ms, 2.0 * t_dispatch);
  r.quirk(decode_dispatch_ms, "q3");
  for (const QuantityId id : {decode_dispatch_ms, decode_combine_ms}) r.quirk(id, "q21");

  // Sums.
  const auto sparse = m.layers - m.dense;
  r.result(decode_time_budget_ms, t_attention_sparse + t_shared - t_dispatch - t_combine);
  const auto t_compute =
      r.result(decode_overlapped_ms, m.dense * (t_attention_dense + t_dense) + sparse * (t_attention_sparse + t_shared + t_routed));
  const auto t_serial = r.result(decode_serial_ms, t_compute + sparse * (t_dispatch + t_combine));
  const auto tpot = r.result(decode_tpot_ms, in.overlapped ? t_compute : t_serial);
  r.quirk(decode_tpot_ms, "q26");
  r.quirk(decode_overlapped_ms, "q22");
  const auto tps = r.result(decode_tps_per_user, r.input(by_definition("u", "one_token", unit::tokens), tokens(1)) / tpot);
  const auto rate = r.result(decode_tokens_per_s_per_gpu, tps * b);
  r.result(decode_tokens_per_s_per_node, rate * node);
  r.result(decode_tokens_per_s_total, rate * ep);
  r.result(decode_global_batch, b * ep);
  r.quirk(decode_tokens_per_s_per_gpu, "q12");
}

}  // namespace moecalc::zartbot
