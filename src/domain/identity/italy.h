// Italy: codice fiscale and partita IVA (DM 23/12/1976; Agenzia delle Entrate).
//
// Persons: six letters of the name, YY, a letter for the month, the day (40 added for women), the
// place of birth, and a check letter. Where two people would have the same code, digits are
// replaced by letters from the right (omocodia). Temporary codes of eleven digits are not read as
// persons. Organisations: eleven digits by Luhn; read with the IT of a VAT number, too.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/identity/national_number.h"

namespace domain::italy {

[[nodiscard]] base::Result<NationalNumber> parse_person(std::string_view text, base::Date today);
[[nodiscard]] std::string format_person(std::string_view text);
[[nodiscard]] std::string mask_person(std::string_view text);

[[nodiscard]] base::Result<NationalNumber> parse_organisation(std::string_view text,
                                                              base::Date today);
[[nodiscard]] std::string format_organisation(std::string_view text);

}  // namespace domain::italy
