// One decode step: section 3 of the method. b requests a micro-batch, q = 1 + draft tokens queries a request, t = b q tokens.
//
// Every GEMM takes the longer of its bytes over the memory bandwidth and its FLOP over a discounted peak.
// What is odd is named S1 to S9 where it lives, with the physically right version.
#pragma once

#include <cmath>

#include "methods/shinez/discounts.h"
#include "methods/shinez/inputs.h"

namespace moecalc::shinez {

// The units of this article (S1).
inline constexpr Unit binary_tflops{"binary_tflops", tebi};
inline constexpr Unit gib_per_s{"gib_per_s", gibi};
inline constexpr Unit binary_mhz{"binary_mhz", gibi / 1000};
inline constexpr Unit nic_gbit{"nic_gbit", nic_gib_per_gbit * gibi};

constexpr InputInfo of_method(std::string_view symbol, std::string_view name, Unit unit) {
  return {symbol, name, unit, Origin::method, article};
}

// M x K times K x N, so many times over.
template <class R>
struct GemmShape {
  typename R::template Of<double> m;
  double k;
  double n;
  double times;
  double accumulator_bytes;
};

// What all GEMMs of a question share.
template <class R>
struct GemmContext {
  typename R::template Of<FlopPerSecond> peak;
  typename R::template Of<BytesPerSecond> bandwidth;
  typename R::template Of<Bytes> element;
  double least_rows;  // S2: a tile computes at least so many rows, whatever M is; right for kernels, but by device
};

template <class R>
typename R::template Of<Seconds> gemm(R& r, const GemmContext<R>& c, const GemmShape<R>& g, double discount) {
  const auto tile = larger(g.m, r.input(of_method("M_tile", "gemm_least_rows", unit::none), c.least_rows));
  const auto k = r.input(of_method("K", "gemm_depth", unit::none), g.k);
  const auto n = r.input(of_method("N", "gemm_columns", unit::none), g.n);
  const auto times = r.input(of_method("n_gemm", "gemm_count", unit::none), g.times);
  const auto accumulator = r.input(of_method("B_acc", "accumulator_bytes", unit::bytes), bytes(g.accumulator_bytes));
  const auto share = r.input(of_method("phi", "gemm_discount", unit::none), discount);
  return larger(times * (g.m * k * c.element + k * n * c.element + g.m * n * accumulator) / c.bandwidth,
                flop(2) * times * tile * k * n / (c.peak * share));
}

// Q down and up, the absorbed K projection and V up run per head on 128 heads.
inline constexpr double heads = 128;
inline constexpr double hidden = 7168;
inline constexpr double kv_rank = 512;
inline constexpr double kv_width = 576;  // rank + RoPE

template <class R>
void run_decode(R& r, const Inputs& in) {
  using enum QuantityId;
  const auto all = bind_parameter(r, "B_gpu", Parameter::decode_batch_per_gpu, in.batch_per_gpu);
  const auto draft = bind_parameter(r, "n_mtp", Parameter::mtp_draft_tokens, in.draft_tokens);
  const auto b = in.two_batch ? r.result(decode_micro_batch, all / 2.0) : r.result(decode_micro_batch, all);
  const auto t = r.result(decode_micro_batch_tokens, b * (1.0 + draft));
  const double q = 1 + in.draft_tokens;
  const bool is_fp8 = in.weight_bytes_per_element == 1;

  const auto from_reader_or_article = [&](std::string_view symbol, std::string_view name, Parameter p, const auto& constant, Unit unit) {
    return r.lazy_input([&] { return constant.by_reader ? InputInfo{symbol, info(p).key, unit, Origin::parameter, {}} : of_method(symbol, name, unit); }, constant.value);
  };
  const auto peak = is_fp8 ? from_reader_or_article("P_fp8", "peak_fp8", Parameter::device_peak_dense_fp8_tflops, in.peak_fp8, binary_tflops)
                           : from_reader_or_article("P_bf16", "peak_bf16", Parameter::device_peak_dense_bf16_tflops, in.peak_bf16, binary_tflops);
  const auto peak8 = from_reader_or_article("P_fp8", "peak_fp8", Parameter::device_peak_dense_fp8_tflops, in.peak_fp8, binary_tflops);
  const auto bandwidth = from_reader_or_article("BW", "memory_bandwidth", Parameter::device_memory_bandwidth_gb_per_s, in.memory_bandwidth, gib_per_s);
  const auto element = bind_parameter(r, "B_w", Parameter::weight_format, bytes(in.weight_bytes_per_element));
  const auto one_byte = r.input({"B_fp8", "bytes_fp8", unit::bytes, Origin::definition, {}}, bytes(1));
  const GemmContext<R> dense{peak, bandwidth, element, in.is_v0 ? 128.0 : 64.0};
  const GemmContext<R> expert{peak8, bandwidth, one_byte, dense.least_rows};
  const auto curve = [&](const GemmShape<R>& g) { return in.is_v0 ? 1.0 : a100_discount(value_of(g.m), g.k, g.n); };
  const auto dense_gemm = [&](QuantityId id, const GemmShape<R>& g) {
    for (const char* quirk : {"s1", "s2"}) r.quirk(id, quirk);
    return r.result(id, gemm<R>(r, dense, g, curve(g)));
  };

  // Attention projections. S3: Q down and Q up have the wrong shapes, 3.3 M weights instead of 48.8 M. Right: 7168 x 1536 and
  // 1536 x 24576.
  const auto q_down = dense_gemm(decode_q_down_ms, {t, 1536, 128, 1, 4});
  const auto q_up = dense_gemm(decode_q_up_ms, {t, 128, 24576, 1, 2});
  const auto q_absorb = dense_gemm(decode_q_absorb_ms, {t, 128, kv_rank, heads, 2});
  const auto kv_down = dense_gemm(decode_kv_down_ms, {t, hidden, kv_width, 1, 2});
  r.quirk(decode_q_down_ms, "s3");
  r.quirk(decode_q_up_ms, "s3");
  const auto att0 = r.result(decode_attention_projections_ms, q_down + q_up + q_absorb + kv_down);

  // FlashMLA: scores over the latent and RoPE, values over the latent; softmax in vector units. S4: the KV cache read is compared but is never
  // the longest in a printed row. S5: one 0.5 us exchange a request, not a batch.
  const auto m_q = r.input(of_method("H", "num_attention_heads", unit::heads), heads) * (1.0 + draft);
  const double history = in.history_tokens.value;
  const double tile_tokens = in.is_v0 ? 4096 : 128;
  const double padded = std::ceil((history + q) / tile_tokens) * tile_tokens;
  const auto l_g = r.input(of_method("L_pad", "padded_context", unit::tokens), padded);
  const auto l_kv = from_reader_or_article("L_kv", "history_tokens", Parameter::kv_tokens, in.history_tokens, unit::tokens);
  const auto l_softmax = in.is_v0 ? l_g : l_kv;
  const auto kernel_share = r.input(of_method("phi_mla", "flash_mla_discount", unit::none),
                                    in.is_v0 ? 1.0 : q == 2 ? in.flash_mla_discount_q2 : in.flash_mla_discount_q1);
  const auto r_kv = r.input(of_method("r_kv", "kv_lora_rank", unit::elements), kv_rank);
  const auto w_kv = r.input(of_method("w_kv", "kv_width", unit::elements), kv_width);
  const auto sm = from_reader_or_article("SM", "sm_count", Parameter::device_sm_count, in.sm_count, unit::sm);
  const auto clock = from_reader_or_article("f_clk", "boost_clock", Parameter::device_boost_mhz, in.clock, binary_mhz);
  const auto vector_rate = r.input(of_method("u_vec", "vector_operations", unit::none), 16.0) * sm * clock;
  const auto exchange = r.input(of_method("t_ar", "thread_all_reduce", unit::ms), seconds((in.is_v0 ? 2 : 1) * all_reduce_us * 1e-6));
  const auto t_scores = b * flop(2) * m_q * l_g * w_kv / (peak * kernel_share);
  const auto t_values = b * flop(2) * m_q * l_g * r_kv / (peak * kernel_share);
  const auto t_softmax = b * (3.0 * m_q * l_softmax / vector_rate + exchange);
  const auto kv_byte = bind_parameter(r, "B_kv", Parameter::kv_format, bytes(in.kv_bytes_per_element));
  const auto t_kv_read = b * (l_kv * w_kv * kv_byte) / bandwidth;
  using Time = typename R::template Of<Seconds>;
  const auto overlapped = [&]() -> Time {
    switch (in.pipeline.value) {
      case AttentionPipeline::two_stage: return t_scores + larger(t_softmax, t_values);
      case AttentionPipeline::three_stage: return larger(t_softmax, t_scores + t_values);
      case AttentionPipeline::none: break;
    }
    return t_scores + t_values + t_softmax;
  };
  const auto flash_mla = r.result(decode_flash_mla_ms, larger(overlapped(), t_kv_read));
  for (const char* quirk : {"s1", "s4", "s5"}) r.quirk(decode_flash_mla_ms, quirk);
  const auto v_up = dense_gemm(decode_v_up_ms, {t, kv_rank, 128, heads, 2});
  const auto out = dense_gemm(decode_output_projection_ms, {t, heads * 128, hidden, 1, 2});
  const auto att1 = r.result(decode_attention_core_ms, flash_mla + v_up + out);

  // Experts, always FP8. S6: naive forgets the draft tokens here. S7: every local expert gets 8 times the rows of the whole batch, however
  // many experts share them; right: rows spread over the experts of the group.
  const auto rows = in.two_batch ? t : b;
  const auto expert_gemms = [&](QuantityId up_id, QuantityId down_id, const typename R::template Of<double>& m) {
    const GemmShape<R> up{m, hidden, 4096, 1, 4};
    const GemmShape<R> down{m, 2048, hidden, 1, 4};
    const bool measured = in.deep_gemm && !in.is_v0;
    const ExpertDiscount d = measured ? deep_gemm_discount(value_of(m)) : ExpertDiscount{curve(up), curve(down)};
    const auto t_up = r.result(up_id, gemm<R>(r, expert, up, d.up));
    const auto t_down = r.result(down_id, gemm<R>(r, expert, down, d.down));
    for (const QuantityId id : {up_id, down_id}) {
      for (const char* quirk : {"s1", "s2"}) r.quirk(id, quirk);
      if (!in.two_batch && in.draft_tokens > 0) r.quirk(id, "s6");
    }
    return t_up + t_down;
  };
  const auto shared = r.result(decode_shared_expert_ms, expert_gemms(decode_shared_expert_up_ms, decode_shared_expert_down_ms, rows));
  const auto one_expert = expert_gemms(decode_routed_expert_up_ms, decode_routed_expert_down_ms, 8.0 * rows);
  const auto local = r.input(of_method("E_loc", "local_experts", unit::experts), std::ceil(256 / in.expert_parallel));
  const auto moe = r.result(decode_routed_experts_ms, local * one_expert);
  r.quirk(decode_routed_experts_ms, "s7");

  // Network. S8: no latency, no NVLink, what stays local is counted too.
  const auto copies = r.input(of_method("k", "num_experts_per_tok", unit::experts), 8.0);
  const auto width = r.input(of_method("d", "hidden_size", unit::elements), hidden);
  const auto nic = from_reader_or_article("BW_nic", "nic_bandwidth", Parameter::nic_gbit_per_s, in.nic, nic_gbit);
  const auto dispatch = r.result(decode_dispatch_ms, one_byte * (t * copies * width) / nic);
  const auto combine = r.result(decode_combine_ms, element * (t * copies * width) / nic);
  for (const QuantityId id : {decode_dispatch_ms, decode_combine_ms}) {
    for (const char* quirk : {"s1", "s8"}) r.quirk(id, quirk);
  }

  // S9: all 61 layers are priced as sparse ones; no head, gate, norms or draft layer.
  const auto layer = in.two_batch ? r.result(decode_layer_ms, 2.0 * (larger(dispatch, att0 + shared) + larger(combine, att1) + moe))
                                  : r.result(decode_layer_ms, att0 + att1 + larger(dispatch, shared) + moe + combine);
  const auto layers = r.input(of_method("L", "num_hidden_layers", unit::layers), 61.0);
  const auto step = r.result(decode_step_ms, layers * layer);
  r.quirk(decode_step_ms, "s9");
  const auto accept = bind_parameter(r, "a", Parameter::mtp_acceptance, in.acceptance);
  const auto produced = r.result(decode_tokens_per_step, 1.0 + draft * accept);
  const auto one = r.input({"u", "one_token", unit::tokens, Origin::definition, {}}, tokens(1));
  const auto tpot = r.result(decode_tpot_ms, step / produced);
  const auto tps = r.result(decode_tps_per_user, one / tpot);
  const auto rate = r.result(decode_tokens_per_s_per_gpu, tps * all);
  const auto node = bind_parameter(r, "g", Parameter::gpus_per_node, in.gpus_per_node);
  const auto ep = bind_parameter(r, "EP", Parameter::decode_expert_parallel, in.expert_parallel);
  r.result(decode_tokens_per_s_per_node, rate * node);
  r.result(decode_tokens_per_s_total, rate * ep);
  r.result(decode_global_batch, all * ep);
}

}  // namespace moecalc::shinez
