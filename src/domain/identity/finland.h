// Finland: henkilötunnus and Y-tunnus (Väestötietojärjestelmä; PRH).
//
// Persons: DDMMYY, a sign for the century, three digits and a check character modulo 31. Since
// 2023 each century has several signs: + (1800s), - Y X W V U (1900s), A B C D E F (2000s); the
// sign tells people apart, so it stays. Organisations: seven digits and one modulo 11; kept in 8
// digits, and read with the FI of a VAT number, too.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/identity/national_number.h"

namespace domain::finland {

[[nodiscard]] base::Result<NationalNumber> parse_person(std::string_view text, base::Date today);
[[nodiscard]] std::string format_person(std::string_view text);
[[nodiscard]] std::string mask_person(std::string_view text);

[[nodiscard]] base::Result<NationalNumber> parse_organisation(std::string_view text,
                                                              base::Date today);
[[nodiscard]] std::string format_organisation(std::string_view text);

}  // namespace domain::finland
