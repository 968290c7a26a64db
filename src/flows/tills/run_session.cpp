#include "flows/tills/run_session.h"

#include <algorithm>
#include <optional>

#include "domain/payment/rail_cost.h"
#include "domain/till/drawer.h"
#include "flows/care/time_zone.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "flows/reconcile/take_settlement.h"
#include "flows/tills/give_receipt.h"
#include "ports/access.h"
#include "ports/intents.h"
#include "ports/ledger.h"
#include "ports/reconciliation.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::TillEntry;
using domain::TillEntryKind;
using domain::TillSession;

// An entry by which so much cash goes into the drawer, all of it what is owed or moved.
TillEntry moved(TillEntryKind kind, Money cash, std::string actor, std::string request_key) {
  TillEntry entry;
  entry.kind = kind;
  entry.cash = entry.paid = cash;
  entry.tendered = Money(0, cash.currency());
  entry.actor = std::move(actor);
  entry.request_key = std::move(request_key);
  return entry;
}

Result<TillResult> open(ports::Transaction& transaction, const base::Clock& clock,
                        const OpenTill& request) {
  if (auto done =
          TRY(find_done(transaction, request.drawer, request.request_key, TillEntryKind::kFloat))) {
    return *std::move(done);
  }
  if (const auto other = TRY(hold_till(transaction, clock, request.drawer))) {
    return base::fail("till_open", "the drawer has a session already", other->session.opened_by);
  }
  HeldTill till;
  till.seller = TRY(load_seller(transaction));
  till.drawer = TRY(find_drawer(till.seller, request.drawer));
  till.now = clock.now();
  till.today = TRY(local_date(till.seller.time_zone, till.now));
  const Money counted = TRY(domain::sum_of(request.count, till.drawer.currency));
  const domain::DrawerId id = drawer_id(request.drawer);
  const auto last = TRY(transaction.tills().list_sessions(id, 1));
  till.session = {.drawer = id,
                  .number = last.empty() ? 1 : last.front().number + 1,
                  .name = till.drawer.name,
                  .safe = till.drawer.safe,
                  .currency = till.drawer.currency,
                  .opened_by = request.actor,
                  .opened = till.now};
  TRY(transaction.tills().add_session(till.session));
  return add_entry(transaction, till,
                   moved(TillEntryKind::kFloat, counted, request.actor, request.request_key));
}

Result<TillResult> move(ports::Transaction& transaction, const base::Clock& clock,
                        const MoveCash& request) {
  if (auto done = TRY(find_done(transaction, request.drawer, request.request_key, request.kind))) {
    return *std::move(done);
  }
  HeldTill till = TRY(hold_open_till(transaction, clock, request.drawer));
  if (request.amount.currency() != till.session.currency) {
    return base::fail("other_currency", "the drawer is of another currency", "amount");
  }
  const bool is_out = request.kind == TillEntryKind::kDrop;
  if (is_out) {
    TRY(domain::check_cash_out(till.entries, request.amount));
  } else if (request.amount.minor() <= 0) {
    return base::fail("amount_not_positive", "say how much is put into the drawer");
  }
  TillEntry entry = moved(request.kind, is_out ? -request.amount : request.amount, request.actor,
                          request.request_key);
  entry.reason = request.reason;
  return add_entry(transaction, till, std::move(entry));
}

// Who goes home while a card is being read would not see what became of it.
Result<> check_terminal(ports::Transaction& transaction, const HeldTill& till) {
  for (const TillEntry& entry : till.entries) {
    if (entry.kind != TillEntryKind::kCard) continue;
    const auto stored = TRY(transaction.intents().find(entry.intent));
    if (!stored || !domain::is_live(stored->intent.state)) continue;
    return base::fail("terminal_busy", "a payment at the terminal is under way: wait, or stop it",
                      entry.intent.to_string());
  }
  return {};
}

// A count is void once money has moved since.
bool was_counted(const HeldTill& till) { return domain::standing_count(till.entries) != nullptr; }

// The same form again: closed by it, or asked for another count by it. Nothing: it is a new one.
Result<std::optional<TillSession>> closed_before(ports::Transaction& transaction,
                                                 const CloseTill& request) {
  const auto counted =
      TRY(transaction.tills().find_request(drawer_id(request.drawer), request.request_key));
  const bool is_count = counted && counted->entry.kind == TillEntryKind::kCount;
  auto done = TRY(find_done(transaction, request.drawer, request.request_key,
                            is_count ? TillEntryKind::kCount : TillEntryKind::kEmptied));
  if (!done) return std::optional<TillSession>();
  const Money sum = TRY(domain::sum_of(request.count, done->session.currency));
  if (is_count && done->entry.tendered != sum) {
    return base::fail("request_key_reused", "the key was used for another count",
                      request.request_key);
  }
  return std::optional(std::move(done->session));
}

// Kept, and moving nothing: the sum, and what was counted.
Result<> keep_count(ports::Transaction& transaction, HeldTill& till, const CloseTill& request,
                    Money counted) {
  TillEntry entry = moved(TillEntryKind::kCount, Money(0, counted.currency()), request.actor,
                          request.request_key);
  entry.tendered = counted;
  entry.reason = request.reason;
  TRY(add_entry(transaction, till, std::move(entry)));
  return {};
}

Result<TillSession> close(ports::Transaction& transaction, const base::Clock& clock,
                          const CloseTill& request) {
  if (auto done = TRY(closed_before(transaction, request))) return *std::move(done);
  HeldTill till = TRY(hold_open_till(transaction, clock, request.drawer));
  TRY(check_terminal(transaction, till));
  TRY(give_receipts(transaction, till));
  const base::Currency currency = till.session.currency;
  domain::TillClosing closing{.expected = domain::expected_cash(till.entries, currency),
                              .counted = TRY(domain::sum_of(request.count, currency)),
                              .count = request.count,
                              .by = request.actor,
                              .at = till.now,
                              .reason = request.reason};
  const Money difference = closing.difference();
  const Money off = std::max(difference, -difference);
  if (domain::decimal_of(off) > request.recount_above && !was_counted(till)) {
    TRY(keep_count(transaction, till, request, closing.counted));
    return till.session;
  }
  if (!difference.is_zero()) {
    TillEntry entry = moved(TillEntryKind::kDifference, difference, request.actor,
                            request.request_key + "/difference");
    entry.reason = request.reason;
    TRY(add_entry(transaction, till, std::move(entry)));
  }
  TRY(add_entry(
      transaction, till,
      moved(TillEntryKind::kEmptied, -closing.counted, request.actor, request.request_key)));
  till.session.closing = std::move(closing);
  TRY(transaction.tills().close_session(till.session));
  return till.session;
}

// --- Safes.

Result<> keep_deposit(ports::Transaction& transaction, const ports::SafeMove& move) {
  ports::SettlementRow row;
  row.id = derived_id<domain::SettlementId>(
      {"settlement", domain::kDepositProvider, move.safe, move.reference});
  row.provider = domain::kDepositProvider;
  row.merchant = move.safe;
  row.payout = move.reference;
  row.gross = row.amount = -move.amount;
  row.fee = Money(0, move.amount.currency());
  row.day = move.day;
  row.imported_by = move.actor;
  row.recorded = move.recorded;
  TRY(transaction.payments().reconciliation().add_settlement(row, {}));
  TRY(match_payouts(transaction, {move.recorded, move.day, move.actor}));
  return {};
}

// What is in the safe, by the ledger.
Result<> check_safe(ports::Transaction& transaction, const ports::SafeMove& move) {
  Money held(0, move.amount.currency());
  for (const auto& sum : TRY(transaction.tills().cash_at(move.day))) {
    if (sum.account == domain::safe_account(move.safe) && sum.cash.currency() == held.currency()) {
      held += sum.cash;
    }
  }
  if (held + move.amount >= Money(0, held.currency())) return {};
  return base::fail("safe_too_little",
                    "there is " + held.to_decimal_string() + " in the safe, not that much",
                    move.safe);
}

Result<> book_safe(ports::Transaction& transaction, const ports::SafeMove& move) {
  domain::Posting::Head head;
  head.id = derived_id<domain::PostingId>({"posting", move.id.to_string()});
  head.kind = "till";
  head.effective = move.day;
  head.recorded = move.recorded;
  head.source = move.id.to_string();
  // What is fetched at a bank's counter is on its statement as spent, for a purpose it cannot say.
  const std::string other = move.amount.is_negative()
                                ? "clearing:" + std::string(domain::kDepositProvider)
                                : "bank_other";
  const auto posting = TRY(domain::Posting::make(
      std::move(head), {{domain::safe_account(move.safe), move.amount}, {other, -move.amount}}));
  return transaction.ledger().append({&posting, 1});
}

Result<ports::SafeMove> move_in(ports::Transaction& transaction, const base::Clock& clock,
                                const MoveSafe& request) {
  TRY(transaction.work().lock("safe/" + request.safe));
  const domain::Operator seller = TRY(load_seller(transaction));
  if (std::ranges::find(seller.drawers, request.safe, &domain::Drawer::safe) ==
      seller.drawers.end()) {
    return base::fail("safe_not_found", "no drawer of operator.toml has that safe", request.safe);
  }
  ports::SafeMove move{
      .id = derived_id<domain::SafeMoveId>({"safe", request.safe, request.reference}),
      .safe = request.safe,
      .amount = -request.amount,
      .reference = request.reference,
      .actor = request.actor,
      .recorded = clock.now()};
  if (const auto before = TRY(transaction.tills().find_safe_move(move.id))) {
    if (before->amount == move.amount) return *before;
    return base::fail("request_key_reused", "the reference was used for another sum",
                      request.reference);
  }
  move.day = TRY(local_date(seller.time_zone, move.recorded));
  if (move.amount.is_negative()) TRY(check_safe(transaction, move));
  TRY(book_safe(transaction, move));
  TRY(transaction.tills().add_safe_move(move));
  if (move.amount.is_negative()) TRY(keep_deposit(transaction, move));
  base::Json detail;
  detail.set("safe", move.safe)
      .set("amount", move.amount.to_decimal_string())
      .set("currency", move.amount.currency().code());
  TRY(transaction.access().add_audit(
      {.id = derived_id<domain::AuditId>({"audit", "till.safe", move.id.to_string()}),
       .actor = move.actor,
       .action = move.amount.is_negative() ? "till.deposit" : "till.fetch",
       .subject = move.id.to_string(),
       .detail = std::move(detail),
       .recorded = move.recorded}));
  return move;
}

// One transaction, and its answer.
template <class Answer, class Request>
Result<Answer> in_transaction(ports::Store& store, const base::Clock& clock, const Request& request,
                              Result<Answer> (*work)(ports::Transaction&, const base::Clock&,
                                                     const Request&)) {
  std::optional<Answer> answer;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    answer = TRY(work(transaction, clock, request));
    return {};
  }));
  return *std::move(answer);
}

}  // namespace

Result<TillResult> open_till(ports::Store& store, const base::Clock& clock,
                             const OpenTill& request) {
  return in_transaction(store, clock, request, open);
}

Result<TillResult> move_cash(ports::Store& store, const base::Clock& clock,
                             const MoveCash& request) {
  return in_transaction(store, clock, request, move);
}

Result<TillSession> close_till(ports::Store& store, const base::Clock& clock,
                               const CloseTill& request) {
  return in_transaction(store, clock, request, close);
}

Result<ports::SafeMove> move_safe(ports::Store& store, const base::Clock& clock,
                                  const MoveSafe& request) {
  if (request.reference.empty()) {
    return base::fail("missing_reference", "name the bag, as the bank will say it");
  }
  if (request.amount.is_zero()) {
    return base::fail("amount_not_positive", "say how much goes to the bank");
  }
  return in_transaction(store, clock, request, move_in);
}

}  // namespace flows
