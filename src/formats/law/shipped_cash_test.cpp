// Sums that are paid in cash, by the coins that the shipped rules of each country know.
#include <gtest/gtest.h>

#include "domain/till/cash.h"
#include "domain/till/till.h"
#include "tests/support/shipped_rules.h"

namespace formats::law {
namespace {

using base::Money;

base::Currency currency_of(std::string_view code) { return base::Currency::parse(code).value(); }
Money money(std::string_view text, std::string_view code) {
  return Money::parse(text, currency_of(code)).value();
}

TEST(ShippedRules, CashIsRoundedAsTheCountrysCoinsSay) {
  struct Row {
    std::string_view country, code, owed, asked;
  };
  const Row rows[] = {
      {"SE", "SEK", "499.49", "499.00"}, {"SE", "SEK", "499.50", "500.00"},
      {"SE", "SEK", "0.49", "0.00"},     {"FI", "EUR", "19.92", "19.90"},
      {"FI", "EUR", "19.93", "19.95"},   {"FI", "EUR", "19.98", "20.00"},
      {"DK", "DKK", "99.24", "99.00"},   {"DK", "DKK", "99.25", "99.50"},
      {"NO", "NOK", "99.49", "99.00"},   {"NO", "NOK", "99.50", "100.00"},
      {"DE", "EUR", "19.93", "19.93"},  // No rule: to the cent.
      {"FI", "SEK", "19.93", "19.93"},  // The rule is of another currency's coins.
  };
  const base::Date day = base::Date::parse("2026-11-22").value();
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.country) + " " + std::string(row.owed));
    const std::int64_t step =
        domain::cash_step(shipped_book(), row.country, currency_of(row.code), day);
    const Money owed = money(row.owed, row.code);
    const domain::TillWish wish{.amount = owed, .rest = owed};
    EXPECT_EQ(domain::asked_in_cash({&wish, 1}, step, owed.currency()), money(row.asked, row.code));
  }
}

}  // namespace
}  // namespace formats::law
