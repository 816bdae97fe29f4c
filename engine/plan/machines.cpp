#include "plan/machines.h"

#include <cmath>

#include "methods/row_evaluator.h"

namespace moecalc {
namespace {

using enum Parameter;

constexpr std::string_view default_models[] = {"deepseek-r1", "deepseek-r1-distill-llama-70b", "deepseek-r1-distill-qwen-32b", "deepseek-r1-distill-qwen-14b",
                                               "deepseek-r1-distill-llama-8b", "deepseek-r1-distill-qwen-7b", "deepseek-r1-distill-qwen-1.5b"};
constexpr std::string_view default_devices[] = {"ascend-910b3", "ascend-910b4", "atlas-300i-duo-96g", "k100-ai", "h20", "h800", "a100-sxm-80g", "rtx-4090"};

// A quarter of a terabyte and more of experts on Atlas fits as INT8 alone.
HeldFormat assumed_format(const card_table::Machine& machine, const Device& card) {
  const bool is_int8 = machine.machine == "Atlas 800I A2" && models()[*model_index(machine.model)].architecture.moe_layers > 0;
  return is_int8 ? HeldFormat{FormatChoice::int8, card.peak_dense_int8_tops.known() ? FormatChoice::int8 : FormatChoice::bf16} : HeldFormat{FormatChoice::bf16, FormatChoice::bf16};
}

Scenario assumed_question(const Scenario& base, const card_table::Machine& machine) {
  Scenario s = with_model(base, *model_index(machine.model));
  s.set(prompt_tokens, assumed_prompt_tokens);
  s.set(output_tokens, assumed_output_tokens);
  s.set(kv_tokens, automatic);
  s.set(prefix_cache_hit_rate, 0);
  s.set(kv_format, static_cast<double>(FormatChoice::bf16));
  return s;
}

// The longest mean context at which so many requests have room, in steps of a token.
double most_context(Scenario scenario) {
  RowEvaluator evaluate;
  Results results;
  double low = 1, high = info(kv_tokens).maximum;
  while (low < high) {
    const double middle = std::ceil((low + high) / 2);
    scenario.set(kv_tokens, middle);
    if (evaluate(scenario, results) == RowStatus::ok) low = middle;
    else high = middle - 1;
  }
  return low;
}

Outcome<MachineRow> row_of(const Scenario& base, const card_table::Machine& machine) {
  const std::size_t device = *device_index(machine.device);
  MachineRow row{&machine, {device, machine.devices, machine.per_node}, assumed_format(machine, devices()[device]), false, 0, 0, {}, {}, {}};
  row.total_gb = total_gb(base, row.box);
  const Scenario question = assumed_question(base, machine);
  const Outcome<Held> held = held_once(question, row.format.weights);
  if (!held.ok()) return row;  // a shape that is not covered
  row.covered = true;
  row.weights_gb = held.value().weights_gb;
  const Outcome<BoxAnswer> answer = machine.concurrency > 0 ? serve_users(question, row.box, row.format.weights, machine.concurrency)
                                                            : serve_most(question, row.box, row.format.weights, base[purchase_tokens_per_s_per_user]);
  if (!answer.ok()) return answer.errors();
  row.answer = answer.value();
  if (machine.tokens_per_s > 0 && row.answer.service) {
    row.ratio = row.answer.service->tokens_per_s / machine.tokens_per_s;
    row.most_context_tokens = most_context(row.answer.service->scenario);
  }
  return row;
}

PeakReading reading_of(double printed, const Fact& dense) {
  if (printed == 0 || !dense.known()) return PeakReading::none;
  const double times = printed / dense.value;
  const auto is = [&](double wanted) { return times > 0.99 * wanted && times < 1.01 * wanted; };
  return is(1) ? PeakReading::dense : is(2) ? PeakReading::sparse : is(4) ? PeakReading::sparse_fp16_sums : PeakReading::other;
}

CardRow row_of(const card_table::Card& card) {
  const std::size_t index = *device_index(card.device);
  const Device& device = devices()[index];
  return {&card, index, reading_of(card.fp16_tflops, device.peak_dense_fp16_tflops), reading_of(card.int8_tops, device.peak_dense_int8_tops)};
}

}  // namespace

std::string_view name_of(PeakReading reading) {
  constexpr std::string_view names[] = {"none", "dense", "sparse", "sparse_fp16_sums", "other"};
  return names[static_cast<std::size_t>(reading)];
}

Outcome<MachinesPlan> plan_machines(const Plan& plan) {
  MachinesPlan machines;
  for (const card_table::Machine& machine : card_table::machines()) {
    Outcome<MachineRow> row = row_of(plan.base, machine);
    if (!row.ok()) return row.errors();
    machines.rows.push_back(std::move(row.value()));
  }
  for (const card_table::Card& card : card_table::cards()) machines.cards.push_back(row_of(card));
  std::vector<std::size_t> of_models = plan.models, of_devices = plan.devices;
  if (of_models.empty()) {
    for (const std::string_view id : default_models) of_models.push_back(*model_index(id));
  }
  if (of_devices.empty()) {
    for (const std::string_view id : default_devices) of_devices.push_back(*device_index(id));
  }
  Outcome<Matrix> matrix = matrix_of(plan.base, of_models, of_devices);
  if (!matrix.ok()) return matrix.errors();
  machines.matrix = std::move(matrix.value());
  return machines;
}

}  // namespace moecalc
