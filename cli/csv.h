// Comma-separated values for spreadsheets.
#pragma once

#include <string>

namespace moecalc::cli {

// A cell: quoted where it must be (RFC 4180). A spreadsheet takes a text that begins with = + - @ tab or carriage return for a formula and would
// run it, so such a text gets an apostrophe in front; numbers stay numbers.
std::string csv_cell(const std::string& text);

}  // namespace moecalc::cli
