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
  template <class R>
  static void run(R& r, Results& results, const Inputs& in) {
    zartbot::run(r, results, in);
  }
  static void describe(Report& report, const Inputs& in) { zartbot::describe(report, in); }
};

struct Shinez {
  using Inputs = shinez::Inputs;
  static Outcome<Inputs> resolve(const Scenario& s) { return shinez::resolve(s); }
  template <class R>
  static void run(R& r, Results&, const Inputs& in) {
    shinez::run(r, in);
  }
  static void describe(Report& report, const Inputs& in) { shinez::describe(report, in); }
};

struct Reference {
  using Inputs = reference::Inputs;
  static Outcome<Inputs> resolve(const Scenario& s) { return reference::resolve(s); }
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

// Runs the method, withholds what does not fit, and adds the day's money. Returns whether the question is answered in full.
template <class Method, class R>
bool run_whole(Method, R& recorder, Results& results, const Scenario& scenario, const typename Method::Inputs& inputs) {
  Method::run(recorder, results, inputs);
  const bool fits = has_room(scenario, results) || scenario[Parameter::ignore_capacity] != 0;
  if (!fits) withhold_speed(scenario, results);
  run_day(recorder, day_inputs(scenario, results));
  return fits;
}

}  // namespace moecalc
