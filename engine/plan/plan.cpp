#include "plan/plan.h"

#include <algorithm>

#include "catalogue/catalogue.h"
#include "numbers/number_text.h"

namespace moecalc {
namespace {

constexpr const char* plan_number_range = "0…1e15";
constexpr std::size_t most_told = 8;  // errors of one list
constexpr std::string_view kinds[] = {"day", "balance", "timeline", "boxes", "machines"};

// Calls `take` with every part of the text; an empty text has none.
template <class Take>
void for_each_part(std::string_view text, char separator, Take take) {
  while (!text.empty()) {
    const std::size_t at = text.find(separator);
    take(text.substr(0, at));
    text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
  }
}

}  // namespace

std::span<const std::string_view> plan_kinds() { return kinds; }

Outcome<PlanKind> read_plan_kind(std::string_view text) {
  std::string names;
  for (std::size_t i = 0; i < std::size(kinds); ++i) {
    if (kinds[i] == text) return static_cast<PlanKind>(i);
    names += (names.empty() ? "" : ", ") + std::string(kinds[i]);
  }
  return Error{ErrorCode::not_a_choice, "plan", shown(text), names};
}

Outcome<std::vector<double>> read_plan_numbers(const char* field, std::string_view text, char separator) {
  std::vector<double> numbers;
  Errors errors;
  for_each_part(text, separator, [&](std::string_view part) {
    const std::optional<double> number = parse_number(part);
    if (number) numbers.push_back(*number);
    else if (errors.size() < most_told) errors.push_back({ErrorCode::not_a_number, field, shown(part), plan_number_range});
  });
  if (!errors.empty()) return errors;
  return numbers;
}

void read_plan_member(Parameter of, std::string_view text, std::vector<std::size_t>& list, Errors& errors) {
  const Outcome<double> value = parse_value(of, text);
  if (!value.ok()) {
    if (errors.size() < most_told) errors.insert(errors.end(), value.errors().begin(), value.errors().end());
    return;
  }
  const auto index = static_cast<std::size_t>(value.value());
  if (std::find(list.begin(), list.end(), index) == list.end()) list.push_back(index);
}

Outcome<std::vector<std::size_t>> read_plan_list(Parameter of, std::string_view text, char separator) {
  std::vector<std::size_t> list;
  Errors errors;
  for_each_part(text, separator, [&](std::string_view part) { read_plan_member(of, part, list, errors); });
  if (!errors.empty()) return errors;
  return list;
}

Errors check(const Plan& plan) {
  Errors errors;
  const auto too_many = [&](const char* field, std::size_t count, std::size_t most) {
    if (count > most) errors.push_back({ErrorCode::out_of_range, field, std::to_string(count), "0…" + std::to_string(most)});
  };
  too_many("histogram.count", plan.histogram.size(), largest_histogram);
  too_many("lengths.count", plan.lengths.size(), largest_histogram);
  too_many("models.count", plan.models.size(), largest_plan_list);
  too_many("devices.count", plan.devices.size(), largest_plan_list);
  const auto check_numbers = [&](const char* field, const std::vector<double>& numbers) {
    double sum = 0;
    for (const double number : numbers) {
      const bool is_good = number >= 0 && number <= 1e15;
      const std::string text = is_good ? std::string() : shortest_text(number);
      if (!is_good && (errors.empty() || errors.back().value != text)) errors.push_back({ErrorCode::out_of_range, field, text, plan_number_range});
      if (errors.size() >= most_told) return;
      sum += number;
    }
    if (!numbers.empty() && errors.empty() && !(sum > 0)) errors.push_back({ErrorCode::out_of_range, field, "0", "> 0"});
  };
  check_numbers("histogram", plan.histogram);
  check_numbers("lengths", plan.lengths);
  // A box is made of a catalogue's model and device: "custom" has no name to stand in a table.
  const auto no_custom = [&](const char* field, const std::vector<std::size_t>& list, double custom, std::string_view named) {
    for (const std::size_t each : list) {
      if (static_cast<double>(each) == custom) errors.push_back({ErrorCode::not_a_choice, field, "custom", std::string(named) + ", …"});
    }
  };
  no_custom("models", plan.models, custom_model(), models()[0].id);
  no_custom("devices", plan.devices, custom_device(), devices()[0].id);
  return errors;
}

}  // namespace moecalc
