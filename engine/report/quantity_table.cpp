#include "report/quantity_table.h"

namespace moecalc {
namespace {

constexpr bool rows_are_in_place() {
  for (std::size_t i = 0; i < quantity_count; ++i) {
    if (static_cast<std::size_t>(detail::quantities[i].id) != i) return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (detail::quantities[i].key == detail::quantities[j].key) return false;
    }
  }
  return true;
}
static_assert(rows_are_in_place());

}  // namespace

std::optional<QuantityId> find_quantity(std::string_view key) {
  for (const QuantityInfo& row : quantity_table()) {
    if (row.key == key) return row.id;
  }
  return std::nullopt;
}

}  // namespace moecalc
