// The number by which a country knows a person or an organisation.
//
// Two source customers with an equal NationalId are one customer (D13), so equal numbers must
// have one text: parse() makes it, and nothing else does. A person's number is personal data:
// show masked(), keep text() sealed (D10). Which numbers exist is the registry's (registry.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/identity/national_number.h"

namespace domain {

enum class NationalIdKind { kPerson, kOrganisation };

struct NationalIdScheme;

class NationalId {
 public:
  // `today` settles the century where the number leaves it open, and bounds the birth date.
  // Errors: unknown_country, born_in_the_future, those of the country's scheme: not_digits,
  // wrong_characters, wrong_length, no_such_date, wrong_structure, wrong_check_digit,
  // is_a_person_number.
  [[nodiscard]] static base::Result<NationalId> parse(std::string_view country, NationalIdKind kind,
                                                      std::string_view text, base::Date today);
  // For sources that keep both kinds in one column: no text is valid as both.
  // Errors: those of the kind whose form the text has.
  [[nodiscard]] static base::Result<NationalId> recognise(std::string_view country,
                                                          std::string_view text, base::Date today);

  [[nodiscard]] std::string_view country() const;
  [[nodiscard]] NationalIdKind kind() const;
  // The one form to store and compare.
  [[nodiscard]] const std::string& text() const { return number_.text; }
  // As the country writes it: "556036-0793". Of persons for their own eyes only.
  [[nodiscard]] std::string formatted() const;
  // For display: persons' numbers with the part that tells them apart hidden, organisations' whole.
  [[nodiscard]] std::string masked() const;
  [[nodiscard]] std::optional<base::Date> birth_date() const { return number_.born; }

  friend bool operator==(const NationalId& a, const NationalId& b) {
    return a.scheme_ == b.scheme_ && a.number_.text == b.number_.text;
  }

 private:
  NationalId(const NationalIdScheme& scheme, NationalNumber number)
      : scheme_(&scheme), number_(std::move(number)) {}

  const NationalIdScheme* scheme_;  // A line of the registry, which lives as long as the program.
  NationalNumber number_;
};

}  // namespace domain
