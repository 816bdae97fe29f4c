#include "texts/texts.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace moecalc {
namespace {

struct Entry {
  std::string_view key;
  std::array<std::string_view, 2> text;  // by Language
};

constexpr Entry table[] = {
#include "texts.inc"
};

const Entry* find(std::string_view key) {
  const Entry* found = std::lower_bound(std::begin(table), std::end(table), key, [](const Entry& e, std::string_view k) { return e.key < k; });
  return found != std::end(table) && found->key == key ? found : nullptr;
}

}  // namespace

std::optional<Language> find_language(std::string_view name) {
  if (name == "en") return Language::en;
  if (name == "zh") return Language::zh;
  return std::nullopt;
}

std::string_view words(Language language, std::string_view key) {
  const Entry* entry = find(key);
  return entry == nullptr ? key : entry->text[static_cast<std::size_t>(language)];
}

bool has_words(std::string_view key) { return find(key) != nullptr; }

std::string fill(std::string_view text, const Places& places) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    out += text.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) return out += text.substr(open);
    const std::string_view name = text.substr(open + 1, close - open - 1);
    const auto place = std::find_if(places.begin(), places.end(), [&](const auto& p) { return p.first == name; });
    out += place == places.end() ? text.substr(open, close - open + 1) : std::string_view(place->second);
    text = text.substr(close + 1);
  }
  return out;
}

}  // namespace moecalc
