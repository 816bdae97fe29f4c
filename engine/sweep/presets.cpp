#include "sweep/presets.h"

namespace moecalc {
namespace {

// ShineZ's search: every GPU, NIC, draft length, pair of KV and weight formats, pipeline, EP and batch; the best of each (GPU,
// NIC, EP, weight format) above a user speed. 1 x 4 x 2 x 2 x 3 x 2 x 3 x 15 = 4,320 configurations.
constexpr std::string_view shinez_search = R"({"scenario": {"method": "shinez", "phase": "decode"},
 "axes": [
  {"parameter": "device", "values": ["h800", "h20", "a100-sxm-80g", "l20"]},
  {"parameter": "nic_gbit_per_s", "values": [400, 100]},
  {"parameter": "mtp_draft_tokens", "values": [0, 1]},
  {"parameters": ["kv_format", "weight_format"], "values": [["bf16", "bf16"], ["fp8", "bf16"], ["fp8", "fp8"]]},
  {"parameter": "overlap", "values": ["none", "two_batch"]},
  {"parameter": "decode.expert_parallel", "values": [72, 144, 320]},
  {"parameter": "decode.batch_per_gpu", "from": 16, "to": 128, "step": 8}],
 "constraints": [{"quantity": "decode.tps_per_user", "at_least": TPS}],
 "objective": {"quantity": "decode.tokens_per_s_per_gpu", "goal": "maximize"},
 "top": 100,
 "best_per": ["device", "nic_gbit_per_s", "decode.expert_parallel", "weight_format"],
 "pareto": [{"quantity": "decode.tps_per_user", "goal": "maximize"}, {"quantity": "decode.tokens_per_s_per_gpu", "goal": "maximize"}],
 "sample": 2000,
 "quantities": ["decode.tpot_ms", "memory.largest_batch_per_gpu"]})";

constexpr SweepPreset list[] = {
    {"shinez-tps20", shinez_search, "20"},
    {"shinez-tps15", shinez_search, "15"},
    // How far H800 goes by EP and batch, with and without two-batch overlap and a draft token.
    {"h800-ep-batch", R"({"scenario": {"method": "shinez", "phase": "decode", "device": "h800"},
 "axes": [
  {"parameter": "decode.expert_parallel", "values": [32, 64, 72, 128, 144, 256, 320]},
  {"parameter": "mtp_draft_tokens", "values": [0, 1]},
  {"parameter": "overlap", "values": ["none", "two_batch"]},
  {"parameter": "decode.batch_per_gpu", "from": 2, "to": 256, "step": 2}],
 "constraints": [],
 "objective": {"quantity": "decode.tokens_per_s_per_gpu", "goal": "maximize"},
 "top": 50,
 "best_per": ["decode.expert_parallel", "decode.batch_per_gpu"],
 "pareto": [{"quantity": "decode.tps_per_user", "goal": "maximize"}, {"quantity": "decode.tokens_per_s_per_gpu", "goal": "maximize"}],
 "sample": 2000,
 "quantities": ["decode.tpot_ms", "memory.largest_batch_per_gpu"]})", {}},
    // The same question on every device that a method answers for.
    {"device-ladder", R"({"scenario": {"method": "shinez", "phase": "decode"},
 "axes": [
  {"parameter": "device", "all": true},
  {"parameter": "decode.expert_parallel", "values": [72, 144, 320]},
  {"parameter": "nic_gbit_per_s", "values": [100, 200, 400, 800]},
  {"parameter": "decode.batch_per_gpu", "from": 2, "to": 256, "step": 2}],
 "constraints": [{"quantity": "decode.tps_per_user", "at_least": 20}],
 "objective": {"quantity": "decode.tokens_per_s_per_gpu", "goal": "maximize"},
 "top": 50,
 "best_per": ["device"],
 "pareto": [{"quantity": "decode.tps_per_user", "goal": "maximize"}, {"quantity": "decode.tokens_per_s_per_gpu", "goal": "maximize"}],
 "sample": 2000,
 "quantities": ["decode.tpot_ms", "memory.largest_batch_per_gpu"]})", {}},
};

}  // namespace

std::span<const SweepPreset> sweep_presets() { return list; }

std::string json_of(const SweepPreset& preset) {
  std::string json(preset.json);
  if (!preset.tps.empty()) json.replace(json.find("TPS"), 3, preset.tps);
  return json;
}

}  // namespace moecalc
