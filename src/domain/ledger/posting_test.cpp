// A posting balances or does not exist; a reversal takes it back.
#include "domain/ledger/posting.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

base::Money kr(std::int64_t minor) { return {minor, base::Currency()}; }
base::Money eur(std::int64_t minor) { return {minor, base::Currency::parse("EUR").value()}; }

TEST(Posting, BalancesPerCurrency) {
  EXPECT_TRUE(Posting::make(
      {}, {{"receivables", kr(125)}, {"revenue:A", kr(-100)}, {"vat:SE:25", kr(-25)}}));
  EXPECT_EQ(Posting::make({}, {{"receivables", kr(125)}, {"revenue:A", kr(-100)}}).error().code,
            "posting_not_balanced");
  EXPECT_EQ(Posting::make({}, {{"receivables", kr(1)}, {"revenue:A", eur(-1)}}).error().code,
            "posting_not_balanced");
  EXPECT_EQ(Posting::make({}, {}).error().code, "posting_empty");
}

TEST(Posting, ReversalCancels) {
  const auto posting = Posting::make({}, {{"receivables", kr(125)}, {"revenue:A", kr(-125)}});
  const Posting reversal = posting->reversal({}, {}, {});
  for (std::size_t at = 0; at < posting->entries().size(); ++at) {
    EXPECT_TRUE((posting->entries()[at].amount + reversal.entries()[at].amount).is_zero());
  }
}

TEST(Posting, NamesOfLedgerAccounts) {
  EXPECT_EQ(ledger_account_name("receivables"), "Receivables");
  EXPECT_EQ(ledger_account_name("vat:SE:25"), "VAT SE 25");
  EXPECT_EQ(ledger_account_name("revenue:FIBER100"), "Revenue FIBER100");
}

}  // namespace
}  // namespace domain
