#include "report/report_json.h"

#include <nlohmann/json.hpp>

#include "catalogue/catalogue.h"
#include "json/object.h"
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
    operators.push_back(JsonObject()
        .put("id", o.id)
        .put("quantity", info(o.quantity).key)
        .put("layers", o.layers)
        .put("total_ms", all_layers)
        .put("resource", name_of(o.resource))
        .put("counted", o.counted)
        .json());
  }
  return JsonObject().put("operators", std::move(operators)).put("total_quantity", info(phase.total).key).put("total_ms", total).json();
}

Json memory_json(const Memory& memory, const Report& report) {
  Json items = Json::array();
  for (const LedgerItem& item : memory.items) {
    items.push_back(JsonObject().put("id", item.id).put("quantity", info(item.quantity).key).put("gib", report.results[item.quantity]).json());
  }
  Json fits_if = Json::array();
  for (const Change& change : memory.fits_if) {
    fits_if.push_back(JsonObject().put("parameter", info(change.parameter).key).put("value", value_json(change.parameter, change.value)).json());
  }
  return JsonObject()
      .put("fits", memory.fits)
      .put("ignored", memory.ignored)
      .put("capacity_gib", report.results[QuantityId::memory_capacity_gib])
      .put("usable_gib", report.results[QuantityId::memory_usable_gib])
      .put("items", std::move(items))
      .put("total_gib", report.results[QuantityId::memory_total_gib])
      .put("batch_per_gpu", report.results.has(QuantityId::decode_batch_per_gpu) ? report.results[QuantityId::decode_batch_per_gpu]
                                                                                 : report.scenario[Parameter::decode_batch_per_gpu])
      .put("largest_batch_per_gpu", report.results[QuantityId::memory_largest_batch_per_gpu])
      .put("fits_if", std::move(fits_if))
      .json();
}

}  // namespace

Json report_json(const Report& report) {
  const Scenario defaults = Scenario::defaults();
  JsonObject resolved;
  for (const auto& [parameter, value] : report.resolved) resolved.put(info(parameter).key, value_json(parameter, value));
  Json changed = Json::array();
  for (const ParameterInfo& row : parameter_table()) {
    if (report.scenario[row.id] != defaults[row.id]) changed.push_back(row.key);
  }
  JsonObject quantities;
  for (const QuantityInfo& row : quantity_table()) {
    if (report.results.has(row.id)) quantities.put(row.key, report.results[row.id]);
  }
  JsonObject phases;
  if (report.prefill) phases.put("prefill", phase_json(*report.prefill, report.results));
  if (report.decode) phases.put("decode", phase_json(*report.decode, report.results));
  Json notes = Json::array();
  for (const Note& note : report.notes) {
    JsonObject numbers;
    for (const auto& [name, number] : note.numbers) numbers.put(name, number);
    notes.push_back(JsonObject().put("code", note.code).put("parameters", numbers.json()).json());
  }

  JsonObject json;
  json.put("scenario", scenario_json(report.scenario))
      .put("resolved", resolved.json())
      .put("changed", std::move(changed))
      .put("link", encode_link(report.scenario))
      .put("status", report.fits ? "ok" : "does_not_fit")
      .put("quantities", quantities.json())
      .put("phases", phases.json());
  if (report.memory) json.put("memory", memory_json(*report.memory, report));
  json.put("notes", std::move(notes));
  return json.json();
}

Json explanation_json(const Explanation& explanation) {
  const QuantityInfo& quantity = info(explanation.quantity);
  Json inputs = Json::array();
  for (const ExplanationInput& input : explanation.inputs) {
    const bool has_key = input.info.origin == Origin::parameter || input.info.origin == Origin::quantity;
    inputs.push_back(JsonObject()
        .put("symbol", input.info.symbol)
        .put("name", dictionary_key(input.info))
        .put("value", input.value_in_unit)
        .put("unit", input.info.unit.id)
        .put("base_per_unit", input.info.unit.base_per_unit)
        .put("origin", name_of(input.info.origin))
        .put("reference", has_key ? input.info.name : std::string_view{})
        .put("source", input.info.source)
        .json());
  }
  return JsonObject()
      .put("quantity", quantity.key)
      .put("symbol", quantity.symbol)
      .put("value", explanation.value_in_unit)
      .put("unit", quantity.unit.id)
      .put("base_per_unit", quantity.unit.base_per_unit)
      .put("formula", explanation.formula)
      .put("inputs", std::move(inputs))
      .put("limit", explanation.limit)
      .put("quirks", explanation.quirks)
      .json();
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
    list.push_back(JsonObject()
        .put("key", row.key)
        .put("link_key", row.link_key)
        .put("group", row.group)
        .put("type", name_of(row.type))
        .put("unit", row.unit.id)
        .put("minimum", is_number ? Json(row.minimum) : Json(nullptr))
        .put("maximum", is_number ? Json(row.maximum) : Json(nullptr))
        .put("choices", std::move(choices))
        .put("allows_auto", row.allows_auto)
        .put("default", value_json(row.id, defaults[row.id]))
        .put("since", row.since)
        .put("methods", row.methods.empty() ? Json(Json::array()) : Json(std::vector<std::string_view>(row.methods.begin(), row.methods.end())))
        .json());
  }
  Json groups = Json::array();
  for (std::string_view group : parameter_groups()) groups.push_back(group);
  return JsonObject().put("groups", std::move(groups)).put("parameters", std::move(list)).json();
}

Json quantities_json() {
  Json list = Json::array();
  for (const QuantityInfo& row : quantity_table()) {
    list.push_back(JsonObject().put("key", row.key).put("unit", row.unit.id).put("group", row.group).put("symbol", row.symbol).json());
  }
  return list;
}

}  // namespace moecalc
