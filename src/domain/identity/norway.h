// Norway: fødselsnummer, D-nummer and organisasjonsnummer (Skatteetaten; Brønnøysund).
//
// Persons: DDMMYY, three digits that tell the century, and two check digits modulo 11; 40 added
// to the day in a D-nummer. Organisations: eight digits beginning with 8 or 9 and one modulo 11;
// read with NO and MVA of a VAT number, too.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/identity/national_number.h"

namespace domain::norway {

[[nodiscard]] base::Result<NationalNumber> parse_person(std::string_view text, base::Date today);
[[nodiscard]] std::string format_person(std::string_view text);
[[nodiscard]] std::string mask_person(std::string_view text);

[[nodiscard]] base::Result<NationalNumber> parse_organisation(std::string_view text,
                                                              base::Date today);
[[nodiscard]] std::string format_organisation(std::string_view text);

}  // namespace domain::norway
