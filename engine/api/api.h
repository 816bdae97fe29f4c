// The engine for a caller that speaks only text: JSON in, JSON out, nothing thrown. The WebAssembly bindings hand these
// through unchanged; the shapes are in wasm_bindings/moecalc.d.ts.
//
// Every answer is {"ok":true,"value":...} or {"ok":false,"errors":[{code, field, value, allowed}]}.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moecalc::api {

std::string about();
std::string parameters();
std::string quantities();
std::string names();  // ids and names of models and devices, and the presets: what a form needs
std::string conclusions();
std::string evaluate(std::string_view scenario);
std::string explain(std::string_view scenario, std::string_view quantity);
std::string decode_link(std::string_view text);
std::string grid(std::string_view request);
// A published model's config.json, as the scenario's changes that make it the model of the question, with what was counted and what was not understood.
std::string read_config(std::string_view text);

// Plans: the answer of its kind, and its link.
std::string plan(std::string_view plan);
std::string plan_link(std::string_view plan);
// A plan of kind "timeline" as a file: Chrome's trace, and a drawing with the reader's words (a function from keys of engine/texts).
std::string timeline_trace(std::string_view plan);
std::string timeline_svg(std::string_view plan, const std::function<std::string(const std::string&)>& word);

// Sweeps: a plan, ranges of configurations that may run anywhere, their merging, and the rows with their columns. Partials and rows are numbers
// (sweep/sweep_json.h); several partials stand one after another.
struct Packed {
  std::vector<double> numbers;
  std::string failed;  // an answer with errors, in place of numbers
};
std::string sweep_presets();
std::string sweep_plan(std::string_view sweep);
Packed sweep_run(std::string_view sweep, double begin, double end, double hash_bound);
Packed sweep_merge(std::string_view sweep, std::span<const double> partials);
Packed sweep_result(std::string_view sweep, std::span<const double> partial, double most_sampled);
std::string sweep_link(std::string_view sweep);

}  // namespace moecalc::api
