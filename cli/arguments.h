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
  std::optional<std::string> format;   // json, table, csv
  std::optional<std::string> constants;  // of validate: a file that replaces the method's
  std::optional<std::string> histogram;  // of a plan: a file of loads, one a line or separated by commas
  std::optional<std::string> lengths;    // of a plan: such a file of lengths of requests
  std::optional<std::string> models;     // of a plan: ids, separated by commas
  std::optional<std::string> devices;
  std::optional<std::string> rows;     // of a sweep: top, best_per, pareto, sample
  std::optional<std::pair<unsigned, unsigned>> shard;  // i of n, from 1
  unsigned threads = 0;                // 0: all cores
  bool merge = false;
  bool as_json() const { return format == "json"; }

  bool help = false;
  bool version = false;
  Language language = Language::en;
};

// Language: --lang, else MOECALC_LANG, LC_ALL or LANG when they name Chinese, else English.
Outcome<Arguments> parse_arguments(int count, char** values);
Language preferred_language(int count, char** values);

// A file's text, or standard input's for "-".
Outcome<std::string> read_file(const std::string& file);

// The question: exactly one base (FILE or -, --preset, --link, else the defaults), then every --set in order.
Outcome<Scenario> read_question(const Arguments& arguments);

}  // namespace moecalc::cli
