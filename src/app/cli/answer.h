// What a command answers: one JSON value for programs, one text for people, one exit code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/text/json.h"

namespace app::cli {

// D14.
enum class Exit {
  kDone = 0,
  kNegative = 1,
  kUsage = 2,
  kNotRecognised = 3,
  kEnvironment = 4,
};

struct Answer {
  base::Json json;   // Printed with --json: one line.
  std::string text;  // Printed without; ends with a line break unless empty.
  Exit exit = Exit::kDone;
};

// An error about what was given for an option names the option, unless it names a place itself.
template <class T>
[[nodiscard]] base::Result<T> of_option(std::string_view option, base::Result<T> value) {
  if (!value && value.error().place.empty()) value.error().place = option;
  return value;
}

// Which exit code an error's code stands for.
[[nodiscard]] Exit exit_of(const base::Error& error);
// {"error": {"code", "text", "place"}}
[[nodiscard]] base::Json error_json(const base::Error& error);

// A table for people: columns padded to their widest cell, two spaces between.
class TextTable {
 public:
  // Columns whose name ends with '>' are right-aligned; the sign itself is not shown.
  explicit TextTable(std::vector<std::string> columns);
  void add(std::vector<std::string> row);
  [[nodiscard]] std::string to_text() const;

 private:
  std::vector<bool> right_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace app::cli
