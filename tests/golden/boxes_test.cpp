// The boxes of the sizing guide (tests/golden/sizing_guide.json): what it prints the inputs for is computed and compared; docs/boxes.md lists the rest.
#include "plan/boxes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "methods/evaluate.h"
#include "properties/random_scenario.h"

namespace moecalc {
namespace {

using Json = nlohmann::json;
using enum Parameter;

Json printed() {
  std::ifstream file(MOECALC_TESTS_DIR "/golden/sizing_guide.json");
  return Json::parse(file);
}

Scenario question(std::initializer_list<std::pair<const char*, const char*>> settings = {}) {
  Scenario scenario = Scenario::defaults();
  for (const auto& [key, value] : settings) EXPECT_TRUE(scenario.set(key, value).empty()) << key;
  return scenario;
}

BoxesPlan boxes_of(const Scenario& scenario) {
  Plan plan;
  plan.kind = PlanKind::boxes;
  plan.base = scenario;
  Outcome<BoxesPlan> outcome = plan_boxes(plan);
  if (!outcome.ok()) throw std::runtime_error("not answered: " + outcome.errors()[0].field);
  return outcome.value();
}

const BoxRow& row_of(const BoxesPlan& plan, std::string_view id) {
  for (const BoxRow& row : plan.rows) {
    if (row.printed->id == id) return row;
  }
  throw std::runtime_error("no such box");
}

const Service& service_of(const ComputedBox& box) { return box.formats[box.chosen.value()].answer.service.value(); }

double number_or_zero(const Json& value) { return value.is_null() ? 0 : value.get<double>(); }

TEST(Boxes, TheTableIsWhatTheGuidePrints) {
  const std::map<std::string, guide::Verdict> advice{{"most recommended", guide::Verdict::most_recommended},
                                                     {"recommended", guide::Verdict::recommended},
                                                     {"somewhat recommended", guide::Verdict::somewhat_recommended},
                                                     {"not much recommended", guide::Verdict::not_much_recommended},
                                                     {"not recommended", guide::Verdict::not_recommended}};
  const Json document = printed();
  const Json& golden = document["boxes"];
  ASSERT_EQ(golden.size(), guide::boxes().size());
  for (std::size_t i = 0; i < golden.size(); ++i) {
    const guide::PrintedBox& box = guide::boxes()[i];
    SCOPED_TRACE(box.id);
    EXPECT_EQ(golden[i]["id"], box.id);
    EXPECT_EQ(advice.at(golden[i]["advice"]), box.advice);
    EXPECT_EQ(number_or_zero(golden[i]["gpus"]), box.gpus);
    EXPECT_EQ(number_or_zero(golden[i]["gb_per_gpu"]), box.gb_per_gpu);
    EXPECT_EQ(number_or_zero(golden[i]["total_gb"]), box.total_gb);
    EXPECT_EQ(number_or_zero(golden[i]["power_kw"]), box.power_kw);
    EXPECT_EQ(number_or_zero(golden[i]["price_wan_cny"]), box.price_10k_cny);
    std::size_t good = 0;
    for (const guide::Point& point : box.points) good += point.is_good ? 1 : 0;
    EXPECT_EQ(golden[i]["good_points"], good);
    EXPECT_EQ(golden[i]["bad_points"], box.points.size() - good);
  }
}

// And what the primer says of them: FP8 units came with Ada and Hopper, FP4 with Blackwell.
TEST(Boxes, GenerationsAndTheirUnits) {
  const Json golden = printed()["generations"];
  ASSERT_EQ(golden.size(), guide::generations().size());
  for (std::size_t i = 0; i < golden.size(); ++i) {
    const guide::Generation& each = guide::generations()[i];
    EXPECT_EQ(golden[i]["series"], each.series);
    EXPECT_EQ(golden[i]["year"], each.year);
    if (each.device.empty()) continue;
    const Device& device = *find_device(each.device);
    EXPECT_EQ(device.peak_dense_fp8_tflops.known(), each.year >= 2022) << each.series;
    EXPECT_EQ(device.peak_dense_fp4_tflops.known(), each.year >= 2024) << each.series;
  }
}

TEST(Boxes, MemoryRulesOfTheGuide) {
  const Json rules = printed()["rules"];
  EXPECT_EQ(rules["fp8_native_weights_gb"], guide::fp8_weights_gb);
  EXPECT_EQ(rules["bf16_only_weights_gb"], guide::bf16_weights_gb);
  EXPECT_EQ(rules["kv_cache_reserve_gb"], (Json{guide::least_kv_gb, guide::most_kv_gb}));
  // Its minimums are its weights and one end of its reserve.
  EXPECT_EQ(rules["minimum_total_gb_with_fp8_units"], guide::fp8_weights_gb + guide::most_kv_gb);
  EXPECT_EQ(rules["bf16_only_minimum_total_gb"], guide::bf16_weights_gb + guide::least_kv_gb);
  EXPECT_EQ(rules["minimum_total_gb_with_fp8_units"], guide::fp8_minimum_gb);
  EXPECT_EQ(rules["bf16_only_minimum_total_gb"], guide::bf16_minimum_gb);
  // "About 700 GB", counted from the model: the guide rounds up.
  const MemoryRules computed = boxes_of(question()).rules;
  EXPECT_NEAR(computed.fp8_weights_gb, guide::fp8_weights_gb, 0.05 * guide::fp8_weights_gb);
  EXPECT_NEAR(computed.bf16_weights_gb, guide::bf16_weights_gb, 0.05 * guide::bf16_weights_gb);
  EXPECT_NEAR(computed.fp8_minimum_gb, guide::fp8_minimum_gb, 0.05 * guide::fp8_minimum_gb);
  EXPECT_NEAR(computed.bf16_minimum_gb, guide::bf16_minimum_gb, 0.05 * guide::bf16_minimum_gb);
}

TEST(Boxes, TotalMemoryAsPrinted) {
  const BoxesPlan plan = boxes_of(question());
  for (const BoxRow& row : plan.rows) {
    if (row.printed->total_gb == 0) continue;
    for (const ComputedBox& box : row.computed) EXPECT_EQ(box.total_gb, row.printed->total_gb) << row.printed->id;
  }
}

// Rated GPUs and 2 kW a node come to the printed kilowatts; two nodes of SXM cards rated at 700 W draw more than the guide's 10 kW, which are those of PCIe cards.
TEST(Boxes, PowerAsPrinted) {
  const BoxesPlan plan = boxes_of(question());
  for (const auto& [id, device] : {std::pair{"a100", 0}, {"dgx-h200", 0}, {"h200", 0}, {"h100", 1}}) {
    const BoxRow& row = row_of(plan, id);
    const ComputedBox& box = row.computed[static_cast<std::size_t>(device)];
    EXPECT_NEAR(box.cost.power_kw.value(), row.printed->power_kw, 0.051 * row.printed->power_kw) << id;
  }
  EXPECT_GT(row_of(plan, "h100").computed[0].cost.power_kw.value(), 15);
}

// "Tens of users for the listed boxes": so it is where weights in BF16 leave little room.
TEST(Boxes, TensOfUsersWithoutFp8) {
  const ComputedBox a100 = row_of(boxes_of(question()), "a100").computed[0];
  EXPECT_EQ(a100.formats[a100.chosen.value()].format.weights, FormatChoice::bf16);
  EXPECT_GE(service_of(a100).users, 10);
  EXPECT_LT(service_of(a100).users, 100);
  EXPECT_LT(service_of(a100).kv_room_gb, guide::least_kv_gb);
}

TEST(Boxes, VerdictsWhereTheGuideJudgesByFigures) {
  const BoxesPlan plan = boxes_of(question());
  for (const char* id : {"a100", "dgx-h200", "h200"}) EXPECT_EQ(row_of(plan, id).agreement[0], Agreement::agrees) << id;
  // Both have FP8 units and a price; what speaks against them in the guide is not all in figures.
  for (const char* id : {"h40", "mi300x"}) EXPECT_EQ(row_of(plan, id).agreement[0], Agreement::better) << id;
  for (const char* id : {"h100", "ascend"}) EXPECT_EQ(row_of(plan, id).agreement[0], Agreement::not_judged) << id;
}

// 2,000,000 yuan at 7.24 over four years of 8,760 hours; 10 kW at a PUE of 1.3 and 0.1 USD/kWh.
TEST(Boxes, MoneyByHand) {
  const ComputedBox a100 = row_of(boxes_of(question()), "a100").computed[0];
  EXPECT_NEAR(a100.cost.price.value(), 2000000 / 7.24, 1e-6);
  const double per_hour = 2000000 / 7.24 / (4 * 8760) + 10 * 1.3 * 0.1;
  EXPECT_NEAR(a100.cost.per_hour.value(), per_hour, 1e-9);
  const Service& service = service_of(a100);
  EXPECT_NEAR(a100.per_user.price_per_user.value(), 2000000 / 7.24 / service.users, 1e-6);
  EXPECT_NEAR(a100.per_user.per_million_tokens.value(), per_hour * 1e6 / (3600 * service.tokens_per_s), 1e-9);

  const ComputedBox in_yuan = row_of(boxes_of(question({{"purchase.currency", "cny"}})), "a100").computed[0];
  EXPECT_NEAR(in_yuan.cost.price.value(), 2000000, 1e-6);
  EXPECT_NEAR(in_yuan.cost.per_hour.value(), 7.24 * per_hour, 1e-9);

  // 10 kW of hosting at 146 USD a kW and month of 730 hours: 2 USD an hour more.
  const ComputedBox hosted = row_of(boxes_of(question({{"purchase.hosting_usd_per_kw_month", "146"}})), "a100").computed[0];
  EXPECT_NEAR(hosted.cost.per_hour.value(), per_hour + 2, 1e-9);

  // Eight H200 at 3.50 USD an hour, as the catalogue has it; power is the landlord's.
  const ComputedBox rented = row_of(boxes_of(question({{"purchase.acquisition", "rent"}})), "h200").computed[0];
  EXPECT_EQ(rented.cost.per_hour.value(), 28);
  EXPECT_FALSE(rented.cost.price.has_value());
  EXPECT_NEAR(rented.per_user.per_user_month.value(), 28 * 730 / service_of(rented).users, 1e-9);
}

TEST(Boxes, PricesThatNobodyToldAreUnknown) {
  const BoxesPlan plan = boxes_of(question());
  EXPECT_FALSE(row_of(plan, "h100").computed[0].cost.price.has_value());
  EXPECT_EQ(row_of(plan, "h100").computed[0].verdict, guide::Verdict::no_price);
  // The reader's price is that of the question's own GPU.
  const BoxesPlan priced = boxes_of(question({{"device", "h800"}, {"purchase.gpu_price_usd", "30000"}}));
  EXPECT_EQ(row_of(priced, "h100").computed[0].cost.price.value(), 16 * 30000);
  EXPECT_FALSE(row_of(priced, "h100").computed[1].cost.price.has_value());
}

TEST(Boxes, FormatsFollowTheUnitsOfTheDevice) {
  const auto names = [](std::string_view device) {
    std::string text;
    for (const HeldFormat& each : formats_of(*find_device(device))) text += value_text(weight_format, static_cast<double>(each.weights)) + "/" + value_text(weight_format, static_cast<double>(each.computed)) + " ";
    return text;
  };
  EXPECT_EQ(names("a100-pcie-80g"), "bf16/bf16 int8/int8 int4/bf16 ");
  EXPECT_EQ(names("h200"), "bf16/bf16 fp8/fp8 int8/int8 int4/bf16 ");
  EXPECT_EQ(names("b200"), "bf16/bf16 fp8/fp8 int8/int8 int4/bf16 nvfp4/nvfp4 ");
  EXPECT_EQ(names("k100-ai"), "bf16/bf16 int8/bf16 int4/bf16 ");  // no INT8 figure is known: weights alone
}

TEST(Boxes, UnknownFiguresAreNamedAndMemoryStillAnswered) {
  const Box box{*device_index("atlas-300v"), 1, 1};
  const BoxAnswer answer = serve_most(question({{"model", "deepseek-r1-distill-qwen-1.5b"}}), box, FormatChoice::bf16, 0).value();
  EXPECT_GE(answer.users_with_room, 1);
  EXPECT_FALSE(answer.service.has_value());
  EXPECT_EQ(answer.unknown, (std::vector<Parameter>{device_memory_bandwidth_gb_per_s, device_peak_dense_bf16_tflops}));
}

// The same answer by trying every number of users in the chosen layout.
TEST(Boxes, UsersAreTheMostThatFitAndGetTheSpeed) {
  for (const char* device : {"h200", "mi300x", "h20"}) {
    const Box box{*device_index(device), 8, 8};
    const Service service = serve_most(question(), box, FormatChoice::fp8, 20).value().service.value();
    const auto holds = [&](double users) {
      Scenario s = service.scenario;
      s.set(decode_concurrency, users);
      const Numbers numbers = evaluate_numbers(s).value();
      return numbers.fits && numbers.results[QuantityId::decode_tps_per_user] >= 20;
    };
    double most = 0;
    for (double users = 1; users <= 2 * service.users; ++users) most = holds(users) ? users : most;
    EXPECT_EQ(most, service.users) << device;
  }
}

TEST(Boxes, SmallestBoxIsTheFirstThatServes) {
  const Scenario base = question();
  const std::size_t device = *device_index("h200");
  const SizedBox smallest = smallest_box(base, device, FormatChoice::fp8, 1, 20).value().value();
  EXPECT_EQ(smallest.box.devices, 8);
  EXPECT_FALSE(serve_most(base, {device, 4, 8}, FormatChoice::fp8, 20).value().service.has_value());
  const SizedBox for_more = smallest_box(base, device, FormatChoice::fp8, smallest.answer.service->users + 1, 20).value().value();
  EXPECT_EQ(for_more.box.devices, 16);
}

// Over models, cards and sizes: what fits and serves never gets worse with memory or devices, never better with a higher speed.
TEST(Boxes, PhysicsOfBoxes) {
  testing::Random random(20250315);
  const char* const cards[] = {"a100-sxm-80g", "h800", "h20", "h200", "b200", "mi300x", "ascend-910b3", "rtx-4090"};
  const char* const of_models[] = {"deepseek-r1", "qwen3-235b-a22b", "llama-3.1-70b", "qwen2.5-14b", "mixtral-8x7b", "deepseek-v2-lite"};
  int serving = 0;
  for (int i = 0; i < 60; ++i) {
    Scenario base = question({{"device", cards[random.below(std::size(cards))]}, {"model", of_models[random.below(std::size(of_models))]}});
    base.set(prompt_tokens, static_cast<double>(1 + random.below(8000)));
    const double count = static_cast<double>(1 << random.below(6));
    const double speed = static_cast<double>(random.below(40));
    const Box box{static_cast<std::size_t>(base[device]), count, 8};
    const FormatChoice format = unquantised_format(base, devices()[box.device]).weights;
    const auto users = [&](const Scenario& s, const Box& of, double wanted) {
      const BoxAnswer answer = serve_most(s, of, format, wanted).value();
      EXPECT_TRUE(answer.users_with_room > 0 || !answer.service);
      if (!answer.service) return 0.0;
      EXPECT_LE(answer.service->users, answer.users_with_room);
      EXPECT_GE(answer.service->tokens_per_s_per_user, wanted);
      return answer.service->users;
    };
    const double now = users(base, box, speed);
    SCOPED_TRACE(std::string(base.model_id()) + " on " + std::to_string(count) + " " + std::string(base.device_id()) + " at " + std::to_string(speed));
    serving += now > 0 ? 1 : 0;
    Scenario larger = base;
    larger.set(device_memory_gib, 1.5 * devices()[box.device].memory_marketed_gb.value);
    EXPECT_GE(users(larger, box, speed), now);
    EXPECT_LE(users(base, box, speed + 5), now);
    const bool has_network = devices()[box.device].scaleout_nic_gbit_per_s.known();
    EXPECT_TRUE((!has_network && count >= 8) || users(base, {box.device, 2 * count, 8}, speed) >= now);
  }
  EXPECT_GT(serving, 20);
}

// A box's service is a question of its own: the calculator answers it with the same numbers.
TEST(Boxes, TheLinkedQuestionGivesTheSameNumbers) {
  const BoxesPlan plan = boxes_of(question());
  for (const BoxRow& row : plan.rows) {
    for (const ComputedBox& box : row.computed) {
      const Service& service = service_of(box);
      const Numbers numbers = evaluate_numbers(service.scenario).value();
      EXPECT_TRUE(numbers.fits);
      EXPECT_EQ(numbers.results[QuantityId::decode_tps_per_user], service.tokens_per_s_per_user);
      EXPECT_EQ(service.scenario[decode_concurrency], service.users);
    }
  }
}

TEST(Boxes, MatrixOfModelsAndDevices) {
  Plan plan;
  plan.kind = PlanKind::boxes;
  plan.base = question();
  plan.models = {*model_index("deepseek-r1"), *model_index("llama-3.1-70b")};
  plan.devices = {*device_index("h200"), *device_index("mi300x"), *device_index("a100-pcie-80g")};
  const Matrix matrix = plan_boxes(plan).value().matrix;
  ASSERT_EQ(matrix.cells.size(), 6u);
  for (std::size_t row = 0; row < 2; ++row) {
    int smallest = 0, cheapest = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      const MatrixCell& cell = matrix.cells[3 * row + i];
      EXPECT_EQ(cell.model, plan.models[row]);
      EXPECT_EQ(cell.device, plan.devices[i]);
      smallest += cell.is_smallest ? 1 : 0;
      cheapest += cell.is_cheapest ? 1 : 0;
      for (std::size_t k = 0; cell.is_cheapest && k < 3; ++k) EXPECT_GE(matrix.cells[3 * row + k].cost.price.value(), cell.cost.price.value());
    }
    EXPECT_GE(smallest, 1);
    EXPECT_EQ(cheapest, 1);
  }
}

}  // namespace
}  // namespace moecalc
