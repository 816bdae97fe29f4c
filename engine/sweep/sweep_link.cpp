#include "sweep/sweep_link.h"

#include <algorithm>

#include "numbers/number_text.h"

namespace moecalc {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text = text.substr(at + 1);
  }
}

std::string axis_text(const SweepAxis& axis) {
  std::string text;
  for (const Parameter p : axis.parameters) text += (text.empty() ? "" : "=") + std::string(info(p).link_key);
  const AxisForm& form = axis.form;
  const auto range = [&](const char* mark, double last) {
    return text + "~" + mark + "~" + shortest_text(form.from) + "~" + shortest_text(form.to) + "~" + shortest_text(last);
  };
  switch (form.kind) {
    case AxisForm::Kind::steps: return range("r", form.step);
    case AxisForm::Kind::linear_points: return range("p", form.points);
    case AxisForm::Kind::log_points: return range("l", form.points);
    case AxisForm::Kind::all_entries: return text + (form.vendor.empty() ? "~a" : "~a~" + form.vendor);
    case AxisForm::Kind::list: break;
  }
  text += "~v";
  for (const std::vector<double>& value : axis.values) {
    for (std::size_t c = 0; c < value.size(); ++c) text += (c == 0 ? "~" : "=") + value_text(axis.parameters[c], value[c]);
  }
  return text;
}

std::string target_text(const Target& t) { return std::string(info(t.quantity).key) + (t.goal == Goal::maximize ? "~max" : "~min"); }

// Reads the pairs of a sweep; what is wrong goes to the link's problems, and then there is no sweep.
class PairsReader {
 public:
  PairsReader(const Scenario& base, const LinkPairs& pairs, Errors& problems) : pairs_(pairs), problems_(problems), before_(problems.size()) { sweep_.base = base; }

  std::optional<Sweep> read() {
    bool has_objective = false;
    for (const auto& [key, value] : pairs_) {
      pair_ = key + "=" + value;
      const std::vector<std::string_view> parts = split(value, '~');
      if (key[1] == 'x') {
        read_axis(parts);
      } else if (key[1] == 'c') {
        read_constraint(parts);
      } else if (key == "so" || key == "sp") {
        std::vector<Target> targets = read_targets(parts);
        if (key == "sp") {
          sweep_.pareto = std::move(targets);
        } else if (targets.size() == 1) {
          sweep_.objective = targets[0];
          has_objective = true;
        }
      } else if (key == "st" || key == "ss") {
        read_count(value, key == "st" ? largest_top : largest_sample, key == "st" ? sweep_.top : sweep_.sample);
      } else if (key == "sg") {
        for (std::string_view part : parts) {
          if (const auto p = find_parameter_by_link_key(part)) sweep_.best_per.push_back(*p);
          else refuse();
        }
      } else {
        for (std::string_view part : parts) {
          if (const auto id = find_quantity(part)) sweep_.quantities.push_back(*id);
          else refuse();
        }
      }
    }
    if (!has_objective || sweep_.pareto.size() == 1 || sweep_.pareto.size() > 3) refuse();
    if (problems_.size() == before_) {
      const Errors errors = check(sweep_);
      problems_.insert(problems_.end(), errors.begin(), errors.end());
    }
    if (problems_.size() != before_) return std::nullopt;
    return std::move(sweep_);
  }

 private:
  void refuse() {
    if (problems_.size() - before_ < most_errors) problems_.push_back({ErrorCode::link_malformed_pair, {}, shown(pair_), {}});
  }

  void read_axis(const std::vector<std::string_view>& parts) {
    SweepAxis axis;
    for (std::string_view name : split(parts[0], '=')) {
      const auto p = find_parameter_by_link_key(name);
      if (!p) return refuse();
      axis.parameters.push_back(*p);
    }
    if (parts.size() < 2 || parts[1].size() != 1 || axis.parameters.empty()) return refuse();
    const char mark = parts[1][0];
    if (mark == 'v') {
      for (std::size_t i = 2; i < parts.size(); ++i) {
        const std::vector<std::string_view> tuple = split(parts[i], '=');
        if (tuple.size() != axis.parameters.size()) return refuse();
        std::vector<double> value;
        for (std::size_t c = 0; c < tuple.size(); ++c) {
          const Outcome<double> one = parse_value(axis.parameters[c], tuple[c]);
          if (!one.ok()) {
            problems_.insert(problems_.end(), one.errors().begin(), one.errors().end());
            return;
          }
          value.push_back(one.value());
        }
        axis.values.push_back(std::move(value));
      }
    } else if (mark == 'a') {
      axis.form = {AxisForm::Kind::all_entries, 0, 0, 0, 0, std::string(parts.size() > 2 ? parts[2] : "")};
    } else {
      if (parts.size() != 5 || axis.parameters.size() != 1) return refuse();
      const auto from = parse_number(parts[2]), to = parse_number(parts[3]), last = parse_number(parts[4]);
      if (!from || !to || !last || !(*last > 0)) return refuse();
      if (mark == 'r') axis.form = {AxisForm::Kind::steps, *from, *to, *last, 0, {}};
      else if (mark == 'p') axis.form = {AxisForm::Kind::linear_points, *from, *to, 0, *last, {}};
      else if (mark == 'l') axis.form = {AxisForm::Kind::log_points, *from, *to, 0, *last, {}};
      else return refuse();
    }
    const Errors errors = write_out(sweep_.base, axis);
    problems_.insert(problems_.end(), errors.begin(), errors.end());
    sweep_.axes.push_back(std::move(axis));
  }

  void read_constraint(const std::vector<std::string_view>& parts) {
    const auto id = find_quantity(parts[0]);
    const auto bound = parts.size() == 3 ? parse_number(parts[2]) : std::nullopt;
    if (!id || !bound || (parts[1] != "ge" && parts[1] != "le")) return refuse();
    sweep_.constraints.push_back({*id, parts[1] == "ge", *bound});
  }

  std::vector<Target> read_targets(const std::vector<std::string_view>& parts) {
    std::vector<Target> targets;
    for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
      const auto id = find_quantity(parts[i]);
      if (!id || (parts[i + 1] != "max" && parts[i + 1] != "min")) {
        refuse();
        return {};
      }
      targets.push_back({*id, parts[i + 1] == "max" ? Goal::maximize : Goal::minimize});
    }
    if (parts.size() % 2 != 0) refuse();
    return targets;
  }

  void read_count(std::string_view text, std::size_t most, std::size_t& target) {
    const auto value = parse_number(text);
    if (!value || *value < 0 || *value > static_cast<double>(most) || *value != static_cast<double>(static_cast<std::size_t>(*value))) return refuse();
    target = static_cast<std::size_t>(*value);
  }

  const LinkPairs& pairs_;
  Errors& problems_;
  std::size_t before_;
  std::string pair_;
  Sweep sweep_{};
};

}  // namespace

std::string encode_link(const Sweep& sweep) {
  LinkPairs pairs;
  for (std::size_t i = 0; i < sweep.axes.size(); ++i) pairs.emplace_back("sx" + std::to_string(i), axis_text(sweep.axes[i]));
  for (std::size_t i = 0; i < sweep.constraints.size(); ++i) {
    const Constraint& c = sweep.constraints[i];
    pairs.emplace_back("sc" + std::to_string(i), std::string(info(c.quantity).key) + (c.at_least ? "~ge~" : "~le~") + shortest_text(c.bound));
  }
  pairs.emplace_back("so", target_text(sweep.objective));
  pairs.emplace_back("st", std::to_string(sweep.top));
  if (sweep.sample > 0) pairs.emplace_back("ss", std::to_string(sweep.sample));
  const auto joined = [](const auto& list, auto&& text_of) {
    std::string text;
    for (const auto& each : list) text += (text.empty() ? "" : "~") + text_of(each);
    return text;
  };
  if (!sweep.best_per.empty()) pairs.emplace_back("sg", joined(sweep.best_per, [](Parameter p) { return std::string(info(p).link_key); }));
  if (!sweep.pareto.empty()) pairs.emplace_back("sp", joined(sweep.pareto, target_text));
  if (!sweep.quantities.empty()) pairs.emplace_back("sq", joined(sweep.quantities, [](QuantityId id) { return std::string(info(id).key); }));
  return encode_link(sweep.base, pairs);
}

DecodedSweepLink decode_sweep_link(std::string_view text) {
  DecodedSweepLink decoded{decode_link(text), std::nullopt};
  if (!decoded.link.sweep.empty()) decoded.sweep = PairsReader(decoded.link.scenario, decoded.link.sweep, decoded.link.problems).read();
  return decoded;
}

}  // namespace moecalc
