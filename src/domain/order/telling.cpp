#include "domain/order/telling.h"

#include <array>

#include "base/time/instant.h"

namespace domain {
namespace {

// Seconds; the last one again until the tries are used up.
constexpr auto kGaps = std::to_array<std::int64_t>({5, 30, 120, 600, 1'800, 7'200, 21'600});
constexpr std::int64_t kTriesMax = 18;

}  // namespace

std::optional<std::int64_t> telling_gap_micros(std::int64_t tries) {
  if (tries >= kTriesMax) return std::nullopt;
  const auto last = static_cast<std::int64_t>(kGaps.size()) - 1;
  const std::int64_t at = tries < 1 ? 0 : tries - 1 < last ? tries - 1 : last;
  return kGaps[static_cast<std::size_t>(at)] * base::kMicrosPerSecond;
}

}  // namespace domain
