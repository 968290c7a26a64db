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

}  // namespace

base::Result<base::Json> parse(std::string_view text, Fractions fractions, Doubled doubled) {
  if (text.size() > kJsonBytesMax) {
    return base::fail("json_too_large", "the JSON is larger than 64 MiB");
  }
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
