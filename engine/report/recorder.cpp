#include "report/recorder.h"

#include <algorithm>

#include "numbers/number_text.h"

namespace moecalc {
namespace {

// How tightly an expression binds: a weaker one inside a stronger one needs parentheses.
int strength(const Node& node) {
  switch (node.kind) {
    case NodeKind::sum:
    case NodeKind::difference: return 1;
    case NodeKind::product:
    case NodeKind::quotient: return 2;
    default: return node.kind == NodeKind::number && node.value < 0 ? 1 : 3;
  }
}

std::string render(const Node& node);

std::string in_parentheses_if(bool needed, const Node& node) {
  std::string text = render(node);
  if (!needed) return text;
  text.insert(text.begin(), '(');
  text.push_back(')');
  return text;
}

std::string render_binary(const Node& node, std::string_view sign, bool right_needs_more) {
  const int own = strength(node);
  return in_parentheses_if(strength(*node.left) < own, *node.left) + std::string(sign) +
         in_parentheses_if(strength(*node.right) < own + (right_needs_more ? 1 : 0), *node.right);
}

// Every association of the expression survives: a sum or product on the right keeps its parentheses, so that whoever
// reads the formula from left to right does the same operations in the same order.
std::string render(const Node& node) {
  switch (node.kind) {
    case NodeKind::number: return shortest_text(node.value);
    case NodeKind::input: return std::string(node.input.symbol);
    case NodeKind::sum: return render_binary(node, " + ", true);
    case NodeKind::difference: return render_binary(node, " - ", true);
    case NodeKind::product: return render_binary(node, " * ", true);
    case NodeKind::quotient: return render_binary(node, " / ", true);
    case NodeKind::maximum: return "max(" + render(*node.left) + ", " + render(*node.right) + ")";
    case NodeKind::minimum: return "min(" + render(*node.left) + ", " + render(*node.right) + ")";
  }
  return {};
}

void collect_inputs(const Node& node, std::vector<ExplanationInput>& inputs) {
  if (node.kind == NodeKind::input) {
    const bool known = std::any_of(inputs.begin(), inputs.end(), [&](const ExplanationInput& i) { return i.info.symbol == node.input.symbol; });
    if (!known) inputs.push_back({node.input, node.value / node.input.unit.base_per_unit});
  }
  if (node.left) collect_inputs(*node.left, inputs);
  if (node.right) collect_inputs(*node.right, inputs);
}

const Node* deciding_argument(const Node& node) {
  if (node.kind == NodeKind::maximum) return node.left->value < node.right->value ? node.right : node.left;
  if (node.kind == NodeKind::minimum) return node.right->value < node.left->value ? node.right : node.left;
  for (const Node* side : {node.left, node.right}) {
    if (!side) continue;
    if (const Node* found = deciding_argument(*side)) return found;
  }
  return nullptr;
}

}  // namespace

const Node* detail::join_nodes(NodeKind kind, double value, Side left, Side right) {
  std::deque<Node>& home = *(left.node != nullptr ? left.node : right.node)->home;
  const auto node_of = [&](Side side) { return side.node != nullptr ? side.node : &home.emplace_back(Node{&home, NodeKind::number, side.literal}); };
  const Node* const l = node_of(left);
  const Node* const r = node_of(right);
  return &home.emplace_back(Node{&home, kind, value, {}, l, r});
}

const Node* Explain::add_input(const InputInfo& input_info, double value) { return &nodes_.emplace_back(Node{&nodes_, NodeKind::input, value, input_info}); }

const Node* Explain::add_result(QuantityId id, const Node* expression, double value) {
  results_.set(id, value / info(id).unit.base_per_unit);
  record_of(id).expression = expression;
  return add_input(quantity_input(info(id)), value);
}

Explanation make_explanation(QuantityId id, const Explain& recorder) {
  const Explain::Entry& entry = recorder.entry(id);
  Explanation explanation{id, 0, {}, {}, {}, entry.quirks};
  if (!entry.expression) return explanation;
  explanation.value_in_unit = entry.expression->value / info(id).unit.base_per_unit;
  explanation.formula = render(*entry.expression);
  collect_inputs(*entry.expression, explanation.inputs);
  if (const Node* limit = deciding_argument(*entry.expression)) explanation.limit = render(*limit);
  return explanation;
}

}  // namespace moecalc
