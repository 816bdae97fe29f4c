#include <nlohmann/json.hpp>

#include "parameters/parameter.h"
#include "plan/boxes_json.h"
#include "plan/machines.h"
#include "plan/run.h"

namespace moecalc {

using Json = nlohmann::ordered_json;

namespace {

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }
Json printed_number(double value) { return value > 0 ? Json(value) : Json(nullptr); }
Json known(const Fact& fact) { return fact.known() ? Json(fact.value) : Json(nullptr); }

Json row_json(const MachineRow& row) {
  const card_table::Machine& printed = *row.printed;
  Json json = Json::object();
  json["model"] = printed.model;
  json["machine"] = printed.machine;
  json["configuration"] = printed.configuration;
  json["printed_tokens_per_s"] = printed_number(printed.tokens_per_s);
  json["printed_concurrency"] = printed_number(printed.concurrency);
  json["printed_tokens_per_s_per_user"] = printed.concurrency > 0 ? Json(printed.tokens_per_s / printed.concurrency) : Json(nullptr);
  json["device"] = printed.device;
  json["devices"] = printed.devices;
  json["total_gb"] = row.total_gb;
  json["covered"] = row.covered;
  add_format(json, row.format, row.weights_gb);
  add_answer(json, row.answer);
  json["ratio"] = number(row.ratio);
  json["most_context_tokens"] = number(row.most_context_tokens);
  return json;
}

Json card_json(const CardRow& row) {
  const card_table::Card& printed = *row.printed;
  const Device& device = devices()[row.device];
  Json json = Json::object();
  json["card"] = printed.name;
  json["device"] = printed.device;
  const auto add = [&](const std::string& name, double as_printed, const Fact& fact) {
    json["printed_" + name] = printed_number(as_printed);
    json[name] = known(fact);
  };
  add("memory_gb", printed.memory_gb, device.memory_marketed_gb);
  add("bandwidth_gb_per_s", printed.bandwidth_gb_per_s, device.memory_bandwidth_gb_per_s);
  add("fp16_tflops", printed.fp16_tflops, device.peak_dense_fp16_tflops);
  add("int8_tops", printed.int8_tops, device.peak_dense_int8_tops);
  add("link_gb_per_s", printed.nvlink_gb_per_s / 2, device.scaleup_unidirectional_gb_per_s);
  json["fp16_reading"] = name_of(row.fp16);
  json["int8_reading"] = name_of(row.int8);
  return json;
}

}  // namespace

Outcome<Json> machines_json(const Plan& plan) {
  const Outcome<MachinesPlan> machines = plan_machines(plan);
  if (!machines.ok()) return machines.errors();
  Json json = Json::object();
  json["currency"] = value_text(Parameter::purchase_currency, plan.base[Parameter::purchase_currency]);
  json["assumed_prompt_tokens"] = assumed_prompt_tokens;
  json["assumed_output_tokens"] = assumed_output_tokens;
  Json& rows = json["rows"] = Json::array();
  for (const MachineRow& row : machines.value().rows) rows.push_back(row_json(row));
  Json& cards = json["cards"] = Json::array();
  for (const CardRow& row : machines.value().cards) cards.push_back(card_json(row));
  json["matrix"] = matrix_json(machines.value().matrix);
  return json;
}

}  // namespace moecalc
