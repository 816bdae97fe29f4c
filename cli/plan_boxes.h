#pragma once

#include <iosfwd>

#include "plan/boxes.h"
#include "texts/texts.h"

namespace moecalc::cli {

// The guide's boxes and the matrix as tables; answers what keeps them from being computed.
Errors print_boxes(std::ostream& out, const Plan& plan, Language language);

void print_matrix(std::ostream& out, const Scenario& question, const Matrix& matrix, Language language);

// Three digits or so: what plans are worth.
std::string brief(const std::optional<double>& value);
std::string held_name(const HeldFormat& format, Language language);

}  // namespace moecalc::cli
