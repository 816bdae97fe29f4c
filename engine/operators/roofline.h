// The time of one operator: whichever takes longer, moving its bytes or doing its arithmetic, at the rates that kernels of its kind reach.
//
// Bytes in bytes, work in FLOP (one MAC is two), rates in bytes/s and FLOP/s, both already multiplied by the share of the data sheet's
// figure that was measured for this kind of kernel (methods/reference/efficiency.h).
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

// t rows times weights of n elements, w bytes each: the weights are read once, whatever t is. However little there is to do, the products
// take at least `floor`.
template <class R>
Time<R> weight_gemm(const Number<R>& t, const Number<R>& n, const Size<R>& w, const Rates<R>& rates, const Time<R>& floor) {
  return larger(floor, roofline<R>(n * w, flop(2) * t * n, rates));
}

}  // namespace moecalc
