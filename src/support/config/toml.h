// TOML files as base::Json: configuration, mappings and catalogues are read through this.
//
// Members keep the order of the file. Dates and times become their text. Floats are refused:
// amounts and rates are written as strings ("25.5"), so that no binary floating point can creep
// in. Reading never crashes on any bytes; it stops at the first error, which names file and line.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/text/json.h"

namespace config {

inline constexpr std::size_t kTomlBytesMax = 1'048'576;
// Tables in tables, arrays in arrays and the dots of one key.
inline constexpr int kTomlDepthMax = 32;

// A file that was read: its value, and where each part of it stands.
class Toml {
 public:
  // `name` is what errors call the file.
  // Errors: toml_syntax, toml_float, toml_integer_range, toml_too_deep, toml_too_large.
  [[nodiscard]] static base::Result<Toml> parse(std::string_view text, std::string_view name);

  [[nodiscard]] const base::Json& root() const { return root_; }
  // "name:line" of a path such as "server.port" or "columns.0.name", for errors about what was
  // read. A path that is absent gets the line of the closest part above it.
  [[nodiscard]] std::string place(std::string_view path) const;

 private:
  std::string name_;
  base::Json root_;
  std::map<std::string, std::size_t, std::less<>> lines_;
};

// The value alone, for callers that need no places.
[[nodiscard]] base::Result<base::Json> parse_toml(std::string_view text, std::string_view name);

}  // namespace config
