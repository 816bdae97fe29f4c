// The inner loop of every sweep.
#include "methods/dispatch.h"
#include "methods/evaluate.h"

namespace moecalc {

RowStatus evaluate_into(const Scenario& scenario, Results& results) {
  return with_method(scenario, [&](auto method) {
    const auto inputs = method.resolve(scenario);
    if (!inputs.ok()) return RowStatus::invalid;
    results = Results{};
    Plain plain(results);
    return run_whole(method, plain, results, scenario, inputs.value()) ? RowStatus::ok : RowStatus::does_not_fit;
  });
}

}  // namespace moecalc
