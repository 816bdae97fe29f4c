// Links: of questions, sweeps and plans. What was read, written again, reads as the same.
#include "fuzz.h"
#include "plan/plan_link.h"
#include "sweep/sweep_link.h"

using namespace moecalc;

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  DecodedSweepLink first = decode_sweep_link(fuzz::text_of(data, size));
  const std::optional<Plan> plan = plan_of(first.link);
  fuzz::check_errors(first.link.problems);
  if (!first.link.repaired.empty()) fuzz::require(decode_link(first.link.repaired).repaired.empty(), "a repaired link is whole");

  const std::string written = plan ? encode_link(*plan) : first.sweep ? encode_link(*first.sweep) : encode_link(first.link.scenario);
  if (written.size() > largest_link_bytes) return 0;
  DecodedSweepLink second = decode_sweep_link(written);
  const std::optional<Plan> same_plan = plan_of(second.link);
  fuzz::require(second.link.problems.empty() && second.link.repaired.empty(), "our own link is whole");
  fuzz::require(second.link.scenario == first.link.scenario, "the same question");
  fuzz::require(second.sweep.has_value() == (first.sweep && !plan) && same_plan.has_value() == plan.has_value(), "the same kind");
  fuzz::require((same_plan ? encode_link(*same_plan) : second.sweep ? encode_link(*second.sweep) : encode_link(second.link.scenario)) == written, "the same link");
  return 0;
}
