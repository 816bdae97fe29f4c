#include "plan_boxes.h"

#include <cmath>
#include <cstdio>
#include <ostream>

#include "table.h"

namespace moecalc::cli {
namespace {

class BoxesPrinter {
 public:
  BoxesPrinter(std::ostream& out, const Scenario& question, Language language)
      : out_(out), question_(question), language_(language), currency_(word("choice." + value_text(Parameter::purchase_currency, question[Parameter::purchase_currency]))) {}

  void rules(const MemoryRules& r) {
    out_ << say("rules") << '\n';
    std::vector<Cells> rows{{"", say("printed"), say("computed")}};
    const auto add = [&](const char* key, const std::string& format, double printed, double computed) {
      rows.push_back({fill(say(key), {{"format", format}}), brief(printed), brief(computed)});
    };
    add("rule_weights", "FP8 (GB)", guide::fp8_weights_gb, r.fp8_weights_gb);
    add("rule_minimum", "FP8 (GB)", guide::fp8_minimum_gb, r.fp8_minimum_gb);
    add("rule_weights", "BF16 (GB)", guide::bf16_weights_gb, r.bf16_weights_gb);
    add("rule_minimum", "BF16 (GB)", guide::bf16_minimum_gb, r.bf16_minimum_gb);
    rows.push_back({fill(say("rule_reserve"), {{"least", brief(guide::least_kv_gb)}, {"most", brief(guide::most_kv_gb)}}), "",
                    brief(r.least_users_of_reserve) + " … " + brief(r.most_users_of_reserve)});
    print_table(out_, rows, "lrr");
  }

  void boxes(const std::vector<BoxRow>& list) {
    out_ << '\n' << say("boxes") << '\n';
    std::vector<Cells> rows{{say("box"), say("device"), say("devices"), say("total_gb"), say("format"), say("weights_gb"), say("kv_room_gb"), say("users"), say("tokens_per_s"), say("ttft_ms"),
                             say("power_kw"), money("price"), money("price_per_user"), money("per_million_tokens"), say("verdict"), say("advice")}};
    for (const BoxRow& row : list) {
      for (const ComputedBox& box : row.computed) rows.push_back(cells_of(row, box));
    }
    print_table(out_, rows, "llrrlrrrrrrrrrll");
  }

  void formats(const std::vector<BoxRow>& list) {
    out_ << '\n' << say("format") << '\n';
    std::vector<Cells> rows{{say("box"), say("device"), say("format"), say("weights_gb"), say("users_with_room"), say("users"), say("tokens_per_s")}};
    for (const BoxRow& row : list) {
      for (const ComputedBox& box : row.computed) {
        for (const FormatRow& each : box.formats) {
          const auto& service = each.answer.service;
          rows.push_back({say("id." + std::string(row.printed->id)), device_name(box.box), held_name(each.format, language_), brief(each.weights_gb), brief(each.answer.users_with_room),
                          brief(service ? service->users : 0), brief(service ? std::optional(service->tokens_per_s) : std::nullopt)});
        }
      }
    }
    print_table(out_, rows, "lllrrrr");
  }

  void reasons(const BoxRow& row) {
    const guide::PrintedBox& printed = *row.printed;
    out_ << '\n' << say("id." + std::string(printed.id)) << '\n';
    if (!printed.note.empty()) out_ << "  " << say("note." + std::string(printed.note)) << '\n';
    out_ << "  " << say("guide_says") << ": " << verdict(printed.advice) << '\n';
    for (const guide::Point& point : printed.points) out_ << (point.is_good ? "  + " : "  - ") << say("point." + std::string(point.code)) << '\n';
    for (std::size_t i = 0; i < row.computed.size(); ++i) {
      const ComputedBox& box = row.computed[i];
      out_ << "  " << device_name(box.box) << ": " << verdict(box.verdict) << " (" << say("agreement." + std::string(name_of(row.agreement[i]))) << ")\n";
      for (const Reason& reason : box.reasons) {
        Places places;
        for (const auto& [name, value] : reason.numbers) places.emplace_back(name, brief(value));
        out_ << (reason.is_good ? "  + " : "  - ") << fill(say("reason." + std::string(reason.code)), places) << '\n';
      }
      const Agreement agreement = row.agreement[i];
      if (agreement == Agreement::better || agreement == Agreement::worse) out_ << "  = " << why(printed, agreement) << '\n';
    }
  }

  void matrix(const Matrix& m) {
    const double count = question_[Parameter::purchase_devices];
    out_ << '\n' << (count == automatic ? say("matrix") : fill(say("matrix_sized"), {{"count", brief(count)}})) << '\n';
    std::vector<Cells> rows{{say("model"), say("device"), say("devices"), say("format"), say("weights_gb"), say("users"), say("tokens_per_s_per_user"), say("tokens_per_s"), money("price"),
                             money("price_per_user"), money("per_hour"), money("per_million_tokens"), ""}};
    for (const MatrixCell& cell : m.cells) {
      const std::string model = std::string(cell.model < models().size() ? models()[cell.model].id : "custom");
      Cells row{model, std::string(devices()[cell.device].id)};
      if (!cell.sized) {
        row.insert(row.end(), {"", held_name(cell.format, language_), brief(cell.weights_gb), "", "", "", "", "", "", "", fill(say("too_large"), {{"nodes", brief(most_nodes)}})});
        rows.push_back(row);
        continue;
      }
      const BoxAnswer& answer = cell.sized->answer;
      const auto of = [&](double Service::*member) { return brief(answer.service ? std::optional(&*answer.service->*member) : std::nullopt); };
      row.insert(row.end(), {brief(cell.sized->box.devices), held_name(cell.format, language_), brief(cell.weights_gb), of(&Service::users), of(&Service::tokens_per_s_per_user),
                             of(&Service::tokens_per_s), brief(cell.cost.price), brief(cell.per_user.price_per_user), brief(cell.cost.per_hour), brief(cell.per_user.per_million_tokens), remark(cell)});
      rows.push_back(row);
    }
    print_table(out_, rows, "llrlrrrrrrrrl");
  }

 private:
  std::string word(const std::string& key) const { return std::string(words(language_, key)); }
  std::string say(const std::string& key) const { return word("plan.boxes." + key); }
  std::string money(const char* key) const { return fill(say(key), {{"currency", currency_}}); }
  std::string verdict(guide::Verdict v) const { return say("verdict." + std::string(name_of(v))); }
  // What the guide weighs beside figures, against a box that we like better or for one that we like less.
  std::string why(const guide::PrintedBox& printed, Agreement agreement) const {
    std::string points;
    for (const guide::Point& point : printed.points) {
      if (point.is_good == (agreement == Agreement::worse)) points += (points.empty() ? "" : "; ") + say("point." + std::string(point.code));
    }
    return fill(say("why." + std::string(name_of(agreement))), {{"points", points}});
  }
  static std::string device_name(const Box& box) { return std::string(devices()[box.device].id); }

  Cells cells_of(const BoxRow& row, const ComputedBox& box) const {
    const FormatRow* chosen = box.chosen ? &box.formats[*box.chosen] : nullptr;
    const Service* service = chosen != nullptr && chosen->answer.service ? &*chosen->answer.service : nullptr;
    const auto of = [&](double Service::*member) { return brief(service != nullptr ? std::optional(service->*member) : std::nullopt); };
    return {say("id." + std::string(row.printed->id)),
            device_name(box.box),
            brief(box.box.devices),
            brief(box.total_gb),
            chosen != nullptr ? held_name(chosen->format, language_) : "—",
            brief(chosen != nullptr ? std::optional(chosen->weights_gb) : std::nullopt),
            of(&Service::kv_room_gb),
            brief(service != nullptr ? service->users : 0),
            of(&Service::tokens_per_s),
            of(&Service::ttft_ms),
            brief(box.cost.power_kw),
            brief(box.cost.price),
            brief(box.per_user.price_per_user),
            brief(box.per_user.per_million_tokens),
            verdict(box.verdict),
            verdict(row.printed->advice)};
  }

  std::string remark(const MatrixCell& cell) const {
    std::string text;
    const auto add = [&](const std::string& more) { text += (text.empty() ? "" : ", ") + more; };
    if (cell.is_smallest) add(say("smallest"));
    if (cell.is_cheapest) add(say("cheapest"));
    std::string unknown;
    for (const Parameter p : cell.sized->answer.unknown) unknown += (unknown.empty() ? "" : ", ") + std::string(info(p).key);
    if (!unknown.empty()) add(fill(say("unknown"), {{"figures", unknown}}));
    return text;
  }

  std::ostream& out_;
  const Scenario& question_;
  Language language_;
  std::string currency_;
};

}  // namespace

std::string brief(const std::optional<double>& value) {
  if (!value) return "—";
  if (*value == std::floor(*value) || std::fabs(*value) >= 100) return readable(std::round(*value));
  char text[40];
  std::snprintf(text, sizeof text, "%.*f", std::fabs(*value) >= 10 ? 1 : 2, *value);
  return text;
}

std::string held_name(const HeldFormat& format, Language language) {
  const auto name = [](FormatChoice each) { return value_text(Parameter::weight_format, static_cast<double>(each)); };
  return std::string(words(language, "plan.boxes.held." + name(format.weights) + "_" + name(format.computed)));
}

void print_matrix(std::ostream& out, const Scenario& question, const Matrix& matrix, Language language) { BoxesPrinter(out, question, language).matrix(matrix); }

Errors print_boxes(std::ostream& out, const Plan& plan, Language language) {
  const Outcome<BoxesPlan> boxes = plan_boxes(plan);
  if (!boxes.ok()) return boxes.errors();
  BoxesPrinter printer(out, plan.base, language);
  printer.rules(boxes.value().rules);
  printer.boxes(boxes.value().rows);
  for (const BoxRow& row : boxes.value().rows) printer.reasons(row);
  printer.formats(boxes.value().rows);
  printer.matrix(boxes.value().matrix);
  return {};
}

}  // namespace moecalc::cli
