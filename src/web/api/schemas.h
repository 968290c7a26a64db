// The shapes of what the API takes and gives: one table, from which bodies are checked and the
// OpenAPI document is made.
//
// Amounts and decimals are texts, ids are texts with a prefix, days are ISO 8601. A member that
// has no value is absent, never null.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/text/json.h"

namespace web {

enum class FieldType {
  kText,
  kInteger,
  kBoolean,
  kDate,      // 2026-11-01
  kTime,      // 2026-11-01T06:00:00Z
  kMonth,     // 2026-10
  kAmount,    // 1272.80
  kId,        // bill_...; `of` is the prefix
  kObject,    // `of` names its schema
  kList,      // of objects; `of` names their schema
  kTexts,     // a list of texts
  kAnything,  // an object whose members depend on something else
};

struct SchemaField {
  std::string_view name;
  FieldType type;
  std::string_view meaning;
  std::string_view of = {};
  bool is_optional = false;
};

struct Schema {
  std::string_view name;
  std::string_view meaning;
  std::span<const SchemaField> fields;
};

[[nodiscard]] std::span<const Schema> schemas();
// Null where there is none of this name.
[[nodiscard]] const Schema* find_schema(std::string_view name);

// The longest text that a member of a request may be.
inline constexpr std::size_t kRequestTextMax = 10'000;

// Everything that keeps a request's body from being of the schema; the place of each error is a
// JSON pointer. Codes: member_missing, member_unknown, member_wrong_type, member_bad_value.
[[nodiscard]] std::vector<base::Error> check_body(const base::Json& body, const Schema& schema);

}  // namespace web
