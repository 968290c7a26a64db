// IBAN (ISO 13616): a bank account, valid by country, structure and check digits.
//
// Besides the two mod 97 digits, account numbers of ES and NO carry check digits of their own,
// which are held too; the mod 97 test lets none of them pass that is mistyped, but numbers made
// up by a program often fit the one and not the other. Whether the account exists is the bank's
// to say.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"

namespace domain {

class Iban {
 public:
  // Spaces, hyphens and full stops are dropped and small letters raised.
  // Errors: wrong_characters, too_short, unknown_country, wrong_length, wrong_structure,
  // wrong_check_digit, wrong_national_check_digit.
  [[nodiscard]] static base::Result<Iban> parse(std::string_view text);
  // Computes the check digits: from_bban("NO", "86011117947"). Errors: those of parse().
  [[nodiscard]] static base::Result<Iban> from_bban(std::string_view country,
                                                    std::string_view bban);

  // "SE4550000000058398257466", the one form to store, compare and put on the wire.
  [[nodiscard]] const std::string& text() const { return text_; }
  // In groups of four, as it is printed.
  [[nodiscard]] std::string grouped() const;
  [[nodiscard]] std::string_view country() const { return std::string_view(text_).substr(0, 2); }
  [[nodiscard]] std::string_view bban() const { return std::string_view(text_).substr(4); }

  friend auto operator<=>(const Iban&, const Iban&) = default;

 private:
  explicit Iban(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// The lesser test of ISO 13616 alone: characters and mod 97, for any two letters as the country.
// Answers the number as Iban::text() would write it. For files that name accounts of countries
// which the registry does not list. Errors: wrong_characters, too_short, too_long,
// wrong_check_digit.
[[nodiscard]] base::Result<std::string> check_iban_digits(std::string_view text);

}  // namespace domain
