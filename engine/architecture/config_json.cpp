#include "architecture/config_json.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "architecture/parameter_count.h"
#include "json/object.h"
#include "json/parse.h"
#include "numbers/number_text.h"

namespace moecalc {
namespace {

using Json = nlohmann::ordered_json;
using Names = std::initializer_list<const char*>;

constexpr std::size_t most_bytes = 1 << 20;  // the largest published file, with a list of layers and of quantised modules, has 1/10
constexpr std::size_t deepest = 16;
constexpr std::size_t most_named = 32;  // unknown fields
constexpr double largest_count = 1e9;

std::string shown_json(const Json& value) { return shown(value.dump(-1, ' ', false, Json::error_handler_t::replace)); }

// The same care as for questions: a size, a depth, no key twice, and no exception leaves.
Outcome<Json> parse(std::string_view text) {
  Outcome<Json> document = parse_json(text, most_bytes, deepest);
  if (document.ok() && !document.value().is_object()) return Error{ErrorCode::not_an_object, "config.json", shown_json(document.value()), R"({"num_hidden_layers": 61})"};
  return document;
}

// Parts that an Architecture cannot hold, by the field that says a model has them. null, false, 0 and "" say that it has not.
constexpr const char* not_covered_fields[] = {
    // DeepSeek-V4: hyper-connections, compressed attention, grouped low-rank output, hash-routed layers.
    "hc_mult", "compress_ratios", "compress_ratios_summary", "o_lora_rank", "num_hash_layers",
    // Kimi: residuals between blocks, experts of another hidden size, Kimi Delta Attention. Nemotron's latent experts.
    "attn_res_block_size", "routed_expert_hidden_size", "linear_attn_config", "moe_latent_size",
    // MiniMax: block-sparse and lightning attention.
    "sparse_attention_config", "attn_type_list", "attention",
    // LongCat: experts that compute nothing. Step-3: multi-matrix factorised attention.
    "zero_expert_num", "share_q_dim",
    // State-space and convolution layers.
    "mamba_d_state", "mamba_num_heads", "mamba_d_ssm", "ssm_state_size", "ssm_cfg", "state_size", "hybrid_override_pattern", "attn_layer_period",
    "conv_L_cache",
    // Gemma 3n and 4: embeddings a layer, shared or differently shaped KV.
    "hidden_size_per_layer_input", "altup_num_inputs", "num_kv_shared_layers", "global_head_dim", "num_global_key_value_heads",
    "attention_k_eq_v",
    // Layers that differ from each other, share a KV cache or are run several times; encoders.
    "block_configs", "use_cla", "cross_attention_layers", "total_ut_steps", "is_encoder_decoder",
};

// Families whose feed-forward has two matrices and not three, or whose fields do not tell their shapes.
constexpr std::string_view not_covered_types[] = {
    "arcee", "apertus", "bloom", "falcon", "gpt2", "gpt_bigcode", "gpt_neox", "gptj", "mpt", "nemotron", "opt", "persimmon", "phi", "starcoder2",
    "minimax", "minimax_m1", "minimax_text_01", "mamba", "mamba2", "rwkv", "recurrent_gemma", "deepseek_v4", "step3", "step3_text", "longcat_flash",
};

// Families that were read and understood here.
constexpr std::string_view known_types[] = {
    "llama", "mistral", "mistral3", "ministral", "qwen2", "qwen2_moe", "qwen3", "qwen3_moe", "qwen3_next", "qwen3_5", "qwen3_5_text", "qwen3_5_moe",
    "qwen3_5_moe_text", "qwen2_5_vl_text", "qwen3_vl_text", "qwen3_vl_moe_text", "deepseek_v2", "deepseek_v3", "deepseek_v32", "kimi_k2",
    "glm4", "glm4_moe", "glm_moe_dsa", "gpt_oss", "llama4_text", "minimax_m2", "mixtral", "step3p5", "step3p7", "mimo", "mimo_v2_flash",
    "ernie4_5", "ernie4_5_moe", "hunyuan", "hunyuan_v1_dense", "hunyuan_v1_moe", "gemma", "gemma2", "gemma3", "gemma3_text", "phi3", "phimoe",
    "granite", "granitemoe", "granitemoeshared", "olmo2", "olmo3", "olmoe", "dots1", "seed_oss", "smollm3", "cohere", "cohere2", "exaone4",
};

// Fields that change neither work nor size.
constexpr std::string_view irrelevant_fields[] = {
    "add_full_attention_sink_bias", "add_swa_attention_sink_bias", "architectures", "attn_implementation", "attn_temperature_tuning", "auto_map",
    "attention_dropout", "aux_loss_alpha", "bad_words_ids", "beam_search", "begin_suppress_tokens", "chunk_size_feed_forward",
    "clip_qkv", "do_sample", "dtype", "early_stopping", "embedding_multiplier", "ep_size", "final_logit_softcapping", "finetuning_task", "floor_scale",
    "for_llm_compressor", "hidden_act", "hidden_activation", "id2label", "index_share_for_mtp_iteration", "index_skip_topk_offset",
    "indexer_rope_interleave", "initial_context_length", "label2id", "layernorm_epsilon", "logits_scaling", "max_length", "max_position_embeddings", "max_seq_len",
    "max_window_layers", "min_length", "model_max_length", "moe_renormalize", "moe_router_activation_func", "moe_router_activation", "mrope_section",
    "mtp_use_dedicated_embeddings", "n_expert_tokens", "name_or_path", "need_fp32_gate", "norm_expert_weight", "norm_topk_prob",
    "norm_type", "num_beams", "num_labels", "original_max_position_embeddings", "pad_token", "pretraining_tp", "problem_type", "pruned_heads",
    "qk_layernorm", "qk_norm_type", "qkv_bias", "query_pre_attn_scalar", "remove_invalid_values", "residual_multiplier", "return_dict",
    "rotary_dim", "rotary_percent", "scoring_func", "seq_aux", "seq_length", "sep_token", "swiglu_limit", "swiglu_limits", "swiglu_limits_shared",
    "temperature", "tf_legacy_loss", "tie_encoder_decoder", "tokenizer_class", "top_k", "top_p", "topk_method", "torch_dtype", "torchscript",
    "transformers_version", "typical_p", "use_bfloat16", "use_bias", "use_cache", "use_gemma_norm", "use_grouped_topk", "use_head_wise_attn_gate", "use_mrope",
    "use_moe_router_bias", "use_qk_norm", "use_qkv_bias", "use_rope_layers", "use_routing_bias", "vision_config", "audio_config", "yarn_only_types",
    "indexer_use_relu", "head_wise_attn_gate", "dense_attention_every_n_layers", "attention_multiplier", "attn_logit_softcapping", "attn_scale",
    "cache_implementation", "bos_token", "eos_token", "mlp_bias", "attention_bias", "attention_bias_qkv", "lm_head_bias",
    "attn_factor", "activated_params_B", "total_params_B", "active_params_B", "prefix", "task_specific_params", "sliding_window_pattern_type",
};
constexpr std::string_view irrelevant_starts[] = {"_", "rope_", "output_", "router_", "initializer", "activation_", "num_return", "moe_router_", "encoder_no", "swa_rope"};
constexpr std::string_view irrelevant_ends[] = {"_token_id", "_token_ids", "_token_index", "dropout", "_eps", "_coef", "_beta", "_dtype", "_theta", "_scaling", "_penalty", "_factor", "_factors",
                                                "_prob", "_pdrop", "attention_value_scale", "_parameters", "_interleave", "_sizes"};

template <class List>
bool contains(const List& list, std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

bool is_irrelevant(std::string_view name) {
  return contains(irrelevant_fields, name) ||
         std::any_of(std::begin(irrelevant_starts), std::end(irrelevant_starts), [&](std::string_view start) { return name.starts_with(start); }) ||
         std::any_of(std::begin(irrelevant_ends), std::end(irrelevant_ends), [&](std::string_view end) { return name.ends_with(end); });
}

bool says_nothing(const Json& value) {
  return value.is_null() || (value.is_boolean() && !value.get<bool>()) || (value.is_number() && value.get<double>() == 0) || (value.is_string() && value.get_ref<const std::string&>().empty()) ||
         (value.is_structured() && value.empty());
}

class ConfigReader {
 public:
  explicit ConfigReader(const Json& document) : outer_(document), config_(document) {
    // Models that see and hear wrap the language model's fields.
    for (const char* name : {"text_config", "llm_config", "language_config"}) {
      const auto nested = document.find(name);
      if (nested == document.end() || !nested->is_object() || nested->empty()) continue;
      config_ = *nested;
      imported_.notes.push_back({ConfigNoteCode::text_part_only, name, {}});
      break;
    }
  }

  Outcome<ImportedConfig> read() {
    refuse_what_is_not_covered();
    if (!errors_.empty()) return errors_;
    read_sizes();
    if (errors_.empty()) read_attention();
    if (errors_.empty()) read_layer_kinds();
    if (errors_.empty()) read_linear_attention();
    if (errors_.empty()) read_indexer();
    if (errors_.empty()) read_experts();
    if (errors_.empty()) read_rest();
    if (errors_.empty()) check();
    if (!errors_.empty()) return errors_;
    name_unknown_fields();
    return std::move(imported_);
  }

 private:
  Architecture& a() { return imported_.architecture; }
  bool is(std::initializer_list<std::string_view> types) const { return contains(types, type_); }
  void note(ConfigNoteCode code, std::string field, std::string value) { imported_.notes.push_back({code, std::move(field), std::move(value)}); }
  void not_covered(std::string field, const Json& value) { errors_.push_back({ErrorCode::model_not_covered, std::move(field), shown_json(value), {}}); }
  void missing(const char* field) { errors_.push_back({ErrorCode::config_missing_field, field, {}, {}}); }
  void inconsistent(std::string field, double value, std::string allowed) {
    errors_.push_back({ErrorCode::inconsistent, std::move(field), shortest_text(value), std::move(allowed)});
  }

  // --- one field ---

  // Null when the field is absent or null.
  const Json* find(const char* name) {
    const auto found = config_.find(name);
    if (found == config_.end()) return nullptr;
    used_.insert(name);
    return found->is_null() ? nullptr : &*found;
  }

  std::optional<double> as_count(const char* name, const Json& value) {
    if (value.is_array() && !value.empty()) {  // one number a layer: only if they are all the same
      const bool is_uniform = std::all_of(value.begin(), value.end(), [&](const Json& each) { return each == value.front(); });
      if (is_uniform) return as_count(name, value.front());
      not_covered(name, value);
      return std::nullopt;
    }
    if (!value.is_number()) {
      errors_.push_back({ErrorCode::wrong_type, name, shown_json(value), "0…" + shortest_text(largest_count)});
      return std::nullopt;
    }
    const double number = value.get<double>();
    if (number >= 0 && number <= largest_count && number == std::floor(number)) return number;
    errors_.push_back({number == std::floor(number) ? ErrorCode::out_of_range : ErrorCode::not_an_integer, name, shown_json(value), "0…" + shortest_text(largest_count)});
    return std::nullopt;
  }

  // A whole number under any of its spellings; two that disagree are an error.
  std::optional<double> count(Names names) {
    std::optional<double> found;
    for (const char* name : names) {
      const Json* value = find(name);
      if (value == nullptr) continue;
      const std::optional<double> number = as_count(name, *value);
      if (number && found && *number != *found) inconsistent(name, *number, shortest_text(*found));
      if (!found) found = number;
    }
    return found;
  }

  double required(Names names) {
    const std::size_t before = errors_.size();
    const std::optional<double> found = count(names);
    if (!found && errors_.size() == before) missing(*names.begin());
    return found.value_or(0);
  }

  std::optional<bool> flag(const char* name) {
    const Json* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_boolean()) return value->get<bool>();
    errors_.push_back({ErrorCode::wrong_type, name, shown_json(*value), "true, false"});
    return std::nullopt;
  }

  // How many layers have each value of a list with one entry a layer, or of its summary in the catalogue ("<name>_summary"). A list may go on
  // with the draft layers: those are left out.
  std::optional<std::map<std::string, double>> layers_by_value(const std::string& name) {
    std::map<std::string, double> counts;
    double sum = 0;
    const std::string summary_name = name + "_summary";
    if (const Json* list = find(name.c_str()); list != nullptr && list->is_array()) {
      for (const Json& each : *list) {
        if (sum == a().layers) break;
        ++counts[each.is_string() ? each.get<std::string>() : each.dump(-1, ' ', false, Json::error_handler_t::replace)];
        ++sum;
      }
    } else if (const Json* summary = find(summary_name.c_str()); summary != nullptr && summary->is_object()) {
      for (const auto& [value, number] : summary->items()) {
        const std::optional<double> layers = as_count(summary_name.c_str(), number);
        counts[value] += layers.value_or(0);
        sum += layers.value_or(0);
      }
    } else {
      return std::nullopt;
    }
    if (sum != a().layers) inconsistent(name, sum, shortest_text(a().layers));
    return counts;
  }

  // --- the parts ---

  void refuse_what_is_not_covered() {
    const Json* type = find("model_type");
    if (type == nullptr && outer_.contains("model_type")) type = &outer_["model_type"];
    if (type != nullptr && type->is_string()) type_ = type->get<std::string>();
    imported_.model_type = shown(type_);
    if (contains(not_covered_types, type_)) not_covered("model_type", type_);
    for (const char* name : not_covered_fields) {
      const auto found = config_.find(name);
      if (found == config_.end()) continue;
      used_.insert(name);
      if (!says_nothing(*found)) not_covered(name, *found);
    }
    if (const auto act = config_.find("hidden_act"); act != config_.end() && (*act == "relu2" || *act == "xielu")) not_covered("hidden_act", *act);
    if (!type_.empty() && !contains(known_types, type_)) note(ConfigNoteCode::unknown_model_type, "model_type", imported_.model_type);
  }

  void read_sizes() {
    a().layers = required({"num_hidden_layers", "num_layers"});
    a().hidden_size = required({"hidden_size"});
    a().vocab_size = required({"vocab_size"});
    a().heads = required({"num_attention_heads"});
    // Loops below run over the layers.
    if (errors_.empty() && (a().layers < 1 || a().layers > 1024)) errors_.push_back({ErrorCode::out_of_range, "num_hidden_layers", shortest_text(a().layers), "1…1024"});
    if (errors_.empty() && a().heads < 1) errors_.push_back({ErrorCode::out_of_range, "num_attention_heads", shortest_text(a().heads), "1…"});
  }

  void read_attention() {
    a().kv_lora_rank = count({"kv_lora_rank"}).value_or(0);
    const std::optional<double> head_dim = count({"head_dim"});
    const std::optional<double> kv_heads = count({"num_key_value_heads", "num_attention_groups"});
    if (a().kv_lora_rank > 0) {
      a().attention_kind = static_cast<double>(AttentionKind::mla);
      a().q_lora_rank = count({"q_lora_rank"}).value_or(0);
      a().qk_rope_head_dim = required({"qk_rope_head_dim"});
      a().v_head_dim = required({"v_head_dim"});
      const std::optional<double> whole = count({"qk_head_dim"});
      const std::optional<double> nope = count({"qk_nope_head_dim"});
      if (whole && nope && *whole != *nope + a().qk_rope_head_dim) inconsistent("qk_head_dim", *whole, shortest_text(*nope + a().qk_rope_head_dim));
      if (!nope && !whole) missing("qk_nope_head_dim");
      a().qk_nope_head_dim = nope ? *nope : whole.value_or(0) - a().qk_rope_head_dim;
      return;
    }
    a().kv_heads = kv_heads.value_or(a().heads);
    if (head_dim) {
      a().head_dim = *head_dim;
    } else {
      a().head_dim = a().hidden_size / a().heads;
      if (a().head_dim != std::floor(a().head_dim)) return missing("head_dim");
      note(ConfigNoteCode::head_dim_derived, "head_dim", shortest_text(a().head_dim));
    }
    a().v_head_dim = count({"v_head_dim"}).value_or(a().head_dim);
    const bool gated_family = is({"qwen3_next", "qwen3_5", "qwen3_5_text", "qwen3_5_moe", "qwen3_5_moe_text"});
    const std::optional<bool> gate = flag("attn_output_gate");
    const std::optional<bool> gate_too = flag("attention_output_gate");
    a().attention_output_gate = gate.value_or(gate_too.value_or(gated_family)) ? 1 : 0;
  }

  // Which layers attend to everything, to a window, or keep a linear state.
  void read_layer_kinds() {
    const auto kinds = layers_by_value("layer_types");
    const auto pattern = layers_by_value("hybrid_layer_pattern");
    const std::optional<double> full_every = count({"full_attention_interval"});
    const Json* repeated = find("sliding_window_pattern");
    const Json* roped = find("no_rope_layers");
    const std::optional<double> unroped_every = count({"no_rope_layer_interval"});
    const std::optional<double> first_window_layer = count({"max_window_layers"});
    const std::optional<bool> use_window = flag("use_sliding_window");
    const std::optional<double> chunk = count({"attention_chunk_size"});
    const std::optional<double> sliding = count({"sliding_window", "sliding_window_size"});
    const double window = sliding.value_or(is({"llama4_text"}) ? chunk.value_or(0) : 0);
    const std::optional<double> context = count({"max_position_embeddings"});

    if (kinds) {
      for (const auto& [kind, layers] : *kinds) {
        if (kind == "sliding_attention" || kind == "chunked_attention") {
          a().window_layers += layers;
        } else if (kind == "linear_attention") {
          a().linear_layers += layers;
        } else if (kind != "full_attention" && kind != "attention") {
          not_covered("layer_types", kind);
        }
      }
    } else if (pattern) {
      for (const auto& [kind, layers] : *pattern) {
        if (kind == "1") a().window_layers += layers;
        if (kind != "0" && kind != "1") not_covered("hybrid_layer_pattern", kind);
      }
    } else if (full_every && *full_every > 0) {
      a().linear_layers = a().layers - std::floor(a().layers / *full_every);
    } else if (window > 0 && use_window != false && (!context || window < *context)) {
      assume_window_layers(repeated, roped, unroped_every, first_window_layer, use_window);
    }
    if (a().window_layers == 0) return;
    if (a().kv_lora_rank > 0) return not_covered("sliding_window", window);
    if (window == 0) return missing("sliding_window");
    a().window_tokens = window;
    read_window_heads();
  }

  void assume_window_layers(const Json* repeated, const Json* roped, std::optional<double> unroped_every, std::optional<double> first_window_layer,
                            std::optional<bool> use_window) {
    const double layers = a().layers;
    const auto full_one_in = [&](double n) { return n > 0 ? layers - std::floor(layers / n) : layers; };
    if (repeated != nullptr && repeated->is_number()) {
      a().window_layers = full_one_in(as_count("sliding_window_pattern", *repeated).value_or(0));
    } else if (repeated != nullptr && repeated->is_string() && !repeated->get_ref<const std::string&>().empty()) {
      const std::string& letters = repeated->get_ref<const std::string&>();  // "LLLG": local, local, local, global
      for (std::size_t i = 0; i < static_cast<std::size_t>(layers); ++i) a().window_layers += letters[i % letters.size()] == 'L' ? 1 : 0;
    } else if (roped != nullptr && roped->is_array() && !roped->empty()) {
      a().window_layers = static_cast<double>(std::count(roped->begin(), roped->end(), 1));
    } else if (is({"llama4_text"})) {
      a().window_layers = full_one_in(unroped_every.value_or(4));
    } else if (is({"gpt_oss", "gemma2"})) {
      a().window_layers = std::ceil(layers / 2);
    } else if (is({"gemma3", "gemma3_text"})) {
      a().window_layers = full_one_in(6);
    } else if (first_window_layer) {
      if (use_window == true) a().window_layers = std::max(0.0, layers - *first_window_layer);
    } else if (is({"qwen2", "qwen2_moe", "qwen3", "qwen3_moe"})) {
      return;  // these use their window only when told to
    } else {
      a().window_layers = layers;
    }
    if (a().window_layers > 0) note(ConfigNoteCode::window_layers_assumed, "layer_types", shortest_text(a().window_layers));
  }

  // An Architecture has the same query heads and head sizes in all layers; the window layers' KV heads may differ.
  void read_window_heads() {
    a().window_kv_heads = count({"swa_num_key_value_heads"}).value_or(a().kv_heads);
    const auto same = [&](const char* name, std::optional<double> value, double as) {
      if (value && *value != as) not_covered(name, *value);
    };
    same("swa_num_attention_heads", count({"swa_num_attention_heads"}), a().heads);
    same("num_sliding_attention_heads", count({"num_sliding_attention_heads"}), a().heads);
    same("swa_head_dim", count({"swa_head_dim"}), a().head_dim);
    same("swa_v_head_dim", count({"swa_v_head_dim"}), a().v_head_dim);
    const Json* other = find("attention_other_setting");
    if (other == nullptr || !other->is_object()) return;
    const auto of_other = [&](const char* name) {
      const auto found = other->find(name);
      return found == other->end() || found->is_null() ? std::nullopt : as_count("attention_other_setting", *found);
    };
    same("attention_other_setting.num_attention_heads", of_other("num_attention_heads"), a().heads);
    same("attention_other_setting.head_dim", of_other("head_dim"), a().head_dim);
    a().window_kv_heads = of_other("num_attention_groups").value_or(a().window_kv_heads);
  }

  void read_linear_attention() {
    const bool has = a().linear_layers > 0;
    const auto take = [&](Names names) { return has ? required(names) : count(names).value_or(0) * 0; };
    a().linear_key_heads = take({"linear_num_key_heads"});
    a().linear_value_heads = take({"linear_num_value_heads"});
    a().linear_key_head_dim = take({"linear_key_head_dim"});
    a().linear_value_head_dim = take({"linear_value_head_dim"});
    a().linear_conv_kernel = take({"linear_conv_kernel_dim"});
  }

  void read_indexer() {
    a().index_topk = count({"index_topk"}).value_or(0);
    const std::optional<double> one_in = count({"index_topk_freq"});
    const auto kinds = layers_by_value("indexer_types");
    if (a().index_topk == 0) return;
    if (a().kv_lora_rank == 0 || a().q_lora_rank == 0) return not_covered("index_topk", a().index_topk);
    a().index_heads = required({"index_n_heads"});
    a().index_head_dim = required({"index_head_dim"});
    a().index_layers = a().layers;
    if (kinds) {  // "shared" layers use the choice of the layer before
      const auto own = kinds->find("full");
      a().index_layers = own == kinds->end() ? 0 : own->second;
    } else if (one_in && *one_in > 1) {
      missing("indexer_types");
    }
  }

  void read_experts() {
    const std::optional<double> experts = count({"n_routed_experts", "num_experts", "num_local_experts", "moe_num_experts"});
    const std::optional<double> per_token = count({"num_experts_per_tok", "num_experts_per_token", "experts_per_token", "moe_topk", "moe_k", "moe_top_k"});
    const std::optional<double> plain = count({"intermediate_size", "ffn_hidden_size"});
    const std::optional<double> of_expert = count({"moe_intermediate_size", "expert_ffn_hidden_size"});
    const std::optional<double> of_dense = count({"dense_intermediate_size", "intermediate_size_mlp"});
    const bool has_experts = experts.value_or(0) > 1;
    const double sparse = count_moe_layers();
    const double shared = read_shared_experts(of_expert ? of_expert : plain);
    const std::optional<double> groups = count({"n_group", "num_expert_group"});
    const std::optional<double> group_limit = count({"topk_group"});
    if (!errors_.empty()) return;

    a().moe_layers = has_experts ? sparse : 0;
    const bool has_dense = a().moe_layers < a().layers;
    if (has_experts) {
      a().experts = *experts;
      if (!per_token) return missing("num_experts_per_tok");
      a().experts_per_token = *per_token;
      // Where experts have no size of their own, intermediate_size is theirs (Mixtral, gpt-oss, MiniMax, Llama 4).
      if (!of_expert && !plain) return missing("moe_intermediate_size");
      a().expert_intermediate_size = of_expert ? *of_expert : *plain;
      a().shared_expert_intermediate_size = shared;
      if (groups.value_or(1) > 1 && group_limit.value_or(*groups) < *groups) {
        a().expert_groups = *groups;
        a().expert_group_limit = *group_limit;
      }
    }
    if (!has_dense) return;
    const bool plain_is_dense = !has_experts || of_expert.has_value();
    if (!of_dense && !(plain && plain_is_dense)) return missing(has_experts ? "dense_intermediate_size" : "intermediate_size");
    a().dense_intermediate_size = of_dense ? *of_dense : *plain;
  }

  // Widths of all shared experts of a layer together.
  double read_shared_experts(std::optional<double> of_expert) {
    const std::optional<double> number = count({"n_shared_experts", "num_shared_experts", "num_shared_expert", "moe_num_shared_experts"});
    const std::optional<double> together = count({"shared_expert_intermediate_size", "share_expert_dim", "shared_intermediate_size"});
    const std::optional<double> each = count({"moe_shared_expert_intermediate_size"});
    if (flag("use_mixed_mlp_moe") == false) return 0;
    if (together) return *together;
    if (is({"llama4_text"})) return of_expert.value_or(0);
    return number.value_or(0) * (each ? *each : of_expert.value_or(0));
  }

  double count_moe_layers() {
    const double layers = a().layers;
    const auto kinds = layers_by_value("mlp_layer_types");
    const Json* frequency = config_.contains("moe_layer_freq") && config_["moe_layer_freq"].is_number() ? find("moe_layer_freq") : nullptr;
    const auto frequencies = frequency == nullptr ? layers_by_value("moe_layer_freq") : std::nullopt;
    const Json* listed = find("moe_layers_enum");
    if (listed == nullptr) listed = find("moe_layers");
    const std::optional<double> every = count({"interleave_moe_layer_step"});
    const double first = count({"first_k_dense_replace", "moe_layer_start_index", "moe_layer_num_skipped", "num_dense_layers"}).value_or(0);
    const Json* end = find("moe_layer_end_index");
    const double step = std::max(1.0, count({"decoder_sparse_step", "moe_layer_interval"}).value_or(1));
    const double freq = frequency == nullptr ? 1 : std::max(1.0, as_count("moe_layer_freq", *frequency).value_or(1));
    const Json* dense = find("mlp_only_layers");

    if (kinds) {
      const auto sparse = kinds->find("sparse");
      return sparse == kinds->end() ? 0 : sparse->second;
    }
    if (frequencies) {
      const auto sparse = frequencies->find("1");
      return sparse == frequencies->end() ? 0 : sparse->second;
    }
    if (every) return *every > 0 ? std::floor(layers / *every) : 0;
    if (listed != nullptr) return count_listed_layers(*listed);
    // ERNIE writes -1 for "to the last".
    const double last = end != nullptr && end->is_number() && end->get<double>() >= 0 ? end->get<double>() : layers - 1;
    double sparse = 0;
    for (double i = first; i < layers && i <= last; ++i) {
      const bool is_listed_dense = dense != nullptr && dense->is_array() && std::find(dense->begin(), dense->end(), i) != dense->end();
      if (std::fmod(i, freq) == 0 && std::fmod(i + 1, step) == 0 && !is_listed_dense) ++sparse;
    }
    return sparse;
  }

  // A list of layer numbers, or the same as text: "3,4,5". Draft layers, numbered after the others, are left out.
  double count_listed_layers(const Json& list) {
    std::set<double> sparse;
    const auto take = [&](std::optional<double> layer) {
      if (layer && *layer >= 0 && *layer < a().layers) sparse.insert(*layer);
    };
    if (list.is_array()) {
      for (const Json& each : list) take(each.is_number() ? std::optional<double>(each.get<double>()) : std::nullopt);
    } else if (list.is_string()) {
      const std::string& text = list.get_ref<const std::string&>();
      for (std::size_t at = 0; at <= text.size();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        take(parse_number(std::string_view(text).substr(at, comma - at)));
        at = comma + 1;
      }
    }
    return static_cast<double>(sparse.size());
  }

  void read_rest() {
    const std::optional<double> modules = count({"num_mtp_modules"});
    const std::optional<double> layers_of_module = count({"mtp_transformer_layers"});
    const std::optional<double> drafts = count({"num_nextn_predict_layers", "mtp_num_hidden_layers", "num_mtp_layers", "mtp_num_layers"});
    if (flag("use_mtp") != false) a().mtp_layers = drafts ? *drafts : modules.value_or(0) * layers_of_module.value_or(1);

    std::optional<bool> tied = flag("tie_word_embeddings");
    if (!tied && outer_.contains("tie_word_embeddings") && outer_["tie_word_embeddings"].is_boolean()) tied = outer_["tie_word_embeddings"].get<bool>();
    if (!tied) {
      tied = is({"gemma", "gemma2", "gemma3", "gemma3_text", "ernie4_5", "ernie4_5_moe", "cohere", "cohere2"});
      note(ConfigNoteCode::tied_assumed, "tie_word_embeddings", *tied ? "true" : "false");
    }
    a().tied_embeddings = *tied ? 1 : 0;

    const Json* quantization = find("quantization_config");
    if (quantization == nullptr && outer_.contains("quantization_config")) quantization = &outer_["quantization_config"];
    if (quantization != nullptr && quantization->is_object() && a().experts > 0) read_quantization(*quantization);
  }

  // gpt-oss (MXFP4) and Kimi (INT4 from compressed-tensors) leave everything but the routed experts in BF16.
  void read_quantization(const Json& quantization) {
    const auto method = quantization.find("quant_method");
    if (method == quantization.end()) return;
    if (*method == "mxfp4") a().experts_only_quantized = 1;
    if (*method != "compressed-tensors") return;
    const auto left_out = quantization.find("ignore");
    if (left_out != quantization.end() && left_out->is_array()) {
      const auto names = [&](const char* part) {
        return std::any_of(left_out->begin(), left_out->end(), [&](const Json& each) { return each.is_string() && each.get_ref<const std::string&>().find(part) != std::string::npos; });
      };
      if (names("self_attn") && (a().shared_expert_intermediate_size == 0 || names("shared_expert"))) a().experts_only_quantized = 1;
    } else if (is({"kimi_k2"})) {
      a().experts_only_quantized = 1;
      note(ConfigNoteCode::experts_only_assumed, "quantization_config", "compressed-tensors");
    }
  }

  void check() {
    for (const ArchitectureField& field : architecture_fields()) {
      const double value = a().*field.member;
      if (value >= field.minimum && value <= field.maximum) continue;
      errors_.push_back({ErrorCode::out_of_range, std::string(field.key), shortest_text(value), range_text(field.minimum, field.maximum)});
    }
    const bool has_grouped = a().kv_lora_rank == 0;
    if (has_grouped && (a().head_dim < 1 || a().kv_heads < 1 || std::fmod(a().heads, a().kv_heads) != 0)) inconsistent("num_key_value_heads", a().kv_heads, "heads / 1, 2, 3…");
    if (a().window_layers > 0 && (a().window_kv_heads < 1 || std::fmod(a().heads, a().window_kv_heads) != 0)) inconsistent("swa_num_key_value_heads", a().window_kv_heads, "heads / 1, 2, 3…");
    if (a().moe_layers > 0 && (a().experts_per_token < 1 || a().experts_per_token > a().experts)) inconsistent("num_experts_per_tok", a().experts_per_token, "1…" + shortest_text(a().experts));
    if (a().window_layers + a().linear_layers > a().layers) inconsistent("layer_types", a().window_layers + a().linear_layers, "…" + shortest_text(a().layers));
  }

  void name_unknown_fields() {
    for (const auto& [name, value] : config_.items()) {
      if (used_.contains(name) || is_irrelevant(name)) continue;
      if (imported_.unknown_fields.size() < most_named) imported_.unknown_fields.push_back(shown(name));
    }
  }

  const Json& outer_;
  Json config_;
  std::string type_;
  std::set<std::string> used_;
  Errors errors_;
  ImportedConfig imported_;
};

Json plain_number(double value) {
  if (std::trunc(value) == value && std::fabs(value) < 9e15) return static_cast<std::int64_t>(value);
  return value;
}

Json count_json(const ParameterCount& count) {
  Json object = Json::object();
  object["sum"] = plain_number(count.sum());
  for (const ParameterPart& part : parameter_parts) object[part.key] = plain_number(count.*part.member);
  return object;
}

}  // namespace

std::string_view name_of(ConfigNoteCode code) {
  switch (code) {
    case ConfigNoteCode::unknown_model_type: return "unknown_model_type";
    case ConfigNoteCode::text_part_only: return "text_part_only";
    case ConfigNoteCode::head_dim_derived: return "head_dim_derived";
    case ConfigNoteCode::tied_assumed: return "tied_assumed";
    case ConfigNoteCode::window_layers_assumed: return "window_layers_assumed";
    case ConfigNoteCode::experts_only_assumed: return "experts_only_assumed";
  }
  return {};
}

Outcome<ImportedConfig> read_config(std::string_view text) {
  const Outcome<Json> document = parse(text);
  if (!document.ok()) return document.errors();
  return ConfigReader(document.value()).read();
}

Json architecture_json(const Architecture& architecture) {
  Json object = Json::object();
  for (const ArchitectureField& field : architecture_fields()) {
    const double value = architecture.*field.member;
    if (value != 0) object[std::string(field.key)] = plain_number(value);
  }
  return object;
}

Json imported_config_json(const ImportedConfig& imported) {
  const Architecture& a = imported.architecture;
  Json object;
  object["model_type"] = imported.model_type;
  object["architecture"] = architecture_json(a);
  object["total_parameters"] = count_json(total_parameters(a));
  object["active_parameters"] = count_json(active_parameters(a));
  object["kv_elements_per_token"] = plain_number(kv_elements_per_token(a));
  object["index_elements_per_token"] = plain_number(index_elements_per_token(a));
  object["window_elements_per_sequence"] = plain_number(window_elements_per_sequence(a));
  object["linear_elements_per_sequence"] = plain_number(linear_elements_per_sequence(a));
  Json notes = Json::array();
  for (const ConfigNote& note : imported.notes) notes.push_back(JsonObject()
      .put("code", name_of(note.code))
      .put("field", note.field)
      .put("value", note.value)
      .json());
  object["notes"] = std::move(notes);
  object["unknown_fields"] = imported.unknown_fields;
  return object;
}

}  // namespace moecalc
