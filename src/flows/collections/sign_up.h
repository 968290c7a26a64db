// A customer signs up for direct debit on the page of a bill, or by telephone (R24): what the
// operator can debit the bill by, what the account has already, and which debit comes next.
//
// The debit that comes next is what the run of a day would plan now, by the same rule. Signing up
// again while a mandate stands changes nothing, so that a form may be sent twice.
#pragma once

#include <optional>
#include <string>

#include "base/time/instant.h"
#include "domain/billing/bill.h"
#include "domain/collection/terms.h"
#include "domain/law/rule_book.h"
#include "domain/mandate/mandate.h"
#include "domain/operator/operator.h"
#include "domain/party/party.h"
#include "ports/store.h"

namespace flows {

struct DebitOffer {
  domain::MandateScheme scheme = domain::MandateScheme::kSepaCore;
  std::string creditor;
  domain::CollectionTerms terms;
};

struct NextDebit {
  base::Money amount;
  base::Date day;
  bool is_told = false;     // Planned; what is paid meanwhile is not debited.
  bool is_ordered = false;  // The bank has it.
};

struct DebitView {
  domain::Operator seller;
  std::optional<DebitOffer> offer;         // By which the bill can be debited.
  std::optional<domain::Mandate> mandate;  // Of the account, not over; the youngest.
  std::optional<NextDebit> next;
};

// A scheme that debits bills of a currency and that the operator has agreed on with a bank: for
// consumers, so not SEPA B2B. Nothing where there is none.
[[nodiscard]] std::optional<domain::MandateScheme> debit_scheme_for(const domain::Operator& seller,
                                                                    base::Currency currency);

// Errors: no_operator, several_operators, and those of the store.
[[nodiscard]] base::Result<DebitView> view_debits(ports::Transaction& transaction,
                                                  const domain::RuleBook& rules,
                                                  const base::Clock& clock,
                                                  const domain::Bill& bill);
// The same of an account without a bill: of its currency.
[[nodiscard]] base::Result<DebitView> view_debits(ports::Transaction& transaction,
                                                  const domain::RuleBook& rules,
                                                  const base::Clock& clock,
                                                  const domain::Account& account);

struct SignUp {
  domain::AccountId account;
  domain::MandateScheme scheme = domain::MandateScheme::kSepaCore;
  std::string creditor = {};
  std::string payer_name, payer_account, payer_identity;
  domain::Consent consent;  // Its time is given here.
  std::string actor;
};
// The mandate as it stands. Errors: those of register_mandate but mandate_exists where the account
// has it.
[[nodiscard]] base::Result<domain::Mandate> sign_up(ports::Store& store,
                                                    const domain::RuleBook& rules,
                                                    const base::Clock& clock,
                                                    const SignUp& request);

}  // namespace flows
