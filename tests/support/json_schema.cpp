#include "tests/support/json_schema.h"

#include <algorithm>
#include <array>
#include <regex>

namespace tests {
namespace {

using base::Json;

// Of a value in the words of JSON Schema.
std::string_view type_of(const Json& value) {
  if (value.as_bool() != nullptr) return "boolean";
  if (value.as_integer() != nullptr) return "integer";
  if (value.as_string() != nullptr) return "string";
  if (value.as_array() != nullptr) return "array";
  if (value.as_object() != nullptr) return "object";
  return "null";
}

// The items of a list, or the one that stands for itself.
std::vector<Json> items_of(const Json& one_or_list) {
  if (const auto* list = one_or_list.as_array()) return *list;
  return {one_or_list};
}

bool has(const Json& list, const Json& item) {
  const auto items = items_of(list);
  return std::ranges::find(items, item) != items.end();
}

bool has_member(const Json& object, std::string_view name) {
  const auto* members = object.as_object();
  return members != nullptr &&
         std::ranges::find(*members, name, &Json::Member::first) != members->end();
}

class Check {
 public:
  explicit Check(const SchemaSet& set) : set_(set) {}

  void check(const std::string& document, const Json& schema, const Json& value,
             const std::string& place) {
    if (has_member(schema, "$ref")) {
      const auto target = set_.resolve(document, schema.text("$ref"));
      if (target.schema == nullptr) return add(place, "the schema's reference leads nowhere");
      check(target.name, *target.schema, value, place);
    }
    if (has_member(schema, "type") && !has(schema["type"], Json(type_of(value)))) {
      return add(place, "is of type " + std::string(type_of(value)));
    }
    if (has_member(schema, "const") && schema["const"] != value) add(place, "is another value");
    if (has_member(schema, "enum") && !has(schema["enum"], value)) {
      add(place, "is none of the values: " + value.dump());
    }
    check_text(schema, value, place);
    check_number(schema, value, place);
    check_object(document, schema, value, place);
    check_array(document, schema, value, place);
    check_choice(document, schema, value, place);
  }

  std::vector<std::string> found;

 private:
  void add(const std::string& place, const std::string& why) {
    found.push_back(place + ": " + why);
  }

  void check_text(const Json& schema, const Json& value, const std::string& place) {
    const std::string* text = value.as_string();
    if (text == nullptr || !has_member(schema, "pattern")) return;
    if (!std::regex_search(*text, std::regex(schema.text("pattern")))) {
      add(place, "does not match " + schema.text("pattern") + ": " + *text);
    }
  }

  void check_number(const Json& schema, const Json& value, const std::string& place) {
    const std::int64_t* number = value.as_integer();
    if (number == nullptr || !has_member(schema, "minimum")) return;
    if (*number < schema.integer("minimum")) add(place, "is less than the minimum");
  }

  void check_object(const std::string& document, const Json& schema, const Json& value,
                    const std::string& place) {
    if (value.as_object() == nullptr) return;
    const Json& properties = schema["properties"];
    for (const auto& [name, member] : *value.as_object()) {
      const std::string where = place + "/" + name;
      if (has_member(properties, name)) {
        check(document, properties[name], member, where);
      } else if (const bool* more = schema["additionalProperties"].as_bool(); more && !*more) {
        add(where, "is not in the schema");
      }
    }
    if (!has_member(schema, "required")) return;
    for (const Json& name : items_of(schema["required"])) {
      if (!has_member(value, *name.as_string())) add(place + "/" + *name.as_string(), "is missing");
    }
  }

  void check_array(const std::string& document, const Json& schema, const Json& value,
                   const std::string& place) {
    if (value.as_array() == nullptr || !has_member(schema, "items")) return;
    std::size_t index = 0;
    for (const Json& item : *value.as_array()) {
      check(document, schema["items"], item, place + "/" + std::to_string(index++));
    }
  }

  void check_choice(const std::string& document, const Json& schema, const Json& value,
                    const std::string& place) {
    if (!has_member(schema, "anyOf")) return;
    std::string whys;
    for (const Json& choice : items_of(schema["anyOf"])) {
      Check one(set_);
      one.check(document, choice, value, place);
      if (one.found.empty()) return;
      whys += " (" + one.found.front() + ")";
    }
    add(place, "fits none of the choices" + whys);
  }

  const SchemaSet& set_;
};

class Review {
 public:
  Review(const SchemaSet& set, std::string document) : set_(set), document_(std::move(document)) {}

  void review(const Json& schema, const std::string& place) {
    if (schema.as_object() == nullptr) return add(place, "is no schema");
    for (const auto& [keyword, value] : *schema.as_object()) {
      const std::string where = place + "/" + keyword;
      if (keyword == "properties" || keyword == "$defs") {
        for (const auto& [name, part] : *value.as_object()) review(part, where + "/" + name);
      } else if (keyword == "items") {
        review(value, where);
      } else if (keyword == "anyOf") {
        for (const Json& part : *value.as_array()) review(part, where);
      } else if (keyword == "$ref") {
        if (set_.resolve(document_, *value.as_string()).schema == nullptr) {
          add(where, "leads nowhere: " + *value.as_string());
        }
      } else if (std::ranges::find(kOthers, keyword) == kOthers.end()) {
        add(where, "is a keyword that no check knows");
      }
    }
    if (has(schema["type"], Json("object"))) review_object(schema, place);
  }

  std::vector<std::string> found;

 private:
  static constexpr std::array<std::string_view, 10> kOthers = {
      "$schema", "title",   "description", "type",     "const",
      "enum",    "pattern", "minimum",     "required", "additionalProperties"};

  void add(const std::string& place, const std::string& why) {
    found.push_back(place + ": " + why);
  }

  void review_object(const Json& schema, const std::string& place) {
    if (schema["additionalProperties"].as_bool() == nullptr) {
      add(place, "does not say whether there may be other members");
    }
    if (!has_member(schema, "required")) return;
    for (const Json& name : items_of(schema["required"])) {
      if (!has_member(schema["properties"], *name.as_string())) {
        add(place, "requires a member that it does not describe: " + *name.as_string());
      }
    }
  }

  const SchemaSet& set_;
  std::string document_;
};

}  // namespace

SchemaSet::Found SchemaSet::resolve(const std::string& name, const std::string& reference) const {
  const auto hash = reference.find('#');
  const std::string document = hash == 0 ? name : reference.substr(0, hash);
  const auto found = schemas_.find(document);
  if (found == schemas_.end()) return {nullptr, document};
  const Json* schema = &found->second;
  std::string_view pointer =
      hash == std::string::npos ? "" : std::string_view(reference).substr(hash + 1);
  while (!pointer.empty()) {
    pointer.remove_prefix(1);  // The slash before each step.
    const std::string_view step = pointer.substr(0, pointer.find('/'));
    if (!has_member(*schema, step)) return {nullptr, document};
    schema = &(*schema)[step];
    pointer.remove_prefix(step.size());
  }
  return {schema, document};
}

std::vector<std::string> SchemaSet::misfits(const std::string& name, const Json& value) const {
  const auto schema = schemas_.find(name);
  if (schema == schemas_.end()) return {"there is no schema " + name};
  Check check(*this);
  check.check(name, schema->second, value, "");
  return check.found;
}

std::vector<std::string> SchemaSet::defects(const std::string& name) const {
  const auto schema = schemas_.find(name);
  if (schema == schemas_.end()) return {"there is no schema " + name};
  Review review(*this, name);
  review.review(schema->second, "");
  return review.found;
}

}  // namespace tests
