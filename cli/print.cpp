#include "print.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ostream>
#include <string>
#include <vector>

#include "catalogue/catalogue.h"
#include "methods/zartbot/conclusions.h"
#include "numbers/number_text.h"
#include "release.h"
#include "scenario/link.h"
#include "scenario/presets.h"
#include "table.h"

namespace moecalc::cli {
namespace {

class Printer {
 public:
  Printer(std::ostream& out, Language language) : out_(out), language_(language) {}

  std::string word(std::string_view key) const { return std::string(words(language_, key)); }
  std::string word(std::string_view prefix, std::string_view id) const { return word(std::string(prefix) + std::string(id)); }
  std::string unit_word(Unit unit) const { return unit.id.empty() ? std::string{} : word("unit.", unit.id); }

  void heading(const std::string& text) { out_ << '\n' << text << '\n'; }

  void quantity_rows(const Report& report, std::string_view group) {
    std::vector<Cells> rows;
    for (const QuantityInfo& q : quantity_table()) {
      if (q.group != group || !report.results.has(q.id)) continue;
      rows.push_back({std::string(q.key), readable(report.results[q.id]), unit_word(q.unit), word("quantity.", q.key)});
    }
    if (rows.empty()) return;
    heading(word("quantity_group.", group));
    print_table(out_, rows, "lrll");
  }

  void ledger(const Report& report) {
    const Memory& memory = *report.memory;
    heading(word("cli.ledger"));
    std::vector<Cells> rows;
    for (const LedgerItem& item : memory.items) rows.push_back({word("ledger.", item.id), readable(report.results[item.quantity]), unit_word(unit::gib)});
    rows.push_back({word("cli.total"), readable(report.results[QuantityId::memory_total_gib]), unit_word(unit::gib)});
    rows.push_back({word("cli.usable"), readable(report.results[QuantityId::memory_usable_gib]), unit_word(unit::gib)});
    rows.push_back({word("cli.largest_batch"), readable(report.results[QuantityId::memory_largest_batch_per_gpu]), unit_word(unit::sequences)});
    print_table(out_, rows, "lrl");
    if (memory.fits) return;
    out_ << "  " << word("cli.does_not_fit") << '\n';
    if (!memory.fits_if.empty()) out_ << "  " << word("cli.fits_if") << '\n';
    for (const Change& change : memory.fits_if) out_ << "    " << info(change.parameter).key << " = " << value_text(change.parameter, change.value) << '\n';
  }

  void phase(const Report& report, const Phase& phase, std::string_view name) {
    heading(fill(word("cli.time_of_phase"), {{"phase", word("choice.", name)}}));
    double total = 0;
    for (const Operator& o : phase.operators) total += o.counted ? o.layers * report.results[o.quantity] : 0;
    // reference times a part over all layers of a pass; two micro-batches make two passes, and what they hide counts negative.
    const bool by_pass = report.scenario.choice<MethodChoice>(Parameter::method) == MethodChoice::reference;
    std::vector<Cells> rows{{std::string{}, word(by_pass ? "cli.per_pass" : "cli.per_layer"), word(by_pass ? "cli.passes" : "cli.layers"),
                             word(by_pass ? "cli.whole_step" : "cli.all_layers"), word("cli.share"), std::string{}}};
    for (const Operator& o : phase.operators) {
      const double all = o.layers * report.results[o.quantity];
      rows.push_back({word("operator.", o.id), readable(report.results[o.quantity]) + " ms", readable(o.layers), readable(all) + " ms",
                      o.counted ? percent(all / total) : "–", o.counted ? std::string{} : word("cli.hidden")});
    }
    print_table(out_, rows, "lrrrrl");
  }

  void notes(const Report& report) {
    if (report.notes.empty()) return;
    heading(word("cli.notes"));
    for (const Note& note : report.notes) out_ << "  - " << fill(word("note.", note.code), places(note.numbers)) << '\n';
  }

  Places places(const std::vector<std::pair<std::string_view, double>>& numbers) const {
    Places filled;
    for (const auto& [name, number] : numbers) filled.emplace_back(name, readable(number));
    return filled;
  }

 private:
  std::ostream& out_;
  Language language_;
};

std::string fact_text(const Fact& fact) {
  if (fact.state == FactState::unknown) return "?";
  if (fact.state == FactState::unsupported) return "–";
  return shortest_text(fact.value) + (fact.unverified ? "*" : "");
}

}  // namespace

void print_errors(std::ostream& out, const Errors& errors, Language language) {
  for (const Error& e : errors) {
    const std::string key = "error." + std::string(name_of(e.code));
    out << "moecalc: " << fill(words(language, key), {{"field", e.field}, {"value", e.value}, {"allowed", e.allowed}}) << '\n';
  }
}

void print_quantities_of(std::ostream& out, const Report& report, std::string_view group, Language language) { Printer(out, language).quantity_rows(report, group); }

void print_ledger(std::ostream& out, const Report& report, Language language) { Printer(out, language).ledger(report); }

void print_report(std::ostream& out, const Report& report, Language language) {
  Printer printer(out, language);
  const Scenario& s = report.scenario;
  out << value_text(Parameter::model, s[Parameter::model]) << " · " << value_text(Parameter::device, s[Parameter::device]) << " · "
      << value_text(Parameter::method, s[Parameter::method]) << '\n'
      << printer.word("cli.link") << ": #" << encode_link(s) << '\n';
  if (report.memory) printer.ledger(report);
  if (report.prefill) printer.phase(report, *report.prefill, "prefill");
  if (report.decode) printer.phase(report, *report.decode, "decode");
  for (std::string_view group : {"prefill", "decode", "memory", "economics", "model"}) printer.quantity_rows(report, group);
  printer.notes(report);
}

void print_explanation(std::ostream& out, const Explanation& explanation, Language language) {
  Printer printer(out, language);
  const QuantityInfo& q = info(explanation.quantity);
  out << q.key << " = " << readable(explanation.value_in_unit) << ' ' << printer.unit_word(q.unit) << "  (" << printer.word("quantity.", q.key) << ")\n";
  out << "  " << printer.word("cli.formula") << ": " << q.symbol << " = " << explanation.formula << '\n';
  out << "  " << printer.word("cli.where") << '\n';
  std::vector<Cells> rows;
  for (const ExplanationInput& input : explanation.inputs) {
    const bool is_parameter = input.info.origin == Origin::parameter;
    const bool is_quantity = input.info.origin == Origin::quantity;
    const Source* source = find_source(input.info.source);
    rows.push_back({std::string(input.info.symbol), "= " + readable(input.value_in_unit), printer.unit_word(input.info.unit), printer.word("", dictionary_key(input.info)),
                    is_parameter || is_quantity ? std::string(input.info.name) : source != nullptr ? std::string(source->title) : std::string{}});
  }
  print_table(out, rows, "llll");
  for (std::string_view quirk : explanation.quirks) out << "  - " << printer.word("quirk.", quirk) << '\n';
}

void print_parameters(std::ostream& out, Language language) {
  Printer printer(out, language);
  for (std::string_view group : parameter_groups()) {
    printer.heading(printer.word("group.", group));
    std::vector<Cells> rows;
    for (const ParameterInfo& row : parameter_table()) {
      if (row.group != group) continue;
      rows.push_back({std::string(row.key), value_text(row.id, default_value(row.id, link_version)), printer.unit_word(row.unit), allowed_text(row.id), printer.word("parameter.", row.key)});
    }
    print_table(out, rows, "lrlll");
  }
}

void print_quantities(std::ostream& out, Language language) {
  Printer printer(out, language);
  std::string_view group;
  std::vector<Cells> rows;
  const auto flush = [&] {
    if (rows.empty()) return;
    printer.heading(printer.word("quantity_group.", group));
    print_table(out, rows, "lll");
    rows.clear();
  };
  for (const QuantityInfo& q : quantity_table()) {
    if (q.group != group) flush();
    group = q.group;
    rows.push_back({std::string(q.key), printer.unit_word(q.unit), printer.word("quantity.", q.key)});
  }
  flush();
}

void print_models(std::ostream& out) {
  std::vector<Cells> rows{{"id", "name", "total_b", "active_b", "confidence"}};
  for (const Model& m : models()) {
    rows.push_back({std::string(m.id), std::string(m.name), fact_text(m.published_total_b), fact_text(m.published_active_b), std::string(m.confidence)});
  }
  print_table(out, rows, "llrrl");
}

void print_devices(std::ostream& out) {
  std::vector<Cells> rows{{"id", "name", "bf16_tflops", "fp8_tflops", "memory_gb", "gb_per_s", "scaleup_gb_per_s", "nic_gbit_per_s", "usd_per_gpu_hour"}};
  for (const Device& d : devices()) {
    rows.push_back({std::string(d.id), std::string(d.name), fact_text(d.peak_dense_bf16_tflops), fact_text(d.peak_dense_fp8_tflops), fact_text(d.memory_marketed_gb),
                    fact_text(d.memory_bandwidth_gb_per_s), fact_text(d.scaleup_unidirectional_gb_per_s), fact_text(d.scaleout_nic_gbit_per_s), fact_text(d.usd_per_gpu_hour)});
  }
  print_table(out, rows, "llrrrrrrr");
  out << "  * unverified   ? unknown   – not supported\n";
}

void print_sources(std::ostream& out) {
  std::vector<Cells> rows{{"id", "date", "kind", "title"}};
  for (const Source& s : sources()) rows.push_back({std::string(s.id), s.date.empty() ? "?" : std::string(s.date), std::string(name_of(s.kind)), std::string(s.title)});
  print_table(out, rows, "llll");
}

void print_presets(std::ostream& out, Language language) {
  Printer printer(out, language);
  std::vector<Cells> rows;
  for (const Preset& p : presets()) rows.push_back({std::string(p.id), printer.word("preset.", p.id)});
  print_table(out, rows, "ll");
}

void print_conclusions(std::ostream& out, Language language) {
  Printer printer(out, language);
  for (const Conclusion& c : zartbot::conclusions()) {
    out << "- " << fill(printer.word("conclusion.", c.id), printer.places(c.numbers)) << "\n  #" << encode_link(c.scenario) << '\n';
  }
}

}  // namespace moecalc::cli
