// Tables and numbers for a terminal.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace moecalc::cli {

using Cells = std::vector<std::string>;

// Rows of cells, aligned; a column whose letter in `right` is 'r' stands to the right.
void print_table(std::ostream& out, const std::vector<Cells>& rows, std::string_view right);

// A number for reading: six significant digits, thousands unseparated, no exponent where it can be helped.
std::string readable(double value);
std::string percent(double share);

}  // namespace moecalc::cli
