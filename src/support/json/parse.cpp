#include "support/json/parse.h"

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace json {
namespace {

// Builds a base::Json from the library's events; the library validates the text.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(Fractions fractions, Doubled doubled, std::vector<base::Error>* noted = nullptr)
      : fractions_(fractions), doubled_(doubled), noted_(noted) {}

  bool null() override { return add({}); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override {
    return add(static_cast<std::int64_t>(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(INT64_MAX)) return refuse_number();
    return add(static_cast<std::int64_t>(value));
  }
  bool number_float(number_float_t, const string_t& text) override {
    return fractions_ == Fractions::kAsText ? add(base::Json(text)) : refuse_number();
  }
  bool string(string_t& value) override { return add(base::Json(std::move(value))); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(base::Json::object()); }
  bool start_array(std::size_t) override { return open(base::Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    Level& level = open_.back();
    level.name = std::move(name);
    if (doubled_ == Doubled::kLastWins) return true;
    for (const auto& [known, value] : *level.value.as_object()) {
      if (known != level.name) continue;
      if (noted_ == nullptr) {
        error_ = doubled(known);
        return false;
      }
      noted_->push_back(doubled(place()));
    }
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    error_ =
        base::fail("bad_json", "the text is not valid JSON", "byte " + std::to_string(position))
            .error();
    return false;
  }

  base::Json root;
  [[nodiscard]] const std::optional<base::Error>& error() const { return error_; }

 private:
  struct Level {
    base::Json value;
    std::string name;  // Of the member being read, where value is an object.
  };

  // "plans.MOB5.month": the names that are being read, elements of lists by their number.
  [[nodiscard]] std::string place() const {
    std::string place;
    for (const Level& level : open_) {
      const auto* list = level.value.as_array();
      if (!place.empty()) place += '.';
      place += list == nullptr ? level.name : std::to_string(list->size());
    }
    return place;
  }

  bool add(base::Json value) {
    if (open_.empty()) {
      root = std::move(value);
      return true;
    }
    Level& level = open_.back();
    if (level.value.as_object() != nullptr) {
      level.value.set(level.name, std::move(value));
    } else {
      level.value.push(std::move(value));
    }
    return true;
  }

  bool open(base::Json container) {
    if (open_.size() >= kJsonDepthMax) {
      error_ = base::fail("json_too_deep", "the JSON is nested more than 64 levels deep").error();
      return false;
    }
    open_.push_back({std::move(container), {}});
    return true;
  }

  bool close() {
    base::Json done = std::move(open_.back().value);
    open_.pop_back();
    return add(std::move(done));
  }

  static base::Error doubled(const std::string& place) {
    return base::fail("json_doubled_member", "a member stands there twice", place).error();
  }

  bool refuse_number() {
    error_ = base::fail("not_an_integer",
                        "numbers must be 64-bit integers; write amounts and decimals as strings")
                 .error();
    return false;
  }

  Fractions fractions_;
  Doubled doubled_;
  std::vector<base::Error>* noted_;  // Where doubled members are noted and do not end it.
  std::vector<Level> open_;
  std::optional<base::Error> error_;
};

// Reads the canonical JSON that we write ourselves, several times as fast as the library. False
// where the text is anything else, right or wrong: the library then says what it is.
class QuickReader {
 public:
  explicit QuickReader(std::string_view text) : at_(text.data()), end_(at_ + text.size()) {}

  [[nodiscard]] bool read(base::Json& root) { return read_value(root, 0) && at_ == end_; }

 private:
  [[nodiscard]] bool read_value(base::Json& value, std::size_t depth) {
    if (at_ == end_ || depth >= kJsonDepthMax) return false;
    switch (*at_) {
      case '{': return read_object(value, depth);
      case '[': return read_array(value, depth);
      case '"': {
        std::string_view text;
        if (!read_string(text)) return false;
        value = base::Json(text);
        return true;
      }
      case 'n': return take("null");
      case 't': value = base::Json(true); return take("true");
      case 'f': value = base::Json(false); return take("false");
      default: return read_number(value);
    }
  }

  [[nodiscard]] bool read_object(base::Json& value, std::size_t depth) {
    base::Json::Object members;
    ++at_;
    if (!take("}")) {
      members.reserve(kMembers);
      do {
        std::string_view name;
        if (!read_string(name) || !take(":")) return false;
        for (const auto& [known, _] : members) {
          if (known == name) return false;
        }
        if (!read_value(members.emplace_back(name, base::Json()).second, depth + 1)) return false;
      } while (take(","));
      if (!take("}")) return false;
    }
    value = base::Json(std::move(members));
    return true;
  }

  [[nodiscard]] bool read_array(base::Json& value, std::size_t depth) {
    base::Json::Array elements;
    ++at_;
    if (!take("]")) {
      do {
        if (!read_value(elements.emplace_back(), depth + 1)) return false;
      } while (take(","));
      if (!take("]")) return false;
    }
    value = base::Json(std::move(elements));
    return true;
  }

  // Without escapes, and in the plain forms of UTF-8: two bytes, and most of three.
  [[nodiscard]] bool read_string(std::string_view& text) {
    if (!take("\"")) return false;
    const char* start = at_;
    while (at_ != end_) {
      const auto c = static_cast<unsigned char>(*at_);
      if (c == '"') {
        text = {start, static_cast<std::size_t>(at_ - start)};
        ++at_;
        return true;
      }
      if (c < 0x20 || c == '\\') return false;
      if (c < 0x80) {
        ++at_;
      } else if (c >= 0xC2 && c < 0xE0 && follows(1)) {
        at_ += 2;
      } else if (c > 0xE0 && c < 0xF0 && c != 0xED && follows(1) && follows(2)) {
        at_ += 3;
      } else {
        return false;
      }
    }
    return false;
  }

  [[nodiscard]] bool read_number(base::Json& value) {
    const bool negative = take("-");
    const char* start = at_;
    std::int64_t number = 0;
    while (at_ != end_ && '0' <= *at_ && *at_ <= '9' && at_ - start < kDigitsMax) {
      number = number * 10 + (*at_++ - '0');
    }
    const bool zero_first = at_ != start && *start == '0' && (negative || at_ - start > 1);
    if (at_ == start || zero_first) return false;
    if (at_ != end_ && *at_ != ',' && *at_ != '}' && *at_ != ']') return false;
    value = base::Json(negative ? -number : number);
    return true;
  }

  [[nodiscard]] bool follows(std::ptrdiff_t offset) const {
    return end_ - at_ > offset && (static_cast<unsigned char>(at_[offset]) & 0xC0U) == 0x80U;
  }

  [[nodiscard]] bool take(std::string_view expected) {
    if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(expected)) {
      return false;
    }
    at_ += expected.size();
    return true;
  }

  static constexpr std::ptrdiff_t kDigitsMax = 18;  // Surely below 2^63.
  static constexpr std::size_t kMembers = 16;

  const char* at_;
  const char* end_;
};

}  // namespace

base::Result<base::Json> parse(std::string_view text, Fractions fractions, Doubled doubled) {
  if (text.size() > kJsonBytesMax) {
    return base::fail("json_too_large", "the JSON is larger than 64 MiB");
  }
  base::Json quick;
  if (QuickReader(text).read(quick)) return quick;
  Builder builder(fractions, doubled);
  const bool whole = nlohmann::json::sax_parse(text, &builder);
  if (builder.error()) return std::unexpected(*builder.error());
  if (!whole) return base::fail("bad_json", "the text is not valid JSON");
  return std::move(builder.root);
}

std::vector<base::Error> find_doubled_members(std::string_view text) {
  std::vector<base::Error> doubled;
  if (text.size() > kJsonBytesMax) return doubled;
  Builder builder(Fractions::kAsText, Doubled::kRefuse, &doubled);
  static_cast<void>(nlohmann::json::sax_parse(text, &builder));
  return doubled;
}

}  // namespace json
