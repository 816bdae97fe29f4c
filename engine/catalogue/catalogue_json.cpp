#include "catalogue/catalogue_json.h"

#include <cmath>
#include <cstdint>
#include <string>

#include "architecture/config_json.h"

namespace moecalc {
namespace {

using Json = nlohmann::ordered_json;

// 989 and not 989.0: most numbers of the catalogue are whole, and people read this.
Json plain_number(double value) {
  if (std::trunc(value) == value && std::abs(value) < 1e15) return static_cast<std::int64_t>(value);
  return value;
}

void put_text(Json& object, const char* key, std::string_view text) {
  if (!text.empty()) object[key] = text;
}

void put_origin(Json& object, FactKind kind, const Source* source, bool unverified, std::string_view note) {
  object["kind"] = name_of(kind);
  if (source != nullptr) object["source"] = source->id;
  object["unverified"] = unverified;
  put_text(object, "note", note);
}

void put_source_list(Json& object, std::span<const int> indices) {
  Json ids = Json::array();
  for (int index : indices) ids.push_back(sources()[static_cast<std::size_t>(index)].id);
  object["sources"] = std::move(ids);
}

void put_aliases(Json& object, std::span<const std::string_view> aliases) {
  Json list = Json::array();
  for (std::string_view alias : aliases) list.push_back(alias);
  object["aliases"] = std::move(list);
}

Json flag_json(const Fact& fact) {
  Json object;
  object["value"] = fact.known();
  put_origin(object, fact.kind, source_of(fact), fact.unverified, fact.note);
  return object;
}

Json text_json(const TextFact& fact) {
  Json object;
  object["value"] = fact.value;
  put_origin(object, fact.kind, source_of(fact), fact.unverified, fact.note);
  return object;
}

}  // namespace

Json fact_json(const Fact& fact, std::string_view unit) {
  Json object;
  object["value"] = fact.known() ? plain_number(fact.value) : Json(nullptr);
  if (!fact.known()) object["state"] = name_of(fact.state);
  put_text(object, "unit", unit);
  if (fact.state == FactState::unknown) return object;
  put_origin(object, fact.kind, source_of(fact), fact.unverified, fact.note);
  return object;
}

Json device_json(const Device& device) {
  Json object;
  object["id"] = device.id;
  object["name"] = device.name;
  put_aliases(object, device.aliases);
  object["vendor"] = device.vendor;
  put_text(object, "architecture", device.architecture);
  for (const DeviceField& field : device_fields()) {
    const Fact& fact = device.*field.member;
    if (fact.state != FactState::unknown) object[std::string(field.key)] = fact_json(fact, field.unit);
  }
  for (const DeviceFlagField& field : device_flag_fields()) {
    const Fact& fact = device.*field.member;
    if (fact.state != FactState::unknown) object[std::string(field.key)] = flag_json(fact);
  }
  for (const DeviceTextField& field : device_text_fields()) {
    const TextFact& fact = device.*field.member;
    if (fact.known()) object[std::string(field.key)] = text_json(fact);
  }
  put_text(object, "confidence", device.confidence);
  put_text(object, "notes", device.notes);
  put_source_list(object, device.sources);
  return object;
}

Json model_json(const Model& model) {
  Json object;
  object["id"] = model.id;
  object["name"] = model.name;
  put_aliases(object, model.aliases);
  if (model.published_total_b.known()) object["published_total_b"] = fact_json(model.published_total_b, "billion_parameters");
  if (model.published_active_b.known()) object["published_active_b"] = fact_json(model.published_active_b, "billion_parameters");
  put_text(object, "model_type", model.model_type);
  Json shape = Json::object();
  for (const ModelShapeField& field : model_shape_fields()) {
    const ConfigInteger& number = model.shape.*field.member;
    if (number.state == FactState::unknown) continue;
    shape[std::string(field.key)] = number.known() ? Json(number.value) : Json(nullptr);
  }
  object["shape"] = std::move(shape);
  object["complete"] = model.complete;
  put_text(object, "incomplete_because", model.incomplete_because);
  if (model.covered) object["architecture"] = architecture_json(model.architecture);
  put_text(object, "not_covered_because", model.not_covered_because);
  put_text(object, "same_shapes_as", model.same_shapes_as);
  if (model.unverified) object["unverified"] = true;
  put_text(object, "confidence", model.confidence);
  put_text(object, "notes", model.notes);
  put_source_list(object, model.sources);
  if (!model.config_json.empty()) object["config"] = Json::parse(model.config_json);
  return object;
}

Json source_json(const Source& source) {
  Json object;
  object["id"] = source.id;
  object["title"] = source.title;
  object["kind"] = name_of(source.kind);
  object["date"] = source.date.empty() ? Json(nullptr) : Json(source.date);
  put_text(object, "url", source.url);
  put_text(object, "repository", source.repository);
  put_text(object, "commit", source.commit);
  put_text(object, "licence", source.licence);
  return object;
}

Json devices_json() {
  Json list = Json::array();
  for (const Device& device : devices()) list.push_back(device_json(device));
  return list;
}

Json models_json() {
  Json list = Json::array();
  for (const Model& model : models()) list.push_back(model_json(model));
  return list;
}

Json sources_json() {
  Json list = Json::array();
  for (const Source& source : sources()) list.push_back(source_json(source));
  return list;
}

}  // namespace moecalc
