// What the first result does without: explanations, conclusions, a model's config.json, plans, sweeps. Its module is fetched after the first numbers.
#include "numbers.h"

namespace {

std::string explain(const std::string& scenario, const std::string& quantity) { return moecalc::api::explain(scenario, quantity); }
std::string read_config(const std::string& text) { return moecalc::api::read_config(text); }

std::string plan(const std::string& text) { return moecalc::api::plan(text); }
std::string timeline_trace(const std::string& plan) { return moecalc::api::timeline_trace(plan); }
std::string timeline_svg(const std::string& plan, const emscripten::val& word) {
  return moecalc::api::timeline_svg(plan, [&](const std::string& key) { return word(key).as<std::string>(); });
}

std::string sweep_plan(const std::string& sweep) { return moecalc::api::sweep_plan(sweep); }
emscripten::val sweep_run(const std::string& sweep, double begin, double end, double hash_bound) {
  return moecalc::view_of(moecalc::api::sweep_run(sweep, begin, end, hash_bound));
}
emscripten::val sweep_merge(const std::string& sweep, const std::string& partials) {
  return moecalc::view_of(moecalc::api::sweep_merge(sweep, moecalc::numbers_of(partials)));
}
emscripten::val sweep_result(const std::string& sweep, const std::string& partial, double most_sampled) {
  return moecalc::view_of(moecalc::api::sweep_result(sweep, moecalc::numbers_of(partial), most_sampled));
}

}  // namespace

EMSCRIPTEN_BINDINGS(moecalc_rest) {
  emscripten::function("explain", &explain);
  emscripten::function("conclusions", &moecalc::api::conclusions);
  emscripten::function("read_config", &read_config);
  emscripten::function("plan", &plan);
  emscripten::function("timeline_trace", &timeline_trace);
  emscripten::function("timeline_svg", &timeline_svg);
  emscripten::function("sweep_plan", &sweep_plan);
  emscripten::function("sweep_run", &sweep_run);
  emscripten::function("sweep_merge", &sweep_merge);
  emscripten::function("sweep_result", &sweep_result);
}
