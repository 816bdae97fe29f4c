// The seven boxes of a sizing guide (guide.h), computed for the question's model and device by device: memory, the formats that fit, users, money, a verdict
// by rules, and the guide's beside it. And any models on any devices as a matrix of smallest boxes.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "plan/box.h"
#include "plan/guide.h"
#include "plan/plan.h"
#include "plan/purchase.h"

namespace moecalc {

// One format on one box.
struct FormatRow {
  HeldFormat format;
  double weights_gb;
  BoxAnswer answer;
};

struct Reason {
  std::string_view code;  // plan.boxes.reason.<code>
  bool is_good;
  std::vector<std::pair<std::string_view, double>> numbers;  // its places
};

struct ComputedBox {
  Box box;
  double total_gb;
  std::vector<FormatRow> formats;
  std::optional<std::size_t> chosen;  // the first format that fits, in the order: as asked or BF16, INT8, INT4
  BoxCost cost;
  UserCost per_user;
  guide::Verdict verdict;
  std::vector<Reason> reasons;
};

// How our verdict stands to the guide's.
enum class Agreement { agrees, better, worse, not_judged };
std::string_view name_of(Agreement agreement);

struct BoxRow {
  const guide::PrintedBox* printed;
  std::vector<ComputedBox> computed;  // one for each device that it may be of; for a row without a size, the smallest that serves the wanted users
  std::vector<Agreement> agreement;   // of each
};

// The guide's memory rules with the question's model.
struct MemoryRules {
  double fp8_weights_gb;
  double bf16_weights_gb;
  double fp8_minimum_gb;   // with the guide's larger reserve for KV
  double bf16_minimum_gb;  // with its smaller one, as it reckons
  double kv_gb_per_user;
  double least_users_of_reserve;  // sequences that the reserves hold
  double most_users_of_reserve;
};

struct MatrixCell {
  std::size_t model;
  std::size_t device;
  HeldFormat format;
  double weights_gb;
  std::optional<SizedBox> sized;  // none: too large for any box, or the model is not covered
  BoxCost cost;
  UserCost per_user;
  bool is_smallest = false;  // of the model's row: by devices
  bool is_cheapest = false;  // by price, or rent an hour
};

struct Matrix {
  std::vector<std::size_t> models;
  std::vector<std::size_t> devices;
  std::vector<MatrixCell> cells;  // row by row
};

struct BoxesPlan {
  MemoryRules rules;
  std::vector<BoxRow> rows;
  std::vector<ComputedBox> examples;  // nodes of eight that the guide speaks of without listing them
  Matrix matrix;
};

Outcome<BoxesPlan> plan_boxes(const Plan& plan);

// Every model on every device: a box of the stated size, or the smallest that serves the wanted users. A cell takes some 10 ms, and a link may ask.
inline constexpr std::size_t largest_matrix = 256;
Outcome<Matrix> matrix_of(const Scenario& question, std::span<const std::size_t> models, std::span<const std::size_t> devices);

}  // namespace moecalc
