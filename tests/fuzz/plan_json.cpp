// Plans in JSON. What was read, written as JSON or as a link, reads as the same.
#include <nlohmann/json.hpp>

#include "fuzz.h"
#include "json/parse.h"
#include "plan/plan_json.h"
#include "plan/plan_link.h"

using namespace moecalc;

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const auto json = parse_json(fuzz::text_of(data, size));
  if (!json.ok()) {
    fuzz::check_errors(json.errors());
    return 0;
  }
  const Outcome<Plan> plan = read_plan(json.value());
  if (!plan.ok()) {
    fuzz::check_errors(plan.errors());
    return 0;
  }
  const auto written = plan_spec_json(plan.value());
  const Outcome<Plan> again = read_plan(written);
  fuzz::require(again.ok() && plan_spec_json(again.value()) == written, "the same plan by JSON");
  DecodedLink decoded = decode_link(encode_link(plan.value()));
  const std::optional<Plan> linked = plan_of(decoded);
  fuzz::require(decoded.problems.empty() && linked && plan_spec_json(*linked) == written, "the same plan by link");
  return 0;
}
