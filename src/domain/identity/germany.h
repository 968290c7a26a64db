// Germany: Steuer-ID and USt-IdNr. (§ 139b AO, § 27a UStG).
//
// Persons: eleven digits, not beginning with 0, the last by ISO 7064 mod 11,10; of the first ten
// one digit stands two or three times, never three in a row, and all others once at the most.
// Organisations: nine digits by mod 11,10 behind DE; kept without DE.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/identity/national_number.h"

namespace domain::germany {

[[nodiscard]] base::Result<NationalNumber> parse_person(std::string_view text, base::Date today);
[[nodiscard]] std::string format_person(std::string_view text);
[[nodiscard]] std::string mask_person(std::string_view text);

[[nodiscard]] base::Result<NationalNumber> parse_organisation(std::string_view text,
                                                              base::Date today);
[[nodiscard]] std::string format_organisation(std::string_view text);

}  // namespace domain::germany
