// What the first result needs of the engine's API, handed to JavaScript.
#include <emscripten/bind.h>

#include "api/api.h"

namespace {

// embind passes std::string both ways, copied off the heap at the border.
std::string evaluate(const std::string& scenario) { return moecalc::api::evaluate(scenario); }
std::string decode_link(const std::string& text) { return moecalc::api::decode_link(text); }
std::string grid(const std::string& request) { return moecalc::api::grid(request); }
std::string sweep_link(const std::string& sweep) { return moecalc::api::sweep_link(sweep); }
std::string plan_link(const std::string& plan) { return moecalc::api::plan_link(plan); }

}  // namespace

EMSCRIPTEN_BINDINGS(moecalc) {
  emscripten::function("about", &moecalc::api::about);
  emscripten::function("parameters", &moecalc::api::parameters);
  emscripten::function("quantities", &moecalc::api::quantities);
  emscripten::function("names", &moecalc::api::names);
  emscripten::function("evaluate", &evaluate);
  emscripten::function("decode_link", &decode_link);
  emscripten::function("grid", &grid);
  emscripten::function("sweep_presets", &moecalc::api::sweep_presets);
  emscripten::function("sweep_link", &sweep_link);
  emscripten::function("plan_link", &plan_link);
}
