// Questions in JSON. What was read, written as JSON or as a link, reads as the same; and whatever it is, asking it crashes nothing.
#include <nlohmann/json.hpp>

#include "fuzz.h"
#include "methods/evaluate.h"
#include "scenario/link.h"
#include "scenario/scenario_json.h"

using namespace moecalc;

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const Outcome<Scenario> scenario = read_scenario(fuzz::text_of(data, size), Scenario::defaults());
  if (!scenario.ok()) {
    fuzz::check_errors(scenario.errors());
    return 0;
  }
  const std::string written = scenario_json(scenario.value()).dump();
  const Outcome<Scenario> again = read_scenario(std::string_view(written), Scenario::defaults());
  fuzz::require(again.ok() && again.value() == scenario.value(), "the same question by JSON");
  const DecodedLink decoded = decode_link(encode_link(scenario.value()));
  fuzz::require(decoded.problems.empty() && decoded.scenario == scenario.value(), "the same question by link");
  const auto report = evaluate(scenario.value());
  if (!report.ok()) fuzz::check_errors(report.errors());
  return 0;
}
