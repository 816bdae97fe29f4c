#include "arguments.h"

#include <algorithm>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "numbers/number_text.h"
#include "scenario/link.h"
#include "scenario/presets.h"
#include "scenario/scenario_json.h"

namespace moecalc::cli {
namespace {

Language language_of_environment() {
  for (const char* name : {"MOECALC_LANG", "LC_ALL", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return std::string_view(value).substr(0, 2) == "zh" ? Language::zh : Language::en;
  }
  return Language::en;
}

// "--name value" and "--name=value" alike.
struct Option {
  std::string_view name;
  std::optional<std::string> value;
};
Option split(std::string_view argument) {
  const std::size_t equals = argument.find('=');
  if (equals == std::string_view::npos) return {argument, std::nullopt};
  return {argument.substr(0, equals), std::string(argument.substr(equals + 1))};
}

Errors take_option(const Option& option, const std::string& value, Arguments& arguments) {
  const auto refuse = [&](ErrorCode code, std::string allowed) { return Errors{{code, std::string(option.name), shown(value), std::move(allowed)}}; };
  if (option.name == "--preset" || option.name == "--link") {
    std::optional<std::string>& slot = option.name == "--preset" ? arguments.preset : arguments.link;
    if (slot) return refuse(ErrorCode::too_many_bases, {});
    slot = value;
  } else if (option.name == "--set") {
    const std::size_t equals = value.find('=');
    if (equals == std::string::npos || equals == 0) return refuse(ErrorCode::missing_argument, "--set key=value");
    arguments.settings.emplace_back(value.substr(0, equals), value.substr(equals + 1));
  } else if (option.name == "--get") {
    arguments.get.push_back(value);
  } else if (option.name == "--explain") {
    arguments.explain.push_back(value);
  } else if (option.name == "--format") {
    arguments.format = value;
  } else if (option.name == "--constants") {
    arguments.constants = value;
  } else if (option.name == "--histogram") {
    arguments.histogram = value;
  } else if (option.name == "--lengths") {
    arguments.lengths = value;
  } else if (option.name == "--models") {
    arguments.models = value;
  } else if (option.name == "--devices") {
    arguments.devices = value;
  } else if (option.name == "--rows") {
    if (value != "top" && value != "best_per" && value != "pareto" && value != "sample") return refuse(ErrorCode::not_a_choice, "top, best_per, pareto, sample");
    arguments.rows = value;
  } else if (option.name == "--threads") {
    const std::optional<double> number = parse_number(value);
    if (!number || *number < 1 || *number > 1024 || *number != std::floor(*number)) return refuse(ErrorCode::out_of_range, "1…1024");
    arguments.threads = static_cast<unsigned>(*number);
  } else if (option.name == "--shard") {
    const std::size_t slash = value.find('/');
    const std::optional<double> i = parse_number(value.substr(0, slash));
    const std::optional<double> n = slash == std::string::npos ? std::nullopt : parse_number(value.substr(slash + 1));
    const bool is_whole = i && n && *i == std::floor(*i) && *n == std::floor(*n);
    if (!is_whole || *i < 1 || *i > *n || *n > 100000) return refuse(ErrorCode::not_a_choice, "i/n, 1 <= i <= n");
    arguments.shard = {static_cast<unsigned>(*i), static_cast<unsigned>(*n)};
  } else if (option.name == "--lang") {
    const std::optional<Language> language = find_language(value);
    if (!language) return refuse(ErrorCode::not_a_choice, "en, zh");
    arguments.language = *language;
  } else {
    return refuse(ErrorCode::unknown_argument, "--help");
  }
  return {};
}

}  // namespace

Outcome<std::string> read_file(const std::string& file) {
  std::string text;
  if (file == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
    return text;
  }
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return Error{ErrorCode::cannot_read_file, shown(file), {}, {}};
  text.assign(std::istreambuf_iterator<char>(stream), {});
  if (stream.bad()) return Error{ErrorCode::cannot_read_file, shown(file), {}, {}};
  return text;
}

Language preferred_language(int count, char** values) {
  Language language = language_of_environment();
  for (int i = 1; i < count; ++i) {
    const Option option = split(values[i]);
    if (option.name != "--lang") continue;
    const std::string value = option.value ? *option.value : i + 1 < count ? values[i + 1] : "";
    if (const std::optional<Language> named = find_language(value)) language = *named;
  }
  return language;
}

Outcome<Arguments> parse_arguments(int count, char** values) {
  Arguments arguments;
  arguments.language = language_of_environment();
  for (int i = 1; i < count; ++i) {
    const std::string_view word = values[i];
    if (word == "--help" || word == "-h" || word == "help") {
      arguments.help = true;
    } else if (word == "--merge") {
      arguments.merge = true;
    } else if (word == "--version") {
      arguments.version = true;
    } else if (word.starts_with("--")) {
      Option option = split(word);
      if (!option.value) {
        if (i + 1 == count) return Error{ErrorCode::missing_argument, std::string(word), {}, "--help"};
        option.value = values[++i];
      }
      const Errors errors = take_option(option, *option.value, arguments);
      if (!errors.empty()) return errors;
    } else if (word.starts_with("-") && word != "-") {
      return Error{ErrorCode::unknown_argument, shown(word), {}, "--help"};
    } else if (arguments.command.empty()) {
      arguments.command = word;
    } else {
      arguments.operands.emplace_back(word);
    }
  }
  if (arguments.format) {
    // Which formats there are depends on the command, which may stand after the option.
    const bool is_timeline = arguments.command == "plan" && !arguments.operands.empty() && arguments.operands[0] == "timeline";
    const std::vector<std::string_view> formats = is_timeline                       ? std::vector<std::string_view>{"json", "table", "trace", "svg"}
                                                  : arguments.command == "sweep"    ? std::vector<std::string_view>{"csv", "json"}
                                                  : arguments.command == "validate" ? std::vector<std::string_view>{"csv", "json", "table"}
                                                                                    : std::vector<std::string_view>{"json", "table"};
    if (std::find(formats.begin(), formats.end(), *arguments.format) == formats.end()) {
      std::string allowed;
      for (const std::string_view format : formats) allowed += (allowed.empty() ? "" : ", ") + std::string(format);
      return Error{ErrorCode::not_a_choice, "--format", shown(*arguments.format), allowed};
    }
  }
  return arguments;
}

Outcome<Scenario> read_question(const Arguments& arguments) {
  const std::size_t bases = arguments.operands.size() + (arguments.preset ? 1 : 0) + (arguments.link ? 1 : 0);
  if (bases > 1) return Error{ErrorCode::too_many_bases, {}, {}, {}};

  Scenario scenario = Scenario::defaults();
  if (arguments.preset) {
    const Outcome<Scenario> preset = preset_scenario(*arguments.preset);
    if (!preset.ok()) return preset.errors();
    scenario = preset.value();
  } else if (arguments.link) {
    const DecodedLink decoded = decode_link(*arguments.link);
    if (!decoded.problems.empty()) return decoded.problems;
    if (!decoded.repaired.empty()) std::cerr << words(arguments.language, "cli.link_repaired") << '\n';
    scenario = decoded.scenario;
  } else if (!arguments.operands.empty()) {
    const Outcome<std::string> text = read_file(arguments.operands[0]);
    if (!text.ok()) return text.errors();
    const Outcome<Scenario> read = read_scenario(text.value(), scenario);
    if (!read.ok()) return read.errors();
    scenario = read.value();
  }

  Errors errors;
  for (const auto& [key, value] : arguments.settings) {
    const Errors of_setting = scenario.set(key, value);
    errors.insert(errors.end(), of_setting.begin(), of_setting.end());
  }
  if (!errors.empty()) return errors;
  return scenario;
}

}  // namespace moecalc::cli
