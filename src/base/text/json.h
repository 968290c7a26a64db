// JSON as a value, and the one canonical way in which we write it.
//
// Objects keep the order in which members were added, so that what we write is the same bytes
// each time. Numbers are integers; amounts and decimals travel as strings. Reading is in
// support/json.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace base {

class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() = default;  // null
  Json(std::nullptr_t) {}
  Json(bool value) : value_(value) {}
  Json(int value) : value_(static_cast<std::int64_t>(value)) {}
  Json(std::int64_t value) : value_(value) {}
  Json(std::size_t value) : value_(static_cast<std::int64_t>(value)) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}

  [[nodiscard]] static Json object() { return Json(Object{}); }
  [[nodiscard]] static Json array() { return Json(Array{}); }

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  [[nodiscard]] const bool* as_bool() const { return std::get_if<bool>(&value_); }
  [[nodiscard]] const std::int64_t* as_integer() const {
    return std::get_if<std::int64_t>(&value_);
  }
  [[nodiscard]] const std::string* as_string() const { return std::get_if<std::string>(&value_); }
  [[nodiscard]] const Array* as_array() const { return std::get_if<Array>(&value_); }
  [[nodiscard]] const Object* as_object() const { return std::get_if<Object>(&value_); }

  // The member, or null where this is no object or has none of that name.
  [[nodiscard]] const Json& operator[](std::string_view name) const;
  // The member's text, or `otherwise` where it is absent or no string.
  [[nodiscard]] std::string text(std::string_view name, std::string_view otherwise = "") const;
  [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t otherwise = 0) const;

  // Adds or replaces a member; turns null into an object first. Returns *this to chain.
  Json& set(std::string_view name, Json value);
  Json& push(Json value);

  // One line, no spaces, members in order, non-ASCII as UTF-8: the canonical form.
  [[nodiscard]] std::string dump() const;
  // Two spaces a level, for people.
  [[nodiscard]] std::string pretty() const;

  friend bool operator==(const Json&, const Json&) = default;

 private:
  void write(std::string& out, int indent) const;
  std::variant<std::monostate, bool, std::int64_t, std::string, Array, Object> value_;
};

// Appends a JSON string literal with its quotes.
void append_json_string(std::string& out, std::string_view text);

}  // namespace base
