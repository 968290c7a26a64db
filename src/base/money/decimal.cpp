#include "base/money/decimal.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/result/check.h"
#include "base/text/beginning.h"

namespace base {
namespace {

constexpr int kIntegerDigitsMax = 18;
constexpr Int128 kScaledEnd = static_cast<Int128>(1'000'000'000'000'000'000) * Decimal::kOne;

Int128 absolute(Int128 value) { return value < 0 ? -value : value; }

}  // namespace

Int128 divide_rounded(Int128 numerator, Int128 denominator, RoundingMode mode) {
  CHECK(denominator != 0);
  Int128 quotient = numerator / denominator;
  const Int128 remainder = numerator % denominator;
  if (remainder == 0) return quotient;
  const Int128 away = (numerator < 0) != (denominator < 0) ? -1 : 1;
  // Compares |remainder| with the other half of |denominator|, which cannot overflow.
  const Int128 other_half = absolute(denominator) - absolute(remainder);
  switch (mode) {
    case RoundingMode::kHalfUp:
      if (absolute(remainder) >= other_half) quotient += away;
      break;
    case RoundingMode::kHalfEven:
      if (absolute(remainder) > other_half ||
          (absolute(remainder) == other_half && quotient % 2 != 0)) {
        quotient += away;
      }
      break;
    case RoundingMode::kUp: quotient += away; break;
    case RoundingMode::kDown: break;
  }
  return quotient;
}

Result<Decimal> Decimal::parse(std::string_view text, char decimal_mark) {
  const std::string_view whole = text;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  Int128 scaled = 0;
  int integer_digits = 0, places = -1;
  bool any_digit = false;
  for (const char c : text) {
    if (c == decimal_mark && places < 0) {
      places = 0;
      continue;
    }
    if (c < '0' || c > '9') {
      return fail("not_a_decimal", "'" + beginning(whole, 40) + "' is not a number");
    }
    any_digit = true;
    if (places >= 0) {
      if (++places > kPlaces) {
        if (c != '0') {
          return fail("too_many_places", "a number may have ten decimals at the most");
        }
        continue;
      }
    } else if (scaled != 0 || c != '0') {
      if (++integer_digits > kIntegerDigitsMax) {
        return fail("out_of_range", "a number may have 18 digits before the decimal mark");
      }
    }
    scaled = scaled * 10 + (c - '0');
  }
  if (!any_digit) {
    return fail("not_a_decimal", "'" + beginning(whole, 40) + "' is not a number");
  }
  for (int place = std::clamp(places, 0, kPlaces); place < kPlaces; ++place) scaled *= 10;
  return Decimal(negative ? -scaled : scaled);
}

std::string Decimal::to_string() const {
  const Int128 size = absolute(scaled_);
  Int128 large = size / kOne;
  auto fraction = static_cast<std::uint64_t>(size % kOne);
  // Digits are written from the last one; zeros at the end of the fraction are left out.
  std::array<char, 48> digits{};
  char* const end = digits.data() + digits.size();
  char* at = end;
  for (int place = 0; fraction != 0 && place < kPlaces; ++place, fraction /= 10) {
    if (at == end && fraction % 10 == 0) continue;
    *--at = static_cast<char>('0' + fraction % 10);
    if (fraction < 10) {
      for (int zero = place + 1; zero < kPlaces; ++zero) *--at = '0';
    }
  }
  if (at != end) *--at = '.';
  // Wide divisions are slow, and hardly any number needs them.
  for (; large > INT64_MAX; large /= 10) {
    *--at = static_cast<char>('0' + static_cast<int>(large % 10));
  }
  auto whole = static_cast<std::uint64_t>(large);
  do *--at = static_cast<char>('0' + whole % 10);
  while ((whole /= 10) != 0);
  if (scaled_ < 0) *--at = '-';
  return {at, end};
}

Decimal multiply(Decimal a, Decimal b, RoundingMode mode) {
  Int128 product = 0;
  CHECK(!__builtin_mul_overflow(a.scaled(), b.scaled(), &product));
  const Int128 rounded = divide_rounded(product, Decimal::kOne, mode);
  CHECK(absolute(rounded) < kScaledEnd);
  return Decimal::from_scaled(rounded);
}

}  // namespace base
