// Tables of the console as files: RFC 4180, UTF-8 with a mark at the start, which spreadsheets
// look for.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "web/http.h"

namespace web::console {

inline constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

// One line, every field in quotes.
[[nodiscard]] std::string csv_line(std::span<const std::string> fields);
[[nodiscard]] std::string csv_line(std::initializer_list<std::string> fields);

// An answer without its body, to be saved under this name.
[[nodiscard]] Response csv_download(std::string_view file_name);
// With the whole body, before which the mark is put.
[[nodiscard]] Response csv_response(std::string_view file_name, std::string_view body);

}  // namespace web::console
