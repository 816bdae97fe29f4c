// Answers for people: worded, aligned, in the chosen language.
#pragma once

#include <iosfwd>

#include "errors/error.h"
#include "report/recorder.h"
#include "report/report.h"
#include "texts/texts.h"

namespace moecalc::cli {

void print_errors(std::ostream& out, const Errors& errors, Language language);
void print_report(std::ostream& out, const Report& report, Language language);
// The quantities of one group, as a table with a heading.
void print_quantities_of(std::ostream& out, const Report& report, std::string_view group, Language language);
void print_ledger(std::ostream& out, const Report& report, Language language);
void print_explanation(std::ostream& out, const Explanation& explanation, Language language);
void print_parameters(std::ostream& out, Language language);
void print_quantities(std::ostream& out, Language language);
void print_models(std::ostream& out);
void print_devices(std::ostream& out);
void print_sources(std::ostream& out);
void print_presets(std::ostream& out, Language language);
void print_conclusions(std::ostream& out, Language language);

}  // namespace moecalc::cli
