// The catalogue: devices, models and the sources of their numbers, compiled in as constant tables.
//
// Picture: every number is a Fact. It is known, or the device cannot do what it counts (unsupported), or nobody
// has told us (unknown); unknown is never 0, and a method that needs an unknown value refuses and names it. A Fact
// carries where it comes from: the kind of evidence, the index of its source, and a mark when it is unverified.
//
// Units stand in the names. GB is 1e9 bytes, bandwidth of a link is one direction, peaks are dense and per device,
// networks are in Gbit/s per device. memory_marketed_gb is the number on the box: for HBM it is nearly GiB (an
// "80 GB" H100 reports 81,559 MiB), so how to read it is the engine's decision, not the catalogue's.
//
// The tables are written by generate.mjs from data/*.json, which are the only place where a number is entered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "architecture/architecture.h"

namespace moecalc {

enum class FactState : std::uint8_t { unknown, unsupported, known };

enum class FactKind : std::uint8_t {
  datasheet,  // the vendor states it
  measured,   // somebody measured it
  published,  // somebody other than the vendor states it
  assumed,    // derived from another number, or written from memory
};

struct Fact {
  double value = 0;  // in the unit of the member's name; meaningless unless known()
  FactState state = FactState::unknown;
  FactKind kind = FactKind::assumed;
  bool unverified = false;
  std::int16_t source = -1;    // index into sources(); -1 only when unknown
  std::string_view note = {};  // the date of a price, what a measurement ran, what other sources say

  constexpr bool known() const { return state == FactState::known; }
};

// The same for words; an empty value is unknown.
struct TextFact {
  std::string_view value = {};
  FactKind kind = FactKind::assumed;
  bool unverified = false;
  std::int16_t source = -1;
  std::string_view note = {};

  constexpr bool known() const { return !value.empty(); }
};

struct Source {
  std::string_view id;
  std::string_view title;
  FactKind kind = FactKind::assumed;
  std::string_view date;  // ISO 8601, as precise as known: "2025", "2025-03", "2025-03-14"; empty when unknown
  std::string_view url;
  std::string_view repository;  // owner/name on GitHub
  std::string_view commit;      // its first digits
  std::string_view licence;     // SPDX
};

struct Device {
  std::string_view id;  // the spelling used everywhere
  std::string_view name;
  std::span<const std::string_view> aliases;
  std::string_view vendor;
  std::string_view architecture;  // empty when unknown

  Fact year;
  Fact peak_dense_bf16_tflops;
  Fact peak_dense_fp16_tflops;
  Fact peak_dense_fp8_tflops;
  Fact peak_dense_int8_tops;
  Fact peak_dense_fp4_tflops;
  Fact memory_marketed_gb;
  Fact memory_bandwidth_gb_per_s;
  Fact scaleup_unidirectional_gb_per_s;  // per device
  Fact scaleout_nic_gbit_per_s;          // per device, in the usual server
  Fact tdp_w;
  Fact sm_count;  // SM, CU or core: what the vendor schedules work on
  Fact boost_mhz;
  Fact usd_per_gpu_hour;  // the note says who asked it and when
  // What real kernels reach, beside the peaks above.
  Fact measured_bf16_tflops;
  Fact measured_fp8_tflops;
  Fact measured_memory_bandwidth_gb_per_s;
  // Devices in one scale-up domain. The two differ where the system is sold in several sizes.
  Fact scaleup_domain_devices_min;
  Fact scaleup_domain_devices_max;
  // Units for the format: known (value 1), unsupported, or unknown.
  Fact native_fp8;
  Fact native_fp4;

  TextFact memory_type;
  TextFact scaleup_kind;

  std::string_view confidence;  // how far the entry as a whole can be trusted
  std::string_view notes;
  std::span<const int> sources;  // of the entry as a whole, indices into sources(); at least one
};

// One whole number of a config.json. unsupported: the file says null (DeepSeek-V2-Lite has no query compression).
struct ConfigInteger {
  std::int64_t value = 0;
  FactState state = FactState::unknown;

  constexpr bool known() const { return state == FactState::known; }
};

// The fields of config.json that shape the work, under DeepSeek's names; other spellings of the same field
// (num_experts, num_local_experts, moe_k ...) are folded into them. A meaning that depends on the model family is
// not: Mixtral and Llama 4 call the size of an expert intermediate_size, and so does the table.
struct ModelShape {
  ConfigInteger hidden_size;
  ConfigInteger num_hidden_layers;
  ConfigInteger first_k_dense_replace;
  ConfigInteger intermediate_size;
  ConfigInteger moe_intermediate_size;
  ConfigInteger n_routed_experts;
  ConfigInteger n_shared_experts;
  ConfigInteger num_experts_per_tok;
  ConfigInteger num_attention_heads;
  ConfigInteger num_key_value_heads;
  ConfigInteger head_dim;
  ConfigInteger q_lora_rank;
  ConfigInteger kv_lora_rank;
  ConfigInteger qk_nope_head_dim;
  ConfigInteger qk_rope_head_dim;
  ConfigInteger v_head_dim;
  ConfigInteger vocab_size;
  ConfigInteger num_nextn_predict_layers;
  ConfigInteger n_group;
  ConfigInteger topk_group;
};

// Which parts a published number of parameters has; publishers differ (published_count.h). What most of them count is in generate.mjs.
struct CountedParts {
  bool embedding = false;
  bool lm_head = false;
  bool router = false;
  bool all_layers_as_moe = false;  // as if the dense layers had experts too
  bool digits_cut = false;         // a whole number, cut and not rounded
  double vision_b = 0;             // of the vision tower, which the architecture does not have
};

struct Model {
  std::string_view id;
  std::string_view name;
  // Hugging Face names and common spellings. A quantised republication (-FP8, NVFP4) shares the entry: the
  // catalogue gives shapes; in which format the weights are served is a choice of the scenario.
  std::span<const std::string_view> aliases;
  Fact published_total_b;   // parameters in billions, as the publisher states them
  Fact published_active_b;  // of those, used for one token
  std::string_view model_type;
  ModelShape shape;
  std::string_view config_json;     // the whole config, compact JSON; empty when none is known
  std::string_view same_shapes_as;  // id of the model whose config this entry shows; usually empty
  bool complete = false;            // enough is known to count the weights
  std::string_view incomplete_because;
  Architecture architecture = {};  // all 0 when not covered
  bool covered = false;            // the architecture says everything that the model's work and size follow from
  std::string_view not_covered_because = {};
  CountedParts total_counts = {};
  CountedParts active_counts = {};
  std::string_view published_counts_note = {};
  bool unverified = false;  // the whole shape is unverified
  std::string_view confidence;
  std::string_view notes;
  std::span<const int> sources;  // of the shape; indices into sources(); at least one
};

std::span<const Device> devices();
std::span<const Model> models();
std::span<const Source> sources();

// By id or alias, whole names only ("H20" is not H200): case does not matter and '_' equals '-'.
// Null when there is no such entry. A model is also found by the name of a republication with the same shapes: another publisher's prefix, a number
// format, a tuning or a date at the end ("nvidia/DeepSeek-R1-0528-FP4-v2").
const Device* find_device(std::string_view name);
const Model* find_model(std::string_view name);
const Source* find_source(std::string_view id);

// Position in devices() or models(), for tables of the caller.
std::optional<std::size_t> device_index(std::string_view name);
std::optional<std::size_t> model_index(std::string_view name);

// Null for an unknown fact.
const Source* source_of(const Fact& fact);
const Source* source_of(const TextFact& fact);

// The same members as lists, for whoever handles them all alike: JSON, CSV, overrides, tests.
struct DeviceField {
  std::string_view key;   // the member's name
  std::string_view unit;  // for people; empty for counts
  Fact Device::*member;
};
struct DeviceFlagField {
  std::string_view key;
  Fact Device::*member;
};
struct DeviceTextField {
  std::string_view key;
  TextFact Device::*member;
};
struct ModelShapeField {
  std::string_view key;
  ConfigInteger ModelShape::*member;
};
std::span<const DeviceField> device_fields();
std::span<const DeviceFlagField> device_flag_fields();
std::span<const DeviceTextField> device_text_fields();
std::span<const ModelShapeField> model_shape_fields();

// "known", "unsupported", "unknown"; "datasheet", "measured", "published", "assumed".
std::string_view name_of(FactState state);
std::string_view name_of(FactKind kind);

}  // namespace moecalc
