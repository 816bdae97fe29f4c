// The method's inputs as the formulas see them: each with its symbol, unit and source once, for both recorders.
#pragma once

#include "methods/zartbot/inputs.h"

namespace moecalc::zartbot {

template <class R>
using Number = typename R::template Of<double>;

template <class R>
struct BoundShape {
  Number<R> d;         // hidden size
  Number<R> f;         // dense FFN width
  Number<R> f_e;       // expert width
  Number<R> layers;    // all
  Number<R> dense;     // dense layers
  Number<R> heads;     // attention heads
  Number<R> experts;   // routed experts a layer
  Number<R> top_k;     // routed experts a token
  Number<R> r_q;       // query compression rank
  Number<R> r_kv;      // KV compression rank
  Number<R> n;         // head dimension without RoPE
  Number<R> p;         // head dimension with RoPE
  Number<R> v;         // value head dimension
  Number<R> vocabulary;
};

constexpr InputInfo of_model(std::string_view symbol, std::string_view name, Unit unit) {
  return {symbol, name, unit, Origin::catalogue, "deepseek-v3-config"};
}
constexpr InputInfo of_method(std::string_view symbol, std::string_view name, Unit unit) {
  return {symbol, name, unit, Origin::method, article};
}
constexpr InputInfo by_definition(std::string_view symbol, std::string_view name, Unit unit) {
  return {symbol, name, unit, Origin::definition, {}};
}

template <class R>
BoundShape<R> bind_shape(R& r, const Shape& s) {
  return {
      r.input(of_model("d", "hidden_size", unit::elements), s.hidden_size),
      r.input(of_model("f", "intermediate_size", unit::elements), s.intermediate_size),
      r.input(of_model("f_e", "moe_intermediate_size", unit::elements), s.moe_intermediate_size),
      r.input(of_model("L", "num_hidden_layers", unit::layers), s.num_hidden_layers),
      r.input(of_model("L_d", "first_k_dense_replace", unit::layers), s.first_k_dense_replace),
      r.input(of_model("H", "num_attention_heads", unit::heads), s.num_attention_heads),
      r.input(of_model("E", "n_routed_experts", unit::experts), s.n_routed_experts),
      r.input(of_model("k", "num_experts_per_tok", unit::experts), s.num_experts_per_tok),
      r.input(of_model("r_q", "q_lora_rank", unit::elements), s.q_lora_rank),
      r.input(of_model("r_kv", "kv_lora_rank", unit::elements), s.kv_lora_rank),
      r.input(of_model("d_n", "qk_nope_head_dim", unit::elements), s.qk_nope_head_dim),
      r.input(of_model("d_r", "qk_rope_head_dim", unit::elements), s.qk_rope_head_dim),
      r.input(of_model("d_v", "v_head_dim", unit::elements), s.v_head_dim),
      r.input(of_model("V", "vocab_size", unit::tokens), s.vocab_size),
  };
}

// A constant of the article, or the reader's number in its place.
template <class R, class Q>
typename R::template Of<Q> bind_constant(R& r, std::string_view symbol, std::string_view name, Parameter p, const Constant<Q>& c) {
  return r.lazy_input([&] { return c.by_reader ? parameter_input(symbol, p) : of_method(symbol, name, info(p).unit); }, c.value);
}

// A device as one phase uses it.
template <class R>
struct BoundDevice {
  typename R::template Of<FlopPerSecond> fp8;
  typename R::template Of<FlopPerSecond> bf16;
  typename R::template Of<BytesPerSecond> memory_bandwidth;
  typename R::template Of<BytesPerSecond> scaleup;
  typename R::template Of<BytesPerSecond> nic;
};

template <class R>
BoundDevice<R> bind_device(R& r, const Inputs& in, const Constant<double>& communication_sms, QuantityId fp8_id, QuantityId bf16_id) {
  const auto eta = bind_constant(r, "eta", "efficiency", Parameter::efficiency, in.efficiency);
  const auto sm = bind_constant(r, "SM", "sm_count", Parameter::device_sm_count, in.sm_count);
  const auto sm_c = bind_constant(r, "SM_c", "communication_sms", Parameter::communication_sms, communication_sms);
  const auto scale = r.input(of_method("s", "compute_prescale", unit::none), compute_prescale);
  const auto peak8 = bind_constant(r, "P_fp8", "peak_fp8", Parameter::device_peak_dense_fp8_tflops, in.peak_fp8);
  const auto peak16 = bind_constant(r, "P_bf16", "peak_bf16", Parameter::device_peak_dense_bf16_tflops, in.peak_bf16);
  r.quirk(fp8_id, "q1");
  r.quirk(bf16_id, "q1");
  return {
      r.result(fp8_id, peak8 * scale * eta * ((sm - sm_c) / sm)),
      r.result(bf16_id, peak16 * scale * eta * ((sm - sm_c) / sm)),
      bind_constant(r, "BW", "memory_bandwidth", Parameter::device_memory_bandwidth_gb_per_s, in.memory_bandwidth) * eta,
      bind_constant(r, "BW_nvlink", "scaleup_bandwidth", Parameter::device_scaleup_unidirectional_gb_per_s, in.scaleup) * eta,
      bind_constant(r, "BW_nic", "nic_bandwidth", Parameter::nic_gbit_per_s, in.nic) * eta,
  };
}

}  // namespace moecalc::zartbot
