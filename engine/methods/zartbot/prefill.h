// Prefill: section 2 of the article. One prompt of S tokens a data-parallel group, TP x DP GPUs.
//
// Per layer: MLA split over TP plus one all-reduce; dispatch; routed and shared experts; combine. The first layers are
// dense. "Overlapped" leaves dispatch and combine out.
#pragma once

#include "methods/zartbot/work.h"

namespace moecalc::zartbot {

template <class R>
void run_prefill(R& r, const Inputs& in, const BoundShape<R>& m) {
  using enum QuantityId;
  const Layout& layout = in.prefill;
  const auto device = bind_device(r, in, layout.communication_sms, prefill_fp8_tflops, prefill_bf16_tflops);
  const auto s = bind_parameter(r, "S", Parameter::prompt_tokens, in.prompt_tokens);
  const auto hit = bind_parameter(r, "h", Parameter::prefix_cache_hit_rate, in.prefix_cache_hit_rate);
  const auto node = bind_parameter(r, "g", Parameter::gpus_per_node, in.gpus_per_node);
  const auto ep = bind_parameter(r, "EP", Parameter::prefill_expert_parallel, layout.expert_parallel);
  const auto redundant = bind_constant(r, "E_r", "redundant_experts", Parameter::prefill_redundant_experts, layout.redundant_experts);
  const auto mb = r.input(of_method("k_MB", "mb_over_mib", unit::none), mb_over_mib);

  const auto tp = r.result(prefill_tensor_parallel,
                           bind_constant(r, "TP", "tensor_parallel", Parameter::prefill_tensor_parallel, layout.tensor_parallel));
  const auto dp = r.result(prefill_data_parallel, ep / tp);
  const auto nodes = r.result(prefill_nodes, ep / node);
  r.result(prefill_experts_per_gpu, (m.experts + redundant) / ep + 1.0);

  // Attention. Q4: the all-reduce is one message of S x d, without ring factor or latency. Right: 2 (n-1)/n of the size.
  const MlaWork<R> work = standard_mla<R>(m, s, s, hit);
  const auto gemm = r.result(prefill_mla_gemm_gflop, work.gemm);
  const auto core = r.result(prefill_mla_core_gflop, work.core);
  const auto t_gemm = r.result(prefill_mla_gemm_ms, gemm / device.fp8);
  const auto t_core = r.result(prefill_mla_core_ms, core / device.bf16);
  const auto t_mla = r.result(prefill_mla_tp1_ms, t_gemm + t_core);
  const auto activations = r.input(by_definition("B_bf16", "bytes_bf16", unit::bytes), bytes(2)) * (s * m.d);
  const auto t_ar = r.result(prefill_all_reduce_ms, activations / device.scaleup * mb);
  const auto t_mla_tp = value_of(tp) == 1 ? r.result(prefill_mla_tp_ms, t_mla) : r.result(prefill_mla_tp_ms, t_mla / tp + t_ar);
  r.quirk(prefill_mla_gemm_gflop, "q5");
  r.quirk(prefill_mla_core_gflop, "q5b");
  r.quirk(prefill_mla_core_gflop, "q16");
  r.quirk(prefill_all_reduce_ms, "q3");
  r.quirk(prefill_all_reduce_ms, "q4");
  if (in.is_h20 && !in.scaleup.by_reader) r.quirk(prefill_all_reduce_ms, "q2");

  // FFN. Q19: the dense layers run whole on every GPU. Right: divided by TP.
  const auto t_dense = r.result(prefill_dense_ffn_ms, swiglu<R>(s, m.d, m.f) / device.fp8);
  const auto t_shared = r.result(prefill_shared_expert_ms, swiglu<R>(dp * s / (tp * dp), m.d, m.f_e) / device.fp8);
  const auto t_routed = r.result(prefill_routed_experts_ms, swiglu<R>(s * dp * m.top_k / (tp * dp), m.d, m.f_e) / device.fp8);
  r.quirk(prefill_dense_ffn_ms, "q19");
  r.quirk(prefill_shared_expert_ms, "q5");
  r.quirk(prefill_routed_experts_ms, "q20");

  // All-to-all over the NICs of a node; combine carries twice the bytes (BF16 after FP8). Q6: always to three remote nodes.
  const auto most_nodes = r.input(of_method("n_limit", "dispatch_nodes", unit::nodes), dispatch_nodes);
  const auto remote = smaller(nodes, most_nodes) - 1.0;
  const auto fp8_activations = r.input(by_definition("B_fp8", "bytes_fp8", unit::bytes), bytes(1)) * (s * m.d);
  const auto t_dispatch = r.result(prefill_dispatch_ms, remote * (node / tp) * fp8_activations / (node * device.nic) * mb);
  const auto t_combine = r.result(prefill_combine_ms, 2.0 * t_dispatch);
  for (const QuantityId id : {prefill_dispatch_ms, prefill_combine_ms}) r.quirk(id, "q6");
  r.quirk(prefill_dispatch_ms, "q3");

  // Sums. Q22: LM head, embedding, gate and norms take no time.
  const auto sparse = m.layers - m.dense;
  r.result(prefill_time_budget_ms, t_mla_tp + t_shared + t_routed - t_dispatch - t_combine);
  const auto t_compute = r.result(prefill_overlapped_ms, m.dense * (t_mla + t_dense) + sparse * (t_mla_tp + t_shared + t_routed));
  const auto t_serial = r.result(prefill_serial_ms, t_compute + sparse * (t_dispatch + t_combine));
  const auto ttft = r.result(prefill_ttft_ms, in.overlapped ? t_compute : t_serial);
  r.quirk(prefill_overlapped_ms, "q22");
  r.quirk(prefill_ttft_ms, "q26");

  // Q23: tokens that came from the prefix cache count as well.
  const auto rate = r.result(prefill_tokens_per_s_per_node, dp * (r.input(by_definition("u", "one_token", unit::tokens), tokens(1)) * s) / ttft / nodes);
  r.result(prefill_tokens_per_s_per_gpu, rate / node);
  r.quirk(prefill_tokens_per_s_per_node, "q23");

  // KV handed to decode. Q7: the article's "GB/s" are MiB/s of one layer; the second figure is all layers in GB/s.
  const auto kv_element = bind_parameter(r, "B_kv", Parameter::kv_format, from_base<BytesPerToken>(in.kv_bytes_per_element));
  const auto one_layer = r.result(prefill_kv_mib_per_s_of_one_layer, rate * (kv_element * kv_elements(m)));
  r.result(prefill_kv_gb_per_s_per_node, one_layer * m.layers);
  r.quirk(prefill_kv_mib_per_s_of_one_layer, "q7");
}

}  // namespace moecalc::zartbot
