// Msisdn: a telephone number in the one international form (ITU-T E.164), "+46701234567".
//
// People and source systems write numbers in their country's form. The seven countries we bill in
// have rules here (prefix for dialling abroad, trunk digit, lengths); numbers of other countries
// are taken in international form, by E.164's lengths alone. Whether anybody answers is not
// known here, and nothing is guessed: a number without a country needs its default.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"

namespace domain {

class Msisdn {
 public:
  // `country` (ISO 3166-1 alpha-2) is where a number without + or 00 belongs. Spaces, hyphens,
  // full stops, slashes and brackets are dropped, and so is "(0)" behind a country code.
  // Errors: not_digits, unknown_country, missing_trunk_prefix, too_short, too_long.
  [[nodiscard]] static base::Result<Msisdn> parse(std::string_view text, std::string_view country);

  // "+46701234567", the one form to store, compare and put on the wire.
  [[nodiscard]] const std::string& text() const { return text_; }
  // The country of the seven that the number belongs to; empty for any other.
  [[nodiscard]] std::string_view country() const;
  // For display where the whole is not to be seen: "+46 *** *** 567".
  [[nodiscard]] std::string masked() const;

  friend auto operator<=>(const Msisdn&, const Msisdn&) = default;

 private:
  explicit Msisdn(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace domain
