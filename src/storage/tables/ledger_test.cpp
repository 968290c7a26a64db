// Trial balances on both engines: by the day that a posting holds, and by when it was known.
#include "ports/ledger.h"

#include "tests/support/stores.h"

namespace storage {
namespace {

base::Date day(std::string_view text) { return base::Date::parse(text).value(); }

class LedgerTest : public tests::StoreTest {
 protected:
  // So many kronor billed, effective on a day and recorded at a time.
  [[nodiscard]] base::Result<> bill(std::uint8_t n, std::string_view on, std::int64_t recorded,
                                    std::int64_t kronor) {
    const base::Money amount(kronor * 100, base::Currency());
    domain::Posting::Head head;
    head.id = domain::PostingId(base::IdBytes{n});
    head.account = domain::AccountId(base::IdBytes{1});
    head.kind = "invoice";
    head.effective = day(on);
    head.recorded = {recorded};
    const domain::Posting posting = TRY(
        domain::Posting::make(std::move(head), {{"receivables", amount}, {"revenue", -amount}}));
    return ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
      return transaction.ledger().append({&posting, 1});
    });
  }
  // What is owed: "7.00"; "" where nothing was booked.
  [[nodiscard]] std::string owed(const ports::AsOf& as_of) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    const auto rows = transaction->ledger().trial_balance(as_of).value();
    return rows.empty() ? "" : rows.front().balance().to_decimal_string();
  }
};

TEST_P(LedgerTest, ATrialBalanceIsOfDaysAndOfWhatWasKnown) {
  ASSERT_OK(bill(1, "2026-10-01", 10, 1));
  ASSERT_OK(bill(2, "2026-11-01", 20, 2));
  ASSERT_OK(bill(3, "2026-10-15", 30, 4));
  struct Row {
    ports::AsOf as_of;
    std::string_view owed;
  };
  const Row rows[] = {
      {{}, "7.00"},
      {{.effective = day("2026-10-31")}, "5.00"},
      {{.effective = day("2026-10-01")}, "1.00"},
      {{.effective = day("2026-09-30")}, ""},
      {{.recorded = base::Instant{20}}, "3.00"},
      {{.effective = day("2026-10-31"), .recorded = base::Instant{20}}, "1.00"},
      {{.from = day("2026-10-02")}, "6.00"},
      {{.effective = day("2026-10-31"), .from = day("2026-10-15")}, "4.00"},
      {{.from = day("2026-11-02")}, ""},
  };
  for (const Row& row : rows) EXPECT_EQ(owed(row.as_of), row.owed);
}

TELGIRO_ON_BOTH_ENGINES(LedgerTest);

}  // namespace
}  // namespace storage
