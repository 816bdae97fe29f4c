// The native side of the parity test: one scenario (JSON) a line in, one answer (JSON) a line out.
#include <iostream>
#include <string>

#include "api/api.h"

int main() {
  for (std::string line; std::getline(std::cin, line);) std::cout << moecalc::api::evaluate(line) << '\n';
}
