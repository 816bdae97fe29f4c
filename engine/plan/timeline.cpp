#include "plan/timeline.h"

#include <cmath>

#include "methods/evaluate.h"
#include "methods/reference/stages.h"
#include "numbers/number_text.h"

namespace moecalc {
namespace {

using enum Parameter;

struct Question {
  Scenario scenario;
  bool is_prefill;
  QuantityId pass_ms() const { return is_prefill ? QuantityId::prefill_pass_ms : QuantityId::decode_step_ms; }
  QuantityId shown_ms() const { return is_prefill ? QuantityId::prefill_pass_ms : QuantityId::decode_tpot_ms; }
  QuantityId rate() const { return is_prefill ? QuantityId::prefill_tokens_per_s_per_gpu : QuantityId::decode_tokens_per_s_per_gpu; }
};

// One evaluation with its inputs; nothing where it cannot be answered or has no room.
struct Answer {
  reference::Inputs in;
  Results results;
  bool in_two;  // micro-batches
};
std::optional<Answer> answer_of(const Question& question, OverlapChoice choice, double batch = 0) {
  Scenario scenario = question.scenario;
  scenario.set(overlap, static_cast<double>(choice));
  if (batch > 0 && question.is_prefill) scenario.set(prefill_batch_tokens_per_gpu, batch);
  if (batch > 0 && !question.is_prefill) {
    scenario.set(decode_batch_per_gpu, batch);
    scenario.set(decode_concurrency, automatic);
  }
  const Outcome<reference::Inputs> in = reference::resolve(scenario);
  if (!in.ok()) return std::nullopt;
  const Outcome<Numbers> numbers = evaluate_numbers(scenario);
  if (!numbers.ok() || !numbers.value().results.has(question.pass_ms())) return std::nullopt;
  const Results& results = numbers.value().results;
  const bool in_two = choice == OverlapChoice::two_batch &&
                      (question.is_prefill || results[QuantityId::decode_micro_batch] < results[QuantityId::decode_batch_per_rank]);
  return Answer{in.value(), results, in_two};
}

Order order_of(OverlapChoice choice, bool is_prefill) {
  switch (choice) {
    case OverlapChoice::single_batch: return Order::beside_shared_expert;
    case OverlapChoice::two_batch: return is_prefill ? Order::two_batches : Order::five_stages;
    default: return Order::serial;
  }
}

// When the first micro-batch begins a layer; the end of the pass where it has no such layer.
double start_of_layer(const Timeline& timeline, std::size_t layer) {
  for (const Event& event : timeline.events) {
    if (event.task.micro_batch == 0 && event.task.layer == layer && event.task.stage != Stage::dense_layers) return event.start_ms;
  }
  return timeline.total_ms;
}

OverlapPass pass_of(const Question& question, OverlapChoice choice, const Answer& answer) {
  const Results& results = answer.results;
  const PassStages stages = reference::stages_of(answer.in, results, question.is_prefill);
  Timeline timeline = simulate(tasks_of(stages, order_of(choice, question.is_prefill), !question.is_prefill), answer.in.calibration->serving.overlap_share);
  constexpr std::size_t shown_layers = 4;
  OverlapPass pass{choice, answer.in_two ? 2.0 : 1.0, results[question.is_prefill ? QuantityId::prefill_pass_tokens : QuantityId::decode_step_tokens], stages, {}, 0, 0, 0, 0, 0};
  pass.period_ms = steady_period_ms(timeline);
  pass.method_ms = results[question.pass_ms()];
  pass.tokens_per_s_per_gpu = results[question.rate()];
  pass.shown_from_ms = start_of_layer(timeline, stages.first_layer);
  pass.shown_until_ms = start_of_layer(timeline, stages.first_layer + shown_layers);
  pass.timeline = std::move(timeline);
  return pass;
}

std::optional<OverlapPoint::Times> times_of(const Question& question, double batch) {
  const auto none = answer_of(question, OverlapChoice::none, batch);
  const auto two = answer_of(question, OverlapChoice::two_batch, batch);
  if (!none || !two) return std::nullopt;
  const double shown = two->results[question.shown_ms()];
  double with_bubbles = shown;
  if (two->in_two) {
    const OverlapPass pass = pass_of(question, OverlapChoice::two_batch, *two);
    const double tokens = question.is_prefill ? 1 : two->results[QuantityId::decode_tokens_per_step];
    with_bubbles += (pass.timeline.total_ms - pass.method_ms) / tokens;
  }
  return OverlapPoint::Times{none->results[question.shown_ms()], shown, with_bubbles, none->results[question.rate()], two->results[question.rate()]};
}

// Half-octaves: 1, 2, 3, 4, 6, 8, 12, ….
std::vector<OverlapPoint> curve_of(const Question& question) {
  constexpr double first_of_prefill = 64, last_of_prefill = 32768, last_of_decode = 1024;
  std::vector<OverlapPoint> curve;
  const double last = question.is_prefill ? last_of_prefill : last_of_decode;
  for (double octave = question.is_prefill ? first_of_prefill : 1; octave <= last; octave *= 2) {
    curve.push_back({octave, times_of(question, octave)});
    if (octave > 1 && octave < last) curve.push_back({octave * 1.5, times_of(question, octave * 1.5)});
  }
  return curve;
}

// From where on the curve stays quicker; between two of its points by halving.
std::optional<double> first_quicker(const Question& question, const std::vector<OverlapPoint>& curve, double OverlapPoint::Times::*time) {
  const auto is_quicker = [&](const std::optional<OverlapPoint::Times>& t) { return t && (*t).*time < t->none_ms; };
  std::size_t from = curve.size();
  while (from > 0 && !curve[from - 1].times) --from;
  std::size_t first = from;
  while (first > 0 && is_quicker(curve[first - 1].times)) --first;
  if (first == from) return std::nullopt;
  double high = curve[first].batch;
  double low = first == 0 ? high : curve[first - 1].batch;
  while (high - low > 1) {
    const double middle = static_cast<double>(static_cast<int>((low + high) / 2));
    (is_quicker(times_of(question, middle)) ? high : low) = middle;
  }
  return high;
}

// A curve is of one layout: what "auto" made of it stays as the batch changes.
void hold_layout(Question& question, const Report& report) {
  constexpr Parameter layout[] = {prefill_tensor_parallel, prefill_data_parallel, prefill_expert_parallel, prefill_moe_tensor_parallel, prefill_redundant_experts,
                                  decode_tensor_parallel,  decode_data_parallel,  decode_expert_parallel,  decode_moe_tensor_parallel,  decode_redundant_experts};
  for (const auto& [parameter, value] : report.resolved) {
    for (const Parameter each : layout) {
      if (parameter == each) question.scenario.set(parameter, value);
    }
  }
}

Error refused(Parameter p, const Scenario& scenario, std::string allowed) {
  return {ErrorCode::outside_method_domain, std::string(info(p).key), value_text(p, scenario[p]), std::move(allowed)};
}

Error no_room(const Results& results) {
  return {ErrorCode::outside_method_domain, std::string(info(decode_batch_per_gpu).key), shortest_text(results[QuantityId::decode_batch_per_gpu]),
          range_text(0, std::floor(results[QuantityId::memory_largest_batch_per_gpu]))};
}

// The question with its layout settled, and its report.
struct Asked {
  Question question;
  Report report;
};
Outcome<Asked> ask(const Scenario& scenario) {
  if (scenario.choice<MethodChoice>(method) != MethodChoice::reference) return refused(method, scenario, "reference");
  Question question{scenario, scenario.choice<PhaseChoice>(phase) == PhaseChoice::prefill};
  if (question.is_prefill && scenario.is_aggregated()) return refused(phase, scenario, "decode");
  const Outcome<Report> report = evaluate(scenario);
  if (!report.ok()) return report.errors();
  const Results& results = report.value().results;
  if (!results.has(question.pass_ms())) return no_room(results);
  if (!results.has(question.is_prefill ? QuantityId::prefill_pass_dispatch_ms : QuantityId::decode_step_dispatch_ms)) {
    const Parameter parallel = question.is_prefill ? prefill_data_parallel : decode_data_parallel;
    const double ranks = results[question.is_prefill ? QuantityId::prefill_data_parallel : QuantityId::decode_data_parallel];
    return Error{ErrorCode::outside_method_domain, std::string(info(parallel).key), shortest_text(ranks), "MoE, DP ≥ 2"};
  }
  hold_layout(question, report.value());
  return Asked{question, report.value()};
}

OverlapChoice own_overlap(const Report& report) {
  double own = report.scenario[overlap];
  for (const auto& [parameter, value] : report.resolved) {
    if (parameter == overlap) own = value;
  }
  const auto choice = static_cast<OverlapChoice>(static_cast<int>(own));
  return choice == OverlapChoice::ideal ? OverlapChoice::two_batch : choice;
}

}  // namespace

Outcome<TimelinePlan> plan_timeline(const Scenario& scenario) {
  const Outcome<Asked> asked = ask(scenario);
  if (!asked.ok()) return asked.errors();
  const Question& question = asked.value().question;
  TimelinePlan plan{question.is_prefill, 0, 0, {}};
  for (const OverlapChoice choice : {OverlapChoice::none, OverlapChoice::single_batch, OverlapChoice::two_batch}) {
    const std::optional<Answer> answer = answer_of(question, choice);
    if (!answer) return no_room(asked.value().report.results);
    if (choice == OverlapChoice::two_batch && !answer->in_two) continue;  // one sequence is not cut in two
    if (choice == own_overlap(asked.value().report)) plan.chosen = plan.passes.size();
    plan.overlap_share = answer->in.calibration->serving.overlap_share;
    plan.passes.push_back(pass_of(question, choice, *answer));
  }
  return plan;
}

Outcome<OverlapCurve> overlap_curve(const Scenario& scenario) {
  const Outcome<Asked> asked = ask(scenario);
  if (!asked.ok()) return asked.errors();
  const Question& question = asked.value().question;
  OverlapCurve curve{question.is_prefill, question.is_prefill ? prefill_batch_tokens_per_gpu : decode_batch_per_gpu, curve_of(question), {}, {}};
  curve.pays_from = first_quicker(question, curve.points, &OverlapPoint::Times::two_batch_ms);
  curve.timeline_pays_from = first_quicker(question, curve.points, &OverlapPoint::Times::timeline_ms);
  return curve;
}

}  // namespace moecalc
