#include "sweep_command.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "csv.h"
#include "numbers/number_text.h"
#include "print.h"
#include "release.h"
#include "scenario/scenario_json.h"
#include "sweep/presets.h"
#include "sweep/sweep_json.h"
#include "sweep/sweep_link.h"

namespace moecalc::cli {
namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

constexpr int bad_input = 2;
constexpr std::size_t largest_document_bytes = 256 << 20;

int refuse(const Errors& errors, Language language) {
  print_errors(std::cerr, errors, language);
  return bad_input;
}

std::string with_thousands(double value) {
  std::string text = shortest_text(std::floor(value));
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

// A line that is drawn over itself, on a terminal only.
class Progress {
 public:
  Progress(std::uint64_t total, Language language) : total_(total), language_(language), is_shown_(isatty(2) != 0), start_(Clock::now()) {}
  void show(std::uint64_t done) {
    if (!is_shown_) return;
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
    const double left = rate > 0 ? static_cast<double>(total_ - done) / rate : 0;
    const double share = total_ == 0 ? 1 : static_cast<double>(done) / static_cast<double>(total_);
    const auto filled = static_cast<std::size_t>(share * 30);
    std::cerr << "\r[" << std::string(filled, '#') << std::string(30 - filled, '.') << "] "
              << fill(words(language_, "cli.sweep_progress"), {{"done", with_thousands(static_cast<double>(done))},
                                                             {"total", with_thousands(static_cast<double>(total_))},
                                                             {"rate", with_thousands(rate)},
                                                             {"left", shortest_text(std::ceil(left))}})
              << "   " << std::flush;
  }
  ~Progress() {
    if (is_shown_) std::cerr << '\n';
  }

 private:
  std::uint64_t total_;
  Language language_;
  bool is_shown_;
  Clock::time_point start_;
};

// Configurations begin to end - 1 on so many threads. Each takes the next piece that nobody has; the result does not depend on who took which.
SweepPartial run_on_threads(const Sweep& sweep, std::uint64_t begin, std::uint64_t end, unsigned threads, Language language) {
  constexpr std::uint64_t piece = 20000;
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  SweepPartial whole;
  std::atomic<std::uint64_t> next = begin;
  std::uint64_t done = 0;
  std::mutex mutex;
  Progress progress(end - begin, language);
  const auto work = [&] {
    for (;;) {
      const std::uint64_t from = next.fetch_add(piece);
      if (from >= end) return;
      const std::uint64_t to = std::min(end, from + piece);
      const SweepPartial part = run_sweep(sweep, from, to);
      const std::lock_guard lock(mutex);
      merge_into(sweep, whole, part);
      done += to - from;
      progress.show(done);
    }
  };
  std::vector<std::thread> pool;
  for (unsigned i = 1; i < threads; ++i) pool.emplace_back(work);
  work();
  for (std::thread& thread : pool) thread.join();
  return whole;
}

void print_csv(const Sweep& sweep, const SweepPartial& partial, const std::optional<std::string>& wanted) {
  const std::string rows = wanted ? *wanted : sweep.best_per.empty() ? "top" : "best_per";
  std::vector<std::uint64_t> indices;
  if (rows == "top") {
    for (const Ranked& row : partial.top) indices.push_back(row.index);
  } else if (rows == "best_per") {
    for (const Ranked& row : best_first(sweep, partial)) indices.push_back(row.index);
  } else if (rows == "pareto") {
    for (const Undominated& row : partial.pareto) indices.push_back(row.index);
  } else {
    for (const Sampled& row : partial.sample) indices.push_back(row.index);
    std::sort(indices.begin(), indices.end());
  }
  std::string line;
  const auto add = [&](const std::string& text) { line += (line.empty() ? "" : ",") + csv_cell(text); };
  for (const SweepAxis& axis : sweep.axes) {
    for (const Parameter p : axis.parameters) add(std::string(info(p).key));
  }
  for (const QuantityId id : columns_of(sweep)) add(std::string(info(id).key));
  std::cout << line << '\n';
  for (const std::uint64_t index : indices) {
    const SweepRow row = row_of(sweep, index);
    line.clear();
    for (std::size_t a = 0; a < sweep.axes.size(); ++a) {
      const SweepAxis& axis = sweep.axes[a];
      for (std::size_t c = 0; c < axis.parameters.size(); ++c) add(value_text(axis.parameters[c], axis.values[row.place[a]][c]));
    }
    for (const double value : row.values) add(shortest_text(value));
    std::cout << line << '\n';
  }
}

void print_result(const Arguments& arguments, const Sweep& sweep, const SweepPartial& partial) {
  if (arguments.as_json()) {
    std::cout << result_json(sweep, partial).dump(2) << '\n';
  } else {
    print_csv(sweep, partial, arguments.rows);
  }
}

Outcome<Json> read_json_file(const std::string& file) {
  const Outcome<std::string> text = read_file(file);
  if (!text.ok()) return text.errors();
  return parse_json(text.value(), largest_document_bytes);
}

Outcome<Sweep> read_sweep_question(const Arguments& arguments) {
  const std::size_t bases = arguments.operands.size() + (arguments.preset ? 1 : 0) + (arguments.link ? 1 : 0);
  if (bases == 0) return Error{ErrorCode::missing_argument, "sweep", {}, "moecalc sweep FILE | --preset NAME | --link LINK"};
  if (bases > 1) return Error{ErrorCode::too_many_bases, {}, {}, {}};
  if (arguments.link) {
    DecodedSweepLink decoded = decode_sweep_link(*arguments.link);
    if (!decoded.link.problems.empty()) return decoded.link.problems;
    if (!decoded.sweep) return Error{ErrorCode::missing_argument, "--link", {}, "...&sx0="};
    return std::move(*decoded.sweep);
  }
  if (arguments.preset) {
    std::string names;
    for (const SweepPreset& preset : sweep_presets()) {
      if (preset.id == *arguments.preset) return read_sweep(Json::parse(json_of(preset)));
      names += (names.empty() ? "" : ", ") + std::string(preset.id);
    }
    return Error{ErrorCode::unknown_preset, "preset", shown(*arguments.preset), names};
  }
  const Outcome<Json> json = read_json_file(arguments.operands[0]);
  if (!json.ok()) return json.errors();
  return read_sweep(json.value());
}

// All shards of one sweep, each once, by the release that merges them.
int merge_shards(const Arguments& arguments) {
  const auto mismatch = [&](const std::string& file, std::string why) {
    return refuse({{ErrorCode::sweep_partial_mismatch, shown(file), std::move(why), {}}}, arguments.language);
  };
  std::optional<Sweep> sweep;
  std::string sweep_text;
  SweepPartial whole;
  std::vector<bool> seen;
  if (arguments.operands.empty()) return refuse({{ErrorCode::missing_argument, "--merge", {}, "FILE..."}}, arguments.language);
  for (const std::string& file : arguments.operands) {
    const Outcome<Json> read = read_json_file(file);
    if (!read.ok()) return refuse(read.errors(), arguments.language);
    const Json& json = read.value();
    const bool is_shard = json.is_object() && json.contains("sweep") && json.contains("partial") && json.value("shard", Json()).is_number_unsigned() &&
                          json.value("shards", Json()).is_number_unsigned();
    if (!is_shard) return mismatch(file, {});
    if (json.value("release", Json()) != Json(release)) return mismatch(file, shown(json.value("release", Json()).dump()));
    if (!sweep) {
      const Outcome<Sweep> of_file = read_sweep(json["sweep"]);
      if (!of_file.ok()) return refuse(of_file.errors(), arguments.language);
      sweep = of_file.value();
      sweep_text = json["sweep"].dump();
      const auto shards = json["shards"].get<std::uint64_t>();
      if (shards < 1 || shards > 100000) return mismatch(file, std::to_string(shards));
      seen.resize(static_cast<std::size_t>(shards));
    }
    const auto shard = json["shard"].get<std::uint64_t>();
    const bool is_new = json["sweep"].dump() == sweep_text && json["shards"].get<std::uint64_t>() == seen.size() && shard >= 1 && shard <= seen.size() &&
                        !seen[static_cast<std::size_t>(shard - 1)];
    if (!is_new) return mismatch(file, std::to_string(shard));
    seen[static_cast<std::size_t>(shard - 1)] = true;
    const Outcome<SweepPartial> partial = read_partial(*sweep, json["partial"]);
    if (!partial.ok()) return refuse(partial.errors(), arguments.language);
    merge_into(*sweep, whole, partial.value());
  }
  const auto absent = std::find(seen.begin(), seen.end(), false);
  if (absent != seen.end()) return mismatch(std::to_string(absent - seen.begin() + 1) + "/" + std::to_string(seen.size()), {});
  print_result(arguments, *sweep, whole);
  return 0;
}

}  // namespace

int run_sweep_command(const Arguments& arguments) {
  if (arguments.merge) return merge_shards(arguments);
  const Outcome<Sweep> read = read_sweep_question(arguments);
  if (!read.ok()) return refuse(read.errors(), arguments.language);
  const Sweep& sweep = read.value();
  const std::uint64_t total = total_of(sweep);
  if (!arguments.shard) {
    print_result(arguments, sweep, run_on_threads(sweep, 0, total, arguments.threads, arguments.language));
    return 0;
  }
  const auto [i, n] = *arguments.shard;
  const std::uint64_t begin = total * (i - 1) / n;
  const std::uint64_t end = total * i / n;
  const Json document{{"moecalc_sweep", 1},
                      {"release", release},
                      {"sweep", sweep_json(sweep)},
                      {"shard", i},
                      {"shards", n},
                      {"partial", partial_json(sweep, run_on_threads(sweep, begin, end, arguments.threads, arguments.language))}};
  std::cout << document.dump() << '\n';
  return 0;
}

}  // namespace moecalc::cli
