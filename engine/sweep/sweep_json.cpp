#include "sweep/sweep_json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "json/object.h"
#include "methods/evaluate.h"
#include "numbers/number_text.h"
#include "scenario/scenario_json.h"
#include "sweep/presets.h"

namespace moecalc {

using Json = nlohmann::ordered_json;

namespace {

Error malformed(std::string field, const Json& value) {
  return {ErrorCode::malformed_request, std::move(field), shown(value.dump(-1, ' ', false, Json::error_handler_t::replace)), {}};
}

// Reads a sweep member by member, collecting what is wrong.
class SweepReader {
 public:
  explicit SweepReader(const Json& json) : json_(json) {}

  Outcome<Sweep> read() {
    if (!json_.is_object()) return malformed("sweep", json_);
    for (const auto& [name, value] : json_.items()) {
      static constexpr std::string_view known[] = {"scenario", "axes", "constraints", "objective", "top", "best_per", "pareto", "sample", "quantities"};
      if (errors_.size() >= most_errors) return errors_;
      if (std::find(std::begin(known), std::end(known), name) == std::end(known)) errors_.push_back(malformed(shown(name), value));
    }
    read_base();
    read_axes();
    read_constraints();
    if (const auto target = read_target(json_.value("objective", Json()), "objective")) sweep_.objective = *target;
    for (const Json& each : list("pareto")) {
      if (const auto target = read_target(each, "pareto")) sweep_.pareto.push_back(*target);
    }
    if (sweep_.pareto.size() == 1 || sweep_.pareto.size() > 3) errors_.push_back(malformed("pareto", json_["pareto"]));
    sweep_.top = read_count("top", 100, largest_top);
    sweep_.sample = read_count("sample", 0, largest_sample);
    for (const Json& each : list("best_per")) {
      if (const auto p = read_parameter(each, "best_per")) sweep_.best_per.push_back(*p);
    }
    for (const Json& each : list("quantities")) {
      if (const auto id = read_quantity(each, "quantities")) sweep_.quantities.push_back(*id);
    }
    if (errors_.empty()) errors_ = check(sweep_);
    if (!errors_.empty()) return errors_;
    return sweep_;
  }

 private:
  void add(const Errors& errors) { errors_.insert(errors_.end(), errors.begin(), errors.end()); }

  const Json& list(const char* name) {
    static const Json none = Json::array();
    const auto found = json_.find(name);
    if (found == json_.end()) return none;
    if (found->is_array() && found->size() <= 64) return *found;
    errors_.push_back(malformed(name, *found));
    return none;
  }

  std::optional<Parameter> read_parameter(const Json& json, const char* field) {
    if (!json.is_string()) {
      errors_.push_back(malformed(field, json));
      return std::nullopt;
    }
    const std::string key = json.get<std::string>();
    const std::optional<Parameter> p = find_parameter(key);
    if (!p) errors_.push_back(unknown_parameter_error(key));
    return p;
  }

  std::optional<QuantityId> read_quantity(const Json& json, const char* field) {
    if (!json.is_string()) {
      errors_.push_back(malformed(field, json));
      return std::nullopt;
    }
    const std::string key = json.get<std::string>();
    const std::optional<QuantityId> id = find_quantity(key);
    if (!id) errors_.push_back({ErrorCode::unknown_quantity, shown(key), {}, {}});
    return id;
  }

  std::optional<Target> read_target(const Json& json, const char* field) {
    const bool has_both = json.is_object() && json.contains("quantity") && json.contains("goal");
    if (!has_both || (json["goal"] != "maximize" && json["goal"] != "minimize")) {
      errors_.push_back(malformed(field, json));
      return std::nullopt;
    }
    const auto id = read_quantity(json["quantity"], field);
    if (!id) return std::nullopt;
    return Target{*id, json["goal"] == "maximize" ? Goal::maximize : Goal::minimize};
  }

  std::size_t read_count(const char* name, std::size_t when_absent, std::size_t most) {
    const auto found = json_.find(name);
    if (found == json_.end()) return when_absent;
    const std::size_t before = errors_.size();
    const double value = read_number(json_, name, name, "0…" + std::to_string(most));
    if (errors_.size() != before) return 0;
    if (value >= 0 && value <= static_cast<double>(most) && value == std::floor(value)) return static_cast<std::size_t>(value);
    errors_.push_back({ErrorCode::out_of_range, name, shown(found->dump()), "0…" + std::to_string(most)});
    return 0;
  }

  // A member that must be a number; what else stands there is named as it was given.
  double read_number(const Json& object, const char* name, const std::string& field, const std::string& allowed) {
    const auto found = object.find(name);
    if (found != object.end() && found->is_number() && std::isfinite(found->get<double>())) return found->get<double>();
    const std::string given = found == object.end() || found->is_null() ? std::string() : found->is_string() ? found->get<std::string>() : found->dump();
    errors_.push_back({ErrorCode::not_a_number, field, shown(given), allowed});
    return 0;
  }

  void read_base() {
    const Json scenario = json_.value("scenario", Json::object());
    const Outcome<Scenario> base = read_scenario(scenario, Scenario::defaults());
    if (!base.ok()) return add(base.errors());
    sweep_.base = base.value();
  }

  void read_constraints() {
    for (const Json& each : list("constraints")) {
      const bool at_least = each.is_object() && each.contains("at_least");
      const char* bound = at_least ? "at_least" : "at_most";
      if (!each.is_object() || !each.contains("quantity") || !each.contains(bound)) {
        errors_.push_back(malformed("constraints", each));
        continue;
      }
      const auto id = read_quantity(each["quantity"], "constraints");
      if (id) sweep_.constraints.push_back({*id, at_least, read_number(each, bound, std::string(info(*id).key), "-1e300…1e300")});
    }
  }

  void read_axes() {
    for (const Json& each : list("axes")) {
      SweepAxis axis;
      if (!each.is_object() || each.contains("parameter") == each.contains("parameters")) {
        errors_.push_back(malformed("axes", each));
        continue;
      }
      const bool is_joint = each.contains("parameters");
      const Json names = is_joint ? each["parameters"] : Json::array({each["parameter"]});
      if (!names.is_array() || names.empty() || names.size() > 8) {
        errors_.push_back(malformed("axes", names));
        continue;
      }
      const std::size_t before = errors_.size();
      for (const Json& name : names) {
        if (const auto p = read_parameter(name, "axes")) axis.parameters.push_back(*p);
      }
      if (errors_.size() != before) continue;
      if (each.contains("values")) {
        read_values(each["values"], is_joint, axis);
      } else {
        read_form(each, is_joint, axis);
      }
      if (errors_.size() == before) sweep_.axes.push_back(std::move(axis));
    }
  }

  void read_values(const Json& values, bool is_joint, SweepAxis& axis) {
    if (!values.is_array() || values.size() > largest_axis) {
      errors_.push_back(malformed(std::string(info(axis.parameters[0]).key), values));
      return;
    }
    for (const Json& value : values) {
      const Json tuple = is_joint ? value : Json::array({value});
      if (!tuple.is_array() || tuple.size() != axis.parameters.size()) {
        errors_.push_back(malformed(std::string(info(axis.parameters[0]).key), value));
        return;
      }
      std::vector<double> read;
      for (std::size_t c = 0; c < tuple.size(); ++c) {
        const Outcome<double> one = read_value(axis.parameters[c], tuple[c]);
        if (!one.ok()) return add(one.errors());
        read.push_back(one.value());
      }
      axis.values.push_back(std::move(read));
    }
  }

  void read_form(const Json& json, bool is_joint, SweepAxis& axis) {
    const std::string key(info(axis.parameters[0]).key);
    if (is_joint) {
      errors_.push_back(malformed(key, json));
      return;
    }
    AxisForm& form = axis.form;
    const std::size_t before = errors_.size();
    const auto number = [&](const char* name, const std::string& allowed) { return read_number(json, name, key, allowed); };
    const auto read_ends = [&] {
      form.from = number("from", allowed_text(axis.parameters[0]));
      form.to = number("to", allowed_text(axis.parameters[0]));
    };
    if (json.value("all", Json()) == true) {
      form = {AxisForm::Kind::all_entries, 0, 0, 0, 0, {}};
      if (json.contains("vendor") && json["vendor"].is_string()) form.vendor = json["vendor"].get<std::string>();
    } else if (json.contains("step")) {
      form.kind = AxisForm::Kind::steps;
      read_ends();
      form.step = number("step", "> 0");
    } else if (json.contains("points")) {
      form.kind = json.value("scale", Json("linear")) == "log" ? AxisForm::Kind::log_points : AxisForm::Kind::linear_points;
      read_ends();
      form.points = number("points", "1…" + std::to_string(largest_axis));
    } else {
      errors_.push_back(malformed(key, json));
      return;
    }
    if (errors_.size() != before) return;
    if (form.kind == AxisForm::Kind::steps && !(form.step > 0)) {
      errors_.push_back({ErrorCode::out_of_range, key, shortest_text(form.step), "> 0"});
      return;
    }
    add(write_out(sweep_.base, axis));
  }

  const Json& json_;
  Sweep sweep_{};
  Errors errors_;
};

std::string_view name_of(Goal goal) { return goal == Goal::maximize ? "maximize" : "minimize"; }
Json target_json(const Target& t) { return JsonObject().put("quantity", info(t.quantity).key).put("goal", name_of(t.goal)).json(); }

Json tuple_json(const SweepAxis& axis, const std::vector<double>& value) {
  Json tuple = Json::array();
  for (std::size_t c = 0; c < value.size(); ++c) tuple.push_back(value_json(axis.parameters[c], value[c]));
  return tuple;
}

Json axis_json(const SweepAxis& axis) {
  const std::string key(info(axis.parameters[0]).key);
  const AxisForm& form = axis.form;
  switch (form.kind) {
    case AxisForm::Kind::steps: return JsonObject().put("parameter", key).put("from", form.from).put("to", form.to).put("step", form.step).json();
    case AxisForm::Kind::linear_points:
    case AxisForm::Kind::log_points:
      return JsonObject()
          .put("parameter", key)
          .put("from", form.from)
          .put("to", form.to)
          .put("points", form.points)
          .put("scale", form.kind == AxisForm::Kind::log_points ? "log" : "linear")
          .json();
    case AxisForm::Kind::all_entries: {
      Json json = JsonObject().put("parameter", key).put("all", true).json();
      if (!form.vendor.empty()) json["vendor"] = form.vendor;
      return json;
    }
    case AxisForm::Kind::list: break;
  }
  Json values = Json::array();
  const bool is_joint = axis.parameters.size() > 1;
  for (const std::vector<double>& value : axis.values) {
    const Json tuple = tuple_json(axis, value);
    values.push_back(is_joint ? tuple : tuple[0]);
  }
  if (!is_joint) return JsonObject().put("parameter", key).put("values", std::move(values)).json();
  Json names = Json::array();
  for (const Parameter p : axis.parameters) names.push_back(info(p).key);
  return JsonObject().put("parameters", std::move(names)).put("values", std::move(values)).json();
}

Json counts_json(const SweepCounts& c) {
  return JsonObject()
      .put("evaluated", c.evaluated)
      .put("invalid", c.invalid)
      .put("does_not_fit", c.does_not_fit)
      .put("rejected", c.rejected)
      .put("kept", c.kept)
      .json();
}

Json columns_json(const Sweep& sweep) {
  Json columns = Json::array();
  for (const QuantityId id : columns_of(sweep)) columns.push_back(info(id).key);
  return columns;
}

void add_counts(std::vector<double>& out, const SweepCounts& c) {
  for (const std::uint64_t count : {c.evaluated, c.invalid, c.does_not_fit, c.rejected, c.kept}) out.push_back(static_cast<double>(count));
}

// Reads number by number; after the end, or after one that cannot be, everything is zero and the reader bad.
class Reader {
 public:
  explicit Reader(std::span<const double> numbers) : rest_(numbers) {}
  double number() {
    const double value = rest_.empty() ? NAN : rest_.front();
    is_good_ = is_good_ && std::isfinite(value);
    if (!is_good_) return 0;
    rest_ = rest_.subspan(1);
    return value;
  }
  // A whole one from 0 to most.
  std::uint64_t whole(std::uint64_t most) {
    const double value = number();
    is_good_ = is_good_ && value >= 0 && value <= static_cast<double>(most) && value == std::floor(value);
    return is_good_ ? static_cast<std::uint64_t>(value) : 0;
  }
  bool is_good() const { return is_good_; }
  std::span<const double> rest() const { return rest_; }

 private:
  std::span<const double> rest_;
  bool is_good_ = true;
};

}  // namespace

Outcome<Sweep> read_sweep(const Json& json) { return SweepReader(json).read(); }

Json sweep_json(const Sweep& sweep) {
  Json axes = Json::array(), constraints = Json::array(), best_per = Json::array(), pareto = Json::array(), quantities = Json::array();
  for (const SweepAxis& axis : sweep.axes) axes.push_back(axis_json(axis));
  for (const Constraint& c : sweep.constraints) constraints.push_back(JsonObject().put("quantity", info(c.quantity).key).put(c.at_least ? "at_least" : "at_most", c.bound).json());
  for (const Parameter p : sweep.best_per) best_per.push_back(info(p).key);
  for (const Target& t : sweep.pareto) pareto.push_back(target_json(t));
  for (const QuantityId id : sweep.quantities) quantities.push_back(info(id).key);
  return JsonObject()
      .put("scenario", scenario_changes_json(sweep.base, Scenario::defaults()))
      .put("axes", std::move(axes))
      .put("constraints", std::move(constraints))
      .put("objective", target_json(sweep.objective))
      .put("top", sweep.top)
      .put("best_per", std::move(best_per))
      .put("pareto", std::move(pareto))
      .put("sample", sweep.sample)
      .put("quantities", std::move(quantities))
      .json();
}

Json plan_json(const Sweep& sweep) {
  Json axes = Json::array();
  for (const SweepAxis& axis : sweep.axes) {
    Json names = Json::array(), values = Json::array();
    for (const Parameter p : axis.parameters) names.push_back(info(p).key);
    for (const std::vector<double>& value : axis.values) values.push_back(tuple_json(axis, value));
    axes.push_back(JsonObject().put("parameters", std::move(names)).put("values", std::move(values)).json());
  }
  return JsonObject().put("total", total_of(sweep)).put("axes", std::move(axes)).put("columns", columns_json(sweep)).json();
}

std::vector<double> packed(const Sweep& sweep, const SweepPartial& partial) {
  std::vector<double> out;
  const auto add = [&](auto... values) { (out.push_back(static_cast<double>(values)), ...); };
  add_counts(out, partial.counts);
  add(hash_bound_of(sweep, partial), partial.top.size(), partial.best_per.size(), partial.pareto.size(), partial.sample.size());
  for (const Ranked& row : partial.top) add(row.index, row.objective);
  for (const auto& [group, row] : partial.best_per) add(group, row.index, row.objective);
  for (const Undominated& row : partial.pareto) add(row.index, row.values[0], row.values[1], row.values[2]);
  for (const Sampled& row : partial.sample) add(row.index);
  return out;
}

Outcome<SweepPartial> unpack(const Sweep& sweep, std::span<const double>& numbers) {
  const std::uint64_t total = total_of(sweep);
  Reader in(numbers);
  const auto index = [&] { return in.whole(total > 0 ? total - 1 : 0); };
  SweepPartial partial;
  SweepCounts& c = partial.counts;
  for (std::uint64_t* count : {&c.evaluated, &c.invalid, &c.does_not_fit, &c.rejected, &c.kept}) *count = in.whole(total);
  in.whole(largest_hash);
  std::uint64_t rows[4];
  for (std::uint64_t& count : rows) count = in.whole(total);
  for (std::uint64_t i = 0; i < rows[0] && in.is_good(); ++i) {
    const std::uint64_t at = index();
    partial.top.push_back({at, in.number()});
  }
  for (std::uint64_t i = 0; i < rows[1] && in.is_good(); ++i) {
    const std::uint64_t group = in.whole(largest_group_count - 1), at = index();
    partial.best_per.insert_or_assign(partial.best_per.end(), group, Ranked{at, in.number()});
  }
  for (std::uint64_t i = 0; i < rows[2] && in.is_good(); ++i) {
    Undominated row{index(), {}};
    for (double& value : row.values) value = in.number();
    partial.pareto.push_back(row);
  }
  for (std::uint64_t i = 0; i < rows[3] && in.is_good(); ++i) partial.sample.push_back(sampled(index()));
  if (!in.is_good() || !std::is_sorted(partial.sample.begin(), partial.sample.end())) return Error{ErrorCode::sweep_partial_mismatch, {}, {}, {}};
  numbers = in.rest();
  return partial;
}

std::vector<double> packed_rows(const Sweep& sweep, const SweepPartial& partial, std::size_t most_sampled) {
  std::vector<double> out;
  const std::vector<QuantityId> columns = columns_of(sweep);
  const std::vector<Ranked> best = best_first(sweep, partial);
  std::vector<std::uint64_t> sample;
  for (std::size_t i = 0; i < std::min(most_sampled, partial.sample.size()); ++i) sample.push_back(partial.sample[i].index);
  std::sort(sample.begin(), sample.end());
  add_counts(out, partial.counts);
  for (const std::size_t rows : {partial.top.size(), best.size(), partial.pareto.size(), sample.size()}) out.push_back(static_cast<double>(rows));
  Results results;
  const auto add = [&](std::uint64_t index) {
    evaluate_into(scenario_at(sweep, index), results);
    out.push_back(static_cast<double>(index));
    for (const QuantityId id : columns) out.push_back(results[id]);
  };
  for (const Ranked& row : partial.top) add(row.index);
  for (const Ranked& row : best) add(row.index);
  for (const Undominated& row : partial.pareto) add(row.index);
  for (const std::uint64_t index : sample) add(index);
  return out;
}

Json partial_json(const Sweep& sweep, const SweepPartial& partial) { return packed(sweep, partial); }

Outcome<SweepPartial> read_partial(const Sweep& sweep, const Json& json) {
  std::vector<double> numbers;
  for (const Json& each : json) numbers.push_back(each.is_number() ? each.get<double>() : std::nan(""));
  std::span<const double> rest = numbers;
  Outcome<SweepPartial> partial = unpack(sweep, rest);
  if (!json.is_array() || !rest.empty()) return Error{ErrorCode::sweep_partial_mismatch, {}, {}, {}};
  return partial;
}

SweepRow row_of(const Sweep& sweep, std::uint64_t index) {
  SweepRow row{index, place_of(sweep, index), {}};
  Results results;
  evaluate_into(scenario_at(sweep, index), results);
  for (const QuantityId id : columns_of(sweep)) row.values.push_back(results[id]);
  return row;
}

Json result_json(const Sweep& sweep, const SweepPartial& partial) {
  const auto row_json = [&](std::uint64_t index) {
    const SweepRow row = row_of(sweep, index);
    return JsonObject().put("index", row.index).put("at", row.place).put("values", row.values).json();
  };
  Json top = Json::array(), best = Json::array(), pareto = Json::array(), sample = Json::array();
  for (const Ranked& row : partial.top) top.push_back(row_json(row.index));
  for (const Ranked& row : best_first(sweep, partial)) best.push_back(row_json(row.index));
  for (const Undominated& row : partial.pareto) pareto.push_back(row_json(row.index));
  std::vector<std::uint64_t> sampled;
  for (const Sampled& row : partial.sample) sampled.push_back(row.index);
  std::sort(sampled.begin(), sampled.end());
  for (const std::uint64_t index : sampled) sample.push_back(row_json(index));
  return JsonObject()
      .put("sweep", sweep_json(sweep))
      .put("plan", plan_json(sweep))
      .put("counts", counts_json(partial.counts))
      .put("top", std::move(top))
      .put("best_per", std::move(best))
      .put("pareto", std::move(pareto))
      .put("sample", std::move(sample))
      .json();
}

Json sweep_presets_json() {
  Json list = Json::array();
  for (const SweepPreset& preset : sweep_presets()) list.push_back(JsonObject().put("id", preset.id).put("sweep", parse_json(json_of(preset)).value()).json());
  return list;
}

}  // namespace moecalc
