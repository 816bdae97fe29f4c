// The only file that knows Emscripten: the engine's functions for the page, JSON text in and out.
#include <emscripten/bind.h>

#include <string>

#include "release.h"

namespace {

std::string about() {
  return R"({"ok":true,"value":{"release":")" + std::string(moecalc::release) + R"(","link_version":)" +
         std::to_string(moecalc::link_version) + "}}";
}

}  // namespace

EMSCRIPTEN_BINDINGS(moecalc) { emscripten::function("about", &about); }
