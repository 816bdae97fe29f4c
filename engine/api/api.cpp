#include "api/api.h"

#include <exception>
#include <functional>
#include <nlohmann/json.hpp>

#include "architecture/config_json.h"
#include "architecture/parameter_count.h"
#include "catalogue/catalogue.h"
#include "json/object.h"
#include "methods/evaluate.h"
#include "methods/conclusions_json.h"
#include "plan/plan_json.h"
#include "plan/plan_link.h"
#include "plan/run.h"
#include "plan/timeline_svg.h"
#include "plan/timeline_trace.h"
#include "release.h"
#include "report/report_json.h"
#include "numbers/number_text.h"
#include "scenario/scenario_json.h"
#include "sweep/sweep_json.h"
#include "sweep/sweep_link.h"

namespace moecalc::api {

using Json = nlohmann::ordered_json;

namespace {

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }
std::string failed(const Errors& errors) { return dump(JsonObject().put("ok", false).put("errors", errors_json(errors)).json()); }

// Runs what answers; a C++ exception must not reach JavaScript, where it would have no text.
// Not a template: sixteen copies of it would be a tenth of the WebAssembly module.
std::string answer(const std::function<Outcome<Json>()>& work) {
  try {
    Outcome<Json> outcome = work();
    if (!outcome.ok()) return failed(outcome.errors());
    return dump(JsonObject().put("ok", true).put("value", std::move(outcome.value())).json());
  } catch (const std::exception& e) {
    return failed({{ErrorCode::internal, {}, shown(e.what()), {}}});
  }
}

// The same for numbers.
Packed pack(const std::function<Outcome<std::vector<double>>()>& work) {
  Packed packed;
  packed.failed = answer([&]() -> Outcome<Json> {
    Outcome<std::vector<double>> outcome = work();
    if (!outcome.ok()) return outcome.errors();
    packed.numbers = std::move(outcome.value());
    return Json();
  });
  if (!packed.numbers.empty()) packed.failed.clear();
  return packed;
}

// A member that must be there, of the right kind.
Outcome<Json> member(const Json& object, const char* name, Json::value_t type) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  if (found == object.end() || found->type() != type) return Error{ErrorCode::malformed_request, name, {}, {}};
  return *found;
}

Outcome<Axis> read_axis(const Json& json) {
  const Outcome<Json> name = member(json, "parameter", Json::value_t::string);
  if (!name.ok()) return name.errors();
  const Outcome<Json> values = member(json, "values", Json::value_t::array);
  if (!values.ok()) return values.errors();
  const std::string key = name.value().get<std::string>();
  const std::optional<Parameter> parameter = find_parameter(key);
  if (!parameter) return unknown_parameter_error(key);
  if (values.value().empty()) return Error{ErrorCode::malformed_request, key, "[]", {}};
  Axis axis{*parameter, {}};
  for (const Json& each : values.value()) {
    const Outcome<double> value = read_value(*parameter, each);
    if (!value.ok()) return value.errors();
    axis.values.push_back(value.value());
  }
  return axis;
}

std::string_view name_of(RowStatus s) { return s == RowStatus::ok ? "ok" : s == RowStatus::does_not_fit ? "does_not_fit" : "invalid"; }

Json rows_json(const std::vector<Row>& rows, const std::vector<Axis>& axes) {
  Json list = Json::array();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Json at = Json::array();
    std::size_t stride = rows.size();
    for (const Axis& axis : axes) {
      stride /= axis.values.size();
      at.push_back(value_json(axis.parameter, axis.values[i / stride % axis.values.size()]));
    }
    Json values = Json::array();
    for (const std::optional<double>& value : rows[i].values) values.push_back(value ? Json(*value) : Json(nullptr));
    list.push_back(JsonObject().put("at", std::move(at)).put("status", name_of(rows[i].status)).put("values", std::move(values)).json());
  }
  return list;
}

}  // namespace

std::string about() {
  return answer([]() -> Outcome<Json> { return JsonObject().put("release", release).put("link_version", link_version).json(); });
}

std::string parameters() {
  return answer([]() -> Outcome<Json> { return parameters_json(); });
}

std::string quantities() {
  return answer([]() -> Outcome<Json> { return quantities_json(); });
}

std::string names() {
  return answer([]() -> Outcome<Json> {
    Json of_models = Json::array(), of_devices = Json::array();
    for (const Model& m : models()) {
      Json entry = JsonObject().put("id", m.id).put("name", m.name).put("covered", m.covered).json();
      if (m.covered) {
        entry["total_b"] = total_parameters(m.architecture).sum() / 1e9;
        entry["active_b"] = active_parameters(m.architecture).sum() / 1e9;
      }
      of_models.push_back(std::move(entry));
    }
    for (const Device& d : devices()) {
      const Fact& memory = d.memory_marketed_gb;
      of_devices.push_back(JsonObject()
          .put("id", d.id)
          .put("name", d.name)
          .put("vendor", d.vendor)
          .put("memory_gb", memory.known() ? Json(memory.value) : Json(nullptr))
          .json());
    }
    return JsonObject().put("models", std::move(of_models)).put("devices", std::move(of_devices)).put("presets", presets_json()).json();
  });
}

std::string conclusions() {
  return answer([]() -> Outcome<Json> { return conclusions_json(); });
}

std::string evaluate(std::string_view text) {
  return answer([&]() -> Outcome<Json> {
    const Outcome<Scenario> scenario = read_scenario(text, Scenario::defaults());
    if (!scenario.ok()) return scenario.errors();
    const Outcome<Report> report = moecalc::evaluate(scenario.value());
    if (!report.ok()) return report.errors();
    return report_json(report.value());
  });
}

std::string explain(std::string_view text, std::string_view quantity) {
  return answer([&]() -> Outcome<Json> {
    const Outcome<Scenario> scenario = read_scenario(text, Scenario::defaults());
    if (!scenario.ok()) return scenario.errors();
    const std::optional<QuantityId> id = find_quantity(quantity);
    if (!id) return Error{ErrorCode::unknown_quantity, shown(quantity), {}, {}};
    const Outcome<Explanation> explanation = moecalc::explain(scenario.value(), *id);
    if (!explanation.ok()) return explanation.errors();
    return explanation_json(explanation.value());
  });
}

std::string decode_link(std::string_view text) {
  return answer([&]() -> Outcome<Json> {
    DecodedSweepLink decoded = decode_sweep_link(text);
    DecodedLink& link = decoded.link;
    const std::optional<Plan> plan = plan_of(link);
    return JsonObject()
        .put("scenario", scenario_json(link.scenario))
        .put("problems", errors_json(link.problems))
        .put("release", link.release)
        .put("repaired", link.repaired)
        .put("sweep", decoded.sweep ? sweep_json(*decoded.sweep) : Json(nullptr))
        .put("plan", plan ? plan_spec_json(*plan) : Json(nullptr))
        .json();
  });
}

std::string grid(std::string_view text) {
  return answer([&]() -> Outcome<Json> {
    const Outcome<Json> request = parse_json(text);
    if (!request.ok()) return request.errors();
    const Outcome<Json> scenario_member = member(request.value(), "scenario", Json::value_t::object);
    if (!scenario_member.ok()) return scenario_member.errors();
    const Outcome<Scenario> scenario = read_scenario(scenario_member.value(), Scenario::defaults());
    if (!scenario.ok()) return scenario.errors();
    const Outcome<Json> axis_list = member(request.value(), "axes", Json::value_t::array);
    if (!axis_list.ok()) return axis_list.errors();
    const Outcome<Json> quantity_list = member(request.value(), "quantities", Json::value_t::array);
    if (!quantity_list.ok()) return quantity_list.errors();

    std::vector<Axis> axes;
    for (const Json& each : axis_list.value()) {
      const Outcome<Axis> axis = read_axis(each);
      if (!axis.ok()) return axis.errors();
      axes.push_back(axis.value());
    }
    std::vector<QuantityId> ids;
    for (const Json& each : quantity_list.value()) {
      const std::string key = each.is_string() ? each.get<std::string>() : std::string{};
      const std::optional<QuantityId> id = find_quantity(key);
      if (!id) return Error{ErrorCode::unknown_quantity, shown(key), {}, {}};
      ids.push_back(*id);
    }
    const Outcome<std::vector<Row>> rows = evaluate_grid(scenario.value(), axes, ids);
    if (!rows.ok()) return rows.errors();
    return rows_json(rows.value(), axes);
  });
}

std::string read_config(std::string_view text) {
  return answer([&]() -> Outcome<Json> {
    const Outcome<ImportedConfig> imported = moecalc::read_config(text);
    if (!imported.ok()) return imported.errors();
    const Architecture& a = imported.value().architecture;
    Json scenario = JsonObject().put("model", "custom").json();
    constexpr auto members = architecture_members<double>();
    for (std::size_t i = 0; i < architecture_field_count; ++i) {
      const Parameter p = architecture_parameter(i);
      if (a.*members[i] != 0) scenario[std::string(info(p).key)] = value_json(p, a.*members[i]);
    }
    Json value = imported_config_json(imported.value());
    value.erase("architecture");
    value["scenario"] = std::move(scenario);
    // As the command line has it: K and V, or the latent, and the indexer's keys, of all layers.
    const double elements = kv_elements_per_token(a) + index_elements_per_token(a);
    value["kv_bytes_per_token"] = JsonObject().put("bf16", 2 * elements).put("fp8", elements).json();
    return value;
  });
}

static std::string with_plan(std::string_view text, const std::function<Outcome<Json>(const Plan&)>& work) {
  return answer([&]() -> Outcome<Json> {
    const Outcome<Json> json = parse_json(text);
    if (!json.ok()) return json.errors();
    const Outcome<Plan> plan = read_plan(json.value());
    if (!plan.ok()) return plan.errors();
    return work(plan.value());
  });
}

std::string plan(std::string_view text) { return with_plan(text, run_plan); }

std::string plan_link(std::string_view text) {
  return with_plan(text, [](const Plan& plan) -> Outcome<Json> { return JsonObject().put("link", encode_link(plan)).json(); });
}

static std::string with_timeline(std::string_view text, const std::function<std::string(const TimelinePlan&)>& work) {
  return with_plan(text, [&](const Plan& plan) -> Outcome<Json> {
    const Outcome<TimelinePlan> timeline = plan_timeline(plan.base);
    if (!timeline.ok()) return timeline.errors();
    return Json(work(timeline.value()));
  });
}

std::string timeline_trace(std::string_view text) { return with_timeline(text, moecalc::timeline_trace); }

std::string timeline_svg(std::string_view text, const WordOf& word) {
  return with_timeline(text, [&](const TimelinePlan& timeline) { return moecalc::timeline_svg(timeline, word); });
}

// A sweep from its text. The last one stays: its ranges and merges come one after another.
static const Outcome<Sweep>& sweep_of(std::string_view text) {
  static thread_local std::string last_text;
  static thread_local Outcome<Sweep> last = Errors{};
  if (text != last_text) {
    last_text.clear();
    const Outcome<Json> json = parse_json(text);
    last = json.ok() ? read_sweep(json.value()) : json.errors();
    last_text = text;
  }
  return last;
}

static std::string with_sweep(std::string_view text, const std::function<Outcome<Json>(const Sweep&)>& work) {
  return answer([&]() -> Outcome<Json> {
    const Outcome<Sweep>& sweep = sweep_of(text);
    if (!sweep.ok()) return sweep.errors();
    return work(sweep.value());
  });
}

static Packed pack_with_sweep(std::string_view text, const std::function<Outcome<std::vector<double>>(const Sweep&)>& work) {
  return pack([&]() -> Outcome<std::vector<double>> {
    const Outcome<Sweep>& sweep = sweep_of(text);
    if (!sweep.ok()) return sweep.errors();
    return work(sweep.value());
  });
}

std::string sweep_presets() {
  return answer([]() -> Outcome<Json> { return sweep_presets_json(); });
}

std::string sweep_plan(std::string_view text) {
  return with_sweep(text, [](const Sweep& sweep) -> Outcome<Json> { return plan_json(sweep); });
}

Packed sweep_run(std::string_view text, double begin, double end, double hash_bound) {
  return pack_with_sweep(text, [&](const Sweep& sweep) -> Outcome<std::vector<double>> {
    const double total = static_cast<double>(total_of(sweep));
    if (!(begin >= 0 && begin <= end && end <= total && hash_bound >= 0 && hash_bound <= static_cast<double>(largest_hash))) {
      return Error{ErrorCode::out_of_range, "begin, end", shortest_text(begin) + ", " + shortest_text(end), "0…" + shortest_text(total)};
    }
    return packed(sweep, run_sweep(sweep, static_cast<std::uint64_t>(begin), static_cast<std::uint64_t>(end), static_cast<std::uint64_t>(hash_bound)));
  });
}

Packed sweep_merge(std::string_view text, std::span<const double> partials) {
  return pack_with_sweep(text, [&](const Sweep& sweep) -> Outcome<std::vector<double>> {
    SweepPartial whole;
    while (!partials.empty()) {
      const Outcome<SweepPartial> part = unpack(sweep, partials);
      if (!part.ok()) return part.errors();
      merge_into(sweep, whole, part.value());
    }
    return packed(sweep, whole);
  });
}

Packed sweep_result(std::string_view text, std::span<const double> partial, double most_sampled) {
  return pack_with_sweep(text, [&](const Sweep& sweep) -> Outcome<std::vector<double>> {
    const Outcome<SweepPartial> read = unpack(sweep, partial);
    if (!read.ok()) return read.errors();
    const double most = static_cast<double>(largest_sample);
    return packed_rows(sweep, read.value(), static_cast<std::size_t>(most_sampled >= 0 && most_sampled < most ? most_sampled : most));
  });
}

std::string sweep_link(std::string_view text) {
  return with_sweep(text, [](const Sweep& sweep) -> Outcome<Json> { return JsonObject().put("link", encode_link(sweep)).json(); });
}

}  // namespace moecalc::api
