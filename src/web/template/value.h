// Value: what a template is filled with: texts, truths, lists and records of them.
//
// A tree without maps: a record is a short vector of fields whose names are literals, so that a
// page of a hundred rows costs a hundred small allocations and no hashing. Texts are moved in, or
// borrowed by Value::borrow() from something that outlives the rendering.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace web {

// HTML that is written as it is by {{&name}}. Only code that made the markup itself (a drawn QR,
// the page's own style sheet) may make one: never from what a user, a file or a database said.
class SafeHtml {
 public:
  [[nodiscard]] static SafeHtml trusted(std::string html) { return SafeHtml(std::move(html)); }
  [[nodiscard]] const std::string& html() const { return html_; }

 private:
  explicit SafeHtml(std::string html) : html_(std::move(html)) {}
  std::string html_;
};

// The name of a record's field: a literal, checked when it is compiled.
class FieldName {
 public:
  consteval FieldName(const char* literal) : name_(literal) {}
  [[nodiscard]] constexpr std::string_view view() const { return name_; }

 private:
  std::string_view name_;
};

class Value {
 public:
  using List = std::vector<Value>;
  using Field = std::pair<std::string_view, Value>;
  using Record = std::vector<Field>;

  Value() = default;  // Absent: false as a section, an error where a text is asked for.
  Value(std::same_as<bool> auto truth) : value_(truth) {}
  Value(std::string text) : value_(std::move(text)) {}
  Value(const char* text) : value_(std::string(text)) {}
  Value(std::int64_t number) : value_(std::to_string(number)) {}
  Value(int number) : value_(std::to_string(number)) {}
  Value(std::size_t number) : value_(std::to_string(number)) {}
  Value(SafeHtml html) : value_(std::move(html)) {}
  Value(List list) : value_(std::move(list)) {}
  Value(Record record) : value_(std::move(record)) {}

  // A text that is not copied. What it looks at must live until the page is rendered.
  [[nodiscard]] static Value borrow(std::string_view text) {
    Value value;
    value.value_ = text;
    return value;
  }
  [[nodiscard]] static Value record() { return Value(Record{}); }
  [[nodiscard]] static Value list() { return Value(List{}); }

  // Adds a field to a record (an absent value becomes one). A name is set once; the first wins.
  Value& set(FieldName name, Value value) &;
  Value&& set(FieldName name, Value value) &&;
  // Adds an item to a list (an absent value becomes one).
  Value& push(Value item) &;

  // The field of a record, or null where this is no record or has no such field.
  [[nodiscard]] const Value* find(std::string_view name) const;
  [[nodiscard]] const List* as_list() const { return std::get_if<List>(&value_); }
  [[nodiscard]] const Record* as_record() const { return std::get_if<Record>(&value_); }
  [[nodiscard]] const SafeHtml* as_html() const { return std::get_if<SafeHtml>(&value_); }
  [[nodiscard]] bool is_text() const;
  // The text; empty where this is none.
  [[nodiscard]] std::string_view text() const;
  // Whether a section of it is shown: not for absent, false, an empty text and an empty list.
  [[nodiscard]] bool is_shown() const;

 private:
  std::variant<std::monostate, bool, std::string_view, std::string, SafeHtml, List, Record> value_;
};

}  // namespace web
