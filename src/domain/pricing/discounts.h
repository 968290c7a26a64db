// Discounts on the lines of a bill: amounts and percentages, each on the lines that it is for.
//
//   best_only  of those that share a line, the one that takes most alone; the first of equal ones
//   adds       one after the other, each on what those before and the best ones left of its lines
//
//   percentage: takes round(what is left of its lines x rate)
//   amount:     takes itself, at most what is left of its lines; the rest of it is lost
//   each is split over its lines in proportion to what is left of them, in whole minor units
//
// Lines at or below zero are never discounted. Formulas with examples: docs/guides/pricing.md.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"

namespace domain {

// What happens where several discounts stand on one line.
enum class Stacking { kAdds, kBestOnly };

struct Discount {
  std::string code;
  std::variant<base::Money, base::Percent> off;
  std::vector<std::size_t> lines = {};  // Which of the lines, by place from 0; empty: all.
  Stacking stacking = Stacking::kAdds;
};

struct Discounted {
  // By discount: what it takes in all; 0 where another one was better.
  std::vector<base::Money> taken;
  // By discount and line: how that divides, by largest remainder. Together they never take more
  // than there is of a line.
  std::vector<std::vector<base::Money>> parts;
};

// Lines and amounts are of one currency, lines of a discount exist and stand once; CHECKed.
// Errors: bad_discount (an amount below zero, a percentage not from 0 to 100; place: the code).
[[nodiscard]] base::Result<Discounted> apply_discounts(std::span<const base::Money> nets,
                                                       std::span<const Discount> discounts);

[[nodiscard]] std::string_view to_text(Stacking stacking);  // "adds"
[[nodiscard]] base::Result<Stacking> parse_stacking(std::string_view text);

}  // namespace domain
