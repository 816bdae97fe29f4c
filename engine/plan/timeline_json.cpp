#include <nlohmann/json.hpp>

#include "plan/run.h"
#include "plan/timeline.h"

namespace moecalc {

using Json = nlohmann::ordered_json;

namespace {

Json event_json(const Event& event, std::size_t index) {
  Json json = Json::object();
  json["index"] = index;
  json["stage"] = name_of(event.task.stage);
  json["stream"] = name_of(event.task.stream);
  json["micro_batch"] = event.task.micro_batch;
  json["layer"] = event.task.layer;
  json["start_ms"] = event.start_ms;
  json["end_ms"] = event.end_ms;
  json["alone_ms"] = event.task.work_ms;
  return json;
}

// The bubbles of the whole pass, summed by stream and reason.
Json rests_json(const Timeline& timeline) {
  Json rests = Json::array();
  for (const Bubble& bubble : timeline.bubbles) {
    Json* sum = nullptr;
    for (Json& each : rests) {
      if (each["stream"] == name_of(bubble.stream) && each["reason"] == name_of(bubble.reason)) sum = &each;
    }
    if (sum == nullptr) {
      rests.push_back(Json::object());
      sum = &rests.back();
      (*sum)["stream"] = name_of(bubble.stream);
      (*sum)["reason"] = name_of(bubble.reason);
      (*sum)["count"] = 0;
      (*sum)["total_ms"] = 0.0;
    }
    (*sum)["count"] = (*sum)["count"].get<int>() + 1;
    (*sum)["total_ms"] = (*sum)["total_ms"].get<double>() + bubble.end_ms - bubble.start_ms;
  }
  return rests;
}

Json pass_json(const OverlapPass& pass) {
  const Timeline& t = pass.timeline;
  Json json = Json::object();
  json["overlap"] = value_text(Parameter::overlap, static_cast<double>(pass.overlap));
  json["micro_batches"] = pass.micro_batches;
  json["micro_batch_tokens"] = pass.micro_batch_tokens;
  json["layers"] = pass.stages.layers;
  json["total_ms"] = t.total_ms;
  json["method_ms"] = pass.method_ms;
  json["computing_ms"] = t.computing_ms;
  json["communication_ms"] = t.communication_ms;
  json["hidden_ms"] = t.hidden_ms;
  json["exposed_ms"] = t.exposed_ms();
  json["waiting_ms"] = t.waiting_ms;
  json["slowed_ms"] = t.slowed_ms;
  json["period_ms"] = pass.period_ms;
  json["tokens_per_s_per_gpu"] = pass.tokens_per_s_per_gpu;
  json["rests"] = rests_json(t);
  Json events = Json::array();
  for (std::size_t i = 0; i < t.events.size(); ++i) {
    if (pass.shows(t.events[i])) events.push_back(event_json(t.events[i], i));
  }
  json["events"] = std::move(events);
  return json;
}

Json point_json(const OverlapPoint& point) {
  Json json = Json::object();
  json["batch"] = point.batch;
  json["times"] = nullptr;
  if (!point.times) return json;
  Json times = Json::object();
  times["none_ms"] = point.times->none_ms;
  times["two_batch_ms"] = point.times->two_batch_ms;
  times["timeline_ms"] = point.times->timeline_ms;
  times["none_tokens_per_s_per_gpu"] = point.times->none_tokens_per_s_per_gpu;
  times["two_batch_tokens_per_s_per_gpu"] = point.times->two_batch_tokens_per_s_per_gpu;
  json["times"] = std::move(times);
  return json;
}

}  // namespace

Outcome<Json> timeline_json(const Plan& plan) {
  const Outcome<TimelinePlan> outcome = plan_timeline(plan.base);
  if (!outcome.ok()) return outcome.errors();
  const Outcome<OverlapCurve> curve = overlap_curve(plan.base);
  if (!curve.ok()) return curve.errors();
  const TimelinePlan& timeline = outcome.value();
  Json json = Json::object();
  json["phase"] = timeline.is_prefill ? "prefill" : "decode";
  json["overlap_share"] = timeline.overlap_share;
  json["chosen"] = timeline.chosen;
  Json passes = Json::array(), points = Json::array();
  for (const OverlapPass& pass : timeline.passes) passes.push_back(pass_json(pass));
  for (const OverlapPoint& point : curve.value().points) points.push_back(point_json(point));
  json["passes"] = std::move(passes);
  json["batch"] = info(curve.value().batch).key;
  json["curve"] = std::move(points);
  json["pays_from"] = curve.value().pays_from ? Json(*curve.value().pays_from) : Json(nullptr);
  json["timeline_pays_from"] = curve.value().timeline_pays_from ? Json(*curve.value().timeline_pays_from) : Json(nullptr);
  return json;
}

}  // namespace moecalc
