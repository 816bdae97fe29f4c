// What the articles conclude, recomputed, as JSON: [{id, numbers, scenario, link}].
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace moecalc {

nlohmann::ordered_json conclusions_json();

}  // namespace moecalc
