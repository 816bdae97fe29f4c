#include "plan_timeline.h"

#include <ostream>

#include "plan/timeline.h"
#include "plan/timeline_svg.h"
#include "plan/timeline_trace.h"
#include "table.h"

namespace moecalc::cli {
namespace {

std::string word(Language language, const std::string& key) { return std::string(words(language, key)); }

std::string overlap_word(const OverlapPass& pass, Language language) {
  return word(language, "choice." + value_text(Parameter::overlap, static_cast<double>(pass.overlap)));
}

void print_passes(std::ostream& out, const TimelinePlan& plan, Language language) {
  Cells names{word(language, "parameter.overlap")};
  for (const OverlapPass& pass : plan.passes) names.push_back(overlap_word(pass, language) + (&pass == &plan.passes[plan.chosen] ? " *" : ""));
  std::vector<Cells> rows{std::move(names)};
  const auto add = [&](const char* key, auto value_of_pass) {
    Cells row{word(language, std::string("plan.timeline.") + key)};
    for (const OverlapPass& pass : plan.passes) row.push_back(readable(value_of_pass(pass)));
    rows.push_back(std::move(row));
  };
  add("micro_batch_tokens", [](const OverlapPass& p) { return p.micro_batch_tokens; });
  add("computing_ms", [](const OverlapPass& p) { return p.timeline.computing_ms; });
  add("communication_ms", [](const OverlapPass& p) { return p.timeline.communication_ms; });
  add("hidden_ms", [](const OverlapPass& p) { return p.timeline.hidden_ms; });
  add("exposed_ms", [](const OverlapPass& p) { return p.timeline.exposed_ms(); });
  add("waiting_ms", [](const OverlapPass& p) { return p.timeline.waiting_ms; });
  add("slowed_ms", [](const OverlapPass& p) { return p.timeline.slowed_ms; });
  add("total_ms", [](const OverlapPass& p) { return p.timeline.total_ms; });
  add("method_ms", [](const OverlapPass& p) { return p.method_ms; });
  add("period_ms", [](const OverlapPass& p) { return p.period_ms; });
  add("tokens_per_s_per_gpu", [](const OverlapPass& p) { return p.tokens_per_s_per_gpu; });
  print_table(out, rows, "lrrr");
}

// The pass with the most overlap, as far as it is drawn.
void print_events(std::ostream& out, const TimelinePlan& plan, Language language) {
  const OverlapPass& pass = plan.passes.back();
  out << '\n' << word(language, "plan.timeline.events") << ": " << overlap_word(pass, language) << '\n';
  std::vector<Cells> rows{{word(language, "plan.timeline.start_ms"), word(language, "plan.timeline.end_ms"), word(language, "plan.timeline.layer"),
                           word(language, "plan.timeline.micro_batch"), word(language, "plan.timeline.stage"), word(language, "plan.timeline.stream")}};
  for (const Event& event : pass.timeline.events) {
    if (!pass.shows(event)) continue;
    rows.push_back({readable(event.start_ms), readable(event.end_ms), std::to_string(event.task.layer), std::string(1, "AB"[event.task.micro_batch]),
                    word(language, "plan.timeline.stage." + std::string(name_of(event.task.stage))),
                    word(language, "plan.timeline.stream." + std::string(name_of(event.task.stream)))});
  }
  print_table(out, rows, "rrrlll");
}

void print_curve(std::ostream& out, const OverlapCurve& curve, Language language) {
  out << '\n' << word(language, "plan.timeline.curve") << '\n';
  const auto rate = word(language, "plan.timeline.tokens_per_s_per_gpu");
  const auto none = word(language, "choice.none"), two = word(language, "choice.two_batch");
  const auto time = std::string(curve.is_prefill ? word(language, "quantity.prefill.pass_ms") : "TPOT") + " ms, ";
  std::vector<Cells> rows{{word(language, "parameter." + std::string(info(curve.batch).key)), time + none, time + two, word(language, "plan.timeline.timeline_ms"),
                           rate + ", " + none, rate + ", " + two}};
  for (const OverlapPoint& point : curve.points) {
    if (!point.times) continue;
    const OverlapPoint::Times& t = *point.times;
    rows.push_back({readable(point.batch), readable(t.none_ms), readable(t.two_batch_ms), readable(t.timeline_ms), readable(t.none_tokens_per_s_per_gpu),
                    readable(t.two_batch_tokens_per_s_per_gpu)});
  }
  print_table(out, rows, "rrrrrr");
  for (const auto& [key, from] : {std::pair{"plan.timeline.pays_from", curve.pays_from}, std::pair{"plan.timeline.timeline_pays_from", curve.timeline_pays_from}}) {
    out << word(language, key) << ": " << (from ? readable(*from) : word(language, "plan.timeline.pays_never")) << '\n';
  }
}

}  // namespace

Errors print_timeline(std::ostream& out, const Plan& plan, std::string_view format, Language language) {
  const Outcome<TimelinePlan> outcome = plan_timeline(plan.base);
  if (!outcome.ok()) return outcome.errors();
  const TimelinePlan& timeline = outcome.value();
  if (format == "trace") {
    out << timeline_trace(timeline);
  } else if (format == "svg") {
    out << timeline_svg(timeline, [&](const std::string& key) { return word(language, key); });
  } else {
    out << word(language, timeline.is_prefill ? "choice.prefill" : "choice.decode") << ": " << word(language, "plan.timeline.title") << '\n';
    print_passes(out, timeline, language);
    print_events(out, timeline, language);
    const Outcome<OverlapCurve> curve = overlap_curve(plan.base);
    if (!curve.ok()) return curve.errors();
    print_curve(out, curve.value(), language);
  }
  return {};
}

}  // namespace moecalc::cli
