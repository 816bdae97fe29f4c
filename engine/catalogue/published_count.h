// Whether a model's counted parameters are those that its publisher states.
//
// Publishers count differently, and round; so the catalogue says for each number which parts it has (`published_counts` in
// data/models.json), and two numbers agree when they differ by no more than 1 %, or than half a unit of the last digit stated, whichever
// is wider.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "catalogue/catalogue.h"

namespace moecalc {

struct CountComparison {
  bool is_published = false;
  double counted_b = 0;       // by this project's rule (architecture/parameter_count.h)
  double counted_alike_b = 0; // by the publisher's
  double published_b = 0;
  double tolerance_b = 0;
  bool agrees() const;        // also when nothing is published
};

// Of a covered model.
CountComparison compare_total(const Model& model);
CountComparison compare_active(const Model& model);

// Every model: counted, published, difference, whether they agree; or why it is not covered.
nlohmann::ordered_json published_counts_json();

}  // namespace moecalc
