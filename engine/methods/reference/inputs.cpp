#include "methods/reference/inputs.h"

#include <cmath>
#include <string>

#include "catalogue/catalogue.h"
#include "methods/reference/fit.h"
#include "numbers/number_text.h"

namespace moecalc::reference {
namespace {

using enum Parameter;

// Bytes of one element with the scales that its block carries: FP16 for 128 (INT4), FP8 for 16 (NVFP4), one byte for 32 (MXFP4).
double bytes_of(FormatChoice format) {
  switch (format) {
    case FormatChoice::bf16: return 2;
    case FormatChoice::fp8:
    case FormatChoice::int8: return 1;
    case FormatChoice::int4: return 0.5 + 2.0 / 128;
    case FormatChoice::nvfp4: return 0.5 + 1.0 / 16;
    case FormatChoice::mxfp4: return 0.5 + 1.0 / 32;
  }
  return 2;
}
bool is_four_bit(FormatChoice format) { return format == FormatChoice::int4 || format == FormatChoice::nvfp4 || format == FormatChoice::mxfp4; }

// Beyond this many tokens a rank sends its dispatch in turns (DeepEP's default of low latency mode).
constexpr double most_dispatch_slots = 128;
constexpr double default_chunk_tokens = 8192;         // of a prompt that shares the GPUs with decode
constexpr double default_prefill_tokens_per_gpu = 16384;  // of a prefill pool, DeepSeek's profile
constexpr double default_communication_sms = 20;      // of prefill with two micro-batches
constexpr double default_runtime_reserve_gib = 4;     // context, libraries, captured graphs, fragmentation
constexpr double largest_automatic_group = 1024;

class Resolver {
 public:
  Resolver(const Scenario& scenario, Inputs& target)
      : s_(scenario), device_(s_[device] == custom_device() ? nullptr : &devices()[static_cast<std::size_t>(s_[device])]), in_(target) {}

  // Each stops where what follows would stand on something missing.
  void resolve_machine() {
    resolve_model();
    if (!errors_.empty()) return;
    resolve_device();
    resolve_formats();
  }
  void resolve_question() {
    if (!errors_.empty()) return;
    resolve_workload();
    resolve_layouts();
    if (!errors_.empty()) return;
    resolve_execution();
  }
  const Errors& errors() const { return errors_; }

 private:
  void refuse(Parameter p, std::string allowed, ErrorCode code = ErrorCode::outside_method_domain) {
    errors_.push_back({code, std::string(info(p).key), value_text(p, s_[p]), std::move(allowed)});
  }
  double number_or(Parameter p, double value) const { return s_.is_automatic(p) ? value : s_[p]; }

  void resolve_model() {
    const bool custom = s_[model] == custom_model();
    if (!custom) {
      const Model& m = models()[static_cast<std::size_t>(s_[model])];
      if (!m.covered) return refuse(model, std::string(m.not_covered_because), ErrorCode::model_not_covered);
      in_.architecture = m.architecture;
      in_.architecture_source = static_cast<std::int16_t>(m.sources.front());
    }
    constexpr auto members = architecture_members<double>();
    for (std::size_t i = 0; i < architecture_field_count; ++i) {
      const Parameter p = architecture_parameter(i);
      if (s_.is_automatic(p)) continue;
      in_.architecture.*members[i] = s_[p];
      in_.architecture_by_reader[i] = true;
    }
    check_architecture();
  }

  // What every model has, and what belongs together.
  void check_architecture() {
    const Architecture& a = in_.architecture;
    const auto need = [&](Parameter p, double value) {
      if (value <= 0) errors_.push_back({ErrorCode::required, std::string(info(p).key), shortest_text(value), range_text(p)});
    };
    need(model_layers, a.layers);
    need(model_hidden_size, a.hidden_size);
    need(model_vocab_size, a.vocab_size);
    need(model_v_head_dim, a.v_head_dim);
    if (a.layers > a.linear_layers) need(model_heads, a.heads);
    if (a.attention_kind == static_cast<double>(AttentionKind::mla)) {
      need(model_kv_lora_rank, a.kv_lora_rank);
      need(model_qk_nope_head_dim, a.qk_nope_head_dim);
    } else {
      need(model_kv_heads, a.kv_heads);
      need(model_head_dim, a.head_dim);
    }
    if (a.window_layers > 0) {
      need(model_window_tokens, a.window_tokens);
      need(model_window_kv_heads, a.window_kv_heads);
    }
    if (a.linear_layers > 0) {
      need(model_linear_value_heads, a.linear_value_heads);
      need(model_linear_key_head_dim, a.linear_key_head_dim);
      need(model_linear_value_head_dim, a.linear_value_head_dim);
    }
    if (a.index_layers > 0) need(model_index_topk, a.index_topk);
    if (a.moe_layers < a.layers) need(model_dense_intermediate_size, a.dense_intermediate_size);
    if (a.moe_layers > 0) {
      need(model_experts, a.experts);
      need(model_experts_per_token, a.experts_per_token);
      need(model_expert_intermediate_size, a.expert_intermediate_size);
    }
    const auto at_most = [&](Parameter p, double value, double most) {
      if (value > most) errors_.push_back({ErrorCode::inconsistent, std::string(info(p).key), shortest_text(value), "0…" + shortest_text(most)});
    };
    at_most(model_window_layers, a.window_layers, a.layers - a.linear_layers);
    at_most(model_linear_layers, a.linear_layers, a.layers);
    at_most(model_index_layers, a.index_layers, a.layers);
    at_most(model_moe_layers, a.moe_layers, a.layers);
    if (a.moe_layers > 0) at_most(model_experts_per_token, a.experts_per_token, a.experts);
  }

  bool has_experts() const { return in_.architecture.moe_layers > 0; }

  void resolve_workload() {
    const auto chosen = s_.choice<PhaseChoice>(phase);
    in_.with_prefill = chosen != PhaseChoice::decode;
    in_.with_decode = chosen != PhaseChoice::prefill;
    in_.aggregated = s_.is_aggregated();
    in_.ignore_capacity = s_[ignore_capacity] != 0;
    in_.prompt_tokens = s_[prompt_tokens];
    in_.output_tokens = s_[output_tokens];
    in_.prefix_cache_hit_rate = s_[prefix_cache_hit_rate];
    in_.context_tokens.by_reader = !s_.is_automatic(kv_tokens);
    in_.context_tokens.value = in_.context_tokens.by_reader ? s_[kv_tokens] : in_.prompt_tokens + in_.output_tokens / 2;
    in_.draft_tokens = s_[mtp_draft_tokens];
    in_.acceptance = s_[mtp_acceptance];
    in_.memory_utilisation = number_or(memory_utilisation, 1);
    in_.runtime_reserve_gib = number_or(runtime_reserve_gib, default_runtime_reserve_gib);
    in_.efficiency_factor = number_or(efficiency, 1);
  }

  template <class Q, class Make>
  void take(Parameter p, const Fact* fact, Known<Q>& target, Make make) {
    target.by_reader = !s_.is_automatic(p);
    if (target.by_reader) {
      target.value = make(s_[p]);
    } else if (fact != nullptr && fact->known()) {
      target.value = make(fact->value);
      target.source = fact->source;
    } else {
      refuse(p, range_text(p), ErrorCode::required);
    }
  }

  void resolve_device() {
    const auto fact = [&](Fact Device::*member) { return device_ == nullptr ? nullptr : &(device_->*member); };
    in_.generation = device_ == nullptr ? Generation::other : generation_of(*device_);
    in_.gpus_per_node = s_[gpus_per_node];
    const double domain = device_ != nullptr && device_->scaleup_domain_devices_max.known() ? device_->scaleup_domain_devices_max.value : in_.gpus_per_node;
    in_.domain_gpus = number_or(scaleup_domain_gpus, domain > in_.gpus_per_node ? domain : in_.gpus_per_node);
    take(device_memory_gib, fact(&Device::memory_marketed_gb), in_.memory, gib);
    take(device_memory_bandwidth_gb_per_s, fact(&Device::memory_bandwidth_gb_per_s), in_.memory_bandwidth, gb_per_s);
    take(device_scaleup_unidirectional_gb_per_s, fact(&Device::scaleup_unidirectional_gb_per_s), in_.scaleup, gb_per_s);
    // Devices without BF16 units compute attention in FP16.
    const bool has_bf16 = device_ != nullptr && device_->peak_dense_bf16_tflops.known();
    take(device_peak_dense_bf16_tflops, has_bf16 || device_ == nullptr ? fact(&Device::peak_dense_bf16_tflops) : fact(&Device::peak_dense_fp16_tflops), in_.peak_bf16, tflops);
  }

  // The format that weights of a format are multiplied in: their own where the device has units for it, else BF16.
  FormatChoice compute_format(FormatChoice stored) {
    if (!s_.is_automatic(matmul_format)) return s_.choice<FormatChoice>(matmul_format);
    const auto has = [&](Parameter p, Fact Device::*member) { return !s_.is_automatic(p) || (device_ != nullptr && (device_->*member).known()); };
    switch (stored) {
      case FormatChoice::fp8: return has(device_peak_dense_fp8_tflops, &Device::peak_dense_fp8_tflops) ? stored : FormatChoice::bf16;
      case FormatChoice::int8: return has(device_peak_dense_int8_tops, &Device::peak_dense_int8_tops) ? stored : FormatChoice::bf16;
      case FormatChoice::nvfp4: return has(device_peak_dense_fp4_tflops, &Device::peak_dense_fp4_tflops) ? stored : FormatChoice::bf16;
      // MXFP4 weights are multiplied with FP8 activations where there are FP4 units.
      case FormatChoice::mxfp4: return has(device_peak_dense_fp4_tflops, &Device::peak_dense_fp4_tflops) ? FormatChoice::fp8 : FormatChoice::bf16;
      default: return FormatChoice::bf16;
    }
  }

  Known<FlopPerSecond> peak_of(FormatChoice format, Parameter& parameter) {
    Known<FlopPerSecond> peak;
    const auto take_from = [&](Parameter p, Fact Device::*member) {
      parameter = p;
      take(p, device_ == nullptr ? nullptr : &(device_->*member), peak, tflops);
    };
    switch (format) {
      case FormatChoice::fp8: take_from(device_peak_dense_fp8_tflops, &Device::peak_dense_fp8_tflops); break;
      case FormatChoice::int8: take_from(device_peak_dense_int8_tops, &Device::peak_dense_int8_tops); break;
      case FormatChoice::nvfp4:
      case FormatChoice::mxfp4: take_from(device_peak_dense_fp4_tflops, &Device::peak_dense_fp4_tflops); break;
      default:
        parameter = device_peak_dense_bf16_tflops;
        peak = in_.peak_bf16;
    }
    return peak;
  }

  static KernelFormat kernel_of(FormatChoice stored, FormatChoice computed) {
    switch (computed) {
      case FormatChoice::fp8: return KernelFormat::fp8;
      case FormatChoice::int8: return KernelFormat::int8;
      case FormatChoice::nvfp4:
      case FormatChoice::mxfp4: return KernelFormat::nvfp4;
      default: return stored == FormatChoice::bf16 ? KernelFormat::bf16 : is_four_bit(stored) ? KernelFormat::w4a16 : KernelFormat::w8a16;
    }
  }

  void resolve_formats() {
    const auto stored = s_.choice<FormatChoice>(weight_format);
    // Checkpoints in four bits keep the attention of a MoE model in eight, or in BF16 where the publisher quantised the experts alone.
    FormatChoice attention = stored;
    if (has_experts() && in_.architecture.experts_only_quantized != 0 && stored != FormatChoice::bf16) attention = FormatChoice::bf16;
    else if (has_experts() && is_four_bit(stored)) attention = compute_format(FormatChoice::fp8) == FormatChoice::fp8 ? FormatChoice::fp8 : FormatChoice::bf16;
    if (!s_.is_automatic(attention_weight_format)) attention = s_.choice<FormatChoice>(attention_weight_format);
    in_.attention_format = attention;
    const FormatChoice dense_compute = compute_format(attention);
    const FormatChoice expert_compute = compute_format(stored);
    in_.attention_weight_bytes = bytes_of(attention);
    in_.expert_weight_bytes = bytes_of(stored);
    in_.kv_bytes = bytes_of(s_.choice<FormatChoice>(kv_format));
    in_.peak_dense = peak_of(dense_compute, in_.peak_dense_parameter);
    in_.peak_expert = peak_of(expert_compute, in_.peak_expert_parameter);
    // Dispatch carries what the experts multiply; MXFP4's activations are FP8.
    const FormatChoice sent = !s_.is_automatic(dispatch_format) ? s_.choice<FormatChoice>(dispatch_format) : expert_compute == FormatChoice::mxfp4 ? FormatChoice::fp8 : expert_compute;
    in_.dispatch_bytes = bytes_of(sent) + (sent == FormatChoice::fp8 || sent == FormatChoice::int8 ? 4.0 / 128 : 0);  // a scale for 128 elements
    in_.dispatch_format = sent;
    in_.expert_compute_format = expert_compute;

    const Efficiency& e = in_.calibration->of(in_.generation);
    const auto shares = [&](KernelFormat format) { return e.gemm[static_cast<std::size_t>(format)]; };
    const KernelFormat expert_kernel = kernel_of(stored, expert_compute);
    in_.dense_shares = shares(kernel_of(attention, dense_compute));
    in_.ffn_shares = shares(expert_kernel);
    in_.bf16_shares = shares(KernelFormat::bf16);
    // There are tables of grouped GEMMs in FP8 alone. Other formats read at the same share of the bandwidth; in FP4 they compute at the
    // dense product's ratio.
    in_.expert_shares = is_four_bit(stored) ? e.expert_four_bit : e.expert;
    in_.expert_prefill_compute = e.expert_prefill_compute * (expert_kernel == KernelFormat::nvfp4 ? shares(KernelFormat::nvfp4).compute / shares(KernelFormat::fp8).compute : 1);
    in_.quantises_dense = dense_compute != FormatChoice::bf16;
    in_.quantises_experts = expert_compute != FormatChoice::bf16;
  }

  struct LayoutParameters {
    Parameter tp, dp, ep, moe_tp, pp, redundant, imbalance;
  };

  // Whether every part is a whole number of GPUs, and the experts' GPUs are the attention's.
  void check_layout(const LayoutParameters& p, const Layout& l) {
    const Architecture& a = in_.architecture;
    if (l.tensor_parallel > a.heads && a.heads > 0) refuse(p.tp, "1…" + shortest_text(a.heads), ErrorCode::inconsistent);
    if (l.pipeline_parallel > a.layers) refuse(p.pp, "1…" + shortest_text(a.layers), ErrorCode::inconsistent);
    if (!has_experts()) return;
    if (l.data_parallel != std::floor(l.data_parallel) || l.expert_parallel != std::floor(l.expert_parallel) || l.expert_parallel * l.moe_tensor_parallel != l.stage_gpus()) {
      const double stage = l.tensor_parallel * l.data_parallel;
      return refuse(p.ep, "EP × TP_moe = TP × DP = " + shortest_text(stage), ErrorCode::inconsistent);
    }
    if (l.expert_parallel > a.experts + l.redundant_experts) refuse(p.ep, "1…" + shortest_text(a.experts + l.redundant_experts), ErrorCode::inconsistent);
    if (std::fmod(a.experts + l.redundant_experts, l.expert_parallel) != 0) {
      const double fewest = std::ceil(a.experts / l.expert_parallel) * l.expert_parallel - a.experts;
      refuse(p.redundant, shortest_text(fewest) + " + n × " + shortest_text(l.expert_parallel), ErrorCode::inconsistent);
    }
  }

  void finish_layout(const LayoutParameters& p, Layout& l) const {
    l.redundant_experts = 0;
    if (has_experts()) l.redundant_experts = number_or(p.redundant, std::ceil(in_.architecture.experts / l.expert_parallel) * l.expert_parallel - in_.architecture.experts);
  }

  // What the reader stated decides; what is left to us follows from it.
  bool stated_layout(const LayoutParameters& p, Layout& l) {
    l.pipeline_parallel = s_[p.pp];
    l.expert_imbalance = s_[p.imbalance];
    const bool auto_tp = s_.is_automatic(p.tp), auto_dp = s_.is_automatic(p.dp), auto_ep = s_.is_automatic(p.ep), auto_moe = s_.is_automatic(p.moe_tp);
    l.tensor_parallel = number_or(p.tp, 1);
    if (!has_experts()) {
      // A dense model has no experts to spread: EP is taken as none.
      l.data_parallel = number_or(p.dp, 1);
      l.expert_parallel = l.moe_tensor_parallel = 1;
      return !auto_tp || !auto_dp;
    }
    if (!auto_ep) {
      l.expert_parallel = s_[p.ep];
      l.moe_tensor_parallel = auto_moe ? (auto_dp ? std::ceil(l.tensor_parallel / l.expert_parallel) : l.tensor_parallel * s_[p.dp] / l.expert_parallel) : s_[p.moe_tp];
      if (auto_tp && !auto_dp && auto_moe) {  // EP and DP stated: TP is what is left
        l.moe_tensor_parallel = 1;
        l.tensor_parallel = l.expert_parallel / s_[p.dp];
        if (l.tensor_parallel < 1) l.tensor_parallel = 1, l.moe_tensor_parallel = s_[p.dp] / l.expert_parallel;
      }
      l.data_parallel = auto_dp ? l.expert_parallel * l.moe_tensor_parallel / l.tensor_parallel : s_[p.dp];
      return true;
    }
    if (auto_tp && auto_dp && auto_moe) return false;
    l.data_parallel = number_or(p.dp, 1);
    l.moe_tensor_parallel = number_or(p.moe_tp, 1);
    l.expert_parallel = l.stage_gpus() / l.moe_tensor_parallel;
    return true;
  }

  // Nothing stated: a group of n GPUs. MLA keeps one latent for all heads, so TP would copy its cache: data-parallel attention. Grouped heads and
  // dense models are cut by TP within a domain.
  Layout group_of(const LayoutParameters& p, double n) const {
    Layout l;
    l.pipeline_parallel = s_[p.pp];
    l.expert_imbalance = s_[p.imbalance];
    const bool mla = in_.architecture.attention_kind == static_cast<double>(AttentionKind::mla);
    if (has_experts() && mla) {
      l.data_parallel = n;
    } else {
      l.tensor_parallel = n < in_.domain_gpus ? n : in_.domain_gpus;
      if (l.tensor_parallel > in_.architecture.heads) l.tensor_parallel = in_.architecture.heads;
      l.data_parallel = has_experts() ? std::floor(n / l.tensor_parallel) : 1;
    }
    l.expert_parallel = has_experts() ? l.stage_gpus() : 1;
    return l;
  }

  // The smallest group that holds the weights, one prompt a rank and the activations of a pass: a pool needs no room for more sequences.
  Layout prefill_group(const LayoutParameters& p, double largest) const {
    Inputs pool = in_;
    pool.aggregated = true;  // its largest pass is a chunk, not a decode step
    for (double n = 1; n <= largest; n *= 2) {
      pool.decode = group_of(p, n);
      finish_layout(p, pool.decode);
      pool.concurrency = pool.decode.data_parallel;
      pool.prefill_rank_tokens = number_or(prefill_batch_tokens_per_gpu, default_prefill_tokens_per_gpu) * pool.decode.tensor_parallel;
      if (fits(pool)) break;
    }
    return pool.decode;
  }

  void resolve_layouts() {
    constexpr LayoutParameters of_prefill{prefill_tensor_parallel, prefill_data_parallel, prefill_expert_parallel, prefill_moe_tensor_parallel,
                                          prefill_pipeline_parallel, prefill_redundant_experts, prefill_expert_imbalance};
    constexpr LayoutParameters of_decode{decode_tensor_parallel, decode_data_parallel, decode_expert_parallel, decode_moe_tensor_parallel,
                                         decode_pipeline_parallel, decode_redundant_experts, decode_expert_imbalance};
    in_.decode.replicas = s_[decode_replicas];
    const double largest = has_experts() ? (in_.architecture.experts < largest_automatic_group ? in_.architecture.experts : largest_automatic_group)
                                         : in_.domain_gpus;
    if (stated_layout(of_decode, in_.decode)) {
      finish_layout(of_decode, in_.decode);
    } else {
      // The smallest group that holds the model and the batch.
      for (double n = 1; n <= largest; n *= 2) {
        const double replicas = in_.decode.replicas;
        in_.decode = group_of(of_decode, n);
        in_.decode.replicas = replicas;
        finish_layout(of_decode, in_.decode);
        resolve_load();
        if (fits(in_)) break;
      }
    }
    check_layout(of_decode, in_.decode);
    if (!errors_.empty()) return;
    resolve_load();

    const bool needs_prefill = in_.with_prefill || in_.aggregated || !s_.is_automatic(prefill_replicas);
    if (!needs_prefill) return;
    if (in_.aggregated) {
      const double imbalance = s_[prefill_expert_imbalance];
      in_.prefill = in_.decode;
      in_.prefill.expert_imbalance = imbalance;
    } else if (stated_layout(of_prefill, in_.prefill)) {
      finish_layout(of_prefill, in_.prefill);
    } else {
      in_.prefill = prefill_group(of_prefill, largest);
    }
    check_layout(of_prefill, in_.prefill);
    in_.prefill.replicas = number_or(prefill_replicas, 1);
    const double per_gpu = in_.aggregated ? default_chunk_tokens / in_.prefill.tensor_parallel : default_prefill_tokens_per_gpu;
    in_.prefill_rank_tokens = number_or(prefill_batch_tokens_per_gpu, per_gpu) * in_.prefill.tensor_parallel;
  }

  void resolve_load() {
    in_.concurrency = s_.is_automatic(decode_concurrency) ? s_[decode_batch_per_gpu] * in_.decode.gpus() : s_[decode_concurrency] / in_.decode.replicas;
    const double rows = in_.concurrency / (in_.decode.data_parallel * in_.decode.pipeline_parallel) * (1 + in_.draft_tokens) / in_.decode.tensor_parallel;
    in_.dispatch_slots = rows < most_dispatch_slots ? std::ceil(rows) : most_dispatch_slots;
    const double chunk = number_or(prefill_batch_tokens_per_gpu, default_chunk_tokens / in_.decode.tensor_parallel) * in_.decode.tensor_parallel;
    in_.prefill_rank_tokens = chunk;
  }

  void resolve_execution() {
    const bool mla = in_.architecture.attention_kind == static_cast<double>(AttentionKind::mla);
    const bool expand = !s_.is_automatic(mla_absorb) && s_.choice<AbsorbChoice>(mla_absorb) == AbsorbChoice::no;
    in_.decode_absorb = mla && !expand;
    in_.prefill_absorb = mla && in_.architecture.index_topk > 0;
    const bool has_sms = device_ != nullptr && device_->sm_count.known();
    in_.sm_count = {number_or(device_sm_count, has_sms ? device_->sm_count.value : 0), !s_.is_automatic(device_sm_count), has_sms ? device_->sm_count.source : std::int16_t{-1}};
    // Normal kernels of dispatch take SMs from computing while both run; low-latency ones need none.
    const bool shares_sms = in_.prefill.data_parallel > 1 && in_.sm_count.value > default_communication_sms;
    in_.prefill_communication_sms = number_or(communication_sms, shares_sms ? default_communication_sms : 0);
    in_.decode_communication_sms = number_or(communication_sms, 0);
    const double most = in_.prefill_communication_sms > in_.decode_communication_sms ? in_.prefill_communication_sms : in_.decode_communication_sms;
    if (most > 0 && most >= in_.sm_count.value) {
      if (in_.sm_count.value == 0) return refuse(device_sm_count, range_text(device_sm_count), ErrorCode::required);
      return refuse(communication_sms, "0…" + shortest_text(in_.sm_count.value - 1), ErrorCode::inconsistent);
    }
    take(nic_gbit_per_s, device_ == nullptr ? nullptr : &device_->scaleout_nic_gbit_per_s, in_.nic, gbit_per_s);
    if (!errors_.empty() && in_.decode.gpus() <= in_.domain_gpus && in_.prefill.gpus() <= in_.domain_gpus) {
      // Nothing leaves the domain: no network is needed.
      errors_.clear();
      in_.nic = {gbit_per_s(1), false, -1};
    }
    const ServingConstants& serving_runs = in_.calibration->serving;
    switch (s_.choice<EngineChoice>(serving_engine)) {
      case EngineChoice::sglang: in_.engine_factor = serving_runs.sglang; break;
      case EngineChoice::vllm: in_.engine_factor = serving_runs.vllm; break;
      case EngineChoice::trtllm: in_.engine_factor = serving_runs.trtllm; break;
      case EngineChoice::any: break;
    }
    // Without messages there is nothing to hide; steps that carry chunks of prompts are not cut in two unless asked for.
    const auto sends = [&](const Layout& l) { return has_experts() && l.data_parallel > 1 && !in_.aggregated; };
    const bool stated = !s_.is_automatic(overlap);
    in_.decode_overlap = stated ? s_.choice<OverlapChoice>(overlap) : sends(in_.decode) && in_.with_decode ? quicker_decode_overlap(in_) : OverlapChoice::none;
    const bool has_pool = !in_.aggregated && (in_.with_prefill || !s_.is_automatic(prefill_replicas));
    in_.prefill_overlap = stated ? s_.choice<OverlapChoice>(overlap) : has_pool && sends(in_.prefill) ? quicker_prefill_overlap(in_) : OverlapChoice::none;
    if (in_.with_decode && !in_.aggregated && !s_.is_automatic(prefill_replicas)) in_.occupancy = settled_occupancy(in_);
    if (in_.aggregated) in_.occupancy = occupancy_beside_prompts(in_);
  }

  const Scenario& s_;
  const Device* device_;
  Inputs& in_;
  Errors errors_;
};

}  // namespace

Outcome<Inputs> resolve(const Scenario& scenario, const Calibration& calibration) {
  Inputs inputs;
  inputs.calibration = &calibration;
  Resolver resolver(scenario, inputs);
  resolver.resolve_machine();
  resolver.resolve_question();
  if (!resolver.errors().empty()) return resolver.errors();
  return inputs;
}

Errors resolve_machine(const Scenario& scenario, Inputs& inputs) {
  inputs.calibration = &standard_calibration();
  Resolver resolver(scenario, inputs);
  resolver.resolve_machine();
  return resolver.errors();
}

Errors resolve_question(const Scenario& scenario, Inputs& inputs) {
  Resolver resolver(scenario, inputs);
  resolver.resolve_question();
  return resolver.errors();
}

}  // namespace moecalc::reference
