// One formula, two uses.
//
// Every formula of a method is written once, as a template on a recorder R. With `Plain`, R::Of<Q> is Q itself and the
// compiler sees bare arithmetic: that is what sweeps run. With `Explain`, R::Of<Q> is a Traced<Q> that carries, beside the
// value, the expression it came from; the printed formula is rendered from that expression, so it cannot drift from what
// was computed. Both do the same operations in the same order and agree bit for bit (tests/properties).
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parameters/parameter.h"
#include "report/quantity_table.h"
#include "units/quantity.h"

namespace moecalc {

// Where a number in a formula comes from.
enum class Origin {
  parameter,   // the reader's input
  quantity,    // another result, which can be explained in turn
  catalogue,   // a model or device entry
  method,      // a constant of the method, with its source
  definition,  // true by definition: FLOP per MAC, bytes per MiB
};

struct InputInfo {
  std::string_view symbol;
  std::string_view name;  // key into the dictionaries, without its prefix: `parameter.`, `quantity.` or `symbol.`
  Unit unit;
  Origin origin;
  std::string_view source;  // id in the catalogue's sources; empty for parameters and quantities
};

// Where the words for an input are: a catalogue's number that the reader could replace goes by the parameter's name.
inline std::string dictionary_key(const InputInfo& input) {
  const bool is_parameter = input.origin == Origin::parameter || find_parameter(input.name).has_value();
  return (is_parameter ? "parameter." : input.origin == Origin::quantity ? "quantity." : "symbol.") + std::string(input.name);
}

constexpr InputInfo quantity_input(const QuantityInfo& q) { return {q.symbol, q.key, q.unit, Origin::quantity, {}}; }
inline InputInfo parameter_input(std::string_view symbol, Parameter p) { return {symbol, info(p).key, info(p).unit, Origin::parameter, {}}; }

// --- Plain: compute only -------------------------------------------------------------------------------------------

class Plain {
 public:
  template <class Q>
  using Of = Q;
  static constexpr bool explains = false;

  explicit Plain(Results& results) : results_(results) {}

  template <class Q>
  Q input(const InputInfo&, Q value) {
    return value;
  }
  // The same where making the InputInfo costs something.
  template <class MakeInfo, class Q>
  Q lazy_input(const MakeInfo&, Q value) {
    return value;
  }
  template <class Q>
  Q result(QuantityId id, Q value) {
    results_.set(id, base_value(value) / info(id).unit.base_per_unit);
    return value;
  }
  void quirk(QuantityId, std::string_view) {}

 private:
  Results& results_;
};

template <class Q>
constexpr Q value_of(Q value) {
  return value;
}

// --- Explain: compute and remember ---------------------------------------------------------------------------------

enum class NodeKind { number, input, sum, difference, product, quotient, maximum, minimum };

struct Node {
  NodeKind kind;
  double value;  // in base units
  InputInfo input{};
  std::shared_ptr<const Node> left{};
  std::shared_ptr<const Node> right{};
};
using NodePointer = std::shared_ptr<const Node>;

template <class Q>
struct Traced {
  Q value;
  NodePointer node;
};

template <class Q>
constexpr Q value_of(const Traced<Q>& traced) {
  return traced.value;
}

namespace detail {

template <class T>
struct IsTraced : std::false_type {};
template <class Q>
struct IsTraced<Traced<Q>> : std::true_type {};

template <class Q>
NodePointer node_of(const Traced<Q>& t) {
  return t.node;
}
template <class Q>
NodePointer node_of(const Q& literal) {
  return std::make_shared<const Node>(Node{NodeKind::number, base_value(literal)});
}

template <class A, class B>
concept OneIsTraced = IsTraced<A>::value || IsTraced<B>::value;

template <class A, class B, class V>
Traced<V> join(NodeKind kind, const A& a, const B& b, V value) {
  return {value, std::make_shared<const Node>(Node{kind, base_value(value), {}, node_of(a), node_of(b)})};
}

}  // namespace detail

template <class A, class B>
  requires detail::OneIsTraced<A, B>
auto operator+(const A& a, const B& b) {
  return detail::join(NodeKind::sum, a, b, value_of(a) + value_of(b));
}
template <class A, class B>
  requires detail::OneIsTraced<A, B>
auto operator-(const A& a, const B& b) {
  return detail::join(NodeKind::difference, a, b, value_of(a) - value_of(b));
}
template <class A, class B>
  requires detail::OneIsTraced<A, B>
auto operator*(const A& a, const B& b) {
  return detail::join(NodeKind::product, a, b, value_of(a) * value_of(b));
}
template <class A, class B>
  requires detail::OneIsTraced<A, B>
auto operator/(const A& a, const B& b) {
  return detail::join(NodeKind::quotient, a, b, value_of(a) / value_of(b));
}

// The larger and the smaller of two times, rates or sizes, for both recorders.
template <class A, class B>
auto larger(const A& a, const B& b) {
  const auto value = value_of(a) < value_of(b) ? value_of(b) : value_of(a);
  if constexpr (detail::OneIsTraced<A, B>) {
    return detail::join(NodeKind::maximum, a, b, value);
  } else {
    return value;
  }
}
template <class A, class B>
auto smaller(const A& a, const B& b) {
  const auto value = value_of(b) < value_of(a) ? value_of(b) : value_of(a);
  if constexpr (detail::OneIsTraced<A, B>) {
    return detail::join(NodeKind::minimum, a, b, value);
  } else {
    return value;
  }
}

class Explain {
 public:
  template <class Q>
  using Of = Traced<Q>;
  static constexpr bool explains = true;

  explicit Explain(Results& results) : results_(results) {}

  template <class Q>
  Traced<Q> input(const InputInfo& input_info, Q value) {
    return {value, std::make_shared<const Node>(Node{NodeKind::input, base_value(value), input_info})};
  }
  template <class MakeInfo, class Q>
  Traced<Q> lazy_input(const MakeInfo& make_info, Q value) {
    return input(make_info(), value);
  }
  template <class Q>
  Traced<Q> result(QuantityId id, const Traced<Q>& traced) {
    results_.set(id, base_value(traced.value) / info(id).unit.base_per_unit);
    record_of(id).expression = traced.node;
    return input(quantity_input(info(id)), traced.value);
  }
  // The article does something odd in this quantity; `quirk.<id>` words it.
  void quirk(QuantityId id, std::string_view quirk_id) { record_of(id).quirks.push_back(quirk_id); }

  struct Entry {
    NodePointer expression;
    std::vector<std::string_view> quirks;
  };
  const Entry& entry(QuantityId id) const { return entries_[static_cast<std::size_t>(id)]; }

 private:
  Entry& record_of(QuantityId id) { return entries_[static_cast<std::size_t>(id)]; }
  Results& results_;
  std::array<Entry, quantity_count> entries_;
};

// A number of the reader's, for both recorders.
template <class R, class Q>
typename R::template Of<Q> bind_parameter(R& r, std::string_view symbol, Parameter p, Q value) {
  return r.lazy_input([&] { return parameter_input(symbol, p); }, value);
}

// --- What an explanation says --------------------------------------------------------------------------------------

struct ExplanationInput {
  InputInfo info;
  double value_in_unit;
};

struct Explanation {
  QuantityId quantity;
  double value_in_unit;
  std::string formula;  // infix over the symbols: + - * / ( ) max(,) min(,) and numbers in base units
  std::vector<ExplanationInput> inputs;
  std::string limit;  // where there is a max or min: the argument that decided
  std::vector<std::string_view> quirks;
};

Explanation make_explanation(QuantityId id, const Explain& recorder);

}  // namespace moecalc
