// A number that a method brings along and the reader may replace.
#pragma once

namespace moecalc {

template <class Q>
struct Constant {
  Q value{};
  bool by_reader = false;
};

}  // namespace moecalc
