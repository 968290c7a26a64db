#include "domain/till/cash.h"

#include <algorithm>
#include <charconv>

namespace domain {
namespace {

using base::Money;
using base::Result;

// What is in use since the last exchange of each: Sweden 2017, Norway 2012 (no 50 öre), Denmark
// 2025 (the note of 1,000 kroner is no longer money).
constexpr std::int64_t kSek[] = {100'000, 50'000, 20'000, 10'000, 5'000,
                                 2'000,   1'000,  500,    200,    100};
constexpr std::int64_t kNok[] = {100'000, 50'000, 20'000, 10'000, 5'000, 2'000, 1'000, 500, 100};
constexpr std::int64_t kDkk[] = {50'000, 20'000, 10'000, 5'000, 2'000, 1'000, 500, 200, 100, 50};
constexpr std::int64_t kEur[] = {50'000, 20'000, 10'000, 5'000, 2'000, 1'000, 500, 200,
                                 100,    50,     20,     10,    5,     2,     1};
constexpr std::int64_t kPiecesMax = 1'000'000;

struct Cash {
  std::string_view currency;
  std::span<const std::int64_t> pieces;
};
constexpr Cash kCash[] = {{"SEK", kSek}, {"NOK", kNok}, {"DKK", kDkk}, {"EUR", kEur}};

// "500", "0.50": the worth of one piece.
std::string worth(std::int64_t minor, base::Currency currency) {
  std::string text = Money(minor, currency).to_decimal_string();
  if (minor % currency.minor_per_unit() == 0) text.erase(std::min(text.find('.'), text.size()));
  return text;
}

base::Error bad_count(std::string_view part) {
  return base::fail("bad_cash_count", "say how many of each: \"500x3 100x7\", or the sum",
                    std::string(part))
      .error();
}

}  // namespace

std::int64_t cash_step(const RuleBook& rules, std::string_view country, base::Currency currency,
                       base::Date day) {
  for (const std::string_view key : {"cash", "payment"}) {
    const auto rule = rules.find(country, RuleSegment::kAll, "rounding", key, day);
    if (!rule) continue;
    const auto step = rule_money(**rule);
    const bool is_step = step && step->currency() == currency && step->minor() > 0;
    return is_step ? step->minor() : 1;
  }
  return 1;
}

std::span<const std::int64_t> denominations(base::Currency currency) {
  const auto* cash = std::ranges::find(kCash, currency.code(), &Cash::currency);
  return cash == std::end(kCash) ? std::span<const std::int64_t>() : cash->pieces;
}

Result<CashCount> read_cash_count(std::string_view text, base::Currency currency) {
  CashCount count;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    if (part.empty()) continue;
    const auto times = part.find('x');
    const auto amount = Money::parse(part.substr(0, times), currency);
    if (!amount) return std::unexpected(bad_count(part));
    CountedPieces counted{amount->minor(), 1};
    if (times == std::string_view::npos) {
      counted = {1, amount->minor()};
    } else {
      const std::string_view digits = part.substr(times + 1);
      const auto [end, error] =
          std::from_chars(digits.data(), digits.data() + digits.size(), counted.pieces);
      if (error != std::errc() || end != digits.data() + digits.size()) {
        return std::unexpected(bad_count(part));
      }
    }
    count.push_back(counted);
  }
  TRY(sum_of(count, currency));
  return count;
}

Result<Money> sum_of(const CashCount& count, base::Currency currency) {
  const auto known = denominations(currency);
  Money sum(0, currency);
  for (const CountedPieces& each : count) {
    const bool is_sum = each.denomination == 1;
    if (!is_sum && std::ranges::find(known, each.denomination) == known.end()) {
      return base::fail("unknown_denomination", "there is no such note or coin",
                        worth(each.denomination, currency));
    }
    if (each.pieces < 0 || each.pieces > (is_sum ? Money::kMinorMax : kPiecesMax)) {
      return std::unexpected(bad_count(std::to_string(each.pieces)));
    }
    sum += Money(each.denomination * each.pieces, currency);
    if (sum.minor() > Money::kMinorMax) return std::unexpected(bad_count(sum.to_decimal_string()));
  }
  return sum;
}

std::string to_text(const CashCount& count, base::Currency currency) {
  std::string text;
  for (const CountedPieces& each : count) {
    if (!text.empty()) text += ' ';
    text += each.denomination == 1
                ? worth(each.pieces, currency)
                : worth(each.denomination, currency) + "x" + std::to_string(each.pieces);
  }
  return text;
}

}  // namespace domain
