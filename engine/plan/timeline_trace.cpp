#include "plan/timeline_trace.h"

#include <cstdint>

#include "numbers/number_text.h"
#include "parameters/parameter.h"

namespace moecalc {
namespace {

std::int64_t nanoseconds(double ms) { return static_cast<std::int64_t>(ms * 1e6 + 0.5); }

// Microseconds with three decimals: whole nanoseconds, so that one event ends where the next begins.
std::string microseconds(std::int64_t ns) {
  const std::string rest = std::to_string(1000 + ns % 1000).substr(1);
  return std::to_string(ns / 1000) + "." + rest;
}

class Trace {
 public:
  void name_of_row(const char* kind, std::size_t process, std::size_t thread, const std::string& name) {
    begin(kind, "M", process, thread);
    text_ += ",\"args\":{\"name\":\"" + name + "\"}}";
  }

  // Nothing for what is shorter than half a nanosecond.
  void span(const std::string& name, const char* category, std::size_t process, std::size_t thread, double start_ms, double end_ms, const std::string& arguments) {
    const std::int64_t start = nanoseconds(start_ms);
    const std::int64_t duration = nanoseconds(end_ms) - start;
    if (duration <= 0) return;
    begin(name, "X", process, thread);
    text_ += ",\"cat\":\"" + std::string(category) + "\",\"ts\":" + microseconds(start) + ",\"dur\":" + microseconds(duration) + ",\"args\":{" + arguments + "}}";
  }

  std::string whole() const { return "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n" + text_ + "\n]}\n"; }

 private:
  void begin(const std::string& name, const char* phase, std::size_t process, std::size_t thread) {
    text_ += (text_.empty() ? "" : ",\n") + ("{\"name\":\"" + name + "\",\"ph\":\"" + phase + "\",\"pid\":" + std::to_string(process) + ",\"tid\":" + std::to_string(thread));
  }

  std::string text_;
};

}  // namespace

std::string timeline_trace(const TimelinePlan& plan) {
  Trace trace;
  for (std::size_t process = 1; process <= plan.passes.size(); ++process) {
    const OverlapPass& pass = plan.passes[process - 1];
    const std::string phase = plan.is_prefill ? "prefill" : "decode";
    trace.name_of_row("process_name", process, 0, phase + ", overlap " + value_text(Parameter::overlap, static_cast<double>(pass.overlap)));
    const auto thread_of = [](Stream stream) { return static_cast<std::size_t>(stream) + 1; };
    for (const Stream stream : {Stream::computing, Stream::communication}) trace.name_of_row("thread_name", process, thread_of(stream), std::string(name_of(stream)));
    for (const Event& event : pass.timeline.events) {
      const std::string batch(1, event.task.micro_batch == 0 ? 'A' : 'B');
      trace.span(std::string(name_of(event.task.stage)) + (pass.micro_batches > 1 ? " " + batch : ""), name_of(event.task.stream).data(), process,
                 thread_of(event.task.stream), event.start_ms, event.end_ms,
                 "\"micro_batch\":\"" + batch + "\",\"layer\":" + std::to_string(event.task.layer) + ",\"alone_ms\":" + shortest_text(event.task.work_ms));
    }
    for (const Bubble& bubble : pass.timeline.bubbles) {
      trace.span("bubble: " + std::string(name_of(bubble.reason)), "bubble", process, thread_of(bubble.stream), bubble.start_ms, bubble.end_ms, {});
    }
  }
  return trace.whole();
}

}  // namespace moecalc
