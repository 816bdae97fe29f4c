// Named questions: what differs from the defaults, in the words of the command line.
#pragma once

#include <span>
#include <string_view>

#include "errors/error.h"
#include "scenario/scenario.h"

namespace moecalc {

struct Setting {
  std::string_view key;
  std::string_view value;
};

struct Preset {
  std::string_view id;
  std::span<const Setting> settings;
};

std::span<const Preset> presets();
Outcome<Scenario> preset_scenario(std::string_view id);

}  // namespace moecalc
