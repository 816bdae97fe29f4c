// What the command line asks for. Nothing is evaluated here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "errors/error.h"
#include "scenario/scenario.h"
#include "texts/texts.h"

namespace moecalc::cli {

struct Arguments {
  std::string command;                 // eval, link, catalogue, ...; empty: help
  std::vector<std::string> operands;   // FILE, or what to list
  std::optional<std::string> preset;
  std::optional<std::string> link;
  std::vector<std::pair<std::string, std::string>> settings;  // --set key=value, in order
  std::vector<std::string> get;
  std::vector<std::string> explain;
  bool as_json = false;
  bool help = false;
  bool version = false;
  Language language = Language::en;
};

// Language: --lang, else MOECALC_LANG, LC_ALL or LANG when they name Chinese, else English.
Outcome<Arguments> parse_arguments(int count, char** values);
Language preferred_language(int count, char** values);

// The question: exactly one base (FILE or -, --preset, --link, else the defaults), then every --set in order.
Outcome<Scenario> read_question(const Arguments& arguments);

}  // namespace moecalc::cli
