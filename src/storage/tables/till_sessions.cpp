// Sessions of drawers with their entries, and what safes hold, as SqlTills keeps them. Reasons are
// words of staff, which may name people: sealed with the operator's key.
#include <array>

#include "domain/till/drawer.h"
#include "storage/tables/columns.h"
#include "storage/tables/tills.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Json;
using base::Money;
using base::Result;
using domain::TillEntry;
using domain::TillSession;
using sql::Row;
using sql::to_value;
using sql::Value;

constexpr std::string_view kSelectSession =
    "SELECT drawer_id, session, drawer, safe, currency, opened_by, opened, closed_by, closed, "
    "expected_minor, counted_minor, counted, reason_sealed FROM till_session ";
constexpr std::string_view kSelectEntry =
    "SELECT drawer_id, session, ordinal, currency, kind, cash_minor, paid_minor, tendered_minor, "
    "parts, receipt, payment_id, intent_id, refund_id, undoes, reason_sealed, actor, request_key, "
    "day, recorded FROM till_entry ";
// What moved between drawers and safes, and what went from safes to the bank.
constexpr std::string_view kCashAt =
    "SELECT account, currency, CAST(SUM(cash) AS BIGINT), CAST(SUM(other) AS BIGINT) FROM ("
    "SELECT 'cash:' || drawer AS account, currency, cash_minor AS cash, "
    "CASE WHEN payment_id IS NULL THEN cash_minor ELSE cash_minor - paid_minor END AS other "
    "FROM till_entry WHERE day <= $1 "
    "UNION ALL SELECT 'safe:' || safe AS account, currency, -cash_minor AS cash, "
    "-cash_minor AS other FROM till_entry "
    "WHERE day <= $1 AND kind IN ('float', 'pay_in', 'drop', 'emptied') "
    "UNION ALL SELECT 'safe:' || safe AS account, currency, amount_minor AS cash, "
    "amount_minor AS other FROM safe_move WHERE day <= $1"
    ") AS moves GROUP BY account, currency ORDER BY account, currency";

std::string session_place(domain::DrawerId drawer, std::int64_t number) {
  return sealed_place("till_session", "reason_sealed", {to_value(drawer), number});
}
std::string entry_place(domain::DrawerId drawer, std::int64_t number, std::int64_t ordinal) {
  return sealed_place("till_entry", "reason_sealed", {to_value(drawer), number, ordinal});
}

Json parts_json(const TillEntry& entry) {
  Json parts = Json::array();
  for (const domain::TillPart& part : entry.parts) {
    Json each;
    each.set("account", part.account.to_string())
        .set("bill", part.bill.is_nil() ? Json() : Json(part.bill.to_string()))
        .set("amount", part.amount.minor())
        .set("rest", part.rest.minor())
        .set("paper", part.paper);
    parts.push(std::move(each));
  }
  return parts;
}

Result<std::vector<domain::TillPart>> read_parts(std::string_view text, base::Currency currency) {
  std::vector<domain::TillPart> parts;
  const Json all = TRY(json::parse(text));
  if (all.as_array() == nullptr) return parts;
  for (const Json& each : *all.as_array()) {
    domain::TillPart part;
    part.account = TRY(domain::AccountId::parse(each.text("account")));
    if (!each["bill"].is_null()) part.bill = TRY(domain::BillId::parse(each.text("bill")));
    part.amount = Money(each.integer("amount"), currency);
    part.rest = Money(each.integer("rest"), currency);
    part.paper = each.text("paper");
    parts.push_back(std::move(part));
  }
  return parts;
}

template <class IdType>
void read_id(const Row& row, int column, IdType& id) {
  if (!row.is_null(column)) id = row.id<IdType>(column);
}

Value optional_number(std::int64_t number) { return number == 0 ? Value() : Value(number); }

}  // namespace

// --- Sessions.

Result<> SqlTills::add_session(const TillSession& session) {
  TRY(connection_.execute(
      "INSERT INTO till_session (drawer_id, session, drawer, safe, currency, opened_by, opened) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {to_value(session.drawer), session.number, session.name, session.safe,
       to_column(session.currency.code()), session.opened_by, session.opened.micros}));
  return {};
}

Result<> SqlTills::close_session(const TillSession& session) {
  const domain::TillClosing& closing = *session.closing;
  const std::string place = session_place(session.drawer, session.number);
  TRY(connection_.execute(
      "UPDATE till_session SET closed_by = $3, closed = $4, expected_minor = $5, "
      "counted_minor = $6, counted = $7, reason_sealed = $8 WHERE drawer_id = $1 AND session = $2",
      {to_value(session.drawer), session.number, closing.by, closing.at.micros,
       closing.expected.minor(), closing.counted.minor(),
       domain::to_text(closing.count, session.currency),
       bytes_column(vault_.seal_operator(place, closing.reason))}));
  return {};
}

Result<TillSession> SqlTills::read_session(const Row& row) {
  TillSession session;
  session.drawer = row.id<domain::DrawerId>(0);
  session.number = row.integer(1);
  session.name = row.text(2);
  session.safe = row.text(3);
  session.currency = TRY(base::Currency::parse(row.text(4)));
  session.opened_by = row.text(5);
  session.opened = {row.integer(6)};
  if (row.is_null(7)) return session;
  domain::TillClosing closing;
  closing.by = row.text(7);
  closing.at = {row.integer(8)};
  closing.expected = Money(row.integer(9), session.currency);
  closing.counted = Money(row.integer(10), session.currency);
  closing.count = TRY(domain::read_cash_count(row.text(11), session.currency));
  closing.reason = TRY(vault_.unseal(session_place(session.drawer, session.number), row.bytes(12)));
  session.closing = std::move(closing);
  return session;
}

Result<std::vector<TillSession>> SqlTills::select_sessions(std::string_view rest,
                                                           std::span<const Value> values) {
  std::vector<TillSession> found;
  TRY(connection_.query(std::string(kSelectSession) + std::string(rest), values,
                        [&](const Row& row) -> Result<> {
                          auto session = TRY(read_session(row));
                          found.push_back(std::move(session));
                          return {};
                        }));
  return found;
}

Result<std::optional<TillSession>> SqlTills::find_session(domain::DrawerId drawer,
                                                          std::int64_t number) {
  const Value values[] = {to_value(drawer), number};
  auto found = TRY(select_sessions("WHERE drawer_id = $1 AND session = $2", values));
  if (found.empty()) return std::optional<TillSession>();
  return std::optional(std::move(found.front()));
}

Result<std::vector<TillSession>> SqlTills::list_sessions(std::optional<domain::DrawerId> drawer,
                                                         std::size_t limit) {
  if (!drawer) {
    const Value values[] = {limit_column(limit)};
    return select_sessions("ORDER BY opened DESC, drawer_id, session DESC LIMIT $1", values);
  }
  const Value values[] = {to_value(*drawer), limit_column(limit)};
  return select_sessions("WHERE drawer_id = $1 ORDER BY session DESC LIMIT $2", values);
}

// --- Entries.

Result<> SqlTills::add_entry(const TillSession& session, const TillEntry& entry) {
  const std::string place = entry_place(session.drawer, session.number, entry.ordinal);
  TRY(connection_.execute(
      "INSERT INTO till_entry (drawer_id, session, ordinal, drawer, safe, currency, kind, "
      "cash_minor, paid_minor, tendered_minor, parts, receipt, payment_id, intent_id, refund_id, "
      "undoes, reason_sealed, actor, request_key, day, recorded) VALUES ($1, $2, $3, $4, $5, $6, "
      "$7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
      {to_value(session.drawer),
       session.number,
       entry.ordinal,
       session.name,
       session.safe,
       to_column(session.currency.code()),
       to_column(domain::to_text(entry.kind)),
       entry.cash.minor(),
       entry.paid.minor(),
       entry.tendered.minor(),
       parts_json(entry).dump(),
       optional_number(entry.receipt),
       optional_id(entry.payment),
       optional_id(entry.intent),
       optional_id(entry.refund),
       optional_number(entry.undoes),
       bytes_column(vault_.seal_operator(place, entry.reason)),
       entry.actor,
       entry.request_key,
       to_column(entry.day),
       entry.recorded.micros}));
  return {};
}

Result<ports::Tills::Found> SqlTills::read_entry(const Row& row) {
  Found found;
  found.session = row.integer(1);
  TillEntry& entry = found.entry;
  entry.ordinal = row.integer(2);
  const auto currency = TRY(base::Currency::parse(row.text(3)));
  entry.kind = TRY(domain::parse_till_entry_kind(row.text(4)));
  entry.cash = Money(row.integer(5), currency);
  entry.paid = Money(row.integer(6), currency);
  entry.tendered = Money(row.integer(7), currency);
  entry.parts = TRY(read_parts(row.text(8), currency));
  entry.receipt = row.optional_integer(9).value_or(0);
  read_id(row, 10, entry.payment);
  read_id(row, 11, entry.intent);
  read_id(row, 12, entry.refund);
  entry.undoes = row.optional_integer(13).value_or(0);
  entry.reason = TRY(vault_.unseal(
      entry_place(row.id<domain::DrawerId>(0), found.session, entry.ordinal), row.bytes(14)));
  entry.actor = row.text(15);
  entry.request_key = row.text(16);
  entry.day = day(row, 17);
  entry.recorded = {row.integer(18)};
  return found;
}

Result<std::vector<ports::Tills::Found>> SqlTills::select_entries(std::string_view rest,
                                                                  std::span<const Value> values) {
  std::vector<Found> found;
  TRY(connection_.query(std::string(kSelectEntry) + std::string(rest), values,
                        [&](const Row& row) -> Result<> {
                          auto entry = TRY(read_entry(row));
                          found.push_back(std::move(entry));
                          return {};
                        }));
  return found;
}

Result<std::vector<TillEntry>> SqlTills::entries_of(domain::DrawerId drawer, std::int64_t number) {
  const Value values[] = {to_value(drawer), number};
  std::vector<TillEntry> entries;
  auto found =
      TRY(select_entries("WHERE drawer_id = $1 AND session = $2 ORDER BY ordinal", values));
  for (Found& each : found) entries.push_back(std::move(each.entry));
  return entries;
}

Result<std::optional<ports::Tills::Found>> SqlTills::find_request(domain::DrawerId drawer,
                                                                  std::string_view request_key) {
  const Value values[] = {to_value(drawer), to_column(request_key)};
  auto found = TRY(select_entries("WHERE drawer_id = $1 AND request_key = $2", values));
  if (found.empty()) return std::optional<Found>();
  return std::optional(std::move(found.front()));
}

Result<std::optional<ports::Tills::Found>> SqlTills::find_receipt(domain::DrawerId drawer,
                                                                  std::int64_t receipt) {
  const Value values[] = {to_value(drawer), receipt};
  auto found = TRY(select_entries("WHERE drawer_id = $1 AND receipt = $2", values));
  if (found.empty()) return std::optional<Found>();
  return std::optional(std::move(found.front()));
}

// --- Safes.

Result<> SqlTills::add_safe_move(const ports::SafeMove& move) {
  TRY(connection_.execute(
      "INSERT INTO safe_move (move_id, safe, currency, amount_minor, reference, actor, day, "
      "recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {to_value(move.id), move.safe, to_column(move.amount.currency().code()), move.amount.minor(),
       move.reference, move.actor, to_column(move.day), move.recorded.micros}));
  return {};
}

Result<std::vector<ports::SafeMove>> SqlTills::select_moves(std::string_view rest,
                                                            std::span<const Value> values) {
  std::vector<ports::SafeMove> found;
  TRY(connection_.query(
      "SELECT move_id, safe, currency, amount_minor, reference, actor, day, recorded "
      "FROM safe_move " +
          std::string(rest),
      values, [&](const Row& row) -> Result<> {
        const auto currency = TRY(base::Currency::parse(row.text(2)));
        found.push_back({.id = row.id<domain::SafeMoveId>(0),
                         .safe = std::string(row.text(1)),
                         .amount = Money(row.integer(3), currency),
                         .reference = std::string(row.text(4)),
                         .actor = std::string(row.text(5)),
                         .day = day(row, 6),
                         .recorded = {row.integer(7)}});
        return {};
      }));
  return found;
}

Result<std::optional<ports::SafeMove>> SqlTills::find_safe_move(domain::SafeMoveId id) {
  const Value values[] = {to_value(id)};
  auto found = TRY(select_moves("WHERE move_id = $1", values));
  if (found.empty()) return std::optional<ports::SafeMove>();
  return std::optional(std::move(found.front()));
}

Result<std::vector<ports::SafeMove>> SqlTills::list_safe_moves(std::size_t limit) {
  const Value values[] = {limit_column(limit)};
  return select_moves("ORDER BY recorded DESC, move_id LIMIT $1", values);
}

Result<std::vector<ports::Tills::CashSum>> SqlTills::cash_at(base::Date asked) {
  std::vector<CashSum> sums;
  TRY(connection_.query(kCashAt, {to_column(asked)}, [&](const Row& row) -> Result<> {
    const auto currency = TRY(base::Currency::parse(row.text(1)));
    sums.push_back({std::string(row.text(0)), Money(row.integer(2), currency),
                    Money(row.integer(3), currency)});
    return {};
  }));
  return sums;
}

}  // namespace storage
