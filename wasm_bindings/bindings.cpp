// The engine's API, handed to JavaScript.
#include "numbers.h"

namespace {

// embind passes std::string both ways, copied off the heap at the border.
std::string evaluate(const std::string& scenario) { return moecalc::api::evaluate(scenario); }
std::string explain(const std::string& scenario, const std::string& quantity) { return moecalc::api::explain(scenario, quantity); }
std::string decode_link(const std::string& text) { return moecalc::api::decode_link(text); }
std::string grid(const std::string& request) { return moecalc::api::grid(request); }

std::string sweep_plan(const std::string& sweep) { return moecalc::api::sweep_plan(sweep); }
emscripten::val sweep_merge(const std::string& sweep, const std::string& partials) {
  return moecalc::view_of(moecalc::api::sweep_merge(sweep, moecalc::numbers_of(partials)));
}
emscripten::val sweep_result(const std::string& sweep, const std::string& partial, double most_sampled) {
  return moecalc::view_of(moecalc::api::sweep_result(sweep, moecalc::numbers_of(partial), most_sampled));
}
std::string sweep_link(const std::string& sweep) { return moecalc::api::sweep_link(sweep); }

}  // namespace

EMSCRIPTEN_BINDINGS(moecalc) {
  emscripten::function("about", &moecalc::api::about);
  emscripten::function("parameters", &moecalc::api::parameters);
  emscripten::function("quantities", &moecalc::api::quantities);
  emscripten::function("names", &moecalc::api::names);
  emscripten::function("conclusions", &moecalc::api::conclusions);
  emscripten::function("evaluate", &evaluate);
  emscripten::function("explain", &explain);
  emscripten::function("decode_link", &decode_link);
  emscripten::function("grid", &grid);
  emscripten::function("sweep_presets", &moecalc::api::sweep_presets);
  emscripten::function("sweep_plan", &sweep_plan);
  emscripten::function("sweep_merge", &sweep_merge);
  emscripten::function("sweep_result", &sweep_result);
  emscripten::function("sweep_link", &sweep_link);
}
