// One pass of one micro-batch through all layers: the time of each part, summed over the layers that have it. Prefill and decode differ only
// in the load they bring.
#pragma once

#include "methods/reference/bound.h"
#include "methods/reference/kernels.h"
#include "operators/experts.h"
#include "pipeline/overlap.h"

namespace moecalc::reference {

// What one attention rank (a tensor-parallel group) works on.
template <class R>
struct Load {
  Number<R> rows;              // tokens computed
  Number<R> sequences;         // whose state is read
  Number<R> pairs;             // of a query and a key, in a layer with full attention
  Number<R> kv_tokens;         // whose KV is read there
  Number<R> window_pairs;      // the same in a layer with a window
  Number<R> window_kv_tokens;
  Number<R> expanded_tokens;   // MLA without absorption: cached tokens whose K and V are made again
  Number<R> head_rows;         // tokens through the LM head
  bool absorbed = true;
};

struct PassIds {
  QuantityId projections, attention, dense_ffn, shared_expert, routed_experts, dispatch, combine, all_reduce, lm_head, launch, hidden, distinct_experts;
};

// Layout as the formulas see it.
template <class R>
struct BoundLayout {
  Number<R> tp, dp, ep, moe_tp, pp;
  Number<R> redundant;
  Number<R> imbalance;
  const Layout& layout;
};

// Bytes of one element.
template <class R>
struct BoundFormats {
  Size<R> attention, expert, kv, dispatch, bf16;
};

template <class R>
BoundFormats<R> bind_formats(R& r, const Inputs& in) {
  const auto element = [&](std::string_view symbol, Parameter p, double size) { return bind_rule(r, symbol, p, size); };
  const auto one = r.input(by_definition("byte", "one_byte", unit::bytes), bytes(1));
  return {one * element("w_a", Parameter::attention_weight_format, in.attention_weight_bytes), one * element("w", Parameter::weight_format, in.expert_weight_bytes),
          one * element("w_kv", Parameter::kv_format, in.kv_bytes), one * element("w_x", Parameter::dispatch_format, in.dispatch_bytes),
          r.input(by_definition("B_bf16", "bytes_bf16", unit::bytes), bytes(2))};
}

// Heads of KV that a GPU holds are never less than one: beyond kv_heads GPUs they are copied.
inline double kv_split(double kv_heads, double tp) { return tp < kv_heads ? tp : kv_heads; }

// Attention weights on one GPU, all layers.
template <class R>
Number<R> attention_weights_per_gpu(R& r, const Inputs& in, const ArchitectureOf<Number<R>>& a, const BoundLayout<R>& at) {
  const double tp = at.layout.tensor_parallel;
  const auto copies = [&](double kv_heads) { return r.input(of_method("c_kv", "kv_head_copies", unit::none), tp / kv_split(kv_heads, tp)); };
  Number<R> all = full_attention_layers(a) * (is_mla(a) ? mla_compression_parameters(a) + (mla_query_parameters(a) + mla_expansion_parameters(a) + mla_output_parameters(a)) / at.tp
                                                        : grouped_attention_parameters(a, a.kv_heads * copies(in.architecture.kv_heads)) / at.tp);
  if (in.architecture.window_layers > 0) all = all + a.window_layers * grouped_attention_parameters(a, a.window_kv_heads * copies(in.architecture.window_kv_heads)) / at.tp;
  if (in.architecture.linear_layers > 0) all = all + a.linear_layers * linear_attention_parameters(a) / at.tp;
  if (in.architecture.index_layers > 0) all = all + a.index_layers * indexer_parameters(a);
  return all;
}

// KV elements of a token in one layer on one GPU.
template <class R>
Number<R> kv_elements_per_gpu(R& r, const Inputs& in, const ArchitectureOf<Number<R>>& a, const BoundLayout<R>& at) {
  if (is_mla(a)) return full_kv_elements(a);
  return full_kv_elements(a) / r.input(of_method("s_kv", "kv_split", unit::none), kv_split(in.architecture.kv_heads, at.layout.tensor_parallel));
}
template <class R>
Number<R> window_kv_elements_per_gpu(R& r, const Inputs& in, const ArchitectureOf<Number<R>>& a, const BoundLayout<R>& at) {
  return window_kv_elements(a) / r.input(of_method("s_w", "kv_split", unit::none), kv_split(in.architecture.window_kv_heads, at.layout.tensor_parallel));
}

// States of linear attention are kept in FP32.
inline constexpr double state_bytes = 4;

template <class R>
Time<R> attention_time(R& r, const Inputs& in, const ArchitectureOf<Number<R>>& a, const BoundDevice<R>& device, const BoundLayout<R>& at, const BoundFormats<R>& formats,
                       const Load<R>& load) {
  const Architecture& shape = in.architecture;
  const auto two = flop(2);
  const bool sparse = shape.index_topk > 0;
  // Sparse attention: of each query's context, top-k tokens.
  const auto pairs = sparse ? smaller(load.pairs, load.rows * a.index_topk) : load.pairs;
  const auto read = sparse ? smaller(load.kv_tokens, load.rows * a.index_topk) : load.kv_tokens;
  const auto width = !is_mla(a) ? a.head_dim + a.v_head_dim
                     : load.absorbed ? 2.0 * a.kv_lora_rank + a.qk_rope_head_dim
                                     : a.qk_nope_head_dim + a.qk_rope_head_dim + a.v_head_dim;
  Work<R> work = two * pairs * a.heads / at.tp * width;
  if (is_mla(a) && !load.absorbed) work = work + two * load.expanded_tokens * mla_expansion_parameters(a) / at.tp;
  Time<R> time = full_attention_layers(a) * roofline<R>(read * kv_elements_per_gpu(r, in, a, at) * formats.kv, work, device.attention);
  if (shape.window_layers > 0) {
    time = time + a.window_layers * roofline<R>(load.window_kv_tokens * window_kv_elements_per_gpu(r, in, a, at) * formats.kv,
                                                two * load.window_pairs * a.heads / at.tp * (a.head_dim + a.v_head_dim), device.attention);
  }
  if (shape.linear_layers > 0) {
    // The state is read and written once a pass; a token decays it, takes out its key, writes and reads: three MACs an element.
    const auto state = linear_state_elements(a) / at.tp;
    time = time + a.linear_layers * roofline<R>(2.0 * load.sequences * state * r.input(of_method("w_state", "state_bytes", unit::bytes), bytes(state_bytes)),
                                                3.0 * two * load.rows * state, device.attention);
  }
  if (shape.index_layers > 0) {
    const auto one = r.input(by_definition("byte", "one_byte", unit::bytes), bytes(1));
    time = time + a.index_layers * roofline<R>(load.kv_tokens * a.index_head_dim * one, two * load.pairs * a.index_heads * a.index_head_dim, device.dense);
  }
  return time;
}

template <class R>
struct Pass {
  Time<R> time;  // without what overlap hides
  Time<R> head;
  Time<R> launch;
};

// The parts of a pass, each recorded.
template <class R>
Pass<R> run_pass(R& r, const Inputs& in, const ArchitectureOf<Number<R>>& a, const BoundDevice<R>& device, const BoundLayout<R>& at, const BoundFormats<R>& formats,
                 const Load<R>& load, const PassIds& id, OverlapChoice overlap, bool is_prefill) {
  const Architecture& shape = in.architecture;
  const Layout& layout = at.layout;
  const double stage = layout.stage_gpus();
  const bool has_experts = shape.moe_layers > 0;
  const auto none = r.input(by_definition("zero", "nothing", unit::ms), seconds(0));

  const auto projections = r.result(id.projections, weight_gemm<R>(load.rows, attention_weights_per_gpu(r, in, a, at), formats.attention, device.dense));
  const auto attention = r.result(id.attention, attention_time(r, in, a, device, at, formats, load));
  const auto dense_layers = a.layers - a.moe_layers;
  const auto dense = shape.layers > shape.moe_layers
                         ? r.result(id.dense_ffn, weight_gemm<R>(load.rows, dense_layers * dense_ffn_parameters(a) / at.tp, formats.expert, device.dense))
                         : none;
  auto shared = none;
  auto routed = none;
  auto dispatch = none;
  auto combine = none;
  const auto message = load.rows * a.hidden_size * formats.bf16;
  if (has_experts) {
    if (shape.shared_expert_intermediate_size > 0) {
      shared = r.result(id.shared_expert, weight_gemm<R>(load.rows, a.moe_layers * shared_expert_parameters(a) / at.tp, formats.expert, device.dense));
    }
    // All tokens of the stage meet the experts; a GPU reads those of its experts that somebody chose.
    const double tokens_of_stage = value_of(load.rows) * layout.data_parallel;
    const double copies = shape.experts + layout.redundant_experts;
    const auto distinct = r.result(id.distinct_experts, r.input(of_method("E_read", "distinct_experts", unit::experts),
                                                                distinct_experts(copies, shape.experts_per_token, tokens_of_stage) / layout.expert_parallel));
    const auto weights = expert_parameters(a) / at.moe_tp;
    const auto tokens = load.rows * at.dp * a.experts_per_token / at.ep * at.imbalance;
    routed = r.result(id.routed_experts, a.moe_layers * roofline<R>(distinct * weights * formats.expert, flop(2) * tokens * weights, device.expert));
    if (layout.data_parallel > 1) {
      const auto rows = load.rows / at.tp * a.hidden_size;
      Copies sent{};
      if (layout.expert_parallel == 1) {
        // Experts cut by TP: every GPU needs every token. All-gather, then reduce-scatter.
        const double inside = stage < in.domain_gpus ? stage : in.domain_gpus;
        sent = {inside - 1, stage / inside - 1};
      } else if (is_prefill || in.domain_gpus > in.gpus_per_node) {
        const double nodes_per_group = shape.expert_groups > 0 ? stage / in.domain_gpus / shape.expert_groups : 0;
        const double limit = shape.expert_group_limit > 0 ? shape.expert_group_limit * (nodes_per_group > 1 ? nodes_per_group : 1) : 0;
        sent = copies_per_place(shape.experts_per_token, stage, in.domain_gpus, limit);
      } else {
        sent = copies_per_expert(shape.experts_per_token, stage, in.domain_gpus);
      }
      dispatch = r.result(id.dispatch, a.moe_layers * all_to_all<R>(r, rows * formats.dispatch * at.imbalance, sent, device.dispatch));
      combine = r.result(id.combine, a.moe_layers * all_to_all<R>(r, rows * formats.bf16 * at.imbalance, sent, device.combine));
    }
  }
  auto reduced = none;
  if (layout.tensor_parallel > 1) {
    // After attention and after a dense feed-forward; after experts only where no combine brings the tokens back.
    auto sums = a.layers + dense_layers;
    if (has_experts && layout.data_parallel == 1) sums = sums + a.moe_layers;
    reduced = sums * all_reduce<R>(r, message, layout.tensor_parallel, device.all_reduce);
  }
  if (layout.pipeline_parallel > 1) reduced = reduced + (at.pp - 1.0) * (device.all_reduce.scaleout.latency + message / device.all_reduce.scaleout.bandwidth);
  if (value_of(reduced).base() > 0) reduced = r.result(id.all_reduce, reduced);
  const auto head = r.result(id.lm_head, weight_gemm<R>(load.head_rows, embedding_parameters(a) / at.tp, formats.bf16, device.head));
  const auto launch = r.result(id.launch, r.input(of_method("n_kernel", "kernels", unit::none), kernels_of(shape)) * device.launch);

  auto hidden = none;
  if (value_of(dispatch).base() > 0 && overlap != OverlapChoice::none) {
    const auto with_experts = a.moe_layers / a.layers;
    const StageTimes<R> stages{projections * with_experts, attention * with_experts, shared, routed, dispatch, combine};
    hidden = r.result(id.hidden, overlap == OverlapChoice::ideal          ? hidden_ideally(stages)
                                 : overlap == OverlapChoice::single_batch ? hidden_by_shared_expert(stages)
                                 : is_prefill                             ? hidden_in_prefill(stages)
                                                                          : hidden_in_decode(stages));
  }
  auto all = projections + attention;
  for (const Time<R>* part : std::initializer_list<const Time<R>*>{&dense, &shared, &routed, &dispatch, &combine, &reduced}) {
    if (value_of(*part).base() > 0) all = all + *part;
  }
  all = all + head + launch;
  return {value_of(hidden).base() > 0 ? all - hidden : all, head, launch};
}

}  // namespace moecalc::reference
