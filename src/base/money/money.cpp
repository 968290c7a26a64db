#include "base/money/money.h"
#include "base/text/beginning.h"

#include <algorithm>
#include <numeric>

namespace base {
namespace {

std::int64_t narrow(Int128 value) {
  CHECK(value >= INT64_MIN && value <= INT64_MAX);
  return static_cast<std::int64_t>(value);
}

}  // namespace

Result<Currency> Currency::parse(std::string_view code) {
  for (const Listed& listed : kListed) {
    if (code == listed.code) return Currency(&listed);
  }
  return fail("unknown_currency",
              "'" + beginning(code, 10) + "' is not a currency that can be billed");
}

Result<Money> Money::make(std::int64_t minor, Currency currency) {
  if (minor > kMinorMax || minor < -kMinorMax) {
    return fail("amount_out_of_range", "the amount is beyond ten thousand million");
  }
  return Money(minor, currency);
}

Result<Money> Money::parse(std::string_view text, Currency currency, char decimal_mark) {
  const Decimal value = TRY(Decimal::parse(text, decimal_mark));
  const Int128 unit = Decimal::kOne / currency.minor_per_unit();
  if (value.scaled() % unit != 0) {
    return fail("too_many_places", "'" + beginning(text, 40) + "' has more decimals than " +
                                       std::string(currency.code()));
  }
  const Int128 minor = value.scaled() / unit;
  if (minor > kMinorMax || minor < -kMinorMax) {
    return fail("amount_out_of_range", "the amount is beyond ten thousand million");
  }
  return Money(static_cast<std::int64_t>(minor), currency);
}

std::string Money::to_decimal_string() const {
  std::string digits = std::to_string(minor_ < 0 ? -static_cast<Int128>(minor_) > INT64_MAX
                                                       ? static_cast<std::uint64_t>(INT64_MAX) + 1
                                                       : static_cast<std::uint64_t>(-minor_)
                                                 : static_cast<std::uint64_t>(minor_));
  const auto places = static_cast<std::size_t>(currency_.minor_digits());
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, 1, '.');
  return minor_ < 0 ? "-" + digits : digits;
}

Money line_amount(Decimal quantity, UnitPrice price, Currency currency, RoundingMode mode) {
  Int128 product = 0;
  CHECK(!__builtin_mul_overflow(quantity.scaled(), price.amount.scaled(), &product));
  const Int128 divisor =
      static_cast<Int128>(Decimal::kOne) * (Decimal::kOne / currency.minor_per_unit());
  return Money(narrow(divide_rounded(product, divisor, mode)), currency);
}

Money scale(Money amount, std::int64_t numerator, std::int64_t denominator, RoundingMode mode) {
  const Int128 product = static_cast<Int128>(amount.minor()) * numerator;
  return Money(narrow(divide_rounded(product, denominator, mode)), amount.currency());
}

Money percent_of(Money amount, Percent rate, RoundingMode mode) {
  const Int128 minor = amount.minor();
  Int128 product = 0;
  CHECK(!__builtin_mul_overflow(minor, rate.value.scaled(), &product));
  return Money(narrow(divide_rounded(product, static_cast<Int128>(Decimal::kOne) * 100, mode)),
               amount.currency());
}

Money net_of_gross(Money gross, Percent rate, RoundingMode mode) {
  const Int128 hundred = static_cast<Int128>(Decimal::kOne) * 100;
  return Money(narrow(divide_rounded(gross.minor() * hundred, hundred + rate.value.scaled(), mode)),
               gross.currency());
}

Money rounding_to_step(Money amount, std::int64_t step_minor) {
  const Int128 steps = divide_rounded(amount.minor(), step_minor, RoundingMode::kHalfUp);
  return Money(narrow(steps * step_minor - amount.minor()), amount.currency());
}

std::vector<Money> split(Money amount, std::span<const std::int64_t> weights) {
  const Int128 total = std::accumulate(weights.begin(), weights.end(), Int128{0});
  CHECK(total > 0);
  struct Part {
    std::size_t index;
    Int128 remainder;
  };
  std::vector<Money> parts;
  std::vector<Part> order;
  std::int64_t given = 0;
  const Int128 sign = amount.minor() < 0 ? -1 : 1;
  for (std::size_t index = 0; index < weights.size(); ++index) {
    CHECK(weights[index] >= 0);
    const Int128 share = static_cast<Int128>(amount.minor()) * sign * weights[index];
    const auto whole = static_cast<std::int64_t>(share / total * sign);
    parts.emplace_back(whole, amount.currency());
    order.push_back({index, share % total});
    given += whole;
  }
  std::ranges::stable_sort(order,
                           [](const Part& a, const Part& b) { return a.remainder > b.remainder; });
  auto rest = static_cast<std::int64_t>((amount.minor() - given) * sign);
  for (auto part = order.begin(); rest > 0; ++part, --rest) {
    parts[part->index] += Money(static_cast<std::int64_t>(sign), amount.currency());
  }
  return parts;
}

}  // namespace base
