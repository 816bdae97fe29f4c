#include "catalogue/catalogue.h"

namespace moecalc {
namespace {

// The generated tables are written with these four functions: short to read, and checked by the compiler.
constexpr Fact known(double value, FactKind kind, std::int16_t source, bool unverified = false,
                     std::string_view note = {}) {
  return {value, FactState::known, kind, unverified, source, note};
}

constexpr Fact unsupported(FactKind kind, std::int16_t source, bool unverified = false, std::string_view note = {}) {
  return {0, FactState::unsupported, kind, unverified, source, note};
}

constexpr TextFact known_text(std::string_view value, FactKind kind, std::int16_t source, bool unverified = false,
                              std::string_view note = {}) {
  return {value, kind, unverified, source, note};
}

#ifdef MOECALC_SLIM_CATALOGUE
#include "catalogue_tables_slim.inc"
#else
#include "catalogue_tables.inc"
#endif

constexpr DeviceField device_field_table[] = {
    {"year", "", &Device::year},
    {"peak_dense_bf16_tflops", "TFLOPS", &Device::peak_dense_bf16_tflops},
    {"peak_dense_fp16_tflops", "TFLOPS", &Device::peak_dense_fp16_tflops},
    {"peak_dense_fp8_tflops", "TFLOPS", &Device::peak_dense_fp8_tflops},
    {"peak_dense_int8_tops", "TOPS", &Device::peak_dense_int8_tops},
    {"peak_dense_fp4_tflops", "TFLOPS", &Device::peak_dense_fp4_tflops},
    {"memory_marketed_gb", "GB (as marketed)", &Device::memory_marketed_gb},
    {"memory_bandwidth_gb_per_s", "GB/s", &Device::memory_bandwidth_gb_per_s},
    {"scaleup_unidirectional_gb_per_s", "GB/s", &Device::scaleup_unidirectional_gb_per_s},
    {"scaleout_nic_gbit_per_s", "Gbit/s", &Device::scaleout_nic_gbit_per_s},
    {"tdp_w", "W", &Device::tdp_w},
    {"sm_count", "", &Device::sm_count},
    {"boost_mhz", "MHz", &Device::boost_mhz},
    {"usd_per_gpu_hour", "USD/h", &Device::usd_per_gpu_hour},
    {"measured_bf16_tflops", "TFLOPS", &Device::measured_bf16_tflops},
    {"measured_fp8_tflops", "TFLOPS", &Device::measured_fp8_tflops},
    {"measured_memory_bandwidth_gb_per_s", "GB/s", &Device::measured_memory_bandwidth_gb_per_s},
    {"scaleup_domain_devices_min", "", &Device::scaleup_domain_devices_min},
    {"scaleup_domain_devices_max", "", &Device::scaleup_domain_devices_max},
};

constexpr DeviceFlagField device_flag_field_table[] = {
    {"native_fp8", &Device::native_fp8},
    {"native_fp4", &Device::native_fp4},
};

constexpr DeviceTextField device_text_field_table[] = {
    {"memory_type", &Device::memory_type},
    {"scaleup_kind", &Device::scaleup_kind},
};

constexpr ModelShapeField model_shape_field_table[] = {
    {"hidden_size", &ModelShape::hidden_size},
    {"num_hidden_layers", &ModelShape::num_hidden_layers},
    {"first_k_dense_replace", &ModelShape::first_k_dense_replace},
    {"intermediate_size", &ModelShape::intermediate_size},
    {"moe_intermediate_size", &ModelShape::moe_intermediate_size},
    {"n_routed_experts", &ModelShape::n_routed_experts},
    {"n_shared_experts", &ModelShape::n_shared_experts},
    {"num_experts_per_tok", &ModelShape::num_experts_per_tok},
    {"num_attention_heads", &ModelShape::num_attention_heads},
    {"num_key_value_heads", &ModelShape::num_key_value_heads},
    {"head_dim", &ModelShape::head_dim},
    {"q_lora_rank", &ModelShape::q_lora_rank},
    {"kv_lora_rank", &ModelShape::kv_lora_rank},
    {"qk_nope_head_dim", &ModelShape::qk_nope_head_dim},
    {"qk_rope_head_dim", &ModelShape::qk_rope_head_dim},
    {"v_head_dim", &ModelShape::v_head_dim},
    {"vocab_size", &ModelShape::vocab_size},
    {"num_nextn_predict_layers", &ModelShape::num_nextn_predict_layers},
    {"n_group", &ModelShape::n_group},
    {"topk_group", &ModelShape::topk_group},
};

// ASCII only and without the locale: ids are ASCII, and an answer must not depend on the machine.
constexpr char folded(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return c == '_' ? '-' : c;
}

constexpr bool same_name(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (folded(a[i]) != folded(b[i])) return false;
  }
  return true;
}

template <typename Entry>
const Entry* find(std::span<const Entry> table, std::string_view name) {
  for (const Entry& entry : table) {
    if (same_name(entry.id, name)) return &entry;
    for (std::string_view alias : entry.aliases) {
      if (same_name(alias, name)) return &entry;
    }
  }
  return nullptr;
}

// What says nothing about a model's shape: the publisher, the number format of a republication, the tuning, a date.
constexpr std::string_view shapeless_suffixes[] = {"-fp8", "-fp4", "-fp4-v2", "-nvfp4", "-mxfp4", "-int8", "-int4", "-w8a8", "-w4a16", "-awq", "-gptq", "-bf16", "-dynamic",
                                                   "-instruct", "-2507", "-0528", "-0324", "-0905", "-exp", "-v0.1"};

constexpr std::string_view shape_name(std::string_view name) {
  if (const std::size_t slash = name.rfind('/'); slash != std::string_view::npos) name = name.substr(slash + 1);
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view suffix : shapeless_suffixes) {
      if (name.size() <= suffix.size() || !same_name(name.substr(name.size() - suffix.size()), suffix)) continue;
      name.remove_suffix(suffix.size());
      cut = true;
    }
  }
  return name;
}

const Source* source_at(int index) { return index < 0 ? nullptr : &source_table[static_cast<std::size_t>(index)]; }

}  // namespace

std::span<const Device> devices() { return device_table; }
std::span<const Model> models() { return model_table; }
std::span<const Source> sources() { return source_table; }

const Device* find_device(std::string_view name) { return find(devices(), name); }
const Model* find_model(std::string_view name) {
  if (const Model* model = find(models(), name)) return model;
  const std::string_view shape = shape_name(name);
  for (const Model& model : models()) {
    if (same_name(shape_name(model.id), shape)) return &model;
    for (const std::string_view alias : model.aliases) {
      if (same_name(shape_name(alias), shape)) return &model;
    }
  }
  return nullptr;
}

const Source* find_source(std::string_view id) {
  for (const Source& source : source_table) {
    if (source.id == id) return &source;
  }
  return nullptr;
}

std::optional<std::size_t> device_index(std::string_view name) {
  const Device* device = find_device(name);
  if (device == nullptr) return std::nullopt;
  return static_cast<std::size_t>(device - device_table);
}

std::optional<std::size_t> model_index(std::string_view name) {
  const Model* model = find_model(name);
  if (model == nullptr) return std::nullopt;
  return static_cast<std::size_t>(model - model_table);
}

const Source* source_of(const Fact& fact) { return source_at(fact.source); }
const Source* source_of(const TextFact& fact) { return source_at(fact.source); }

std::span<const DeviceField> device_fields() { return device_field_table; }
std::span<const DeviceFlagField> device_flag_fields() { return device_flag_field_table; }
std::span<const DeviceTextField> device_text_fields() { return device_text_field_table; }
std::span<const ModelShapeField> model_shape_fields() { return model_shape_field_table; }

std::string_view name_of(FactState state) {
  switch (state) {
    case FactState::unknown:
      return "unknown";
    case FactState::unsupported:
      return "unsupported";
    case FactState::known:
      return "known";
  }
  return {};
}

std::string_view name_of(FactKind kind) {
  switch (kind) {
    case FactKind::datasheet:
      return "datasheet";
    case FactKind::measured:
      return "measured";
    case FactKind::published:
      return "published";
    case FactKind::assumed:
      return "assumed";
  }
  return {};
}

}  // namespace moecalc
