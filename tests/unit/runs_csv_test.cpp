// Reading a table of measured runs: what is needed, what has defaults, and what a bad row says.
#include <gtest/gtest.h>

#include <string>

#include "validation/calibration_json.h"
#include "validation/validation.h"

namespace moecalc {
namespace {

const std::string header = "model,device,concurrency,mean_prompt_tokens,mean_output_tokens,measured_tpot_ms";
const std::string row = "deepseek-ai/DeepSeek-R1,h200_sxm,64,1024,1024,30";

using Served = moecalc::Run;  // in a test, Run is something of googletest's

std::vector<Served> runs_of(const std::string& text) {
  const Outcome<std::vector<Served>> runs = read_runs_csv(text);
  EXPECT_TRUE(runs.ok());
  return runs.ok() ? runs.value() : std::vector<Served>{};
}

TEST(RunsCsv, MinimalColumns) {
  const std::vector<Served> runs = runs_of(header + "\n" + row + "\n");
  ASSERT_EQ(runs.size(), 1u);
  const Served& run = runs[0];
  EXPECT_TRUE(run.problems.empty());
  EXPECT_EQ(run.id, "row 2");
  EXPECT_EQ(run.use, "score");
  EXPECT_EQ(run.mode, "agg");
  EXPECT_EQ(run.engine, "any");
  EXPECT_EQ(run.weight_format, "fp8");
  EXPECT_EQ(run.config_group, run.id);
  EXPECT_FALSE(run.measured_ttft_ms);
  EXPECT_EQ(run.scenario[Parameter::decode_concurrency], 64);
  EXPECT_EQ(run.scenario.choice<FormatChoice>(Parameter::kv_format), FormatChoice::bf16);
  const Prediction p = predict(run);
  ASSERT_TRUE(p.tpot_ms);
  EXPECT_GT(*p.tpot_ms, 0);
}

TEST(RunsCsv, ColumnsInAnyOrderAndUnknownOnes) {
  const std::vector<Served> runs = runs_of(
      "note,measured_tpot_ms,mean_output_tokens,mean_prompt_tokens,concurrency,device,model\nx,30,1024,1024,64,h200_"
      "sxm,deepseek-ai/DeepSeek-R1\n");
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].scenario, runs_of(header + "\n" + row + "\n")[0].scenario);
}

TEST(RunsCsv, QuotedFields) {
  const std::vector<Served> runs =
      runs_of("id," + header + "\n\"one, \"\"two\"\"\nthree\"," + row + "\nnext," + row + "\n");
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0].id, "one, \"two\"\nthree");
  EXPECT_TRUE(runs[0].problems.empty());
  EXPECT_EQ(runs[1].id, "next");
}

TEST(RunsCsv, ByteOrderMarkCarriageReturnsNoLastLineEnd) {
  const std::vector<Served> expected = runs_of(header + "\n" + row + "\n");
  const std::vector<Served> runs = runs_of("\xEF\xBB\xBF" + header + "\r\n" + row + "\r\n\r\n" + row);
  ASSERT_EQ(runs.size(), 2u);
  for (const Served& run : runs) {
    EXPECT_TRUE(run.problems.empty());
    EXPECT_EQ(run.scenario, expected[0].scenario);
  }
}

TEST(RunsCsv, MissingColumnsAreNamed) {
  for (const char* column :
       {"model", "device", "concurrency", "mean_prompt_tokens", "mean_output_tokens", "measured_tpot_ms"}) {
    std::string without = "," + header;
    without.replace(without.find("," + std::string(column)) + 1, std::string(column).size(), "other");
    const Outcome<std::vector<Served>> runs = read_runs_csv(without + "\n" + row + "\n");
    ASSERT_FALSE(runs.ok()) << column;
    ASSERT_EQ(runs.errors().size(), 1u);
    EXPECT_EQ(runs.errors()[0].code, ErrorCode::required);
    EXPECT_EQ(runs.errors()[0].field, column);
  }
  EXPECT_FALSE(read_runs_csv("").ok());
  EXPECT_EQ(read_runs_csv("").errors().size(), 6u);
}

TEST(RunsCsv, BadRowsSayWhy) {
  const std::vector<Served> runs = runs_of("mode," + header +
                                           "\n"
                                           "agg,no-such-model,h200_sxm,64,1024,1024,30\n"
                                           "agg,deepseek-ai/DeepSeek-R1,no-such-device,64,1024,1024,30\n"
                                           "agg,deepseek-ai/DeepSeek-R1,h200_sxm,many,1024,1024,30\n"
                                           "agg,deepseek-ai/DeepSeek-R1,h200_sxm,64,1024,1024,\n"
                                           "agg,deepseek-ai/DeepSeek-R1,h200_sxm,64,-5,1024,30\n"
                                           "both,deepseek-ai/DeepSeek-R1,h200_sxm,64,1024,1024,30\n"
                                           "agg,deepseek-ai/DeepSeek-R1,h200_sxm\n"
                                           "agg," +
                                           row + "\n");
  ASSERT_EQ(runs.size(), 8u);
  const char* fields[] = {
      "model", "device", "concurrency", "measured_tpot_ms", "mean_prompt_tokens", "mode", "mean_prompt_tokens"};
  std::vector<Prediction> predictions;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    predictions.push_back(predict(runs[i]));
    if (i + 1 == runs.size()) break;
    ASSERT_FALSE(runs[i].problems.empty()) << i;
    EXPECT_EQ(runs[i].problems[0].field, fields[i]) << i;
    EXPECT_FALSE(predictions[i].tpot_ms);
    EXPECT_EQ(predictions[i].problems.size(), runs[i].problems.size());
  }
  EXPECT_TRUE(predictions.back().tpot_ms);
  // They count as rows that have no prediction.
  const ErrorSummary all = summarise(runs, predictions)[0].summary;
  EXPECT_EQ(all.rows, 8u);
  EXPECT_EQ(all.predicted, 1u);
}

TEST(RunsCsv, KvFormatByRule) {
  const auto kv = [](const std::string& device, const std::string& engine, const std::string& weights) {
    const std::vector<Served> runs = runs_of("engine,weight_format," + header + "\n" + engine + "," + weights +
                                             ",deepseek-ai/DeepSeek-R1," + device + ",64,1024,1024,30\n");
    return runs[0].scenario.choice<FormatChoice>(Parameter::kv_format);
  };
  EXPECT_EQ(kv("h200_sxm", "vllm", "fp8"), FormatChoice::bf16);
  EXPECT_EQ(kv("h200_sxm", "trtllm", "fp8"), FormatChoice::fp8);
  EXPECT_EQ(kv("b200_sxm", "sglang", "nvfp4"), FormatChoice::fp8);
  EXPECT_EQ(kv("b200_sxm", "trtllm", "bf16"), FormatChoice::bf16);
  const std::vector<Served> stated = runs_of("kv_format," + header + "\nfp8," + row + "\n");
  EXPECT_EQ(stated[0].scenario.choice<FormatChoice>(Parameter::kv_format), FormatChoice::fp8);
}

TEST(RunsCsv, ExpertsOnlyQuantisedAreMxfp4) {
  const std::vector<Served> runs =
      runs_of("weight_format," + header + "\nnvfp4,openai/gpt-oss-120b,h100_sxm,16,1024,1024,10\n");
  EXPECT_EQ(runs[0].scenario.choice<FormatChoice>(Parameter::weight_format), FormatChoice::mxfp4);
}

TEST(RunsCsv, ConstantsReplaceStandardOnes) {
  const Served run = runs_of(header + "\n" + row + "\n")[0];
  const Outcome<reference::Calibration> slow =
      read_calibration(R"({"constants": [{"key": "serving.launch.hopper", "value": 100}]})");
  ASSERT_TRUE(slow.ok());
  EXPECT_GT(*predict(run, slow.value()).tpot_ms, *predict(run).tpot_ms);
  EXPECT_EQ(read_calibration(R"({"constants": [{"key": "serving.launch.hoper", "value": 1}]})").errors()[0].code,
            ErrorCode::unknown_parameter);
  EXPECT_FALSE(read_calibration("{}").ok());
}

}  // namespace
}  // namespace moecalc
