// A model's config.json. A model that was read is one that a question can hold, with parameters that can be counted.
#include <cmath>
#include <nlohmann/json.hpp>

#include "architecture/config_json.h"
#include "architecture/parameter_count.h"
#include "fuzz.h"
#include "scenario/scenario_json.h"

using namespace moecalc;

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const Outcome<ImportedConfig> imported = read_config(fuzz::text_of(data, size));
  if (!imported.ok()) {
    fuzz::check_errors(imported.errors());
    return 0;
  }
  const Architecture& a = imported.value().architecture;
  constexpr auto members = architecture_members<double>();
  for (std::size_t i = 0; i < architecture_field_count; ++i) {
    const Parameter p = architecture_parameter(i);
    if (a.*members[i] != 0) fuzz::require(read_value(p, value_json(p, a.*members[i])).ok(), info(p).key);
  }
  const double total = total_parameters(a).sum(), active = active_parameters(a).sum();
  fuzz::require(std::isfinite(total) && total > 0 && active > 0 && active <= total, "parameters can be counted");
  for (const ConfigNote& note : imported.value().notes) {
    fuzz::require(has_words("config_note." + std::string(name_of(note.code))), name_of(note.code));
    fuzz::require(fuzz::is_fit_to_show(note.value), "the note's value can be shown");
  }
  for (const std::string& field : imported.value().unknown_fields) fuzz::require(fuzz::is_fit_to_show(field), "an unknown field can be shown");
  imported_config_json(imported.value()).dump();  // throws where a text is not UTF-8
  return 0;
}
