#include "domain/pricing/increments.h"

#include <charconv>

namespace domain {
namespace {

constexpr std::int64_t kIncrementMax = 10'000'000'000'000;  // 10 TB in bytes.

// -1 where the text is no whole number that may be.
std::int64_t parse_step(std::string_view text) {
  std::int64_t step = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), step);
  if (error != std::errc() || end != text.data() + text.size()) return -1;
  return step <= kIncrementMax ? step : -1;
}

}  // namespace

base::Result<Increments> Increments::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash != text.npos) {
    const Increments read{parse_step(text.substr(0, slash)), parse_step(text.substr(slash + 1))};
    if (read.first >= 0 && read.then > 0) return read;
  }
  return base::fail("bad_increments", "'" + std::string(text.substr(0, 40)) +
                                          "' is not like 60/1: the first step, then the others");
}

std::string Increments::to_string() const {
  return std::to_string(first) + "/" + std::to_string(then);
}

std::int64_t Increments::count(std::int64_t quantity) const {
  if (quantity <= 0) return 0;
  if (quantity <= first) return first;
  const std::int64_t beyond = quantity - first;
  return first + (beyond / then + (beyond % then == 0 ? 0 : 1)) * then;
}

}  // namespace domain
