#include "plan/purchase.h"

#include "plan/guide.h"

namespace moecalc {
namespace {

using enum Parameter;

constexpr double hours_per_year = 365 * 24;
constexpr double hours_per_month = hours_per_year / 12;

// The reader's number is that of the question's own device.
bool states(const Scenario& question, Parameter p, const Box& box) { return !question.is_automatic(p) && question[device] == static_cast<double>(box.device); }

std::optional<double> purchase_price_usd(const Scenario& question, const Box& box, double guide_price_10k_cny) {
  if (states(question, purchase_gpu_price_usd, box)) return box.devices * question[purchase_gpu_price_usd];
  const double printed = guide_price_10k_cny > 0 ? guide_price_10k_cny : box.devices * guide::price_10k_cny_per_gpu(devices()[box.device].id);
  if (printed == 0) return std::nullopt;
  return printed * 10000 / question[purchase_cny_per_usd];
}

std::optional<double> rent_usd_per_hour(const Scenario& question, const Box& box) {
  if (states(question, purchase_rent_usd_per_gpu_hour, box)) return box.devices * question[purchase_rent_usd_per_gpu_hour];
  const Fact& listed = devices()[box.device].usd_per_gpu_hour;
  if (!listed.known()) return std::nullopt;
  return box.devices * listed.value;
}

}  // namespace

std::optional<double> power_kw(const Scenario& question, const Box& box) {
  const Fact& rated = devices()[box.device].tdp_w;
  if (!rated.known()) return std::nullopt;
  return (box.devices * rated.value * question[purchase_power_share] + box.nodes() * question[purchase_server_overhead_w]) / 1000;
}

BoxCost cost_of(const Scenario& question, const Box& box, double guide_price_10k_cny) {
  const double rate = question.choice<CurrencyChoice>(purchase_currency) == CurrencyChoice::cny ? question[purchase_cny_per_usd] : 1;
  BoxCost cost{power_kw(question, box), std::nullopt, std::nullopt};
  if (question.choice<AcquisitionChoice>(purchase_acquisition) == AcquisitionChoice::rent) {
    if (const auto rent = rent_usd_per_hour(question, box)) cost.per_hour = *rent * rate;
    return cost;
  }
  const std::optional<double> price = purchase_price_usd(question, box, guide_price_10k_cny);
  if (!price) return cost;
  cost.price = *price * rate;
  if (!cost.power_kw) return cost;
  const double power = *cost.power_kw * question[purchase_pue] * question[purchase_power_price_usd_per_kwh];
  const double hosting = *cost.power_kw * question[purchase_hosting_usd_per_kw_month] / hours_per_month;
  cost.per_hour = (*price / (question[purchase_years_of_use] * hours_per_year) + power + hosting) * rate;
  return cost;
}

UserCost cost_per_user(const BoxCost& cost, const Service& service) {
  UserCost each;
  if (cost.price) each.price_per_user = *cost.price / service.users;
  if (!cost.per_hour) return each;
  each.per_user_month = *cost.per_hour * hours_per_month / service.users;
  each.per_million_tokens = *cost.per_hour / 3600 / service.tokens_per_s * 1e6;
  return each;
}

}  // namespace moecalc
