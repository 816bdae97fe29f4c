// Overlap as a timeline: one pass of the scenario without overlap, with the shared expert beside its dispatch, and in two micro-batches; and the batch from
// which on two micro-batches pay.
//
// Each pass stands beside the method's own time for it, which hides its share of all that layers with experts could hide. The timeline has bubbles
// besides, so it is longer; only where messages are the longer stream can it be shorter, as the LM head and all-reduces then hide some of them too. The
// difference is shown, and no prediction is made from it.
#pragma once

#include <optional>
#include <vector>

#include "errors/error.h"
#include "pipeline/timeline.h"
#include "scenario/scenario.h"

namespace moecalc {

struct OverlapPass {
  OverlapChoice overlap;
  double micro_batches;
  double micro_batch_tokens;  // of one attention rank
  PassStages stages;
  Timeline timeline;
  double period_ms;   // of a layer, all micro-batches; 0: too few layers
  double method_ms;   // the same pass in the report: prefill.pass_ms, decode.step_ms
  double tokens_per_s_per_gpu;  // the method's
  double shown_from_ms;         // what is drawn: the first four layers with experts of the first micro-batch
  double shown_until_ms;

  template <class Span>
  bool shows(const Span& span) const {
    return span.end_ms > shown_from_ms && span.start_ms < shown_until_ms;
  }
};

// A batch with and without two micro-batches: TPOT in decode, the pass in prefill. Nothing where the batch has no room.
struct OverlapPoint {
  double batch;
  struct Times {
    double none_ms;
    double two_batch_ms;
    double timeline_ms;  // two micro-batches with their bubbles
    double none_tokens_per_s_per_gpu;
    double two_batch_tokens_per_s_per_gpu;
  };
  std::optional<Times> times;
};

struct TimelinePlan {
  bool is_prefill;     // phase "both" shows decode
  std::size_t chosen;  // of passes: the scenario's own overlap; of "ideal", which no schedule reaches, two micro-batches
  double overlap_share;
  std::vector<OverlapPass> passes;  // none first; two micro-batches last, where there is more than one sequence
};

struct OverlapCurve {
  bool is_prefill;
  Parameter batch;  // what varies
  std::vector<OverlapPoint> points;
  std::optional<double> pays_from;           // the smallest batch from which on two micro-batches are quicker, as far as batches fit
  std::optional<double> timeline_pays_from;  // the same with bubbles
};

// Both refuse methods other than `reference`, prompts that share the GPUs with decode, passes without messages, batches without room.
Outcome<TimelinePlan> plan_timeline(const Scenario& scenario);
Outcome<OverlapCurve> overlap_curve(const Scenario& scenario);

}  // namespace moecalc
