#include "plan/timeline_svg.h"

#include <cstdint>

#include "parameters/parameter.h"

namespace moecalc {
namespace {

// In units of the drawing.
constexpr double width = 1400, left = 120, right = 20, top = 54;
constexpr double lane = 30, lane_gap = 4, heading = 30, between_passes = 22, axis = 34;
constexpr const char* batch_colours[] = {"#2f6db5", "#b4541a"};  // white text is readable on both
constexpr const char* quiet = "#808080";

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

// Rounded to 1/1000, without zeros at the end. Nothing drawn is negative.
std::string number(double value) {
  const auto thousandths = static_cast<std::int64_t>(value * 1000 + 0.5);
  std::string text = std::to_string(thousandths / 1000);
  if (thousandths % 1000 == 0) return text;
  text += '.' + std::to_string(1000 + thousandths % 1000).substr(1);
  while (text.back() == '0') text.pop_back();
  return text;
}

// Width of a text of ten units' height: East Asian characters are as wide as high.
double width_of(const std::string& text) {
  double units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) units += 5.6;
    else if (byte >= 0xE0) units += 10;
    else if (byte >= 0xC0) units += 5.6;
  }
  return units;
}

std::string attribute(const char* name, const std::string& value) { return std::string(" ") + name + "=\"" + value + "\""; }

std::string text_at(double x, double y, const std::string& text, const std::string& more = {}) {
  return "<text" + attribute("x", number(x)) + attribute("y", number(y)) + more + ">" + escaped(text) + "</text>";
}

// 1, 2 or 5 times a power of ten, at most ten of it.
double step_of(double span_ms) {
  for (double decade = 1e-3;; decade *= 10) {
    for (const double times : {1.0, 2.0, 5.0}) {
      if (span_ms / (decade * times) <= 10) return decade * times;
    }
  }
}

class Drawing {
 public:
  Drawing(const TimelinePlan& plan, const WordOf& word) : plan_(plan), word_(word) {
    for (const OverlapPass& pass : plan.passes) {
      const double span = pass.shown_until_ms - pass.shown_from_ms;
      if (span > longest_) longest_ = span;
    }
  }

  std::string draw() {
    double y = top;
    for (std::size_t i = 0; i < plan_.passes.size(); ++i) {
      draw_pass(i, y);
      y += heading + 2 * lane + lane_gap + between_passes;
    }
    draw_axis(y - between_passes);
    const double height = y - between_passes + axis;
    const std::string phase = word_(plan_.is_prefill ? "choice.prefill" : "choice.decode");
    const std::string title = phase + ": " + word_("plan.timeline.title");
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"timeline-title\"" + attribute("viewBox", "0 0 " + number(width) + " " + number(height)) +
           " font-family=\"system-ui, sans-serif\" font-size=\"10\"" + attribute("fill", quiet) + ">\n<title id=\"timeline-title\">" + escaped(title) + "</title>\n" +
           "<defs><pattern id=\"timeline-rest\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path d=\"M0 0V6\"" +
           attribute("stroke", quiet) + " stroke-opacity=\"0.55\"/></pattern></defs>\n" + text_at(left, 18, title, attribute("font-size", "14")) + legend() + body_ + "</svg>\n";
  }

 private:
  double x_of(double ms) const { return left + ms / longest_ * (width - left - right); }

  std::string legend() const {
    double x = left;
    std::string out;
    const auto entry = [&](const std::string& fill, const std::string& text) {
      out += "<rect" + attribute("x", number(x)) + " y=\"30\" width=\"14\" height=\"10\"" + attribute("fill", fill) + attribute("stroke", quiet) + "/>" + text_at(x + 19, 39, text);
      x += 40 + width_of(text);
    };
    entry(batch_colours[0], word_("plan.timeline.batch_a"));
    entry(batch_colours[1], word_("plan.timeline.batch_b"));
    entry("url(#timeline-rest)", word_("plan.timeline.rests"));
    return out + "\n";
  }

  void draw_pass(std::size_t i, double y) {
    const OverlapPass& pass = plan_.passes[i];
    const std::string name = word_("parameter.overlap") + ": " + word_("choice." + value_text(Parameter::overlap, static_cast<double>(pass.overlap)));
    const std::string numbers = number(pass.timeline.total_ms) + " ms · " + word_("plan.timeline.exposed") + " " + number(pass.timeline.exposed_ms()) + " ms";
    body_ += "<g>" + text_at(left, y + 18, name + " · " + numbers, attribute("font-size", "12"));
    for (const Stream stream : {Stream::computing, Stream::communication}) {
      body_ += text_at(left - 8, lane_of(y, stream) + lane / 2 + 3.5, word_("plan.timeline.stream." + std::string(name_of(stream))), attribute("text-anchor", "end"));
    }
    body_ += '\n';
    for (const Bubble& bubble : pass.timeline.bubbles) {
      if (!pass.shows(bubble)) continue;
      const std::string reason = word_("plan.timeline.rest." + std::string(name_of(bubble.reason)));
      draw_span(pass, lane_of(y, bubble.stream), bubble.start_ms, bubble.end_ms, "url(#timeline-rest)", {}, {}, reason);
    }
    for (std::size_t e = 0; e < pass.timeline.events.size(); ++e) {
      const Event& event = pass.timeline.events[e];
      if (!pass.shows(event)) continue;
      const std::string stage = word_("plan.timeline.stage." + std::string(name_of(event.task.stage)));
      const std::string batch = pass.micro_batches > 1 ? std::string(" ") + "AB"[event.task.micro_batch] : "";
      draw_span(pass, lane_of(y, event.task.stream), event.start_ms, event.end_ms, batch_colours[event.task.micro_batch],
                attribute("data-pass", std::to_string(i)) + attribute("data-event", std::to_string(e)), stage,
                stage + batch + " · " + word_("plan.timeline.layer") + " " + std::to_string(event.task.layer));
    }
    body_ += "</g>\n";
  }

  static double lane_of(double y, Stream stream) { return y + heading + (stream == Stream::computing ? 0 : lane + lane_gap); }

  // Cut to what is shown.
  void draw_span(const OverlapPass& pass, double y, double start_ms, double end_ms, const char* fill, const std::string& more, const std::string& label, const std::string& what) {
    const double from = start_ms > pass.shown_from_ms ? start_ms : pass.shown_from_ms;
    const double until = end_ms < pass.shown_until_ms ? end_ms : pass.shown_until_ms;
    const double x = x_of(from - pass.shown_from_ms);
    const double wide = x_of(until - pass.shown_from_ms) - x;
    const std::string times = number(start_ms) + "–" + number(end_ms) + " ms (" + number(end_ms - start_ms) + " ms)";
    body_ += "<g" + more + "><title>" + escaped(what + " · " + times) + "</title><rect" + attribute("x", number(x)) + attribute("y", number(y)) +
             attribute("width", number(wide)) + attribute("height", number(lane)) + attribute("fill", fill) + attribute("stroke", quiet) + " stroke-width=\"0.5\"/>";
    if (!label.empty() && width_of(label) + 4 <= wide) {
      body_ += text_at(x + wide / 2, y + lane / 2 + 3.5, label, " text-anchor=\"middle\" fill=\"#ffffff\" pointer-events=\"none\"");
    }
    body_ += "</g>\n";
  }

  void draw_axis(double y) {
    const double step = step_of(longest_);
    for (double at = 0; at <= longest_; at += step) {
      body_ += "<path" + attribute("d", "M" + number(x_of(at)) + " " + number(y) + "v6") + attribute("stroke", quiet) + "/>" +
               text_at(x_of(at), y + 18, number(at), attribute("text-anchor", "middle"));
    }
    body_ += text_at(width - right, y + 30, word_("plan.timeline.axis"), attribute("text-anchor", "end")) + '\n';
  }

  const TimelinePlan& plan_;
  const WordOf& word_;
  double longest_ = 0;
  std::string body_;
};

}  // namespace

std::string timeline_svg(const TimelinePlan& plan, const WordOf& word) { return Drawing(plan, word).draw(); }

}  // namespace moecalc
