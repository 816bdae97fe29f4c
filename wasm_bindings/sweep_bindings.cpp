// What a sweep's worker needs of the engine, and no more: its module is fetched beside the page's own.
#include "numbers.h"

namespace {

emscripten::val sweep_run(const std::string& sweep, double begin, double end, double hash_bound) {
  return moecalc::view_of(moecalc::api::sweep_run(sweep, begin, end, hash_bound));
}

}  // namespace

EMSCRIPTEN_BINDINGS(moecalc_sweep) { emscripten::function("sweep_run", &sweep_run); }
