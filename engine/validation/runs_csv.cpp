#include <cmath>
#include <map>

#include "catalogue/catalogue.h"
#include "numbers/number_text.h"
#include "validation/validation.h"

namespace moecalc {
namespace {

// RFC 4180: fields between commas, quoted where they hold commas, quotes or line ends. One row a call; false at the end.
bool next_row(std::string_view& rest, std::vector<std::string>& fields) {
  fields.clear();
  if (rest.empty()) return false;
  std::string field;
  bool quoted = false;
  std::size_t i = 0;
  for (; i < rest.size(); ++i) {
    const char c = rest[i];
    if (quoted) {
      if (c != '"') field += c;
      else if (i + 1 < rest.size() && rest[i + 1] == '"') field += rest[++i];
      else quoted = false;
    } else if (c == '"' && field.empty()) {
      quoted = true;
    } else if (c == ',') {
      fields.push_back(std::move(field));
      field.clear();
    } else if (c == '\n') {
      ++i;
      break;
    } else if (c != '\r') {
      field += c;
    }
  }
  fields.push_back(std::move(field));
  rest = rest.substr(i);
  return true;
}

class RowReader {
 public:
  RowReader(const std::map<std::string, std::size_t>& columns, const std::vector<std::string>& fields) : columns_(columns), fields_(fields) {}

  std::string text(const std::string& column, std::string_view otherwise = {}) const {
    const auto at = columns_.find(column);
    if (at == columns_.end() || at->second >= fields_.size() || fields_[at->second].empty()) return std::string(otherwise);
    return fields_[at->second];
  }
  std::optional<double> number(const std::string& column, Errors& problems, bool is_needed = false) const {
    const std::string given = text(column);
    if (given.empty()) {
      if (is_needed) problems.push_back({ErrorCode::required, column, {}, "> 0"});
      return std::nullopt;
    }
    const std::optional<double> value = parse_number(given);
    if (!value || !(*value > 0) || !std::isfinite(*value)) {
      problems.push_back({ErrorCode::not_a_number, column, shown(given), "> 0"});
      return std::nullopt;
    }
    return value;
  }

 private:
  const std::map<std::string, std::size_t>& columns_;
  const std::vector<std::string>& fields_;
};

// Other spellings of a number format.
std::string_view format_of(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> spellings[] = {
      {"bfloat16", "bf16"}, {"fp16", "bf16"},    {"float16", "bf16"}, {"fp8_block", "fp8"}, {"fp4", "nvfp4"}, {"w8a8", "int8"},
      {"int8_wo", "int8"},  {"w8a16", "int8"},   {"int4_wo", "int4"}, {"w4a16", "int4"},    {"awq", "int4"}};
  for (const auto& [spelling, format] : spellings) {
    if (spelling == text) return format;
  }
  return text;
}

Run run_of(const RowReader& row, std::size_t line) {
  using enum Parameter;
  Run run;
  Errors& problems = run.problems;
  run.id = row.text("id", "row " + std::to_string(line));
  run.use = row.text("use", "score");
  run.config_group = row.text("config_group", run.id);
  run.model = row.text("model");
  run.device = row.text("device");
  run.engine = row.text("engine", "any");
  run.mode = row.text("mode", "agg");
  run.weight_format = row.text("weight_format", "fp8");

  Scenario& s = run.scenario = Scenario::defaults();
  const auto set_text = [&](Parameter p, std::string_view value) {
    const Outcome<double> read = parse_value(p, value);
    if (read.ok()) s.set(p, read.value());
    else problems.insert(problems.end(), read.errors().begin(), read.errors().end());
  };
  const auto set_number = [&](Parameter p, double value) {
    const Outcome<double> read = check_number(p, value);
    if (read.ok()) s.set(p, read.value());
    else problems.insert(problems.end(), read.errors().begin(), read.errors().end());
  };
  set_text(method, "reference");
  set_text(model, run.model);
  set_text(device, run.device);
  set_text(weight_format, format_of(run.weight_format));
  if (run.weight_format.ends_with("_wo") || run.weight_format == "w8a16") set_text(matmul_format, "bf16");
  // Checkpoints whose experts alone are quantised come in MXFP4, whatever the table calls it.
  const Model* m = find_model(run.model);
  if (m != nullptr && m->architecture.experts_only_quantized != 0 && format_of(run.weight_format) == "nvfp4") set_text(weight_format, "mxfp4");
  // What is not recorded: the KV cache's format. With quantised weights it is FP8 on Blackwell and under TensorRT-LLM; else BF16.
  const Device* gpu = find_device(run.device);
  const std::string_view format = format_of(run.weight_format);
  const bool is_fp8 = format != "bf16" && ((gpu != nullptr && gpu->architecture.starts_with("Blackwell")) || run.engine == "trtllm");
  set_text(kv_format, row.text("kv_format", is_fp8 ? "fp8" : "bf16"));
  const bool known_engine = run.engine == "sglang" || run.engine == "vllm" || run.engine == "trtllm";
  set_text(serving_engine, known_engine ? run.engine : "any");
  if (run.mode != "agg" && run.mode != "disagg") problems.push_back({ErrorCode::not_a_choice, "mode", shown(run.mode), "agg, disagg"});
  set_text(serving, run.mode == "disagg" ? "disaggregated" : "aggregated");
  set_number(prefix_cache_hit_rate, 0);
  set_text(ignore_capacity, "yes");  // it ran

  if (const auto value = row.number("mean_prompt_tokens", problems, true)) set_number(prompt_tokens, std::round(*value));
  if (const auto value = row.number("mean_output_tokens", problems, true)) set_number(output_tokens, std::round(*value));
  if (const auto value = row.number("measured_tpot_ms", problems, true)) run.measured_tpot_ms = *value;
  Errors unread;
  run.measured_ttft_ms = row.number("measured_ttft_ms", unread);

  // Concurrency is that of one deployment, however many replicas of it were measured together.
  const double workers = row.number("decode_workers", problems).value_or(1);
  if (const auto value = row.number("concurrency", problems, true)) {
    run.concurrency = *value;
    set_number(decode_concurrency, *value);
  }
  set_number(decode_replicas, workers);
  const auto set_layout = [&](const char* tp_column, const char* dp_column, const char* moe_column, const char* ep_column, const char* pp_column, Parameter tp, Parameter dp,
                              Parameter moe_tp, Parameter ep, Parameter pp) {
    const auto t = row.number(tp_column, problems);
    const auto d = row.number(dp_column, problems);
    const auto e = row.number(ep_column, problems);
    const auto m = row.number(moe_column, problems);
    if (t) set_number(tp, *t);
    if (d) set_number(dp, *d);
    // The experts are on all GPUs of the worker, whatever a table leaves out: EP as stated where it divides them, the rest cut by TP.
    const double gpus = t.value_or(1) * d.value_or(1);
    const double stated = e.value_or(m ? 1 : gpus);
    const double spread = std::fmod(gpus, stated) == 0 ? stated : gpus;
    if (t || d || e) set_number(ep, t || d ? spread : stated);
    if (t || d) set_number(moe_tp, gpus / spread);
    if (const auto p = row.number(pp_column, problems)) set_number(pp, *p);
  };
  set_layout("attention_tensor_parallel", "attention_data_parallel", "moe_tensor_parallel", "expert_parallel", "pipeline_parallel", decode_tensor_parallel,
             decode_data_parallel, decode_moe_tensor_parallel, decode_expert_parallel, decode_pipeline_parallel);
  if (run.mode == "disagg") {
    set_layout("prefill_tensor_parallel", "prefill_attention_data_parallel", "prefill_moe_tensor_parallel", "prefill_expert_parallel", "prefill_pipeline_parallel",
               prefill_tensor_parallel, prefill_data_parallel, prefill_moe_tensor_parallel, prefill_expert_parallel, prefill_pipeline_parallel);
    if (const auto value = row.number("prefill_workers", problems)) set_number(prefill_replicas, *value);
    // Each rank prefills one prompt at a time.
    if (!s.is_automatic(prefill_tensor_parallel)) set_number(prefill_batch_tokens_per_gpu, std::ceil(s[prompt_tokens] / s[prefill_tensor_parallel]));
  }
  return run;
}

}  // namespace

Outcome<std::vector<Run>> read_runs_csv(std::string_view text) {
  if (text.size() > largest_runs_bytes) return Error{ErrorCode::text_too_large, {}, std::to_string(text.size()), std::to_string(largest_runs_bytes)};
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<std::string> fields;
  std::map<std::string, std::size_t> columns;
  if (next_row(text, fields)) {
    for (std::size_t i = 0; i < fields.size(); ++i) columns.emplace(fields[i], i);
  }
  Errors missing;
  for (const char* column : {"model", "device", "concurrency", "mean_prompt_tokens", "mean_output_tokens", "measured_tpot_ms"}) {
    if (!columns.contains(column)) missing.push_back({ErrorCode::required, column, {}, {}});
  }
  if (!missing.empty()) return missing;
  std::vector<Run> runs;
  for (std::size_t line = 2; next_row(text, fields); ++line) {
    if (fields.size() == 1 && fields[0].empty()) continue;
    runs.push_back(run_of(RowReader(columns, fields), line));
  }
  return runs;
}

}  // namespace moecalc
