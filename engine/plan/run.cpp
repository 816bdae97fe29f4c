#include "plan/run.h"

#include <nlohmann/json.hpp>

namespace moecalc {

Outcome<nlohmann::ordered_json> run_plan(const Plan& plan) {
  const Errors errors = check(plan);
  if (!errors.empty()) return errors;
  switch (plan.kind) {
    case PlanKind::day: return day_json(plan);
    case PlanKind::balance: return balance_json(plan);
    case PlanKind::timeline: return timeline_json(plan);
    case PlanKind::boxes: return boxes_json(plan);
    case PlanKind::machines: return machines_json(plan);
  }
  return Error{};
}

}  // namespace moecalc
