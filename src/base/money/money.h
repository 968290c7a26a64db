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
  // ISO 4217, and those that old files speak of (BGN, DEM, HRK).
  static constexpr std::array<Listed, 156> kListed = {
      {{"AED", 2}, {"AFN", 2}, {"ALL", 2}, {"AMD", 2}, {"AOA", 2}, {"ARS", 2}, {"AUD", 2},
       {"AWG", 2}, {"AZN", 2}, {"BAM", 2}, {"BBD", 2}, {"BDT", 2}, {"BGN", 2}, {"BHD", 3},
       {"BIF", 0}, {"BMD", 2}, {"BND", 2}, {"BOB", 2}, {"BRL", 2}, {"BSD", 2}, {"BTN", 2},
       {"BWP", 2}, {"BYN", 2}, {"BZD", 2}, {"CAD", 2}, {"CDF", 2}, {"CHF", 2}, {"CLP", 0},
       {"CNY", 2}, {"COP", 2}, {"CRC", 2}, {"CUP", 2}, {"CVE", 2}, {"CZK", 2}, {"DEM", 2},
       {"DJF", 0}, {"DKK", 2}, {"DOP", 2}, {"DZD", 2}, {"EGP", 2}, {"ERN", 2}, {"ETB", 2},
       {"EUR", 2}, {"FJD", 2}, {"FKP", 2}, {"GBP", 2}, {"GEL", 2}, {"GHS", 2}, {"GIP", 2},
       {"GMD", 2}, {"GNF", 0}, {"GTQ", 2}, {"GYD", 2}, {"HKD", 2}, {"HNL", 2}, {"HRK", 2},
       {"HTG", 2}, {"HUF", 2}, {"IDR", 2}, {"ILS", 2}, {"INR", 2}, {"IQD", 3}, {"IRR", 2},
       {"ISK", 0}, {"JMD", 2}, {"JOD", 3}, {"JPY", 0}, {"KES", 2}, {"KGS", 2}, {"KHR", 2},
       {"KMF", 0}, {"KPW", 2}, {"KRW", 0}, {"KWD", 3}, {"KYD", 2}, {"KZT", 2}, {"LAK", 2},
       {"LBP", 2}, {"LKR", 2}, {"LRD", 2}, {"LSL", 2}, {"LYD", 3}, {"MAD", 2}, {"MDL", 2},
       {"MGA", 2}, {"MKD", 2}, {"MMK", 2}, {"MNT", 2}, {"MOP", 2}, {"MRU", 2}, {"MUR", 2},
       {"MVR", 2}, {"MWK", 2}, {"MXN", 2}, {"MYR", 2}, {"MZN", 2}, {"NAD", 2}, {"NGN", 2},
       {"NIO", 2}, {"NOK", 2}, {"NPR", 2}, {"NZD", 2}, {"OMR", 3}, {"PAB", 2}, {"PEN", 2},
       {"PGK", 2}, {"PHP", 2}, {"PKR", 2}, {"PLN", 2}, {"PYG", 0}, {"QAR", 2}, {"RON", 2},
       {"RSD", 2}, {"RUB", 2}, {"RWF", 0}, {"SAR", 2}, {"SBD", 2}, {"SCR", 2}, {"SDG", 2},
       {"SEK", 2}, {"SGD", 2}, {"SHP", 2}, {"SLE", 2}, {"SOS", 2}, {"SRD", 2}, {"SSP", 2},
       {"STN", 2}, {"SVC", 2}, {"SYP", 2}, {"SZL", 2}, {"THB", 2}, {"TJS", 2}, {"TMT", 2},
       {"TND", 3}, {"TOP", 2}, {"TRY", 2}, {"TTD", 2}, {"TWD", 2}, {"TZS", 2}, {"UAH", 2},
       {"UGX", 0}, {"USD", 2}, {"UYI", 0}, {"UYU", 2}, {"UZS", 2}, {"VES", 2}, {"VND", 0},
       {"VUV", 0}, {"WST", 2}, {"XAF", 0}, {"XCD", 2}, {"XOF", 0}, {"XPF", 0}, {"YER", 2},
       {"ZAR", 2}, {"ZMW", 2}}};
  static constexpr std::size_t kDefault = 119;  // SEK
  static_assert(kListed[kDefault].code == "SEK");
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
