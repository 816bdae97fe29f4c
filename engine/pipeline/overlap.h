// How much of the messages could be hidden behind computing.
//
// Picture: a compute stream and a communication stream. With two micro-batches A and B, A's messages travel while B computes and the other way
// round; at best the shorter stream disappears behind the longer. With one batch, only its shared expert can run while its dispatch travels. Kernels
// that share SMs, memory and links reach a part of that; the method says which. So no overlap is shorter than the longer stream.
//
// Every time is of one micro-batch over all layers that have experts.
#pragma once

#include "operators/roofline.h"

namespace moecalc {

template <class R>
struct StageTimes {
  Time<R> computing;  // all of it, the shared expert included
  Time<R> shared;
  Time<R> dispatch;
  Time<R> combine;
};

template <class R>
Time<R> hidden_by_another_batch(const StageTimes<R>& t) {
  return smaller(t.dispatch + t.combine, t.computing);
}

template <class R>
Time<R> hidden_by_shared_expert(const StageTimes<R>& t) {
  return smaller(t.dispatch, t.shared);
}

}  // namespace moecalc
