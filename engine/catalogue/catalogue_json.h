// The catalogue as JSON, for the command line and the page: what to choose from, and where each number comes from.
//
// One flat object an entry, units in the keys. A number is {"value", "unit", "kind", "source", "unverified", "note"};
// "unit" is absent for counts and "note" unless there is one; "source" is an id of sources_json(). A key absent is
// unknown; what the device cannot do is {"value": null, "state": "unsupported", ...}. Flags have true or false, words
// a text for "value".
#pragma once

#include <nlohmann/json.hpp>

#include "catalogue/catalogue.h"

namespace moecalc {

nlohmann::ordered_json fact_json(const Fact& fact, std::string_view unit = {});

nlohmann::ordered_json device_json(const Device& device);
// "shape" holds the integers of ModelShape that are known (null: the model does without), "config" the whole
// configuration; both are of the kind "published" and from the entry's "sources".
nlohmann::ordered_json model_json(const Model& model);
nlohmann::ordered_json source_json(const Source& source);

// Arrays of all entries, in the order of the tables.
nlohmann::ordered_json devices_json();
nlohmann::ordered_json models_json();
nlohmann::ordered_json sources_json();

}  // namespace moecalc
