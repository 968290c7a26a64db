#include "storage/tables/refunds.h"

#include "storage/tables/columns.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Money;
using base::Result;
using domain::Refund;
using domain::RefundBatch;
using sql::Row;
using sql::to_value;
using sql::Value;

std::string payee_place(domain::RefundId id) {
  return sealed_place("refund", "payee_sealed", {to_value(id)});
}

Value instant_column(const std::optional<base::Instant>& instant) {
  return instant ? Value(instant->micros) : Value();
}

Value day_column(const std::optional<base::Date>& date) {
  return date ? to_column(*date) : Value();
}

std::optional<base::Date> optional_day(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return day(row, column);
}

std::optional<base::Instant> optional_instant(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return base::Instant{row.integer(column)};
}

Result<std::vector<RefundBatch>> read_batches(sql::Connection& connection,
                                              const std::string& condition, const Value& value) {
  std::vector<RefundBatch> found;
  const Value values[] = {value};
  TRY(connection.query(
      "SELECT batch_id, bank_account, amount_minor, currency, refunds, day, sent_by, recorded "
      "FROM refund_batch " +
          condition,
      values, [&](const Row& row) -> Result<> {
        const auto currency = TRY(base::Currency::parse(row.text(3)));
        RefundBatch& batch = found.emplace_back();
        batch.id = row.id<domain::RefundBatchId>(0);
        batch.bank_account = row.text(1);
        batch.amount = Money(row.integer(2), currency);
        batch.refunds = row.integer(4);
        batch.day = day(row, 5);
        batch.sent_by = row.text(6);
        batch.recorded = {row.integer(7)};
        return {};
      }));
  return found;
}

}  // namespace

Result<> SqlRefunds::add(const Refund& refund) {
  base::Json payee;
  payee.set("name", refund.payee_name)
      .set("account", refund.payee_account)
      .set("reason", refund.reason);
  TRY(connection_.execute(
      "INSERT INTO refund (refund_id, account_id, payment_id, amount_minor, currency, "
      "payee_sealed, state, why, asked_by, recorded, decided_by, decided, batch_id, ended, "
      "taken_day, ended_day) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
      {to_value(refund.id), optional_id(refund.account), optional_id(refund.payment),
       refund.amount.minor(), to_column(refund.amount.currency().code()),
       bytes_column(vault_.seal_operator(payee_place(refund.id), payee.dump())),
       to_column(domain::to_text(refund.state)), refund.why, refund.asked_by,
       refund.recorded.micros, refund.decided_by, instant_column(refund.decided),
       optional_id(refund.batch), instant_column(refund.ended), day_column(refund.taken_day),
       day_column(refund.ended_day)}));
  return {};
}

Result<> SqlRefunds::update(const Refund& refund) {
  TRY(connection_.execute(
      "UPDATE refund SET state = $2, why = $3, decided_by = $4, decided = $5, batch_id = $6, "
      "ended = $7, taken_day = $8, ended_day = $9 WHERE refund_id = $1",
      {to_value(refund.id), to_column(domain::to_text(refund.state)), refund.why, refund.decided_by,
       instant_column(refund.decided), optional_id(refund.batch), instant_column(refund.ended),
       day_column(refund.taken_day), day_column(refund.ended_day)}));
  return {};
}

Result<Refund> SqlRefunds::read(const Row& row) {
  const auto currency = TRY(base::Currency::parse(row.text(4)));
  Refund refund;
  refund.id = row.id<domain::RefundId>(0);
  if (!row.is_null(1)) refund.account = row.id<domain::AccountId>(1);
  if (!row.is_null(2)) refund.payment = row.id<domain::PaymentId>(2);
  refund.amount = Money(row.integer(3), currency);
  const auto payee = TRY(json::parse(TRY(vault_.unseal(payee_place(refund.id), row.bytes(5)))));
  refund.payee_name = payee.text("name");
  refund.payee_account = payee.text("account");
  refund.reason = payee.text("reason");
  refund.state = TRY(domain::parse_refund_state(row.text(6)));
  refund.why = row.text(7);
  refund.asked_by = row.text(8);
  refund.recorded = {row.integer(9)};
  refund.decided_by = row.text(10);
  refund.decided = optional_instant(row, 11);
  if (!row.is_null(12)) refund.batch = row.id<domain::RefundBatchId>(12);
  refund.ended = optional_instant(row, 13);
  refund.taken_day = optional_day(row, 14);
  refund.ended_day = optional_day(row, 15);
  return refund;
}

Result<std::vector<Refund>> SqlRefunds::select(const std::string& condition,
                                               std::span<const Value> values) {
  std::vector<Refund> refunds;
  TRY(connection_.query(
      "SELECT refund_id, account_id, payment_id, amount_minor, currency, payee_sealed, state, "
      "why, asked_by, recorded, decided_by, decided, batch_id, ended, taken_day, ended_day "
      "FROM refund " +
          condition,
      values, [&](const Row& row) -> Result<> {
        auto refund = TRY(read(row));
        refunds.push_back(std::move(refund));
        return {};
      }));
  return refunds;
}

Result<std::optional<Refund>> SqlRefunds::find(domain::RefundId id) {
  const Value values[] = {to_value(id)};
  auto found = TRY(select("WHERE refund_id = $1", values));
  if (found.empty()) return std::optional<Refund>();
  return std::move(found.front());
}

Result<std::vector<Refund>> SqlRefunds::list(const ports::RefundFilter& filter) {
  std::string conditions;
  std::vector<Value> values;
  const auto add = [&](std::string_view condition, Value value) {
    values.push_back(std::move(value));
    conditions += (conditions.empty() ? "WHERE " : " AND ") + std::string(condition) + " $" +
                  std::to_string(values.size());
  };
  if (filter.state) add("state =", to_column(domain::to_text(*filter.state)));
  if (filter.account) add("account_id =", to_value(*filter.account));
  if (filter.batch) add("batch_id =", to_value(*filter.batch));
  values.push_back(limit_column(filter.limit));
  return select(conditions + " ORDER BY recorded DESC, refund_id DESC LIMIT $" +
                    std::to_string(values.size()),
                values);
}

Result<std::vector<Refund>> SqlRefunds::on_their_way(base::Date day_asked) {
  const Value values[] = {to_column(day_asked)};
  return select(
      "WHERE taken_day <= $1 AND (ended_day IS NULL OR ended_day > $1) ORDER BY recorded, "
      "refund_id",
      values);
}

Result<> SqlRefunds::add_batch(const RefundBatch& batch) {
  TRY(connection_.execute(
      "INSERT INTO refund_batch (batch_id, bank_account, amount_minor, currency, refunds, day, "
      "sent_by, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {to_value(batch.id), batch.bank_account, batch.amount.minor(),
       to_column(batch.amount.currency().code()), batch.refunds, to_column(batch.day),
       batch.sent_by, batch.recorded.micros}));
  return {};
}

Result<std::optional<RefundBatch>> SqlRefunds::find_batch(domain::RefundBatchId id) {
  auto found = TRY(read_batches(connection_, "WHERE batch_id = $1", to_value(id)));
  if (found.empty()) return std::optional<RefundBatch>();
  return std::move(found.front());
}

Result<std::vector<RefundBatch>> SqlRefunds::list_batches(std::size_t limit) {
  return read_batches(connection_, "ORDER BY recorded DESC, batch_id DESC LIMIT $1",
                      limit_column(limit));
}

}  // namespace storage
