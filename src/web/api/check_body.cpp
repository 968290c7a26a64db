// check_body(): a request's JSON against the table of schemas.
#include <algorithm>
#include <string>

#include "base/id/id.h"
#include "base/money/decimal.h"
#include "base/result/check.h"
#include "base/text/beginning.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "web/api/schemas.h"

namespace web {
namespace {

// Bodies nest as deep as their schemas do, so the depth of the checks below is bounded.
class BodyCheck {
 public:
  void check_object(const base::Json& object, const Schema& schema, const std::string& place) {
    if (object.as_object() == nullptr) return wrong_type(place, "an object");
    for (const auto& [name, value] : *object.as_object()) {
      if (std::ranges::find(schema.fields, name, &SchemaField::name) == schema.fields.end()) {
        errors_.push_back(base::fail("member_unknown", "there is no member of this name here",
                                     pointer(place, name))
                              .error());
      }
    }
    for (const SchemaField& field : schema.fields) {
      const std::string where = pointer(place, field.name);
      const base::Json& value = object[field.name];
      if (!value.is_null()) {
        check_value(value, field, where);
      } else if (!field.is_optional) {
        errors_.push_back(base::fail("member_missing", "this member is required", where).error());
      }
    }
  }

  [[nodiscard]] std::vector<base::Error> take() { return std::move(errors_); }

 private:
  static std::string pointer(const std::string& place, std::string_view name) {
    std::string path = place + "/";
    for (const char c :
         base::beginning(name, 60)) {  // RFC 6901: "~" and "/" are written ~0 and ~1.
      if (c == '~')
        path += "~0";
      else if (c == '/')
        path += "~1";
      else
        path.push_back(c);
    }
    return path;
  }

  void wrong_type(const std::string& place, std::string_view wanted) {
    errors_.push_back(
        base::fail("member_wrong_type", "this must be " + std::string(wanted), place).error());
  }

  void bad_value(const std::string& place, std::string_view wanted) {
    errors_.push_back(
        base::fail("member_bad_value", "this must be " + std::string(wanted), place).error());
  }

  void check_value(const base::Json& value, const SchemaField& field, const std::string& place) {
    switch (field.type) {
      case FieldType::kInteger:
        if (value.as_integer() == nullptr) wrong_type(place, "a whole number");
        return;
      case FieldType::kBoolean:
        if (value.as_bool() == nullptr) wrong_type(place, "true or false");
        return;
      case FieldType::kObject: {
        const Schema* schema = find_schema(field.of);
        CHECK(schema != nullptr);
        return check_object(value, *schema, place);
      }
      case FieldType::kList:
      case FieldType::kTexts: return check_list(value, field, place);
      case FieldType::kAnything:
        if (value.as_object() == nullptr) wrong_type(place, "an object");
        return;
      case FieldType::kText:
      case FieldType::kDate:
      case FieldType::kTime:
      case FieldType::kMonth:
      case FieldType::kAmount:
      case FieldType::kId:
        if (value.as_string() == nullptr) return wrong_type(place, "a text");
        return check_text(*value.as_string(), field, place);
    }
  }

  void check_list(const base::Json& value, const SchemaField& field, const std::string& place) {
    if (value.as_array() == nullptr) return wrong_type(place, "a list");
    std::size_t index = 0;
    for (const base::Json& item : *value.as_array()) {
      const std::string where = pointer(place, std::to_string(index++));
      if (field.type == FieldType::kTexts) {
        if (item.as_string() == nullptr) wrong_type(where, "a text");
        continue;
      }
      const Schema* schema = find_schema(field.of);
      CHECK(schema != nullptr);
      check_object(item, *schema, where);
    }
  }

  void check_text(const std::string& text, const SchemaField& field, const std::string& place) {
    if (text.size() > kRequestTextMax) return bad_value(place, "shorter than 10,000 bytes");
    if (text.contains('\0')) return bad_value(place, "text without NUL");
    if (field.type == FieldType::kDate && !base::Date::parse(text)) {
      bad_value(place, "a day like 2026-11-01");
    } else if (field.type == FieldType::kTime && !base::Instant::parse(text)) {
      bad_value(place, "a time like 2026-11-01T06:00:00Z");
    } else if (field.type == FieldType::kMonth && !base::Month::parse(text)) {
      bad_value(place, "a month like 2026-10");
    } else if (field.type == FieldType::kAmount && !base::Decimal::parse(text)) {
      bad_value(place, "an amount like 1272.80");
    } else if (field.type == FieldType::kId && !base::parse_id(field.of, text)) {
      bad_value(place, "an id like " + std::string(field.of) + "_...");
    }
  }

  std::vector<base::Error> errors_;
};

}  // namespace

std::vector<base::Error> check_body(const base::Json& body, const Schema& schema) {
  BodyCheck check;
  check.check_object(body, schema, "");
  return check.take();
}

}  // namespace web
