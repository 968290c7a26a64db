// Every kind of source file. To add one: a reader beside this file and one line here.
#include "formats/source/registry.h"

#include <algorithm>

#include "base/result/check.h"
#include "formats/source/csv_reader.h"
#include "formats/source/json_lines_reader.h"

namespace formats::source {
namespace {

constexpr ReaderKind kReaderKinds[] = {
    {"csv", make_csv_reader},
    {"json_lines", make_json_lines_reader},
};

}  // namespace

std::span<const ReaderKind> reader_kinds() { return kReaderKinds; }

const ReaderKind* find_reader_kind(std::string_view name) {
  const auto found = std::ranges::find(kReaderKinds, name, &ReaderKind::name);
  return found == std::end(kReaderKinds) ? nullptr : found;
}

std::unique_ptr<Reader> make_reader(const RecordMapping& mapping) {
  const ReaderKind* kind = find_reader_kind(mapping.reader);
  CHECK(kind != nullptr);
  return kind->make(mapping);
}

}  // namespace formats::source
