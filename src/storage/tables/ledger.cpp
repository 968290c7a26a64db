#include "storage/tables/ledger.h"

#include <utility>

namespace storage {
namespace {

constexpr std::string_view kPostingColumns[] = {"account_id", "posting_id", "kind",    "effective",
                                                "recorded",   "source",     "reverses"};
constexpr std::string_view kEntryColumns[] = {"account_id",     "posting_id",   "ordinal",
                                              "ledger_account", "amount_minor", "currency"};

// Sums debits and credits apart; days and times beyond the limits do not count.
constexpr std::string_view kTrialBalance = R"(
SELECT e.ledger_account, e.currency,
       CAST(SUM(CASE WHEN e.amount_minor > 0 THEN e.amount_minor ELSE 0 END) AS BIGINT),
       CAST(SUM(CASE WHEN e.amount_minor < 0 THEN -e.amount_minor ELSE 0 END) AS BIGINT)
FROM entry e
JOIN posting p ON p.account_id = e.account_id AND p.posting_id = e.posting_id
WHERE p.effective <= $1 AND p.recorded <= $2 AND p.effective >= $3
GROUP BY e.ledger_account, e.currency
ORDER BY e.ledger_account, e.currency)";

constexpr std::string_view kPostingsOf = R"(
SELECT p.posting_id, p.kind, p.effective, p.recorded, p.source, p.reverses,
       e.ledger_account, e.amount_minor, e.currency
FROM posting p
JOIN entry e ON e.account_id = p.account_id AND e.posting_id = p.posting_id
WHERE p.account_id = $1
ORDER BY p.recorded, p.posting_id, e.ordinal)";

}  // namespace

base::Result<> SqlLedger::append(std::span<const domain::Posting> postings) {
  auto heads = TRY(connection_.bulk_insert("posting", kPostingColumns));
  for (const domain::Posting& posting : postings) {
    const auto& head = posting.head();
    const sql::Value row[] = {sql::to_value(head.account),
                              sql::to_value(head.id),
                              head.kind,
                              std::int64_t{head.effective.days()},
                              head.recorded.micros,
                              head.source,
                              head.reverses.is_nil() ? sql::Value() : sql::to_value(head.reverses)};
    TRY(heads->add(row));
  }
  TRY(heads->finish());
  auto entries = TRY(connection_.bulk_insert("entry", kEntryColumns));
  for (const domain::Posting& posting : postings) {
    std::int64_t ordinal = 0;
    for (const domain::Entry& entry : posting.entries()) {
      const sql::Value row[] = {sql::to_value(posting.head().account),
                                sql::to_value(posting.head().id),
                                ++ordinal,
                                entry.ledger_account,
                                entry.amount.minor(),
                                std::string(entry.amount.currency().code())};
      TRY(entries->add(row));
    }
  }
  return entries->finish();
}

base::Result<std::vector<domain::TrialBalanceRow>> SqlLedger::trial_balance(
    const ports::AsOf& as_of) {
  std::vector<domain::TrialBalanceRow> rows;
  const std::int64_t last_day = as_of.effective ? as_of.effective->days() : INT32_MAX;
  const std::int64_t first_day = as_of.from ? as_of.from->days() : INT32_MIN;
  const std::int64_t last_time = as_of.recorded ? as_of.recorded->micros : INT64_MAX;
  TRY(connection_.query(kTrialBalance, {last_day, last_time, first_day},
                        [&](const sql::Row& row) -> base::Result<> {
                          const auto currency = TRY(base::Currency::parse(row.text(1)));
                          domain::TrialBalanceRow sum;
                          sum.ledger_account = row.text(0);
                          sum.name = domain::ledger_account_name(sum.ledger_account);
                          sum.currency = currency;
                          sum.debit = base::Money(row.integer(2), currency);
                          sum.credit = base::Money(row.integer(3), currency);
                          rows.push_back(std::move(sum));
                          return {};
                        }));
  return rows;
}

base::Result<std::vector<domain::Posting>> SqlLedger::postings_of(domain::AccountId account) {
  std::vector<std::pair<domain::Posting::Head, std::vector<domain::Entry>>> found;
  TRY(connection_.query(
      kPostingsOf, {sql::to_value(account)}, [&](const sql::Row& row) -> base::Result<> {
        const auto id = row.id<domain::PostingId>(0);
        if (found.empty() || found.back().first.id != id) {
          domain::Posting::Head head;
          head.id = id;
          head.account = account;
          head.kind = row.text(1);
          head.effective = base::Date::from_days(static_cast<std::int32_t>(row.integer(2)));
          head.recorded = {row.integer(3)};
          head.source = row.text(4);
          if (!row.is_null(5)) head.reverses = row.id<domain::PostingId>(5);
          found.emplace_back(std::move(head), std::vector<domain::Entry>());
        }
        const auto currency = TRY(base::Currency::parse(row.text(8)));
        found.back().second.push_back(
            {std::string(row.text(6)), base::Money(row.integer(7), currency)});
        return {};
      }));
  std::vector<domain::Posting> postings;
  for (auto& [head, entries] : found) {
    // A stored posting that does not balance was changed behind our back.
    postings.push_back(TRY(domain::Posting::make(std::move(head), std::move(entries))));
  }
  return postings;
}

}  // namespace storage
