// FLOP of one layer's parts, and bytes it holds: section 1 of the article. One MAC is two FLOP.
//
// q: query tokens, c: tokens attended to, hit: share of c whose compressed KV is already cached.
#pragma once

#include "methods/zartbot/bound.h"

namespace moecalc::zartbot {

inline constexpr Flop flop_per_mac = flop(2);

template <class R>
struct MlaWork {
  typename R::template Of<Flop> gemm;  // FP8: projections
  typename R::template Of<Flop> core;  // counted at BF16 speed: scores, values and output projection
};

// MLA with K and V expanded per head.
// Q5: the hit rate only spares wkv_a; q is the whole prompt. Right: q = (1 - hit) S.
// Q5b: no causal mask. Right: half of the scores, q (S - q/2).
// Q16: the output projection counts as BF16. Right: wo is FP8 in DeepSeek-V3.
template <class R>
MlaWork<R> standard_mla(const BoundShape<R>& m, const Number<R>& q, const Number<R>& c, const Number<R>& hit) {
  return {
      flop_per_mac * (q * m.d * m.r_q + q * m.r_q * m.heads * (m.n + m.p) + c * m.d * (m.r_kv + m.p) * (1.0 - hit) +
                      c * m.r_kv * m.heads * m.n + c * m.r_kv * m.heads * m.v),
      flop_per_mac * (m.heads * q * c * (m.p + m.n + m.v) + q * m.heads * m.v * m.d),
  };
}

// MLA with the up-projections absorbed into one weight each for Q and output.
// Q15: the absorbed weights are multiplied out (598 M parameters). Right: two chained GEMMs with the original weights.
template <class R>
MlaWork<R> absorbed_mla(const BoundShape<R>& m, const Number<R>& q, const Number<R>& c, const Number<R>& hit) {
  return {
      flop_per_mac * (q * m.d * m.r_q + q * m.r_q * m.heads * m.p + q * m.heads * m.r_q * m.r_kv + c * m.d * (m.r_kv + m.p) * (1.0 - hit)),
      flop_per_mac * (m.heads * q * c * (m.p + 2.0 * m.r_kv) + q * m.heads * m.r_kv * m.d),
  };
}

// Gate, up and down projection over t tokens.
template <class R>
typename R::template Of<Flop> swiglu(const Number<R>& t, const Number<R>& d, const Number<R>& width) {
  return 3.0 * flop_per_mac * t * d * width;
}

// Elements of the KV cache, a token and layer.
template <class R>
Number<R> kv_elements(const BoundShape<R>& m) {
  return m.r_kv + m.p;
}

}  // namespace moecalc::zartbot
