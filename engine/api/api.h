// The engine for a caller that speaks only text: JSON in, JSON out, nothing thrown. The WebAssembly bindings hand these
// through unchanged; the shapes are in wasm_bindings/moecalc.d.ts.
//
// Every answer is {"ok":true,"value":...} or {"ok":false,"errors":[{code, field, value, allowed}]}.
#pragma once

#include <string>
#include <string_view>

namespace moecalc::api {

std::string about();
std::string parameters();
std::string quantities();
std::string catalogue();
std::string conclusions();
std::string evaluate(std::string_view scenario);
std::string explain(std::string_view scenario, std::string_view quantity);
std::string decode_link(std::string_view text);
std::string grid(std::string_view request);

}  // namespace moecalc::api
