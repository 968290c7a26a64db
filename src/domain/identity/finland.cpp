#include "domain/identity/finland.h"

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain::finland {
namespace {

constexpr std::string_view kPerson = "a henkilötunnus", kOrganisation = "a Y-tunnus";

// 1800, 1900 or 2000; 0 for a sign that tells no century.
int century_of(char sign) {
  if (sign == '+') return 1800;
  if (std::string_view("-YXWVU").find(sign) != std::string_view::npos) return 1900;
  if (std::string_view("ABCDEF").find(sign) != std::string_view::npos) return 2000;
  return 0;
}

char check_character(std::string_view nine_digits) {
  constexpr std::string_view kCharacters = "0123456789ABCDEFHJKLMNPRSTUVWXY";
  return kCharacters[static_cast<std::size_t>(check::number_of(nine_digits)) % 31];
}

}  // namespace

base::Result<NationalNumber> parse_person(std::string_view text, base::Date) {
  std::string number = check::upper(check::without(text, " "));
  if (number.size() != 11) {
    return base::fail("wrong_length", "a henkilötunnus has 11 characters");
  }
  const std::string_view view = number;
  const std::string_view date = view.substr(0, 6), individual = view.substr(7, 3);
  const int century = century_of(view[6]);
  if (!check::all_digits(date) || !check::all_digits(individual) || century == 0) {
    return base::fail("wrong_characters",
                      "a henkilötunnus has six digits, one of + - A-F U-Y, three digits and a "
                      "check character");
  }
  const base::Date born = TRY(base::Date::make(century + check::number_of(date.substr(4, 2)),
                                               check::number_of(date.substr(2, 2)),
                                               check::number_of(date.substr(0, 2))));
  // 000 and 001 are never given. Numbers from 900 are temporary, and as good as others to bill.
  if (check::number_of(individual) < 2) {
    return base::fail("wrong_structure", "a henkilötunnus numbers people from 002");
  }
  if (view[10] != check_character(std::string(date) + std::string(individual))) {
    return identity::wrong_check_digit(kPerson);
  }
  return NationalNumber{std::move(number), born};
}

std::string format_person(std::string_view text) { return std::string(text); }

std::string mask_person(std::string_view text) { return std::string(text.substr(0, 7)) + "****"; }

base::Result<NationalNumber> parse_organisation(std::string_view text, base::Date) {
  std::string number = identity::without_country(text, "FI");
  // Numbers from before 2001 may be written with six digits before the hyphen.
  if (number.size() == 8 && number[6] == '-') number.insert(0, 1, '0');
  std::string digits = TRY(identity::read_digits(number, "-", 8, kOrganisation));
  constexpr int kWeights[] = {2, 4, 8, 5, 10, 9, 7};
  const int remainder =
      check::weighted_sum_from_right(std::string_view(digits).substr(0, 7), kWeights) % 11;
  // Numbers that would need ten as their check digit are never given.
  if (remainder == 1 || check::value_of(digits.back()) != (11 - remainder) % 11) {
    return identity::wrong_check_digit(kOrganisation);
  }
  return NationalNumber{std::move(digits)};
}

std::string format_organisation(std::string_view text) {
  return std::string(text.substr(0, 7)) + "-" + std::string(text.substr(7));
}

}  // namespace domain::finland
