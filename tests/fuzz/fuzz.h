// What the fuzz targets share. Each target is one file: it reads any bytes and holds what its reader promises; libFuzzer looks for bytes that
// break it, and the sanitizers see what a test would not.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "errors/error.h"
#include "texts/texts.h"

namespace moecalc::fuzz {

inline void require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

// At most as long as `shown` leaves it, and nothing that it would have replaced.
inline bool is_fit_to_show(std::string_view text) {
  for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(1)) {
    if (static_cast<unsigned char>(rest[0]) < 0x20 || rest[0] == 0x7F) return false;
    for (const std::string_view hidden : {"\xE2\x80\xAA", "\xE2\x80\xAB", "\xE2\x80\xAC", "\xE2\x80\xAD", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9"}) {
      if (rest.starts_with(hidden)) return false;
    }
  }
  return text.size() <= 80 + std::string_view("…").size();
}

// Errors are of the input, can be worded in both languages, and repeat no more of a hostile text than is fit to be shown.
inline void check_errors(const Errors& errors) {
  for (const Error& error : errors) {
    require(error.code != ErrorCode::internal, "no input is a fault of our own");
    require(has_words("error." + std::string(name_of(error.code))), name_of(error.code));
    require(is_fit_to_show(error.value), "the value can be shown");
    require(is_fit_to_show(error.field), "the field can be shown");
  }
}

inline std::string_view text_of(const unsigned char* data, std::size_t size) { return {reinterpret_cast<const char*>(data), size}; }

}  // namespace moecalc::fuzz

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size);
