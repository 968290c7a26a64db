// Spain: DNI, NIE and the NIF of organisations, once CIF (RD 1065/2007, Orden EHA/451/2008).
//
// Persons: eight digits and a letter modulo 23; X, Y or Z for the first digit in an NIE; K, L or M
// in front of seven in a special NIF. Organisations: a letter for the legal form, seven digits,
// and a control, which is a letter for some forms and a digit for others; read with the ES of a
// VAT number, too.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/identity/national_number.h"

namespace domain::spain {

[[nodiscard]] base::Result<NationalNumber> parse_person(std::string_view text, base::Date today);
[[nodiscard]] std::string format_person(std::string_view text);
[[nodiscard]] std::string mask_person(std::string_view text);

[[nodiscard]] base::Result<NationalNumber> parse_organisation(std::string_view text,
                                                              base::Date today);
[[nodiscard]] std::string format_organisation(std::string_view text);

}  // namespace domain::spain
