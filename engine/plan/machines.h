// The machines of "a table of models and machines" (card_table.h) beside predictions of the reference method, and its card table beside dense figures.
//
// The table prints neither lengths nor formats nor software. What a prediction assumes instead is said with it: short requests, nothing cached, INT8 weights for
// the 671B models on Atlas (BF16 would not fit), BF16 otherwise, the fastest layout of our own choice.
#pragma once

#include <string_view>

#include "plan/boxes.h"
#include "plan/card_table.h"

namespace moecalc {

inline constexpr double assumed_prompt_tokens = 512;
inline constexpr double assumed_output_tokens = 512;

struct MachineRow {
  const card_table::Machine* printed;
  Box box;
  HeldFormat format;
  bool covered = false;  // the model's shape is known
  double weights_gb = 0;
  double total_gb = 0;
  // At the printed concurrency; where none is printed, at the wanted speed. No prediction where figures of the device are unknown.
  BoxAnswer answer;
  std::optional<double> ratio;               // predicted over printed tokens/s
  std::optional<double> most_context_tokens;  // mean length of a request up to which the printed concurrency has room, in the predicted layout
};

// How a printed peak stands to the dense one of the catalogue: as it is, doubled by sparsity, doubled again by summing in FP16 (GeForce), or otherwise.
enum class PeakReading { none, dense, sparse, sparse_fp16_sums, other };
std::string_view name_of(PeakReading reading);

struct CardRow {
  const card_table::Card* printed;
  std::size_t device;
  PeakReading fp16;
  PeakReading int8;
};

struct MachinesPlan {
  std::vector<MachineRow> rows;
  std::vector<CardRow> cards;
  Matrix matrix;
};

Outcome<MachinesPlan> plan_machines(const Plan& plan);

}  // namespace moecalc
