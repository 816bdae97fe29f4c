// The only file that knows Emscripten: the engine's text API, handed to JavaScript.
#include <emscripten/bind.h>

#include "api/api.h"

namespace {

// embind passes std::string both ways, copied off the heap at the border.
std::string evaluate(const std::string& scenario) { return moecalc::api::evaluate(scenario); }
std::string explain(const std::string& scenario, const std::string& quantity) { return moecalc::api::explain(scenario, quantity); }
std::string decode_link(const std::string& text) { return moecalc::api::decode_link(text); }
std::string grid(const std::string& request) { return moecalc::api::grid(request); }

}  // namespace

EMSCRIPTEN_BINDINGS(moecalc) {
  emscripten::function("about", &moecalc::api::about);
  emscripten::function("parameters", &moecalc::api::parameters);
  emscripten::function("quantities", &moecalc::api::quantities);
  emscripten::function("catalogue", &moecalc::api::catalogue);
  emscripten::function("conclusions", &moecalc::api::conclusions);
  emscripten::function("evaluate", &evaluate);
  emscripten::function("explain", &explain);
  emscripten::function("decode_link", &decode_link);
  emscripten::function("grid", &grid);
}
