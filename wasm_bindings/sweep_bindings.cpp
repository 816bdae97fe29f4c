// What a sweep's worker needs of the engine, and no more: its module is fetched beside the page's own.
#include <emscripten/bind.h>

#include "api/api.h"

namespace {

std::string sweep_run(const std::string& sweep, double begin, double end) { return moecalc::api::sweep_run(sweep, begin, end); }

}  // namespace

EMSCRIPTEN_BINDINGS(moecalc_sweep) { emscripten::function("sweep_run", &sweep_run); }
