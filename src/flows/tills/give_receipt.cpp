#include "flows/tills/give_receipt.h"

#include <algorithm>
#include <optional>

#include "flows/care/time_zone.h"
#include "flows/operations/import_terms.h"
#include "ports/intents.h"
#include "ports/tills.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;
using domain::TillEntry;
using domain::TillEntryKind;

std::string key_of(const TillEntry& card) { return card.request_key + "/receipt"; }

const TillEntry* receipt_of(const HeldTill& till, const TillEntry& card) {
  const auto given = std::ranges::find(till.entries, key_of(card), &TillEntry::request_key);
  return given == till.entries.end() ? nullptr : &*given;
}

Result<bool> has_come(ports::Transaction& transaction, const TillEntry& card) {
  const auto stored = TRY(transaction.intents().find(card.intent));
  if (!stored) return false;
  // What went back later was paid all the same.
  return stored->intent.state == domain::IntentState::kSettled ||
         stored->intent.state == domain::IntentState::kReversed;
}

Result<TillResult> add_receipt(ports::Transaction& transaction, HeldTill& till,
                               const TillEntry& card) {
  TillEntry entry;
  entry.kind = TillEntryKind::kCardPaid;
  entry.intent = card.intent;
  entry.parts = card.parts;
  entry.cash = entry.paid = entry.tendered = base::Money(0, till.session.currency);
  entry.actor = card.actor;
  entry.request_key = key_of(card);
  entry.receipt = TRY(next_receipt(transaction, till));
  return add_entry(transaction, till, std::move(entry));
}

// The session as it is, also one that is closed.
Result<HeldTill> hold_session(ports::Transaction& transaction, const base::Clock& clock,
                              const GiveReceipt& request) {
  // Takes the drawer's lock.
  static_cast<void>(TRY(hold_till(transaction, clock, request.drawer)));
  HeldTill till;
  till.seller = TRY(load_seller(transaction));
  till.drawer = TRY(find_drawer(till.seller, request.drawer));
  till.now = clock.now();
  till.today = TRY(local_date(till.seller.time_zone, till.now));
  const domain::DrawerId id = drawer_id(request.drawer);
  std::optional<domain::TillSession> session;
  if (request.session != 0) {
    session = TRY(transaction.tills().find_session(id, request.session));
  } else if (auto last = TRY(transaction.tills().list_sessions(id, 1)); !last.empty()) {
    session = std::move(last.front());
  }
  if (!session) {
    return base::fail("till_session_not_found", "the drawer has had no such session",
                      request.drawer);
  }
  till.session = *std::move(session);
  till.entries = TRY(transaction.tills().entries_of(id, till.session.number));
  return till;
}

Result<TillResult> give(ports::Transaction& transaction, const base::Clock& clock,
                        const GiveReceipt& request) {
  HeldTill till = TRY(hold_session(transaction, clock, request));
  const std::string place = std::to_string(request.ordinal);
  const auto found = std::ranges::find(till.entries, request.ordinal, &TillEntry::ordinal);
  if (found == till.entries.end() || found->kind != TillEntryKind::kCard) {
    return base::fail("till_entry_not_found", "the session has no such payment at the terminal",
                      place);
  }
  const TillEntry card = *found;
  if (const TillEntry* given = receipt_of(till, card)) return TillResult{till.session, *given};
  if (!TRY(has_come(transaction, card))) {
    return base::fail("card_not_paid", "the terminal's payment has not come: it has no receipt",
                      place);
  }
  return add_receipt(transaction, till, card);
}

}  // namespace

Result<> give_receipts(ports::Transaction& transaction, HeldTill& till) {
  const std::vector<TillEntry> entries = till.entries;
  for (const TillEntry& card : entries) {
    if (card.kind != TillEntryKind::kCard || receipt_of(till, card) != nullptr) continue;
    if (!TRY(has_come(transaction, card))) continue;
    TRY(add_receipt(transaction, till, card));
  }
  return {};
}

Result<TillResult> give_receipt(ports::Store& store, const base::Clock& clock,
                                const GiveReceipt& request) {
  std::optional<TillResult> given;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    given = TRY(give(transaction, clock, request));
    return {};
  }));
  return *std::move(given);
}

}  // namespace flows
