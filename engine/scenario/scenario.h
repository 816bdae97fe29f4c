// One question: a value for every parameter of the table, each valid by itself.
//
// Whether the values go together, and whether a method can answer for them, is the method's to say (evaluate.h).
#pragma once

#include <array>
#include <string_view>

#include "catalogue/catalogue.h"
#include "parameters/parameter.h"

namespace moecalc {

class Scenario {
 public:
  // Every parameter at its default under that link version.
  static Scenario defaults(int link_version);
  static Scenario defaults();

  double operator[](Parameter p) const { return values_[static_cast<std::size_t>(p)]; }
  bool is_automatic(Parameter p) const { return (*this)[p] == automatic; }  // no other value is negative
  template <class Choice>
  Choice choice(Parameter p) const {
    return static_cast<Choice>(static_cast<int>((*this)[p]));
  }

  // "custom" for a model given by model.* alone.
  std::string_view model_id() const {
    const auto index = static_cast<std::size_t>((*this)[Parameter::model]);
    return index < models().size() ? models()[index].id : std::string_view("custom");
  }
  // "custom" for a device given by device.* alone.
  std::string_view device_id() const {
    const auto index = static_cast<std::size_t>((*this)[Parameter::device]);
    return index < devices().size() ? devices()[index].id : std::string_view("custom");
  }

  // Prefill and decode share their GPUs: only the method reference knows that.
  bool is_aggregated() const {
    return choice<MethodChoice>(Parameter::method) == MethodChoice::reference && choice<ServingChoice>(Parameter::serving) == ServingChoice::aggregated;
  }

  // Takes a value that parse_value or check_number accepted.
  void set(Parameter p, double value) { values_[static_cast<std::size_t>(p)] = value; }
  // The same from a key and text, as the command line gives them.
  Errors set(std::string_view key, std::string_view text);

  friend bool operator==(const Scenario&, const Scenario&) = default;

 private:
  std::array<double, parameter_count> values_{};
};

// The error for a key that no parameter has, with the nearest key as suggestion.
Error unknown_parameter_error(std::string_view key);

}  // namespace moecalc
