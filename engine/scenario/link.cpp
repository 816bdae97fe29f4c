#include "scenario/link.h"

#include <array>
#include <cstdint>
#include <set>

#include "release.h"

namespace moecalc {
namespace {

// CRC-16/CCITT-FALSE as four hexadecimal digits.
std::string checksum(std::string_view text) {
  std::uint32_t crc = 0xFFFF;
  for (const char c : text) {
    crc ^= static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << 8;
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 0x8000u) != 0 ? (crc << 1) ^ 0x1021u : crc << 1;
    crc &= 0xFFFF;
  }
  constexpr std::string_view digits = "0123456789abcdef";
  return {digits[crc >> 12], digits[(crc >> 8) & 15], digits[(crc >> 4) & 15], digits[crc & 15]};
}

// Takes what stands before the next '&' off the front of `rest`.
std::string_view next_pair(std::string_view& rest) {
  const std::size_t end = rest.find('&');
  const std::string_view pair = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return pair;
}

// The version that a link states, where it is one that this release knows.
int version_of(std::string_view text) {
  while (!text.empty()) {
    const std::string_view pair = next_pair(text);
    for (int version = 1; version < link_version; ++version) {
      if (pair == "v=" + std::to_string(version)) return version;
    }
  }
  return link_version;
}

// sx0 sx1 … sc0 … so st sg sp ss sq: kept for the sweep, never a parameter's short key.
bool is_of_sweep(std::string_view key) {
  if (key.size() < 2 || key[0] != 's') return false;
  const std::string_view rest = key.substr(2);
  if (key[1] == 'x' || key[1] == 'c') return !rest.empty() && rest.size() <= 2 && rest.find_first_not_of("0123456789") == std::string_view::npos;
  return rest.empty() && std::string_view("otgpsq").find(key[1]) != std::string_view::npos;
}

bool is_of_plan(std::string_view key) { return key == "pl" || key == "plh" || key == "plq" || key == "plm" || key == "pld"; }

int hexadecimal(char c) { return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1; }

// What chat programs, mail and browsers do to a link, undone: percent codes, "&amp;", either of them done to its own result, and characters that
// no link has (spaces, line breaks, invisible ones, those of other scripts).
std::string restored(std::string_view text) {
  std::string out;
  for (const char each : text) {
    out += each;
    while (out.size() > 2 && out.end()[-3] == '%' && hexadecimal(out.end()[-2]) >= 0 && hexadecimal(out.back()) >= 0) {
      const int code = 16 * hexadecimal(out.end()[-2]) + hexadecimal(out.back());
      out.resize(out.size() - 2);
      out.back() = static_cast<char>(code);
    }
    if (out.ends_with("&amp;")) out.resize(out.size() - 4);
    if (out.back() <= ' ' || out.back() > '~') out.pop_back();
  }
  return out;
}

// Leaves out what stands before the link: an address, and what was put between it and the version, which comes first in every link.
std::string_view without_address(std::string_view text) {
  for (std::size_t at = 0; (at = text.find("v=", at)) != std::string_view::npos; ++at) {
    if (at == 0 || std::string_view("#?&").find(text[at - 1]) != std::string_view::npos) return text.substr(at);
  }
  std::size_t mark = text.find('#');
  if (mark == std::string_view::npos) mark = text.find('?');
  return mark == std::string_view::npos ? text : text.substr(mark + 1);
}

// Takes "&k=..." and all behind it off the text, and says what is wrong with it. Where nothing is, `whole` becomes the link without what stood behind it.
Errors check_checksum(std::string_view& text, std::string_view& whole) {
  const std::size_t at = text.find("&k=");
  if (at == std::string_view::npos) {
    const std::string_view filled = text.substr(0, text.find_last_not_of('&') + 1);  // cut behind a "&", the part before it is the last
    return {{ErrorCode::link_checksum_missing, "k", shown(filled.substr(filled.rfind('&') + 1)), {}}};
  }
  const std::string_view given = text.substr(at + 3, 4);
  whole = text.substr(0, at + 7);
  text = text.substr(0, at);
  const std::string wanted = checksum(text);
  if (given == wanted) return {};
  whole = {};
  return {{ErrorCode::link_checksum_wrong, "k", shown(given), wanted}};
}

}  // namespace

std::string encode_link(const Scenario& scenario, const LinkPairs& further) {
  std::string text = "v=" + std::to_string(link_version) + "&n=" + std::string(release);
  for (const ParameterInfo& row : parameter_table()) {
    if (scenario[row.id] == default_value(row.id, link_version)) continue;
    text += '&';
    text += row.link_key;
    text += '=';
    text += value_text(row.id, scenario[row.id]);
  }
  for (const auto& [key, value] : further) text += "&" + key + "=" + value;
  return text + "&k=" + checksum(text);
}

DecodedLink decode_link(std::string_view given) {
  DecodedLink result{Scenario::defaults(), {}, {}, {}, {}, {}};
  Errors& problems = result.problems;
  if (given.size() > largest_link_bytes) {
    problems.push_back({ErrorCode::text_too_large, {}, std::to_string(given.size()), std::to_string(largest_link_bytes)});
    return result;
  }
  const std::string all = restored(given);
  std::string_view text = without_address(all), whole;
  if (text.empty()) {
    problems.push_back({ErrorCode::link_empty, {}, {}, {}});
    return result;
  }
  problems = check_checksum(text, whole);
  if (given != whole && !given.ends_with("#" + std::string(whole))) result.repaired = whole;

  const int version = version_of(text);
  result.scenario = Scenario::defaults(version);
  bool has_version = false;
  std::set<std::string_view> seen;
  while (!text.empty() && problems.size() < most_errors) {
    const std::string_view pair = next_pair(text);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0 || equals + 1 == pair.size()) {
      problems.push_back({ErrorCode::link_malformed_pair, {}, shown(pair), {}});
      continue;
    }
    const std::string_view key = pair.substr(0, equals);
    const std::string_view value = pair.substr(equals + 1);
    if (!seen.insert(key).second) {
      problems.push_back({ErrorCode::link_duplicate_key, shown(key), shown(value), {}});
    } else if (key == "v") {
      has_version = true;
      if (value != std::to_string(version)) {
        problems.push_back({ErrorCode::link_version_unknown, "v", shown(value), "1…" + std::to_string(link_version)});
      }
    } else if (key == "n") {
      result.release = shown(value);
    } else if (const std::optional<Parameter> p = find_parameter_by_link_key(key)) {
      const Outcome<double> read = parse_value(*p, value);
      if (read.ok()) {
        result.scenario.set(*p, read.value());
      } else {
        problems.insert(problems.end(), read.errors().begin(), read.errors().end());
      }
    } else if (is_of_sweep(key)) {
      result.sweep.emplace_back(key, value);
    } else if (is_of_plan(key)) {
      result.plan.emplace_back(key, value);
    } else {
      problems.push_back({ErrorCode::link_unknown_key, shown(key), shown(value), {}});
    }
  }
  if (!has_version) problems.push_back({ErrorCode::link_version_missing, "v", {}, std::to_string(link_version)});
  return result;
}

}  // namespace moecalc
