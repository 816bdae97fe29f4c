// One pass of one micro-batch through all layers: the time of each part, summed over the layers that have it. Prefill and decode differ only
// in the load they bring.
#pragma once

#include "methods/reference/bound.h"
#include "methods/reference/kernels.h"
#include "operators/experts.h"
#include "pipeline/overlap.h"

namespace moecalc::reference {

// What one attention rank (a tensor-parallel group) works on: sequences that decode, prompts that are prefilled, or both.
template <class R>
struct DecodeLoad {
  Number<R> sequences;
  Number<R> queries;  // tokens computed: one a sequence, and its drafts
  Number<R> context;  // tokens that each attends to
};
template <class R>
struct PrefillLoad {
  Number<R> rows;     // tokens computed
  Number<R> prompts;  // that they belong to
  Number<R> context;  // tokens that a row attends to on average
  Number<R> cached;   // tokens of a prompt that the cache has
};
template <class R>
struct Load {
  const DecodeLoad<R>* decode = nullptr;
  const PrefillLoad<R>* prefill = nullptr;
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

// Attention weights on one GPU, all layers, without MLA's expansions: those are multiplied per head, in BF16.
template <class R>
Number<R> attention_weights_per_gpu(R& r, const Inputs& in, const ArchitectureOf<Number<R>>& a, const BoundLayout<R>& at) {
  const double tp = at.layout.tensor_parallel;
  const auto copies = [&](std::string_view symbol, double kv_heads) { return r.input(of_method(symbol, "kv_head_copies", unit::none), tp / kv_split(kv_heads, tp)); };
  Number<R> all = full_attention_layers(a) * (is_mla(a) ? mla_compression_parameters(a) + (mla_query_parameters(a) + mla_output_parameters(a)) / at.tp
                                                        : grouped_attention_parameters(a, a.kv_heads * copies("c_kv", in.architecture.kv_heads)) / at.tp);
  if (in.architecture.window_layers > 0) all = all + a.window_layers * grouped_attention_parameters(a, a.window_kv_heads * copies("c_w", in.architecture.window_kv_heads)) / at.tp;
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

// Pairs of a query and a key, tokens whose KV is read, and tokens that meet the linear layers' states, of one layer.
template <class R>
Time<R> attention_time(R& r, const Inputs& in, const ArchitectureOf<Number<R>>& a, const BoundDevice<R>& device, const BoundLayout<R>& at, const BoundFormats<R>& formats,
                       const Load<R>& load) {
  const Architecture& shape = in.architecture;
  const auto two = flop(2);
  const bool sparse = shape.index_topk > 0;
  const auto heads = a.heads / at.tp;
  const auto absorbed_width = is_mla(a) ? 2.0 * a.kv_lora_rank + a.qk_rope_head_dim : a.head_dim + a.v_head_dim;
  const auto expanded_width = is_mla(a) ? a.qk_nope_head_dim + a.qk_rope_head_dim + a.v_head_dim : a.head_dim + a.v_head_dim;
  const auto kv = kv_elements_per_gpu(r, in, a, at) * formats.kv;
  const bool has_full = shape.layers > shape.window_layers + shape.linear_layers;
  const auto floor = device.attention_floor;
  auto time = a.layers * floor;
  const auto add = [&](const auto& layers, const Time<R>& of_layer) { time = time + layers * of_layer; };
  const auto one = r.input(by_definition("byte", "one_byte", unit::bytes), bytes(1));
  const auto state_element = r.input(of_method("w_state", "state_bytes", unit::bytes), bytes(state_bytes));

  if (load.decode != nullptr) {
    const DecodeLoad<R>& d = *load.decode;
    if (has_full) {
      const auto context = sparse ? smaller(d.context, a.index_topk) : d.context;
      // Queries of one sequence share its KV; top-k is each query's own.
      const auto readers = sparse ? d.queries : d.sequences;
      auto work = two * d.queries * context * heads * (in.decode_absorb ? absorbed_width : expanded_width);
      if (is_mla(a) && !in.decode_absorb) work = work + two * d.sequences * context * mla_expansion_parameters(a) / at.tp;
      add(full_attention_layers(a), roofline<R>(readers * context * kv, work, device.decode_attention));
    }
    if (shape.window_layers > 0) {
      const auto context = smaller(d.context, a.window_tokens);
      add(a.window_layers, roofline<R>(d.sequences * context * window_kv_elements_per_gpu(r, in, a, at) * formats.kv,
                                       two * d.queries * context * heads * (a.head_dim + a.v_head_dim), device.decode_attention));
    }
    if (shape.linear_layers > 0) {
      // The state is read and written once a step; a token decays it, takes out its key, writes and reads: three MACs an element.
      const auto state = linear_state_elements(a) / at.tp;
      add(a.linear_layers, roofline<R>(2.0 * d.sequences * state * state_element, 3.0 * two * d.queries * state, device.decode_attention));
    }
    if (shape.index_layers > 0) {
      add(a.index_layers, roofline<R>(d.sequences * d.context * a.index_head_dim * one, two * d.queries * d.context * a.index_heads * a.index_head_dim, device.dense));
    }
  }
  if (load.prefill != nullptr) {
    const PrefillLoad<R>& p = *load.prefill;
    if (has_full) {
      const auto context = sparse ? smaller(p.context, a.index_topk) : p.context;
      auto work = two * p.rows * context * heads * (in.prefill_absorb ? absorbed_width : expanded_width);
      if (is_mla(a) && !in.prefill_absorb) work = work + two * p.prompts * p.cached * mla_expansion_parameters(a) / at.tp;
      add(full_attention_layers(a), roofline<R>(p.prompts * p.cached * kv, work, device.prefill_attention));
    }
    if (shape.window_layers > 0) {
      const auto context = smaller(p.context, a.window_tokens);
      add(a.window_layers, two * p.rows * context * heads * (a.head_dim + a.v_head_dim) / device.prefill_attention.compute);
    }
    if (shape.linear_layers > 0) {
      const auto state = linear_state_elements(a) / at.tp;
      add(a.linear_layers, roofline<R>(2.0 * p.prompts * state * state_element, 3.0 * two * p.rows * state, device.prefill_attention));
    }
    if (shape.index_layers > 0) add(a.index_layers, two * p.rows * p.context * a.index_heads * a.index_head_dim / device.dense.compute);
  }
  return time;
}

// The router's products, of all layers.
template <class R>
Time<R> router_time(R& r, const ArchitectureOf<Number<R>>& a, const BoundDevice<R>& device, const BoundFormats<R>& formats, const Number<R>& rows, const KernelCounts& kernels) {
  const auto floor = r.input(of_method("n_router", "gemm_kernels", unit::none), kernels.router) * device.gemm_floor;
  return weight_gemm<R>(rows, a.moe_layers * router_parameters(a), formats.bf16, device.bf16, floor);
}

template <class R>
struct Pass {
  Time<R> time;  // without what overlap hides
  Time<R> head;
};

// The parts of a pass, each recorded.
template <class R>
Pass<R> run_pass(R& r, const Inputs& in, const ArchitectureOf<Number<R>>& a, const BoundDevice<R>& device, const BoundLayout<R>& at, const BoundFormats<R>& formats,
                 const Load<R>& load, const PassIds& id, OverlapChoice overlap, bool is_prefill) {
  const Architecture& shape = in.architecture;
  const Layout& layout = at.layout;
  const double stage = layout.stage_gpus();
  const bool has_experts = shape.moe_layers > 0;
  const KernelCounts kernels = kernels_of(shape, in.quantises_dense, in.quantises_experts);
  const auto none = r.input(by_definition("zero", "nothing", unit::ms), seconds(0));
  const auto floor = [&](double count, std::string_view symbol = "n_gemm") { return r.input(of_method(symbol, "gemm_kernels", unit::none), count) * device.gemm_floor; };
  const auto rows = load.decode == nullptr ? load.prefill->rows : load.prefill == nullptr ? load.decode->queries : load.decode->queries + load.prefill->rows;
  // Only the last token of a prompt goes through the LM head.
  const auto head_rows = load.decode == nullptr ? load.prefill->prompts : load.prefill == nullptr ? load.decode->queries : load.decode->queries + load.prefill->prompts;

  auto projected = weight_gemm<R>(rows, attention_weights_per_gpu(r, in, a, at), formats.attention, device.dense, floor(kernels.projections));
  if (is_mla(a)) {
    projected = projected + weight_gemm<R>(rows, full_attention_layers(a) * mla_expansion_parameters(a) / at.tp, formats.bf16, device.bf16, floor(kernels.expansions, "n_head"));
  }
  const auto projections = r.result(id.projections, projected);
  const auto attention = r.result(id.attention, attention_time(r, in, a, device, at, formats, load));
  const auto dense_layers = a.layers - a.moe_layers;
  auto dense = none;
  if (shape.layers > shape.moe_layers) {
    dense = r.result(id.dense_ffn, weight_gemm<R>(rows, dense_layers * dense_ffn_parameters(a) / at.tp, formats.expert, device.ffn, floor(kernels.dense_ffn)));
  }
  auto shared = none;
  auto routed = none;
  auto dispatch = none;
  auto combine = none;
  const auto message = rows * a.hidden_size * formats.bf16;
  if (has_experts) {
    if (shape.shared_expert_intermediate_size > 0) {
      shared = r.result(id.shared_expert, weight_gemm<R>(rows, a.moe_layers * shared_expert_parameters(a) / at.tp, formats.expert, device.ffn, floor(kernels.shared_expert)));
    }
    // All tokens of the stage meet the experts; a GPU reads those of its experts that somebody chose.
    const double tokens_of_stage = value_of(rows) * layout.data_parallel * in.calibration->serving.effective_tokens;
    const double copies = shape.experts + layout.redundant_experts;
    const auto distinct = r.result(id.distinct_experts, r.input(of_method("E_read", "distinct_experts", unit::experts),
                                                                distinct_experts(copies, shape.experts_per_token, tokens_of_stage) / layout.expert_parallel));
    const auto weights = expert_parameters(a) / at.moe_tp;
    const auto chosen = rows * at.dp * a.experts_per_token / at.ep * at.imbalance;
    // Beside the products, each chosen token is gathered, activated and summed: six elements of either width, a byte each.
    const auto byte = r.input(by_definition("byte", "one_byte", unit::bytes), bytes(1));
    const auto moved = 6.0 * chosen / at.moe_tp * (a.hidden_size + a.expert_intermediate_size) * byte / device.stream;
    const auto router = router_time(r, a, device, formats, rows, kernels);
    routed = r.result(id.routed_experts, larger(floor(kernels.routed_experts), a.moe_layers * roofline<R>(distinct * weights * formats.expert, flop(2) * chosen * weights, device.expert)) +
                                             a.moe_layers * moved + router);
    if (layout.data_parallel > 1) {
      const auto elements = rows / at.tp * a.hidden_size;
      Copies sent{};
      if (layout.expert_parallel == 1) {
        // Experts cut by TP: every GPU needs every token. All-gather, then reduce-scatter.
        const double inside = stage < in.domain_gpus ? stage : in.domain_gpus;
        sent = {inside - 1, stage / inside - 1};
      } else if (is_prefill || is_switched(in)) {
        sent = copies_per_place(shape.experts_per_token, stage, in.domain_gpus, shape.expert_groups, shape.expert_group_limit);
      } else {
        sent = copies_per_expert(shape.experts_per_token, stage, in.domain_gpus);
      }
      dispatch = r.result(id.dispatch, a.moe_layers * all_to_all<R>(r, elements * formats.dispatch * at.imbalance, sent, device.dispatch));
      combine = r.result(id.combine, a.moe_layers * all_to_all<R>(r, elements * formats.bf16 * at.imbalance, sent, device.combine));
    }
  }
  auto reduced = none;
  if (layout.tensor_parallel > 1) {
    // After attention and after a dense feed-forward; after experts only where no combine brings the tokens back.
    auto sums = a.layers + dense_layers;
    if (has_experts && layout.data_parallel == 1) sums = sums + a.moe_layers;
    reduced = sums * all_reduce<R>(r, message, layout.tensor_parallel, device.all_reduce) * device.all_reduce_factor;
  }
  if (layout.pipeline_parallel > 1) reduced = reduced + (at.pp - 1.0) * (device.all_reduce.scaleout.latency + message / device.all_reduce.scaleout.bandwidth);
  if (value_of(reduced).base() > 0) reduced = r.result(id.all_reduce, reduced);
  const auto head = r.result(id.lm_head, weight_gemm<R>(head_rows, embedding_parameters(a) / at.tp, formats.bf16, device.bf16, floor(1)));
  // Norms, residuals and quantisation read and write the hidden state six times a layer.
  auto launches = r.input(of_method("n_kernel", "kernels", unit::none), kernels.small) * device.launch + 6.0 * a.layers * message / device.stream;
  if (load.prefill != nullptr) launches = launches + a.layers * device.eager_layer;
  const auto launch = r.result(id.launch, launches);

  auto hidden = none;
  if (value_of(dispatch).base() > 0 && overlap != OverlapChoice::none) {
    const auto with_experts = a.moe_layers / a.layers;
    const auto computing = (projections + attention + launch) * with_experts + routed;
    const StageTimes<R> stages{value_of(shared).base() > 0 ? computing + shared : computing, shared, dispatch, combine};
    const auto could = overlap == OverlapChoice::single_batch ? hidden_by_shared_expert(stages) : hidden_by_another_batch(stages);
    const double done = overlap == OverlapChoice::ideal ? 1 : in.calibration->serving.overlap_share;
    hidden = r.result(id.hidden, could * r.input(of_method("e_hide", "overlap_share", unit::none), done));
  }
  auto all = projections + attention;
  for (const Time<R>* part : std::initializer_list<const Time<R>*>{&dense, &shared, &routed, &dispatch, &combine, &reduced}) {
    if (value_of(*part).base() > 0) all = all + *part;
  }
  all = all + head + launch;
  return {value_of(hidden).base() > 0 ? all - hidden : all, head};
}

}  // namespace moecalc::reference
