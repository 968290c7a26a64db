// What flows read from the database before they begin: whose bills these are, the catalogue, and
// the holidays of the operator's country.
#pragma once

#include <optional>
#include <string_view>

#include "base/result/result.h"
#include "domain/calendar/bank_calendar.h"
#include "domain/catalogue/catalogue.h"
#include "domain/law/rule_book.h"
#include "domain/operator/operator.h"
#include "ports/store.h"

namespace flows {

// Imports, corrections and links write one after the other: they look for customers and make
// those that they do not find.
inline constexpr std::string_view kImportLock = "import";

// The operator of that code; without one, the only one that there is.
// Errors: no_operator, several_operators, operator_not_loaded (the one that is named).
[[nodiscard]] base::Result<domain::Operator> load_seller(ports::Transaction& transaction,
                                                         std::string_view operator_code = "");

struct ImportTerms {
  domain::Operator seller;
  domain::Catalogue catalogue;
};

// Errors: those of load_seller.
[[nodiscard]] base::Result<ImportTerms> load_terms(ports::Transaction& transaction,
                                                   std::string_view operator_code);

// Of the operator's country; nothing without rules, and where they have no calendar of it.
// Errors: unknown_holiday_key, rules_overlap.
[[nodiscard]] base::Result<std::optional<domain::BankCalendar>> holidays_of(
    const domain::Operator& seller, const domain::RuleBook* rules);

}  // namespace flows
