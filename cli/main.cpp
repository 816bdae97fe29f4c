// The command line over the same engine as the page.
#include <cstdio>
#include <string>

#include "release.h"

int main() {
  std::puts(std::string(moecalc::release_line()).c_str());
  return 0;
}
