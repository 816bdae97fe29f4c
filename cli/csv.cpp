#include "csv.h"

#include <string_view>

#include "numbers/number_text.h"

namespace moecalc::cli {

std::string csv_cell(const std::string& text) {
  if (text.empty() || parse_number(text)) return text;
  const std::string guarded = std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos ? "'" + text : text;
  if (guarded.find_first_of(",\"\n\r") == std::string::npos) return guarded;
  std::string quoted = "\"";
  for (const char c : guarded) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace moecalc::cli
