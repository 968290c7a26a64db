// The debits under mandates, their runs and the files that went to banks: the other half of
// SqlMandates.
//
// A file's bytes lie in pieces, so that a large one is never held whole where it is read.
#include <algorithm>

#include "storage/sql/portable.h"
#include "storage/tables/columns.h"
#include "storage/tables/mandates.h"

namespace storage {
namespace {

using base::Money;
using base::Result;
using domain::Collection;
using ports::CollectionRun;
using ports::OrderFile;
using ports::OrderGroup;
using sql::Row;
using sql::to_value;
using sql::Value;

constexpr std::int64_t kNone = -1;
constexpr std::size_t kPartBytes = 262'144;

constexpr std::string_view kColumns[] = {
    "account_id", "collection_id", "mandate_id", "bill_id",    "scheme",       "creditor",
    "state",      "amount_minor",  "currency",   "announced",  "hand_in",      "day",
    "first_day",  "tries",         "sequence",   "wire",       "changes_told", "order_file_id",
    "batch",      "reason",        "action",     "settled_on", "refund_until", "unauthorised_until",
    "payment_id", "version",       "recorded"};

constexpr std::string_view kSelect =
    "SELECT account_id, collection_id, mandate_id, bill_id, scheme, creditor, state, amount_minor, "
    "currency, announced, hand_in, day, first_day, tries, sequence, wire, changes_told, "
    "order_file_id, batch, reason, action, settled_on, refund_until, unauthorised_until, "
    "payment_id, version, recorded FROM collection ";

constexpr std::string_view kSelectRun =
    "SELECT day, state, after_account, after_bill, bills, planned, ordered, dropped, problems, "
    "files, started_by, recorded FROM collection_run ";

constexpr std::string_view kSelectFile =
    "SELECT order_file_id, day, ordinal, format, scheme, creditor, name, debits, mandates, "
    "sum_minor, currency, sha256, size, recorded FROM order_file ";

std::int64_t day_column(const std::optional<base::Date>& day) { return day ? day->days() : kNone; }

std::optional<base::Date> optional_day(const Row& row, int column) {
  if (row.integer(column) == kNone) return std::nullopt;
  return day(row, column);
}

Result<Collection> read_collection(const Row& row) {
  Collection collection;
  collection.account = row.id<domain::AccountId>(0);
  collection.id = row.id<domain::CollectionId>(1);
  collection.mandate = row.id<domain::MandateId>(2);
  collection.bill = row.id<domain::BillId>(3);
  collection.scheme = TRY(domain::parse_mandate_scheme(row.text(4)));
  collection.creditor = row.text(5);
  collection.state = TRY(domain::parse_collection_state(row.text(6)));
  collection.amount = Money(row.integer(7), TRY(base::Currency::parse(row.text(8))));
  collection.announced = day(row, 9);
  collection.hand_in = day(row, 10);
  collection.day = day(row, 11);
  collection.first_day = day(row, 12);
  collection.tries = static_cast<int>(row.integer(13));
  collection.sequence = TRY(domain::parse_debit_sequence(row.text(14)));
  collection.wire = row.text(15);
  collection.changes_told = static_cast<std::size_t>(row.integer(16));
  collection.file = row.id<domain::OrderFileId>(17);
  collection.batch = row.text(18);
  collection.reason = row.text(19);
  collection.action = row.text(20);
  collection.settled_on = optional_day(row, 21);
  collection.refund_until = optional_day(row, 22);
  collection.unauthorised_until = optional_day(row, 23);
  collection.payment = row.id<domain::PaymentId>(24);
  collection.version = row.integer(25);
  collection.recorded = {row.integer(26)};
  return collection;
}

CollectionRun read_run(const Row& row) {
  CollectionRun run;
  run.day = day(row, 0);
  run.state = row.text(1);
  run.after = {row.id<domain::AccountId>(2), row.id<domain::BillId>(3)};
  run.bills = row.integer(4);
  run.planned = row.integer(5);
  run.ordered = row.integer(6);
  run.dropped = row.integer(7);
  run.problems = row.integer(8);
  run.files = row.integer(9);
  run.started_by = row.text(10);
  run.recorded = {row.integer(11)};
  return run;
}

Result<OrderFile> read_order_file(const Row& row) {
  OrderFile file;
  file.id = row.id<domain::OrderFileId>(0);
  file.day = day(row, 1);
  file.ordinal = row.integer(2);
  file.format = row.text(3);
  file.group.scheme = TRY(domain::parse_mandate_scheme(row.text(4)));
  file.group.creditor = row.text(5);
  file.name = row.text(6);
  file.debits = row.integer(7);
  file.mandates = row.integer(8);
  file.sum = Money(row.integer(9), TRY(base::Currency::parse(row.text(10))));
  file.sha256 = row.bytes(11);
  file.size = row.integer(12);
  file.recorded = {row.integer(13)};
  return file;
}

std::string part_place(domain::OrderFileId id, std::int64_t part) {
  return sealed_place("order_file_part", "content_sealed", {to_value(id), part});
}

}  // namespace

// --- Collections.

Result<> SqlMandates::add_collections(std::span<const Collection> collections) {
  if (collections.empty()) return {};
  auto rows = TRY(connection_.bulk_insert("collection", kColumns));
  for (const Collection& collection : collections) {
    const Value row[] = {to_value(collection.account),
                         to_value(collection.id),
                         to_value(collection.mandate),
                         to_value(collection.bill),
                         to_column(domain::to_text(collection.scheme)),
                         collection.creditor,
                         to_column(domain::to_text(collection.state)),
                         collection.amount.minor(),
                         to_column(collection.amount.currency().code()),
                         to_column(collection.announced),
                         to_column(collection.hand_in),
                         to_column(collection.day),
                         to_column(collection.first_day),
                         std::int64_t{collection.tries},
                         to_column(domain::to_text(collection.sequence)),
                         collection.wire,
                         static_cast<std::int64_t>(collection.changes_told),
                         to_value(collection.file),
                         collection.batch,
                         collection.reason,
                         collection.action,
                         day_column(collection.settled_on),
                         day_column(collection.refund_until),
                         day_column(collection.unauthorised_until),
                         to_value(collection.payment),
                         collection.version,
                         collection.recorded.micros};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<> SqlMandates::update_collections(std::span<const Collection> collections) {
  constexpr std::string_view kKey[] = {"account_id", "collection_id", "version"};
  constexpr std::string_view kChanged[] = {
      "state",        "creditor",           "amount_minor", "day",    "sequence", "wire",
      "changes_told", "order_file_id",      "batch",        "reason", "action",   "settled_on",
      "refund_until", "unauthorised_until", "payment_id",   "version"};
  std::vector<std::vector<Value>> rows;
  for (const Collection& collection : collections) {
    rows.push_back({to_value(collection.account), to_value(collection.id), collection.version - 1,
                    to_column(domain::to_text(collection.state)), collection.creditor,
                    collection.amount.minor(), to_column(collection.day),
                    to_column(domain::to_text(collection.sequence)), collection.wire,
                    static_cast<std::int64_t>(collection.changes_told), to_value(collection.file),
                    collection.batch, collection.reason, collection.action,
                    day_column(collection.settled_on), day_column(collection.refund_until),
                    day_column(collection.unauthorised_until), to_value(collection.payment),
                    collection.version});
  }
  const auto changed = TRY(sql::update_rows(connection_, {"collection", kKey, kChanged}, rows));
  if (changed == static_cast<std::int64_t>(collections.size())) return {};
  return base::fail("database_busy", "another writer changed the debit; try again", "collection");
}

namespace {

// Debits of bills, of those that `which` says, by account and id.
Result<> read_of_bills(sql::Connection& connection, std::string_view select, std::string_view which,
                       std::span<const ports::Billing::BillKey> bills,
                       const std::function<Result<>(const Row&)>& on_row) {
  std::vector<std::vector<Value>> pairs;
  for (const auto& key : bills) pairs.push_back({to_value(key.account), to_value(key.bill)});
  return sql::query_key_rows(connection,
                             std::string(select) +
                                 "WHERE (account_id, bill_id) IN (VALUES {keys}) " +
                                 std::string(which) + "ORDER BY account_id, collection_id",
                             pairs, on_row);
}

}  // namespace

Result<std::vector<Collection>> SqlMandates::of_bills(
    std::span<const ports::Billing::BillKey> bills) {
  std::vector<Collection> found;
  TRY(read_of_bills(connection_, kSelect, "", bills, [&](const Row& row) -> Result<> {
    found.push_back(TRY(read_collection(row)));
    return {};
  }));
  return found;
}

Result<std::vector<Collection>> SqlMandates::pending_of(
    std::span<const ports::Billing::BillKey> bills) {
  std::vector<Collection> found;
  // So that PostgreSQL does not take the index of what is in files, which is of no use here.
  TRY(read_of_bills(connection_, kSelect, "AND state || '' IN ('ordered', 'accepted') ", bills,
                    [&](const Row& row) -> Result<> {
                      found.push_back(TRY(read_collection(row)));
                      return {};
                    }));
  return found;
}

Result<std::vector<domain::BillId>> SqlMandates::under_way(
    std::span<const ports::Billing::BillKey> bills) {
  std::vector<domain::BillId> found;
  TRY(read_of_bills(connection_, "SELECT bill_id FROM collection ",
                    "AND state IN ('planned', 'ordered', 'accepted') ", bills,
                    [&](const Row& row) -> Result<> {
                      found.push_back(row.id<domain::BillId>(0));
                      return {};
                    }));
  return found;
}

Result<std::vector<Collection>> SqlMandates::hold_wires(std::span<const std::string> wires) {
  std::vector<Value> keys;
  for (const std::string& wire : wires) keys.push_back(wire);
  std::vector<Collection> found;
  TRY(sql::query_keys(connection_,
                      std::string(kSelect) +
                          "WHERE wire IN ({keys}) ORDER BY account_id, collection_id" +
                          std::string(sql::for_update(connection_)),
                      keys, [&](const Row& row) -> Result<> {
                        found.push_back(TRY(read_collection(row)));
                        return {};
                      }));
  return found;
}

Result<std::vector<Collection>> SqlMandates::list_collections(
    const ports::CollectionFilter& filter) {
  std::string sql(kSelect);
  sql += "WHERE (account_id, collection_id) > ($1, $2)";
  std::vector<Value> values = {to_value(filter.after.account), to_value(filter.after.collection)};
  const auto add = [&](std::string_view column, Value value) {
    values.push_back(std::move(value));
    sql += " AND " + std::string(column) + " = $" + std::to_string(values.size());
  };
  if (filter.account) add("account_id", to_value(*filter.account));
  if (filter.collection) add("collection_id", to_value(*filter.collection));
  if (filter.file) {
    sql += " AND state <> 'planned'";  // For the index of what is in files.
    add("order_file_id", to_value(*filter.file));
  }
  if (!filter.batch.empty()) add("batch", filter.batch);
  if (!filter.state.empty()) add("state", filter.state);
  if (!filter.scheme.empty()) add("scheme", filter.scheme);
  values.push_back(limit_column(filter.limit));
  sql += " ORDER BY account_id, collection_id LIMIT $" + std::to_string(values.size());
  std::vector<Collection> found;
  TRY(connection_.query(sql, values, [&](const Row& row) -> Result<> {
    found.push_back(TRY(read_collection(row)));
    return {};
  }));
  return found;
}

Result<std::vector<OrderGroup>> SqlMandates::groups_due(base::Date hand_in) {
  std::vector<OrderGroup> groups;
  const auto add = [&](const Row& row) -> Result<> {
    OrderGroup& group = groups.emplace_back();
    group.scheme = TRY(domain::parse_mandate_scheme(row.text(0)));
    group.creditor = row.text(1);
    return {};
  };
  TRY(
      connection_.query("SELECT DISTINCT scheme, creditor FROM collection "
                        "WHERE state = 'planned' AND hand_in <= $1",
                        {to_column(hand_in)}, add));
  TRY(connection_.query("SELECT DISTINCT scheme, creditor FROM mandate WHERE state = 'draft'", {},
                        add));
  TRY(connection_.query("SELECT DISTINCT scheme, creditor FROM mandate WHERE ending = 'to_send'",
                        {}, add));
  std::ranges::sort(groups);
  const auto repeated = std::ranges::unique(groups);
  groups.erase(repeated.begin(), repeated.end());
  return groups;
}

Result<std::vector<Collection>> SqlMandates::hold_due(const OrderGroup& group, base::Date hand_in,
                                                      std::size_t limit) {
  std::vector<Collection> found;
  TRY(connection_.query(
      std::string(kSelect) +
          "WHERE state = 'planned' AND scheme = $1 AND creditor = $2 AND hand_in <= $3 "
          "ORDER BY hand_in, day, account_id, collection_id LIMIT $4" +
          std::string(sql::for_update(connection_)),
      {to_column(domain::to_text(group.scheme)), group.creditor, to_column(hand_in),
       limit_column(limit)},
      [&](const Row& row) -> Result<> {
        found.push_back(TRY(read_collection(row)));
        return {};
      }));
  return found;
}

// --- Runs.

Result<> SqlMandates::add_run(const CollectionRun& run) {
  TRY(connection_.execute(
      "INSERT INTO collection_run (day, state, after_account, after_bill, bills, planned, ordered, "
      "dropped, problems, files, started_by, recorded) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      {to_column(run.day), run.state, to_value(run.after.account), to_value(run.after.bill),
       run.bills, run.planned, run.ordered, run.dropped, run.problems, run.files, run.started_by,
       run.recorded.micros}));
  return {};
}

Result<> SqlMandates::update_run(const CollectionRun& run) {
  TRY(connection_.execute(
      "UPDATE collection_run SET state = $2, after_account = $3, after_bill = $4, bills = $5, "
      "planned = $6, ordered = $7, dropped = $8, problems = $9, files = $10 WHERE day = $1",
      {to_column(run.day), run.state, to_value(run.after.account), to_value(run.after.bill),
       run.bills, run.planned, run.ordered, run.dropped, run.problems, run.files}));
  return {};
}

Result<std::optional<CollectionRun>> SqlMandates::find_run(base::Date day) {
  std::optional<CollectionRun> found;
  TRY(connection_.query(std::string(kSelectRun) + "WHERE day = $1", {to_column(day)},
                        [&](const Row& row) -> Result<> {
                          found = read_run(row);
                          return {};
                        }));
  return found;
}

Result<std::vector<CollectionRun>> SqlMandates::list_runs(std::size_t limit) {
  std::vector<CollectionRun> runs;
  TRY(connection_.query(std::string(kSelectRun) + "ORDER BY day DESC LIMIT $1",
                        {limit_column(limit)}, [&](const Row& row) -> Result<> {
                          runs.push_back(read_run(row));
                          return {};
                        }));
  return runs;
}

// --- Files.

Result<> SqlMandates::add_file(const OrderFile& file, std::string_view bytes) {
  TRY(connection_.execute(
      "INSERT INTO order_file (order_file_id, day, ordinal, format, scheme, creditor, name, "
      "debits, mandates, sum_minor, currency, sha256, size, recorded) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
      {to_value(file.id), to_column(file.day), file.ordinal, file.format,
       to_column(domain::to_text(file.group.scheme)), file.group.creditor, file.name, file.debits,
       file.mandates, file.sum.minor(), to_column(file.sum.currency().code()),
       bytes_column(file.sha256), file.size, file.recorded.micros}));
  constexpr std::string_view kPartColumns[] = {"order_file_id", "part", "content_sealed"};
  auto rows = TRY(connection_.bulk_insert("order_file_part", kPartColumns));
  for (std::int64_t part = 1; !bytes.empty(); ++part) {
    const std::string_view piece = bytes.substr(0, kPartBytes);
    bytes.remove_prefix(piece.size());
    const Value row[] = {to_value(file.id), part,
                         bytes_column(vault_.seal_operator(part_place(file.id, part), piece))};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<std::optional<OrderFile>> SqlMandates::find_file(domain::OrderFileId id) {
  std::optional<OrderFile> found;
  TRY(connection_.query(std::string(kSelectFile) + "WHERE order_file_id = $1", {to_value(id)},
                        [&](const Row& row) -> Result<> {
                          found = TRY(read_order_file(row));
                          return {};
                        }));
  return found;
}

Result<std::vector<OrderFile>> SqlMandates::files_of(base::Date day) {
  std::vector<OrderFile> files;
  TRY(connection_.query(std::string(kSelectFile) + "WHERE day = $1 ORDER BY ordinal",
                        {to_column(day)}, [&](const Row& row) -> Result<> {
                          files.push_back(TRY(read_order_file(row)));
                          return {};
                        }));
  return files;
}

Result<> SqlMandates::read_file(domain::OrderFileId id,
                                const std::function<Result<>(std::string_view)>& visit) {
  for (std::int64_t part = 1;; ++part) {
    std::optional<std::string> piece;
    TRY(connection_.query(
        "SELECT content_sealed FROM order_file_part WHERE order_file_id = $1 AND part = $2",
        {to_value(id), part}, [&](const Row& row) -> Result<> {
          piece = TRY(vault_.unseal(part_place(id, part), row.bytes(0)));
          return {};
        }));
    if (!piece) return {};
    TRY(visit(*piece));
  }
}

}  // namespace storage
