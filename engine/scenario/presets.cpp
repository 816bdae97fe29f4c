#include "scenario/presets.h"

#include <string>

namespace moecalc {
namespace {

// DeepSeek, "DeepSeek-V3/R1 Inference System Overview", 2025-03-01: units of EP32 prefill and EP144 decode on H800, the
// day of 2025-02-27, and the two rates per node that it measured.
constexpr Setting deepseek_official[] = {
    {"method", "reference"},
    {"device", "h800"},
    {"prefill.expert_parallel", "32"},
    {"prefill.redundant_experts", "32"},
    {"decode.expert_parallel", "144"},
    {"decode.redundant_experts", "32"},
    {"economics.average_nodes", "226.75"},
    {"economics.gpu_usd_per_hour", "2"},
    {"economics.input_tokens_per_day", "608e9"},
    {"economics.cache_hit_rate", "0.563"},
    {"economics.output_tokens_per_day", "168e9"},
    {"economics.price_input_hit_usd_per_million_tokens", "0.14"},
    {"economics.price_input_miss_usd_per_million_tokens", "0.55"},
    {"economics.price_output_usd_per_million_tokens", "2.19"},
    {"economics.prefill_tokens_per_s_per_node", "73700"},
    {"economics.decode_tokens_per_s_per_node", "14800"},
};

// The columns of the article's summary (zartbot, 2025-03-14). Both phases assume the wanted overlap ("ideal"); the same
// preset with overlap=none gives the second row of each.
constexpr Setting prefill_h800[] = {{"method", "zartbot"}, {"device", "h800"}, {"phase", "prefill"}, {"prefill.tensor_parallel", "4"}, {"overlap", "ideal"}};
constexpr Setting prefill_h20[] = {{"method", "zartbot"}, {"device", "h20"}, {"phase", "prefill"}, {"prefill.tensor_parallel", "4"}, {"overlap", "ideal"}};
constexpr Setting decode_h800_b32[] = {{"method", "zartbot"}, {"device", "h800"}, {"phase", "decode"}, {"decode.batch_per_gpu", "32"}, {"overlap", "ideal"}};
constexpr Setting decode_h800_b64[] = {{"method", "zartbot"}, {"device", "h800"}, {"phase", "decode"}, {"decode.batch_per_gpu", "64"}, {"overlap", "ideal"}};
constexpr Setting decode_h800_b128[] = {{"method", "zartbot"}, {"device", "h800"}, {"phase", "decode"}, {"decode.batch_per_gpu", "128"}, {"overlap", "ideal"}};
constexpr Setting decode_h20_b32[] = {{"method", "zartbot"}, {"device", "h20"}, {"phase", "decode"}, {"decode.batch_per_gpu", "32"}, {"overlap", "ideal"}};
constexpr Setting decode_h20_3e_b32[] = {{"method", "zartbot"}, {"device", "h20-3e"}, {"phase", "decode"}, {"decode.batch_per_gpu", "32"}, {"overlap", "ideal"}};
constexpr Setting decode_h20_3e_b64[] = {{"method", "zartbot"}, {"device", "h20-3e"}, {"phase", "decode"}, {"decode.batch_per_gpu", "64"}, {"overlap", "ideal"}};

// What the reference method is for: one node of DeepSeek-R1, DeepSeek's own deployment, and other models and formats.
constexpr Setting deepseek_r1_8xh200[] = {{"method", "reference"}, {"model", "deepseek-r1"}, {"device", "h200"}, {"serving", "aggregated"}, {"decode.tensor_parallel", "8"}, {"decode.concurrency", "64"}, {"prefix_cache_hit_rate", "0"}};
constexpr Setting deepseek_deployment_reference[] = {{"method", "reference"}, {"device", "h800"}, {"prefill.expert_parallel", "32"}, {"prefill.redundant_experts", "32"}, {"decode.expert_parallel", "144"}, {"decode.redundant_experts", "32"}};
constexpr Setting qwen3_235b_8xh20[] = {{"method", "reference"}, {"model", "qwen3-235b-a22b"}, {"device", "h20"}, {"serving", "aggregated"}, {"decode.tensor_parallel", "8"}, {"decode.concurrency", "64"}, {"prefix_cache_hit_rate", "0"}};
constexpr Setting gpt_oss_120b_1xh100[] = {{"method", "reference"}, {"model", "gpt-oss-120b"}, {"device", "h100-sxm"}, {"serving", "aggregated"}, {"weight_format", "mxfp4"}, {"kv_format", "bf16"}, {"decode.tensor_parallel", "1"}, {"decode.concurrency", "32"}, {"prefix_cache_hit_rate", "0"}};
constexpr Setting llama_70b_4xh100[] = {{"method", "reference"}, {"model", "llama-3.1-70b"}, {"device", "h100-sxm"}, {"serving", "aggregated"}, {"decode.tensor_parallel", "4"}, {"decode.concurrency", "32"}, {"prefix_cache_hit_rate", "0"}};

constexpr Preset list[] = {
    {"deepseek-r1-8xh200", deepseek_r1_8xh200},
    {"deepseek-deployment-reference", deepseek_deployment_reference},
    {"qwen3-235b-8xh20", qwen3_235b_8xh20},
    {"gpt-oss-120b-1xh100", gpt_oss_120b_1xh100},
    {"llama-3.1-70b-4xh100", llama_70b_4xh100},
    {"deepseek-official", deepseek_official},
    {"zartbot-prefill-h800", prefill_h800},
    {"zartbot-prefill-h20", prefill_h20},
    {"zartbot-decode-h800-b32", decode_h800_b32},
    {"zartbot-decode-h800-b64", decode_h800_b64},
    {"zartbot-decode-h800-b128", decode_h800_b128},
    {"zartbot-decode-h20-b32", decode_h20_b32},
    {"zartbot-decode-h20-3e-b32", decode_h20_3e_b32},
    {"zartbot-decode-h20-3e-b64", decode_h20_3e_b64},
};

}  // namespace

std::span<const Preset> presets() { return list; }

Outcome<Scenario> preset_scenario(std::string_view id) {
  for (const Preset& preset : list) {
    if (preset.id != id) continue;
    Scenario scenario = Scenario::defaults();
    for (const Setting& setting : preset.settings) {
      const Errors errors = scenario.set(setting.key, setting.value);
      if (!errors.empty()) return errors;
    }
    return scenario;
  }
  std::string names;
  for (const Preset& preset : list) names += (names.empty() ? "" : ", ") + std::string(preset.id);
  return Error{ErrorCode::unknown_preset, "preset", shown(id), names};
}

}  // namespace moecalc
