// Reads the config.json of a published model (Hugging Face's format) into an Architecture.
//
// Families are told apart by model_type and by their fields; a file of an unknown model_type is read by its fields, and says so. What cannot
// matter to speed or memory (rope, token ids, dropout ...) is passed over; any other field that nobody here knows is named, since it
// may matter. A model with parts that an Architecture cannot hold is refused, with the fields that say so: a number for half
// of its work would be worse than none.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "architecture/architecture.h"
#include "errors/error.h"

namespace moecalc {

// What the import took for granted; worded in engine/texts as `config_note.<name>`.
enum class ConfigNoteCode {
  unknown_model_type,    // value: the model_type; read by its fields alone
  text_part_only,        // field: the part that was read; images and sound are not counted
  head_dim_derived,      // value: hidden_size / heads
  tied_assumed,          // the file does not say whether the LM head is the embedding; value: yes or no, by its family
  window_layers_assumed, // value: how many; the file does not list them, the family's pattern does
  experts_only_assumed,  // the file does not say what is left unquantised; the family quantises experts only
};
std::string_view name_of(ConfigNoteCode code);

struct ConfigNote {
  ConfigNoteCode code = ConfigNoteCode::unknown_model_type;
  std::string field;
  std::string value;
};

struct ImportedConfig {
  Architecture architecture;
  std::string model_type;  // as shown; may be empty
  std::vector<ConfigNote> notes;
  std::vector<std::string> unknown_fields;  // as shown
};

Outcome<ImportedConfig> read_config(std::string_view text);

// The members that are not 0, in order.
nlohmann::ordered_json architecture_json(const Architecture& architecture);
// Architecture, counts by part, what a token of a sequence keeps, notes, unknown fields.
nlohmann::ordered_json imported_config_json(const ImportedConfig& imported);

}  // namespace moecalc
