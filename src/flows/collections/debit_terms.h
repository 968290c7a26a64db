// What every flow of debits reads before it begins: terms and calendar of each scheme on a day,
// the agreements with the banks, and how failed debits are tried again.
#pragma once

#include <map>

#include "domain/collection/retry.h"
#include "domain/collection/terms.h"
#include "domain/operator/operator.h"
#include "ports/store.h"

namespace flows {

struct SchemeTerms {
  domain::CollectionTerms terms;
  domain::BankCalendar calendar;
};

class DebitTerms {
 public:
  // `rules` outlives it. Errors: no_operator, several_operators.
  [[nodiscard]] static base::Result<DebitTerms> load(ports::Transaction& transaction,
                                                     const domain::RuleBook& rules, base::Date day);

  // Read when it is first asked for. Errors: those of collection_terms and bank_calendar.
  [[nodiscard]] base::Result<const SchemeTerms*> of(domain::MandateScheme scheme);
  // Errors: no_debit_agreement.
  [[nodiscard]] base::Result<const domain::DebitAgreement*> agreement(
      domain::MandateScheme scheme, std::string_view creditor) const;
  // The only creditor of a scheme. Errors: no_debit_agreement, several_debit_agreements.
  [[nodiscard]] base::Result<std::string> only_creditor(domain::MandateScheme scheme) const;

  [[nodiscard]] const domain::Operator& seller() const { return seller_; }
  [[nodiscard]] const domain::RuleBook& rules() const { return *rules_; }
  [[nodiscard]] const domain::RetryStrategy& retries() const { return retries_; }
  [[nodiscard]] base::Date day() const { return day_; }

 private:
  domain::Operator seller_;
  const domain::RuleBook* rules_ = nullptr;
  base::Date day_;
  domain::PaydayRetry retries_;
  std::map<domain::MandateScheme, SchemeTerms> schemes_;
};

// The country of the account that is debited; of a scheme without an IBAN the scheme's.
[[nodiscard]] std::string payer_country(const domain::Mandate& mandate);

}  // namespace flows
