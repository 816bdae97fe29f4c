// Which methods there are, and what every method's answer goes through.
#pragma once

#include "economics/economics.h"
#include "methods/capacity.h"
#include "methods/reference/method.h"
#include "methods/shinez/method.h"
#include "methods/zartbot/method.h"

namespace moecalc {

struct Zartbot {
  using Inputs = zartbot::Inputs;
  static Outcome<Inputs> resolve(const Scenario& s) { return zartbot::resolve(s); }
  static Errors resolve_machine(const Scenario& s, Inputs& in) { return zartbot::resolve_machine(s, in); }
  static Errors resolve_question(const Scenario& s, Inputs& in) { return zartbot::resolve_question(s, in); }
  template <class R>
  static void run_model(R&, const Inputs&) {}
  template <class R>
  static void run(R& r, Results& results, const Inputs& in) {
    zartbot::run(r, results, in);
  }
  static void describe(Report& report, const Inputs& in) { zartbot::describe(report, in); }
};

struct Shinez {
  using Inputs = shinez::Inputs;
  static Outcome<Inputs> resolve(const Scenario& s) { return shinez::resolve(s); }
  static Errors resolve_machine(const Scenario& s, Inputs& in) { return shinez::resolve_machine(s, in); }
  static Errors resolve_question(const Scenario& s, Inputs& in) { return shinez::resolve_question(s, in); }
  template <class R>
  static void run_model(R&, const Inputs&) {}
  template <class R>
  static void run(R& r, Results&, const Inputs& in) {
    shinez::run(r, in);
  }
  static void describe(Report& report, const Inputs& in) { shinez::describe(report, in); }
};

struct Reference {
  using Inputs = reference::Inputs;
  static Outcome<Inputs> resolve(const Scenario& s) { return reference::resolve(s); }
  static Errors resolve_machine(const Scenario& s, Inputs& in) { return reference::resolve_machine(s, in); }
  static Errors resolve_question(const Scenario& s, Inputs& in) { return reference::resolve_question(s, in); }
  template <class R>
  static void run_model(R& r, const Inputs& in) { reference::run_model(r, in); }
  template <class R>
  static void run(R& r, Results&, const Inputs& in) {
    reference::run(r, in);
  }
  static void describe(Report& report, const Inputs& in) { reference::describe(report, in); }
};

template <class Work>
auto with_method(const Scenario& scenario, Work&& work) {
  switch (scenario.choice<MethodChoice>(Parameter::method)) {
    case MethodChoice::shinez: return work(Shinez{});
    case MethodChoice::zartbot: return work(Zartbot{});
    case MethodChoice::reference: break;
  }
  return work(Reference{});
}

// Runs the method on its question, withholds what does not fit, and adds the day's money. Returns whether the question is answered in full.
template <class Method, class R>
bool run_question(Method, R& recorder, Results& results, const Scenario& scenario, const typename Method::Inputs& inputs, bool with_money = true) {
  Method::run(recorder, results, inputs);
  const bool fits = has_room(scenario, results) || scenario[Parameter::ignore_capacity] != 0;
  if (!fits) withhold_speed(scenario, results);
  if (with_money) run_day(recorder, day_inputs(scenario, results));
  return fits;
}

template <class Method, class R>
bool run_whole(Method method, R& recorder, Results& results, const Scenario& scenario, const typename Method::Inputs& inputs) {
  Method::run_model(recorder, inputs);
  return run_question(method, recorder, results, scenario, inputs);
}

}  // namespace moecalc
