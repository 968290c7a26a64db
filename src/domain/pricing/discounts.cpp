#include "domain/pricing/discounts.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "base/result/check.h"

namespace domain {
namespace {

using base::Decimal;
using base::Int128;
using base::Money;
using base::RoundingMode;

constexpr Int128 kHundred = 100;

// What a line gives to a discount: whole minor units, and what was cut off of them.
struct Part {
  std::size_t line = 0;
  Int128 value = 0;
  Int128 lost = 0;
};

class Remaining {
 public:
  explicit Remaining(std::span<const Money> nets)
      : currency_(nets.empty() ? base::Currency() : nets.front().currency()) {
    for (const Money& net : nets) {
      CHECK(net.currency() == currency_);
      left_.push_back(std::max<std::int64_t>(0, net.minor()));
    }
  }

  // What the discount comes to now.
  [[nodiscard]] Money worth(const Discount& discount) const {
    const Int128 base = base_of(discount);
    Int128 worth = 0;
    if (const auto* amount = std::get_if<Money>(&discount.off)) {
      CHECK(amount->currency() == currency_);
      worth = std::min<Int128>(amount->minor(), base);
    } else {
      const Int128 rate = std::get<base::Percent>(discount.off).value.scaled();
      worth = base::divide_rounded(base * rate, kHundred * Decimal::kOne, RoundingMode::kHalfUp);
    }
    return Money(static_cast<std::int64_t>(worth), currency_);
  }

  // Takes the discount off and answers how it divides over all lines.
  std::vector<Money> take(const Discount& discount, Money worth) {
    std::vector<Money> divided(left_.size(), Money(0, currency_));
    const Int128 base = base_of(discount);
    std::vector<Part> parts;
    Int128 rest = worth.minor();
    for (const std::size_t line : lines_of(discount)) {
      if (base == 0) break;
      const Int128 product = static_cast<Int128>(worth.minor()) * left_[line];
      parts.push_back({line, product / base, product % base});
      rest -= parts.back().value;
    }
    // By one to those that lost most when they were cut.
    std::ranges::stable_sort(parts, std::ranges::greater(), &Part::lost);
    for (auto part = parts.begin(); rest > 0; ++part, --rest) part->value += 1;
    for (const Part& part : parts) {
      const auto minor = static_cast<std::int64_t>(part.value);
      left_[part.line] -= minor;
      divided[part.line] = Money(minor, currency_);
    }
    return divided;
  }

  [[nodiscard]] std::vector<std::size_t> lines_of(const Discount& discount) const {
    if (!discount.lines.empty()) return discount.lines;
    std::vector<std::size_t> all(left_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
  }

 private:
  [[nodiscard]] Int128 base_of(const Discount& discount) const {
    Int128 base = 0;
    for (const std::size_t line : lines_of(discount)) {
      CHECK(line < left_.size());
      base += left_[line];
    }
    return base;
  }

  base::Currency currency_;
  std::vector<std::int64_t> left_;
};

base::Result<> check_discount(const Discount& discount) {
  const auto* amount = std::get_if<Money>(&discount.off);
  if (amount != nullptr && amount->is_negative()) {
    return base::fail("bad_discount", "a discount is not below zero", discount.code);
  }
  const auto* percent = std::get_if<base::Percent>(&discount.off);
  if (percent != nullptr &&
      (percent->value.is_negative() || Decimal::from_integer(100) < percent->value)) {
    return base::fail("bad_discount", "a discount is from 0 to 100 %", discount.code);
  }
  return {};
}

// Which discounts count, in the order in which they are taken: of those that stand alone the best
// on its lines, then those that add.
std::vector<std::size_t> order_of(const Remaining& untouched, std::span<const Discount> discounts,
                                  std::size_t lines) {
  std::vector<std::size_t> alone, order;
  for (std::size_t at = 0; at < discounts.size(); ++at) {
    if (discounts[at].stacking == Stacking::kBestOnly) alone.push_back(at);
  }
  std::ranges::stable_sort(alone, std::ranges::greater(),
                           [&](std::size_t at) { return untouched.worth(discounts[at]).minor(); });
  std::vector<bool> has_best(lines);
  for (const std::size_t at : alone) {
    const auto own = untouched.lines_of(discounts[at]);
    if (std::ranges::any_of(own, [&](std::size_t line) { return has_best[line]; })) continue;
    for (const std::size_t line : own) has_best[line] = true;
    order.push_back(at);
  }
  for (std::size_t at = 0; at < discounts.size(); ++at) {
    if (discounts[at].stacking == Stacking::kAdds) order.push_back(at);
  }
  return order;
}

}  // namespace

base::Result<Discounted> apply_discounts(std::span<const Money> nets,
                                         std::span<const Discount> discounts) {
  for (const Discount& discount : discounts) TRY(check_discount(discount));
  Remaining remaining(nets);
  const Money nothing(0, nets.empty() ? base::Currency() : nets.front().currency());
  Discounted result{
      std::vector<Money>(discounts.size(), nothing),
      std::vector<std::vector<Money>>(discounts.size(), std::vector<Money>(nets.size(), nothing))};
  for (const std::size_t at : order_of(remaining, discounts, nets.size())) {
    result.taken[at] = remaining.worth(discounts[at]);
    result.parts[at] = remaining.take(discounts[at], result.taken[at]);
  }
  return result;
}

std::string_view to_text(Stacking stacking) {
  switch (stacking) {
    case Stacking::kAdds: return "adds";
    case Stacking::kBestOnly: return "best_only";
  }
  return {};
}

base::Result<Stacking> parse_stacking(std::string_view text) {
  for (const auto stacking : {Stacking::kAdds, Stacking::kBestOnly}) {
    if (to_text(stacking) == text) return stacking;
  }
  return base::fail("unknown_value",
                    "'" + std::string(text.substr(0, 40)) + "' is not adds or best_only");
}

}  // namespace domain
