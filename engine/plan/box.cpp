#include "plan/box.h"

#include <cmath>

#include "methods/row_evaluator.h"

namespace moecalc {
namespace {

using enum Parameter;

constexpr double gb_per_gib = unit::gib.base_per_unit / unit::gb.base_per_unit;
constexpr double largest_concurrency = 1e9;  // of the parameter table

void make_automatic(Scenario& scenario, Parameter first, Parameter last) {
  for (int p = static_cast<int>(first); p <= static_cast<int>(last); ++p) scenario.set(static_cast<Parameter>(p), default_value(static_cast<Parameter>(p), 2));
}

double of_model(const Scenario& s, Parameter p, double Architecture::*member) {
  if (!s.is_automatic(p)) return s[p];
  return s[model] == custom_model() ? 0 : models()[static_cast<std::size_t>(s[model])].architecture.*member;
}

struct BoxLayout {
  double replicas, tensor_parallel, data_parallel, pipeline_parallel;
};

// Groups of GPUs within a node or of whole nodes, each a replica; its stages whole; heads cut evenly, within a node.
std::vector<BoxLayout> layouts_of(const Scenario& s, const Box& box) {
  std::vector<BoxLayout> list;
  const double heads = of_model(s, model_heads, &Architecture::heads);
  const bool has_experts = of_model(s, model_moe_layers, &Architecture::moe_layers) > 0;
  const double per_node = box.per_node < box.devices ? box.per_node : box.devices;
  for (double group = 1; group <= box.devices; ++group) {
    const bool is_even = group <= per_node ? std::fmod(per_node, group) == 0 : std::fmod(group, per_node) == 0;
    if (std::fmod(box.devices, group) != 0 || !is_even) continue;
    const double nodes = group > per_node ? group / per_node : 1;
    for (const double stages : {1.0, nodes}) {
      const double stage = group / stages;
      for (double tp = 1; tp <= stage && tp <= per_node; tp *= 2) {
        const bool is_whole = std::fmod(stage, tp) == 0 && std::fmod(per_node, tp) == 0 && std::fmod(heads, tp) == 0;
        if (is_whole && (has_experts || tp == stage)) list.push_back({box.devices / group, tp, stage / tp, stages});
      }
      if (nodes == 1) break;
    }
  }
  return list;
}

// The largest whole number from `low`, which holds, to `high` that holds, where smaller ones do.
template <class Holds>
double largest(double low, double high, Holds holds) {
  while (low < high) {
    const double middle = std::ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

class BoxSearch {
 public:
  BoxSearch(const Scenario& question, const Box& box, FormatChoice format) : box_(box), base_(with_device(question, box.device)) {
    const Device& card = devices()[box.device];
    make_automatic(base_, prefill_tensor_parallel, prefill_replicas);
    make_automatic(base_, decode_tensor_parallel, decode_replicas);
    for (const Parameter p : {attention_weight_format, matmul_format}) base_.set(p, automatic);
    base_.set(method, static_cast<double>(MethodChoice::reference));
    base_.set(phase, static_cast<double>(PhaseChoice::both));
    base_.set(serving, static_cast<double>(ServingChoice::aggregated));
    base_.set(ignore_capacity, 0);
    base_.set(gpus_per_node, box.per_node < box.devices ? box.per_node : box.devices);
    base_.set(weight_format, static_cast<double>(format));
    if (question.choice<FormatChoice>(kv_format) == FormatChoice::fp8 && !card.native_fp8.known()) base_.set(kv_format, static_cast<double>(FormatChoice::bf16));
  }

  Outcome<BoxAnswer> most_users(double wanted_speed) {
    return over_layouts([&](double fewest, double room) {
      const auto is_quick = [&](double users) { return run(users) && results_[QuantityId::decode_tps_per_user] >= wanted_speed; };
      if (!is_quick(fewest)) return;
      const double users = largest(fewest, room, is_quick);
      run(users);
      keep_better(users);
    });
  }

  Outcome<BoxAnswer> fastest(double users) {
    return over_layouts([&](double, double room) {
      if (room < users || !run(users)) return;
      keep_better(users);
    });
  }

 private:
  // Every layout that has room for a user a replica, by the fewest and the most users.
  template <class Take>
  Outcome<BoxAnswer> over_layouts(Take take) {
    Errors errors = fill_unknown();
    if (!errors.empty()) return errors;
    for (const BoxLayout& layout : layouts_of(base_, box_)) {
      scenario_ = base_;
      scenario_.set(decode_replicas, layout.replicas);
      scenario_.set(decode_tensor_parallel, layout.tensor_parallel);
      scenario_.set(decode_data_parallel, layout.data_parallel);
      scenario_.set(decode_pipeline_parallel, layout.pipeline_parallel);
      if (!run(layout.replicas)) continue;
      const double most = std::floor(results_[QuantityId::memory_largest_batch_per_gpu] * box_.devices);
      const double above = most < layout.replicas ? layout.replicas : most < largest_concurrency ? most : largest_concurrency;
      const double room = largest(layout.replicas, above, [&](double users) { return run(users); });
      if (room > answer_.users_with_room) answer_.users_with_room = room;
      if (answer_.unknown.empty()) take(layout.replicas, room);
    }
    return answer_;
  }

  // Figures that only times depend on stand at 1 while the ledger is asked for; the links of a single device are used by nobody.
  Errors fill_unknown() {
    Scenario first = base_;
    first.set(decode_concurrency, 1);
    first.set(decode_tensor_parallel, 1);
    first.set(decode_data_parallel, box_.devices);
    for (int round = 0; round < 4; ++round) {
      const Outcome<Numbers> numbers = evaluate_numbers(first);
      if (numbers.ok()) return {};
      for (const Error& error : numbers.errors()) {
        const std::optional<Parameter> p = find_parameter(error.field);
        const bool is_figure = error.code == ErrorCode::required && p && *p != device_memory_gib && (p == nic_gbit_per_s || info(*p).group == "device_constants");
        if (!is_figure) return numbers.errors();
        first.set(*p, 1);
        base_.set(*p, 1);
        const bool is_link = p == nic_gbit_per_s || p == device_scaleup_unidirectional_gb_per_s;
        if (!is_link || box_.devices > 1) answer_.unknown.push_back(*p);
      }
    }
    return {};
  }

  bool run(double users) {
    scenario_.set(decode_concurrency, users);
    return evaluate_(scenario_, results_) == RowStatus::ok;
  }

  void keep_better(double users) {
    using enum QuantityId;
    const double rate = results_[decode_tokens_per_s_total] * scenario_[decode_replicas];
    const bool is_better = !answer_.service || users > answer_.service->users || (users == answer_.service->users && rate > answer_.service->tokens_per_s);
    if (!is_better) return;
    answer_.service = Service{scenario_, users, results_[decode_tps_per_user], rate, results_[decode_tpot_ms], results_[prefill_ttft_ms],
                              (results_[memory_free_gib] + results_[memory_kv_gib]) * box_.devices * gb_per_gib};
  }

  Box box_;
  Scenario base_;
  Scenario scenario_;
  RowEvaluator evaluate_;
  Results results_;
  BoxAnswer answer_;
};

}  // namespace

std::vector<HeldFormat> formats_of(const Device& device) {
  std::vector<HeldFormat> list{{FormatChoice::bf16, FormatChoice::bf16}};
  if (device.peak_dense_fp8_tflops.known()) list.push_back({FormatChoice::fp8, FormatChoice::fp8});
  list.push_back({FormatChoice::int8, device.peak_dense_int8_tops.known() ? FormatChoice::int8 : FormatChoice::bf16});
  list.push_back({FormatChoice::int4, FormatChoice::bf16});
  if (device.peak_dense_fp4_tflops.known()) list.push_back({FormatChoice::nvfp4, FormatChoice::nvfp4});
  return list;
}

HeldFormat unquantised_format(const Scenario& question, const Device& device) {
  for (const HeldFormat& each : formats_of(device)) {
    if (each.weights == question.choice<FormatChoice>(weight_format)) return each;
  }
  return {FormatChoice::bf16, FormatChoice::bf16};
}

Scenario with_model(const Scenario& question, std::size_t index) {
  Scenario s = question;
  if (s[model] == static_cast<double>(index)) return s;
  s.set(model, static_cast<double>(index));
  make_automatic(s, model_layers, model_experts_only_quantized);
  return s;
}

Scenario with_device(const Scenario& question, std::size_t index) {
  Scenario s = question;
  if (s[device] == static_cast<double>(index)) return s;
  s.set(device, static_cast<double>(index));
  make_automatic(s, device_sm_count, device_peak_dense_fp4_tflops);
  for (const Parameter p : {nic_gbit_per_s, scaleup_domain_gpus}) s.set(p, automatic);
  return s;
}

Outcome<Held> held_once(const Scenario& question, FormatChoice format) {
  // One device that holds everything; nothing but its memory matters.
  Scenario s = question;
  make_automatic(s, decode_tensor_parallel, decode_replicas);
  make_automatic(s, device_sm_count, device_peak_dense_fp4_tflops);
  for (const Parameter p : {attention_weight_format, matmul_format}) s.set(p, automatic);
  s.set(method, static_cast<double>(MethodChoice::reference));
  s.set(phase, static_cast<double>(PhaseChoice::decode));
  s.set(serving, static_cast<double>(ServingChoice::disaggregated));
  s.set(device, custom_device());
  for (const Parameter p : {device_peak_dense_bf16_tflops, device_peak_dense_fp8_tflops, device_peak_dense_int8_tops, device_peak_dense_fp4_tflops, device_memory_bandwidth_gb_per_s,
                            device_scaleup_unidirectional_gb_per_s, nic_gbit_per_s, decode_tensor_parallel, decode_data_parallel, decode_concurrency}) {
    s.set(p, 1);
  }
  s.set(device_memory_gib, info(device_memory_gib).maximum);
  s.set(weight_format, static_cast<double>(format));
  const Outcome<Numbers> numbers = evaluate_numbers(s);
  if (!numbers.ok()) return numbers.errors();
  const Results& results = numbers.value().results;
  return Held{results[QuantityId::memory_weights_gib] * gb_per_gib, results[QuantityId::memory_kv_per_sequence_gib] * gb_per_gib};
}

double total_gb(const Scenario& question, const Box& box) {
  const bool is_own = question[device] == static_cast<double>(box.device) && !question.is_automatic(device_memory_gib);
  return box.devices * (is_own ? question[device_memory_gib] : devices()[box.device].memory_marketed_gb.value);
}

Outcome<BoxAnswer> serve_most(const Scenario& question, const Box& box, FormatChoice format, double tokens_per_s_per_user) {
  return BoxSearch(question, box, format).most_users(tokens_per_s_per_user);
}

Outcome<BoxAnswer> serve_users(const Scenario& question, const Box& box, FormatChoice format, double users) { return BoxSearch(question, box, format).fastest(users); }

Outcome<std::optional<SizedBox>> smallest_box(const Scenario& question, std::size_t device, FormatChoice format, double users, double tokens_per_s_per_user) {
  const double per_node = question[gpus_per_node];
  for (double n = 1; n <= most_nodes * per_node; n = n * 2 < per_node ? n * 2 : n < per_node ? per_node : n < 8 * per_node ? n + per_node : 2 * n) {
    const Box box{device, n, per_node};
    const Outcome<BoxAnswer> answer = serve_most(question, box, format, tokens_per_s_per_user);
    if (!answer.ok()) return answer.errors();
    const BoxAnswer& found = answer.value();
    const double served = found.unknown.empty() ? (found.service ? found.service->users : 0) : found.users_with_room;
    if (served >= users) return std::optional<SizedBox>(SizedBox{box, found});
  }
  return std::optional<SizedBox>();
}

}  // namespace moecalc
