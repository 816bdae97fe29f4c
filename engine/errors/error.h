// What was wrong with an input, as data. No sentence is made here: the dictionaries in engine/texts word each code
// (`error.<code>`) in every language and fill in the field, the value and what is allowed.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace moecalc {

enum class ErrorCode {
  // Values of parameters.
  unknown_parameter,
  unknown_quantity,
  unknown_preset,
  wrong_type,
  not_a_number,
  not_an_integer,
  out_of_range,
  not_a_choice,
  unknown_model,
  unknown_device,
  duplicate_parameter,
  // Values that are each fine but do not go together, or that a method cannot answer for.
  inconsistent,
  required,
  outside_method_domain,
  // Texts.
  malformed_json,
  not_an_object,
  text_too_large,
  nested_too_deep,
  malformed_request,
  grid_too_large,
  // Models.
  config_missing_field,
  model_not_covered,
  // Links.
  link_empty,
  link_version_missing,
  link_version_unknown,
  link_checksum_missing,
  link_checksum_wrong,
  link_malformed_pair,
  link_unknown_key,
  link_duplicate_key,
  // Sweeps.
  sweep_axis_empty,
  sweep_axis_twice,
  sweep_group_not_an_axis,
  sweep_groups_too_many,
  sweep_too_large,
  sweep_partial_mismatch,
  // Files and arguments of the command line.
  cannot_read_file,
  unknown_argument,
  missing_argument,
  too_many_bases,
  internal,
};

std::string_view name_of(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string field;    // long parameter key or other name; empty when the whole input is at fault
  std::string value;    // what was given, shortened by `shown`
  std::string allowed;  // a range, a list or a suggestion; may be empty
};

using Errors = std::vector<Error>;

// A reader stops here: no text of a person has more mistakes, and a hostile one could have 100,000.
inline constexpr std::size_t most_errors = 64;

// Input text fit to be repeated in a message: at most 80 bytes (cut between characters), control and
// direction-changing characters replaced by '?'.
std::string shown(std::string_view text);

// A value or the reasons why there is none.
template <class T>
class Outcome {
 public:
  Outcome(T value) : content_(std::move(value)) {}
  Outcome(Errors errors) : content_(std::move(errors)) {}
  Outcome(Error error) : content_(Errors{std::move(error)}) {}
  bool ok() const { return content_.index() == 0; }
  const T& value() const { return std::get<0>(content_); }
  T& value() { return std::get<0>(content_); }
  const Errors& errors() const { return std::get<1>(content_); }

 private:
  std::variant<T, Errors> content_;
};

}  // namespace moecalc
