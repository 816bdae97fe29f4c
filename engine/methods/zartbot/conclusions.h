// What the article concludes, each with its numbers computed again and the question that shows it.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "scenario/scenario.h"

namespace moecalc {

// `conclusion.<id>` is a sentence with {places} for the numbers.
struct Conclusion {
  std::string_view id;
  std::vector<std::pair<std::string_view, double>> numbers;
  Scenario scenario;
};

namespace zartbot {
std::vector<Conclusion> conclusions();
}

}  // namespace moecalc
