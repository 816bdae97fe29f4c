#include "validation/calibration_json.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "scenario/scenario_json.h"

namespace moecalc {
namespace {

using reference::Calibration;
using reference::Efficiency;
using reference::Generation;
using reference::ServingConstants;

struct OfServing {
  std::string_view key;
  double ServingConstants::*member;
};
constexpr OfServing of_serving[] = {
    {"serving.attention_floor", &ServingConstants::attention_floor_us}, {"serving.eager_layer", &ServingConstants::eager_layer_us},
    {"serving.sequence", &ServingConstants::sequence_us},                   {"serving.all_reduce_factor", &ServingConstants::all_reduce_factor}, {"serving.effective_tokens", &ServingConstants::effective_tokens},
    {"serving.overlap_share", &ServingConstants::overlap_share},        {"serving.engine.sglang", &ServingConstants::sglang},
    {"serving.engine.vllm", &ServingConstants::vllm},                   {"serving.engine.trtllm", &ServingConstants::trtllm},
};
constexpr std::string_view generations[] = {"ampere", "ada", "hopper", "blackwell", "blackwell_gddr", "other"};
static_assert(std::size(generations) == reference::generation_count);

// The constant that a key names; null when there is none.
double* find(Calibration& calibration, std::string_view key) {
  for (const OfServing& each : of_serving) {
    if (each.key == key) return &(calibration.serving.*each.member);
  }
  for (std::size_t i = 0; i < std::size(generations); ++i) {
    Efficiency& e = calibration.by_generation[i];
    const std::string g(generations[i]);
    if (key == "serving.launch." + g) return &e.launch_us;
    if (key == "serving.gemm_floor." + g) return &e.gemm_floor_us;
    if (key == "serving.experts_decode." + g + ".four_bit.eb") return &e.expert_four_bit.memory;
    if (key == "serving.attention_decode." + g + ".ekv") return &e.attention_decode.memory;
  }
  return nullptr;
}

}  // namespace

Outcome<Calibration> read_calibration(std::string_view text) {
  constexpr std::size_t most_bytes = 1 << 20;
  const auto document = parse_json(text, most_bytes);
  if (!document.ok()) return document.errors();
  const auto& json = document.value();
  if (!json.is_object() || !json.contains("constants") || !json["constants"].is_array()) return Error{ErrorCode::required, "constants", {}, "[]"};
  Calibration calibration = reference::standard_calibration();
  for (const auto& each : json["constants"]) {
    const bool named = each.is_object() && each.contains("key") && each["key"].is_string() && each.contains("value") && each["value"].is_number();
    if (!named) return Error{ErrorCode::wrong_type, "constants", {}, "{\"key\", \"value\"}"};
    double* constant = find(calibration, each["key"].get<std::string>());
    if (constant == nullptr) return Error{ErrorCode::unknown_parameter, shown(each["key"].get<std::string>()), {}, "serving.launch.hopper"};
    *constant = each["value"].get<double>();
  }
  return calibration;
}

}  // namespace moecalc
