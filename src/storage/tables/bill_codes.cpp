// Short codes of bills, as SqlTills keeps them: by a keyed hash, so that a copy of the database
// tells no code and nobody's telephone number.
#include "storage/tables/columns.h"
#include "storage/tables/tills.h"

namespace storage {
namespace {

using base::Result;
using sql::Row;
using sql::to_value;

constexpr std::string_view kCodeHash = "bill_code";
constexpr std::string_view kCallerHash = "code_caller";
constexpr std::uint64_t kFirstCode = 100'000'000;  // Nine digits, none of them lost in front.
constexpr std::uint64_t kCodes = 900'000'000;

}  // namespace

std::string SqlTills::code_digits(domain::BillId bill, std::int64_t attempt) {
  const sql::Bytes hash =
      vault_.index_hash("bill_code_digits", bill.to_string() + "/" + std::to_string(attempt));
  std::uint64_t number = 0;
  for (std::size_t at = 0; at < sizeof number; ++at) {
    number = number << 8 | static_cast<std::uint8_t>(hash.value[at]);
  }
  return std::to_string(kFirstCode + number % kCodes);
}

Result<std::optional<ports::Billing::BillKey>> SqlTills::find_code(std::string_view digits) {
  std::optional<ports::Billing::BillKey> found;
  TRY(connection_.query("SELECT account_id, bill_id FROM bill_code WHERE code_hash = $1",
                        {vault_.index_hash(kCodeHash, digits)}, [&](const Row& row) -> Result<> {
                          found = {row.id<domain::AccountId>(0), row.id<domain::BillId>(1)};
                          return {};
                        }));
  return found;
}

Result<bool> SqlTills::add_code(std::string_view digits, const ports::Billing::BillKey& bill,
                                base::Instant now) {
  bool is_new = false;
  TRY(connection_.query(
      "INSERT INTO bill_code (code_hash, account_id, bill_id, recorded) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (code_hash) DO NOTHING RETURNING recorded",
      {vault_.index_hash(kCodeHash, digits), to_value(bill.account), to_value(bill.bill),
       now.micros},
      [&](const Row&) -> Result<> {
        is_new = true;
        return {};
      }));
  return is_new;
}

Result<domain::CodeTries> SqlTills::tries_of(std::string_view caller) {
  domain::CodeTries tries;
  TRY(connection_.query("SELECT since, wrong FROM code_caller WHERE caller_hash = $1",
                        {vault_.index_hash(kCallerHash, caller)}, [&](const Row& row) -> Result<> {
                          tries = {{row.integer(0)}, row.integer(1)};
                          return {};
                        }));
  return tries;
}

Result<> SqlTills::keep_tries(std::string_view caller, const domain::CodeTries& tries) {
  TRY(connection_.execute(
      "INSERT INTO code_caller (caller_hash, since, wrong) VALUES ($1, $2, $3) "
      "ON CONFLICT (caller_hash) DO UPDATE SET since = excluded.since, wrong = excluded.wrong",
      {vault_.index_hash(kCallerHash, caller), tries.since.micros, tries.wrong}));
  return {};
}

}  // namespace storage
