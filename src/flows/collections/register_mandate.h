// A mandate is written down, changed, suspended, taken up again or cancelled: by an agent, by the
// customer, on paper, or as a list that another system kept.
#pragma once

#include <optional>
#include <string>

#include "base/time/instant.h"
#include "domain/mandate/mandate_changes.h"
#include "domain/mandate/mandate_states.h"
#include "flows/collections/debit_rows.h"
#include "flows/collections/debit_terms.h"

namespace flows {

// Registering looks for what is there: one after the other.
inline constexpr std::string_view kMandateLock = "mandates";

struct NewMandate {
  // With scheme, account and consent; id, customer and state are given here. An empty creditor is
  // the only one that the operator has; an empty reference is made: the customer's number for
  // Autogiro, the mandate's id for SEPA.
  domain::Mandate mandate;
  bool is_confirmed = false;  // A bank knows it already (import).
};

// In the caller's transaction. Errors: those of checked(), and of check_for_bank() where no bank
// knows it yet; unknown_account, mandate_exists, no_debit_agreement, several_debit_agreements,
// other_currency, mandate_made_at_bank (AvtaleGiro that no bank has confirmed),
// missing_mandate_reference.
[[nodiscard]] base::Result<domain::Mandate> register_mandate(ports::Transaction& transaction,
                                                             DebitTerms& terms, NewMandate ask,
                                                             const DebitContext& context);

// Of an id, or of a creditor's reference where it is the only one.
// Errors: mandate_not_found, several_mandates.
[[nodiscard]] base::Result<domain::Mandate> find_mandate(ports::Transaction& transaction,
                                                         const std::string& text);

struct MandateWork {
  std::string mandate;  // As of find_mandate.
  std::string actor;
  std::string reason;  // A code, or an agent's word.
};
// The mandate afterwards. One that is cancelled goes to its bank in the next file, where the bank
// takes such orders. Errors: mandate_not_found, several_mandates, mandate_step_not_allowed.
[[nodiscard]] base::Result<domain::Mandate> step_mandate(ports::Store& store,
                                                         const base::Clock& clock,
                                                         const MandateWork& work,
                                                         domain::MandateStep step);
// One that is suspended is taken up again with another account.
// Errors: those of amended(), mandate_not_found, several_mandates, mandate_exists.
[[nodiscard]] base::Result<domain::Mandate> amend_mandate(ports::Store& store,
                                                          const base::Clock& clock,
                                                          const MandateWork& work,
                                                          const domain::MandateAmend& amend);

// Today at the operator, and the clock's time.
[[nodiscard]] base::Result<DebitContext> debit_context(ports::Transaction& transaction,
                                                       const base::Clock& clock,
                                                       const std::string& actor);

}  // namespace flows
