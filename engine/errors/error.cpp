#include "errors/error.h"

namespace moecalc {

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::unknown_parameter: return "unknown_parameter";
    case ErrorCode::unknown_quantity: return "unknown_quantity";
    case ErrorCode::unknown_preset: return "unknown_preset";
    case ErrorCode::wrong_type: return "wrong_type";
    case ErrorCode::not_a_number: return "not_a_number";
    case ErrorCode::not_an_integer: return "not_an_integer";
    case ErrorCode::out_of_range: return "out_of_range";
    case ErrorCode::not_a_choice: return "not_a_choice";
    case ErrorCode::unknown_model: return "unknown_model";
    case ErrorCode::unknown_device: return "unknown_device";
    case ErrorCode::duplicate_parameter: return "duplicate_parameter";
    case ErrorCode::inconsistent: return "inconsistent";
    case ErrorCode::required: return "required";
    case ErrorCode::outside_method_domain: return "outside_method_domain";
    case ErrorCode::not_an_object: return "not_an_object";
    case ErrorCode::malformed_json: return "malformed_json";
    case ErrorCode::text_too_large: return "text_too_large";
    case ErrorCode::nested_too_deep: return "nested_too_deep";
    case ErrorCode::malformed_request: return "malformed_request";
    case ErrorCode::grid_too_large: return "grid_too_large";
    case ErrorCode::config_missing_field: return "config_missing_field";
    case ErrorCode::model_not_covered: return "model_not_covered";
    case ErrorCode::link_empty: return "link_empty";
    case ErrorCode::link_version_missing: return "link_version_missing";
    case ErrorCode::link_version_unknown: return "link_version_unknown";
    case ErrorCode::link_checksum_missing: return "link_checksum_missing";
    case ErrorCode::link_checksum_wrong: return "link_checksum_wrong";
    case ErrorCode::link_malformed_pair: return "link_malformed_pair";
    case ErrorCode::link_unknown_key: return "link_unknown_key";
    case ErrorCode::link_duplicate_key: return "link_duplicate_key";
    case ErrorCode::sweep_axis_empty: return "sweep_axis_empty";
    case ErrorCode::sweep_axis_twice: return "sweep_axis_twice";
    case ErrorCode::sweep_group_not_an_axis: return "sweep_group_not_an_axis";
    case ErrorCode::sweep_groups_too_many: return "sweep_groups_too_many";
    case ErrorCode::sweep_too_large: return "sweep_too_large";
    case ErrorCode::sweep_partial_mismatch: return "sweep_partial_mismatch";
    case ErrorCode::cannot_read_file: return "cannot_read_file";
    case ErrorCode::unknown_argument: return "unknown_argument";
    case ErrorCode::missing_argument: return "missing_argument";
    case ErrorCode::too_many_bases: return "too_many_bases";
    case ErrorCode::internal: return "internal";
  }
  return "internal";
}

namespace {

// Length in bytes of the well-formed UTF-8 character that starts at `at`, or 0.
std::size_t character_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  std::size_t length = lead < 0x80 ? 1 : lead >= 0xC2 && lead < 0xE0 ? 2 : (lead & 0xF0) == 0xE0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
  }
  if (lead == 0xE0 && byte(at + 1) < 0xA0) return 0;   // overlong
  if (lead == 0xED && byte(at + 1) >= 0xA0) return 0;  // surrogate
  if (lead == 0xF0 && byte(at + 1) < 0x90) return 0;
  if (lead == 0xF4 && byte(at + 1) >= 0x90) return 0;
  return length;
}

bool is_unprintable(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return lead < 0x20 || lead == 0x7F;
  if (character.size() == 2) return lead == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
  // Marks and overrides that change the direction or hide text: U+200B..U+200F, U+2028..U+202E, U+2060..U+206F, U+FEFF.
  if (character.size() == 3) {
    const auto second = static_cast<unsigned char>(character[1]);
    const auto third = static_cast<unsigned char>(character[2]);
    if (lead == 0xE2 && second == 0x80) return (third >= 0x8B && third <= 0x8F) || (third >= 0xA8 && third <= 0xAE);
    if (lead == 0xE2 && second == 0x81) return third >= 0xA0 && third <= 0xAF;
    return lead == 0xEF && second == 0xBB && third == 0xBF;
  }
  return false;
}

}  // namespace

std::string shown(std::string_view text) {
  constexpr std::size_t limit = 80;
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = character_length(text, at);
    const std::string_view character = text.substr(at, length == 0 ? 1 : length);
    if (out.size() + character.size() > limit) return out + "…";
    if (length == 0 || is_unprintable(character)) {
      out += '?';
    } else {
      out += character;
    }
    at += character.size();
  }
  return out;
}

}  // namespace moecalc
