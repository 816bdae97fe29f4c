#include "report/report_json.h"

#include <nlohmann/json.hpp>

#include "catalogue/catalogue.h"
#include "scenario/link.h"
#include "scenario/scenario_json.h"

namespace moecalc {

using Json = nlohmann::ordered_json;

namespace {

std::string_view name_of(Resource r) { return r == Resource::compute ? "compute" : r == Resource::memory ? "memory" : "network"; }

std::string_view name_of(Origin o) {
  switch (o) {
    case Origin::parameter: return "parameter";
    case Origin::quantity: return "quantity";
    case Origin::catalogue: return "catalogue";
    case Origin::method: return "method";
    case Origin::definition: return "definition";
  }
  return {};
}

std::string_view name_of(ParameterType t) {
  switch (t) {
    case ParameterType::integer: return "integer";
    case ParameterType::number: return "number";
    case ParameterType::choice: return "choice";
    case ParameterType::boolean: return "boolean";
    case ParameterType::model: return "model";
    case ParameterType::device: return "device";
  }
  return {};
}

Json phase_json(const Phase& phase, const Results& results) {
  Json operators = Json::array();
  double total = 0;
  for (const Operator& o : phase.operators) {
    const double all_layers = o.layers * results[o.quantity];
    if (o.counted) total += all_layers;
    operators.push_back({{"id", o.id},
                         {"quantity", info(o.quantity).key},
                         {"layers", o.layers},
                         {"total_ms", all_layers},
                         {"resource", name_of(o.resource)},
                         {"counted", o.counted}});
  }
  return {{"operators", std::move(operators)}, {"total_quantity", info(phase.total).key}, {"total_ms", total}};
}

Json memory_json(const Memory& memory, const Report& report) {
  Json items = Json::array();
  for (const LedgerItem& item : memory.items) {
    items.push_back({{"id", item.id}, {"quantity", info(item.quantity).key}, {"gib", report.results[item.quantity]}});
  }
  Json fits_if = Json::array();
  for (const Change& change : memory.fits_if) {
    fits_if.push_back({{"parameter", info(change.parameter).key}, {"value", value_json(change.parameter, change.value)}});
  }
  return {{"fits", memory.fits},
          {"ignored", memory.ignored},
          {"capacity_gib", report.results[QuantityId::memory_capacity_gib]},
          {"usable_gib", report.results[QuantityId::memory_usable_gib]},
          {"items", std::move(items)},
          {"total_gib", report.results[QuantityId::memory_total_gib]},
          {"batch_per_gpu", report.results.has(QuantityId::decode_batch_per_gpu) ? report.results[QuantityId::decode_batch_per_gpu]
                                                                                  : report.scenario[Parameter::decode_batch_per_gpu]},
          {"largest_batch_per_gpu", report.results[QuantityId::memory_largest_batch_per_gpu]},
          {"fits_if", std::move(fits_if)}};
}

}  // namespace

Json report_json(const Report& report) {
  const Scenario defaults = Scenario::defaults();
  Json resolved = Json::object();
  for (const auto& [parameter, value] : report.resolved) resolved[std::string(info(parameter).key)] = value_json(parameter, value);
  Json changed = Json::array();
  for (const ParameterInfo& row : parameter_table()) {
    if (report.scenario[row.id] != defaults[row.id]) changed.push_back(row.key);
  }
  Json quantities = Json::object();
  for (const QuantityInfo& row : quantity_table()) {
    if (report.results.has(row.id)) quantities[std::string(row.key)] = report.results[row.id];
  }
  Json phases = Json::object();
  if (report.prefill) phases["prefill"] = phase_json(*report.prefill, report.results);
  if (report.decode) phases["decode"] = phase_json(*report.decode, report.results);
  Json notes = Json::array();
  for (const Note& note : report.notes) {
    Json numbers = Json::object();
    for (const auto& [name, number] : note.numbers) numbers[std::string(name)] = number;
    notes.push_back({{"code", note.code}, {"parameters", std::move(numbers)}});
  }

  Json json{{"scenario", scenario_json(report.scenario)},
            {"resolved", std::move(resolved)},
            {"changed", std::move(changed)},
            {"link", encode_link(report.scenario)},
            {"status", report.fits ? "ok" : "does_not_fit"},
            {"quantities", std::move(quantities)},
            {"phases", std::move(phases)}};
  if (report.memory) json["memory"] = memory_json(*report.memory, report);
  json["notes"] = std::move(notes);
  return json;
}

Json explanation_json(const Explanation& explanation) {
  const QuantityInfo& quantity = info(explanation.quantity);
  Json inputs = Json::array();
  for (const ExplanationInput& input : explanation.inputs) {
    const bool has_key = input.info.origin == Origin::parameter || input.info.origin == Origin::quantity;
    inputs.push_back({{"symbol", input.info.symbol},
                      {"name", dictionary_key(input.info)},
                      {"value", input.value_in_unit},
                      {"unit", input.info.unit.id},
                      {"base_per_unit", input.info.unit.base_per_unit},
                      {"origin", name_of(input.info.origin)},
                      {"reference", has_key ? input.info.name : std::string_view{}},
                      {"source", input.info.source}});
  }
  return {{"quantity", quantity.key},
          {"symbol", quantity.symbol},
          {"value", explanation.value_in_unit},
          {"unit", quantity.unit.id},
          {"base_per_unit", quantity.unit.base_per_unit},
          {"formula", explanation.formula},
          {"inputs", std::move(inputs)},
          {"limit", explanation.limit},
          {"quirks", explanation.quirks}};
}

Json parameters_json() {
  const Scenario defaults = Scenario::defaults();
  Json list = Json::array();
  for (const ParameterInfo& row : parameter_table()) {
    const bool is_number = row.type == ParameterType::integer || row.type == ParameterType::number;
    Json choices = Json::array();
    for (std::string_view each : row.choices) choices.push_back(each);
    if (row.type == ParameterType::model) {
      for (const Model& m : models()) choices.push_back(m.id);
      choices.push_back(value_text(row.id, custom_model()));
    }
    if (row.type == ParameterType::device) {
      for (const Device& d : devices()) choices.push_back(d.id);
      choices.push_back(value_text(row.id, custom_device()));
    }
    list.push_back({{"key", row.key},
                    {"link_key", row.link_key},
                    {"group", row.group},
                    {"type", name_of(row.type)},
                    {"unit", row.unit.id},
                    {"minimum", is_number ? Json(row.minimum) : Json(nullptr)},
                    {"maximum", is_number ? Json(row.maximum) : Json(nullptr)},
                    {"choices", std::move(choices)},
                    {"allows_auto", row.allows_auto},
                    {"default", value_json(row.id, defaults[row.id])},
                    {"since", row.since},
                    {"methods", row.methods.empty() ? Json(Json::array()) : Json(std::vector<std::string_view>(row.methods.begin(), row.methods.end()))}});
  }
  Json groups = Json::array();
  for (std::string_view group : parameter_groups()) groups.push_back(group);
  return {{"groups", std::move(groups)}, {"parameters", std::move(list)}};
}

Json quantities_json() {
  Json list = Json::array();
  for (const QuantityInfo& row : quantity_table()) {
    list.push_back({{"key", row.key}, {"unit", row.unit.id}, {"group", row.group}, {"symbol", row.symbol}});
  }
  return list;
}

}  // namespace moecalc
