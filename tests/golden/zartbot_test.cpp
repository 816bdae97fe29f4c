// Every number that zartbot's article prints, against the engine: 883 computed values by their rounding class, and the 54 inputs
// apart. tests/golden/zartbot.json holds what was printed, never what we computed.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "catalogue/catalogue.h"
#include "methods/evaluate.h"
#include "methods/zartbot/parameter_count.h"
#include "methods/zartbot/work.h"

namespace moecalc {
namespace {

using Json = nlohmann::json;
using enum QuantityId;

Json golden() {
  std::ifstream file(MOECALC_TESTS_DIR "/golden/zartbot.json");
  if (!file) throw std::runtime_error("cannot read zartbot.json");
  return Json::parse(file);
}

// One case's computed values by the name of the output.
using Computed = std::map<std::string, double>;

double rounded(double x, int digits) {
  const double scale = std::pow(10.0, digits);
  return std::round(x * scale) / scale;
}
double truncated(double x, int digits) {
  const double scale = std::pow(10.0, digits);
  return std::floor(x * scale) / scale;
}

class Question {
 public:
  Question() { set("method", "zartbot"); }
  Question& set(const std::string& key, const std::string& value) {
    const Errors errors = scenario_.set(key, value);
    if (!errors.empty()) throw std::runtime_error("cannot set " + key + " to " + value);
    return *this;
  }
  Question& set(const std::string& key, double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.17g", value);
    return set(key, text);
  }
  double get(QuantityId id) const {
    const Outcome<Numbers> numbers = evaluate_numbers(scenario_);
    if (!numbers.ok()) throw std::runtime_error("not answered: " + numbers.errors()[0].field);
    if (!numbers.value().results.has(id)) throw std::runtime_error("absent: " + std::string(info(id).key));
    return numbers.value().results[id];
  }
  Question with(const std::string& key, const std::string& value) const {
    Question other = *this;
    return other.set(key, value);
  }

 private:
  Scenario scenario_ = Scenario::defaults();
};

std::string device_of(const std::string& gpu) { return gpu.starts_with("H20_3e") ? "h20-3e" : gpu.starts_with("H20") ? "h20" : "h800"; }

// A case's inputs as a question. The GPU constants that the article passes along must be the engine's own.
Question question_of(const Json& in) {
  const std::string device = device_of(in.at("gpu"));
  const zartbot::ArticleDevice& d = *zartbot::find_article_device(device);
  const bool is_prefill = in.at("phase") == "prefill";
  EXPECT_EQ(in.at("sm"), d.sm_count);
  EXPECT_NEAR(in.at("fp16_tflops").get<double>(), d.peak_dense_bf16_tflops * zartbot::compute_prescale, 1e-9);
  EXPECT_NEAR(in.at("fp8_tflops").get<double>(), d.peak_dense_fp8_tflops * zartbot::compute_prescale, 1e-9);
  EXPECT_EQ(in.at("mem_gb"), d.memory_gib);
  EXPECT_EQ(in.at("mem_bw_gbs"), d.memory_bandwidth_gb_per_s);
  EXPECT_EQ(in.at("nvlink_gbs"), d.scaleup_unidirectional_gb_per_s);
  EXPECT_EQ(in.at("discount"), zartbot::efficiency);
  EXPECT_EQ(in.at("comm_sm").get<double>(), is_prefill ? d.prefill_communication_sms : 0);

  Question q;
  q.set("method", "zartbot").set("device", device).set("phase", in.at("phase").get<std::string>()).set("ignore_capacity", "true");
  q.set("nic_gbit_per_s", in.at("pcie_gbs").get<double>() * 8);
  if (in.contains("seq_len")) q.set("prompt_tokens", in.at("seq_len").get<double>());
  if (in.contains("decode_len")) q.set("output_tokens", in.at("decode_len").get<double>());
  if (in.contains("kv_cache_rate")) q.set("prefix_cache_hit_rate", in.at("kv_cache_rate").get<double>());
  if (in.contains("batch")) q.set("decode.batch_per_gpu", in.at("batch").get<double>());
  if (in.contains("absorb")) q.set("mla_absorb", in.at("absorb").get<bool>() ? "yes" : "no");
  if (in.contains("kv_fp16")) q.set("kv_format", in.at("kv_fp16").get<bool>() ? "bf16" : "fp8");
  if (in.contains("kv_bytes")) q.set("kv_format", in.at("kv_bytes") == 2 ? "bf16" : "fp8");
  EXPECT_EQ(in.value("group_gemm_discount", zartbot::grouped_gemm_efficiency), zartbot::grouped_gemm_efficiency);
  if (is_prefill && in.contains("tp")) q.set("prefill.tensor_parallel", in.at("tp").get<double>());
  if (in.contains("dp")) q.set("prefill.expert_parallel", in.at("tp").get<double>() * in.at("dp").get<double>());
  if (in.contains("num_node")) {
    EXPECT_EQ(q.get(prefill_nodes), in.at("num_node"));
  }
  if (!is_prefill && in.contains("tp")) q.set("decode.tensor_parallel", in.at("tp").get<double>());
  // The article's own choice of TP must be what "auto" picks.
  if (in.contains("mla_tp")) {
    EXPECT_EQ("TP" + std::to_string(static_cast<int>(q.get(decode_tensor_parallel))), in.at("mla_tp"));
  }
  return q;
}

zartbot::Shape shape() {
  const Outcome<zartbot::Inputs> inputs = zartbot::resolve(Scenario::defaults());
  return inputs.value().shape;
}

// GFLOP of MLA for q query and c cached tokens.
struct Gflop {
  double gemm;
  double core;
  double total() const { return gemm + core; }
};
Gflop mla_gflop(double q, double c, double hit, bool absorb) {
  Results unused;
  Plain plain(unused);
  const auto m = zartbot::bind_shape(plain, shape());
  const auto work = absorb ? zartbot::absorbed_mla<Plain>(m, q, c, hit) : zartbot::standard_mla<Plain>(m, q, c, hit);
  return {in_gflop(work.gemm), in_gflop(work.core)};
}
double swiglu_mflop(double width) {
  return in_gflop(zartbot::swiglu<Plain>(1, shape().hidden_size, width)) * 1e3;
}

// --- Counting ------------------------------------------------------------------------------------------------------

Computed mla_params(const Json& in) {
  const zartbot::MlaCount count = zartbot::count_mla(shape(), in.at("bias"));
  EXPECT_EQ(count.norm_parameters, in.at("rmsnorm_params"));
  const double all = count.parameters + count.norm_parameters;
  Computed c{{"mla_params_M", all / 1e6},
             {"children_share_pct", 100 * count.parameters / all},
             {"mla_macs_M", count.macs / 1e6},
             {"mla_macs_pct", 100 * count.macs / count.macs}};
  for (const zartbot::LinearCount& l : count.linears) {
    const std::string name(l.name);
    c[name + "_params_M"] = l.parameters / 1e6;
    c[name + "_params_pct"] = 100 * l.parameters / all;
    c[name + "_macs_M"] = l.macs / 1e6;
    c[name + "_macs_pct"] = 100 * l.macs / count.macs;
  }
  return c;
}

Computed ffn_params(const Json& in) {
  EXPECT_EQ(in.at("dim"), shape().hidden_size);
  const zartbot::FfnCount count = zartbot::count_ffn(shape(), in.at("hidden"), in.at("bias"));
  EXPECT_EQ(count.activation_macs, in.at("silu_macs"));
  const double all_macs = count.macs + count.activation_macs;
  Computed c{{"params_M", count.parameters / 1e6},
             {"params_pct", 100.0},
             {"macs_M", count.macs / 1e6},
             {"macs_pct", 100 * count.macs / all_macs}};
  for (const zartbot::LinearCount& l : count.linears) {
    const std::string name(l.name);
    c[name + "_params_M"] = l.parameters / 1e6;
    c[name + "_params_pct"] = 100 * l.parameters / count.parameters;
    c[name + "_macs_M"] = l.macs / 1e6;
    c[name + "_macs_pct"] = 100 * l.macs / all_macs;
  }
  return c;
}

double with_bias_m(double width) { return zartbot::count_ffn(shape(), width, true).parameters / 1e6; }
double mla_m() { return zartbot::count_mla(shape(), true).parameters / 1e6; }

Computed mla_flops(const Json& in) {
  const Gflop g = mla_gflop(in.at("q_len"), in.at("kv_len"), in.at("kv_cache_rate"), in.at("absorb"));
  return {{"total_gflop", g.total()}, {"gemm_fp8_gflop", g.gemm}, {"attn_fp16_gflop", g.core}};
}

Computed flops_ratio(const Json& in) {
  const double q = in.at("q_len"), c = in.at("kv_len"), hit = in.at("kv_cache_rate");
  return {{"ratio", mla_gflop(q, c, hit, true).total() / mla_gflop(q, c, hit, false).total()}};
}

Computed absorbed_params(const Json&) {
  const double absorbed = Question().get(model_attention_absorbed_parameters_m);
  return {{"absorb_params_M", absorbed}, {"absorb_params_M_prose", absorbed}, {"param_ratio", absorbed / Question().get(model_attention_parameters_m)}};
}

Computed dense_flops(const Json&) {
  const double m = with_bias_m(shape().intermediate_size);
  return {{"params_M", m}, {"mflop_prose", 2 * rounded(m, 2)}};
}
Computed expert_flops(const Json&) {
  const double m = with_bias_m(shape().moe_intermediate_size);
  EXPECT_NEAR(swiglu_mflop(shape().moe_intermediate_size), 88.1, 0.05);  // the prose figure, from the formula
  return {{"params_M", m}, {"mflop_prose", 2 * rounded(m, 2)}};
}

Computed param_sum(const Json&) {
  const double mla = mla_m(), dense = with_bias_m(shape().intermediate_size), expert = with_bias_m(shape().moe_intermediate_size);
  const double gate = zartbot::count_gate(shape(), true) / 1e6, embedding = zartbot::count_embedding(shape()) / 1e6;
  // The article's sums are over its printed cells.
  const double mla_total = truncated(rounded(mla, 2) * 61 / 1e3, 2), dense_total = rounded(dense, 2) * 3 / 1e3;
  const double expert_total = rounded(expert, 2) * 58 * 257 / 1e3, gate_total = truncated(gate, 2) * 58;
  const double sum = mla_total + rounded(dense_total, 2) + rounded(expert_total, 1) + gate_total / 1e3 + 2 * truncated(embedding, 2) / 1e3;
  return {{"gate_M_prose", gate},     {"embedding_M_prose", embedding}, {"mla_M", mla},
          {"mla_total_B", mla * 61 / 1e3}, {"dense_M", dense},          {"dense_total_B", dense_total},
          {"expert_M", expert},       {"expert_total_B", expert_total}, {"gate_M", gate},
          {"gate_total_M", gate_total}, {"embedding_M", embedding},     {"embedding_total_M", embedding},
          {"output_M", embedding},    {"output_total_M", embedding},    {"sum_B", sum}};
}

Computed flops_table(const Json&) {
  const double dense = with_bias_m(shape().intermediate_size);
  const double kv_bytes = Question().with("kv_format", "fp8").get(model_kv_kib_per_token) * 1024 / 61;
  return {{"mla_M", mla_m()},
          {"mla_mflop", mla_gflop(1, 1, 0, false).total() * 1e3},
          {"mla_kv_bytes_layer", kv_bytes},
          {"absorb_M", Question().get(model_attention_absorbed_parameters_m)},
          {"absorb_mflop", mla_gflop(1, 1, 0, true).total() * 1e3},
          {"absorb_kv_bytes_layer", kv_bytes},
          {"dense_M", dense},
          {"dense_mflop", 2 * rounded(dense, 2)},
          {"expert_M", with_bias_m(shape().moe_intermediate_size)}};
}

Computed kv_per_token(const Json&) {
  return {{"kv_fp16_KiB", Question().with("kv_format", "bf16").get(model_kv_kib_per_token)},
          {"kv_fp8_KiB", Question().with("kv_format", "fp8").get(model_kv_kib_per_token)}};
}

Computed avg_lengths(const Json& in) {
  const double p = zartbot::mean_prompt_tokens(in.at("mean_kv"), in.at("prefill_B").get<double>() / in.at("decode_B").get<double>());
  return {{"P", p}};
}

Computed other_params(const Json&) {
  // What is left of the printed sum after attention and experts, in billions; at one byte each, in GiB.
  const double left = 671.16 - rounded(mla_m(), 2) * 61 / 1e3 - rounded(with_bias_m(shape().moe_intermediate_size), 2) * 58 * 257 / 1e3;
  EXPECT_EQ(Question().get(memory_other_gib), 2.91);
  return {{"other_B", left}, {"other_GiB", rounded(left, 2) * 1e9 / 1073741824.0}};
}

// --- Times, rates and batches ---------------------------------------------------------------------------------------

Computed prefill_mla(const Json& in) {
  const Question q = question_of(in);
  const auto tp = [&](const char* n) { return q.with("prefill.tensor_parallel", n).get(prefill_mla_tp_ms); };
  return {{"gemm_fp8_ms", q.get(prefill_mla_gemm_ms)}, {"attn_fp16_ms", q.get(prefill_mla_core_ms)}, {"total_ms", q.get(prefill_mla_tp1_ms)},
          {"ar_ms", q.get(prefill_all_reduce_ms)},     {"tp4_ms", tp("4")},                          {"tp8_ms", tp("8")},
          {"table_tp1_ms", tp("1")},                   {"table_tp4_ms", tp("4")},                    {"table_tp8_ms", tp("8")}};
}
Computed prefill_dense(const Json& in) {
  const double t = question_of(in).get(prefill_dense_ffn_ms);
  return {{"dense_ms", t}, {"table_dense_ms", t}};
}
Computed prefill_moe(const Json& in) {
  const Question q = question_of(in);
  const double shared = q.get(prefill_shared_expert_ms), routed = q.get(prefill_routed_experts_ms);
  return {{"shared_ms", shared}, {"routed_ms", routed}, {"table_shared_ms", shared}, {"table_routed_ms", routed}};
}
Computed prefill_alltoall(const Json& in) {
  const Question q = question_of(in);
  EXPECT_EQ(q.get(prefill_nodes), in.at("dispatch_node"));
  const double dispatch = q.get(prefill_dispatch_ms), combine = q.get(prefill_combine_ms);
  return {{"dispatch_ms", dispatch}, {"combine_ms", combine}, {"table_dispatch_ms", dispatch}, {"table_combine_ms", combine}};
}
Computed prefill_time_sum(const Json& in) {
  const Question q = question_of(in);
  return {{"MLA_ms", q.get(prefill_mla_tp1_ms)},
          {"DenseMLP_ms", q.get(prefill_dense_ffn_ms)},
          {"TP_MLA_ms", q.get(prefill_mla_tp_ms)},
          {"Shared_ms", q.get(prefill_shared_expert_ms)},
          {"Routed_ms", q.get(prefill_routed_experts_ms)},
          {"Dispatch_ms", q.get(prefill_dispatch_ms)},
          {"Combine_ms", q.get(prefill_combine_ms)},
          {"sum_overlap_ms", q.with("overlap", "ideal").get(prefill_ttft_ms)},
          {"sum_ms", q.with("overlap", "none").get(prefill_ttft_ms)}};
}
Computed prefill_tps(const Json& in) {
  const Question q = question_of(in);
  return {{"tps_overlap", q.with("overlap", "ideal").get(prefill_tokens_per_s_per_node)},
          {"tps", q.with("overlap", "none").get(prefill_tokens_per_s_per_node)}};
}
Computed prefill_kv_rate(const Json& in) {
  const Question q = question_of(in);
  return {{"kv_overlap", q.with("overlap", "ideal").get(prefill_kv_mib_per_s_of_one_layer)},
          {"kv", q.with("overlap", "none").get(prefill_kv_mib_per_s_of_one_layer)}};
}
Computed official(const Json& in) {
  Question q;
  q.set("economics.prefill_tokens_per_s_per_node", in.at("official_tps").get<double>());
  q.set("economics.cache_hit_rate", in.at("kv_cache_rate").get<double>());
  return {{"uncached_tps", q.get(economics_prefill_uncached_tokens_per_s_per_node)}};
}

Computed moe_ep(const Json&) {
  Computed c;
  for (const char* ep : {"34", "72", "144", "320"}) {
    Question q;
    q.set("decode.expert_parallel", ep).set("decode.batch_per_gpu", "1");
    const double routed = q.get(decode_experts_per_gpu) - 1;
    c["EP" + std::string(ep) + ".routed_per_gpu"] = routed;
    c["EP" + std::string(ep) + ".redundant"] = routed * std::stod(ep) - 256;
  }
  return c;
}

Computed decode_batchsize(const Json& in) {
  Computed c;
  for (const auto& [ep, experts] : in.at("expert_num").items()) {
    const Question q = question_of(in).with("decode.expert_parallel", ep.substr(2));
    EXPECT_EQ(q.get(decode_experts_per_gpu), experts);
    c[ep] = q.get(memory_largest_batch_per_gpu);
  }
  return c;
}

Computed decode_mla(const Json& in) {
  const Question q = question_of(in);
  const auto tp = [&](const char* n) { return q.with("decode.tensor_parallel", n).get(decode_mla_tp_ms); };
  return {{"tp1_ms", tp("1")}, {"tp4_ms", tp("4")}, {"tp8_ms", tp("8")}, {"loadkv_fp8_ms", q.get(decode_kv_load_fp8_ms)}, {"loadkv_fp16_ms", q.get(decode_kv_load_bf16_ms)}};
}
Computed decode_dense(const Json& in) { return {{"dense_ms", question_of(in).get(decode_dense_ffn_ms)}}; }
Computed decode_experts(const Json& in) {
  const Question q = question_of(in);
  return {{"shared_ms", q.get(decode_shared_expert_ms)}, {"routed_ms", q.get(decode_routed_experts_ms)}};
}
Computed decode_a2a(const Json& in) {
  const Question q = question_of(in);
  return {{"dispatch_ms", q.get(decode_dispatch_ms)}, {"combine_ms", q.get(decode_combine_ms)}};
}
Computed decode_components(const Json& in) {
  const Question q = question_of(in);
  const auto tp = [&](const char* n) { return q.with("decode.tensor_parallel", n).get(decode_mla_tp_ms); };
  return {{"TP1_ms", tp("1")},
          {"TP4_ms", tp("4")},
          {"TP8_ms", tp("8")},
          {"LoadKV_FP8_ms", q.get(decode_kv_load_fp8_ms)},
          {"LoadKV_FP16_ms", q.get(decode_kv_load_bf16_ms)},
          {"DenseMLP_ms", q.get(decode_dense_ffn_ms)},
          {"SharedExpert_ms", q.get(decode_shared_expert_ms)},
          {"RoutedExpert_ms", q.get(decode_routed_experts_ms)},
          {"Dispatch_ms", q.get(decode_dispatch_ms)},
          {"Combine_ms", q.get(decode_combine_ms)}};
}
Computed decoding_time(const Json& in) {
  const Question overlapped = question_of(in).with("overlap", "ideal");
  const Question serial = overlapped.with("overlap", "none");
  const double tps_o = overlapped.get(decode_tps_per_user), total_o = overlapped.get(decode_tokens_per_s_per_gpu);
  return {{"DenseMLA", serial.get(decode_dense_layer_attention_ms)},
          {"DenseMLP", serial.get(decode_dense_ffn_ms)},
          {"SparseMLA", serial.get(decode_moe_layer_attention_ms)},
          {"Combine", serial.get(decode_combine_ms)},
          {"SharedExpert", serial.get(decode_shared_expert_ms)},
          {"RoutedExpert", serial.get(decode_routed_experts_ms)},
          {"Dispatch", serial.get(decode_dispatch_ms)},
          {"TPOT(Overlap)", overlapped.get(decode_tpot_ms)},
          {"TPOT", serial.get(decode_tpot_ms)},
          {"TPS_O", tps_o},
          {"TPS(Overlap)", tps_o},
          {"TPS", serial.get(decode_tps_per_user)},
          {"Total_O", total_o},
          {"Total(Overlap)", total_o},
          {"Total", serial.get(decode_tokens_per_s_per_gpu)}};
}
Computed time_budget(const Json& in) { return {{"budget_ms", question_of(in).get(decode_time_budget_ms)}}; }

double tokens_per_gpu(const char* device, const char* batch) {
  return Question().with("device", device).with("phase", "decode").with("decode.batch_per_gpu", batch).get(decode_tokens_per_s_per_gpu);
}
Computed gain(const Json&) { return {{"gain", tokens_per_gpu("h20-3e", "64") / tokens_per_gpu("h20", "32")}}; }
Computed prose(const Json&) { return {{"h800_peak", tokens_per_gpu("h800", "32")}, {"h20_3e", tokens_per_gpu("h20-3e", "64")}}; }

// --- The article's constants ----------------------------------------------------------------------------------------

Computed gpu_constants(const Json&) {
  Computed c;
  for (const zartbot::ArticleDevice& d : zartbot::devices) {
    const std::string gpu = d.id == "h800" ? "H800" : d.id == "h20" ? "H20" : "H20_3e";
    // The table of section 1 holds the sheet's numbers, the code's tables the scaled ones.
    c[gpu + ".sm"] = d.sm_count;
    c[gpu + ".fp16_tflops"] = d.peak_dense_bf16_tflops;
    c[gpu + ".fp8_tflops"] = d.peak_dense_fp8_tflops;
    c[gpu + ".mem_gb"] = d.memory_gib;
    c[gpu + ".mem_bw_gbs"] = d.memory_bandwidth_gb_per_s;
    c[gpu + ".nvlink_gbs"] = d.scaleup_in_table_gb_per_s;
    c[gpu + ".pcie_gbs"] = d.nic_gbit_per_s / 8;
    for (const std::string phase : {"prefill.", "decode."}) {
      c[phase + gpu + ".comm_sm"] = phase == "prefill." ? d.prefill_communication_sms : 0;
      c[phase + gpu + ".fp16_tflops"] = d.peak_dense_bf16_tflops * zartbot::compute_prescale;
      c[phase + gpu + ".fp8_tflops"] = d.peak_dense_fp8_tflops * zartbot::compute_prescale;
      c[phase + gpu + ".mem_gb"] = d.memory_gib;
      c[phase + gpu + ".mem_bw_gbs"] = d.memory_bandwidth_gb_per_s;
      c[phase + gpu + ".nvlink_gbs"] = d.scaleup_unidirectional_gb_per_s;
      c[phase + gpu + ".pcie_gbs"] = d.nic_gbit_per_s / 8;
      c[phase + gpu + ".discount"] = zartbot::efficiency;
    }
  }
  return c;
}

const std::map<std::string, std::function<Computed(const Json&)>>& functions() {
  static const std::map<std::string, std::function<Computed(const Json&)>> table = {
      {"mla_params", mla_params},
      {"ffn_params", ffn_params},
      {"mla_flops", mla_flops},
      {"mla_matabsob_flops", mla_flops},
      {"mla_matabsob_mem", absorbed_params},
      {"flops_ratio", flops_ratio},
      {"densmlp_flops", dense_flops},
      {"moe_expert_flops", expert_flops},
      {"param_sum", param_sum},
      {"flops_table", flops_table},
      {"kv_per_token", kv_per_token},
      {"avg_lengths", avg_lengths},
      {"other_params", other_params},
      {"prefill_mla", prefill_mla},
      {"prefill_dense_mlp", prefill_dense},
      {"prefill_moe", prefill_moe},
      {"prefill_alltoall", prefill_alltoall},
      {"prefill_time_sum", prefill_time_sum},
      {"prefill_tps", prefill_tps},
      {"prefill_kv_rate", prefill_kv_rate},
      {"official", official},
      {"moe_ep", moe_ep},
      {"decode_batchsize", decode_batchsize},
      {"decode_mla", decode_mla},
      {"decode_dense_mlp", decode_dense},
      {"moe_expert_time", decode_experts},
      {"decode_a2a", decode_a2a},
      {"decoding_time_components", decode_components},
      {"decoding_time", decoding_time},
      {"time_budget", time_budget},
      {"ratio", gain},
      {"prose", prose},
      {"gpu_spec", gpu_constants},
      {"gpu_code", gpu_constants},
  };
  return table;
}

struct Count {
  int computed = 0;
  int inputs = 0;
  int not_reproducible = 0;  // quoted, approximate or misprinted: no tolerance
};

void check(const Json& golden_case, const std::string& name, double value) {
  const std::string text = golden_case.at("printed").at(name);
  const std::string rounding = golden_case.at("rounding").at(name);
  const double printed = std::stod(text);
  const double tolerance = golden_case.at("tolerance").at(name);
  const std::string what = golden_case.at("id").get<std::string>() + " " + name + " (" + rounding + ")";
  if (rounding == "trunc") {
    EXPECT_GE(value, printed) << what;
    EXPECT_LT(value, printed + tolerance) << what;
  } else {
    EXPECT_LE(std::fabs(value - printed), tolerance + 1e-9) << what << ": " << value << " for " << text;
  }
}

TEST(ZartbotGolden, EveryPrintedNumber) {
  Count count;
  const Json document = golden();
  for (const Json& each : document.at("cases")) {
    const std::string fn = each.at("fn");
    const auto function = functions().find(fn);
    const Computed computed = function == functions().end() ? Computed{} : function->second(each.at("inputs"));
    for (const auto& [name, printed] : each.at("printed").items()) {
      if (each.at("tolerance").at(name).is_null()) {
        ++count.not_reproducible;
        continue;
      }
      const auto value = computed.find(name);
      if (value == computed.end()) {
        ADD_FAILURE() << each.at("id") << " " << name << " is not computed";
        continue;
      }
      check(each, name, value->second);
      ++(each.at("rounding").at(name) == "input" ? count.inputs : count.computed);
    }
  }
  EXPECT_EQ(count.computed, 883);
  EXPECT_EQ(count.inputs, 54);
  EXPECT_EQ(count.not_reproducible, 18);
  std::printf("zartbot: %d printed numbers reproduced, %d inputs equal, %d without a tolerance\n", count.computed, count.inputs, count.not_reproducible);
}

}  // namespace
}  // namespace moecalc
