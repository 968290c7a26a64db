// The check digit arithmetic that references, accounts and identity numbers share.
//
// Each function takes the digits before the check digit and answers the digit, or the remainder,
// that follows; what a scheme makes of it is the scheme's. Arguments must be digits (for mod97
// digits and A-Z): the schemes look at characters first, so anything else is a CHECK.
#pragma once

#include <span>
#include <string_view>

namespace domain::check {

// ISO/IEC 7812: every second digit from the right counts twice, the sum brought up to a ten.
[[nodiscard]] char luhn_digit(std::string_view digits);
// Whether the last of the digits is the Luhn digit of those before it; false for none.
[[nodiscard]] bool ends_with_luhn_digit(std::string_view digits);

// The sum of digits times weights, the first weight for the last digit, beginning anew when the
// weights are used up.
[[nodiscard]] int weighted_sum_from_right(std::string_view digits, std::span<const int> weights);

// ISO 7064 mod 97-10 of digits and letters, A standing for 10.
[[nodiscard]] int mod97(std::string_view text);
// The two digits that make text + country + digits leave remainder 1 (IBAN, RF, creditor id).
struct Mod97Digits {
  char tens, ones;
};
[[nodiscard]] Mod97Digits mod97_digits(std::string_view text, std::string_view country);

// ISO 7064 mod 11,10, of German tax and VAT numbers.
[[nodiscard]] char mod11_10_digit(std::string_view digits);

// Recursive modulo 10 of Swiss payment references.
[[nodiscard]] char recursive_mod10_digit(std::string_view digits);

}  // namespace domain::check
