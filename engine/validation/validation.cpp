#include "validation/validation.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "methods/reference/method.h"

namespace moecalc {
namespace {

using enum QuantityId;

// Where a measured TTFT says something about prefill rather than about queues: long prompts, few requests, little prefill load.
constexpr double least_prompt_tokens = 0.9 * 8192 - 1;
constexpr double most_requests = 4;
constexpr double most_prefill_load = 0.1;

// Element at the share p of the sorted values, between two neighbours in proportion.
double percentile(std::vector<double> values, double p) {
  std::sort(values.begin(), values.end());
  const double at = p * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (at - static_cast<double>(below)) * (values[above] - values[below]);
}

std::string band_of(double concurrency) {
  double low = 1;
  for (const double high : {4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0}) {
    if (concurrency <= high) return std::to_string(static_cast<int>(low)) + "…" + std::to_string(static_cast<int>(high));
    low = high + 1;
  }
  return "257…";
}

Outcome<Results> numbers_of(const Scenario& scenario, const reference::Calibration& calibration) {
  const Outcome<reference::Inputs> inputs = reference::resolve(scenario, calibration);
  if (!inputs.ok()) return inputs.errors();
  Results results;
  Plain plain(results);
  reference::run(plain, inputs.value());
  return results;
}

}  // namespace

Prediction predict(const Run& run, const reference::Calibration& calibration) {
  Prediction prediction;
  if (!run.problems.empty()) {
    prediction.problems = run.problems;
    return prediction;
  }
  const Outcome<Results> numbers = numbers_of(run.scenario, calibration);
  if (!numbers.ok()) {
    prediction.problems = numbers.errors();
    return prediction;
  }
  const Results& results = numbers.value();
  prediction.results = results;
  prediction.tpot_ms = results[decode_tpot_ms];
  const double output = run.scenario[Parameter::output_tokens];
  if (run.mode == "agg" && run.scenario[Parameter::prompt_tokens] >= least_prompt_tokens && run.concurrency <= most_requests &&
      run.concurrency * results[prefill_request_ms] < most_prefill_load * output * results[decode_tpot_ms]) {
    // The request's own prefill, alone: a lower bound.
    Scenario alone = run.scenario;
    alone.set(Parameter::prefill_batch_tokens_per_gpu, std::ceil(run.scenario[Parameter::prompt_tokens] / results[decode_tensor_parallel]));
    const Outcome<Results> own = numbers_of(alone, calibration);
    if (own.ok()) prediction.ttft_ms = own.value()[prefill_ttft_ms];
  }
  return prediction;
}

std::vector<GroupSummary> summarise(const std::vector<Run>& runs, const std::vector<Prediction>& predictions) {
  struct Members {
    std::size_t rows = 0;
    std::vector<double> errors;
  };
  std::vector<std::pair<std::string, std::map<std::string, Members>>> groups = {{"", {}}, {"device", {}}, {"model", {}}, {"engine", {}}, {"mode", {}}, {"weight_format", {}}, {"concurrency", {}}};
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Run& run = runs[i];
    if (run.use != "score") continue;
    const std::string values[] = {"", run.device, run.model, run.engine, run.mode, run.weight_format, band_of(run.concurrency)};
    for (std::size_t g = 0; g < groups.size(); ++g) {
      Members& members = groups[g].second[values[g]];
      ++members.rows;
      if (predictions[i].tpot_ms) members.errors.push_back(*predictions[i].tpot_ms / run.measured_tpot_ms - 1);
    }
  }
  std::vector<GroupSummary> list;
  for (const auto& [by, of_value] : groups) {
    for (const auto& [value, members] : of_value) {
      ErrorSummary summary{members.rows, members.errors.size(), 0, 0, 0};
      if (!members.errors.empty()) {
        std::vector<double> sizes;
        for (const double error : members.errors) sizes.push_back(std::fabs(error));
        summary.median = percentile(sizes, 0.5);
        summary.p90 = percentile(sizes, 0.9);
        summary.bias = percentile(members.errors, 0.5);
      }
      list.push_back({by, value, summary});
    }
  }
  // Bands in the order of their numbers; the other groups in the order of their names.
  std::stable_sort(list.begin(), list.end(), [](const GroupSummary& a, const GroupSummary& b) {
    return a.by == "concurrency" && b.by == "concurrency" && std::stoi(a.value) < std::stoi(b.value);
  });
  return list;
}

}  // namespace moecalc
