// Denmark: CPR and CVR numbers (CPR-kontoret; Erhvervsstyrelsen).
//
// Persons: DDMMYY and four digits, the first of which tells the century. Modulo 11 does not hold
// since October 2007, when the numbers of some days ran out, so a mistyped digit often passes:
// nothing but the date can be refused. Organisations: eight digits with weights modulo 11; read
// with the DK of a VAT number, too.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/identity/national_number.h"

namespace domain::denmark {

[[nodiscard]] base::Result<NationalNumber> parse_person(std::string_view text, base::Date today);
[[nodiscard]] std::string format_person(std::string_view text);
[[nodiscard]] std::string mask_person(std::string_view text);

[[nodiscard]] base::Result<NationalNumber> parse_organisation(std::string_view text,
                                                              base::Date today);
[[nodiscard]] std::string format_organisation(std::string_view text);

}  // namespace domain::denmark
