// Predictions of `reference` beside measured serving runs, and how far off they are.
//
// A run is one row: a model served on some GPUs at a concurrency, and the TPOT and TTFT that a client measured. A row becomes a scenario (documented in
// docs/validation.md), the scenario a prediction; a row that cannot become one says why. Errors are |predicted / measured - 1|, bias is the
// median of predicted / measured - 1.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "errors/error.h"
#include "methods/reference/efficiency.h"
#include "report/quantity_table.h"
#include "scenario/scenario.h"

namespace moecalc {

struct Run {
  std::string id;
  std::string use;           // "score", or why the row must not be scored
  std::string config_group;  // rows of one deployment; splits for fitting go by it
  std::string model, device, engine, mode, weight_format;
  double concurrency = 0;
  double measured_tpot_ms = 0;
  std::optional<double> measured_ttft_ms;
  Scenario scenario;
  Errors problems;  // why it cannot be modelled; empty: it can
};

struct Prediction {
  std::optional<double> tpot_ms;
  std::optional<double> ttft_ms;  // only where it can be compared: long prompts, few requests, little queueing
  std::optional<Results> results;
  Errors problems;
};

inline constexpr std::size_t largest_runs_bytes = 64 << 20;

// Rows of a CSV file with a header. Needed columns: model, device, concurrency, mean_prompt_tokens, mean_output_tokens, measured_tpot_ms; the
// others (docs/validation.md) have defaults. A file that is no such table is refused; a row with a bad value is a Run with problems.
Outcome<std::vector<Run>> read_runs_csv(std::string_view text);

Prediction predict(const Run& run, const reference::Calibration& calibration = reference::standard_calibration());

struct ErrorSummary {
  std::size_t rows = 0;       // to be scored
  std::size_t predicted = 0;  // of those, with a prediction
  double median = 0;          // of |error|
  double p90 = 0;
  double bias = 0;  // median of the signed error
};
struct GroupSummary {
  std::string by;  // "device", "model", …; empty: all
  std::string value;
  ErrorSummary summary;
};

// Over rows with use = score: all, then by device, model, engine, mode, weight format and concurrency band.
std::vector<GroupSummary> summarise(const std::vector<Run>& runs, const std::vector<Prediction>& predictions);

}  // namespace moecalc
