// A small reader of JSON Schema (2020-12) for the schemas that we publish: whether a value fits,
// and whether a schema is one that we would publish.
//
// It knows the keywords that we use: $ref, type, const, enum, pattern, minimum, properties,
// required, additionalProperties, items, anyOf. Any other is a defect of the schema.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/json.h"

namespace tests {

class SchemaSet {
 public:
  // A schema refers to another by the name under which that was added: "common.json#/$defs/id".
  void add(const std::string& name, base::Json schema) { schemas_[name] = std::move(schema); }
  [[nodiscard]] bool contains(const std::string& name) const { return schemas_.contains(name); }

  // Everything in `value` that does not fit, as "/pointer: why".
  [[nodiscard]] std::vector<std::string> misfits(const std::string& name,
                                                 const base::Json& value) const;
  // What keeps the schema from being strict and readable: keywords that are not known, references
  // that lead nowhere, objects that leave open which members they have.
  [[nodiscard]] std::vector<std::string> defects(const std::string& name) const;

  struct Found {
    const base::Json* schema;  // Null: nowhere.
    std::string name;          // The document in which it stands.
  };
  // What a reference that stands in the document `name` leads to.
  [[nodiscard]] Found resolve(const std::string& name, const std::string& reference) const;

 private:
  std::map<std::string, base::Json> schemas_;
};

}  // namespace tests
