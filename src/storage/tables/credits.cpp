#include "storage/tables/credits.h"

#include "storage/tables/columns.h"

namespace storage {
namespace {

using base::Money;
using base::Result;
using sql::Row;
using sql::to_value;

constexpr std::string_view kColumns[] = {"account_id", "credit_id",   "amount_minor", "currency",
                                         "bill_id",    "document_id", "reason",       "effective",
                                         "epoch",      "recorded"};

constexpr std::string_view kBalances = R"(
SELECT account_id, currency, CAST(SUM(amount_minor) AS BIGINT) FROM account_credit
WHERE account_id >= $1 AND account_id < $2 AND epoch <= $3
GROUP BY account_id, currency
HAVING SUM(amount_minor) <> 0
ORDER BY account_id, currency)";

}  // namespace

Result<> SqlCredits::add(std::span<const ports::AccountCredit> credits) {
  if (credits.empty()) return {};
  auto rows = TRY(connection_.bulk_insert("account_credit", kColumns));
  for (const ports::AccountCredit& credit : credits) {
    const sql::Value row[] = {to_value(credit.account),
                              to_value(credit.id),
                              credit.amount.minor(),
                              std::string(credit.amount.currency().code()),
                              optional_id(credit.bill),
                              optional_id(credit.document),
                              credit.reason,
                              to_column(credit.effective),
                              credit.epoch,
                              credit.recorded.micros};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<std::vector<ports::CreditBalance>> SqlCredits::balances(const ports::AccountRange& range,
                                                               std::int64_t cutoff_epoch) {
  std::vector<ports::CreditBalance> balances;
  TRY(connection_.query(kBalances, {to_value(range.from), range_end(range), cutoff_epoch},
                        [&](const Row& row) -> Result<> {
                          const auto currency = TRY(base::Currency::parse(row.text(1)));
                          balances.push_back(
                              {row.id<domain::AccountId>(0), Money(row.integer(2), currency)});
                          return {};
                        }));
  return balances;
}

Result<std::vector<ports::AccountCredit>> SqlCredits::list(domain::AccountId account) {
  std::vector<ports::AccountCredit> credits;
  TRY(connection_.query(
      "SELECT credit_id, amount_minor, currency, bill_id, document_id, reason, effective, epoch, "
      "recorded FROM account_credit WHERE account_id = $1 ORDER BY recorded, credit_id",
      {to_value(account)}, [&](const Row& row) -> Result<> {
        const auto currency = TRY(base::Currency::parse(row.text(2)));
        ports::AccountCredit credit;
        credit.account = account;
        credit.id = row.id<domain::CreditId>(0);
        credit.amount = Money(row.integer(1), currency);
        if (!row.is_null(3)) credit.bill = row.id<domain::BillId>(3);
        if (!row.is_null(4)) credit.document = row.id<domain::DocumentId>(4);
        credit.reason = row.text(5);
        credit.effective = day(row, 6);
        credit.epoch = row.integer(7);
        credit.recorded = {row.integer(8)};
        credits.push_back(std::move(credit));
        return {};
      }));
  return credits;
}

}  // namespace storage
