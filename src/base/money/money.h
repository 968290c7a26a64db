// Money: an amount in minor units of a currency, and the named ways in which it is rounded.
//
// Amounts of different currencies never meet: + and - CHECK it, because a caller that mixes
// them is wrong, not unlucky. Amounts read from outside pass Money::make or parse, which hold
// them below kAmountMax, so that sums of millions of them fit in 64 bits.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/decimal.h"
#include "base/result/check.h"
#include "base/result/result.h"

namespace base {

// An ISO 4217 code with its number of minor digits. Only listed currencies exist.
class Currency {
 public:
  constexpr Currency() : listed_(&kListed[kDefault]) {}

  // Errors: unknown_currency.
  [[nodiscard]] static Result<Currency> parse(std::string_view code);
  // The view lives as long as the program.
  [[nodiscard]] constexpr std::string_view code() const { return listed_->code; }
  [[nodiscard]] constexpr int minor_digits() const { return listed_->minor_digits; }
  // 100 for two minor digits.
  [[nodiscard]] constexpr std::int64_t minor_per_unit() const {
    std::int64_t factor = 1;
    for (int digit = 0; digit < minor_digits(); ++digit) factor *= 10;
    return factor;
  }

  friend constexpr std::strong_ordering operator<=>(Currency a, Currency b) {
    return a.code() <=> b.code();
  }
  friend constexpr bool operator==(Currency a, Currency b) { return a.listed_ == b.listed_; }

 private:
  struct Listed {
    std::string_view code;
    int minor_digits;
  };
  static constexpr std::array<Listed, 12> kListed = {{{"CHF", 2},
                                                      {"CZK", 2},
                                                      {"DKK", 2},
                                                      {"EUR", 2},
                                                      {"GBP", 2},
                                                      {"HUF", 2},
                                                      {"ISK", 0},
                                                      {"JPY", 0},
                                                      {"NOK", 2},
                                                      {"PLN", 2},
                                                      {"SEK", 2},
                                                      {"USD", 2}}};
  static constexpr std::size_t kDefault = 10;  // SEK
  explicit constexpr Currency(const Listed* listed) : listed_(listed) {}
  const Listed* listed_;
};

class Money {
 public:
  // Ten thousand million whole units: no bill, payment or price list goes beyond.
  static constexpr std::int64_t kMinorMax = 1'000'000'000'000;

  constexpr Money() = default;
  // For amounts that we computed; see make() for those that came from outside.
  constexpr Money(std::int64_t minor, Currency currency) : minor_(minor), currency_(currency) {}

  // Errors: amount_out_of_range.
  [[nodiscard]] static Result<Money> make(std::int64_t minor, Currency currency);
  // "1272.80" in units of the currency. Errors: those of Decimal::parse, too_many_places when
  // there are more decimals than the currency has, amount_out_of_range.
  [[nodiscard]] static Result<Money> parse(std::string_view text, Currency currency,
                                           char decimal_mark = '.');

  [[nodiscard]] constexpr std::int64_t minor() const { return minor_; }
  [[nodiscard]] constexpr Currency currency() const { return currency_; }
  [[nodiscard]] constexpr bool is_zero() const { return minor_ == 0; }
  [[nodiscard]] constexpr bool is_negative() const { return minor_ < 0; }
  // "1272.80": all minor digits, no currency, no grouping; the form of files and of the API.
  [[nodiscard]] std::string to_decimal_string() const;

  friend Money operator+(Money a, Money b) {
    CHECK(a.currency_ == b.currency_);
    std::int64_t sum = 0;
    CHECK(!__builtin_add_overflow(a.minor_, b.minor_, &sum));
    return Money(sum, a.currency_);
  }
  friend Money operator-(Money a, Money b) { return a + -b; }
  friend Money operator-(Money a) {
    CHECK(a.minor_ != INT64_MIN);
    return Money(-a.minor_, a.currency_);
  }
  Money& operator+=(Money other) { return *this = *this + other; }
  Money& operator-=(Money other) { return *this = *this - other; }
  // Same currency only; CHECKs it.
  friend std::strong_ordering operator<=>(Money a, Money b) {
    CHECK(a.currency_ == b.currency_);
    return a.minor_ <=> b.minor_;
  }
  friend constexpr bool operator==(Money a, Money b) {
    return a.minor_ == b.minor_ && a.currency_ == b.currency_;
  }

 private:
  std::int64_t minor_ = 0;
  Currency currency_;
};

// quantity x price, rounded once to minor units: the net amount of a line (EN 16931 BT-131).
[[nodiscard]] Money line_amount(Decimal quantity, UnitPrice price, Currency currency,
                                RoundingMode mode);
// amount x numerator / denominator, rounded once: a share of a period.
[[nodiscard]] Money scale(Money amount, std::int64_t numerator, std::int64_t denominator,
                          RoundingMode mode);
// amount x rate %, rounded once: VAT of a net sum (EN 16931 BT-117).
[[nodiscard]] Money percent_of(Money amount, Percent rate, RoundingMode mode);
// amount / (1 + rate %), rounded once: the net part of a gross sum (D12).
[[nodiscard]] Money net_of_gross(Money gross, Percent rate, RoundingMode mode);
// What must be added to reach a whole multiple of `step_minor`, half away from zero.
[[nodiscard]] Money rounding_to_step(Money amount, std::int64_t step_minor);
// Parts in proportion to the weights that add up to `amount` exactly, by largest remainder;
// equal remainders go to the first. All weights zero, or none: CHECK.
[[nodiscard]] std::vector<Money> split(Money amount, std::span<const std::int64_t> weights);

}  // namespace base
