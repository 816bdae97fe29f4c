// The time of one operator: whichever takes longer, moving its bytes or doing its arithmetic, at the rates that kernels of its kind reach.
//
// Bytes in bytes, work in FLOP (one MAC is two), rates in bytes/s and FLOP/s, both already multiplied by the share of the data sheet's
// figure that was measured for this kind of kernel (methods/reference/efficiency.h). The fixed time of a launch is not here: it is counted
// once for all kernels of a step.
#pragma once

#include "report/recorder.h"
#include "units/quantity.h"

namespace moecalc {

template <class R>
using Number = typename R::template Of<double>;
template <class R>
using Time = typename R::template Of<Seconds>;
template <class R>
using Work = typename R::template Of<Flop>;
template <class R>
using Size = typename R::template Of<Bytes>;
template <class R>
using ByteRate = typename R::template Of<BytesPerSecond>;
template <class R>
using FlopRate = typename R::template Of<FlopPerSecond>;

// What a kind of kernel reaches.
template <class R>
struct Rates {
  ByteRate<R> memory;
  FlopRate<R> compute;
};

template <class R>
Time<R> roofline(const Size<R>& moved, const Work<R>& work, const Rates<R>& rates) {
  return larger(moved / rates.memory, work / rates.compute);
}

// t rows times a weight of n elements, w bytes each: the weight is read once, whatever t is.
template <class R, class T, class N, class W>
Time<R> weight_gemm(const T& t, const N& n, const W& w, const Rates<R>& rates) {
  return roofline<R>(n * w, flop(2) * t * n, rates);
}

}  // namespace moecalc
