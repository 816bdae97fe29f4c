// The inner loop of every sweep.
#include "methods/row_evaluator.h"

#include <iterator>

#include "methods/dispatch.h"

namespace moecalc {
namespace {

using enum Parameter;

// What no resolve_machine reads: in runs of the parameter table, first and last.
constexpr struct {
  Parameter first, last;
} of_question[] = {
    {prompt_tokens, serving},
    {prefill_tensor_parallel, decode_expert_imbalance},
    {mla_absorb, overlap},
    {efficiency, deep_gemm},
    {serving_engine, serving_engine},
    {runtime_reserve_gib, runtime_reserve_gib},
    {balance_seed, economics_decode_tokens_per_s_per_node},
};

}  // namespace

bool RowEvaluator::has_machine_of(const Scenario& scenario) const {
  // What lies between the runs.
  std::size_t i = 0;
  for (const auto& [first, last] : of_question) {
    for (; i < static_cast<std::size_t>(first); ++i) {
      if (scenario[static_cast<Parameter>(i)] != last_[static_cast<Parameter>(i)]) return false;
    }
    i = static_cast<std::size_t>(last) + 1;
  }
  static_assert(std::size(of_question) > 0 && static_cast<std::size_t>(std::end(of_question)[-1].last) + 1 == parameter_count);
  return has_machine_;
}

RowStatus RowEvaluator::operator()(const Scenario& scenario, Results& results) {
  return with_method(scenario, [&](auto method) {
    using Inputs = typename decltype(method)::Inputs;
    if (!has_machine_of(scenario)) {
      last_ = scenario;
      has_machine_ = true;
      of_model_ = Results{};
      Inputs& machine = machine_.template emplace<Inputs>();
      if (method.resolve_machine(scenario, machine).empty()) {
        Plain plain(of_model_);
        method.run_model(plain, machine);
      } else {
        machine_ = std::monostate{};
      }
    }
    const Inputs* machine = std::get_if<Inputs>(&machine_);
    if (machine == nullptr) return RowStatus::invalid;
    Inputs inputs = *machine;
    if (!method.resolve_question(scenario, inputs).empty()) return RowStatus::invalid;
    results = of_model_;
    Plain plain(results);
    return run_question(method, plain, results, scenario, inputs, with_money_) ? RowStatus::ok : RowStatus::does_not_fit;
  });
}

RowStatus evaluate_into(const Scenario& scenario, Results& results) { return RowEvaluator{}(scenario, results); }

}  // namespace moecalc
