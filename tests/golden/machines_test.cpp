// A table of models and machines (tests/golden/card_table.json) beside predictions; docs/machines.md lists which figures are compared.
#include "plan/machines.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "methods/evaluate.h"

namespace moecalc {
namespace {

using Json = nlohmann::json;
using enum Parameter;

Json printed() {
  std::ifstream file(MOECALC_TESTS_DIR "/golden/card_table.json");
  return Json::parse(file);
}

MachinesPlan machines() {
  Plan plan;
  plan.kind = PlanKind::machines;
  plan.base = Scenario::defaults();
  return plan_machines(plan).value();
}

double number_or_zero(const Json& value) { return value.is_number() ? value.get<double>() : 0; }
// "64G" is 64, "3.35TB/s HBM3" is 3350 GB/s, "40GB / 80GB" the larger.
double gb_of(const std::string& text) { return text.find("80GB") != std::string::npos ? 80 : std::stod(text); }
double gb_per_s_of(const std::string& text) { return std::stod(text) * (text.find("TB/s") != std::string::npos ? 1000 : 1); }

TEST(Machines, TheTableIsWhatIsPrinted) {
  const Json golden = printed()["rows"];
  ASSERT_EQ(golden.size(), card_table::machines().size());
  for (std::size_t i = 0; i < golden.size(); ++i) {
    const card_table::Machine& row = card_table::machines()[i];
    SCOPED_TRACE(i);
    EXPECT_EQ(golden[i]["machine"], row.machine);
    EXPECT_EQ(golden[i]["configuration"], row.configuration);
    EXPECT_EQ(number_or_zero(golden[i]["tokens_per_s"]), row.tokens_per_s);
    EXPECT_EQ(number_or_zero(golden[i]["concurrency"]), row.concurrency);
    // The printed size of the model is the catalogue's, in billions as people round them.
    const double parameters = std::stod(golden[i]["parameters"].get<std::string>());
    const Fact& published = find_model(row.model)->published_total_b;
    EXPECT_NEAR(published.known() ? published.value : parameters, parameters, 0.18 * parameters);
  }
}

// The machines were read so that their memory is the printed one.
TEST(Machines, MemoryAsPrinted) {
  for (const MachineRow& row : machines().rows) {
    const std::string text(row.printed->configuration);
    const std::size_t sum = text.rfind("= ");
    const std::size_t card = text.find("Duo ") != std::string::npos ? text.find("Duo ") + 4 : text.find("300V ") + 5;
    const std::string total = sum != std::string::npos ? text.substr(sum + 2) : text.find("PCIe") == std::string::npos ? text : text.substr(card);
    EXPECT_EQ(row.total_gb, std::stod(total)) << text;
  }
}

// Neither lengths nor formats nor software are printed, so no more than the order can be right: within a factor of 1.6 either way, by nothing fitted to it.
TEST(Machines, PrintedThroughputBesideThePrediction) {
  const MachinesPlan plan = machines();
  const Json per_user = printed()["tokens_per_s_per_user"];
  for (std::size_t i = 0; i < 8; ++i) {
    const MachineRow& row = plan.rows[i];
    SCOPED_TRACE(i);
    ASSERT_TRUE(row.ratio.has_value());
    EXPECT_EQ(row.answer.service->users, row.printed->concurrency);
    EXPECT_DOUBLE_EQ(row.ratio.value(), row.answer.service->tokens_per_s / row.printed->tokens_per_s);
    EXPECT_GT(row.ratio.value(), 1 / 1.6);
    EXPECT_LT(row.ratio.value(), 1.6);
    EXPECT_NEAR(row.printed->tokens_per_s / row.printed->concurrency, per_user[i].get<double>(), 0.05);
  }
}

// The printed concurrency has room for the context that is said, and not for a token more.
TEST(Machines, LongestContextWithRoom) {
  for (const MachineRow& row : machines().rows) {
    if (!row.most_context_tokens) continue;
    Scenario s = row.answer.service->scenario;
    s.set(kv_tokens, row.most_context_tokens.value());
    EXPECT_TRUE(evaluate_numbers(s).value().fits);
    s.set(kv_tokens, row.most_context_tokens.value() + 1);
    EXPECT_FALSE(evaluate_numbers(s).value().fits);
    EXPECT_GE(row.most_context_tokens.value(), assumed_prompt_tokens + assumed_output_tokens / 2);
  }
}

// "671B on 1,024 GB only fits as INT8".
TEST(Machines, TheLargeModelFitsAsInt8Alone) {
  const MachineRow row = machines().rows[0];
  EXPECT_EQ(row.format.weights, FormatChoice::int8);
  EXPECT_EQ(row.format.computed, FormatChoice::int8);
  Scenario question = row.answer.service->scenario;
  EXPECT_EQ(serve_users(question, row.box, FormatChoice::bf16, 1).value().users_with_room, 0);
}

// No prediction where the device's figures are unknown, and each is named; memory is answered all the same.
TEST(Machines, UnknownFiguresMakeNoPrediction) {
  const MachinesPlan plan = machines();
  const MachineRow& atlas_300v = plan.rows[8];
  EXPECT_EQ(atlas_300v.answer.unknown, (std::vector<Parameter>{device_memory_bandwidth_gb_per_s, device_peak_dense_bf16_tflops}));
  EXPECT_FALSE(atlas_300v.ratio.has_value());
  EXPECT_GE(atlas_300v.answer.users_with_room, atlas_300v.printed->concurrency);
  for (const std::size_t several_nodes : {9u, 10u}) {
    EXPECT_EQ(plan.rows[several_nodes].answer.unknown, (std::vector<Parameter>{device_scaleup_unidirectional_gb_per_s, nic_gbit_per_s}));
    EXPECT_GE(plan.rows[several_nodes].answer.users_with_room, 1);
  }
  for (const std::size_t one_node : {14u, 15u, 17u}) EXPECT_EQ(plan.rows[one_node].answer.unknown, (std::vector<Parameter>{device_scaleup_unidirectional_gb_per_s}));
  for (const std::size_t one_card : {12u, 13u, 16u}) {
    EXPECT_TRUE(plan.rows[one_card].answer.unknown.empty());
    EXPECT_TRUE(plan.rows[one_card].answer.service.has_value());
    EXPECT_FALSE(plan.rows[one_card].ratio.has_value());  // nothing is printed to compare
  }
  EXPECT_FALSE(plan.rows[11].covered);  // the shape of Janus-Pro is not published in full
}

TEST(Machines, CardTableBesideDenseFigures) {
  const Json golden = printed()["cards"];
  const MachinesPlan plan = machines();
  ASSERT_EQ(golden.size(), plan.cards.size());
  for (std::size_t i = 0; i < golden.size(); ++i) {
    const card_table::Card& card = *plan.cards[i].printed;
    SCOPED_TRACE(card.name);
    EXPECT_EQ(golden[i]["card"], card.name);
    EXPECT_EQ(golden[i].contains("memory") ? gb_of(golden[i]["memory"]) : 0, card.memory_gb);
    EXPECT_EQ(golden[i].contains("bandwidth") ? gb_per_s_of(golden[i]["bandwidth"]) : 0, card.bandwidth_gb_per_s);
    EXPECT_EQ(number_or_zero(golden[i].value("fp16_tflops_printed", Json())), card.fp16_tflops);
    EXPECT_EQ(number_or_zero(golden[i].value("int8_tops_printed", Json())), card.int8_tops);
    const Json link = golden[i].value("nvlink", Json());
    EXPECT_EQ(link.is_string() ? std::stod(link.get<std::string>()) : 0, card.nvlink_gb_per_s);
  }
  // H100's 1,979 has sparsity in it, A100's 312 has not, the 4090's 661 has it and sums in FP16.
  EXPECT_EQ(plan.cards[0].fp16, PeakReading::sparse);
  EXPECT_EQ(plan.cards[0].int8, PeakReading::sparse);
  EXPECT_EQ(plan.cards[1].fp16, PeakReading::dense);
  EXPECT_EQ(plan.cards[1].int8, PeakReading::dense);
  EXPECT_EQ(plan.cards[2].fp16, PeakReading::sparse_fp16_sums);
  EXPECT_EQ(plan.cards[2].int8, PeakReading::sparse);
  EXPECT_EQ(plan.cards[4].fp16, PeakReading::other);
  // Its 1.55 TB/s beside 80 GB are the 40 GB card's.
  EXPECT_NEAR(find_device("a100-sxm-40g")->memory_bandwidth_gb_per_s.value, plan.cards[1].printed->bandwidth_gb_per_s, 10);
  EXPECT_GT(find_device("a100-sxm-80g")->memory_bandwidth_gb_per_s.value, 1.2 * plan.cards[1].printed->bandwidth_gb_per_s);
}

// The table's own layout: as fast as any that the reader could state, over a few by hand.
TEST(Machines, TheFastestLayoutIsTaken) {
  const MachineRow row = machines().rows[2];  // a 70B model on eight NPUs
  for (const double tp : {1.0, 2.0, 4.0, 8.0}) {
    Scenario s = row.answer.service->scenario;
    s.set(decode_tensor_parallel, tp);
    s.set(decode_replicas, 8 / tp);
    const Numbers numbers = evaluate_numbers(s).value();
    if (!numbers.fits) continue;
    EXPECT_LE(numbers.results[QuantityId::decode_tokens_per_s_total] * 8 / tp, row.answer.service->tokens_per_s * (1 + 1e-12)) << tp;
  }
}

}  // namespace
}  // namespace moecalc
