#include "methods/shinez/inputs.h"

#include <cmath>
#include <string>

#include "numbers/number_text.h"

namespace moecalc::shinez {
namespace {

using enum Parameter;

class Resolver {
 public:
  Resolver(const Scenario& scenario, Inputs& target) : s_(scenario), in_(target) {}

  void resolve_machine() {
    resolve_model();
    resolve_device();
  }
  void resolve_question() {
    resolve_layout();
    resolve_workload();
  }
  const Errors& errors() const { return errors_; }

 private:
  void refuse(Parameter p, std::string allowed, ErrorCode code = ErrorCode::outside_method_domain) {
    errors_.push_back({code, std::string(info(p).key), value_text(p, s_[p]), std::move(allowed)});
  }
  void only_automatic(Parameter p) {
    if (!s_.is_automatic(p)) refuse(p, "auto");
  }

  // DeepSeek-V3/R1, decode.
  void resolve_model() {
    const std::string_view id = s_.model_id();
    if (id != "deepseek-v3" && id != "deepseek-r1") refuse(model, "deepseek-v3, deepseek-r1");
    if (s_.choice<PhaseChoice>(phase) == PhaseChoice::prefill) refuse(phase, "decode, both");
    only_automatic(communication_sms);
  }

  // No tensor parallelism, experts spread as they are.
  void resolve_layout() {
    if (!s_.is_automatic(decode_tensor_parallel) && s_[decode_tensor_parallel] != 1) refuse(decode_tensor_parallel, "1, auto");
    in_.expert_parallel = s_.is_automatic(decode_expert_parallel) ? default_expert_parallel : s_[decode_expert_parallel];
    if (!s_.is_automatic(decode_data_parallel) && s_[decode_data_parallel] != in_.expert_parallel) {
      refuse(decode_data_parallel, shortest_text(in_.expert_parallel) + ", auto", ErrorCode::inconsistent);
    }
    only_automatic(decode_redundant_experts);
    only_automatic(efficiency);
    only_automatic(memory_utilisation);
    if (!s_.is_automatic(mla_absorb) && s_.choice<AbsorbChoice>(mla_absorb) == AbsorbChoice::no) refuse(mla_absorb, "yes, auto");
  }

  // The reader's number, else the article's; a user-defined device has only the reader's.
  void take(Parameter p, const ArticleDevice* d, double ArticleDevice::*member, auto& target, auto make) {
    target.by_reader = !s_.is_automatic(p);
    if (target.by_reader) {
      target.value = make(s_[p]);
    } else if (d != nullptr) {
      target.value = make(d->*member);
    } else {
      refuse(p, range_text(p), ErrorCode::required);
    }
  }

  void resolve_device() {
    const ArticleDevice* d = nullptr;
    if (s_[device] != custom_device()) {
      d = find_article_device(s_.device_id());
      if (d == nullptr) return refuse(device, "h800, h20, a100-sxm-80g, l20, l40s, custom");
    }
    // S1: prefixes are powers of 1024. Right: decimal for FLOP/s, bytes/s and clocks.
    const auto binary_tflops = [](double x) { return flop(x * tebi) / seconds(1); };
    const auto binary_gb_per_s = [](double x) { return bytes(x * gibi) / seconds(1); };
    take(device_peak_dense_fp8_tflops, d, &ArticleDevice::peak_fp8_tflops, in_.peak_fp8, binary_tflops);
    take(device_peak_dense_bf16_tflops, d, &ArticleDevice::peak_bf16_tflops, in_.peak_bf16, binary_tflops);
    take(device_memory_gib, d, &ArticleDevice::memory_gib, in_.memory, gib);
    take(device_memory_bandwidth_gb_per_s, d, &ArticleDevice::memory_bandwidth_gb_per_s, in_.memory_bandwidth, binary_gb_per_s);
    take(device_sm_count, d, &ArticleDevice::sm_count, in_.sm_count, [](double x) { return x; });
    take(device_boost_mhz, d, &ArticleDevice::boost_mhz, in_.clock, [](double x) { return x / 1000 * gibi / seconds(1); });
    if (d != nullptr) {
      in_.pipeline.value = d->pipeline;
      in_.flash_mla_discount_q1 = d->flash_mla_discount_q1;
      in_.flash_mla_discount_q2 = d->flash_mla_discount_q2;
    } else {
      in_.flash_mla_discount_q1 = flash_mla_discount_q1;
      in_.flash_mla_discount_q2 = flash_mla_discount_q2;
      if (s_.is_automatic(attention_pipeline)) refuse(attention_pipeline, "none, two_stage, three_stage", ErrorCode::required);
    }
    if (!s_.is_automatic(attention_pipeline)) in_.pipeline = {s_.choice<AttentionPipeline>(attention_pipeline), true};
    in_.nic.by_reader = !s_.is_automatic(nic_gbit_per_s);
    in_.nic.value = binary_gb_per_s(nic_gib_per_gbit * (in_.nic.by_reader ? s_[nic_gbit_per_s] : default_nic_gbit_per_s));
    in_.gpus_per_node = s_[gpus_per_node];
  }

  void resolve_workload() {
    in_.batch_per_gpu = s_[decode_batch_per_gpu];
    if (s_[mtp_draft_tokens] > 1) refuse(mtp_draft_tokens, "0, 1");
    in_.draft_tokens = s_[mtp_draft_tokens];
    in_.acceptance = s_[mtp_acceptance];

    const auto weights = s_.choice<FormatChoice>(weight_format);
    if (weights != FormatChoice::bf16 && weights != FormatChoice::fp8) refuse(weight_format, "bf16, fp8");
    if (!s_.is_automatic(matmul_format) && s_[matmul_format] != s_[weight_format]) {
      refuse(matmul_format, value_text(weight_format, s_[weight_format]) + ", auto", ErrorCode::inconsistent);
    }
    in_.weight_bytes_per_element = weights == FormatChoice::bf16 ? 2 : 1;
    const auto kv = s_.choice<FormatChoice>(kv_format);
    if (kv != FormatChoice::bf16 && kv != FormatChoice::fp8) refuse(kv_format, "bf16, fp8");
    in_.kv_bytes_per_element = kv == FormatChoice::bf16 ? 2 : 1;

    in_.history_tokens = s_.is_automatic(kv_tokens) ? Constant<double>{history_tokens, false} : Constant<double>{s_[kv_tokens], true};
    const auto chosen = s_.is_automatic(overlap) ? OverlapChoice::two_batch : s_.choice<OverlapChoice>(overlap);
    if (chosen != OverlapChoice::none && chosen != OverlapChoice::two_batch) refuse(overlap, "none, two_batch, auto");
    in_.two_batch = chosen == OverlapChoice::two_batch;
    if (in_.two_batch && std::fmod(in_.batch_per_gpu, 2) != 0) refuse(decode_batch_per_gpu, "2 × n", ErrorCode::inconsistent);
    in_.deep_gemm = s_[deep_gemm] != 0;
    in_.is_v0 = s_[shinez_version] != 0;
    in_.ignore_capacity = s_[ignore_capacity] != 0;
  }

  const Scenario& s_;
  Inputs& in_;
  Errors errors_;
};

}  // namespace

Outcome<Inputs> resolve(const Scenario& scenario) {
  Inputs inputs;
  Resolver resolver(scenario, inputs);
  resolver.resolve_machine();
  resolver.resolve_question();
  if (!resolver.errors().empty()) return resolver.errors();
  return inputs;
}

Errors resolve_machine(const Scenario& scenario, Inputs& inputs) {
  Resolver resolver(scenario, inputs);
  resolver.resolve_machine();
  return resolver.errors();
}

Errors resolve_question(const Scenario& scenario, Inputs& inputs) {
  Resolver resolver(scenario, inputs);
  resolver.resolve_question();
  return resolver.errors();
}

}  // namespace moecalc::shinez
