// How much of the messages two micro-batches hide behind each other's computing, and one behind its own shared expert.
//
// Picture: a compute stream and a communication stream. Two micro-batches A and B take turns; while A computes a stage, B's messages
// travel. In decode a layer has five stages (DeepSeek's): projections with the shared expert | core of attention | routed experts compute,
// dispatch and combine travel; dispatch goes behind the projections and shared expert of the other batch, combine behind its core. In prefill
// a layer is attention | experts, and each message faces half of both: the slots are attention|combine, attention|dispatch, experts|dispatch,
// experts|combine. A slot ends when the longer of its two sides does, so hiding never makes a pass shorter than either stream.
//
// What is returned is what could be hidden; kernels that share SMs, memory and links hide a part of it (the method's own constant).
// Every time is of one micro-batch over all layers that have experts.
#pragma once

#include "operators/roofline.h"

namespace moecalc {

template <class R>
struct StageTimes {
  Time<R> projections;
  Time<R> core;
  Time<R> shared;
  Time<R> routed;
  Time<R> dispatch;
  Time<R> combine;
};

template <class R>
Time<R> hidden_in_decode(const StageTimes<R>& t) {
  return smaller(t.dispatch, t.projections + t.shared) + smaller(t.combine, t.core);
}

template <class R>
Time<R> hidden_in_prefill(const StageTimes<R>& t) {
  const auto attention = t.projections + t.core;
  const auto experts = t.shared + t.routed;
  return (smaller(attention, t.combine) + smaller(attention, t.dispatch) + smaller(experts, t.dispatch) + smaller(experts, t.combine)) / 2.0;
}

template <class R>
Time<R> hidden_by_shared_expert(const StageTimes<R>& t) {
  return smaller(t.dispatch, t.shared);
}

template <class R>
Time<R> hidden_ideally(const StageTimes<R>& t) {
  return smaller(t.dispatch + t.combine, t.projections + t.core + t.shared + t.routed);
}

}  // namespace moecalc
