// Sweden: personnummer, samordningsnummer and organisationsnummer (Skatteverket SKV 704, 707).
//
// Persons: YYMMDD-NNNN, the last digit by Luhn over the other nine; + for the hyphen from the
// year in which one turns a hundred; 60 added to the day in a samordningsnummer. Kept with the
// century, in 12 digits. Organisations: NNNNNN-NNNN by Luhn, the third digit at least 2, which no
// month has; kept in 10 digits, and read with 16 for the century or as the VAT number SE..01, too.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/identity/national_number.h"

namespace domain::sweden {

[[nodiscard]] base::Result<NationalNumber> parse_person(std::string_view text, base::Date today);
[[nodiscard]] std::string format_person(std::string_view text);
[[nodiscard]] std::string mask_person(std::string_view text);

[[nodiscard]] base::Result<NationalNumber> parse_organisation(std::string_view text,
                                                              base::Date today);
[[nodiscard]] std::string format_organisation(std::string_view text);

}  // namespace domain::sweden
