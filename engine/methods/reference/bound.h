// The method's inputs as the formulas see them: each with its symbol, unit and source once, for both recorders.
#pragma once

#include "architecture/parts.h"
#include "methods/reference/inputs.h"
#include "operators/collectives.h"
#include "operators/roofline.h"

namespace moecalc::reference {

// Source of the method's own rules and fitted constants.
inline constexpr std::string_view own = "moecalc-reference";

constexpr InputInfo of_method(std::string_view symbol, std::string_view name, Unit unit) { return {symbol, name, unit, Origin::method, own}; }
constexpr InputInfo by_definition(std::string_view symbol, std::string_view name, Unit unit) { return {symbol, name, unit, Origin::definition, {}}; }

inline std::string_view source_id(std::int16_t source) { return source < 0 ? own : sources()[static_cast<std::size_t>(source)].id; }

// The catalogue's number, or the reader's in its place.
template <class R, class Q>
typename R::template Of<Q> bind_known(R& r, std::string_view symbol, Parameter p, const Known<Q>& known) {
  return r.lazy_input([&] {
    return known.by_reader ? parameter_input(symbol, p) : InputInfo{symbol, info(p).key, info(p).unit, Origin::catalogue, source_id(known.source)};
  }, known.value);
}
// The same where the method's rule decides when the reader does not.
template <class R>
Number<R> bind_rule(R& r, std::string_view symbol, Parameter p, double value) {
  return r.lazy_input([&] { return InputInfo{symbol, info(p).key, info(p).unit, Origin::parameter, {}}; }, value);
}

inline constexpr std::array<std::string_view, architecture_field_count> architecture_symbols = {
    "L",     "d",     "V",     "tied",  "kind",  "H",    "H_kv",  "d_h",  "d_v",  "r_q",   "r_kv",  "d_n",   "d_r",
    "gate",  "L_w",   "W",     "H_w",   "L_lin", "H_lk", "H_lv",  "d_lk", "d_lv", "k_conv", "L_idx", "H_idx", "d_idx",
    "k_idx", "L_moe", "f",     "E",     "k",     "f_e",  "f_s",   "G",    "G_k",  "L_mtp", "only_experts"};

template <class R>
ArchitectureOf<Number<R>> bind_architecture(R& r, const Inputs& in) {
  if constexpr (!R::explains) return in.architecture;
  ArchitectureOf<Number<R>> bound;
  static constexpr auto from = architecture_members<double>();
  static constexpr auto to = architecture_members<Number<R>>();
  for (std::size_t i = 0; i < architecture_field_count; ++i) {
    bound.*to[i] = r.lazy_input([&] {
      const ParameterInfo& row = info(architecture_parameter(i));
      return in.architecture_by_reader[i] ? parameter_input(architecture_symbols[i], row.id)
                                          : InputInfo{architecture_symbols[i], row.key, row.unit, Origin::catalogue, source_id(in.architecture_source)};
    }, in.architecture.*from[i]);
  }
  return bound;
}

// What kernels reach on this device, for one phase.
template <class R>
struct BoundDevice {
  Rates<R> dense;    // attention projections, in the format of attention
  Rates<R> ffn;      // dense feed-forward and shared expert, in the format of the experts
  Rates<R> expert;   // grouped GEMM of routed experts
  Rates<R> bf16;     // LM head, router, MLA's products per head
  Rates<R> decode_attention;
  Rates<R> prefill_attention;
  ByteRate<R> stream;  // norms, activations, permutation
  Time<R> gemm_floor;
  Time<R> attention_floor;
  Time<R> launch;
  Time<R> eager_layer;  // more, where no captured graph fits: a layer of a pass with prompts
  AllReduceNetwork<R> all_reduce;
  Number<R> all_reduce_factor;
  ExchangeNetwork<R> dispatch;
  ExchangeNetwork<R> combine;
};

// Whether tokens go as one copy a GPU over switched links, by kernels made for it: NVL72, and Blackwell's nodes.
inline bool is_switched(const Inputs& in) { return in.domain_gpus > in.gpus_per_node || in.generation == Generation::blackwell; }

template <class R>
BoundDevice<R> bind_device(R& r, const Inputs& in, bool is_prefill) {
  const Efficiency& e = in.calibration->of(in.generation);
  const ServingConstants& serving = in.calibration->serving;
  const auto share = [&](std::string_view symbol, std::string_view name, double value) {
    return r.input(of_method(symbol, name, unit::none), value * in.efficiency_factor);
  };
  const auto time = [&](std::string_view symbol, std::string_view name, double us) { return r.input(of_method(symbol, name, unit::us), seconds(us * 1e-6)); };
  const auto bandwidth = bind_known(r, "BW", Parameter::device_memory_bandwidth_gb_per_s, in.memory_bandwidth);
  const auto scaleup = bind_known(r, "BW_up", Parameter::device_scaleup_unidirectional_gb_per_s, in.scaleup);
  const auto scaleout = bind_known(r, "BW_nic", Parameter::nic_gbit_per_s, in.nic);
  const auto link = [&](const auto& rate, std::string_view share_symbol, std::string_view latency_symbol, const MessageCurve& curve) {
    return Link<R>{rate * share(share_symbol, "message_share", curve.share), time(latency_symbol, "message_latency", curve.latency_us)};
  };
  // Message kernels take SMs from computing only while both run.
  const bool both_run = (is_prefill ? in.prefill_overlap : in.decode_overlap) != OverlapChoice::none;
  const double busy = !both_run ? 0 : is_prefill ? in.prefill_communication_sms : in.decode_communication_sms;
  const auto sm_share = r.input(of_method("s", "compute_sm_share", unit::none), busy == 0 ? 1.0 : (in.sm_count.value - busy) / in.sm_count.value);
  const auto peak_dense = bind_known(r, "P_a", in.peak_dense_parameter, in.peak_dense) * sm_share;
  const auto peak_expert = bind_known(r, "P", in.peak_expert_parameter, in.peak_expert) * sm_share;
  const auto peak_bf16 = bind_known(r, "P_bf16", Parameter::device_peak_dense_bf16_tflops, in.peak_bf16) * sm_share;
  const auto rates = [&](std::string_view memory_symbol, std::string_view memory_name, std::string_view compute_symbol, std::string_view compute_name, const KernelShares& shares,
                         const auto& peak) { return Rates<R>{bandwidth * share(memory_symbol, memory_name, shares.memory), peak * share(compute_symbol, compute_name, shares.compute)}; };
  const KernelShares expert{in.expert_shares.memory, is_prefill ? in.expert_prefill_compute : in.expert_shares.compute};
  const ExchangeCurves& exchange = is_switched(in) ? nvlink_domain_exchange() : is_prefill ? e.normal : e.low_latency;
  return {
      rates("e_am", "gemm_memory_share", "e_ac", "gemm_compute_share", in.dense_shares, peak_dense),
      rates("e_m", "gemm_memory_share", "e_c", "gemm_compute_share", in.ffn_shares, peak_expert),
      rates("e_em", "expert_memory_share", "e_ec", "expert_compute_share", expert, peak_expert),
      rates("e_hm", "gemm_memory_share", "e_hc", "gemm_compute_share", in.bf16_shares, peak_bf16),
      rates("e_kv", "kv_memory_share", "e_core", "attention_compute_share", e.attention_decode, peak_bf16),
      rates("e_kv", "kv_memory_share", "e_pre", "attention_compute_share", {e.attention_decode.memory, e.attention_prefill}, peak_bf16),
      bandwidth * share("e_s", "stream_share", e.stream),
      time("t_gemm", "gemm_floor", e.gemm_floor_us),
      time("t_core", "attention_floor", serving.attention_floor_us),
      time("tau", "launch_time", e.launch_us) * r.input(of_method("x_engine", "engine_factor", unit::none), in.engine_factor),
      time("t_eager", "eager_layer", serving.eager_layer_us),
      {e.all_reduce.one_shot.share > 0, link(scaleup, "e_one", "l_one", e.all_reduce.one_shot), link(scaleup, "e_two", "l_two", e.all_reduce.two_shot),
       time("l_n", "message_latency_per_gpu", e.all_reduce.latency_per_gpu_us), e.all_reduce.slowdown_per_gpu, link(scaleout, "e_out", "l_out", collective_between_domains()),
       in.domain_gpus},
      r.input(of_method("x_ar", "all_reduce_factor", unit::none), serving.all_reduce_factor),
      {link(scaleup, "e_up", "l_up", exchange.dispatch_scaleup), link(scaleout, "e_out", "l_out", exchange.dispatch_scaleout)},
      {link(scaleup, "e_up", "l_up", exchange.combine_scaleup), link(scaleout, "e_out", "l_out", exchange.combine_scaleout)},
  };
}

}  // namespace moecalc::reference
