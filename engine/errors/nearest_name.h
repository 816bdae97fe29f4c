// Which of the known names a mistyped one most likely meant.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace moecalc {

// Index in `names` (not empty) of the nearest to `text`: one that contains it, else the fewest characters to put in, take
// out or replace. Case counts.
std::size_t nearest_name(std::string_view text, std::span<const std::string_view> names);

}  // namespace moecalc
