#include "model_command.h"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "architecture/config_json.h"
#include "architecture/parameter_count.h"
#include "catalogue/published_count.h"
#include "numbers/number_text.h"
#include "print.h"

namespace moecalc::cli {
namespace {

constexpr int answered = 0;
constexpr int bad_input = 2;

std::string fixed(double value, int decimals) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
  return buffer;
}

// Columns as wide as their longest cell; all cells are ASCII but those of the last column, which is not filled.
using Cells = std::vector<std::string>;
void print_columns(const std::vector<Cells>& rows) {
  std::vector<std::size_t> widths;
  for (const Cells& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], row[c].size());
  }
  for (const Cells& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string gap(c + 1 == row.size() ? 0 : widths[c] - row[c].size(), ' ');
      const bool is_left = c == 0 || c + 1 == row.size();
      line += "  " + (is_left ? row[c] + gap : gap + row[c]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    std::cout << line << '\n';
  }
}

void heading(Language language, std::string_view key) { std::cout << '\n' << words(language, key) << '\n'; }

void print_imported(const ImportedConfig& imported, Language language) {
  const Architecture& a = imported.architecture;
  std::cout << words(language, "cli.model_type") << ": " << (imported.model_type.empty() ? "?" : imported.model_type) << '\n';
  for (const ConfigNote& note : imported.notes) {
    const std::string key = "config_note." + std::string(name_of(note.code));
    std::cout << "  - " << fill(words(language, key), {{"field", note.field}, {"value", note.value}}) << '\n';
  }
  if (!imported.unknown_fields.empty()) {
    std::cout << "  - " << words(language, "cli.unknown_fields") << ':';
    for (const std::string& field : imported.unknown_fields) std::cout << ' ' << field;
    std::cout << '\n';
  }

  heading(language, "cli.architecture");
  std::vector<Cells> rows;
  for (const ArchitectureField& field : architecture_fields()) {
    const double value = a.*field.member;
    const bool is_kind = field.member == &Architecture::attention_kind;
    if (value != 0 || is_kind) rows.push_back({std::string(field.key), is_kind ? (is_mla(a) ? "mla" : "gqa") : shortest_text(value)});
  }
  print_columns(rows);

  heading(language, "cli.parameters_by_part");
  const ParameterCount total = total_parameters(a);
  const ParameterCount active = active_parameters(a);
  rows = {};
  for (const ParameterPart& part : parameter_parts) {
    if (total.*part.member == 0 && active.*part.member == 0) continue;
    rows.push_back({part.key, fixed(total.*part.member / 1e6, 1), fixed(active.*part.member / 1e6, 1), {}});
  }
  rows.push_back({"sum", fixed(total.sum() / 1e6, 1), fixed(active.sum() / 1e6, 1), {}});
  print_columns(rows);
  std::cout << "  " << words(language, "cli.mtp_apart") << '\n';

  heading(language, "cli.kept_per_sequence");
  rows = {};
  const auto kept = [&](double elements, std::string_view what) {
    if (elements > 0) rows.push_back({shortest_text(2 * elements), shortest_text(elements), std::string(words(language, what))});
  };
  kept(kv_elements_per_token(a) + index_elements_per_token(a), "cli.kept_per_token");
  kept(window_elements_per_sequence(a), "cli.kept_by_window_layers");
  kept(linear_elements_per_sequence(a), "cli.kept_by_linear_layers");
  print_columns(rows);
}

}  // namespace

int run_model_command(const Arguments& arguments) {
  const auto refuse = [&](const Errors& errors) {
    print_errors(std::cerr, errors, arguments.language);
    return bad_input;
  };
  if (arguments.operands.size() != 1) return refuse({{ErrorCode::missing_argument, "model", {}, "moecalc model FILE|-"}});
  const Outcome<std::string> text = read_file(arguments.operands[0]);
  if (!text.ok()) return refuse(text.errors());
  const Outcome<ImportedConfig> imported = read_config(text.value());
  if (!imported.ok()) return refuse(imported.errors());
  if (arguments.as_json()) {
    std::cout << imported_config_json(imported.value()).dump(2) << '\n';
  } else {
    print_imported(imported.value(), arguments.language);
  }
  return answered;
}

int run_catalogue_parameters(const Arguments& arguments) {
  if (arguments.as_json()) {
    std::cout << published_counts_json().dump(2) << '\n';
    return answered;
  }
  // "alike": counted with the parts that the publisher counts.
  std::vector<Cells> rows{{"id", "total_b", "alike", "published", "active_b", "alike", "published", ""}};
  for (const Model& model : models()) {
    if (!model.covered) {
      rows.push_back({std::string(model.id), "", "", "", "", "", "", fill(words(arguments.language, "cli.not_covered"), {{"reason", std::string(model.not_covered_because)}})});
      continue;
    }
    const CountComparison total = compare_total(model);
    const CountComparison active = compare_active(model);
    const auto alike = [](const CountComparison& c) { return c.is_published ? fixed(c.counted_alike_b, 3) : std::string{}; };
    const auto published = [](const CountComparison& c) { return c.is_published ? shortest_text(c.published_b) : std::string{}; };
    const char* verdict = !total.is_published && !active.is_published ? "cli.nothing_published" : total.agrees() && active.agrees() ? "cli.agrees" : "cli.differs";
    std::string last(words(arguments.language, verdict));
    if (!model.published_counts_note.empty()) last += ". " + std::string(model.published_counts_note);
    rows.push_back({std::string(model.id), fixed(total.counted_b, 3), alike(total), published(total), fixed(active.counted_b, 3), alike(active), published(active), last});
  }
  print_columns(rows);
  return answered;
}

}  // namespace moecalc::cli
