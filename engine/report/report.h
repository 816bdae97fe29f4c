// The answer to one scenario: its numbers, where the time and the memory go, and what must be said beside them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/quantity_table.h"
#include "scenario/scenario.h"

namespace moecalc {

enum class Resource { compute, memory, network };

// One operator of a phase: `layers` layers take `quantity` (a time, in ms) each.
struct Operator {
  std::string_view id;  // `operator.<id>`
  QuantityId quantity;
  double layers;
  Resource resource;
  bool counted;  // false: hidden by overlap and not part of the phase's time
};

struct Phase {
  QuantityId total;
  std::vector<Operator> operators;
};

struct LedgerItem {
  std::string_view id;  // `ledger.<id>`
  QuantityId quantity;
};

// A change that would, alone, make the question fit.
struct Change {
  Parameter parameter;
  double value;
};

struct Memory {
  bool fits;
  bool ignored;  // it does not fit, and ignore_capacity let it through
  std::vector<LedgerItem> items;
  std::vector<Change> fits_if;
};

// Something the reader must know beside the numbers: `note.<code>` with {places}.
struct Note {
  std::string_view code;
  std::vector<std::pair<std::string_view, double>> numbers;
};

struct Report {
  Scenario scenario;
  std::vector<std::pair<Parameter, double>> resolved;  // what each "auto" became
  bool fits = true;  // false: there is a ledger and no throughput
  Results results;
  std::optional<Phase> prefill;
  std::optional<Phase> decode;
  std::optional<Memory> memory;
  std::vector<Note> notes;

  // What the scenario says, or what its "auto" became; "auto" where the method has no use for it.
  double resolved_value(Parameter p) const {
    for (const auto& [parameter, value] : resolved) {
      if (parameter == p) return value;
    }
    return scenario[p];
  }
};

}  // namespace moecalc
