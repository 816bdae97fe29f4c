// Named sweeps.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace moecalc {

struct SweepPreset {
  std::string_view id;
  std::string_view json;
  std::string_view tps;  // stands for TPS in json, where the same search is asked at several user speeds
};
std::span<const SweepPreset> sweep_presets();
std::string json_of(const SweepPreset& preset);

}  // namespace moecalc
