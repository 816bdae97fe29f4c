// JSON text to a document. Nothing is thrown.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "errors/error.h"

namespace moecalc {

inline constexpr std::size_t largest_json_bytes = 1 << 20;

// At most so many bytes, at most so many levels deep, no key twice in one object.
Outcome<nlohmann::ordered_json> parse_json(std::string_view text, std::size_t most_bytes = largest_json_bytes, std::size_t deepest = 8);

}  // namespace moecalc
