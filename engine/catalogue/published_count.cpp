#include "catalogue/published_count.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "architecture/parameter_count.h"
#include "numbers/number_text.h"

namespace moecalc {
namespace {

using Json = nlohmann::ordered_json;

constexpr double billion = 1e9;

// 0.5 for 671, 0.05 for 3.3.
double half_of_last_digit(double stated) {
  const std::string text = shortest_text(stated);
  const std::size_t point = text.find('.');
  const int decimals = point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
  return 0.5 * std::pow(10, -decimals);
}

double sum_of(const CountedParts& parts, const Architecture& architecture, ParameterCount (*count_of)(const Architecture&)) {
  Architecture a = architecture;
  if (parts.all_layers_as_moe) a.moe_layers = a.layers;
  const ParameterCount count = count_of(a);
  double sum = count.sum() - count.embedding - count.lm_head - count.router;
  if (parts.embedding) sum += embedding_parameters(a);
  if (parts.lm_head) sum += count.lm_head;
  if (parts.router) sum += count.router;
  return sum / billion + parts.vision_b;
}

CountComparison compare(const Model& model, const Fact& published, const CountedParts& parts, ParameterCount (*count_of)(const Architecture&)) {
  CountComparison comparison;
  comparison.is_published = published.known();
  comparison.counted_b = count_of(model.architecture).sum() / billion;
  comparison.counted_alike_b = sum_of(parts, model.architecture, count_of);
  if (parts.digits_cut) comparison.counted_alike_b = std::floor(comparison.counted_alike_b);
  if (!published.known()) return comparison;
  comparison.published_b = published.value;
  comparison.tolerance_b = std::max(0.01 * published.value, half_of_last_digit(published.value));
  return comparison;
}

Json comparison_json(const CountComparison& comparison) {
  Json object;
  object["counted_b"] = comparison.counted_b;
  if (!comparison.is_published) return object;
  object["counted_alike_b"] = comparison.counted_alike_b;
  object["published_b"] = comparison.published_b;
  object["difference_b"] = comparison.counted_alike_b - comparison.published_b;
  object["tolerance_b"] = comparison.tolerance_b;
  object["agrees"] = comparison.agrees();
  return object;
}

}  // namespace

bool CountComparison::agrees() const { return !is_published || std::fabs(counted_alike_b - published_b) <= tolerance_b; }

CountComparison compare_total(const Model& model) { return compare(model, model.published_total_b, model.total_counts, total_parameters); }
CountComparison compare_active(const Model& model) { return compare(model, model.published_active_b, model.active_counts, active_parameters); }

Json published_counts_json() {
  Json list = Json::array();
  for (const Model& model : models()) {
    Json object;
    object["id"] = model.id;
    object["covered"] = model.covered;
    if (model.covered) {
      object["total"] = comparison_json(compare_total(model));
      object["active"] = comparison_json(compare_active(model));
      if (!model.published_counts_note.empty()) object["note"] = model.published_counts_note;
    } else {
      object["not_covered_because"] = model.not_covered_because;
    }
    list.push_back(std::move(object));
  }
  return list;
}

}  // namespace moecalc
