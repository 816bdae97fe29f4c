#include "numbers/number_text.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace moecalc {
namespace {

TEST(NumberText, ShortestReadsBack) {
  for (const double x : {0.1, 0.563, 1.0 / 3, 3246.13721689153, 6.08e11, 1e22, 1e-5, 123456789012345678.0, 2.2250738585072014e-308, 1.7976931348623157e308, -0.09}) {
    const std::string text = shortest_text(x);
    EXPECT_EQ(std::strtod(text.c_str(), nullptr), x) << text;
    EXPECT_EQ(parse_number(text), x) << text;
    EXPECT_EQ(text.find('+'), std::string::npos) << text;
  }
  EXPECT_EQ(shortest_text(128), "128");
  EXPECT_EQ(shortest_text(0.563), "0.563");
  EXPECT_EQ(shortest_text(1e22), "1e22");
  EXPECT_EQ(shortest_text(-0.0), "0");
  EXPECT_EQ(shortest_text(608e9), "608000000000");
}

TEST(NumberText, EveryNumberOfAShownRangeIsAllowed) {
  EXPECT_EQ(range_text(226.75, 24 * 226.75 / 17), "226.75…320.117");
  EXPECT_EQ(range_text(1.0000001, 9.9999999), "1.00001…9.99999");
  EXPECT_EQ(range_text(-1.23456789, -0.00000123456789), "-1.23456…-1.23457e-6");
  EXPECT_EQ(range_text(9.999991, 1048576), "10…1048576");
  EXPECT_EQ(range_text(0.1, 1e15), "0.1…1e15");
  EXPECT_EQ(range_text(2.25000001, 2.25000002), "2.25000001…2.25000002");
}

TEST(NumberText, OnlyWholeDecimalNumbersAreRead) {
  EXPECT_EQ(parse_number("1e3"), 1000);
  EXPECT_EQ(parse_number("-2.5E-1"), -0.25);
  for (const char* text : {"", "-", "1.", ".5", "1e", "0x10", "nan", "NaN", "inf", "Infinity", " 1", "1 ", "1,000", "1e999", "+1", "1_000", "１"}) {
    EXPECT_FALSE(parse_number(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace moecalc
