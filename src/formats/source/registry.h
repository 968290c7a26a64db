// The kinds of source files that can be read. A mapping names one.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "formats/source/mapping.h"
#include "formats/source/reader.h"

namespace formats::source {

struct ReaderKind {
  std::string_view name;
  // The mapping must outlive the reader.
  std::unique_ptr<Reader> (*make)(const RecordMapping& mapping);
};

[[nodiscard]] std::span<const ReaderKind> reader_kinds();
// Null where there is none of this name.
[[nodiscard]] const ReaderKind* find_reader_kind(std::string_view name);
// Of the kind that the mapping names.
[[nodiscard]] std::unique_ptr<Reader> make_reader(const RecordMapping& mapping);

}  // namespace formats::source
