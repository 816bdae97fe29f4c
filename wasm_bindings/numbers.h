// Numbers between JavaScript and the engine without a text between them.
#pragma once

#include <emscripten/bind.h>

#include <cstring>
#include <string>
#include <vector>

#include "api/api.h"

namespace moecalc {

// A view of the engine's memory, good until the next call; the errors' text in its place.
inline emscripten::val view_of(api::Packed answer) {
  static std::vector<double> last;
  if (!answer.failed.empty()) return emscripten::val(answer.failed);
  last = std::move(answer.numbers);
  return emscripten::val(emscripten::typed_memory_view(last.size(), last.data()));
}

// From the bytes of a Float64Array, as embind hands them over.
inline std::vector<double> numbers_of(const std::string& bytes) {
  std::vector<double> numbers(bytes.size() / sizeof(double));
  std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(double));
  return numbers;
}

}  // namespace moecalc
