// One configuration after another, as a sweep and every search evaluates them: what the model, the device and the formats decide is kept from one
// to the next while only other parameters turn.
#pragma once

#include <variant>

#include "methods/evaluate.h"
#include "methods/reference/inputs.h"
#include "methods/shinez/inputs.h"
#include "methods/zartbot/inputs.h"

namespace moecalc {

class RowEvaluator {
 public:
  // Without money the quantities economics.* stay empty.
  explicit RowEvaluator(bool with_money = true) : with_money_(with_money) {}

  // As evaluate_numbers answers, into a place that the caller keeps. Allocates nothing where the question is answered. `results` mean nothing
  // when the configuration is invalid.
  RowStatus operator()(const Scenario& scenario, Results& results);

 private:
  bool has_machine_of(const Scenario& scenario) const;

  bool with_money_;
  bool has_machine_ = false;
  Scenario last_;  // whose machine is kept
  std::variant<std::monostate, zartbot::Inputs, shinez::Inputs, reference::Inputs> machine_;  // nothing when it is refused
  Results of_model_;
};

}  // namespace moecalc
