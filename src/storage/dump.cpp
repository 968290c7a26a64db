#include "storage/dump.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "base/id/id.h"
#include "base/text/json.h"
#include "domain/ids.h"
#include "storage/schema.h"
#include "storage/tables/document_words.h"
#include "support/crypto/crypto.h"
#include "support/pack/pack.h"

namespace storage {
namespace {

using base::Json;
using base::Result;

// Columns whose content nobody may read, whatever table they are in.
constexpr std::string_view kSecretColumns[] = {"csrf", "password_hash", "token_hash",
                                               "wrapped_key"};

// Projections: made from the rest, and made anew whenever somebody likes.
constexpr std::string_view kProjections[] = {"search_index", "search_progress"};

struct IdColumn {
  std::string_view column;
  std::string_view prefix;
};

// What ids the columns hold; other bytes are printed as hex.
constexpr IdColumn kIdColumns[] = {
    {"account_from", domain::AccountIdTag::kPrefix},
    {"account_id", domain::AccountIdTag::kPrefix},
    {"account_to", domain::AccountIdTag::kPrefix},
    {"audit_id", domain::AuditIdTag::kPrefix},
    {"allocation_id", domain::AllocationIdTag::kPrefix},
    {"bank_file_id", domain::BankFileIdTag::kPrefix},
    {"bill_id", domain::BillIdTag::kPrefix},
    {"call_id", domain::CallIdTag::kPrefix},
    {"charge_id", domain::ChargeIdTag::kPrefix},
    {"credit_id", domain::CreditIdTag::kPrefix},
    {"customer_id", domain::CustomerIdTag::kPrefix},
    {"document_id", domain::DocumentIdTag::kPrefix},
    {"file_id", domain::FileIdTag::kPrefix},
    {"job_id", domain::JobIdTag::kPrefix},
    {"outbox_id", domain::OutboxIdTag::kPrefix},
    {"payment_id", domain::PaymentIdTag::kPrefix},
    {"posting_id", domain::PostingIdTag::kPrefix},
    {"reject_id", domain::RejectIdTag::kPrefix},
    {"reverses", domain::PostingIdTag::kPrefix},
    {"reverses_usage", domain::UsageIdTag::kPrefix},
    {"run_job", domain::JobIdTag::kPrefix},
    {"run_id", domain::RunIdTag::kPrefix},
    {"service_id", domain::ServiceIdTag::kPrefix},
    {"token_id", domain::TokenIdTag::kPrefix},
    {"undoes", domain::AllocationIdTag::kPrefix},
    {"usage_id", domain::UsageIdTag::kPrefix},
    {"user_id", domain::UserIdTag::kPrefix},
};

bool is_sealed(const Column& column) { return column.name.ends_with("_sealed"); }

bool is_secret(const Column& column) {
  return std::ranges::find(kSecretColumns, column.name) != std::end(kSecretColumns);
}

std::string hex(std::string_view bytes) {
  return crypto::to_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

Json print_bytes(const Column& column, std::string_view bytes) {
  const auto id = std::ranges::find(kIdColumns, column.name, &IdColumn::column);
  base::IdBytes id_bytes{};
  if (id == std::end(kIdColumns) || bytes.size() != id_bytes.size()) return hex(bytes);
  std::memcpy(id_bytes.data(), bytes.data(), bytes.size());
  return base::print_id(id->prefix, id_bytes);
}

// Sealed columns hold text, packed where it is a document's, or the raw record of a file in any
// encoding.
Result<Json> print_sealed(Vault& vault, const Table& table, const std::string& place,
                          std::string_view sealed) {
  auto text = vault.unseal(place, sealed);
  if (text && table.name == "document") text = TRY(pack::unpack(*text, kDocumentWords));
  if (text) return sql::is_text(*text) ? Json(*text) : Json("hex:" + hex(*text));
  if (text.error().code == "erased") return Json("erased");
  return std::unexpected(text.error());
}

class Dump {
 public:
  Dump(SqlTransaction& transaction, const std::function<Result<>(std::string_view)>& sink)
      : transaction_(transaction), sink_(sink) {}

  Result<> run() {
    for (const Table& table : TRY(read_schema(transaction_.connection()))) {
      if (std::ranges::find(kProjections, table.name) != std::end(kProjections)) continue;
      TRY(for_each_page(transaction_.connection(), table,
                        [&](std::span<const TableRow> rows) { return print_page(table, rows); }));
    }
    return {};
  }

 private:
  Result<> print_page(const Table& table, std::span<const TableRow> rows) {
    TRY(prefetch_keys(table, rows));
    for (const TableRow& row : rows) {
      Json line;
      line.set("table", table.name);
      for (std::size_t at = 0; at < row.size(); ++at) {
        line.set(table.columns[at].name, TRY(print(table, row, at)));
      }
      TRY(sink_(line.dump() + "\n"));
    }
    return {};
  }

  Result<> prefetch_keys(const Table& table, std::span<const TableRow> rows) {
    std::vector<domain::CustomerId> customers;
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
      if (!is_sealed(table.columns[at])) continue;
      for (const TableRow& row : rows) {
        const auto* sealed = std::get_if<sql::Bytes>(&row[at]);
        const auto owner = sealed == nullptr ? std::nullopt : Vault::sealed_by(sealed->value);
        if (owner) customers.push_back(*owner);
      }
    }
    return transaction_.vault().prefetch(customers);
  }

  Result<Json> print(const Table& table, const TableRow& row, std::size_t at) {
    const Column& column = table.columns[at];
    const sql::Value& value = row[at];
    if (std::holds_alternative<std::monostate>(value)) return Json();
    if (is_secret(column)) return Json(value == sql::Value(std::string()) ? "" : "set");
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return Json(*integer);
    if (const auto* text = std::get_if<std::string>(&value)) return Json(*text);
    const std::string& bytes = std::get<sql::Bytes>(value).value;
    if (!is_sealed(column)) return print_bytes(column, bytes);
    return print_sealed(transaction_.vault(), table,
                        sealed_place(table.name, column.name, key_of(table, row)), bytes);
  }

  SqlTransaction& transaction_;
  const std::function<Result<>(std::string_view)>& sink_;
};

}  // namespace

Result<> dump_canonical(SqlStore& store, const std::function<Result<>(std::string_view)>& sink) {
  const auto transaction = TRY(store.begin_sql(ports::TransactionKind::kRead));
  return Dump(*transaction, sink).run();
}

}  // namespace storage
