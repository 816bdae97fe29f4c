#include "methods/reference/stages.h"

#include "methods/reference/decode.h"

namespace moecalc::reference {
namespace {

// Of the bytes that the projections of all layers read on one GPU, the share of those behind the core: MLA's values per head, and the output.
double share_behind_core(Plain& plain, const Inputs& in, const BoundLayout<Plain>& at) {
  const Architecture& a = in.architecture;
  const double tp = at.layout.tensor_parallel;
  const double softmax = a.layers - a.linear_layers;
  double behind = in.attention_weight_bytes * (softmax * mla_output_parameters(a) + a.linear_layers * a.linear_value_heads * a.linear_value_head_dim * a.hidden_size) / tp;
  double all = in.attention_weight_bytes * attention_weights_per_gpu(plain, in, a, at);
  if (is_mla(a)) {
    constexpr double bf16_bytes = 2;
    behind += bf16_bytes * full_attention_layers(a) * a.kv_lora_rank * a.heads * a.v_head_dim / tp;
    all += bf16_bytes * full_attention_layers(a) * mla_expansion_parameters(a) / tp;
  }
  return behind / all;
}

}  // namespace

PassStages stages_of(const Inputs& in, const Results& results, bool is_prefill) {
  const Architecture& a = in.architecture;
  const PassIds& id = is_prefill ? prefill_ids : decode_ids;
  const auto ms = [&](QuantityId quantity) { return results.has(quantity) ? results[quantity] : 0.0; };
  Results unused;
  Plain plain(unused);
  const auto at = is_prefill ? bind_prefill_layout(plain, in) : bind_decode_layout(plain, in);
  const auto formats = bind_formats(plain, in);
  const double rows = results[is_prefill ? QuantityId::prefill_pass_tokens : QuantityId::decode_step_tokens];
  const KernelCounts kernels = kernels_of(a, in.quantises_dense, in.quantises_experts);
  const double router = in_ms(router_time(plain, a, bind_device(plain, in, is_prefill), formats, rows, kernels));

  const double dense_layers = a.layers - a.moe_layers;
  const double behind = share_behind_core(plain, in, at);
  const double launch = ms(id.launch) / a.layers;
  // With data-parallel attention: one sum a layer, and one more behind a dense feed-forward.
  const double all_reduce = ms(id.all_reduce) / (a.layers + dense_layers);

  PassStages s;
  s.layers = static_cast<std::size_t>(a.moe_layers);
  s.first_layer = static_cast<std::size_t>(dense_layers);
  s.attention_step_1_ms = ms(id.projections) * (1 - behind) / a.layers + launch / 3;
  s.attention_step_2_ms = (ms(id.projections) * behind + ms(id.attention)) / a.layers + router / a.moe_layers + all_reduce + launch / 3;
  s.shared_expert_ms = ms(id.shared_expert) / a.moe_layers;
  s.experts_ms = (ms(id.routed_experts) - router) / a.moe_layers + launch / 3;
  s.dispatch_ms = ms(id.dispatch) / a.moe_layers;
  s.combine_ms = ms(id.combine) / a.moe_layers;
  if (dense_layers > 0) {
    s.dense_layers_ms = dense_layers * ((ms(id.projections) + ms(id.attention)) / a.layers + launch + 2 * all_reduce) + ms(id.dense_ffn);
  }
  s.lm_head_ms = ms(id.lm_head);
  if (!is_prefill) {
    // Both are timed for the whole step.
    const double batches = results[QuantityId::decode_batch_per_rank] / results[QuantityId::decode_micro_batch];
    s.draft_ms = ms(QuantityId::decode_step_draft_ms) / batches;
    s.scheduling_ms = ms(QuantityId::decode_step_scheduling_ms) / batches;
  }
  return s;
}

}  // namespace moecalc::reference
