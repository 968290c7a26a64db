// Discounts on the lines of a bill: amounts and percentages, each on the lines that it is for.
//
//   in_order   one after the other, each on what the ones before have left of its lines
//   best_only  the one that takes most alone; the first of equal ones
//
//   percentage: takes round(what is left of its lines x rate)
//   amount:     takes itself, at most what is left of its lines; the rest of it is lost
//   each is split over its lines in proportion to what is left of them, exact to ten places
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

enum class DiscountStacking { kInOrder, kBestOnly };

struct Discount {
  std::string code;
  std::variant<base::Money, base::Percent> off;
  std::vector<std::size_t> lines = {};  // Which of the lines, by place from 0; empty: all.
};

struct Discounted {
  // By discount: what it takes in all; 0 where another one was better.
  std::vector<base::Money> taken;
  // By discount and line: how that divides.
  std::vector<std::vector<base::Decimal>> shares;
  // By line: what all of them take of it, in minor units, by largest remainder. Adds up to the sum
  // of `taken` and is never more than the line.
  std::vector<base::Money> line_discounts;
};

// Lines and amounts are of one currency, lines of a discount exist and stand once; CHECKed.
// Errors: bad_discount (an amount below zero, a percentage not from 0 to 100; place: the code).
[[nodiscard]] base::Result<Discounted> apply_discounts(std::span<const base::Money> nets,
                                                       std::span<const Discount> discounts,
                                                       DiscountStacking stacking);

[[nodiscard]] std::string_view to_text(DiscountStacking stacking);  // "in_order"
[[nodiscard]] base::Result<DiscountStacking> parse_discount_stacking(std::string_view text);

}  // namespace domain
