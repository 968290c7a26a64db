#include "flows/operations/import_terms.h"

#include <algorithm>

#include "domain/calendar/calendars.h"
#include "ports/catalogue.h"

namespace flows {

base::Result<domain::Operator> load_seller(ports::Transaction& transaction,
                                           std::string_view operator_code) {
  auto operators = TRY(transaction.catalogue().list_operators());
  if (!operator_code.empty()) {
    const auto named = std::ranges::find(operators, operator_code, &domain::Operator::code);
    if (named != operators.end()) return std::move(*named);
    return base::fail("operator_not_loaded",
                      "the operator is not in the database; load its operator.toml first",
                      std::string(operator_code));
  }
  if (operators.empty()) {
    return base::fail("no_operator", "load an operator first: telgiro import --operator CODE");
  }
  if (operators.size() > 1) {
    return base::fail("several_operators", "this database holds several operators",
                      operators[1].code);
  }
  return std::move(operators.front());
}

base::Result<ImportTerms> load_terms(ports::Transaction& transaction,
                                     std::string_view operator_code) {
  ImportTerms terms;
  terms.seller = TRY(load_seller(transaction, operator_code));
  terms.catalogue = TRY(transaction.catalogue().load_catalogue());
  return terms;
}

base::Result<std::optional<domain::BankCalendar>> holidays_of(const domain::Operator& seller,
                                                              const domain::RuleBook* rules) {
  std::optional<domain::BankCalendar> calendar;
  if (rules == nullptr) return calendar;
  auto found = domain::bank_calendar(*rules, seller.country);
  if (!found && found.error().code == "no_such_calendar") return calendar;
  calendar = TRY(std::move(found));
  return calendar;
}

}  // namespace flows
