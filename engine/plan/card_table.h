// What "a table of models and machines" and the card table beside it print: 18 pairs of a model and a machine, seven cards. Facts as printed; a 0 is a figure
// that it does not print. The catalogue's device of a machine, and its number where only gigabytes are printed, are our reading.
#pragma once

#include <span>
#include <string_view>

namespace moecalc::card_table {

struct Machine {
  std::string_view model;  // of the catalogue
  std::string_view machine;
  std::string_view configuration;
  double tokens_per_s;
  double concurrency;
  std::string_view device;  // of the catalogue
  double devices;
  double per_node;
};
std::span<const Machine> machines();

struct Card {
  std::string_view name;
  std::string_view device;  // of the catalogue
  double memory_gb;
  double bandwidth_gb_per_s;
  double fp16_tflops;
  double int8_tops;
  double nvlink_gb_per_s;  // both directions
};
std::span<const Card> cards();

}  // namespace moecalc::card_table
