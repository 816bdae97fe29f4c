// What a box draws and costs: bought, written off over its years of use with power and hosting, or rented by the hour. Amounts are in the reader's
// currency; what nobody has told us stays unknown.
#pragma once

#include <optional>

#include "plan/box.h"

namespace moecalc {

struct BoxCost {
  std::optional<double> power_kw;  // the machines; the room's cooling is PUE's
  std::optional<double> price;     // of the box; none for a rented one
  std::optional<double> per_hour;
};

// Rated power of the GPUs, as far as they use it, and the rest of the servers.
std::optional<double> power_kw(const Scenario& question, const Box& box);

// guide_price_10k_cny: of the whole box where a price is printed for it; 0: by the GPU.
BoxCost cost_of(const Scenario& question, const Box& box, double guide_price_10k_cny = 0);

struct UserCost {
  std::optional<double> price_per_user;  // of a bought box
  std::optional<double> per_user_month;
  std::optional<double> per_million_tokens;  // produced, with the box full all the time
};
UserCost cost_per_user(const BoxCost& cost, const Service& service);

}  // namespace moecalc
