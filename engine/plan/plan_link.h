// A plan as pairs of a link, behind the pairs of its scenario: pl=boxes  plh=3~5~8  plm=deepseek-r1~qwen3-32b  pld=h800~h20
#pragma once

#include <optional>
#include <string>

#include "plan/plan.h"
#include "scenario/link.h"

namespace moecalc {

std::string encode_link(const Plan& plan);

// The plan that the link carries, where it carries one that can be read; what is wrong goes to the link's problems.
std::optional<Plan> plan_of(DecodedLink& link);

}  // namespace moecalc
