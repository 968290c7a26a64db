// What a benchmark came to, as one JSON object a line for programs (`./dev bench --json`):
// {"name","storage","value","unit","limit","ratio","peak_mb"}.
//
// A benchmark is registered as "NAME/STORAGE" (sqlite, postgres, memory), and what the machine
// could do at best as "NAME/limit/STORAGE", or as "NAME/limit" for all of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

struct BenchLine {
  std::string name;
  std::string storage;
  bool is_limit = false;
  double value = 0;
  std::string unit;
  std::optional<double> limit;
  std::int64_t peak_mb = 0;
};

// Takes "bill-run/limit/sqlite" apart; what follows the storage does not matter.
[[nodiscard]] BenchLine named_line(std::string_view benchmark);

// The lines that are not limits, each with its own.
[[nodiscard]] std::vector<BenchLine> with_limits(const std::vector<BenchLine>& lines);

[[nodiscard]] std::string to_json(const BenchLine& line);

}  // namespace tests
