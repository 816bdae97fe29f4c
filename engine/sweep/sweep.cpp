#include "sweep/sweep.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "catalogue/catalogue.h"
#include "methods/row_evaluator.h"
#include "numbers/number_text.h"
#include "sweep/rank.h"

namespace moecalc {
namespace {

// SplitMix64's last step: spreads consecutive numbers evenly.
std::uint64_t hash_of(std::uint64_t index) {
  std::uint64_t z = index + 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return (z ^ (z >> 31)) >> 11;  // 53 bits
}

// 1 when a is better, -1 when b is, 0 when they tie.
int better(Goal goal, double a, double b) {
  const int order = compare_12_digits(a, b);
  return goal == Goal::maximize ? order : -order;
}

bool ranks_before(Goal goal, const Ranked& a, const Ranked& b) {
  const int order = better(goal, a.objective, b.objective);
  return order != 0 ? order > 0 : a.index < b.index;
}

class TopList {
 public:
  TopList(std::vector<Ranked>& rows, std::size_t limit, Goal goal) : rows_(rows), limit_(limit), goal_(goal) {}
  void offer(const Ranked& row) {
    if (limit_ == 0) return;
    if (rows_.size() == limit_ && !ranks_before(goal_, row, rows_.back())) return;
    const auto at = std::upper_bound(rows_.begin(), rows_.end(), row, [&](const Ranked& a, const Ranked& b) { return ranks_before(goal_, a, b); });
    rows_.insert(at, row);
    if (rows_.size() > limit_) rows_.pop_back();
  }

 private:
  std::vector<Ranked>& rows_;
  std::size_t limit_;
  Goal goal_;
};

// The frontier of two or three quantities. Of configurations that tie in all of them the first is kept.
class Frontier {
 public:
  Frontier(std::vector<Undominated>& rows, const std::vector<Target>& targets) : rows_(rows), targets_(targets) {}

  void offer(const Undominated& row) {
    if (targets_.empty()) return;
    // With two quantities the rows lie in order: whoever dominates `row` in the second is the last one not worse in the first.
    if (targets_.size() == 2) return offer_to_two(row);
    for (const Undominated& other : rows_) {
      if (covers(other, row)) return;
    }
    rows_.erase(std::remove_if(rows_.begin(), rows_.end(), [&](const Undominated& other) { return covers(row, other); }), rows_.end());
    rows_.insert(std::upper_bound(rows_.begin(), rows_.end(), row, [&](const Undominated& a, const Undominated& b) { return stands_before(a, b); }), row);
  }

 private:
  int order(std::size_t q, const Undominated& a, const Undominated& b) const { return better(targets_[q].goal, a.values[q], b.values[q]); }

  // a is at least as good in all; in a complete tie the earlier one covers the later.
  bool covers(const Undominated& a, const Undominated& b) const {
    bool is_better = false;
    for (std::size_t q = 0; q < targets_.size(); ++q) {
      const int o = order(q, a, b);
      if (o < 0) return false;
      is_better = is_better || o > 0;
    }
    return is_better || a.index <= b.index;
  }
  bool stands_before(const Undominated& a, const Undominated& b) const {
    for (std::size_t q = 0; q < targets_.size(); ++q) {
      if (const int o = order(q, a, b)) return o > 0;
    }
    return a.index < b.index;
  }

  void offer_to_two(const Undominated& row) {
    const auto at = std::partition_point(rows_.begin(), rows_.end(), [&](const Undominated& other) { return order(0, other, row) > 0; });
    if (at != rows_.begin() && covers(*(at - 1), row)) return;  // the best in the second among those better in the first
    if (at != rows_.end() && covers(*at, row)) return;          // a tie in the first
    const auto end = std::partition_point(at, rows_.end(), [&](const Undominated& other) { return covers(row, other); });
    rows_.insert(rows_.erase(at, end), row);
  }

  std::vector<Undominated>& rows_;
  const std::vector<Target>& targets_;
};

// Keeps the smallest hashes; a heap once it is full, sorted at the end.
class Sample {
 public:
  Sample(std::vector<Sampled>& rows, std::size_t limit) : rows_(rows), limit_(limit) {}
  ~Sample() { std::sort(rows_.begin(), rows_.end()); }
  Sample(const Sample&) = delete;
  Sample& operator=(const Sample&) = delete;

  void offer(const Sampled& row) {
    if (rows_.size() < limit_) {
      rows_.push_back(row);
      if (rows_.size() == limit_) std::make_heap(rows_.begin(), rows_.end());
    } else if (limit_ > 0 && row < rows_.front()) {
      std::pop_heap(rows_.begin(), rows_.end());
      rows_.back() = row;
      std::push_heap(rows_.begin(), rows_.end());
    }
  }

 private:
  std::vector<Sampled>& rows_;
  std::size_t limit_;
};

// Numbers the groups of best_per: for every axis, what each of its values adds to the group's number.
struct GroupTable {
  std::vector<std::vector<std::uint64_t>> add;
  std::uint64_t count = 1;
};

GroupTable group_table(const Sweep& sweep) {
  GroupTable table;
  for (const SweepAxis& axis : sweep.axes) table.add.emplace_back(axis.values.size(), 0);
  for (const Parameter p : sweep.best_per) {
    for (std::size_t a = 0; a < sweep.axes.size(); ++a) {
      const SweepAxis& axis = sweep.axes[a];
      const auto found = std::find(axis.parameters.begin(), axis.parameters.end(), p);
      if (found == axis.parameters.end()) continue;
      const auto component = static_cast<std::size_t>(found - axis.parameters.begin());
      std::vector<double> distinct;
      for (std::size_t v = 0; v < axis.values.size(); ++v) {
        const double value = axis.values[v][component];
        auto at = std::find(distinct.begin(), distinct.end(), value);
        if (at == distinct.end()) at = distinct.insert(distinct.end(), value);
        table.add[a][v] += table.count * static_cast<std::uint64_t>(at - distinct.begin());
      }
      table.count *= distinct.size();
    }
  }
  return table;
}

// Walks through configurations: sets only the parameters of the axes that turn.
struct Odometer {
  const Sweep& sweep;
  Scenario scenario;
  std::vector<std::size_t> place;

  Odometer(const Sweep& of, std::uint64_t index) : sweep(of), scenario(scenario_at(of, index)), place(place_of(of, index)) {}

  void advance() {
    for (std::size_t a = sweep.axes.size(); a-- > 0;) {
      const SweepAxis& axis = sweep.axes[a];
      place[a] = place[a] + 1 == axis.values.size() ? 0 : place[a] + 1;
      for (std::size_t c = 0; c < axis.parameters.size(); ++c) scenario.set(axis.parameters[c], axis.values[place[a]][c]);
      if (place[a] != 0) return;
    }
  }
};

bool asks_for_money(const Sweep& sweep) {
  const std::vector<QuantityId> columns = columns_of(sweep);
  return std::any_of(columns.begin(), columns.end(), [](QuantityId id) { return info(id).group == "economics"; });
}

bool passes(const Sweep& sweep, const Results& results) {
  if (!results.has(sweep.objective.quantity)) return false;
  for (const Constraint& c : sweep.constraints) {
    if (!results.has(c.quantity)) return false;
    const int order = compare_12_digits(results[c.quantity], c.bound);
    if (c.at_least ? order < 0 : order > 0) return false;
  }
  for (const Target& t : sweep.pareto) {
    if (!results.has(t.quantity)) return false;
  }
  return true;
}

}  // namespace

Errors write_out(const Scenario& base, SweepAxis& axis) {
  const Parameter p = axis.parameters[0];
  const AxisForm& form = axis.form;
  const auto refuse = [&](ErrorCode code, std::string value, std::string allowed) {
    return Errors{{code, std::string(info(p).key), std::move(value), std::move(allowed)}};
  };
  if (form.kind == AxisForm::Kind::list) return {};
  axis.values.clear();
  if (form.kind == AxisForm::Kind::all_entries) {
    const bool of_models = info(p).type == ParameterType::model;
    if (!of_models && info(p).type != ParameterType::device) return refuse(ErrorCode::wrong_type, "all", "model, device");
    const std::size_t count = of_models ? models().size() : devices().size();
    Results unused;
    for (std::size_t i = 0; i < count; ++i) {
      if (!form.vendor.empty() && (of_models || devices()[i].vendor != form.vendor)) continue;
      Scenario scenario = base;
      scenario.set(p, static_cast<double>(i));
      if (evaluate_into(scenario, unused) != RowStatus::invalid) axis.values.push_back({static_cast<double>(i)});
    }
    return {};
  }

  const bool by_steps = form.kind == AxisForm::Kind::steps;
  const bool by_log = form.kind == AxisForm::Kind::log_points;
  if (info(p).type != ParameterType::integer && info(p).type != ParameterType::number) return refuse(ErrorCode::wrong_type, "range", allowed_text(p));
  if (!(form.from <= form.to) || (by_log && !(form.from > 0))) return refuse(ErrorCode::out_of_range, shortest_text(form.from) + "…" + shortest_text(form.to), range_text(p));
  const double count = by_steps ? std::floor((form.to - form.from) / form.step * (1 + 1e-12)) + 1 : form.points;
  if (!(count >= 1) || count > static_cast<double>(largest_axis) || count != std::floor(count)) {
    return refuse(ErrorCode::out_of_range, shortest_text(std::isfinite(count) ? count : 0), "1…" + std::to_string(largest_axis));
  }
  for (double i = 0; i < count; ++i) {
    double value = form.from;
    if (by_steps) {
      value += i * form.step;
    } else if (by_log) {
      value = to_digits(form.from * std::pow(form.to / form.from, count == 1 ? 0 : i / (count - 1)), 6);
    } else if (count > 1) {
      value += (form.to - form.from) * i / (count - 1);
    }
    if (!by_steps && info(p).type == ParameterType::integer) value = std::round(value);
    if (!axis.values.empty() && axis.values.back()[0] == value) continue;  // rounded onto its neighbour
    const Outcome<double> checked = check_number(p, value);
    if (!checked.ok()) return checked.errors();
    axis.values.push_back({checked.value()});
  }
  return {};
}

std::vector<QuantityId> columns_of(const Sweep& sweep) {
  std::vector<QuantityId> columns;
  const auto add = [&](QuantityId id) {
    if (std::find(columns.begin(), columns.end(), id) == columns.end()) columns.push_back(id);
  };
  add(sweep.objective.quantity);
  for (const Target& t : sweep.pareto) add(t.quantity);
  for (const Constraint& c : sweep.constraints) add(c.quantity);
  for (const QuantityId id : sweep.quantities) add(id);
  return columns;
}

std::uint64_t total_of(const Sweep& sweep) {
  std::uint64_t total = 1;
  for (const SweepAxis& axis : sweep.axes) {
    total *= axis.values.size();
    if (total > largest_sweep) break;  // enough to refuse it; the product itself might overflow
  }
  return total;
}

Errors check(const Sweep& sweep) {
  Errors errors;
  std::vector<Parameter> seen;
  double total = 1;
  for (const SweepAxis& axis : sweep.axes) {
    for (const Parameter p : axis.parameters) {
      if (std::find(seen.begin(), seen.end(), p) != seen.end()) errors.push_back({ErrorCode::sweep_axis_twice, std::string(info(p).key), {}, {}});
      seen.push_back(p);
      if (axis.values.empty()) errors.push_back({ErrorCode::sweep_axis_empty, std::string(info(p).key), {}, {}});
    }
    total *= static_cast<double>(axis.values.size());
  }
  for (const Parameter p : sweep.best_per) {
    if (std::find(seen.begin(), seen.end(), p) == seen.end()) errors.push_back({ErrorCode::sweep_group_not_an_axis, std::string(info(p).key), {}, {}});
  }
  if (total > static_cast<double>(largest_sweep)) {
    char text[32];
    std::snprintf(text, sizeof text, "%.15g", total);
    errors.push_back({ErrorCode::sweep_too_large, {}, text, std::to_string(largest_sweep)});
  }
  if (errors.empty() && group_table(sweep).count > largest_group_count) {
    errors.push_back({ErrorCode::sweep_groups_too_many, {}, std::to_string(group_table(sweep).count), std::to_string(largest_group_count)});
  }
  return errors;
}

std::vector<std::size_t> place_of(const Sweep& sweep, std::uint64_t index) {
  std::vector<std::size_t> place(sweep.axes.size());
  for (std::size_t a = sweep.axes.size(); a-- > 0;) {
    place[a] = static_cast<std::size_t>(index % sweep.axes[a].values.size());
    index /= sweep.axes[a].values.size();
  }
  return place;
}

Scenario scenario_at(const Sweep& sweep, std::uint64_t index) {
  Scenario scenario = sweep.base;
  const std::vector<std::size_t> place = place_of(sweep, index);
  for (std::size_t a = 0; a < sweep.axes.size(); ++a) {
    const SweepAxis& axis = sweep.axes[a];
    for (std::size_t c = 0; c < axis.parameters.size(); ++c) scenario.set(axis.parameters[c], axis.values[place[a]][c]);
  }
  return scenario;
}

Sampled sampled(std::uint64_t index) { return {hash_of(index), index}; }

SweepPartial run_sweep(const Sweep& sweep, std::uint64_t begin, std::uint64_t end, std::uint64_t hash_bound) {
  SweepPartial out;
  end = std::min(end, total_of(sweep));
  if (begin >= end) return out;
  const GroupTable groups = group_table(sweep);
  TopList top(out.top, sweep.top, sweep.objective.goal);
  Frontier frontier(out.pareto, sweep.pareto);
  Sample sample(out.sample, sweep.sample);
  constexpr std::uint64_t none = ~std::uint64_t{0};
  std::vector<Ranked> best(sweep.best_per.empty() ? 0 : static_cast<std::size_t>(groups.count), {none, 0});
  Odometer at(sweep, begin);
  RowEvaluator evaluate(asks_for_money(sweep));
  Results results;
  for (std::uint64_t i = begin; i < end; ++i, at.advance()) {
    ++out.counts.evaluated;
    const RowStatus status = evaluate(at.scenario, results);
    if (status == RowStatus::invalid) {
      ++out.counts.invalid;
      continue;
    }
    if (status == RowStatus::does_not_fit) {
      ++out.counts.does_not_fit;
      continue;
    }
    if (!passes(sweep, results)) {
      ++out.counts.rejected;
      continue;
    }
    ++out.counts.kept;
    const Ranked row{i, results[sweep.objective.quantity]};
    top.offer(row);
    if (!sweep.best_per.empty()) {
      std::uint64_t group = 0;
      for (std::size_t a = 0; a < at.place.size(); ++a) group += groups.add[a][at.place[a]];
      Ranked& known = best[static_cast<std::size_t>(group)];
      if (known.index == none || ranks_before(sweep.objective.goal, row, known)) known = row;
    }
    if (!sweep.pareto.empty()) {
      Undominated candidate{i, {}};
      for (std::size_t q = 0; q < sweep.pareto.size(); ++q) candidate.values[q] = results[sweep.pareto[q].quantity];
      frontier.offer(candidate);
    }
    if (sweep.sample > 0) {
      const Sampled candidate = sampled(i);
      if (candidate.hash <= hash_bound) sample.offer(candidate);
    }
  }
  for (std::size_t group = 0; group < best.size(); ++group) {
    if (best[group].index != none) out.best_per.emplace_hint(out.best_per.end(), group, best[group]);
  }
  return out;
}

void merge_into(const Sweep& sweep, SweepPartial& whole, const SweepPartial& part) {
  whole.counts.evaluated += part.counts.evaluated;
  whole.counts.invalid += part.counts.invalid;
  whole.counts.does_not_fit += part.counts.does_not_fit;
  whole.counts.rejected += part.counts.rejected;
  whole.counts.kept += part.counts.kept;
  TopList top(whole.top, sweep.top, sweep.objective.goal);
  for (const Ranked& row : part.top) top.offer(row);
  for (const auto& [group, row] : part.best_per) {
    const auto [entry, is_new] = whole.best_per.try_emplace(group, row);
    if (!is_new && ranks_before(sweep.objective.goal, row, entry->second)) entry->second = row;
  }
  Frontier frontier(whole.pareto, sweep.pareto);
  for (const Undominated& row : part.pareto) frontier.offer(row);
  std::vector<Sampled> sample;
  std::merge(whole.sample.begin(), whole.sample.end(), part.sample.begin(), part.sample.end(), std::back_inserter(sample));
  if (sample.size() > sweep.sample) sample.resize(sweep.sample);
  whole.sample = std::move(sample);
}

std::uint64_t hash_bound_of(const Sweep& sweep, const SweepPartial& known) {
  return sweep.sample > 0 && known.sample.size() >= sweep.sample ? known.sample.back().hash : largest_hash;
}

std::vector<Ranked> best_first(const Sweep& sweep, const SweepPartial& partial) {
  std::vector<Ranked> rows;
  for (const auto& [group, row] : partial.best_per) rows.push_back(row);
  std::sort(rows.begin(), rows.end(), [&](const Ranked& a, const Ranked& b) { return ranks_before(sweep.objective.goal, a, b); });
  return rows;
}

}  // namespace moecalc
