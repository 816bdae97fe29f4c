#include "methods/evaluate.h"

#include <string>

#include "methods/dispatch.h"

namespace moecalc {
Outcome<Numbers> evaluate_numbers(const Scenario& scenario) {
  return with_method(scenario, [&](auto method) -> Outcome<Numbers> {
    const auto inputs = method.resolve(scenario);
    if (!inputs.ok()) return inputs.errors();
    Numbers numbers{};
    Plain plain(numbers.results);
    numbers.fits = run_whole(method, plain, numbers.results, scenario, inputs.value());
    return numbers;
  });
}

Outcome<Report> evaluate(const Scenario& scenario) {
  return with_method(scenario, [&](auto method) -> Outcome<Report> {
    const auto inputs = method.resolve(scenario);
    if (!inputs.ok()) return inputs.errors();
    Report report{};
    report.scenario = scenario;
    Results& results = report.results;
    Plain plain(results);
    report.fits = run_whole(method, plain, results, scenario, inputs.value());
    if (results.has(QuantityId::memory_largest_batch_per_gpu)) {
      const bool room = has_room(scenario, results);
      report.memory = Memory{room, !room && report.fits, {}, room ? std::vector<Change>{} : changes_that_fit(scenario, results)};
      if (report.memory->ignored) {
        const double batch = results.has(QuantityId::decode_batch_per_gpu) ? results[QuantityId::decode_batch_per_gpu] : scenario[Parameter::decode_batch_per_gpu];
        report.notes.push_back({"capacity_ignored",
                                {{"batch", batch}, {"largest", results[QuantityId::memory_largest_batch_per_gpu]}}});
      }
    }
    method.describe(report, inputs.value());
    return report;
  });
}

Outcome<Explanation> explain(const Scenario& scenario, QuantityId quantity) {
  return with_method(scenario, [&](auto method) -> Outcome<Explanation> {
    const auto inputs = method.resolve(scenario);
    if (!inputs.ok()) return inputs.errors();
    Results results;
    Explain recorder(results);
    run_whole(method, recorder, results, scenario, inputs.value());
    if (!results.has(quantity)) return Error{ErrorCode::unknown_quantity, std::string(info(quantity).key), {}, {}};
    return make_explanation(quantity, recorder);
  });
}

Outcome<std::vector<Row>> evaluate_grid(const Scenario& base, std::span<const Axis> axes, std::span<const QuantityId> quantities) {
  std::size_t count = 1;
  for (const Axis& axis : axes) {
    count *= axis.values.size();
    if (count > largest_grid_rows) {
      return Error{ErrorCode::grid_too_large, std::string(info(axis.parameter).key), std::to_string(count), std::to_string(largest_grid_rows)};
    }
  }
  std::vector<Row> rows;
  rows.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    Scenario scenario = base;
    std::size_t rest = i;
    for (std::size_t a = axes.size(); a-- > 0;) {
      scenario.set(axes[a].parameter, axes[a].values[rest % axes[a].values.size()]);
      rest /= axes[a].values.size();
    }
    const Outcome<Numbers> numbers = evaluate_numbers(scenario);
    Row row{RowStatus::invalid, std::vector<std::optional<double>>(quantities.size())};
    if (numbers.ok()) {
      row.status = numbers.value().fits ? RowStatus::ok : RowStatus::does_not_fit;
      for (std::size_t q = 0; q < quantities.size(); ++q) {
        if (numbers.value().results.has(quantities[q])) row.values[q] = numbers.value().results[quantities[q]];
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace moecalc
