// What every list of the console has: a filter that stands in the address, numbered pages, and a
// file of exactly what is filtered.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "web/call.h"
#include "web/http.h"
#include "web/template/value.h"

namespace web::console {

inline constexpr std::size_t kRowsAPage = 50;
// Beyond it a list is filtered, or exported.
inline constexpr std::size_t kPagesMax = 2000;

// The fields of the query that belong to the filter, in the given order.
[[nodiscard]] Fields filter_of(const Call& call, std::span<const std::string_view> names);
// The path with what is not empty of the filter.
[[nodiscard]] std::string link_to(std::string_view path, const Fields& filter);
// ?page=N, 1 where it is absent or no such page.
[[nodiscard]] std::size_t page_of(const Call& call);

struct Shown {
  std::string_view path;              // "/console/bills"
  std::string_view export_path = {};  // "/console/bills.csv"; empty: no file.
  const Fields& filter;
  std::int64_t count = 0;  // Rows in all.
};
// Values for the template console/pages: pages, count, export, clear.
void add_pages(const Call& call, const Shown& shown, Value& values);

// Choices of a <select>: each value with its text; `prefix` + value is the text's key.
[[nodiscard]] Value choices(const Call& call, std::string_view prefix,
                            std::span<const std::string_view> values, std::string_view chosen);

// A file that is made while it is sent: `next` gives lines for the rows from a place on, and
// nothing at the end.
[[nodiscard]] Response csv_stream(std::string_view file_name, std::string head,
                                  std::function<base::Result<std::string>()> next);

// A key for a form, so that sending it twice does it once.
[[nodiscard]] std::string form_key(const Call& call);

}  // namespace web::console
