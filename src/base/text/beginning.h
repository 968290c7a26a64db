// The beginning of a text that somebody else wrote, for a message or a field with a limit: whole
// characters only, so that what is shown stays UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace base {

// At most so many bytes of it; a character that does not fit is left out.
[[nodiscard]] inline std::string beginning(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return std::string(text);
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

}  // namespace base
