// Splits bytes, in chunks of any size, into lines of bounded length.
//
// Lines end with LF or CRLF. Of a line longer than kLineBytesMax only its beginning is kept, so
// that a line of a gigabyte costs no more memory than any other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result/result.h"

namespace formats::source {

inline constexpr std::size_t kLineBytesMax = 65'536;
inline constexpr std::size_t kLongLineKeptBytes = 1'024;

struct Line {
  std::int64_t number = 0;  // From 1.
  std::int64_t offset = 0;  // Of its first byte in the file.
  std::int64_t end = 0;     // Of the first byte after it and its line end.
  bool too_long = false;    // Then `bytes` is its beginning.
  std::string bytes;        // Without its end.
};

class LineSplitter {
 public:
  using Visit = std::function<base::Result<>(Line&&)>;

  // Calls `visit` for each line that is whole. An error from it ends the call and is returned.
  [[nodiscard]] base::Result<> feed(std::string_view chunk, const Visit& visit);
  // The last line, where it has no end.
  [[nodiscard]] base::Result<> finish(const Visit& visit);

 private:
  void add(std::string_view bytes);
  void cut_line();
  [[nodiscard]] base::Result<> end_line(std::size_t end_bytes, const Visit& visit);

  Line line_{.number = 1, .offset = 0, .end = 0, .too_long = false, .bytes = {}};
  std::int64_t size_ = 0;  // Of the whole line so far, kept or not.
};

}  // namespace formats::source
