// Pairs what was measured with its limit, and writes it.
#include "tests/support/bench_line.h"

#include <cstdio>

namespace tests {
namespace {

// Six figures, which is more than any measurement is worth; JSON takes no 1e+06 for a round one.
std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, value < 100'000 ? "%.6g" : "%.0f", value);
  return text;
}

// Cuts off what stands before the next slash.
std::string_view next_part(std::string_view& rest) {
  const std::size_t slash = rest.find('/');
  const std::string_view part = rest.substr(0, slash);
  rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
  return part;
}

}  // namespace

BenchLine named_line(std::string_view benchmark) {
  BenchLine line;
  line.name = next_part(benchmark);
  std::string_view part = next_part(benchmark);
  line.is_limit = part == "limit";
  if (line.is_limit) part = next_part(benchmark);
  line.storage = part;
  return line;
}

std::vector<BenchLine> with_limits(const std::vector<BenchLine>& lines) {
  std::vector<BenchLine> answers;
  for (const BenchLine& line : lines) {
    if (line.is_limit) continue;
    BenchLine answer = line;
    for (const BenchLine& other : lines) {
      const bool fits = other.storage.empty() || other.storage == line.storage;
      if (other.is_limit && other.name == line.name && fits) answer.limit = other.value;
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

// By hand: the product's own JSON knows no numbers with a point. Names and units are plain words.
std::string to_json(const BenchLine& line) {
  const bool has_ratio = line.limit && *line.limit > 0;
  return R"({"name":")" + line.name + R"(","storage":")" + line.storage + R"(","value":)" +
         number(line.value) + R"(,"unit":")" + line.unit + R"(","limit":)" +
         (line.limit ? number(*line.limit) : "null") + R"(,"ratio":)" +
         (has_ratio ? number(line.value / *line.limit) : "null") + R"(,"peak_mb":)" +
         std::to_string(line.peak_mb) + "}";
}

}  // namespace tests
