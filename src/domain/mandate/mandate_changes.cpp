#include "domain/mandate/mandate_changes.h"

#include <algorithm>
#include <utility>

namespace domain {
namespace {

using base::Result;

bool is_over(const Mandate& mandate) {
  return mandate.state == MandateState::kCancelled || mandate.state == MandateState::kRejected ||
         mandate.state == MandateState::kDormant;
}

// Keeps what was, and puts what is to be.
void change(std::string& value, const std::optional<std::string>& to,
            std::optional<std::string>& before) {
  if (!to || *to == value) return;
  before = std::exchange(value, *to);
}

bool says_something(const MandateChange& change) {
  return change.reference || change.creditor || change.creditor_name || change.payer_account;
}

// Autogiro has no record that changes an account: it is ended and registered anew. What no bank has
// heard yet, and an account that was not known here, is only written down.
bool needs_registration(const Mandate& mandate, const MandateChange& change) {
  return mandate.scheme == MandateScheme::kAutogiro && mandate.state != MandateState::kDraft &&
         change.payer_account && !change.payer_account->empty();
}

// The first word stands: it is what the bank heard last.
void keep_first(std::optional<std::string>& kept, const std::optional<std::string>& word) {
  if (!kept && word) kept = word;
}

void drop_same(std::optional<std::string>& before, const std::string& now) {
  if (before == now) before.reset();
}

}  // namespace

Result<Mandate> amended(Mandate mandate, const MandateAmend& amend, base::Date day) {
  if (is_over(mandate)) {
    return base::fail("mandate_is_over",
                      "a mandate that has ended cannot be changed: ask for a "
                      "new one",
                      mandate.id.to_string());
  }
  // Compared in the scheme's own way of writing.
  Mandate next = mandate;
  if (amend.reference) next.reference = *amend.reference;
  if (amend.creditor) next.creditor = *amend.creditor;
  if (amend.payer_account) next.payer_account = *amend.payer_account;
  if (amend.limit) next.limit = *amend.limit;
  next = TRY(checked(std::move(next), day));
  MandateChange row{.day = day, .actor = amend.actor, .migration = amend.migration};
  change(mandate.reference, next.reference, row.reference);
  change(mandate.creditor, next.creditor, row.creditor);
  change(mandate.payer_account, next.payer_account, row.payer_account);
  if (row.creditor && !amend.creditor_name_before.empty()) {
    row.creditor_name = amend.creditor_name_before;
  }
  if (needs_registration(mandate, row)) {
    return base::fail("account_needs_registration",
                      "Bankgirot takes another account only as a new registration: end it and "
                      "register a new one",
                      mandate.id.to_string());
  }
  const bool limit_changes = mandate.limit != next.limit;
  mandate.limit = next.limit;
  if (!says_something(row) && !limit_changes) {
    return base::fail("nothing_to_change", "the mandate says all of this already",
                      mandate.id.to_string());
  }
  if (says_something(row)) mandate.changes.push_back(std::move(row));
  return mandate;
}

MandateChange untold(const Mandate& mandate) {
  MandateChange all;
  if (mandate.debits == 0 && !mandate.last_debit) return all;
  for (const MandateChange& row : mandate.changes) {
    if (row.told) continue;
    keep_first(all.reference, row.reference);
    keep_first(all.creditor, row.creditor);
    keep_first(all.creditor_name, row.creditor_name);
    keep_first(all.payer_account, row.payer_account);
  }
  drop_same(all.reference, mandate.reference);
  drop_same(all.payer_account, mandate.payer_account);
  if (all.creditor == mandate.creditor) {
    all.creditor.reset();
    all.creditor_name.reset();
  }
  return all;
}

Result<MandateAmendment> amendment_to_tell(const Mandate& mandate) {
  const MandateChange change = untold(mandate);
  MandateAmendment amendment;
  if (change.reference) amendment.original_mandate = TRY(BankId::parse(*change.reference));
  if (change.creditor) amendment.original_creditor_id = TRY(CreditorId::parse(*change.creditor));
  amendment.original_creditor_name = change.creditor_name.value_or("");
  amendment.other_bank = change.payer_account.has_value();
  return amendment;
}

std::string account_after(const Mandate& mandate, std::size_t changes) {
  for (std::size_t at = changes; at < mandate.changes.size(); ++at) {
    if (const auto& before = mandate.changes[at].payer_account) return *before;
  }
  return mandate.payer_account;
}

void told(Mandate& mandate, std::size_t changes) {
  for (std::size_t at = 0; at < std::min(changes, mandate.changes.size()); ++at) {
    mandate.changes[at].told = true;
  }
}

Result<bool> take_back_migration(Mandate& mandate, const std::string& migration,
                                 const std::string& actor, base::Date day) {
  const std::string undone = "undo:" + migration;
  const MandateChange* made = nullptr;
  for (const MandateChange& row : mandate.changes) {
    if (row.migration == undone) return false;
    if (row.migration == migration) made = &row;
  }
  if (made == nullptr || !made->creditor) return false;
  MandateAmend back{.actor = actor, .migration = undone};
  back.creditor = made->creditor;
  if (made->reference) back.reference = made->reference;
  mandate = TRY(amended(std::move(mandate), back, day));
  return true;
}

DebitSequence sequence_of(const Mandate& mandate, bool is_last) {
  if (mandate.use == MandateUse::kOneOff) return DebitSequence::kOneOff;
  if (is_last) return DebitSequence::kFinal;
  return mandate.debits == 0 ? DebitSequence::kFirst : DebitSequence::kRecurrent;
}

}  // namespace domain
