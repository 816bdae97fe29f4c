#include <nlohmann/json.hpp>

#include "plan/day.h"
#include "plan/run.h"

namespace moecalc {

using Json = nlohmann::ordered_json;

namespace {

Json unit_json(const std::optional<DeploymentUnit>& unit) {
  if (!unit) return nullptr;
  Json json = Json::object();
  json["gpus"] = unit->gpus;
  json["nodes"] = unit->nodes;
  json["tensor_parallel"] = unit->tensor_parallel;
  json["data_parallel"] = unit->data_parallel;
  json["expert_parallel"] = unit->expert_parallel;
  json["redundant_experts"] = unit->redundant_experts;
  json["routed_experts_per_gpu"] = unit->routed_experts_per_gpu;
  json["shared_experts_per_gpu"] = unit->shared_experts_per_gpu;
  json["tokens_per_s_per_node"] = unit->tokens_per_s_per_node;
  json["nodes_of_day"] = unit->nodes_of_day;
  json["units_of_day"] = unit->units_of_day;
  return json;
}

}  // namespace

Outcome<Json> day_json(const Plan& plan) {
  const Outcome<DayPlan> day = plan_day(plan);
  if (!day.ok()) return day.errors();
  Json json = Json::object();
  json["prefill"] = unit_json(day.value().prefill);
  json["decode"] = unit_json(day.value().decode);
  const std::optional<PrefillToDecode>& ratio = day.value().prefill_to_decode;
  Json& ratio_json = json["prefill_to_decode"] = nullptr;
  if (ratio) {
    ratio_json["units"] = ratio->units;
    ratio_json["nodes"] = ratio->nodes;
  }
  const WorkFormats& formats = day.value().formats;
  Json& by_work = json["formats"] = Json::object();
  by_work["matmul"] = formats.matmul;
  by_work["core_attention"] = formats.core_attention;
  by_work["dispatch"] = formats.dispatch;
  by_work["combine"] = formats.combine;
  Json& hours = json["hours"] = Json::array();
  for (const HourOfDay& hour : day.value().hours) {
    Json& row = hours.emplace_back(Json::object());
    row["nodes"] = hour.nodes;
    row["freed_nodes"] = hour.freed_nodes;
  }
  const std::optional<DayEnergy>& energy = day.value().energy;
  Json& energy_json = json["energy"] = nullptr;
  if (energy) {
    energy_json["node_kw"] = energy->node_kw;
    energy_json["kwh_per_day"] = energy->kwh_per_day;
    energy_json["kwh_per_million_output_tokens"] = energy->kwh_per_million_output_tokens;
    energy_json["kwh_per_million_tokens"] = energy->kwh_per_million_tokens;
  }
  Json& quantities = json["quantities"] = Json::object();
  const Results& results = day.value().report.results;
  for (const QuantityInfo& q : quantity_table()) {
    if (q.group == "economics" && results.has(q.id)) quantities[std::string(q.key)] = results[q.id];
  }
  return json;
}

}  // namespace moecalc
