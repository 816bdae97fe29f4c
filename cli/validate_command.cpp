#include "validate_command.h"

#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "csv.h"
#include "methods/evaluate.h"
#include "numbers/number_text.h"
#include "print.h"
#include "scenario/link.h"
#include "scenario/scenario_json.h"
#include "validation/calibration_json.h"
#include "validation/validation.h"

namespace moecalc::cli {
namespace {

using Json = nlohmann::ordered_json;

// One line for a reason: its code, and what it is about.
std::string reason_of(const Errors& problems) {
  std::string text;
  for (const Error& e : problems) {
    if (!text.empty()) text += "; ";
    text += std::string(name_of(e.code)) + " " + e.field + (e.value.empty() ? "" : "=" + e.value);
  }
  return text;
}

std::string number_or_nothing(const std::optional<double>& value) { return value ? shortest_text(*value) : std::string{}; }

void print_csv(const std::vector<Run>& runs, const std::vector<Prediction>& predictions) {
  std::cout << "id,measured_tpot_ms,predicted_tpot_ms,measured_ttft_ms,predicted_ttft_ms,not_modelled_because\n";
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Prediction& p = predictions[i];
    std::cout << csv_cell(runs[i].id) << ',' << shortest_text(runs[i].measured_tpot_ms) << ',' << number_or_nothing(p.tpot_ms) << ','
              << number_or_nothing(runs[i].measured_ttft_ms) << ',' << number_or_nothing(p.ttft_ms) << ',' << csv_cell(reason_of(p.problems)) << '\n';
  }
}

Json summary_json(const ErrorSummary& s) {
  return {{"rows", s.rows}, {"predicted", s.predicted}, {"median_error", s.median}, {"p90_error", s.p90}, {"bias", s.bias}};
}

// Each row with the parts of its step: what the fit of the serving constants reads, and what the page draws.
Json rows_json(const std::vector<Run>& runs, const std::vector<Prediction>& predictions, bool with_parts) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Run& run = runs[i];
    const Prediction& p = predictions[i];
    Json row = {{"id", run.id}, {"use", run.use}, {"config_group", run.config_group}, {"model", run.model}, {"device", run.device}, {"engine", run.engine},
                {"mode", run.mode}, {"weight_format", run.weight_format}, {"concurrency", run.concurrency}, {"measured_tpot_ms", run.measured_tpot_ms}};
    if (run.problems.empty()) {
      row["scenario_model"] = value_text(Parameter::model, run.scenario[Parameter::model]);
      row["scenario_device"] = value_text(Parameter::device, run.scenario[Parameter::device]);
      row["link"] = encode_link(run.scenario);
    }
    if (p.tpot_ms) row["predicted_tpot_ms"] = *p.tpot_ms;
    if (run.measured_ttft_ms) row["measured_ttft_ms"] = *run.measured_ttft_ms;
    if (p.ttft_ms) row["predicted_ttft_ms"] = *p.ttft_ms;
    if (!p.problems.empty()) row["not_modelled_because"] = errors_json(p.problems);
    if (with_parts && p.results) {
      Json parts = Json::object();
      for (const QuantityInfo& q : quantity_table()) {
        if (q.group == "decode" && p.results->has(q.id)) parts[std::string(q.key)] = (*p.results)[q.id];
      }
      row["parts"] = std::move(parts);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string percent(double share) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(1) << share * 100;
  return out.str();
}

}  // namespace

int run_validate_command(const Arguments& arguments) {
  constexpr int answered = 0, bad_input = 2;
  const auto refuse = [&](const Errors& errors) {
    print_errors(std::cerr, errors, arguments.language);
    return bad_input;
  };
  if (arguments.operands.size() != 1) return refuse({{ErrorCode::required, "FILE.csv", {}, {}}});
  const Outcome<std::string> text = read_file(arguments.operands[0]);
  if (!text.ok()) return refuse(text.errors());
  const Outcome<std::vector<Run>> read = read_runs_csv(text.value());
  if (!read.ok()) return refuse(read.errors());
  const std::vector<Run>& runs = read.value();
  reference::Calibration calibration = reference::standard_calibration();
  if (arguments.constants) {
    const Outcome<std::string> constants = read_file(*arguments.constants);
    if (!constants.ok()) return refuse(constants.errors());
    const Outcome<reference::Calibration> replaced = read_calibration(constants.value());
    if (!replaced.ok()) return refuse(replaced.errors());
    calibration = replaced.value();
  }
  std::vector<Prediction> predictions;
  predictions.reserve(runs.size());
  for (const Run& run : runs) predictions.push_back(predict(run, calibration));

  if (arguments.format == "csv") {
    print_csv(runs, predictions);
    return answered;
  }
  const std::vector<GroupSummary> groups = summarise(runs, predictions);
  if (arguments.as_json()) {
    Json list = Json::array();
    for (const GroupSummary& g : groups) list.push_back({{"by", g.by}, {"value", g.value}, {"tpot", summary_json(g.summary)}});
    std::cout << Json{{"summaries", list}, {"rows", rows_json(runs, predictions, true)}}.dump() << '\n';
    return answered;
  }
  const auto word = [&](const char* key) { return words(arguments.language, key); };
  std::cout << word("cli.validate_heading") << '\n';
  std::cout << std::left << std::setw(15) << "" << std::setw(36) << "" << std::right << std::setw(6) << "n" << std::setw(10) << word("cli.validate_coverage") << std::setw(9)
            << word("cli.validate_median") << std::setw(9) << "P90" << std::setw(9) << word("cli.validate_bias") << '\n';
  for (const GroupSummary& g : groups) {
    const ErrorSummary& s = g.summary;
    const double coverage = s.rows == 0 ? 0 : static_cast<double>(s.predicted) / static_cast<double>(s.rows);
    std::cout << std::left << std::setw(15) << (g.by.empty() ? word("cli.validate_all") : g.by) << std::setw(36) << g.value << std::right << std::setw(6) << s.rows << std::setw(9)
              << percent(coverage) << '%' << std::setw(8) << percent(s.median) << '%' << std::setw(8) << percent(s.p90) << '%' << std::setw(8) << percent(s.bias) << "%\n";
  }
  std::map<std::string, std::size_t> reasons;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].use != "score") ++reasons["use: " + runs[i].use];
    else if (!predictions[i].problems.empty()) ++reasons[reason_of(predictions[i].problems)];
  }
  if (!reasons.empty()) std::cout << '\n' << word("cli.validate_left_out") << '\n';
  for (const auto& [reason, count] : reasons) std::cout << std::setw(7) << count << "  " << reason << '\n';
  return answered;
}

}  // namespace moecalc::cli
