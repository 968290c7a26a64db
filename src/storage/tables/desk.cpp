#include "storage/tables/desk.h"

#include <algorithm>
#include <set>

#include "storage/sql/portable.h"
#include "storage/tables/bill_rows.h"
#include "storage/tables/columns.h"
#include "storage/tables/search_token.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Money;
using base::Result;
using domain::BillFace;
using ports::BillPlace;
using ports::BillSearch;
using ports::RunProposal;
using sql::Row;
using sql::to_value;
using sql::Value;

constexpr std::string_view kIndexed = "customers";
constexpr std::string_view kIndexedMark = "customers since";

constexpr std::string_view kIndexColumns[] = {"search_token", "customer_id"};
constexpr std::string_view kProposalColumns[] = {
    "job_id",   "period",   "state",      "cutoff_epoch", "digest", "outcome",
    "asked_by", "recorded", "decided_by", "decided",      "run_job"};
constexpr std::string_view kSelectProposal =
    "SELECT job_id, period, state, cutoff_epoch, digest, outcome, asked_by, recorded, decided_by, "
    "decided, run_job FROM run_proposal ";

constexpr std::string_view kRest = "(total_minor + fees_minor - paid_minor - credited_minor)";
// Paid in parts; a single row is no plan, but the day to which the whole was moved (domain/plan).
constexpr std::string_view kInParts = "plan LIKE '%},{%'";
constexpr std::string_view kWhole = "plan NOT LIKE '%},{%'";
// Of a single row: [{"due":"2026-12-08","amount":60000}].
constexpr std::string_view kMovedDay = "substr(plan, 10, 10)";

// Conditions joined by AND, with their values.
class Conditions {
 public:
  void add(std::string_view condition) {
    text_ += text_.empty() ? " WHERE " : " AND ";
    text_ += condition;
  }
  // Keeps a value; what stands for it.
  [[nodiscard]] std::string next(Value value) {
    values_.push_back(std::move(value));
    return "$" + std::to_string(values_.size());
  }
  // The condition's {} stands for the value.
  void add(std::string_view condition, Value value) {
    std::string text(condition);
    const std::string mark = next(std::move(value));
    for (std::size_t at = text.find("{}"); at != text.npos; at = text.find("{}")) {
      text.replace(at, 2, mark);
    }
    add(text);
  }
  // One of the values.
  void add_any(std::string_view column, std::span<const Value> values) {
    std::string list;
    for (const Value& value : values) list += (list.empty() ? "" : ", ") + next(value);
    add(list.empty() ? std::string("1 = 0") : std::string(column) + " IN (" + list + ")");
  }
  [[nodiscard]] std::string limited(std::size_t skip, std::size_t limit) {
    std::string text = " LIMIT " + next(limit_column(limit));
    return text + " OFFSET " + next(limit_column(skip));
  }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<Value>& values() const { return values_; }

 private:
  std::string text_;
  std::vector<Value> values_;
};

// The day on which a bill in one sum is due: the document's, or that to which it was moved.
void add_due(std::string_view sign, base::Date day, Conditions& where) {
  const std::string than = " " + std::string(sign) + " ";
  const std::string as_moved = where.next(to_column(std::string_view(day.to_string())));
  where.add("((plan = '[]' AND due" + than + "{}) OR (plan <> '[]' AND " + std::string(kMovedDay) +
                than + as_moved + "))",
            to_column(day));
}

// What domain::view_bill() says of a bill, as a condition. Bills in parts are kInstalments: which
// part is late is found when the bill is read.
void add_face(BillFace face, base::Date today, Conditions& where) {
  const std::string rest(kRest), whole(kWhole);
  const auto open = [&] { where.add("state = 'open' AND " + rest + " > 0"); };
  switch (face) {
    case BillFace::kOpen:
      open();
      where.add(whole + " AND paid_minor = 0");
      add_due(">", today + domain::kDueSoonDays, where);
      return;
    case BillFace::kDueSoon:
      open();
      where.add(whole + " AND paid_minor = 0");
      add_due(">=", today, where);
      add_due("<=", today + domain::kDueSoonDays, where);
      return;
    case BillFace::kOverdue:
      open();
      where.add(whole);
      add_due("<", today, where);
      return;
    case BillFace::kPartlyPaid:
      open();
      where.add(whole + " AND paid_minor <> 0");
      add_due(">=", today, where);
      return;
    case BillFace::kInstalments:
      open();
      where.add(kInParts);
      return;
    case BillFace::kPaid:
      where.add("paid_minor <> 0 AND (state = 'settled' OR (state = 'open' AND " + rest +
                " <= 0))");
      return;
    case BillFace::kNothingToPay:
      where.add("paid_minor = 0 AND (state = 'settled' OR (state = 'open' AND " + rest + " <= 0))");
      return;
    case BillFace::kCredited: where.add("state = 'credited'"); return;
    case BillFace::kWrittenOff: where.add("state = 'written_off'"); return;
    case BillFace::kCeded: where.add("state = 'ceded'"); return;
  }
}

Conditions conditions_of(const BillSearch& search) {
  Conditions where;
  if (search.period) where.add("period = {}", to_column(*search.period));
  if (search.accounts) {
    where.add_any("account_id", id_columns(std::span<const domain::AccountId>(*search.accounts)));
  }
  if (search.bill) {
    where.add("account_id = {}", to_value(search.bill->account));
    where.add("bill_id = {}", to_value(search.bill->bill));
  }
  if (!search.reference.empty()) where.add("reference = {}", search.reference);
  if (search.amount_minor) {
    where.add("(total_minor = {} OR " + std::string(kRest) + " = {})", *search.amount_minor);
  }
  if (search.face) add_face(*search.face, search.today, where);
  return where;
}

Conditions conditions_of(const ports::EntrySearch& search) {
  Conditions where;
  where.add("e.ledger_account = {}", search.ledger_account);
  if (search.from) where.add("p.effective >= {}", to_column(*search.from));
  if (search.to) where.add("p.effective <= {}", to_column(*search.to));
  if (search.recorded) where.add("p.recorded <= {}", search.recorded->micros);
  return where;
}

constexpr std::string_view kFromEntries =
    " FROM entry e JOIN posting p ON p.account_id = e.account_id AND p.posting_id = e.posting_id";

Result<RunProposal> read_proposal(const Row& row) {
  RunProposal proposal;
  proposal.job = row.id<domain::JobId>(0);
  proposal.period = month(row, 1);
  proposal.state = row.text(2);
  proposal.cutoff_epoch = row.integer(3);
  proposal.digest = row.bytes(4);
  proposal.outcome = TRY(json::parse(row.text(5)));
  proposal.asked_by = row.text(6);
  proposal.recorded = {row.integer(7)};
  proposal.decided_by = row.optional_text(8).value_or("");
  if (const auto decided = row.optional_integer(9)) proposal.decided = base::Instant{*decided};
  if (!row.is_null(10)) proposal.run_job = row.id<domain::JobId>(10);
  return proposal;
}

Value optional_text(const std::string& text) { return text.empty() ? Value() : Value(text); }

}  // namespace

// --- Bills.

Result<std::vector<domain::Bill>> SqlDesk::find_bills(const BillSearch& search,
                                                      const std::optional<BillPlace>& after,
                                                      std::size_t skip, std::size_t limit) {
  Conditions where = conditions_of(search);
  if (after) {
    const std::string place = where.next(to_column(after->period));
    const std::string account = where.next(to_value(after->account));
    const std::string bill = where.next(to_value(after->bill));
    where.add("(period < " + place + " OR (period = " + place + " AND (account_id, bill_id) > (" +
              account + ", " + bill + ")))");
  }
  const std::string condition = where.text();
  const std::string sql = std::string(kSelectBill) + condition +
                          " ORDER BY period DESC, account_id, bill_id" + where.limited(skip, limit);
  std::vector<domain::Bill> bills;
  TRY(connection_.query(sql, where.values(), [&](const Row& row) -> Result<> {
    bills.push_back(TRY(read_bill(row)));
    return {};
  }));
  return bills;
}

Result<ports::BillSums> SqlDesk::sum_bills(const BillSearch& search) {
  const Conditions where = conditions_of(search);
  ports::BillSums sums;
  TRY(connection_.query(
      "SELECT COUNT(*), CAST(COALESCE(SUM(total_minor), 0) AS BIGINT), CAST(COALESCE(SUM(" +
          std::string(kRest) + "), 0) AS BIGINT) FROM bill" + where.text(),
      where.values(), [&](const Row& row) -> Result<> {
        sums = {row.integer(0), row.integer(1), row.integer(2)};
        return {};
      }));
  return sums;
}

Result<std::optional<ports::Billing::BillKey>> SqlDesk::find_document(std::string_view series,
                                                                      std::int64_t number) {
  std::optional<ports::Billing::BillKey> key;
  TRY(connection_.query(
      "SELECT account_id, bill_id FROM document WHERE series = $1 AND number = $2 "
      "ORDER BY account_id LIMIT 1",
      {to_column(series), number}, [&](const Row& row) -> Result<> {
        key = {row.id<domain::AccountId>(0), row.id<domain::BillId>(1)};
        return {};
      }));
  return key;
}

Result<std::vector<std::string>> SqlDesk::invoice_numbers(std::span<const domain::Bill> bills) {
  std::vector<std::string> numbers;
  for (const domain::Bill& bill : bills) {
    numbers.emplace_back();
    TRY(connection_.query(
        "SELECT series, number FROM document WHERE account_id = $1 AND bill_id = $2 "
        "ORDER BY recorded, series, number LIMIT 1",
        {to_value(bill.account), to_value(bill.id)}, [&](const Row& row) -> Result<> {
          numbers.back() = std::string(row.text(0)) + std::to_string(row.integer(1));
          return {};
        }));
  }
  return numbers;
}

// --- The ledger.

Result<std::vector<ports::LedgerEntry>> SqlDesk::list_entries(const ports::EntrySearch& search,
                                                              std::size_t skip, std::size_t limit) {
  Conditions where = conditions_of(search);
  const std::string condition = where.text();
  const std::string page = where.limited(skip, limit);
  std::vector<ports::LedgerEntry> entries;
  TRY(connection_.query(
      "SELECT e.account_id, e.posting_id, e.ordinal, p.kind, p.source, p.effective, p.recorded, "
      "e.amount_minor, e.currency" +
          std::string(kFromEntries) + condition +
          " ORDER BY p.effective DESC, p.recorded DESC, e.account_id, e.posting_id, e.ordinal" +
          page,
      where.values(), [&](const Row& row) -> Result<> {
        const auto currency = TRY(base::Currency::parse(row.text(8)));
        ports::LedgerEntry entry;
        entry.account = row.id<domain::AccountId>(0);
        entry.posting = row.id<domain::PostingId>(1);
        entry.ordinal = row.integer(2);
        entry.kind = row.text(3);
        entry.source = row.text(4);
        entry.effective = day(row, 5);
        entry.recorded = {row.integer(6)};
        entry.amount = Money(row.integer(7), currency);
        entries.push_back(std::move(entry));
        return {};
      }));
  return entries;
}

Result<std::int64_t> SqlDesk::count_entries(const ports::EntrySearch& search) {
  const Conditions where = conditions_of(search);
  std::int64_t count = 0;
  TRY(connection_.query("SELECT COUNT(*)" + std::string(kFromEntries) + where.text(),
                        where.values(), [&](const Row& row) -> Result<> {
                          count = row.integer(0);
                          return {};
                        }));
  return count;
}

// --- Proposals.

Result<> SqlDesk::add_proposal(const RunProposal& proposal) {
  auto rows = TRY(connection_.bulk_insert("run_proposal", kProposalColumns));
  const Value row[] = {to_value(proposal.job),
                       to_column(proposal.period),
                       proposal.state,
                       proposal.cutoff_epoch,
                       bytes_column(proposal.digest),
                       proposal.outcome.dump(),
                       proposal.asked_by,
                       proposal.recorded.micros,
                       optional_text(proposal.decided_by),
                       proposal.decided ? Value(proposal.decided->micros) : Value(),
                       optional_id(proposal.run_job)};
  TRY(rows->add(row));
  return rows->finish();
}

Result<> SqlDesk::update_proposal(const RunProposal& proposal) {
  TRY(connection_.execute(
      "UPDATE run_proposal SET state = $2, decided_by = $3, decided = $4, run_job = $5 "
      "WHERE job_id = $1",
      {to_value(proposal.job), proposal.state, optional_text(proposal.decided_by),
       proposal.decided ? Value(proposal.decided->micros) : Value(),
       optional_id(proposal.run_job)}));
  return {};
}

Result<std::optional<RunProposal>> SqlDesk::find_proposal(domain::JobId job) {
  std::optional<RunProposal> found;
  TRY(connection_.query(std::string(kSelectProposal) + "WHERE job_id = $1", {to_value(job)},
                        [&](const Row& row) -> Result<> {
                          found = TRY(read_proposal(row));
                          return {};
                        }));
  return found;
}

Result<std::vector<RunProposal>> SqlDesk::list_proposals(std::size_t limit) {
  std::vector<RunProposal> proposals;
  TRY(connection_.query(std::string(kSelectProposal) + "ORDER BY recorded DESC, job_id LIMIT $1",
                        {limit_column(limit)}, [&](const Row& row) -> Result<> {
                          proposals.push_back(TRY(read_proposal(row)));
                          return {};
                        }));
  return proposals;
}

// --- The search index.

Value SqlDesk::token(std::string_view word) const { return search_token(vault_, word); }

Result<> SqlDesk::index_customers(std::span<const Words> customers) {
  std::vector<domain::CustomerId> ids;
  for (const Words& customer : customers) ids.push_back(customer.customer);
  TRY(sql::query_keys(connection_, "DELETE FROM search_index WHERE customer_id IN ({keys})",
                      id_columns<domain::CustomerId>(ids),
                      [](const Row&) -> Result<> { return {}; }));
  auto rows = TRY(connection_.bulk_insert("search_index", kIndexColumns));
  for (const Words& customer : customers) {
    const std::set<std::string> words(customer.words.begin(), customer.words.end());
    for (const std::string& word : words) {
      const Value row[] = {token(word), to_value(customer.customer)};
      TRY(rows->add(row));
    }
  }
  return rows->finish();
}

Result<std::vector<domain::CustomerId>> SqlDesk::find_customers(
    std::span<const std::vector<std::string>> groups, std::size_t limit) {
  std::vector<domain::CustomerId> found;
  if (groups.empty()) return found;
  std::string sql;
  std::vector<Value> values;
  for (const std::vector<std::string>& group : groups) {
    std::string list;
    for (const std::string& word : group) {
      values.push_back(token(word));
      list += (list.empty() ? "$" : ", $") + std::to_string(values.size());
    }
    if (list.empty()) return found;
    if (!sql.empty()) sql += " INTERSECT ";
    sql += "SELECT customer_id FROM search_index WHERE search_token IN (" + list + ")";
  }
  values.push_back(limit_column(limit));
  TRY(connection_.query("SELECT DISTINCT customer_id FROM (" + sql +
                            ") AS matches ORDER BY customer_id LIMIT $" +
                            std::to_string(values.size()),
                        values, [&](const Row& row) -> Result<> {
                          found.push_back(row.id<domain::CustomerId>(0));
                          return {};
                        }));
  return found;
}

Result<std::vector<domain::CustomerId>> SqlDesk::customers_to_index(domain::CustomerId after,
                                                                    std::size_t limit) {
  std::int64_t done = INT64_MIN;
  TRY(connection_.query("SELECT recorded FROM search_progress WHERE name = $1",
                        {to_column(kIndexed)}, [&](const Row& row) -> Result<> {
                          done = row.integer(0);
                          return {};
                        }));
  std::vector<domain::CustomerId> customers;
  TRY(connection_.query(
      "SELECT customer_id FROM customer WHERE recorded > $1 AND customer_id > $2 "
      "UNION SELECT a.customer_id FROM account a JOIN service s ON s.account_id = a.account_id "
      "WHERE s.recorded > $1 AND a.customer_id > $2 ORDER BY 1 LIMIT $3",
      {done, to_value(after), limit_column(limit)}, [&](const Row& row) -> Result<> {
        customers.push_back(row.id<domain::CustomerId>(0));
        return {};
      }));
  return customers;
}

Result<base::Instant> SqlDesk::newest_fact() {
  base::Instant newest;
  for (const std::string_view table : {"customer", "service"}) {
    TRY(connection_.query(
        "SELECT CAST(COALESCE(MAX(recorded), 0) AS BIGINT) FROM " + std::string(table), {},
        [&](const Row& row) -> Result<> {
          newest.micros = std::max(newest.micros, row.integer(0));
          return {};
        }));
  }
  return newest;
}

// How many there are, the newest, and a sum in which times that moved show.
Result<std::int64_t> SqlDesk::mark_of_facts(base::Instant since) {
  constexpr std::uint64_t kFold = 1'099'511'628'211;  // The prime of FNV-1a.
  std::uint64_t mark = 0;
  for (const std::string_view table : {"customer", "service"}) {
    TRY(
        connection_.query("SELECT COUNT(*), CAST(COALESCE(MAX(recorded), 0) AS BIGINT), "
                          "CAST(COALESCE(SUM(recorded % 1000003), 0) AS BIGINT) FROM " +
                              std::string(table) + " WHERE recorded > $1",
                          {since.micros}, [&](const Row& row) -> Result<> {
                            for (const int column : {0, 1, 2}) {
                              mark = mark * kFold + static_cast<std::uint64_t>(row.integer(column));
                            }
                            return {};
                          }));
  }
  return static_cast<std::int64_t>(mark);
}

Result<std::optional<ports::Desk::Indexed>> SqlDesk::indexed() {
  std::optional<base::Instant> until;
  std::optional<std::int64_t> mark;
  TRY(connection_.query("SELECT name, recorded FROM search_progress", {},
                        [&](const Row& row) -> Result<> {
                          if (row.text(0) == kIndexed) until = base::Instant{row.integer(1)};
                          if (row.text(0) == kIndexedMark) mark = row.integer(1);
                          return {};
                        }));
  if (!until || !mark) return std::nullopt;
  return Indexed{*until, *mark};
}

Result<> SqlDesk::set_indexed(const Indexed& indexed) {
  const std::pair<std::string_view, std::int64_t> rows[] = {{kIndexed, indexed.until.micros},
                                                            {kIndexedMark, indexed.mark}};
  for (const auto& [name, value] : rows) {
    TRY(
        connection_.execute("INSERT INTO search_progress (name, recorded) VALUES ($1, $2) "
                            "ON CONFLICT (name) DO UPDATE SET recorded = excluded.recorded",
                            {to_column(name), value}));
  }
  return {};
}

Result<> SqlDesk::clear_index() {
  TRY(connection_.execute("DELETE FROM search_index"));
  TRY(connection_.execute("DELETE FROM search_progress"));
  return {};
}

}  // namespace storage
