#include "json/parse.h"

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace moecalc {

using Json = nlohmann::ordered_json;

namespace {

// Builds a document while it is read. Of its own, because the library's two builders, with and without a callback, are both linked if either is used.
class Builder {
 public:
  using number_integer_t = Json::number_integer_t;
  using number_unsigned_t = Json::number_unsigned_t;
  using number_float_t = Json::number_float_t;
  using string_t = Json::string_t;
  using binary_t = Json::binary_t;

  explicit Builder(std::size_t deepest) : deepest_(deepest) {}

  Json document;
  Errors errors;  // what makes it no document
  Errors twice;   // keys that stand twice in an object

  bool null() { return put(nullptr); }
  bool boolean(bool value) { return put(value); }
  bool number_integer(number_integer_t value) { return put(value); }
  bool number_unsigned(number_unsigned_t value) { return put(value); }
  bool number_float(number_float_t value, const string_t&) { return put(value); }
  bool string(string_t& value) { return put(std::move(value)); }
  bool binary(binary_t&) { return false; }  // JSON text has none
  bool start_object(std::size_t) { return open(Json::value_t::object); }
  bool start_array(std::size_t) { return open(Json::value_t::array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(string_t& name) {
    constexpr std::size_t most_named = 32;
    Level& level = open_.back();
    if (!level.names.insert(name).second && twice.size() < most_named) twice.push_back({ErrorCode::duplicate_parameter, shown(name), {}, {}});
    level.key = std::move(name);
    return true;
  }
  bool parse_error(std::size_t byte, const string_t& token, const Json::exception& e) {
    constexpr int number_overflow = 406;  // the library's code
    if (e.id == number_overflow) errors = {{ErrorCode::out_of_range, shown(last_key()), shown(token), "-1.7e308…1.7e308"}};
    else errors = {{ErrorCode::malformed_json, {}, std::to_string(byte), {}}};
    return false;
  }

 private:
  // An object or array whose end has not come. It is moved into its parent at its end.
  struct Level {
    Json value;
    std::string key;
    std::set<std::string> names;
  };

  // What the present value belongs to.
  std::string last_key() const {
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (!open_[i].key.empty()) return open_[i].key;
    }
    return "JSON";
  }
  bool open(Json::value_t type) {
    if (is_too_deep()) return false;
    open_.push_back({Json(type), {}, {}});
    return true;
  }
  bool close() {
    Json whole = std::move(open_.back().value);
    open_.pop_back();
    return put(std::move(whole));
  }
  bool put(Json value) {
    if (is_too_deep()) return false;
    if (open_.empty()) {
      document = std::move(value);
    } else if (Level& level = open_.back(); level.value.is_array()) {
      level.value.push_back(std::move(value));
    } else {
      // Not by the library's [], which looks through all members before it adds one: 23 s for a hostile megabyte. A key that stands twice is in `twice`.
      level.value.get_ref<Json::object_t&>().emplace_back(level.key, std::move(value));
    }
    return true;
  }
  bool is_too_deep() {
    if (open_.size() <= deepest_) return false;
    errors = {{ErrorCode::nested_too_deep, {}, {}, std::to_string(deepest_)}};
    return true;
  }

  std::size_t deepest_;
  std::vector<Level> open_;
};

}  // namespace

Outcome<Json> parse_json(std::string_view text, std::size_t most_bytes, std::size_t deepest) {
  if (text.size() > most_bytes) {
    return Error{ErrorCode::text_too_large, {}, std::to_string(text.size()), std::to_string(most_bytes)};
  }
  Builder builder(deepest);
  if (!Json::sax_parse(text, &builder)) return builder.errors;
  if (!builder.twice.empty()) return builder.twice;
  return std::move(builder.document);
}

}  // namespace moecalc
