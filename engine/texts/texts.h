// The words that people read, in both languages: engine/texts/en.json and zh.json, compiled in. For the command line only; the
// page imports the same files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moecalc {

enum class Language { en, zh };

std::optional<Language> find_language(std::string_view name);

// The text of a key; the key itself when there is none (a test sees to it that there is).
std::string_view words(Language language, std::string_view key);
bool has_words(std::string_view key);

// A text with its {places} filled.
using Places = std::vector<std::pair<std::string_view, std::string>>;
std::string fill(std::string_view text, const Places& places);

}  // namespace moecalc
