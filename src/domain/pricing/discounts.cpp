#include "domain/pricing/discounts.h"

#include <algorithm>
#include <numeric>

#include "base/result/check.h"

namespace domain {
namespace {

using base::Decimal;
using base::Int128;
using base::Money;
using base::RoundingMode;

constexpr Int128 kHundred = static_cast<Int128>(Decimal::kOne) * 100;

// Ten places in one minor unit.
Int128 scaled_per_minor(base::Currency currency) {
  return Decimal::kOne / currency.minor_per_unit();
}

// Gives `rest` to the parts that lost most when they were cut, one each.
struct Part {
  std::size_t line = 0;
  Int128 value = 0;
  Int128 lost = 0;
};
void give_rest(std::vector<Part>& parts, Int128 rest) {
  std::ranges::stable_sort(parts, std::ranges::greater(), &Part::lost);
  for (auto part = parts.begin(); rest > 0; ++part, --rest) part->value += 1;
}

class Remaining {
 public:
  explicit Remaining(std::span<const Money> nets)
      : currency_(nets.empty() ? base::Currency() : nets.front().currency()) {
    for (const Money& net : nets) {
      CHECK(net.currency() == currency_);
      left_.push_back(std::max<Int128>(0, net.minor()) * scaled_per_minor(currency_));
    }
  }

  // What the discount comes to now, in minor units.
  [[nodiscard]] Money worth(const Discount& discount) const {
    const Int128 base = base_of(discount);
    const Int128 minor = scaled_per_minor(currency_);
    Int128 worth = 0;
    if (const auto* amount = std::get_if<Money>(&discount.off)) {
      CHECK(amount->currency() == currency_);
      worth = amount->minor();
    } else {
      const Int128 rate = std::get<base::Percent>(discount.off).value.scaled();
      worth = base::divide_rounded(base * rate, kHundred * minor, RoundingMode::kHalfUp);
    }
    return Money(static_cast<std::int64_t>(std::min(worth, base / minor)), currency_);
  }

  // Takes the discount off and answers how it divides over all lines.
  std::vector<Decimal> take(const Discount& discount, Money worth) {
    std::vector<Decimal> shares(left_.size());
    const Int128 base = base_of(discount);
    if (worth.is_zero()) return shares;
    const Int128 minor = scaled_per_minor(currency_);
    std::vector<Part> parts;
    Int128 rest = worth.minor() * minor;
    for (const std::size_t line : lines_of(discount)) {
      // worth x left / base in two steps, because the product has more digits than fit.
      const Int128 product = worth.minor() * left_[line];
      const Int128 finer = product % base * minor;
      const Part part{line, product / base * minor + finer / base, finer % base};
      parts.push_back(part);
      rest -= part.value;
    }
    give_rest(parts, rest);
    for (const Part& part : parts) {
      left_[part.line] -= part.value;
      shares[part.line] = Decimal::from_scaled(part.value);
    }
    return shares;
  }

 private:
  [[nodiscard]] std::vector<std::size_t> lines_of(const Discount& discount) const {
    if (!discount.lines.empty()) return discount.lines;
    std::vector<std::size_t> all(left_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
  }

  [[nodiscard]] Int128 base_of(const Discount& discount) const {
    Int128 base = 0;
    for (const std::size_t line : lines_of(discount)) {
      CHECK(line < left_.size());
      base += left_[line];
    }
    return base;
  }

  base::Currency currency_;
  std::vector<Int128> left_;  // With ten places.
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

// The sum over the discounts of each line's shares, cut to minor units, the rest by remainder.
std::vector<Money> sum_by_line(const Discounted& discounted, std::span<const Money> nets) {
  if (nets.empty()) return {};
  const base::Currency currency = nets.front().currency();
  const Int128 minor = scaled_per_minor(currency);
  std::vector<Part> parts;
  Int128 rest = 0;
  for (const Money& taken : discounted.taken) rest += taken.minor();
  for (std::size_t line = 0; line < nets.size(); ++line) {
    Int128 sum = 0;
    for (const auto& shares : discounted.shares) sum += shares[line].scaled();
    parts.push_back({line, sum / minor, sum % minor});
    rest -= sum / minor;
  }
  give_rest(parts, rest);
  std::vector<Money> by_line(nets.size());
  for (const Part& part : parts) {
    by_line[part.line] = Money(static_cast<std::int64_t>(part.value), currency);
  }
  return by_line;
}

// Which discount takes most of the untouched lines; the first of equal ones.
std::size_t find_best(const Remaining& untouched, std::span<const Discount> discounts) {
  std::size_t best = 0;
  for (std::size_t at = 1; at < discounts.size(); ++at) {
    if (untouched.worth(discounts[best]) < untouched.worth(discounts[at])) best = at;
  }
  return best;
}

}  // namespace

base::Result<Discounted> apply_discounts(std::span<const Money> nets,
                                         std::span<const Discount> discounts,
                                         DiscountStacking stacking) {
  for (const Discount& discount : discounts) TRY(check_discount(discount));
  Remaining remaining(nets);
  const std::size_t best = find_best(remaining, discounts);
  Discounted result;
  for (std::size_t at = 0; at < discounts.size(); ++at) {
    Money worth = remaining.worth(discounts[at]);
    if (stacking == DiscountStacking::kBestOnly && at != best) worth = worth - worth;
    result.taken.push_back(worth);
    result.shares.push_back(remaining.take(discounts[at], worth));
  }
  result.line_discounts = sum_by_line(result, nets);
  return result;
}

std::string_view to_text(DiscountStacking stacking) {
  switch (stacking) {
    case DiscountStacking::kInOrder: return "in_order";
    case DiscountStacking::kBestOnly: return "best_only";
  }
  return {};
}

base::Result<DiscountStacking> parse_discount_stacking(std::string_view text) {
  for (const auto stacking : {DiscountStacking::kInOrder, DiscountStacking::kBestOnly}) {
    if (to_text(stacking) == text) return stacking;
  }
  return base::fail("unknown_value", "'" + std::string(text.substr(0, 40)) +
                                         "' is not in_order or best_only");
}

}  // namespace domain
