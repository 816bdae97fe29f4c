// Numbers as text, both ways, the same on every platform.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace moecalc {

// The shortest decimal text that reads back as the same double: "128", "0.563", "6.08e11". Never a '+', so that it can
// stand in a link. (std::to_chars for double is missing in the libc++ that Emscripten 3.1.6 brings.)
std::string shortest_text(double value);

// What is allowed between two ends, as messages show it: "0…1". Whole numbers stand as they are; of others six digits, the lower end rounded up and
// the upper down, so that every number of the shown range is allowed; a range too narrow for six shows all.
std::string range_text(double least, double most);

// The double that the whole text spells as a JSON number would (an optional minus sign, digits, fraction, exponent; no
// spaces, hex, infinity or NaN). Nothing for anything else, also when it overflows a double.
std::optional<double> parse_number(std::string_view text);

}  // namespace moecalc
