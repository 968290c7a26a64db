// The kinds of records that an import understands. A mapping names one of them for each kind of
// file and says which column is which field. To add one: one row in record_kind.cpp, a reader of
// its meaning beside it, and what becomes of it in flows/operations.
#pragma once

#include <span>
#include <string_view>

#include "domain/intake/record.h"

namespace domain {

struct RecordKind {
  std::string_view name;
  std::span<const FieldSpec> fields;

  // Null where it has no field of this name.
  [[nodiscard]] const FieldSpec* find_field(std::string_view field) const;
};

[[nodiscard]] std::span<const RecordKind> record_kinds();
// Null where there is none of this name.
[[nodiscard]] const RecordKind* find_record_kind(std::string_view name);

}  // namespace domain
