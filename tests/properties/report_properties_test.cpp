// What holds for every answer, over random questions.
#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <nlohmann/json.hpp>

#include "methods/evaluate.h"
#include "methods/row_evaluator.h"
#include "numbers/number_text.h"
#include "properties/random_scenario.h"
#include "report/report_json.h"
#include "scenario/link.h"
#include "scenario/scenario_json.h"

namespace moecalc {
namespace {

using testing::Random;

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

// A reader of printed formulas, knowing nothing of the code that printed them: numbers, symbols, + - * / ( ) max min.
class FormulaReader {
 public:
  FormulaReader(std::string_view text, const std::map<std::string, double, std::less<>>& symbols) : text_(text), symbols_(symbols) {}
  double read() {
    const double value = sum();
    if (at_ != text_.size()) throw std::runtime_error("trailing text in " + std::string(text_));
    return value;
  }

 private:
  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(char c) {
    skip();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void must(char c) {
    if (!take(c)) throw std::runtime_error(std::string("missing ") + c + " in " + std::string(text_));
  }
  double sum() {
    double value = product();
    for (;;) {
      if (take('+')) {
        value += product();
      } else if (take('-')) {
        value -= product();
      } else {
        return value;
      }
    }
  }
  double product() {
    double value = factor();
    for (;;) {
      if (take('*')) {
        value *= factor();
      } else if (take('/')) {
        value /= factor();
      } else {
        return value;
      }
    }
  }
  double factor() {
    if (take('(')) {
      const double value = sum();
      must(')');
      return value;
    }
    skip();
    const std::size_t start = at_;
    const auto is_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; };
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    const std::string_view word = text_.substr(start, at_ - start);
    if (word == "max" || word == "min") {
      must('(');
      const double a = sum();
      must(',');
      const double b = sum();
      must(')');
      return word == "max" ? std::max(a, b) : std::min(a, b);
    }
    if (const auto number = parse_number(word)) return *number;
    const auto symbol = symbols_.find(word);
    if (symbol == symbols_.end()) throw std::runtime_error("unknown symbol '" + std::string(word) + "' in " + std::string(text_));
    return symbol->second;
  }

  std::string_view text_;
  const std::map<std::string, double, std::less<>>& symbols_;
  std::size_t at_ = 0;
};

TEST(ReportProperties, ExplanationsRecomputeFromWhatTheyPrint) {
  Random random(1);
  int explained = 0;
  for (int i = 0; i < 120; ++i) {
    const Scenario scenario = i < 60 ? testing::random_zartbot_scenario(random) : testing::random_reference_scenario(random);
    const Report report = evaluate(scenario).value();
    for (const QuantityInfo& q : quantity_table()) {
      if (!report.results.has(q.id)) continue;
      // Through JSON, as the page reads it.
      const auto e = nlohmann::json::parse(explanation_json(explain(scenario, q.id).value()).dump());
      std::map<std::string, double, std::less<>> symbols;
      for (const auto& input : e.at("inputs")) {
        const bool is_new = symbols.emplace(input.at("symbol"), input.at("value").get<double>() * input.at("base_per_unit").get<double>()).second;
        EXPECT_TRUE(is_new) << q.key << ": two inputs are called " << input.at("symbol");
        const std::string origin = input.at("origin");
        const std::string source = input.at("source");
        EXPECT_EQ(!source.empty(), origin == "method" || origin == "catalogue") << q.key << " " << input.at("symbol");
        EXPECT_TRUE(origin != "quantity" || report.results.has(*find_quantity(input.at("reference").get<std::string>())))
            << q.key << " refers to " << input.at("reference");
      }
      const double again = FormulaReader(e.at("formula").get<std::string>(), symbols).read() / e.at("base_per_unit").get<double>();
      const double value = report.results[q.id];
      EXPECT_NEAR(again, value, 1e-12 * std::fabs(value) + 1e-300) << q.key << " = " << e.at("formula") << " " << encode_link(scenario);
      EXPECT_TRUE(same_bits(e.at("value"), value)) << q.key;
      ++explained;
    }
  }
  EXPECT_GT(explained, 2000);
}

TEST(ReportProperties, ExplainingChangesNoBit) {
  Random random(2);
  for (int i = 0; i < 200; ++i) {
    const Scenario scenario = testing::random_zartbot_scenario(random);
    const Numbers numbers = evaluate_numbers(scenario).value();
    const Report report = evaluate(scenario).value();
    for (const QuantityInfo& q : quantity_table()) {
      ASSERT_EQ(numbers.results.has(q.id), report.results.has(q.id)) << q.key;
      if (report.results.has(q.id)) {
        ASSERT_TRUE(same_bits(numbers.results[q.id], report.results[q.id])) << q.key;
      }
    }
  }
}

TEST(ReportProperties, PartsSumToTheTotal) {
  Random random(3);
  for (int i = 0; i < 500; ++i) {
    const Report report = evaluate(testing::random_zartbot_scenario(random)).value();
    for (const auto& phase : {report.prefill, report.decode}) {
      if (!phase) continue;
      double sum = 0;
      for (const Operator& o : phase->operators) sum += o.counted ? o.layers * report.results[o.quantity] : 0;
      EXPECT_NEAR(sum / report.results[phase->total], 1, 1e-12);
    }
    if (!report.memory) continue;
    double held = 0;
    for (const LedgerItem& item : report.memory->items) held += report.results[item.quantity];
    EXPECT_NEAR(held / report.results[QuantityId::memory_total_gib], 1, 1e-12);
    EXPECT_EQ(report.memory->fits, report.scenario[Parameter::decode_batch_per_gpu] <= report.results[QuantityId::memory_largest_batch_per_gpu]);
    EXPECT_EQ(report.fits, report.memory->fits || report.scenario[Parameter::ignore_capacity] != 0);
    EXPECT_EQ(report.fits, report.results.has(QuantityId::decode_tokens_per_s_per_gpu));
  }
}

TEST(ReportProperties, EveryNumberIsFinite) {
  Random random(4);
  for (int i = 0; i < 2000; ++i) {
    const Numbers numbers = evaluate_numbers(testing::random_zartbot_scenario(random)).value();
    for (const QuantityInfo& q : quantity_table()) {
      if (numbers.results.has(q.id)) {
        ASSERT_TRUE(std::isfinite(numbers.results[q.id])) << q.key;
      }
    }
  }
}

TEST(ReportProperties, AnyScenarioIsAnsweredOrRefusedByName) {
  Random random(5);
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    const Outcome<Report> outcome = evaluate(testing::random_scenario(random));
    if (outcome.ok()) continue;
    ++refused;
    for (const Error& e : outcome.errors()) {
      EXPECT_TRUE(find_parameter(e.field).has_value()) << e.field;
      EXPECT_FALSE(e.value.empty()) << e.field;
      EXPECT_FALSE(e.allowed.empty()) << e.field;
    }
  }
  EXPECT_GT(refused, 1000);
}

TEST(ReportProperties, LinksAndJsonBringEveryScenarioBack) {
  Random random(6);
  for (int i = 0; i < 3000; ++i) {
    const Scenario scenario = testing::random_scenario(random);
    const DecodedLink decoded = decode_link(encode_link(scenario));
    ASSERT_TRUE(decoded.problems.empty()) << encode_link(scenario);
    ASSERT_EQ(decoded.scenario, scenario) << encode_link(scenario);
    ASSERT_EQ(read_scenario(std::string_view(scenario_json(scenario).dump()), Scenario::defaults()).value(), scenario);
  }
}

TEST(ReportProperties, GridRowsAreEvaluations) {
  Scenario base = Scenario::defaults();
  base.set("method", "zartbot");
  const std::vector<Axis> axes = {{Parameter::device, {base[Parameter::device], parse_value(Parameter::device, "h200").value()}},
                                  {Parameter::decode_batch_per_gpu, {32, 256}}};
  const std::vector<QuantityId> ids = {QuantityId::decode_tpot_ms, QuantityId::memory_largest_batch_per_gpu};
  const std::vector<Row> rows = evaluate_grid(base, axes, ids).value();
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].status, RowStatus::ok);
  EXPECT_EQ(rows[1].status, RowStatus::does_not_fit);
  EXPECT_FALSE(rows[1].values[0].has_value());
  EXPECT_TRUE(rows[1].values[1].has_value());
  EXPECT_EQ(rows[2].status, RowStatus::invalid);
  Scenario first = base;
  first.set(Parameter::decode_batch_per_gpu, 32);
  EXPECT_TRUE(same_bits(*rows[0].values[0], evaluate_numbers(first).value().results[QuantityId::decode_tpot_ms]));
}

// What the evaluator keeps from one configuration to the next changes no number: every parameter is turned in the midst of answered questions.
TEST(RowEvaluator, AnswersAsIfEveryConfigurationWereTheFirst) {
  Random random(77);
  Scenario shinez = Scenario::defaults();
  shinez.set("method", "shinez");
  int answered = 0, moved = 0;
  for (int walk = 0; walk < 24; ++walk) {
    const Scenario start = walk % 3 == 0 ? testing::random_zartbot_scenario(random) : walk % 3 == 1 ? shinez : testing::random_reference_scenario(random);
    RowEvaluator evaluate;
    Results before;
    evaluate(start, before);
    for (const ParameterInfo& row : parameter_table()) {
      Scenario turned = start;
      turned.set(row.id, testing::random_value(row, random));
      for (const Scenario& scenario : {turned, start}) {
        Results results;
        const RowStatus status = evaluate(scenario, results);
        const Outcome<Numbers> wanted = evaluate_numbers(scenario);
        ASSERT_EQ(status == RowStatus::invalid, !wanted.ok()) << row.key;
        if (!wanted.ok()) continue;
        ASSERT_EQ(status == RowStatus::ok, wanted.value().fits) << row.key;
        ++answered;
        bool same = true;
        for (std::size_t q = 0; q < quantity_count; ++q) {
          const auto id = static_cast<QuantityId>(q);
          ASSERT_TRUE(same_bits(results[id], wanted.value().results[id])) << row.key << ": " << info(id).key;
          same = same && same_bits(results[id], before[id]);
        }
        moved += !same;
      }
    }
  }
  EXPECT_GT(answered, 3000);
  EXPECT_GT(moved, 300);
}

TEST(RowEvaluator, LeavesMoneyOutWhenNobodyAsks) {
  Results with, without;
  RowEvaluator{}(Scenario::defaults(), with);
  RowEvaluator{false}(Scenario::defaults(), without);
  for (std::size_t q = 0; q < quantity_count; ++q) {
    const auto id = static_cast<QuantityId>(q);
    if (info(id).group == "economics") {
      EXPECT_FALSE(without.has(id)) << info(id).key;
    } else {
      EXPECT_TRUE(same_bits(with[id], without[id])) << info(id).key;
    }
  }
}

}  // namespace
}  // namespace moecalc
