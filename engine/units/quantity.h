// A number with a physical dimension: adding bytes to FLOP, or reading seconds as bytes per second, does not compile.
//
// A Quantity holds a double in base units (byte, FLOP, second, dollar, token, joule). It is made only by the named
// factories below and read only by the named readers, so the prefix is always in the name: gib(80), gb_per_s(3350),
// in_ms(t). GB and TB are decimal (1e9, 1e12), GiB and MiB binary; network rates are in Gbit/s; one FLOP is half a MAC.
// A quotient of equal dimensions is a plain double.
#pragma once

#include <type_traits>

namespace moecalc {

template <int Byte, int Flop, int Second, int Dollar, int Token, int Joule>
struct Dimension {
  static constexpr bool is_none =
      Byte == 0 && Flop == 0 && Second == 0 && Dollar == 0 && Token == 0 && Joule == 0;
};

template <class D>
class Quantity;

namespace detail {

template <class A, class B, int Sign>
struct Combine;
template <int B1, int F1, int S1, int D1, int T1, int J1, int B2, int F2, int S2, int D2, int T2, int J2, int Sign>
struct Combine<Dimension<B1, F1, S1, D1, T1, J1>, Dimension<B2, F2, S2, D2, T2, J2>, Sign> {
  using type = Dimension<B1 + Sign * B2, F1 + Sign * F2, S1 + Sign * S2, D1 + Sign * D2, T1 + Sign * T2, J1 + Sign * J2>;
};

// The type that stands for a dimension: a plain double where nothing is left.
template <class D>
using Carrier = std::conditional_t<D::is_none, double, Quantity<D>>;

struct FromBase {};

}  // namespace detail

template <class D>
class Quantity {
 public:
  using dimension = D;
  constexpr Quantity() = default;
  constexpr Quantity(detail::FromBase, double base) : base_(base) {}
  constexpr double base() const { return base_; }

  friend constexpr Quantity operator+(Quantity a, Quantity b) { return {detail::FromBase{}, a.base_ + b.base_}; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return {detail::FromBase{}, a.base_ - b.base_}; }
  friend constexpr Quantity operator-(Quantity a) { return {detail::FromBase{}, -a.base_}; }
  friend constexpr Quantity operator*(Quantity a, double k) { return {detail::FromBase{}, a.base_ * k}; }
  friend constexpr Quantity operator*(double k, Quantity a) { return {detail::FromBase{}, k * a.base_}; }
  friend constexpr Quantity operator/(Quantity a, double k) { return {detail::FromBase{}, a.base_ / k}; }
  friend constexpr bool operator==(Quantity a, Quantity b) { return a.base_ == b.base_; }
  friend constexpr bool operator<(Quantity a, Quantity b) { return a.base_ < b.base_; }
  friend constexpr bool operator>(Quantity a, Quantity b) { return a.base_ > b.base_; }
  friend constexpr bool operator<=(Quantity a, Quantity b) { return a.base_ <= b.base_; }
  friend constexpr bool operator>=(Quantity a, Quantity b) { return a.base_ >= b.base_; }

 private:
  double base_ = 0;
};

// The value of a quantity, or of a plain number, in base units.
constexpr double base_value(double x) { return x; }
template <class D>
constexpr double base_value(Quantity<D> q) {
  return q.base();
}

// A quantity of type Q (or a plain double) from its value in base units. Only readers of tables need it.
template <class Q>
constexpr Q from_base(double base) {
  if constexpr (std::is_same_v<Q, double>) {
    return base;
  } else {
    return Q(detail::FromBase{}, base);
  }
}

template <class A, class B>
constexpr auto operator*(Quantity<A> a, Quantity<B> b) {
  using R = detail::Carrier<typename detail::Combine<A, B, 1>::type>;
  return from_base<R>(a.base() * b.base());
}
template <class A, class B>
constexpr auto operator/(Quantity<A> a, Quantity<B> b) {
  using R = detail::Carrier<typename detail::Combine<A, B, -1>::type>;
  return from_base<R>(a.base() / b.base());
}
template <class D>
constexpr auto operator/(double k, Quantity<D> q) {
  using R = detail::Carrier<typename detail::Combine<Dimension<0, 0, 0, 0, 0, 0>, D, -1>::type>;
  return from_base<R>(k / q.base());
}

using Bytes = Quantity<Dimension<1, 0, 0, 0, 0, 0>>;
using Flop = Quantity<Dimension<0, 1, 0, 0, 0, 0>>;
using Seconds = Quantity<Dimension<0, 0, 1, 0, 0, 0>>;
using Dollars = Quantity<Dimension<0, 0, 0, 1, 0, 0>>;
using Tokens = Quantity<Dimension<0, 0, 0, 0, 1, 0>>;
using Joules = Quantity<Dimension<0, 0, 0, 0, 0, 1>>;

using PerSecond = Quantity<Dimension<0, 0, -1, 0, 0, 0>>;
using BytesPerSecond = Quantity<Dimension<1, 0, -1, 0, 0, 0>>;
using FlopPerSecond = Quantity<Dimension<0, 1, -1, 0, 0, 0>>;
using TokensPerSecond = Quantity<Dimension<0, 0, -1, 0, 1, 0>>;
using BytesPerToken = Quantity<Dimension<1, 0, 0, 0, -1, 0>>;
using DollarsPerToken = Quantity<Dimension<0, 0, 0, 1, -1, 0>>;

namespace detail {
template <class Q>
constexpr Q make(double base) {
  return from_base<Q>(base);
}
}  // namespace detail

// Factories.
constexpr Bytes bytes(double x) { return detail::make<Bytes>(x); }
constexpr Bytes mib(double x) { return detail::make<Bytes>(x * 1048576.0); }
constexpr Bytes gib(double x) { return detail::make<Bytes>(x * 1073741824.0); }
constexpr Flop flop(double x) { return detail::make<Flop>(x); }
constexpr Seconds seconds(double x) { return detail::make<Seconds>(x); }
constexpr Tokens tokens(double x) { return detail::make<Tokens>(x); }
constexpr Dollars usd(double x) { return detail::make<Dollars>(x); }
constexpr BytesPerSecond gb_per_s(double x) { return detail::make<BytesPerSecond>(x * 1e9); }
constexpr BytesPerSecond gbit_per_s(double x) { return detail::make<BytesPerSecond>(x * 1e9 / 8.0); }
constexpr FlopPerSecond tflops(double x) { return detail::make<FlopPerSecond>(x * 1e12); }
constexpr TokensPerSecond tokens_per_s(double x) { return detail::make<TokensPerSecond>(x); }
constexpr DollarsPerToken usd_per_million_tokens(double x) { return detail::make<DollarsPerToken>(x / 1e6); }

// Readers.
constexpr double in_ms(Seconds t) { return t.base() * 1e3; }
constexpr double in_gib(Bytes b) { return b.base() / 1073741824.0; }
constexpr double in_gflop(Flop f) { return f.base() / 1e9; }

}  // namespace moecalc
