// A till's session and what happens in it: cash that is taken for bills, given back, put in and
// taken out, and the count at the end. Pure.
//
// Everything that changes a drawer is an entry, and what the drawer must hold is their sum. A
// drawer that is closed holds nothing: what was counted goes to the safe, and what is missing or
// too much is an entry of its own. Entries are never changed; a mistake is undone by another.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "domain/ledger/posting.h"
#include "domain/reconcile/ids.h"
#include "domain/till/cash.h"

namespace domain {

enum class TillEntryKind {
  kFloat,       // From the safe, when the session is opened.
  kTaking,      // Cash for bills.
  kCard,        // A payment at the terminal, which moves no cash.
  kPayOut,      // Credit of a customer, paid back in cash.
  kPayIn,       // From the safe, for change.
  kDrop,        // To the safe, while the session goes on.
  kStorno,      // Undoes a taking.
  kDifference,  // What the count found too much, or below zero too little.
  kEmptied,     // To the safe, when it is closed.
  kCount,       // A count that was too far off and was asked for again; tendered is its sum.
  kCardPaid,    // The receipt of a kCard whose money came.
};
[[nodiscard]] std::string_view to_text(TillEntryKind kind);
// Errors: unknown_till_entry.
[[nodiscard]] base::Result<TillEntryKind> parse_till_entry_kind(std::string_view text);

// What of the money is for which bill; a nil bill is the account's credit.
struct TillPart {
  AccountId account;
  BillId bill;
  base::Money amount;
  base::Money rest;   // Of the bill, afterwards.
  std::string paper;  // As receipts name it: "A1000123".

  friend bool operator==(const TillPart&, const TillPart&) = default;
};

struct TillEntry {
  std::int64_t ordinal = 0;  // Within the session, from 1.
  TillEntryKind kind = TillEntryKind::kFloat;
  base::Money cash;      // Into the drawer; below zero: out of it.
  base::Money paid;      // Of what is owed; cash is this and the rounding.
  base::Money tendered;  // What the customer handed over.
  std::vector<TillPart> parts = {};
  std::int64_t receipt = 0;  // Gapless in a drawer; 0: none.
  PaymentId payment = {};    // Nil where it is none.
  IntentId intent = {};      // Of the terminal.
  RefundId refund = {};      // Of what was paid out.
  std::int64_t undoes = 0;   // The taking's ordinal.
  std::string reason = {};
  std::string actor = {};
  std::string request_key = {};
  base::Date day = {};
  base::Instant recorded = {};

  [[nodiscard]] base::Money rounding() const { return cash - paid; }
  [[nodiscard]] base::Money change() const { return tendered - cash; }
  friend bool operator==(const TillEntry&, const TillEntry&) = default;
};

struct TillClosing {
  base::Money expected, counted;
  CashCount count;
  std::string by;
  base::Instant at;
  std::string reason;  // Why there is a difference.

  [[nodiscard]] base::Money difference() const { return counted - expected; }
  friend bool operator==(const TillClosing&, const TillClosing&) = default;
};

struct TillSession {
  DrawerId drawer;
  std::int64_t number = 0;  // Of the drawer, from 1.
  std::string name;         // The drawer's, and its safe's, as they were.
  std::string safe;
  base::Currency currency;
  std::string opened_by;
  base::Instant opened;
  std::optional<TillClosing> closing = {};  // Absent: it is open.

  friend bool operator==(const TillSession&, const TillSession&) = default;
};

// --- Taking.

struct TillWish {
  AccountId account = {};
  BillId bill = {};
  base::Money amount = {};  // Of the bill's rest.
  base::Money rest = {};    // Now.
  std::string paper = {};
};
struct TakingRequest {
  std::vector<TillWish> wishes = {};
  base::Money tendered = {};
  std::int64_t step = 1;      // cash_step()
  bool part_is_fine = false;  // Less than is asked for: all of it is taken, the first bills first.
  bool rest_to_credit = false;  // More: the customer wants no change.
};
struct Taking {
  std::vector<TillPart> parts;
  base::Money paid, cash;
};
// What is asked for in cash: the sum of the wishes, rounded.
[[nodiscard]] base::Money asked_in_cash(std::span<const TillWish> wishes, std::int64_t step,
                                        base::Currency currency);
// Errors: nothing_to_take, other_currency, amount_too_large (more than the bill's rest; place: the
// bill), cash_not_in_coins, tendered_too_little (place: what is asked for).
[[nodiscard]] base::Result<Taking> plan_taking(const TakingRequest& request);

// --- The drawer.

[[nodiscard]] base::Money expected_cash(std::span<const TillEntry> entries,
                                        base::Currency currency);
// Whether that much can be taken out of it. Errors: amount_not_positive, drawer_too_little.
[[nodiscard]] base::Result<> check_cash_out(std::span<const TillEntry> entries, base::Money amount);
// The count that the next one settles; null where there was none, or money has moved since.
[[nodiscard]] const TillEntry* standing_count(std::span<const TillEntry> entries);
// Errors: till_entry_not_found, not_a_taking, already_undone. Place: the ordinal.
[[nodiscard]] base::Result<const TillEntry*> find_taking(std::span<const TillEntry> entries,
                                                         std::int64_t ordinal);

// What an entry books: the drawer, and where its cash came from or went. Empty: no cash moved.
[[nodiscard]] std::vector<Entry> till_entries(const TillSession& session, const TillEntry& entry);

// What a session comes to, by kind: for the page and the paper of its end.
struct TillSums {
  std::int64_t takings = 0, cards = 0;
  base::Money floated, taken, stornoed, paid_out, put_in, dropped, rounding, expected;
};
[[nodiscard]] TillSums sum_session(std::span<const TillEntry> entries, base::Currency currency);

}  // namespace domain
