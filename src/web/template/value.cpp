#include "web/template/value.h"

#include "base/result/check.h"

namespace web {

Value& Value::set(FieldName name, Value value) & {
  if (std::holds_alternative<std::monostate>(value_)) value_ = Record{};
  auto* fields = std::get_if<Record>(&value_);
  CHECK(fields != nullptr);
  fields->emplace_back(name.view(), std::move(value));
  return *this;
}

Value&& Value::set(FieldName name, Value value) && {
  return std::move(set(name, std::move(value)));
}

Value& Value::push(Value item) & {
  if (std::holds_alternative<std::monostate>(value_)) value_ = List{};
  auto* items = std::get_if<List>(&value_);
  CHECK(items != nullptr);
  items->push_back(std::move(item));
  return *this;
}

const Value* Value::find(std::string_view name) const {
  const auto* fields = as_record();
  if (fields == nullptr) return nullptr;
  for (const auto& [field, value] : *fields) {
    if (field == name) return &value;
  }
  return nullptr;
}

bool Value::is_text() const {
  return std::holds_alternative<std::string>(value_) ||
         std::holds_alternative<std::string_view>(value_);
}

std::string_view Value::text() const {
  if (const auto* owned = std::get_if<std::string>(&value_)) return *owned;
  if (const auto* borrowed = std::get_if<std::string_view>(&value_)) return *borrowed;
  return {};
}

bool Value::is_shown() const {
  if (const auto* truth = std::get_if<bool>(&value_)) return *truth;
  if (const auto* items = as_list()) return !items->empty();
  if (const auto* html = as_html()) return !html->html().empty();
  return as_record() != nullptr || !text().empty();
}

}  // namespace web
