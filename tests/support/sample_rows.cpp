#include "tests/support/sample_rows.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/result/check.h"
#include "storage/schema.h"
#include "support/crypto/crypto.h"

namespace tests {
namespace {

namespace sql = storage::sql;
using base::Result;

// Columns that may be null in every table that has them.
constexpr std::string_view kMayBeNull[] = {"campaign", "closed",      "ends",    "reverses",
                                           "revoked",  "text_sealed", "valid_to"};

base::IdBytes sample_id(std::string_view what, std::int64_t n) {
  const std::string number = std::to_string(n);
  const std::string_view parts[] = {"sample", what, number};
  return crypto::derived_id(parts);
}

std::string raw(const base::IdBytes& id) {
  return {reinterpret_cast<const char*>(id.data()), id.size()};
}

bool is_in_key(const storage::Table& table, std::size_t column) {
  return std::ranges::find(table.key, column) != table.key.end();
}

sql::Value sample_value(const storage::Table& table, std::size_t at, std::int64_t n) {
  const storage::Column& column = table.columns[at];
  if (n % 2 == 1 && !is_in_key(table, at) &&
      std::ranges::find(kMayBeNull, column.name) != std::end(kMayBeNull)) {
    return {};
  }
  switch (column.kind) {
    case sql::Kind::kInteger: return n * 1'000'003 + static_cast<std::int64_t>(at);
    case sql::Kind::kText: return "åÄ \"" + column.name + "\" \U0001F4A1 " + std::to_string(n);
    case sql::Kind::kBytes: return sql::Bytes{raw(sample_id(column.name, n))};
  }
  return {};
}

Result<> add_rows(storage::SqlTransaction& transaction, const storage::Table& table,
                  std::int64_t rows) {
  std::vector<std::string_view> columns;
  for (const storage::Column& column : table.columns) columns.push_back(column.name);
  auto insert = TRY(transaction.connection().bulk_insert(table.name, columns));
  for (std::int64_t n = 0; n < rows; ++n) {
    storage::TableRow row;
    for (std::size_t at = 0; at < columns.size(); ++at) row.push_back(sample_value(table, at, n));
    const storage::TableRow key = storage::key_of(table, row);
    for (std::size_t at = 0; at < columns.size(); ++at) {
      if (!columns[at].ends_with("_sealed") || row[at] == sql::Value()) continue;
      const std::string place = storage::sealed_place(table.name, columns[at], key);
      const std::string text = "secret of " + place + (n % 3 == 0 ? " \xff not UTF-8" : " å");
      row[at] =
          sql::Bytes{n % 5 == 4 ? transaction.vault().seal_operator(place, text)
                                : TRY(transaction.vault().seal(sample_customer(n), place, text))};
    }
    TRY(insert->add(row));
  }
  return insert->finish();
}

}  // namespace

domain::CustomerId sample_customer(std::int64_t n) {
  return domain::CustomerId(sample_id("customer_id", n));
}

domain::AccountId sample_account(std::int64_t n) {
  return domain::AccountId(sample_id("account_id", n));
}

Result<> add_sample_account(storage::SqlTransaction& transaction, std::int64_t n) {
  TRY(transaction.vault().create_customer_key(sample_customer(n)));
  TRY(transaction.connection().execute(
      "INSERT INTO account (account_id, customer_id, country, currency, profile, epoch, recorded) "
      "VALUES ($1, $2, 'SE', 'SEK', '{}', 1, 0)",
      {sql::to_value(sample_account(n)), sql::to_value(sample_customer(n))}));
  return {};
}

Result<> fill_every_table(storage::SqlStore& store, const SampleSize& size) {
  const auto transaction = TRY(store.begin_sql(ports::TransactionKind::kWrite));
  std::vector<domain::CustomerId> customers;
  for (std::int64_t n = 0; n < size.many_rows; ++n) customers.push_back(sample_customer(n));
  TRY(transaction->vault().create_customer_keys(customers));
  for (const storage::Table& table : TRY(storage::read_schema(transaction->connection()))) {
    if (table.name == "customer_key") continue;
    const bool many = table.name == "account" || table.name == "event";
    TRY(add_rows(*transaction, table, many ? size.many_rows : size.rows));
  }
  TRY(transaction->vault().erase_customer_key(sample_customer(1), {42}));
  return transaction->commit();
}

}  // namespace tests
