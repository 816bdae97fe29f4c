// Which release of engine and data this is, and which version of the link format it writes.
#pragma once

#include <string_view>

namespace moecalc {

// Semantic version; stands in every link that this release writes.
inline constexpr std::string_view release = "0.2.0";

// Version of the link format: the table of short keys and frozen defaults that a link refers to.
inline constexpr int link_version = 2;

// One line for people: "moecalc 0.2.0 (link version 2)".
std::string_view release_line();

}  // namespace moecalc
