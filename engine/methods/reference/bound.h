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
  ArchitectureOf<Number<R>> bound;
  constexpr auto from = architecture_members<double>();
  constexpr auto to = architecture_members<Number<R>>();
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
  Rates<R> dense;
  Rates<R> expert;
  Rates<R> head;  // LM head, BF16
  Rates<R> attention;
  AllReduceNetwork<R> all_reduce;
  ExchangeNetwork<R> dispatch;
  ExchangeNetwork<R> combine;
  Time<R> launch;
};

template <class R>
BoundDevice<R> bind_device(R& r, const Inputs& in, bool is_prefill) {
  const Efficiency& e = efficiency_of(in.generation);
  const auto share = [&](std::string_view symbol, std::string_view name, double value) {
    return r.input(of_method(symbol, name, unit::none), value * in.efficiency_factor);
  };
  const auto latency = [&](std::string_view symbol, std::string_view name, double us) { return r.input(of_method(symbol, name, unit::us), seconds(us * 1e-6)); };
  const auto bandwidth = bind_known(r, "BW", Parameter::device_memory_bandwidth_gb_per_s, in.memory_bandwidth);
  const auto scaleup = bind_known(r, "BW_up", Parameter::device_scaleup_unidirectional_gb_per_s, in.scaleup);
  const auto scaleout = bind_known(r, "BW_nic", Parameter::nic_gbit_per_s, in.nic);
  const auto link = [&](const auto& rate, std::string_view share_symbol, std::string_view latency_symbol, const MessageCurve& curve) {
    return Link<R>{rate * share(share_symbol, "message_share", curve.share), latency(latency_symbol, "message_latency", curve.latency_us)};
  };
  const double busy = is_prefill ? in.prefill_communication_sms : in.decode_communication_sms;
  const auto sm_share = r.input(of_method("s", "compute_sm_share", unit::none), busy == 0 ? 1.0 : (in.sm_count.value - busy) / in.sm_count.value);
  const auto peak_dense = bind_known(r, "P", in.peak_dense_parameter, in.peak_dense) * sm_share;
  const auto peak_expert = bind_known(r, "P_e", in.peak_expert_parameter, in.peak_expert) * sm_share;
  const auto peak_bf16 = bind_known(r, "P_bf16", Parameter::device_peak_dense_bf16_tflops, in.peak_bf16) * sm_share;
  const ExchangeCurves& exchange = in.domain_gpus > in.gpus_per_node ? nvlink_domain_exchange() : is_prefill ? e.normal : e.low_latency;
  return {
      {bandwidth * share("e_m", "dense_memory_share", in.dense_shares.memory), peak_dense * share("e_c", "dense_compute_share", in.dense_shares.compute)},
      {bandwidth * share("e_em", "expert_memory_share", in.expert_shares.memory),
       peak_expert * share("e_ec", "expert_compute_share", is_prefill ? in.expert_prefill_compute : in.expert_shares.compute)},
      {bandwidth * share("e_hm", "head_memory_share", in.head_shares.memory), peak_bf16 * share("e_hc", "head_compute_share", in.head_shares.compute)},
      {bandwidth * share("e_kv", "kv_memory_share", e.attention_decode.memory),
       peak_bf16 * share("e_a", "attention_compute_share", is_prefill ? e.attention_prefill : e.attention_decode.compute)},
      {e.all_reduce.one_shot.share > 0, link(scaleup, "e_one", "l_one", e.all_reduce.one_shot), link(scaleup, "e_two", "l_two", e.all_reduce.two_shot),
       latency("l_n", "message_latency_per_gpu", e.all_reduce.latency_per_gpu_us), e.all_reduce.slowdown_per_gpu, link(scaleout, "e_out", "l_out", collective_between_domains()),
       in.domain_gpus},
      {link(scaleup, "e_up", "l_up", exchange.dispatch_scaleup), link(scaleout, "e_out", "l_out", exchange.dispatch_scaleout)},
      {link(scaleup, "e_up", "l_up", exchange.combine_scaleup), link(scaleout, "e_out", "l_out", exchange.combine_scaleout)},
      latency("tau", "launch_time", e.launch_us),
  };
}

}  // namespace moecalc::reference
