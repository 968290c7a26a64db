#include "formats/source/line_splitter.h"

#include <algorithm>
#include <utility>

namespace formats::source {

base::Result<> LineSplitter::feed(std::string_view chunk, const Visit& visit) {
  while (!chunk.empty()) {
    const std::size_t end = chunk.find('\n');
    if (end == std::string_view::npos) {
      add(chunk);
      return {};
    }
    add(chunk.substr(0, end));
    TRY(end_line(1, visit));
    chunk.remove_prefix(end + 1);
  }
  return {};
}

base::Result<> LineSplitter::finish(const Visit& visit) {
  if (size_ == 0) return {};
  return end_line(0, visit);
}

void LineSplitter::add(std::string_view bytes) {
  size_ += static_cast<std::int64_t>(bytes.size());
  if (line_.too_long) return;
  // One byte of grace: the CR of a line end is not part of the line.
  if (line_.bytes.size() + bytes.size() > kLineBytesMax + 1) {
    line_.bytes += bytes.substr(0, kLongLineKeptBytes);
    cut_line();
    return;
  }
  line_.bytes += bytes;
}

void LineSplitter::cut_line() {
  line_.bytes.resize(std::min(line_.bytes.size(), kLongLineKeptBytes));
  line_.bytes.shrink_to_fit();
  line_.too_long = true;
}

base::Result<> LineSplitter::end_line(std::size_t end_bytes, const Visit& visit) {
  if (!line_.too_long) {
    if (line_.bytes.ends_with('\r')) line_.bytes.pop_back();
    if (line_.bytes.size() > kLineBytesMax) cut_line();
  }
  line_.end = line_.offset + size_ + static_cast<std::int64_t>(end_bytes);
  Line next{
      .number = line_.number + 1, .offset = line_.end, .end = 0, .too_long = false, .bytes = {}};
  size_ = 0;
  Line done = std::exchange(line_, std::move(next));
  return visit(std::move(done));
}

}  // namespace formats::source
