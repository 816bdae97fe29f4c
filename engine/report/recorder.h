// One formula, two uses.
//
// Every formula of a method is written once, as a template on a recorder R. With `Plain`, R::Of<Q> is Q itself and the
// compiler sees bare arithmetic: that is what sweeps run. With `Explain`, R::Of<Q> is a Traced<Q> that carries, beside the
// value, the expression it came from; the printed formula is rendered from that expression, so it cannot drift from what
// was computed. Both do the same operations in the same order and agree bit for bit (tests/properties).
#pragma once

#include <array>
#include <deque>
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
  std::deque<Node>* home;  // the recorder's, which owns all nodes of its formulas
  NodeKind kind;
  double value;  // in base units
  InputInfo input{};
  const Node* left = nullptr;
  const Node* right = nullptr;
};

template <class Q>
struct Traced {
  Q value;
  const Node* node;
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

// One side of an operation: a node, or a number that the formula has literally. Not templates beyond this: formulas instantiate hundreds.
struct Side {
  const Node* node;
  double literal;
};
template <class Q>
Side side_of(const Traced<Q>& t) {
  return {t.node, 0};
}
template <class Q>
Side side_of(const Q& literal) {
  return {nullptr, base_value(literal)};
}
const Node* join_nodes(NodeKind kind, double value, Side left, Side right);

template <class A, class B>
concept OneIsTraced = IsTraced<A>::value || IsTraced<B>::value;

template <class A, class B, class V>
Traced<V> join(NodeKind kind, const A& a, const B& b, V value) {
  return {value, join_nodes(kind, base_value(value), side_of(a), side_of(b))};
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
  Explain(const Explain&) = delete;  // nodes point into it
  Explain& operator=(const Explain&) = delete;

  template <class Q>
  Traced<Q> input(const InputInfo& input_info, Q value) {
    return {value, add_input(input_info, base_value(value))};
  }
  template <class MakeInfo, class Q>
  Traced<Q> lazy_input(const MakeInfo& make_info, Q value) {
    return input(make_info(), value);
  }
  template <class Q>
  Traced<Q> result(QuantityId id, const Traced<Q>& traced) {
    return {traced.value, add_result(id, traced.node, base_value(traced.value))};
  }
  // The article does something odd in this quantity; `quirk.<id>` words it.
  void quirk(QuantityId id, std::string_view quirk_id) { record_of(id).quirks.push_back(quirk_id); }

  struct Entry {
    const Node* expression = nullptr;
    std::vector<std::string_view> quirks;
  };
  const Entry& entry(QuantityId id) const { return entries_[static_cast<std::size_t>(id)]; }

 private:
  const Node* add_input(const InputInfo& input_info, double value);
  // Stores what was computed; in later formulas the quantity stands for it.
  const Node* add_result(QuantityId id, const Node* expression, double value);
  Entry& record_of(QuantityId id) { return entries_[static_cast<std::size_t>(id)]; }

  Results& results_;
  std::deque<Node> nodes_;
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
