#include "release.h"

#include <string>

namespace moecalc {

std::string_view release_line() {
  static const std::string line =
      "moecalc " + std::string(release) + " (link version " + std::to_string(link_version) + ")";
  return line;
}

}  // namespace moecalc
