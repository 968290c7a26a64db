// Amendments of a mandate: what was before is kept, and told to the payer's bank with the next
// debit, until a debit that told it was paid. And which debit it is: first, recurrent, last, only.
#pragma once

#include <optional>
#include <string>

#include "domain/bank/payment_order.h"
#include "domain/mandate/mandate.h"

namespace domain {

// What is to be otherwise; what is absent stays.
struct MandateAmend {
  std::optional<std::string> reference = {};
  std::optional<std::string> creditor = {};
  std::string creditor_name_before = {};  // Where the creditor goes by another name from now on.
  std::optional<std::string> payer_account = {};
  std::optional<std::optional<base::Money>> limit = {};
  std::string actor = {};
  std::string migration = {};
};

// The mandate as it is afterwards, checked. Limits are between payer and creditor and leave no
// row for the bank. Errors: those of checked(), nothing_to_change, mandate_is_over (cancelled,
// rejected or dormant), account_needs_registration (another account of an Autogiro that a bank
// knows).
[[nodiscard]] base::Result<Mandate> amended(Mandate mandate, const MandateAmend& amend,
                                            base::Date day);

// What the bank that was told last knows, as against what holds now; what is the same is absent.
// A mandate that was never used has nothing to tell.
[[nodiscard]] MandateChange untold(const Mandate& mandate);
// The same as it stands in a SEPA order. An account that changed is told as SMNDA: the payer may
// have moved to another bank. Errors: those of the ids, which were good when they were used.
[[nodiscard]] base::Result<MandateAmendment> amendment_to_tell(const Mandate& mandate);
// The account that was debited when there were so many changes: that of a debit that was ordered
// then.
[[nodiscard]] std::string account_after(const Mandate& mandate, std::size_t changes);
// A debit was paid that was ordered when there were so many changes: they have been told.
void told(Mandate& mandate, std::size_t changes);

// Takes back what a bulk migration changed. False where it changed nothing, or took it back
// already. What a debit has told meanwhile is amended back, to be told again.
[[nodiscard]] base::Result<bool> take_back_migration(Mandate& mandate, const std::string& migration,
                                                     const std::string& actor, base::Date day);

// FRST, RCUR, FNAL, OOFF.
[[nodiscard]] DebitSequence sequence_of(const Mandate& mandate, bool is_last);

}  // namespace domain
