// Scenario -> Report: the one way from a question to its answer, for the page, the command line and the tests.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "errors/error.h"
#include "report/recorder.h"
#include "report/report.h"
#include "scenario/scenario.h"

namespace moecalc {

// Errors: what the method cannot answer for. A question that does not fit is answered, with the ledger and no throughput.
Outcome<Report> evaluate(const Scenario& scenario);

// Only the numbers, without describing them.
struct Numbers {
  bool fits;
  Results results;
};
Outcome<Numbers> evaluate_numbers(const Scenario& scenario);

// The same into a place that the caller keeps; row_evaluator.h has it for many in a row.
enum class RowStatus { ok, does_not_fit, invalid };
RowStatus evaluate_into(const Scenario& scenario, Results& results);

// How one quantity of the scenario comes about. unknown_quantity when the scenario does not have it.
Outcome<Explanation> explain(const Scenario& scenario, QuantityId quantity);

// A small table: the scenario with some parameters varied. Rows in order, last axis fastest.
struct Axis {
  Parameter parameter;
  std::vector<double> values;
};
struct Row {
  RowStatus status;
  std::vector<std::optional<double>> values;  // one a quantity
};
inline constexpr std::size_t largest_grid_rows = 4096;
Outcome<std::vector<Row>> evaluate_grid(const Scenario& base, std::span<const Axis> axes, std::span<const QuantityId> quantities);

}  // namespace moecalc
