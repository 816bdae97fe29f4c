// Parts of the answers of boxes and machines as JSON; shapes are in wasm_bindings/moecalc_rest.d.ts.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "plan/boxes.h"

namespace moecalc {

void add_format(nlohmann::ordered_json& json, const HeldFormat& format, double weights_gb);
void add_answer(nlohmann::ordered_json& json, const BoxAnswer& answer);
nlohmann::ordered_json matrix_json(const Matrix& matrix);

}  // namespace moecalc
