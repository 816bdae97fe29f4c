// What "a sizing guide for DeepSeek-R1" (2025-03-15) prints: seven boxes with its advice, its memory rules, its generations of GPUs. Facts as printed; a
// 0 is a figure that it does not print.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace moecalc::guide {

// The guide's scale of advice, which our own verdict uses too. no_price: nothing to judge a box by.
enum class Verdict { most_recommended, recommended, somewhat_recommended, not_much_recommended, not_recommended, no_price };
std::string_view name_of(Verdict verdict);

// A reason for or against a box. computed: it follows from figures that the engine has; the others (supply, warranty, software) do not.
struct Point {
  std::string_view code;  // plan.boxes.point.<code>
  bool is_good;
  bool computed;
};

struct PrintedBox {
  std::string_view id;
  Verdict advice;
  std::array<std::string_view, 2> devices;  // of the catalogue, where it leaves a choice; "": no second one
  double gpus;
  double nodes;
  double gb_per_gpu;
  double total_gb;
  double power_kw;
  double price_10k_cny;  // of all nodes
  std::string_view note;  // plan.boxes.note.<note>; may be empty
  std::span<const Point> points;
};
std::span<const PrintedBox> boxes();

// A generation of NVIDIA's, with a card of it that the catalogue has; "": none.
struct Generation {
  std::string_view series;
  double year;
  std::string_view cards;
  std::string_view device;
};
std::span<const Generation> generations();

// Its memory rules for DeepSeek-R1, in GB.
inline constexpr double fp8_weights_gb = 700;
inline constexpr double bf16_weights_gb = 1400;
inline constexpr double least_kv_gb = 200;
inline constexpr double most_kv_gb = 300;
inline constexpr double fp8_minimum_gb = 1000;
inline constexpr double bf16_minimum_gb = 1600;

// Price of one GPU with its share of the server, in 10,000 yuan, by the cheapest box of that GPU; 0: none is printed.
double price_10k_cny_per_gpu(std::string_view device);

}  // namespace moecalc::guide
