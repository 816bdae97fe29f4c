#include "plan/plan.h"

#include "catalogue/catalogue.h"
#include "numbers/number_text.h"

namespace moecalc {
namespace {

constexpr const char* plan_number_range = "0…1e15";
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
    else if (errors.size() < 8) errors.push_back({ErrorCode::not_a_number, field, shown(part), plan_number_range});
  });
  if (!errors.empty()) return errors;
  return numbers;
}

Outcome<std::vector<std::size_t>> read_plan_list(Parameter of, std::string_view text, char separator) {
  std::vector<std::size_t> list;
  Errors errors;
  for_each_part(text, separator, [&](std::string_view part) {
    const Outcome<double> value = parse_value(of, part);
    if (value.ok()) list.push_back(static_cast<std::size_t>(value.value()));
    else errors.insert(errors.end(), value.errors().begin(), value.errors().end());
  });
  if (!errors.empty()) return errors;
  return list;
}

Errors check(const Plan& plan) {
  Errors errors;
  const auto too_many = [&](const char* field, std::size_t count, std::size_t most) {
    if (count > most) errors.push_back({ErrorCode::out_of_range, field, std::to_string(count), "0…" + std::to_string(most)});
  };
  too_many("histogram", plan.histogram.size(), largest_histogram);
  too_many("lengths", plan.lengths.size(), largest_histogram);
  too_many("models", plan.models.size(), largest_plan_list);
  too_many("devices", plan.devices.size(), largest_plan_list);
  const auto check_numbers = [&](const char* field, const std::vector<double>& numbers) {
    double sum = 0;
    for (const double number : numbers) {
      if (!(number >= 0 && number <= 1e15)) errors.push_back({ErrorCode::out_of_range, field, shortest_text(number), plan_number_range});
      if (errors.size() > 8) return;
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
