#include "tests/web/openapi_check.h"

#include <algorithm>
#include <regex>

#include "base/time/date.h"
#include "base/time/instant.h"

namespace tests {
namespace {

using base::Json;

constexpr std::string_view kReferencePrefix = "#/components/schemas/";

const Json& resolve(const Json& document, const Json& schema) {
  const std::string reference = schema.text("$ref");
  if (reference.empty()) return schema;
  return document["components"]["schemas"][reference.substr(kReferencePrefix.size())];
}

class Check {
 public:
  explicit Check(const Json& document) : document_(document) {}

  void check(const Json& schema_or_reference, const Json& value, const std::string& place) {
    const Json& schema = resolve(document_, schema_or_reference);
    const std::string type = schema.text("type");
    if (type == "object") return check_object(schema, value, place);
    if (type == "array") return check_array(schema, value, place);
    if (type == "string") return check_string(schema, value, place);
    if (type == "integer" && value.as_integer() == nullptr) add(place, "is no integer");
    if (type == "boolean" && value.as_bool() == nullptr) add(place, "is no truth value");
    if (type != "integer" && type != "boolean") add(place, "has a schema of unknown type " + type);
  }

  std::vector<std::string> found;

 private:
  void add(const std::string& place, const std::string& why) {
    found.push_back(place + ": " + why);
  }

  void check_object(const Json& schema, const Json& value, const std::string& place) {
    if (value.as_object() == nullptr) return add(place, "is no object");
    const Json& properties = schema["properties"];
    if (properties.is_null()) return;  // Anything goes.
    for (const auto& [name, member] : *value.as_object()) {
      const Json& property = properties[name];
      if (property.is_null()) {
        add(place + "/" + name, "is not in the schema");
      } else {
        check(property, member, place + "/" + name);
      }
    }
    if (schema["required"].as_array() == nullptr) return;
    for (const Json& name : *schema["required"].as_array()) {
      if (value[*name.as_string()].is_null()) add(place + "/" + *name.as_string(), "is missing");
    }
  }

  void check_array(const Json& schema, const Json& value, const std::string& place) {
    if (value.as_array() == nullptr) return add(place, "is no list");
    std::size_t index = 0;
    for (const Json& item : *value.as_array()) {
      check(schema["items"], item, place + "/" + std::to_string(index++));
    }
  }

  void check_string(const Json& schema, const Json& value, const std::string& place) {
    if (value.as_string() == nullptr) return add(place, "is no text");
    const std::string& text = *value.as_string();
    const std::string format = schema.text("format");
    if (format == "date" && !base::Date::parse(text)) add(place, "is no day: " + text);
    if (format == "date-time" && !base::Instant::parse(text)) add(place, "is no time: " + text);
    const std::string pattern = schema.text("pattern");
    if (!pattern.empty() && !std::regex_match(text, std::regex(pattern))) {
      add(place, "does not match " + pattern + ": " + text);
    }
  }

  const Json& document_;
};

void find_dangling(const Json& document, const Json& part, std::vector<std::string>& found) {
  if (const auto* members = part.as_object()) {
    for (const auto& [name, member] : *members) {
      if (name == "$ref") {
        const std::string& reference = *member.as_string();
        const bool leads =
            reference.starts_with(kReferencePrefix) &&
            !document["components"]["schemas"][reference.substr(kReferencePrefix.size())].is_null();
        if (!leads) found.push_back(reference);
      }
      find_dangling(document, member, found);
    }
  } else if (const auto* items = part.as_array()) {
    for (const Json& item : *items) find_dangling(document, item, found);
  }
}

}  // namespace

std::vector<std::string> misfits(const Json& document, const Json& schema, const Json& value) {
  Check check(document);
  check.check(schema, value, "");
  return check.found;
}

const Json& answer_schema(const Json& document, std::string_view method, std::string_view path) {
  static const Json kNone;
  const auto* answers = document["paths"][path][method]["responses"].as_object();
  if (answers == nullptr || answers->empty()) return kNone;
  return answers->front().second["content"]["application/json"]["schema"];
}

std::vector<std::string> dangling_references(const Json& document) {
  std::vector<std::string> found;
  find_dangling(document, document, found);
  return found;
}

}  // namespace tests
