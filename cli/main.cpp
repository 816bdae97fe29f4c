// moecalc on the command line, over the same engine as the page.
//
// Exit status: 0 answered; 2 bad input, worded on standard error; 3 the question does not fit in memory (the ledger is
// printed, no throughput).
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "arguments.h"
#include "catalogue/catalogue_json.h"
#include "methods/conclusions_json.h"
#include "methods/evaluate.h"
#include "model_command.h"
#include "numbers/number_text.h"
#include "plan_command.h"
#include "print.h"
#include "release.h"
#include "report/report_json.h"
#include "scenario/link.h"
#include "scenario/scenario_json.h"
#include "sweep_command.h"
#include "validate_command.h"

namespace moecalc::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr int answered = 0;
constexpr int bad_input = 2;
constexpr int does_not_fit = 3;

int refuse(const Errors& errors, Language language) {
  print_errors(std::cerr, errors, language);
  return bad_input;
}

void print_json(const Json& json) { std::cout << json.dump(2) << '\n'; }

// --get: one number a line, the shortest text that reads back as the same double; "null" for what does not fit.
int print_numbers(const Arguments& arguments, const Report& report) {
  Errors errors;
  std::vector<QuantityId> ids;
  for (const std::string& key : arguments.get) {
    const std::optional<QuantityId> id = find_quantity(key);
    if (!id || (report.fits && !report.results.has(*id))) {
      errors.push_back({ErrorCode::unknown_quantity, shown(key), {}, {}});
    } else {
      ids.push_back(*id);
    }
  }
  if (!errors.empty()) return refuse(errors, arguments.language);
  Json object = Json::object();
  for (const QuantityId id : ids) {
    const bool has = report.results.has(id);
    if (arguments.as_json()) {
      object[std::string(info(id).key)] = has ? Json(report.results[id]) : Json(nullptr);
    } else {
      std::cout << (has ? shortest_text(report.results[id]) : "null") << '\n';
    }
  }
  if (arguments.as_json()) print_json(object);
  if (report.fits) return answered;
  print_ledger(std::cerr, report, arguments.language);
  return does_not_fit;
}

int print_explanations(const Arguments& arguments, const Scenario& scenario) {
  Json list = Json::array();
  for (const std::string& key : arguments.explain) {
    const std::optional<QuantityId> id = find_quantity(key);
    if (!id) return refuse({{ErrorCode::unknown_quantity, shown(key), {}, {}}}, arguments.language);
    const Outcome<Explanation> explanation = explain(scenario, *id);
    if (!explanation.ok()) return refuse(explanation.errors(), arguments.language);
    if (arguments.as_json()) {
      list.push_back(explanation_json(explanation.value()));
    } else {
      print_explanation(std::cout, explanation.value(), arguments.language);
    }
  }
  if (arguments.as_json()) print_json(list);
  return answered;
}

int run_eval(const Arguments& arguments) {
  const Outcome<Scenario> scenario = read_question(arguments);
  if (!scenario.ok()) return refuse(scenario.errors(), arguments.language);
  if (!arguments.explain.empty()) return print_explanations(arguments, scenario.value());
  const Outcome<Report> report = evaluate(scenario.value());
  if (!report.ok()) return refuse(report.errors(), arguments.language);
  if (!arguments.get.empty()) return print_numbers(arguments, report.value());
  if (arguments.as_json()) {
    print_json(report_json(report.value()));
  } else {
    print_report(std::cout, report.value(), arguments.language);
  }
  return report.value().fits ? answered : does_not_fit;
}

int run_link(const Arguments& arguments) {
  const Outcome<Scenario> scenario = read_question(arguments);
  if (!scenario.ok()) return refuse(scenario.errors(), arguments.language);
  std::cout << '#' << encode_link(scenario.value()) << '\n';
  return answered;
}

int run_catalogue(const Arguments& arguments) {
  const std::string what = arguments.operands.size() == 1 ? arguments.operands[0] : "";
  if (what == "models") {
    arguments.as_json() ? print_json(models_json()) : print_models(std::cout);
  } else if (what == "devices") {
    arguments.as_json() ? print_json(devices_json()) : print_devices(std::cout);
  } else if (what == "sources") {
    arguments.as_json() ? print_json(sources_json()) : print_sources(std::cout);
  } else if (what == "all" && arguments.as_json()) {
    print_json({{"models", models_json()}, {"devices", devices_json()}, {"sources", sources_json()}});
  } else if (what == "parameters") {
    return run_catalogue_parameters(arguments);
  } else if (what == "presets") {
    arguments.as_json() ? print_json(presets_json()) : print_presets(std::cout, arguments.language);
  } else {
    return refuse({{ErrorCode::not_a_choice, "catalogue", shown(what), "models, devices, sources, presets, parameters"}}, arguments.language);
  }
  return answered;
}

int run(const Arguments& arguments) {
  if (arguments.version) {
    std::cout << release_line() << '\n';
    return answered;
  }
  if (arguments.help || arguments.command.empty()) {
    (arguments.help ? std::cout : std::cerr) << words(arguments.language, "cli.usage") << '\n';
    return arguments.help ? answered : bad_input;
  }
  if (arguments.command == "eval") return run_eval(arguments);
  if (arguments.command == "link") return run_link(arguments);
  if (arguments.command == "validate") return run_validate_command(arguments);
  if (arguments.command == "sweep") return run_sweep_command(arguments);
  if (arguments.command == "plan") return run_plan_command(arguments);
  if (arguments.command == "catalogue") return run_catalogue(arguments);
  if (arguments.command == "model") return run_model_command(arguments);
  if (arguments.command == "parameters") {
    arguments.as_json() ? print_json(parameters_json()) : print_parameters(std::cout, arguments.language);
    return answered;
  }
  if (arguments.command == "quantities") {
    arguments.as_json() ? print_json(quantities_json()) : print_quantities(std::cout, arguments.language);
    return answered;
  }
  if (arguments.command == "conclusions") {
    arguments.as_json() ? print_json(conclusions_json()) : print_conclusions(std::cout, arguments.language);
    return answered;
  }
  return refuse({{ErrorCode::unknown_argument, shown(arguments.command), {}, "eval, link, plan, sweep, validate, catalogue, model, parameters, quantities, conclusions"}}, arguments.language);
}

}  // namespace
}  // namespace moecalc::cli

int main(int count, char** values) {
  using namespace moecalc;
  const Outcome<cli::Arguments> arguments = cli::parse_arguments(count, values);
  if (!arguments.ok()) return cli::refuse(arguments.errors(), cli::preferred_language(count, values));
  return cli::run(arguments.value());
}
