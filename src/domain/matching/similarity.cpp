// Jaro-Winkler on bytes; names longer than 64 letters are compared by their first 64.
#include "domain/matching/similarity.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace domain::matching {
namespace {

constexpr std::size_t kLettersMax = 64;  // The letters that are taken stand in one machine word.
constexpr std::size_t kBeginningMax = 4;
constexpr double kBeginningBonus = 0.1;

struct Common {
  std::uint64_t of_a = 0;
  std::uint64_t of_b = 0;
  std::size_t letters = 0;
};

// The letters of `a` that stand in `b` too, not further away than half of the longer text.
Common common_letters(std::string_view a, std::string_view b) {
  const std::size_t longest = std::max(a.size(), b.size());
  const std::size_t reach = longest > 3 ? longest / 2 - 1 : 0;
  Common common;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t from = i > reach ? i - reach : 0;
    const std::size_t to = std::min(b.size(), i + reach + 1);
    for (std::size_t j = from; j < to; ++j) {
      if (a[i] != b[j] || (common.of_b >> j & 1U) != 0) continue;
      common.of_a |= std::uint64_t{1} << i;
      common.of_b |= std::uint64_t{1} << j;
      ++common.letters;
      break;
    }
  }
  return common;
}

std::size_t out_of_order(std::string_view a, std::string_view b, const Common& common) {
  std::size_t differing = 0;
  std::size_t j = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if ((common.of_a >> i & 1U) == 0) continue;
    while ((common.of_b >> j & 1U) == 0) ++j;
    if (a[i] != b[j]) ++differing;
    ++j;
  }
  return differing / 2;
}

}  // namespace

double jaro_winkler(std::string_view a, std::string_view b) {
  a = a.substr(0, kLettersMax);
  b = b.substr(0, kLettersMax);
  if (a == b) return 1;
  const Common common = common_letters(a, b);
  if (common.letters == 0) return 0;
  const auto letters = static_cast<double>(common.letters);
  const auto moved = static_cast<double>(out_of_order(a, b, common));
  const double jaro = (letters / static_cast<double>(a.size()) +
                       letters / static_cast<double>(b.size()) + (letters - moved) / letters) /
                      3;
  const auto ends = std::ranges::mismatch(a.substr(0, kBeginningMax), b.substr(0, kBeginningMax));
  const auto beginning = static_cast<double>(ends.in1 - a.begin());
  return jaro + beginning * kBeginningBonus * (1 - jaro);
}

}  // namespace domain::matching
