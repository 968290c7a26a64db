#include "storage/tables/reconciliation.h"

#include "storage/sql/portable.h"
#include "storage/tables/columns.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Money;
using base::Result;
using domain::KnownStatement;
using ports::AccountBooks;
using ports::HouseEntry;
using ports::SettlementRow;
using sql::Row;
using sql::to_value;
using sql::Value;

constexpr std::string_view kEntryColumns[] = {
    "house_entry_id", "bank_file_id", "entry",   "bank_account",   "amount_minor",
    "currency",       "booked",       "kind",    "ledger_account", "bank_reference",
    "end_to_end_id",  "words_sealed", "recorded"};
constexpr std::string_view kLineColumns[] = {"settlement_id", "ordinal",   "kind",      "reference",
                                             "gross_minor",   "fee_minor", "net_minor", "day"};

constexpr std::string_view kLedgerDays = R"(
SELECT e.ledger_account, e.currency, p.effective, CAST(SUM(e.amount_minor) AS BIGINT)
FROM entry e
JOIN posting p ON p.account_id = e.account_id AND p.posting_id = e.posting_id
WHERE e.ledger_account >= $1 AND e.ledger_account < $2 AND p.effective <= $3
GROUP BY e.ledger_account, e.currency, p.effective
ORDER BY e.ledger_account, e.currency, p.effective)";

// What waits now, and again what was assigned only after the day.
constexpr std::string_view kSuspenseAt = R"(
SELECT payment_id, bank_account, booked, state, reason, currency, open_minor FROM (
  SELECT p.payment_id, p.bank_account, p.booked, p.state, p.reason, p.currency,
         p.amount_minor - p.allocated_minor
         + CAST(COALESCE((SELECT SUM(a.amount_minor) FROM allocation a
             WHERE a.payment_id = p.payment_id AND a.effective > $1), 0) AS BIGINT) AS open_minor
  FROM payment p
  WHERE p.booked <= $1 AND (p.state <> 'allocated' OR EXISTS (
    SELECT 1 FROM allocation a WHERE a.payment_id = p.payment_id AND a.effective > $1))) AS waiting
WHERE open_minor <> 0
ORDER BY booked, payment_id)";

// Of each account: what its bills' rests and its credit were at the end of the day ($1), and what
// the ledger says of them. A rest is the one of now less what was issued, paid and credited later;
// of a bill that came later it is what was paid for it before.
constexpr std::string_view kBooks = R"(
  SELECT e.account_id, e.currency, 0 AS rests,
         CASE WHEN e.ledger_account = 'receivables' THEN e.amount_minor ELSE 0 END AS receivables,
         0 AS credit,
         CASE WHEN e.ledger_account = 'prepayment' THEN -e.amount_minor ELSE 0 END AS prepayment
  FROM entry e
  JOIN posting p ON p.account_id = e.account_id AND p.posting_id = e.posting_id
  WHERE e.ledger_account IN ('receivables', 'prepayment') AND p.effective <= $1
  UNION ALL
  SELECT account_id, currency, total_minor + fees_minor - paid_minor - credited_minor, 0, 0, 0
  FROM bill WHERE issued <= $1
  UNION ALL
  SELECT d.account_id, d.currency,
         CASE WHEN d.kind = 'credit_note' THEN d.total_minor ELSE -d.total_minor END, 0, 0, 0
  FROM document d
  JOIN bill b ON b.account_id = d.account_id AND b.bill_id = d.bill_id
  WHERE d.issued > $1 AND b.issued <= $1
  UNION ALL
  SELECT a.account_id, a.currency,
         CASE WHEN b.issued <= $1 THEN a.amount_minor ELSE -a.amount_minor END, 0, 0, 0
  FROM allocation a
  JOIN bill b ON b.account_id = a.account_id AND b.bill_id = a.bill_id
  WHERE (b.issued <= $1 AND a.effective > $1) OR (b.issued > $1 AND a.effective <= $1)
  UNION ALL
  SELECT c.account_id, c.currency,
         CASE WHEN b.issued <= $1 THEN -c.amount_minor ELSE c.amount_minor END, 0, 0, 0
  FROM account_credit c
  JOIN bill b ON b.account_id = c.account_id AND b.bill_id = c.bill_id
  WHERE (b.issued <= $1 AND c.effective > $1) OR (b.issued > $1 AND c.effective <= $1)
  UNION ALL
  SELECT account_id, currency, 0, 0, amount_minor, 0 FROM account_credit WHERE effective <= $1
)";

constexpr std::string_view kBookSums =
    "CAST(SUM(rests) AS BIGINT), CAST(SUM(receivables) AS BIGINT), "
    "CAST(SUM(credit) AS BIGINT), CAST(SUM(prepayment) AS BIGINT)";

// A bill's paid sum that neither assignments nor credit explain was paid with the order.
constexpr std::string_view kPaidAtOrder = R"(
SELECT currency, CAST(SUM(paid) AS BIGINT) FROM (
  SELECT currency, paid_minor AS paid FROM bill WHERE issued <= $1
  UNION ALL
  SELECT a.currency, -a.amount_minor FROM allocation a
  JOIN bill b ON b.account_id = a.account_id AND b.bill_id = a.bill_id WHERE b.issued <= $1
  UNION ALL
  SELECT c.currency, c.amount_minor FROM account_credit c
  JOIN bill b ON b.account_id = c.account_id AND b.bill_id = c.bill_id WHERE b.issued <= $1
) AS parts GROUP BY currency ORDER BY currency)";

constexpr std::string_view kSelectSettlement =
    "SELECT settlement_id, provider, merchant, payout, currency, gross_minor, fee_minor, "
    "payout_minor, day, lines, payment_id, paid_day, imported_by, recorded FROM settlement ";

std::string words_place(domain::HouseEntryId id) {
  return sealed_place("house_entry", "words_sealed", {to_value(id)});
}

Result<KnownStatement> read_statement(const Row& row) {
  const auto currency = TRY(base::Currency::parse(row.text(4)));
  return KnownStatement{.id = row.id<domain::BankStatementId>(0),
                        .file = row.id<domain::BankFileId>(1),
                        .name = std::string(row.text(2)),
                        .bank_account = std::string(row.text(3)),
                        .from = day(row, 5),
                        .to = day(row, 6),
                        .opening = Money(row.integer(7), currency),
                        .closing = Money(row.integer(8), currency),
                        .recorded = {row.integer(9)}};
}

Result<SettlementRow> read_settlement(const Row& row) {
  const auto currency = TRY(base::Currency::parse(row.text(4)));
  SettlementRow settlement;
  settlement.id = row.id<domain::SettlementId>(0);
  settlement.provider = row.text(1);
  settlement.merchant = row.text(2);
  settlement.payout = row.text(3);
  settlement.gross = Money(row.integer(5), currency);
  settlement.fee = Money(row.integer(6), currency);
  settlement.amount = Money(row.integer(7), currency);
  settlement.day = day(row, 8);
  settlement.lines = row.integer(9);
  if (!row.is_null(10)) settlement.payment = row.id<domain::PaymentId>(10);
  if (!row.is_null(11)) settlement.paid_day = day(row, 11);
  settlement.imported_by = row.text(12);
  settlement.recorded = {row.integer(13)};
  return settlement;
}

Result<AccountBooks> read_books(const Row& row, int first) {
  const auto currency = TRY(base::Currency::parse(row.text(first)));
  AccountBooks books;
  if (first > 0) books.account = row.id<domain::AccountId>(0);
  books.currency = currency;
  books.rests = Money(row.integer(first + 1), currency);
  books.receivables = Money(row.integer(first + 2), currency);
  books.credit = Money(row.integer(first + 3), currency);
  books.prepayment = Money(row.integer(first + 4), currency);
  return books;
}

std::string code(base::Currency currency) { return std::string(currency.code()); }

}  // namespace

// --- Statements.

Result<> SqlReconciliation::add_statements(std::span<const KnownStatement> statements) {
  for (const KnownStatement& statement : statements) {
    TRY(connection_.execute(
        "INSERT INTO bank_statement (statement_id, bank_file_id, name, bank_account, currency, "
        "from_day, to_day, opening_minor, closing_minor, recorded) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (statement_id) DO NOTHING",
        {to_value(statement.id), to_value(statement.file), statement.name, statement.bank_account,
         code(statement.closing.currency()), to_column(statement.from), to_column(statement.to),
         statement.opening.minor(), statement.closing.minor(), statement.recorded.micros}));
  }
  return {};
}

Result<std::vector<KnownStatement>> SqlReconciliation::statements(std::string_view bank_account) {
  std::vector<KnownStatement> found;
  std::vector<Value> values;
  if (!bank_account.empty()) values.push_back(to_column(bank_account));
  TRY(connection_.query(
      "SELECT statement_id, bank_file_id, name, bank_account, currency, from_day, to_day, "
      "opening_minor, closing_minor, recorded FROM bank_statement " +
          std::string(values.empty() ? "" : "WHERE bank_account = $1 ") +
          "ORDER BY bank_account, currency, from_day, to_day, recorded, statement_id",
      values, [&](const Row& row) -> Result<> {
        auto statement = TRY(read_statement(row));
        found.push_back(std::move(statement));
        return {};
      }));
  return found;
}

// --- Entries of the house.

Result<std::vector<domain::HouseEntryId>> SqlReconciliation::known_entries(
    std::span<const domain::HouseEntryId> ids) {
  std::vector<domain::HouseEntryId> found;
  TRY(sql::query_keys(connection_,
                      "SELECT house_entry_id FROM house_entry WHERE house_entry_id IN ({keys})",
                      id_columns(ids), [&](const Row& row) -> Result<> {
                        found.push_back(row.id<domain::HouseEntryId>(0));
                        return {};
                      }));
  return found;
}

Result<> SqlReconciliation::add_entries(std::span<const HouseEntry> entries) {
  auto rows = TRY(connection_.bulk_insert("house_entry", kEntryColumns));
  for (const HouseEntry& entry : entries) {
    base::Json words;
    words.set("name", entry.name).set("account", entry.account).set("words", entry.words);
    const Value row[] = {to_value(entry.id),
                         to_value(entry.file),
                         entry.entry,
                         entry.bank_account,
                         entry.amount.minor(),
                         code(entry.amount.currency()),
                         to_column(entry.booked),
                         entry.kind,
                         entry.ledger_account,
                         entry.bank_reference,
                         entry.end_to_end_id,
                         bytes_column(vault_.seal_operator(words_place(entry.id), words.dump())),
                         entry.recorded.micros};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<HouseEntry> SqlReconciliation::read_entry(const Row& row) {
  const auto currency = TRY(base::Currency::parse(row.text(5)));
  HouseEntry entry;
  entry.id = row.id<domain::HouseEntryId>(0);
  entry.file = row.id<domain::BankFileId>(1);
  entry.entry = row.integer(2);
  entry.bank_account = row.text(3);
  entry.amount = Money(row.integer(4), currency);
  entry.booked = day(row, 6);
  entry.kind = row.text(7);
  entry.ledger_account = row.text(8);
  entry.bank_reference = row.text(9);
  entry.end_to_end_id = row.text(10);
  const auto words = TRY(json::parse(TRY(vault_.unseal(words_place(entry.id), row.bytes(11)))));
  entry.name = words.text("name");
  entry.account = words.text("account");
  entry.words = words.text("words");
  entry.recorded = {row.integer(12)};
  return entry;
}

Result<std::vector<HouseEntry>> SqlReconciliation::entries(base::Date from, base::Date to,
                                                           std::size_t limit) {
  std::vector<HouseEntry> found;
  TRY(connection_.query(
      "SELECT house_entry_id, bank_file_id, entry, bank_account, amount_minor, currency, booked, "
      "kind, ledger_account, bank_reference, end_to_end_id, words_sealed, recorded "
      "FROM house_entry WHERE booked >= $1 AND booked <= $2 ORDER BY booked, house_entry_id "
      "LIMIT $3",
      {to_column(from), to_column(to), limit_column(limit)}, [&](const Row& row) -> Result<> {
        auto entry = TRY(read_entry(row));
        found.push_back(std::move(entry));
        return {};
      }));
  return found;
}

// Account, currency and sum a row.
Result<SqlReconciliation::AccountSums> SqlReconciliation::account_sums(
    const std::string& sql, std::span<const Value> values) {
  AccountSums sums;
  TRY(connection_.query(sql, values, [&](const Row& row) -> Result<> {
    const auto currency = TRY(base::Currency::parse(row.text(1)));
    sums[std::string(row.text(0))].push_back(Money(row.integer(2), currency));
    return {};
  }));
  return sums;
}

Result<SqlReconciliation::AccountSums> SqlReconciliation::entry_sums() {
  return account_sums(
      "SELECT bank_account, currency, CAST(SUM(amount_minor) AS BIGINT) FROM house_entry "
      "GROUP BY bank_account, currency ORDER BY bank_account, currency",
      {});
}

// --- Books as of a day.

Result<ports::Reconciliation::LedgerDays> SqlReconciliation::ledger_days(std::string_view prefix,
                                                                         base::Date to) {
  LedgerDays days;
  std::string end(prefix);
  ++end.back();
  TRY(connection_.query(kLedgerDays, {to_column(prefix), end, to_column(to)},
                        [&](const Row& row) -> Result<> {
                          const auto currency = TRY(base::Currency::parse(row.text(1)));
                          days[{std::string(row.text(0)), currency}].push_back(
                              {day(row, 2), Money(row.integer(3), currency)});
                          return {};
                        }));
  return days;
}

Result<std::vector<domain::SuspenseRow>> SqlReconciliation::suspense_at(base::Date day_asked) {
  std::vector<domain::SuspenseRow> rows;
  TRY(connection_.query(kSuspenseAt, {to_column(day_asked)}, [&](const Row& row) -> Result<> {
    const auto currency = TRY(base::Currency::parse(row.text(5)));
    rows.push_back({.payment = row.id<domain::PaymentId>(0),
                    .bank_account = std::string(row.text(1)),
                    .booked = day(row, 2),
                    .state = std::string(row.text(3)),
                    .reason = std::string(row.text(4)),
                    .open = Money(row.integer(6), currency)});
    return {};
  }));
  return rows;
}

Result<std::vector<AccountBooks>> SqlReconciliation::books_at(base::Date day_asked) {
  std::vector<AccountBooks> sums;
  TRY(connection_.query("SELECT currency, " + std::string(kBookSums) + " FROM (" +
                            std::string(kBooks) + ") AS books GROUP BY currency ORDER BY currency",
                        {to_column(day_asked)}, [&](const Row& row) -> Result<> {
                          auto books = TRY(read_books(row, 0));
                          sums.push_back(std::move(books));
                          return {};
                        }));
  return sums;
}

Result<std::vector<AccountBooks>> SqlReconciliation::differing_at(base::Date day_asked,
                                                                  std::size_t limit) {
  std::vector<AccountBooks> accounts;
  TRY(connection_.query(
      "SELECT account_id, currency, " + std::string(kBookSums) + " FROM (" + std::string(kBooks) +
          ") AS books GROUP BY account_id, currency "
          "HAVING SUM(rests) <> SUM(receivables) OR SUM(credit) <> SUM(prepayment) "
          "ORDER BY account_id, currency LIMIT $2",
      {to_column(day_asked), limit_column(limit)}, [&](const Row& row) -> Result<> {
        auto books = TRY(read_books(row, 1));
        accounts.push_back(std::move(books));
        return {};
      }));
  return accounts;
}

Result<std::vector<Money>> SqlReconciliation::paid_at_order(base::Date day_asked) {
  std::vector<Money> sums;
  TRY(connection_.query(kPaidAtOrder, {to_column(day_asked)}, [&](const Row& row) -> Result<> {
    const auto currency = TRY(base::Currency::parse(row.text(0)));
    sums.push_back(Money(row.integer(1), currency));
    return {};
  }));
  return sums;
}

Result<SqlReconciliation::AccountSums> SqlReconciliation::captured_at(base::Date day_asked) {
  const Value values[] = {to_column(day_asked)};
  return account_sums(
      "SELECT bank_account, currency, CAST(SUM(amount_minor) AS BIGINT) FROM payment "
      "WHERE bank_account >= 'clearing:' AND bank_account < 'clearing;' AND booked <= $1 "
      "GROUP BY bank_account, currency ORDER BY bank_account, currency",
      values);
}

// --- Settlements.

Result<> SqlReconciliation::add_settlement(const SettlementRow& settlement,
                                           std::span<const domain::SettlementLine> lines) {
  TRY(connection_.execute(
      "INSERT INTO settlement (settlement_id, provider, merchant, payout, currency, gross_minor, "
      "fee_minor, payout_minor, day, lines, payment_id, paid_day, imported_by, recorded) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, NULL, $11, $12)",
      {to_value(settlement.id), settlement.provider, settlement.merchant, settlement.payout,
       code(settlement.amount.currency()), settlement.gross.minor(), settlement.fee.minor(),
       settlement.amount.minor(), to_column(settlement.day), settlement.lines,
       settlement.imported_by, settlement.recorded.micros}));
  auto rows = TRY(connection_.bulk_insert("settlement_line", kLineColumns));
  for (const domain::SettlementLine& line : lines) {
    const Value row[] = {to_value(settlement.id), line.line,          line.kind,
                         line.reference,          line.gross.minor(), line.fee.minor(),
                         line.net.minor(),        to_column(line.day)};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<> SqlReconciliation::update_settlement(const SettlementRow& settlement) {
  TRY(connection_.execute(
      "UPDATE settlement SET payment_id = $2, paid_day = $3 WHERE settlement_id = $1",
      {to_value(settlement.id), optional_id(settlement.payment),
       settlement.paid_day ? to_column(*settlement.paid_day) : Value()}));
  return {};
}

Result<std::optional<SettlementRow>> SqlReconciliation::find_settlement(domain::SettlementId id) {
  std::optional<SettlementRow> found;
  TRY(connection_.query(std::string(kSelectSettlement) + "WHERE settlement_id = $1", {to_value(id)},
                        [&](const Row& row) -> Result<> {
                          found = TRY(read_settlement(row));
                          return {};
                        }));
  return found;
}

Result<std::vector<SettlementRow>> SqlReconciliation::settlements(bool waiting, std::size_t limit) {
  std::vector<SettlementRow> found;
  TRY(connection_.query(std::string(kSelectSettlement) +
                            (waiting ? "WHERE paid_day IS NULL " : "") +
                            "ORDER BY day, provider, payout, settlement_id LIMIT $1",
                        {limit_column(limit)}, [&](const Row& row) -> Result<> {
                          auto settlement = TRY(read_settlement(row));
                          found.push_back(std::move(settlement));
                          return {};
                        }));
  return found;
}

Result<std::vector<domain::SettlementLine>> SqlReconciliation::lines_of(domain::SettlementId id,
                                                                        base::Currency currency) {
  std::vector<domain::SettlementLine> lines;
  TRY(
      connection_.query("SELECT ordinal, kind, reference, gross_minor, fee_minor, net_minor, day "
                        "FROM settlement_line WHERE settlement_id = $1 ORDER BY ordinal",
                        {to_value(id)}, [&](const Row& row) -> Result<> {
                          lines.push_back({.line = row.integer(0),
                                           .kind = std::string(row.text(1)),
                                           .reference = std::string(row.text(2)),
                                           .gross = Money(row.integer(3), currency),
                                           .fee = Money(row.integer(4), currency),
                                           .net = Money(row.integer(5), currency),
                                           .day = day(row, 6)});
                          return {};
                        }));
  return lines;
}

}  // namespace storage
