#include "methods/zartbot/inputs.h"

#include <cmath>
#include <string>

#include "catalogue/catalogue.h"
#include "numbers/number_text.h"

namespace moecalc::zartbot {
namespace {

using enum Parameter;

class Resolver {
 public:
  Resolver(const Scenario& scenario, Inputs& target) : s_(scenario), in_(target) {}

  void resolve_machine() {
    resolve_phase();
    resolve_shape();
    resolve_device();
  }
  void resolve_question() {
    resolve_workload();
    resolve_execution();
    if (in_.with_prefill) resolve_prefill_layout();
    if (in_.with_decode) resolve_decode_layout();
  }
  const Errors& errors() const { return errors_; }

 private:
  void refuse(Parameter p, std::string allowed, ErrorCode code = ErrorCode::outside_method_domain) {
    errors_.push_back({code, std::string(info(p).key), value_text(p, s_[p]), std::move(allowed)});
  }

  void resolve_phase() {
    const auto chosen = s_.choice<PhaseChoice>(phase);
    in_.with_prefill = chosen != PhaseChoice::decode;
    in_.with_decode = chosen != PhaseChoice::prefill;
  }

  void resolve_shape() {
    const std::string_view id = s_.model_id();
    if (id != "deepseek-v3" && id != "deepseek-r1") return refuse(model, "deepseek-v3, deepseek-r1");
    const Model& m = models()[static_cast<std::size_t>(s_[model])];
    const auto field = [](const ConfigInteger& c) { return static_cast<double>(c.value); };
    in_.shape = {
        .hidden_size = field(m.shape.hidden_size),
        .intermediate_size = field(m.shape.intermediate_size),
        .moe_intermediate_size = field(m.shape.moe_intermediate_size),
        .num_hidden_layers = field(m.shape.num_hidden_layers),
        .first_k_dense_replace = field(m.shape.first_k_dense_replace),
        .num_attention_heads = field(m.shape.num_attention_heads),
        .n_routed_experts = field(m.shape.n_routed_experts),
        .num_experts_per_tok = field(m.shape.num_experts_per_tok),
        .q_lora_rank = field(m.shape.q_lora_rank),
        .kv_lora_rank = field(m.shape.kv_lora_rank),
        .qk_nope_head_dim = field(m.shape.qk_nope_head_dim),
        .qk_rope_head_dim = field(m.shape.qk_rope_head_dim),
        .v_head_dim = field(m.shape.v_head_dim),
        .vocab_size = field(m.shape.vocab_size),
    };
  }

  // The reader's number, else the article's; a user-defined device has only the reader's.
  double constant(Parameter p, const double* of_article, bool& by_reader) {
    by_reader = !s_.is_automatic(p);
    if (by_reader) return s_[p];
    if (of_article != nullptr) return *of_article;
    refuse(p, range_text(p), ErrorCode::required);
    return 1;
  }

  void resolve_device() {
    in_.gpus_per_node = s_[gpus_per_node];
    const ArticleDevice* article_device = nullptr;
    if (s_[device] != custom_device()) {
      article_device = find_article_device(s_.device_id());
      if (article_device == nullptr) return refuse(device, "h800, h20, h20-3e, custom");
    }
    const auto take = [&](Parameter p, double ArticleDevice::*member, auto& target, auto make) {
      const double* of_article = article_device == nullptr ? nullptr : &(article_device->*member);
      target.value = make(constant(p, of_article, target.by_reader));
    };
    const auto plain = [](double x) { return x; };
    take(device_sm_count, &ArticleDevice::sm_count, in_.sm_count, plain);
    take(device_peak_dense_bf16_tflops, &ArticleDevice::peak_dense_bf16_tflops, in_.peak_bf16, tflops);
    take(device_peak_dense_fp8_tflops, &ArticleDevice::peak_dense_fp8_tflops, in_.peak_fp8, tflops);
    take(device_memory_gib, &ArticleDevice::memory_gib, in_.memory, gib);
    take(device_memory_bandwidth_gb_per_s, &ArticleDevice::memory_bandwidth_gb_per_s, in_.memory_bandwidth, gb_per_s);
    take(device_scaleup_unidirectional_gb_per_s, &ArticleDevice::scaleup_unidirectional_gb_per_s, in_.scaleup, gb_per_s);
    take(nic_gbit_per_s, &ArticleDevice::nic_gbit_per_s, in_.nic, gbit_per_s);
    // Decode moves data without SMs (IBGDA); prefill gives some up, unless the reader says how many in both.
    if (in_.with_prefill) take(communication_sms, &ArticleDevice::prefill_communication_sms, in_.prefill.communication_sms, plain);
    if (!s_.is_automatic(communication_sms)) in_.decode.communication_sms = {s_[communication_sms], true};
    if (errors_.empty() && !s_.is_automatic(communication_sms) && s_[communication_sms] >= in_.sm_count.value) {
      refuse(communication_sms, "0…" + shortest_text(in_.sm_count.value - 1), ErrorCode::inconsistent);
    }
    in_.is_h20 = article_device != nullptr && article_device->id.starts_with("h20");
    in_.preferred_tensor_parallel = article_device != nullptr && article_device->id == "h20-3e" ? 8 : 4;
  }

  void resolve_workload() {
    in_.prompt_tokens = s_[prompt_tokens];
    in_.output_tokens = s_[output_tokens];
    in_.prefix_cache_hit_rate = s_[prefix_cache_hit_rate];
    in_.batch_per_gpu = s_[decode_batch_per_gpu];
    if (!s_.is_automatic(kv_tokens)) refuse(kv_tokens, "auto");
    if (s_[mtp_draft_tokens] != 0) refuse(mtp_draft_tokens, "0");
  }

  void resolve_execution() {
    if (s_.choice<FormatChoice>(weight_format) != FormatChoice::fp8) refuse(weight_format, "fp8");
    if (!s_.is_automatic(matmul_format) && s_.choice<FormatChoice>(matmul_format) != FormatChoice::fp8) refuse(matmul_format, "fp8");
    const auto kv = s_.choice<FormatChoice>(kv_format);
    if (kv != FormatChoice::fp8 && kv != FormatChoice::bf16) refuse(kv_format, "bf16, fp8");
    in_.kv_bytes_per_element = kv == FormatChoice::bf16 ? 2 : 1;

    const auto chosen = s_.is_automatic(overlap) ? OverlapChoice::ideal : s_.choice<OverlapChoice>(overlap);
    if (chosen != OverlapChoice::none && chosen != OverlapChoice::ideal) refuse(overlap, "none, ideal, auto");
    in_.overlapped = chosen == OverlapChoice::ideal;
    in_.absorb = s_.is_automatic(mla_absorb) || s_.choice<AbsorbChoice>(mla_absorb) == AbsorbChoice::yes;
    in_.ignore_capacity = s_[ignore_capacity] != 0;

    const auto number_or = [&](Parameter p, double of_article) {
      return s_.is_automatic(p) ? Constant<double>{of_article, false} : Constant<double>{s_[p], true};
    };
    in_.efficiency = number_or(efficiency, zartbot::efficiency);
    in_.memory_utilisation = number_or(memory_utilisation, zartbot::memory_utilisation);
  }

  // TP of the article: none, half a node of eight, a whole one. A stated DP leaves only one TP.
  void resolve_parallel(Parameter tp_parameter, Parameter dp_parameter, double tp_when_auto, Layout& layout) {
    const double ep = layout.expert_parallel;
    const bool tp_is_auto = s_.is_automatic(tp_parameter);
    const bool dp_is_auto = s_.is_automatic(dp_parameter);
    const auto has_rule = [](double tp) { return tp == 1 || tp == 4 || tp == 8; };
    double tp = tp_is_auto ? tp_when_auto : s_[tp_parameter];
    if (!tp_is_auto && !has_rule(tp)) return refuse(tp_parameter, "1, 4, 8, auto");
    if (!dp_is_auto) {
      const double left = ep / s_[dp_parameter];
      if (tp_is_auto ? !has_rule(left) : left != tp) {
        const std::string fitting = tp_is_auto ? shortest_text(ep) + ", " + shortest_text(ep / 4) + ", " + shortest_text(ep / 8) : shortest_text(ep / tp);
        return refuse(dp_parameter, fitting + ", auto", ErrorCode::inconsistent);
      }
      tp = left;
      layout.data_parallel = s_[dp_parameter];
    }
    if (tp > in_.gpus_per_node) return refuse(tp_parameter, "1…" + shortest_text(in_.gpus_per_node), ErrorCode::inconsistent);
    layout.tensor_parallel = {tp, !tp_is_auto || !dp_is_auto};
  }

  // Routed experts and their copies divide evenly over the GPUs.
  void resolve_experts(Parameter ep_parameter, double ep_when_auto, Parameter redundant, Layout& layout) {
    const double ep = s_.is_automatic(ep_parameter) ? ep_when_auto : s_[ep_parameter];
    layout.expert_parallel = ep;
    const double routed = in_.shape.n_routed_experts;
    double fewest = std::ceil(routed / ep) * ep - routed;
    if (!s_.is_automatic(redundant)) {
      layout.redundant_experts = {s_[redundant], true};
      if (std::fmod(routed + s_[redundant], ep) != 0) {
        refuse(redundant, shortest_text(fewest) + " + n × " + shortest_text(ep), ErrorCode::inconsistent);
      }
      return;
    }
    for (const ExpertLayout& known : expert_layouts) {
      if (known.expert_parallel == ep) fewest = known.redundant_experts;
    }
    layout.redundant_experts = {fewest, false};
  }

  void resolve_prefill_layout() {
    Layout& layout = in_.prefill;
    resolve_experts(prefill_expert_parallel, prefill_expert_parallel_of_deepseek, prefill_redundant_experts, layout);
    resolve_parallel(prefill_tensor_parallel, prefill_data_parallel, 4, layout);
    if (!errors_.empty()) return;
    const double tp = layout.tensor_parallel.value;
    const double ep = layout.expert_parallel;
    if (std::fmod(in_.gpus_per_node, tp) != 0) return refuse(gpus_per_node, "n × " + shortest_text(tp), ErrorCode::inconsistent);
    if (std::fmod(ep, in_.gpus_per_node) != 0) {
      return refuse(prefill_expert_parallel, "n × " + shortest_text(in_.gpus_per_node), ErrorCode::inconsistent);
    }
    layout.data_parallel = ep / tp;
  }

  // 0 leaves TP to the method's rule (decode.h). EP34 x TP4 stands in the article's tables, so EP need not divide by TP.
  void resolve_decode_layout() {
    resolve_experts(decode_expert_parallel, decode_expert_parallel_of_deepseek, decode_redundant_experts, in_.decode);
    resolve_parallel(decode_tensor_parallel, decode_data_parallel, 0, in_.decode);
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

}  // namespace moecalc::zartbot
