#include "units/quantity.h"

#include <gtest/gtest.h>

namespace moecalc {
namespace {

template <class A, class B>
concept Addable = requires(A a, B b) { a + b; };
template <class A, class B>
concept Comparable = requires(A a, B b) { a < b; };

// Dimension errors do not compile.
static_assert(Addable<Bytes, Bytes>);
static_assert(!Addable<Bytes, Flop>);
static_assert(!Addable<Bytes, double>);
static_assert(!Addable<Seconds, Tokens>);
static_assert(!Comparable<BytesPerSecond, FlopPerSecond>);
static_assert(!std::is_convertible_v<double, Bytes>);
static_assert(!std::is_convertible_v<Bytes, double>);
static_assert(!std::is_assignable_v<Seconds&, BytesPerSecond>);
static_assert(std::is_same_v<decltype(bytes(1) / gb_per_s(1)), Seconds>);
static_assert(std::is_same_v<decltype(flop(1) / tflops(1)), Seconds>);
static_assert(std::is_same_v<decltype(gib(1) / gib(2)), double>);
static_assert(std::is_same_v<decltype(tokens(1) * usd_per_million_tokens(1)), Dollars>);

TEST(Quantity, PrefixesAreWhatTheySay) {
  EXPECT_EQ(gib(80).base(), 80.0 * 1024 * 1024 * 1024);
  EXPECT_EQ(mib(1).base(), 1048576);
  EXPECT_EQ(gb_per_s(3350).base(), 3.35e12);      // decimal, not times 2^30
  EXPECT_EQ(gbit_per_s(400).base(), 50e9);        // network rates are bits
  EXPECT_EQ(tflops(989).base(), 9.89e14);
  EXPECT_EQ(in_ms(seconds(0.25)), 250);
  EXPECT_EQ(in_gib(gib(3)), 3);
  EXPECT_EQ(usd_per_million_tokens(2.19).base() * 1e6, 2.19);
}

TEST(Quantity, Arithmetic) {
  EXPECT_EQ((gib(1) + gib(2)).base(), gib(3).base());
  EXPECT_EQ((gib(3) - gib(2)).base(), gib(1).base());
  EXPECT_EQ((gb_per_s(100) * seconds(2)).base(), 2e11);
  EXPECT_EQ((1.0 / seconds(4)).base(), 0.25);
  EXPECT_TRUE(gib(1) < gib(2));
}

}  // namespace
}  // namespace moecalc
