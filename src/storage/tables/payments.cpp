#include "storage/tables/payments.h"

#include <algorithm>
#include <map>

#include "storage/sql/portable.h"
#include "storage/tables/columns.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Money;
using base::Result;
using ports::IncomingPayment;
using sql::Row;
using sql::to_value;
using sql::Value;

constexpr std::string_view kProblemColumns[] = {"bank_file_id", "ordinal", "line",
                                                "field",        "code",    "reason"};
constexpr std::string_view kPaymentColumns[] = {
    "payment_id",      "bank_file_id",  "entry",        "bank_account", "rail",
    "amount_minor",    "currency",      "booked",       "value_day",    "reference",
    "bank_reference",  "end_to_end_id", "payer_sealed", "state",        "reason",
    "allocated_minor", "recorded",      "return_of",    "charges_minor"};
constexpr std::string_view kAllocationColumns[] = {
    "account_id", "allocation_id", "payment_id",  "bill_id", "amount_minor", "currency",
    "effective",  "rail",          "assigned_by", "undoes",  "posting_id",   "recorded"};

constexpr std::string_view kSelectFile =
    "SELECT bank_file_id, name, format, sha256, size, state, next_entry, entries, payments, "
    "repeated, left_out, problems, imported_by, recorded FROM bank_file ";
constexpr std::string_view kSelectPayment =
    "SELECT payment_id, bank_file_id, entry, bank_account, rail, amount_minor, currency, booked, "
    "value_day, reference, bank_reference, end_to_end_id, payer_sealed, state, reason, "
    "allocated_minor, recorded, return_of, charges_minor FROM payment ";

std::string payer_place(domain::PaymentId id) {
  return sealed_place("payment", "payer_sealed", {to_value(id)});
}

ports::BankFileRow read_file(const Row& row) {
  return {.id = row.id<domain::BankFileId>(0),
          .name = std::string(row.text(1)),
          .format = std::string(row.text(2)),
          .sha256 = std::string(row.bytes(3)),
          .size = row.integer(4),
          .state = std::string(row.text(5)),
          .next_entry = row.integer(6),
          .entries = row.integer(7),
          .payments = row.integer(8),
          .repeated = row.integer(9),
          .left_out = row.integer(10),
          .problems = row.integer(11),
          .imported_by = std::string(row.text(12)),
          .recorded = {row.integer(13)}};
}

Result<ports::Allocation> read_allocation(const Row& row) {
  const auto currency = TRY(base::Currency::parse(row.text(5)));
  ports::Allocation allocation;
  allocation.account = row.id<domain::AccountId>(0);
  allocation.id = row.id<domain::AllocationId>(1);
  allocation.payment = row.id<domain::PaymentId>(2);
  if (!row.is_null(3)) allocation.bill = row.id<domain::BillId>(3);
  allocation.amount = Money(row.integer(4), currency);
  allocation.effective = day(row, 6);
  allocation.rail = row.text(7);
  allocation.by = row.text(8);
  if (!row.is_null(9)) allocation.undoes = row.id<domain::AllocationId>(9);
  allocation.posting = row.id<domain::PostingId>(10);
  allocation.recorded = {row.integer(11)};
  return allocation;
}

}  // namespace

// --- Files.

Result<> SqlPayments::add_file(const ports::BankFileRow& file) {
  TRY(connection_.execute(
      "INSERT INTO bank_file (bank_file_id, name, format, sha256, size, state, next_entry, "
      "entries, payments, repeated, left_out, problems, imported_by, recorded) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
      {to_value(file.id), file.name, file.format, bytes_column(file.sha256), file.size, file.state,
       file.next_entry, file.entries, file.payments, file.repeated, file.left_out, file.problems,
       file.imported_by, file.recorded.micros}));
  return {};
}

Result<> SqlPayments::update_file(const ports::BankFileRow& file) {
  TRY(connection_.execute(
      "UPDATE bank_file SET state = $2, next_entry = $3, entries = $4, payments = $5, "
      "repeated = $6, left_out = $7, problems = $8 WHERE bank_file_id = $1",
      {to_value(file.id), file.state, file.next_entry, file.entries, file.payments, file.repeated,
       file.left_out, file.problems}));
  return {};
}

Result<std::optional<ports::BankFileRow>> SqlPayments::find_file(domain::BankFileId id) {
  std::optional<ports::BankFileRow> found;
  TRY(connection_.query(std::string(kSelectFile) + "WHERE bank_file_id = $1", {to_value(id)},
                        [&](const Row& row) -> Result<> {
                          found = read_file(row);
                          return {};
                        }));
  return found;
}

Result<std::vector<ports::BankFileRow>> SqlPayments::list_files(std::size_t limit) {
  std::vector<ports::BankFileRow> files;
  TRY(connection_.query(
      std::string(kSelectFile) + "ORDER BY recorded DESC, name, bank_file_id LIMIT $1",
      {limit_column(limit)}, [&](const Row& row) -> Result<> {
        files.push_back(read_file(row));
        return {};
      }));
  return files;
}

Result<> SqlPayments::add_problems(domain::BankFileId file,
                                   std::span<const ports::BankFileProblem> problems) {
  if (problems.empty()) return {};
  std::int64_t ordinal = 0;
  TRY(connection_.query("SELECT COUNT(*) FROM bank_file_problem WHERE bank_file_id = $1",
                        {to_value(file)}, [&](const Row& row) -> Result<> {
                          ordinal = row.integer(0);
                          return {};
                        }));
  auto rows = TRY(connection_.bulk_insert("bank_file_problem", kProblemColumns));
  for (const ports::BankFileProblem& problem : problems) {
    const Value row[] = {to_value(file), ++ordinal,    problem.line,
                         problem.field,  problem.code, problem.text};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<std::vector<ports::BankFileProblem>> SqlPayments::problems_of(domain::BankFileId file,
                                                                     std::size_t limit) {
  std::vector<ports::BankFileProblem> problems;
  TRY(connection_.query(
      "SELECT line, field, code, reason FROM bank_file_problem WHERE bank_file_id = $1 "
      "ORDER BY ordinal LIMIT $2",
      {to_value(file), limit_column(limit)}, [&](const Row& row) -> Result<> {
        problems.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)),
                            std::string(row.text(3))});
        return {};
      }));
  return problems;
}

// --- Payments.

Result<std::vector<domain::PaymentId>> SqlPayments::known(std::span<const domain::PaymentId> ids) {
  std::vector<domain::PaymentId> found;
  TRY(sql::query_keys(connection_, "SELECT payment_id FROM payment WHERE payment_id IN ({keys})",
                      id_columns(ids), [&](const Row& row) -> Result<> {
                        found.push_back(row.id<domain::PaymentId>(0));
                        return {};
                      }));
  std::ranges::sort(found);
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

std::string SqlPayments::sealed_payer(const IncomingPayment& payment) const {
  base::Json payer;
  payer.set("name", payment.payer_name)
      .set("account", payment.payer_account)
      .set("remittance", payment.remittance);
  return vault_.seal_operator(payer_place(payment.id), payer.dump());
}

void SqlPayments::seal_payers(std::span<IncomingPayment> payments) const {
  for (IncomingPayment& payment : payments) payment.payer_sealed = sealed_payer(payment);
}

Result<> SqlPayments::add_payments(std::span<const IncomingPayment> payments) {
  auto rows = TRY(connection_.bulk_insert("payment", kPaymentColumns));
  for (const IncomingPayment& payment : payments) {
    const Value row[] = {
        to_value(payment.id),
        to_value(payment.file),
        payment.entry,
        payment.bank_account,
        payment.rail,
        payment.amount.minor(),
        to_column(payment.amount.currency().code()),
        to_column(payment.booked),
        to_column(payment.value),
        payment.reference,
        payment.bank_reference,
        payment.end_to_end_id,
        bytes_column(payment.payer_sealed.empty() ? sealed_payer(payment) : payment.payer_sealed),
        payment.state,
        payment.reason,
        payment.allocated.minor(),
        payment.recorded.micros,
        optional_id(payment.return_of),
        payment.charges_minor};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<> SqlPayments::update_payment(const IncomingPayment& payment) {
  return update_payments({&payment, 1});
}

Result<> SqlPayments::update_payments(std::span<const IncomingPayment> payments) {
  constexpr std::string_view kKey[] = {"payment_id"};
  constexpr std::string_view kChanged[] = {"state", "reason", "allocated_minor"};
  std::vector<std::vector<Value>> rows;
  for (const IncomingPayment& payment : payments) {
    rows.push_back(
        {to_value(payment.id), payment.state, payment.reason, payment.allocated.minor()});
  }
  TRY(sql::update_rows(connection_, {"payment", kKey, kChanged}, rows));
  return {};
}

Result<> SqlPayments::set_return_of(domain::PaymentId back, domain::PaymentId original) {
  TRY(connection_.execute("UPDATE payment SET return_of = $2 WHERE payment_id = $1",
                          {to_value(back), optional_id(original)}));
  return {};
}

Result<std::vector<ports::PaymentStanding>> SqlPayments::standing_of(
    std::span<const domain::PaymentId> ids) {
  std::map<domain::PaymentId, ports::PaymentStanding> found;
  TRY(sql::query_keys(connection_,
                      "SELECT payment_id, state, allocated_minor, currency FROM payment "
                      "WHERE payment_id IN ({keys})",
                      id_columns(ids), [&](const Row& row) -> Result<> {
                        const auto currency = TRY(base::Currency::parse(row.text(3)));
                        const auto id = row.id<domain::PaymentId>(0);
                        found[id] = {id, std::string(row.text(1)), Money(row.integer(2), currency)};
                        return {};
                      }));
  TRY(sql::query_keys(connection_,
                      "SELECT payment_id, COUNT(*) FROM allocation WHERE payment_id IN ({keys}) "
                      "GROUP BY payment_id",
                      id_columns(ids), [&](const Row& row) -> Result<> {
                        const auto known = found.find(row.id<domain::PaymentId>(0));
                        if (known != found.end()) known->second.allocations = row.integer(1);
                        return {};
                      }));
  std::vector<ports::PaymentStanding> standing;
  for (auto& [id, each] : found) standing.push_back(std::move(each));
  return standing;
}

Result<IncomingPayment> SqlPayments::read_payment(const Row& row) {
  const auto currency = TRY(base::Currency::parse(row.text(6)));
  IncomingPayment payment;
  payment.id = row.id<domain::PaymentId>(0);
  payment.file = row.id<domain::BankFileId>(1);
  payment.entry = row.integer(2);
  payment.bank_account = row.text(3);
  payment.rail = row.text(4);
  payment.amount = Money(row.integer(5), currency);
  payment.booked = day(row, 7);
  payment.value = day(row, 8);
  payment.reference = row.text(9);
  payment.bank_reference = row.text(10);
  payment.end_to_end_id = row.text(11);
  const auto payer = TRY(json::parse(TRY(vault_.unseal(payer_place(payment.id), row.bytes(12)))));
  payment.payer_name = payer.text("name");
  payment.payer_account = payer.text("account");
  payment.remittance = payer.text("remittance");
  payment.state = row.text(13);
  payment.reason = row.text(14);
  payment.allocated = Money(row.integer(15), currency);
  payment.recorded = {row.integer(16)};
  if (!row.is_null(17)) payment.return_of = row.id<domain::PaymentId>(17);
  payment.charges_minor = row.integer(18);
  return payment;
}

Result<std::optional<IncomingPayment>> SqlPayments::find_payment(domain::PaymentId id) {
  std::optional<IncomingPayment> found;
  TRY(connection_.query(std::string(kSelectPayment) + "WHERE payment_id = $1", {to_value(id)},
                        [&](const Row& row) -> Result<> {
                          found = TRY(read_payment(row));
                          return {};
                        }));
  return found;
}

Result<std::vector<IncomingPayment>> SqlPayments::list_payments(
    const ports::PaymentFilter& filter) {
  std::string sql;
  std::vector<Value> values;
  const auto add = [&](std::string_view condition, Value value) {
    values.push_back(std::move(value));
    sql += (sql.empty() ? "WHERE " : " AND ") + std::string(condition) + " $" +
           std::to_string(values.size());
  };
  // A literal, so that the index of what is in suspense can be used.
  if (filter.state == "suspense") {
    sql = "WHERE state = 'suspense'";
  } else if (!filter.state.empty()) {
    add("state =", filter.state);
  }
  // So too.
  if (filter.went_back) sql += (sql.empty() ? "WHERE " : " AND ") + std::string("amount_minor < 0");
  if (!filter.reason.empty()) add("reason =", filter.reason);
  if (!filter.reference.empty()) add("reference =", filter.reference);
  if (filter.file) add("bank_file_id =", to_value(*filter.file));
  if (filter.booked_from) add("booked >=", to_column(*filter.booked_from));
  if (filter.booked_to) add("booked <=", to_column(*filter.booked_to));
  if (filter.amount) {
    add("amount_minor =", filter.amount->minor());
    add("currency =", to_column(filter.amount->currency().code()));
  }
  if (filter.after) {
    const auto after = TRY(find_payment(*filter.after));
    if (!after) return std::vector<IncomingPayment>();
    values.push_back(to_column(after->booked));
    values.push_back(to_value(after->id));
    const std::string booked = "$" + std::to_string(values.size() - 1);
    sql += (sql.empty() ? "WHERE " : " AND ") + std::string("booked <= ") + booked +
           " AND (booked < " + booked + " OR payment_id < $" + std::to_string(values.size()) + ")";
  }
  values.push_back(limit_column(filter.limit));
  std::vector<IncomingPayment> payments;
  TRY(connection_.query(std::string(kSelectPayment) + sql +
                            " ORDER BY booked DESC, payment_id DESC LIMIT $" +
                            std::to_string(values.size()),
                        values, [&](const Row& row) -> Result<> {
                          payments.push_back(TRY(read_payment(row)));
                          return {};
                        }));
  return payments;
}

Result<std::vector<ports::PaymentTotals>> SqlPayments::totals() {
  std::vector<ports::PaymentTotals> totals;
  TRY(connection_.query(
      "SELECT bank_account, currency, CAST(SUM(amount_minor) AS BIGINT), "
      "CAST(SUM(allocated_minor) AS BIGINT), COUNT(*), "
      "COUNT(CASE WHEN state = 'suspense' THEN 1 END) "
      "FROM payment GROUP BY bank_account, currency ORDER BY bank_account, currency",
      {}, [&](const Row& row) -> Result<> {
        const auto currency = TRY(base::Currency::parse(row.text(1)));
        ports::PaymentTotals sum;
        sum.bank_account = row.text(0);
        sum.came = Money(row.integer(2), currency);
        sum.allocated = Money(row.integer(3), currency);
        sum.open = sum.came - sum.allocated;
        sum.payments = row.integer(4);
        sum.open_payments = row.integer(5);
        totals.push_back(std::move(sum));
        return {};
      }));
  return totals;
}

// --- Allocations.

Result<> SqlPayments::add_allocations(std::span<const ports::Allocation> allocations) {
  auto rows = TRY(connection_.bulk_insert("allocation", kAllocationColumns));
  for (const ports::Allocation& allocation : allocations) {
    const Value row[] = {to_value(allocation.account),
                         to_value(allocation.id),
                         to_value(allocation.payment),
                         optional_id(allocation.bill),
                         allocation.amount.minor(),
                         to_column(allocation.amount.currency().code()),
                         to_column(allocation.effective),
                         allocation.rail,
                         allocation.by,
                         optional_id(allocation.undoes),
                         to_value(allocation.posting),
                         allocation.recorded.micros};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<std::vector<ports::Allocation>> SqlPayments::read_allocations(
    std::string_view condition, std::span<const Value> values) {
  std::vector<ports::Allocation> allocations;
  TRY(connection_.query(
      "SELECT account_id, allocation_id, payment_id, bill_id, amount_minor, currency, effective, "
      "rail, assigned_by, undoes, posting_id, recorded FROM allocation WHERE " +
          std::string(condition) + " ORDER BY recorded, effective, account_id, allocation_id",
      values, [&](const Row& row) -> Result<> {
        allocations.push_back(TRY(read_allocation(row)));
        return {};
      }));
  return allocations;
}

Result<std::vector<ports::Allocation>> SqlPayments::allocations_of(domain::AccountId account,
                                                                   domain::BillId bill) {
  if (bill.is_nil()) {
    const Value values[] = {to_value(account)};
    return read_allocations("account_id = $1 AND bill_id IS NULL", values);
  }
  const Value values[] = {to_value(account), to_value(bill)};
  return read_allocations("account_id = $1 AND bill_id = $2", values);
}

Result<std::vector<ports::Allocation>> SqlPayments::allocations_of_payment(
    domain::PaymentId payment) {
  const Value values[] = {to_value(payment)};
  return read_allocations("payment_id = $1", values);
}

}  // namespace storage
