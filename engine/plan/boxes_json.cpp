#include "plan/boxes_json.h"

#include <nlohmann/json.hpp>

#include "parameters/parameter.h"
#include "plan/boxes.h"
#include "plan/run.h"
#include "scenario/link.h"

namespace moecalc {

using Json = nlohmann::ordered_json;

namespace {

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }
Json printed_number(double value) { return value > 0 ? Json(value) : Json(nullptr); }
std::string text_of(FormatChoice format) { return value_text(Parameter::weight_format, static_cast<double>(format)); }
std::string_view model_id(std::size_t index) { return index < models().size() ? models()[index].id : std::string_view("custom"); }

void add_box(Json& json, const Box& box) {
  json["device"] = devices()[box.device].id;
  json["devices"] = box.devices;
  json["nodes"] = box.nodes();
}

void add_cost(Json& json, const BoxCost& cost, const UserCost& per_user) {
  json["power_kw"] = number(cost.power_kw);
  json["price"] = number(cost.price);
  json["per_hour"] = number(cost.per_hour);
  json["price_per_user"] = number(per_user.price_per_user);
  json["per_user_month"] = number(per_user.per_user_month);
  json["per_million_tokens"] = number(per_user.per_million_tokens);
}

Json box_json(const ComputedBox& box) {
  Json json = Json::object();
  add_box(json, box.box);
  json["total_gb"] = box.total_gb;
  Json& formats = json["formats"] = Json::array();
  for (const FormatRow& row : box.formats) {
    Json each = Json::object();
    add_format(each, row.format, row.weights_gb);
    add_answer(each, row.answer);
    formats.push_back(std::move(each));
  }
  json["chosen"] = box.chosen ? Json(*box.chosen) : Json(nullptr);
  add_cost(json, box.cost, box.per_user);
  return json;
}

Json computed_json(const ComputedBox& box, Agreement agreement) {
  Json json = box_json(box);
  json["verdict"] = guide::name_of(box.verdict);
  json["agreement"] = name_of(agreement);
  Json& reasons = json["reasons"] = Json::array();
  for (const Reason& reason : box.reasons) {
    Json numbers = Json::object();
    for (const auto& [name, value] : reason.numbers) numbers[std::string(name)] = value;
    Json each = Json::object();
    each["code"] = reason.code;
    each["good"] = reason.is_good;
    each["numbers"] = std::move(numbers);
    reasons.push_back(std::move(each));
  }
  return json;
}

// Which units a card of each generation has, by the catalogue.
Json generation_json(const guide::Generation& generation) {
  Json json = Json::object();
  json["series"] = generation.series;
  json["year"] = generation.year;
  json["cards"] = generation.cards;
  json["device"] = generation.device;
  Json& units = json["units"] = Json::array();
  const Device* device = find_device(generation.device);
  if (device == nullptr) return json;
  for (const auto& [name, fact] : {std::pair{"FP16", &device->peak_dense_fp16_tflops}, std::pair{"BF16", &device->peak_dense_bf16_tflops}, std::pair{"INT8", &device->peak_dense_int8_tops},
                                   std::pair{"FP8", &device->peak_dense_fp8_tflops}, std::pair{"FP4", &device->peak_dense_fp4_tflops}}) {
    if (fact->known()) units.push_back(name);
  }
  return json;
}

Json row_json(const BoxRow& row) {
  const guide::PrintedBox& printed = *row.printed;
  Json json = Json::object();
  json["id"] = printed.id;
  json["advice"] = guide::name_of(printed.advice);
  json["gpus"] = printed_number(printed.gpus);
  json["nodes"] = printed_number(printed.nodes);
  json["total_gb"] = printed_number(printed.total_gb);
  json["power_kw"] = printed_number(printed.power_kw);
  json["price_10k_cny"] = printed_number(printed.price_10k_cny);
  json["note"] = printed.note;
  Json& points = json["points"] = Json::array();
  for (const guide::Point& point : printed.points) {
    Json each = Json::object();
    each["code"] = point.code;
    each["good"] = point.is_good;
    each["computed"] = point.computed;
    points.push_back(std::move(each));
  }
  Json& computed = json["computed"] = Json::array();
  for (std::size_t i = 0; i < row.computed.size(); ++i) computed.push_back(computed_json(row.computed[i], row.agreement[i]));
  return json;
}

Json rules_json(const MemoryRules& rules) {
  Json json = Json::object();
  json["fp8_weights_gb"] = rules.fp8_weights_gb;
  json["bf16_weights_gb"] = rules.bf16_weights_gb;
  json["fp8_minimum_gb"] = rules.fp8_minimum_gb;
  json["bf16_minimum_gb"] = rules.bf16_minimum_gb;
  json["kv_gb_per_user"] = rules.kv_gb_per_user;
  json["least_users_of_reserve"] = rules.least_users_of_reserve;
  json["most_users_of_reserve"] = rules.most_users_of_reserve;
  Json& printed = json["printed"] = Json::object();
  printed["fp8_weights_gb"] = guide::fp8_weights_gb;
  printed["bf16_weights_gb"] = guide::bf16_weights_gb;
  printed["fp8_minimum_gb"] = guide::fp8_minimum_gb;
  printed["bf16_minimum_gb"] = guide::bf16_minimum_gb;
  printed["least_kv_gb"] = guide::least_kv_gb;
  printed["most_kv_gb"] = guide::most_kv_gb;
  return json;
}

}  // namespace

void add_format(Json& json, const HeldFormat& format, double weights_gb) {
  json["format"] = text_of(format.weights);
  json["computed_in"] = text_of(format.computed);
  json["weights_gb"] = weights_gb;
}

void add_answer(Json& json, const BoxAnswer& answer) {
  json["users_with_room"] = answer.users_with_room;
  Json& unknown = json["unknown"] = Json::array();
  for (const Parameter p : answer.unknown) unknown.push_back(info(p).key);
  const Service* service = answer.service ? &*answer.service : nullptr;
  json["users"] = service != nullptr ? service->users : 0;
  const auto add = [&](const char* name, double Service::*member) { json[name] = service != nullptr ? Json(service->*member) : Json(nullptr); };
  add("tokens_per_s_per_user", &Service::tokens_per_s_per_user);
  add("tokens_per_s", &Service::tokens_per_s);
  add("tpot_ms", &Service::tpot_ms);
  add("ttft_ms", &Service::ttft_ms);
  add("kv_room_gb", &Service::kv_room_gb);
  json["link"] = service != nullptr ? Json(encode_link(service->scenario)) : Json(nullptr);
}

Json matrix_json(const Matrix& matrix) {
  Json json = Json::object();
  Json& ids = json["models"] = Json::array();
  for (const std::size_t each : matrix.models) ids.push_back(model_id(each));
  Json& cards = json["devices"] = Json::array();
  for (const std::size_t each : matrix.devices) cards.push_back(devices()[each].id);
  Json& cells = json["cells"] = Json::array();
  for (const MatrixCell& cell : matrix.cells) {
    Json each = Json::object();
    each["model"] = model_id(cell.model);
    each["device"] = devices()[cell.device].id;
    add_format(each, cell.format, cell.weights_gb);
    each["devices"] = cell.sized ? Json(cell.sized->box.devices) : Json(nullptr);
    add_answer(each, cell.sized ? cell.sized->answer : BoxAnswer{});
    add_cost(each, cell.cost, cell.per_user);
    each["smallest"] = cell.is_smallest;
    each["cheapest"] = cell.is_cheapest;
    cells.push_back(std::move(each));
  }
  return json;
}

Outcome<Json> boxes_json(const Plan& plan) {
  const Outcome<BoxesPlan> boxes = plan_boxes(plan);
  if (!boxes.ok()) return boxes.errors();
  Json json = Json::object();
  json["currency"] = value_text(Parameter::purchase_currency, plan.base[Parameter::purchase_currency]);
  json["asked_format"] = value_text(Parameter::weight_format, plan.base[Parameter::weight_format]);
  json["rules"] = rules_json(boxes.value().rules);
  Json& rows = json["rows"] = Json::array();
  for (const BoxRow& row : boxes.value().rows) rows.push_back(row_json(row));
  Json& examples = json["examples"] = Json::array();
  for (const ComputedBox& box : boxes.value().examples) examples.push_back(box_json(box));
  Json& generations = json["generations"] = Json::array();
  for (const guide::Generation& each : guide::generations()) generations.push_back(generation_json(each));
  json["matrix"] = matrix_json(boxes.value().matrix);
  return json;
}

}  // namespace moecalc
