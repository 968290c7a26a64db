// What the IBAN registry (SWIFT, ISO 13616) says of each country: how its account part is built.
#pragma once

#include <cstddef>
#include <string_view>

namespace domain {

// `structure` in the registry's own notation: "4!n16!c" is four digits, then sixteen characters;
// n digits, a capital letters, c either.
struct IbanFormat {
  std::string_view country;
  std::string_view structure;
};

// Null for a country that has no IBAN.
[[nodiscard]] const IbanFormat* find_iban_format(std::string_view country);
// The length of the account part (BBAN).
[[nodiscard]] std::size_t bban_length(const IbanFormat& format);
// Whether every character is of the kind that the structure has at its place; false where the
// length differs.
[[nodiscard]] bool has_structure(std::string_view bban, const IbanFormat& format);

}  // namespace domain
