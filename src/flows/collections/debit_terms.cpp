#include "flows/collections/debit_terms.h"

#include "domain/calendar/calendars.h"
#include "flows/operations/import_terms.h"

namespace flows {

using base::Result;
using domain::MandateScheme;

Result<DebitTerms> DebitTerms::load(ports::Transaction& transaction, const domain::RuleBook& rules,
                                    base::Date day) {
  DebitTerms terms;
  terms.seller_ = TRY(load_seller(transaction));
  terms.rules_ = &rules;
  terms.day_ = day;
  return terms;
}

Result<const SchemeTerms*> DebitTerms::of(MandateScheme scheme) {
  if (const auto found = schemes_.find(scheme); found != schemes_.end()) return &found->second;
  auto terms = TRY(domain::collection_terms(*rules_, scheme, day_));
  auto calendar = TRY(domain::bank_calendar(*rules_, terms.calendar));
  const auto added =
      schemes_.emplace(scheme, SchemeTerms{std::move(terms), std::move(calendar)}).first;
  return &added->second;
}

Result<const domain::DebitAgreement*> DebitTerms::agreement(MandateScheme scheme,
                                                            std::string_view creditor) const {
  for (const domain::DebitAgreement& row : seller_.debit_agreements) {
    if (row.creditor == creditor && row.scheme == domain::to_text(scheme)) return &row;
  }
  return base::fail("no_debit_agreement",
                    "operator.toml has no [[debit_agreements]] of " +
                        std::string(domain::to_text(scheme)) + " for this creditor",
                    std::string(creditor));
}

Result<std::string> DebitTerms::only_creditor(MandateScheme scheme) const {
  std::string found;
  for (const domain::DebitAgreement& row : seller_.debit_agreements) {
    if (row.scheme != domain::to_text(scheme)) continue;
    if (!found.empty()) {
      return base::fail("several_debit_agreements", "say for which creditor the mandate is",
                        row.scheme);
    }
    found = row.creditor;
  }
  if (found.empty()) {
    return base::fail("no_debit_agreement", "operator.toml has no [[debit_agreements]] of it",
                      std::string(domain::to_text(scheme)));
  }
  return found;
}

std::string payer_country(const domain::Mandate& mandate) {
  if (domain::is_sepa(mandate.scheme)) return mandate.payer_account.substr(0, 2);
  return mandate.scheme == MandateScheme::kAutogiro ? "SE" : "NO";
}

}  // namespace flows
