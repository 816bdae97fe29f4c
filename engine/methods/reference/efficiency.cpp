#include "methods/reference/efficiency.h"

namespace moecalc::reference {
namespace {

#include "efficiency_tables.inc"

}  // namespace

Generation generation_of(const Device& device) {
  if (device.vendor != "NVIDIA") return Generation::other;
  const std::string_view name = device.architecture;
  if (name.starts_with("Hopper")) return Generation::hopper;
  if (name == "Blackwell GB202") return Generation::blackwell_gddr;
  if (name.starts_with("Blackwell")) return Generation::blackwell;
  if (name == "Ampere") return Generation::ampere;
  if (name == "Ada") return Generation::ada;
  return Generation::other;
}

const ExchangeCurves& nvlink_domain_exchange() { return nvlink_domain; }
MessageCurve collective_between_domains() { return between_domains; }
const Calibration& standard_calibration() { return calibration; }

}  // namespace moecalc::reference
