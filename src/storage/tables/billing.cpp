#include "storage/tables/billing.h"

#include <algorithm>

#include "storage/sql/portable.h"
#include "storage/tables/bill_rows.h"
#include "storage/tables/columns.h"
#include "storage/tables/document_words.h"
#include "support/crypto/crypto.h"
#include "support/json/parse.h"
#include "support/pack/pack.h"

namespace storage {
namespace {

using base::Date;
using base::Money;
using base::Month;
using base::Result;
using sql::Row;
using sql::to_value;
using sql::Value;

constexpr std::string_view kBatchColumns[] = {
    "run_id",    "batch",       "account_from", "account_to",         "state",
    "accounts",  "documents",   "first_number", "set_aside",          "net_minor",
    "vat_minor", "total_minor", "credit_notes", "first_credit_number"};
constexpr std::string_view kMarkColumns[] = {"account_id", "group_key",    "boundary",
                                             "run_id",     "cutoff_epoch", "bill_id"};
constexpr std::string_view kBillColumns[] = {
    "account_id", "bill_id",          "run_id",     "group_key",  "period",         "state",
    "currency",   "total_minor",      "fees_minor", "paid_minor", "credited_minor", "issued",
    "due",        "reference_scheme", "reference",  "plan",       "version",        "recorded"};
constexpr std::string_view kDocumentColumns[] = {
    "account_id",  "document_id",    "bill_id",      "kind",
    "series",      "number",         "issued",       "due",
    "currency",    "net_minor",      "vat_minor",    "rounding_minor",
    "total_minor", "content_sealed", "content_hash", "recorded"};
constexpr std::string_view kReferenceColumns[] = {"reference", "account_id", "bill_id"};
constexpr std::string_view kLinkColumns[] = {"token_hash", "account_id", "bill_id", "attempt",
                                             "expires",    "revoked",    "recorded"};

constexpr std::string_view kSelectRun =
    "SELECT run_id, period, state, cutoff_epoch, issue_day, series, first_number, accounts, "
    "documents, set_aside, started_by, recorded, credit_notes, first_credit_number "
    "FROM billing_run ";
constexpr std::string_view kSelectBatch =
    "SELECT batch, account_from, account_to, state, accounts, documents, first_number, set_aside, "
    "net_minor, vat_minor, total_minor, credit_notes, first_credit_number FROM billing_batch ";
// Content is sealed to its place, so that it opens nowhere else.
std::string document_place(domain::AccountId account, domain::DocumentId id) {
  return sealed_place("document", "content_sealed", {to_value(account), to_value(id)});
}

ports::BillingRun read_run(const Row& row) {
  return {.id = row.id<domain::RunId>(0),
          .period = month(row, 1),
          .state = std::string(row.text(2)),
          .cutoff_epoch = row.integer(3),
          .issue_day = day(row, 4),
          .series = std::string(row.text(5)),
          .first_number = row.integer(6),
          .accounts = row.integer(7),
          .documents = row.integer(8),
          .set_aside = row.integer(9),
          .started_by = std::string(row.text(10)),
          .recorded = {row.integer(11)},
          .credit_notes = row.integer(12),
          .first_credit_number = row.integer(13)};
}

ports::BillingBatch read_batch(const Row& row) {
  return {.batch = row.integer(0),
          .range = {row.id<domain::AccountId>(1), row.id<domain::AccountId>(2)},
          .state = std::string(row.text(3)),
          .accounts = row.integer(4),
          .documents = row.integer(5),
          .first_number = row.integer(6),
          .set_aside = row.integer(7),
          .net_minor = row.integer(8),
          .vat_minor = row.integer(9),
          .total_minor = row.integer(10),
          .credit_notes = row.integer(11),
          .first_credit_number = row.integer(12)};
}

}  // namespace

// --- Runs.

Result<> SqlBilling::add_run(const ports::BillingRun& run,
                             std::span<const ports::BillingBatch> batches) {
  TRY(connection_.execute(
      "INSERT INTO billing_run (run_id, period, state, cutoff_epoch, issue_day, series, "
      "first_number, accounts, documents, set_aside, started_by, recorded) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      {to_value(run.id), to_column(run.period), to_column(run.state), run.cutoff_epoch,
       to_column(run.issue_day), to_column(run.series), run.first_number, run.accounts,
       run.documents, run.set_aside, to_column(run.started_by), run.recorded.micros}));
  auto rows = TRY(connection_.bulk_insert("billing_batch", kBatchColumns));
  for (const ports::BillingBatch& batch : batches) {
    const Value row[] = {to_value(run.id),
                         batch.batch,
                         to_value(batch.range.from),
                         to_value(batch.range.to),
                         to_column(batch.state),
                         batch.accounts,
                         batch.documents,
                         batch.first_number,
                         batch.set_aside,
                         batch.net_minor,
                         batch.vat_minor,
                         batch.total_minor,
                         batch.credit_notes,
                         batch.first_credit_number};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<> SqlBilling::update_run(const ports::BillingRun& run) {
  TRY(connection_.execute(
      "UPDATE billing_run SET state = $2, first_number = $3, accounts = $4, documents = $5, "
      "set_aside = $6, credit_notes = $7, first_credit_number = $8 WHERE run_id = $1",
      {to_value(run.id), to_column(run.state), run.first_number, run.accounts, run.documents,
       run.set_aside, run.credit_notes, run.first_credit_number}));
  return {};
}

Result<std::optional<ports::BillingRun>> SqlBilling::find_run(domain::RunId id) {
  std::optional<ports::BillingRun> found;
  TRY(connection_.query(std::string(kSelectRun) + "WHERE run_id = $1", {to_value(id)},
                        [&](const Row& row) -> Result<> {
                          found = read_run(row);
                          return {};
                        }));
  return found;
}

Result<std::vector<ports::BillingRun>> SqlBilling::list_runs(std::size_t limit) {
  std::vector<ports::BillingRun> runs;
  TRY(connection_.query(
      std::string(kSelectRun) + "ORDER BY recorded DESC, period DESC, run_id LIMIT $1",
      {static_cast<std::int64_t>(limit)}, [&](const Row& row) -> Result<> {
        runs.push_back(read_run(row));
        return {};
      }));
  return runs;
}

Result<std::vector<ports::BillingBatch>> SqlBilling::batches_of(domain::RunId run) {
  std::vector<ports::BillingBatch> batches;
  TRY(connection_.query(std::string(kSelectBatch) + "WHERE run_id = $1 ORDER BY batch",
                        {to_value(run)}, [&](const Row& row) -> Result<> {
                          batches.push_back(read_batch(row));
                          return {};
                        }));
  return batches;
}

Result<std::optional<ports::BillingBatch>> SqlBilling::find_batch(domain::RunId run,
                                                                  std::int64_t batch) {
  std::optional<ports::BillingBatch> found;
  TRY(connection_.query(std::string(kSelectBatch) + "WHERE run_id = $1 AND batch = $2",
                        {to_value(run), batch}, [&](const Row& row) -> Result<> {
                          found = read_batch(row);
                          return {};
                        }));
  return found;
}

Result<> SqlBilling::update_batch(domain::RunId run, const ports::BillingBatch& batch) {
  TRY(connection_.execute(
      "UPDATE billing_batch SET state = $3, accounts = $4, documents = $5, first_number = $6, "
      "set_aside = $7, net_minor = $8, vat_minor = $9, total_minor = $10, credit_notes = $11, "
      "first_credit_number = $12 WHERE run_id = $1 AND batch = $2",
      {to_value(run), batch.batch, to_column(batch.state), batch.accounts, batch.documents,
       batch.first_number, batch.set_aside, batch.net_minor, batch.vat_minor, batch.total_minor,
       batch.credit_notes, batch.first_credit_number}));
  return {};
}

Result<> SqlBilling::add_set_aside(domain::RunId run, std::span<const ports::SetAside> accounts) {
  for (const ports::SetAside& row : accounts) {
    TRY(connection_.execute(
        "INSERT INTO billing_set_aside (run_id, account_id, code, reason, place) "
        "VALUES ($1, $2, $3, $4, $5)",
        {to_value(run), to_value(row.account), row.error.code, row.error.text, row.error.place}));
  }
  return {};
}

Result<std::vector<ports::SetAside>> SqlBilling::set_aside_of(domain::RunId run,
                                                              std::size_t limit) {
  std::vector<ports::SetAside> accounts;
  TRY(connection_.query(
      "SELECT account_id, code, reason, place FROM billing_set_aside WHERE run_id = $1 "
      "ORDER BY account_id LIMIT $2",
      {to_value(run), static_cast<std::int64_t>(limit)}, [&](const Row& row) -> Result<> {
        accounts.push_back(
            {row.id<domain::AccountId>(0),
             {std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))}});
        return {};
      }));
  return accounts;
}

Result<std::int64_t> SqlBilling::take_invoice_numbers(std::string_view series, std::int64_t first,
                                                      std::int64_t count) {
  TRY(
      connection_.execute("INSERT INTO number_series (series, next_number) VALUES ($1, $2) "
                          "ON CONFLICT (series) DO NOTHING",
                          {to_column(series), first}));
  TRY(connection_.execute(
      "UPDATE number_series SET next_number = next_number + $2 WHERE series = $1",
      {to_column(series), count}));
  std::int64_t next = 0;
  TRY(connection_.query("SELECT next_number FROM number_series WHERE series = $1",
                        {to_column(series)}, [&](const Row& row) -> Result<> {
                          next = row.integer(0);
                          return {};
                        }));
  return next - count;
}

// --- Marks.

Result<std::vector<ports::BillingMark>> SqlBilling::load_marks(const ports::AccountRange& range,
                                                               base::Date since) {
  std::vector<ports::BillingMark> marks;
  TRY(connection_.query(
      "SELECT account_id, group_key, boundary, run_id, cutoff_epoch, bill_id "
      "FROM billing_closing WHERE account_id >= $1 AND account_id < $2 AND boundary >= $3 "
      "ORDER BY account_id, group_key, boundary",
      {to_value(range.from), range_end(range), to_column(since)}, [&](const Row& row) -> Result<> {
        ports::BillingMark mark{row.id<domain::AccountId>(0), std::string(row.text(1)), day(row, 2),
                                row.id<domain::RunId>(3),     row.integer(4),           {}};
        if (!row.is_null(5)) mark.bill = row.id<domain::BillId>(5);
        marks.push_back(std::move(mark));
        return {};
      }));
  return marks;
}

Result<> SqlBilling::add_marks(std::span<const ports::BillingMark> marks) {
  auto rows = TRY(connection_.bulk_insert("billing_closing", kMarkColumns));
  for (const ports::BillingMark& mark : marks) {
    const Value row[] = {to_value(mark.account), mark.group_key,    to_column(mark.boundary),
                         to_value(mark.run),     mark.cutoff_epoch, optional_id(mark.bill)};
    TRY(rows->add(row));
  }
  return rows->finish();
}

// --- Bills and documents.

Result<> SqlBilling::add_bills(std::span<const domain::Bill> bills) {
  auto rows = TRY(connection_.bulk_insert("bill", kBillColumns));
  for (const domain::Bill& bill : bills) {
    const Value row[] = {to_value(bill.account),
                         to_value(bill.id),
                         to_value(bill.run),
                         bill.group_key,
                         to_column(bill.period),
                         to_column(domain::to_text(bill.state)),
                         to_column(bill.total.currency().code()),
                         bill.total.minor(),
                         bill.fees.minor(),
                         bill.paid.minor(),
                         bill.credited.minor(),
                         to_column(bill.issued),
                         to_column(bill.due),
                         bill.reference_scheme,
                         bill.reference,
                         write_plan(bill.plan),
                         bill.version,
                         bill.recorded.micros};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<> SqlBilling::seal_documents(std::span<ports::StoredDocument> documents) {
  std::vector<domain::CustomerId> customers;
  for (const auto& document : documents) customers.push_back(document.customer);
  TRY(vault_.prefetch(customers));
  for (ports::StoredDocument& document : documents) TRY(seal(document));
  return {};
}

Result<> SqlBilling::seal(ports::StoredDocument& document) {
  document.sealed =
      TRY(vault_.seal(document.customer, document_place(document.account, document.id),
                      pack::pack(document.content, kDocumentWords)));
  const crypto::Digest hash = crypto::hash(document.sealed);
  document.sealed_hash.assign(reinterpret_cast<const char*>(hash.data()), hash.size());
  return {};
}

Result<> SqlBilling::add_documents(std::span<const ports::StoredDocument> documents) {
  auto rows = TRY(connection_.bulk_insert("document", kDocumentColumns));
  for (const ports::StoredDocument& document : documents) {
    if (document.sealed.empty()) {
      ports::StoredDocument own = document;
      TRY(seal(own));
      TRY(add_document(*rows, own));
    } else {
      TRY(add_document(*rows, document));
    }
  }
  return rows->finish();
}

Result<> SqlBilling::add_document(sql::BulkInsert& rows, const ports::StoredDocument& document) {
  const Value row[] = {to_value(document.account),
                       to_value(document.id),
                       to_value(document.bill),
                       document.kind,
                       document.series,
                       document.number,
                       to_column(document.issued),
                       to_column(document.due),
                       to_column(document.total.currency().code()),
                       document.net.minor(),
                       document.vat.minor(),
                       document.rounding.minor(),
                       document.total.minor(),
                       bytes_column(document.sealed),
                       bytes_column(document.sealed_hash),
                       document.recorded.micros};
  return rows.add(row);
}

Result<> SqlBilling::update_bill(const domain::Bill& bill) { return update_bills({&bill, 1}); }

Result<> SqlBilling::update_bills(std::span<const domain::Bill> bills) {
  constexpr std::string_view kKey[] = {"account_id", "bill_id", "version"};
  constexpr std::string_view kChanged[] = {"state",          "fees_minor", "paid_minor",
                                           "credited_minor", "plan",       "version"};
  std::vector<std::vector<Value>> rows;
  for (const domain::Bill& bill : bills) {
    rows.push_back({to_value(bill.account), to_value(bill.id), bill.version - 1,
                    to_column(domain::to_text(bill.state)), bill.fees.minor(), bill.paid.minor(),
                    bill.credited.minor(), write_plan(bill.plan), bill.version});
  }
  const std::int64_t changed = TRY(sql::update_rows(connection_, {"bill", kKey, kChanged}, rows));
  if (changed == static_cast<std::int64_t>(bills.size())) return {};
  return base::fail("database_busy", "another writer changed the bill; try again", "bill");
}

Result<std::vector<domain::Bill>> SqlBilling::hold_bills(std::span<const BillKey> keys) {
  return read_bills(keys, sql::for_update(connection_));
}

Result<std::vector<domain::Bill>> SqlBilling::find_bills(std::span<const BillKey> keys) {
  return read_bills(keys, "");
}

Result<std::vector<domain::Bill>> SqlBilling::read_bills(std::span<const BillKey> keys,
                                                         std::string_view suffix) {
  std::vector<BillKey> sorted(keys.begin(), keys.end());
  std::ranges::sort(sorted);
  const auto repeated = std::ranges::unique(sorted);
  sorted.erase(repeated.begin(), repeated.end());
  std::vector<domain::Bill> bills;
  // Without a way to a server, each by itself is the fastest.
  if (connection_.engine() == sql::Engine::kSqlite) {
    for (const BillKey& key : sorted) {
      if (auto bill = TRY(find_bill(key.account, key.bill))) bills.push_back(*std::move(bill));
    }
    return bills;
  }
  std::vector<std::vector<Value>> pairs;
  for (const BillKey& key : sorted) pairs.push_back({to_value(key.account), to_value(key.bill)});
  // Who holds them does it in their order; else the server need neither compare keys nor sort.
  const std::string_view which = suffix.empty() ? "JOIN (VALUES {keys}) AS k (account, bill) "
                                                  "ON account_id = k.account AND bill_id = k.bill"
                                                : "WHERE (account_id, bill_id) IN (VALUES {keys}) "
                                                  "ORDER BY account_id, bill_id";
  TRY(sql::query_key_rows(connection_,
                          std::string(kSelectBill) + std::string(which) + std::string(suffix),
                          pairs, [&](const Row& row) -> Result<> {
                            bills.push_back(TRY(read_bill(row)));
                            return {};
                          }));
  // A key may have been asked for twice, to fill up a statement.
  const auto key_of = [](const domain::Bill& bill) { return BillKey{bill.account, bill.id}; };
  if (!std::ranges::is_sorted(bills, {}, key_of)) std::ranges::sort(bills, {}, key_of);
  const auto twice = std::ranges::unique(bills, {}, key_of);
  bills.erase(twice.begin(), twice.end());
  return bills;
}

Result<std::optional<domain::Bill>> SqlBilling::find_bill(domain::AccountId account,
                                                          domain::BillId bill) {
  static const std::string kSelect =
      std::string(kSelectBill) + "WHERE account_id = $1 AND bill_id = $2";
  std::optional<domain::Bill> found;
  TRY(connection_.query(kSelect, {to_value(account), to_value(bill)},
                        [&](const Row& row) -> Result<> {
                          found = TRY(read_bill(row));
                          return {};
                        }));
  return found;
}

Result<std::vector<domain::Bill>> SqlBilling::list_bills(const ports::BillFilter& filter) {
  std::string sql(kSelectBill);
  sql += "WHERE (account_id, bill_id) > ($1, $2)";
  std::vector<Value> values = {to_value(filter.after_account), to_value(filter.after_bill)};
  const auto add = [&](std::string_view condition, Value value) {
    values.push_back(std::move(value));
    sql += " AND " + std::string(condition) + " = $" + std::to_string(values.size());
  };
  if (filter.period) add("period", to_column(*filter.period));
  if (filter.account) add("account_id", to_value(*filter.account));
  if (filter.bill) add("bill_id", to_value(*filter.bill));
  if (!filter.state.empty()) add("state", filter.state);
  if (!filter.reference.empty()) add("reference", filter.reference);
  values.push_back(static_cast<std::int64_t>(filter.limit));
  sql += " ORDER BY account_id, bill_id LIMIT $" + std::to_string(values.size());
  std::vector<domain::Bill> bills;
  TRY(connection_.query(sql, values, [&](const Row& row) -> Result<> {
    bills.push_back(TRY(read_bill(row)));
    return {};
  }));
  return bills;
}

Result<std::vector<domain::Bill>> SqlBilling::bills_before(const domain::Bill& bill,
                                                           std::size_t limit) {
  std::vector<domain::Bill> bills;
  TRY(connection_.query(std::string(kSelectBill) +
                            "WHERE account_id = $1 AND group_key = $2 AND issued < $3 "
                            "ORDER BY issued DESC, bill_id DESC LIMIT $4",
                        {to_value(bill.account), bill.group_key, to_column(bill.issued),
                         static_cast<std::int64_t>(limit)},
                        [&](const Row& row) -> Result<> {
                          bills.push_back(TRY(read_bill(row)));
                          return {};
                        }));
  return bills;
}

Result<std::vector<ports::StoredDocument>> SqlBilling::documents_of(domain::AccountId account,
                                                                    domain::BillId bill) {
  return read_documents(account, "bill_id = $2 ORDER BY recorded, series, number", to_value(bill));
}

Result<std::vector<ports::StoredDocument>> SqlBilling::documents_since(domain::AccountId account,
                                                                       base::Date since) {
  return read_documents(account, "issued >= $2 ORDER BY series, number", to_column(since));
}

Result<std::vector<ports::StoredDocument>> SqlBilling::read_documents(domain::AccountId account,
                                                                      std::string_view condition,
                                                                      const Value& value) {
  std::vector<ports::StoredDocument> documents;
  TRY(connection_.query(
      "SELECT document_id, kind, series, number, issued, due, currency, net_minor, vat_minor, "
      "rounding_minor, total_minor, content_sealed, recorded, bill_id FROM document "
      "WHERE account_id = $1 AND " +
          std::string(condition),
      {to_value(account), value}, [&](const Row& row) -> Result<> {
        const auto currency = TRY(base::Currency::parse(row.text(6)));
        ports::StoredDocument document;
        document.account = account;
        document.id = row.id<domain::DocumentId>(0);
        document.bill = row.id<domain::BillId>(13);
        document.kind = row.text(1);
        document.series = row.text(2);
        document.number = row.integer(3);
        document.issued = day(row, 4);
        document.due = day(row, 5);
        document.net = Money(row.integer(7), currency);
        document.vat = Money(row.integer(8), currency);
        document.rounding = Money(row.integer(9), currency);
        document.total = Money(row.integer(10), currency);
        const std::string packed =
            TRY(vault_.unseal(document_place(account, document.id), row.bytes(11)));
        document.content = TRY(pack::unpack(packed, kDocumentWords));
        document.recorded = {row.integer(12)};
        documents.push_back(std::move(document));
        return {};
      }));
  return documents;
}

Result<std::vector<ports::DocumentHead>> SqlBilling::list_documents(
    std::string_view kind, const ports::DocumentCursor& after, std::size_t limit) {
  std::vector<ports::DocumentHead> heads;
  TRY(connection_.query(
      "SELECT account_id, document_id, bill_id, kind, series, number, issued, due, currency, "
      "net_minor, vat_minor, rounding_minor, total_minor FROM document "
      "WHERE ($2 = '' OR kind = $2) AND "
      "(($4 = '' AND number > $1) OR ($4 <> '' AND (series, number) > ($4, $1))) "
      "ORDER BY series, number LIMIT $3",
      {after.number, to_column(kind), static_cast<std::int64_t>(limit), to_column(after.series)},
      [&](const Row& row) -> Result<> {
        const auto currency = TRY(base::Currency::parse(row.text(8)));
        heads.push_back({row.id<domain::AccountId>(0), row.id<domain::DocumentId>(1),
                         row.id<domain::BillId>(2), std::string(row.text(3)),
                         std::string(row.text(4)), row.integer(5), day(row, 6), day(row, 7),
                         Money(row.integer(9), currency), Money(row.integer(10), currency),
                         Money(row.integer(11), currency), Money(row.integer(12), currency)});
        return {};
      }));
  return heads;
}

// --- References and links.

Result<> SqlBilling::add_references(std::span<const domain::Bill> bills) {
  auto rows = TRY(connection_.bulk_insert("payment_reference", kReferenceColumns));
  for (const domain::Bill& bill : bills) {
    if (bill.reference.empty()) continue;  // Nothing to pay: a credit note.
    const Value row[] = {bill.reference, to_value(bill.account), to_value(bill.id)};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<std::optional<ports::Billing::BillKey>> SqlBilling::find_reference(
    std::string_view reference) {
  std::optional<BillKey> found;
  TRY(connection_.query("SELECT account_id, bill_id FROM payment_reference WHERE reference = $1",
                        {to_column(reference)}, [&](const Row& row) -> Result<> {
                          found = BillKey{row.id<domain::AccountId>(0), row.id<domain::BillId>(1)};
                          return {};
                        }));
  return found;
}

Result<std::map<std::string, ports::Billing::BillKey, std::less<>>> SqlBilling::find_references(
    std::span<const std::string> references) {
  const std::vector<Value> keys(references.begin(), references.end());
  std::map<std::string, BillKey, std::less<>> found;
  TRY(sql::query_keys(connection_,
                      "SELECT reference, account_id, bill_id FROM payment_reference "
                      "WHERE reference IN ({keys})",
                      keys, [&](const Row& row) -> Result<> {
                        found[std::string(row.text(0))] = {row.id<domain::AccountId>(1),
                                                           row.id<domain::BillId>(2)};
                        return {};
                      }));
  return found;
}

Result<> SqlBilling::add_links(std::span<const ports::Link> links) {
  auto rows = TRY(connection_.bulk_insert("link", kLinkColumns));
  for (const ports::Link& link : links) {
    const Value row[] = {bytes_column(link.token_hash),
                         to_value(link.account),
                         to_value(link.bill),
                         link.attempt,
                         link.expires ? Value(link.expires->micros) : Value(),
                         link.revoked ? Value(link.revoked->micros) : Value(),
                         link.recorded.micros};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<std::optional<ports::Link>> SqlBilling::find_link(std::string_view token_hash) {
  const std::string one[] = {std::string(token_hash)};
  auto links = TRY(find_links(one));
  if (links.empty()) return std::nullopt;
  return std::move(links.front());
}

Result<std::vector<ports::Link>> SqlBilling::find_links(std::span<const std::string> token_hashes) {
  std::vector<Value> keys;
  for (const std::string& hash : token_hashes) keys.push_back(bytes_column(hash));
  std::vector<ports::Link> links;
  TRY(sql::query_keys(
      connection_,
      "SELECT account_id, bill_id, attempt, expires, revoked, recorded, token_hash FROM link "
      "WHERE token_hash IN ({keys})",
      keys, [&](const Row& row) -> Result<> {
        ports::Link link;
        link.token_hash = row.bytes(6);
        link.account = row.id<domain::AccountId>(0);
        link.bill = row.id<domain::BillId>(1);
        link.attempt = row.text(2);
        if (const auto at = row.optional_integer(3)) link.expires = base::Instant{*at};
        if (const auto at = row.optional_integer(4)) link.revoked = base::Instant{*at};
        link.recorded = {row.integer(5)};
        links.push_back(std::move(link));
        return {};
      }));
  return links;
}

Result<std::vector<ports::Billing::VersionedBill>> SqlBilling::versions_of(
    std::span<const BillKey> bills) {
  std::vector<std::vector<Value>> keys;
  for (const BillKey& bill : bills) keys.push_back({to_value(bill.account), to_value(bill.bill)});
  std::vector<VersionedBill> versions;
  TRY(sql::query_key_rows(
      connection_,
      "SELECT account_id, bill_id, version FROM bill WHERE (account_id, bill_id) IN "
      "(VALUES {keys})",
      keys, [&](const Row& row) -> Result<> {
        versions.push_back(
            {row.id<domain::AccountId>(0), row.id<domain::BillId>(1), row.integer(2)});
        return {};
      }));
  return versions;
}

Result<> SqlBilling::revoke_links(domain::AccountId account, domain::BillId bill,
                                  base::Instant at) {
  TRY(connection_.execute(
      "UPDATE link SET revoked = $3 WHERE account_id = $1 AND bill_id = $2 AND revoked IS NULL",
      {to_value(account), to_value(bill), at.micros}));
  return {};
}

}  // namespace storage
