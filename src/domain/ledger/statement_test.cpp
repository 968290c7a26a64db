// A statement's balances run from the opening one to the closing one, whatever days it shows.
#include "domain/ledger/statement.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

base::Date day(std::string_view text) { return base::Date::parse(text).value(); }
base::Money kr(std::int64_t kronor) { return {kronor * 100, base::Currency()}; }

Posting posting(std::string_view on, std::string kind, std::vector<Entry> entries) {
  Posting::Head head;
  head.effective = day(on);
  head.source = kind + " of " + std::string(on);
  head.kind = std::move(kind);
  return Posting::make(std::move(head), std::move(entries)).value();
}

// 798 billed and paid, 200 of it credited to the account, the next bill paid in part with that.
std::vector<Posting> story() {
  return {posting("2026-11-01", "invoice", {{"receivables", kr(798)}, {"revenue:A", kr(-798)}}),
          posting("2026-11-20", "payment", {{"bank", kr(798)}, {"receivables", kr(-798)}}),
          posting("2026-12-01", "invoice", {{"receivables", kr(399)}, {"revenue:A", kr(-399)}}),
          posting("2026-11-25", "credit_note", {{"revenue:A", kr(200)}, {"prepayment", kr(-200)}}),
          posting("2026-12-01", "credit", {{"prepayment", kr(200)}, {"receivables", kr(-200)}}),
          posting("2026-12-02", "other", {{"bank", kr(1)}, {"suspense", kr(-1)}})};
}

std::string tell(std::optional<base::Date> from, std::optional<base::Date> to) {
  const Statement statement = make_statement(story(), base::Currency(), from, to);
  std::string text = statement.opening.to_decimal_string();
  for (const StatementRow& row : statement.rows) {
    text += " | " + row.kind + " " + row.amount.to_decimal_string() + " = " +
            row.balance.to_decimal_string();
    if (!row.credit.is_zero()) text += " credit " + row.credit.to_decimal_string();
  }
  return text + " | " + statement.closing.to_decimal_string();
}

TEST(Statement, BalancesRunOverTheDaysThatAreShown) {
  EXPECT_EQ(tell({}, {}),
            "0.00 | invoice 798.00 = 798.00 | payment -798.00 = 0.00 | credit_note -200.00 = "
            "-200.00 credit 200.00 | invoice 399.00 = 199.00 | credit 0.00 = 199.00 credit -200.00 "
            "| 199.00");
  EXPECT_EQ(tell(day("2026-11-20"), day("2026-11-30")),
            "798.00 | payment -798.00 = 0.00 | credit_note -200.00 = -200.00 credit "
            "200.00 | -200.00");
  EXPECT_EQ(tell(day("2027-01-01"), {}), "199.00 | 199.00");
  EXPECT_EQ(tell({}, day("2026-10-31")), "0.00 | 0.00");
}

}  // namespace
}  // namespace domain
