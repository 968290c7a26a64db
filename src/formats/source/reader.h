// Readers of source files: bytes, pushed in chunks of any size, to records with their places.
//
// A reader never stops at a bad record: it hands it out as unreadable, with what is wrong, and
// goes on. It keeps no more than a few lines in memory. Only a file that is not what its mapping
// says, seen at its head, is refused as a whole.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "domain/intake/record.h"

namespace formats::source {

struct SourceItem {
  std::int64_t line = 0;    // Of its first line, from 1.
  std::int64_t offset = 0;  // Of its first byte.
  std::int64_t end = 0;     // Of the first byte after it and its line end.
  std::string raw;          // As it stands in the file, as UTF-8, without the line's end.
  std::optional<domain::Problem> unreadable;
  domain::Record record;  // Empty where it is unreadable.
};

class Reader {
 public:
  using Visit = std::function<base::Result<>(SourceItem&&)>;

  virtual ~Reader() = default;
  // Errors: those of the file's head (source_header_*, named by each reader), those of `visit`.
  [[nodiscard]] virtual base::Result<> feed(std::string_view chunk, const Visit& visit) = 0;
  // After the last chunk. Errors: source_is_empty, and those of feed.
  [[nodiscard]] virtual base::Result<> finish(const Visit& visit) = 0;
  // Whether the file was seen to be what its mapping says: errors before that are of its head.
  [[nodiscard]] virtual bool knows_head() const = 0;
  // What has to stand before a record for it to be read alone: the header. Known once the head is;
  // empty where a record stands for itself.
  [[nodiscard]] virtual const std::string& context() const = 0;
};

}  // namespace formats::source
