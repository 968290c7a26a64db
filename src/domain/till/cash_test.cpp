// A drawer holds what was counted, piece by piece or as a sum.
#include "domain/till/cash.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

using base::Money;

base::Currency currency(std::string_view code) { return base::Currency::parse(code).value(); }
Money money(std::string_view text, std::string_view code) {
  return Money::parse(text, currency(code)).value();
}

TEST(Cash, Counted) {
  struct Row {
    std::string_view text, code, sum, error;
  };
  const Row rows[] = {
      {"500x3 100x7 20x1", "SEK", "2220.00", ""},
      {"", "SEK", "0.00", ""},
      {"1720", "SEK", "1720.00", ""},
      {"0.50x3 1x2", "DKK", "3.50", ""},
      {"0.05x3 10x1", "EUR", "10.15", ""},
      {"12.34", "PLN", "12.34", ""},
      {"30x3", "SEK", "", "unknown_denomination"},
      {"0.50x3", "SEK", "", "unknown_denomination"},
      {"10x3", "PLN", "", "unknown_denomination"},
      {"100x-1", "SEK", "", "bad_cash_count"},
      {"100x", "SEK", "", "bad_cash_count"},
      {"100xx2", "SEK", "", "bad_cash_count"},
      {"many", "SEK", "", "bad_cash_count"},
      {"1000x1000001", "SEK", "", "bad_cash_count"},
      {"-5", "SEK", "", "bad_cash_count"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const auto count = read_cash_count(row.text, currency(row.code));
    EXPECT_EQ(count ? "" : count.error().code, row.error);
    if (!count) continue;
    EXPECT_EQ(sum_of(*count, currency(row.code)).value(), money(row.sum, row.code));
    EXPECT_EQ(read_cash_count(to_text(*count, currency(row.code)), currency(row.code)).value(),
              *count);
  }
}

}  // namespace
}  // namespace domain
