#include "domain/identity/spain.h"

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain::spain {
namespace {

constexpr std::string_view kPerson = "a DNI or NIE", kOrganisation = "a CIF";
constexpr std::size_t kLength = 9;
constexpr std::string_view kSeparators = "-.";

bool is_one_of(char c, std::string_view characters) {
  return characters.find(c) != std::string_view::npos;
}

char person_letter(int number) { return "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23]; }

// The digits that count for the letter: X, Y and Z stand for 0, 1 and 2, K, L and M for nothing.
std::string counted_digits(std::string_view number) {
  std::string digits(number.substr(0, kLength - 1));
  const char first = digits.front();
  if (is_one_of(first, "XYZ")) digits.front() = check::digit_of(first - 'X');
  if (is_one_of(first, "KLM")) digits.erase(0, 1);
  return digits;
}

}  // namespace

base::Result<NationalNumber> parse_person(std::string_view text, base::Date) {
  std::string cleaned = check::without(check::without(text, " "), kSeparators);
  // A DNI below ten million is often written without the zeros in front.
  if (!cleaned.empty() && check::is_digit(cleaned.front()) && cleaned.size() >= 8 &&
      cleaned.size() < kLength) {
    cleaned.insert(0, kLength - cleaned.size(), '0');
  }
  std::string number = TRY(identity::read_characters(cleaned, "", kLength, kPerson));
  const std::string digits = counted_digits(number);
  if (!check::all_digits(digits) || !check::is_upper(number.back())) {
    return base::fail("wrong_structure",
                      "a DNI has eight digits and a letter, an NIE one of XYZ, seven digits and a "
                      "letter");
  }
  if (number.back() != person_letter(check::number_of(digits))) {
    return identity::wrong_check_digit(kPerson);
  }
  return NationalNumber{std::move(number)};
}

std::string format_person(std::string_view text) { return std::string(text); }

// The rule of the data protection authority for publishing: the fourth to the seventh digit.
std::string mask_person(std::string_view text) {
  const std::size_t first = check::is_digit(text.front()) ? 3 : 4;
  return std::string(first, '*') + std::string(text.substr(first, 4)) +
         std::string(kLength - first - 4, '*');
}

base::Result<NationalNumber> parse_organisation(std::string_view text, base::Date) {
  const std::string cleaned = check::without(identity::without_country(text, "ES"), kSeparators);
  std::string number = TRY(identity::read_characters(cleaned, "", kLength, kOrganisation));
  const std::string_view digits = std::string_view(number).substr(1, 7);
  const char form = number.front(), control = number.back();
  if (!is_one_of(form, "ABCDEFGHJNPQRSUVW") || !check::all_digits(digits)) {
    return base::fail("wrong_structure",
                      "a CIF has a letter for the legal form, seven digits and a control");
  }
  const char digit = check::luhn_digit(digits);
  const char letter = "JABCDEFGHI"[check::value_of(digit)];
  // Until 2008 entities from abroad had the forms of Spanish ones, 00 for the province, a letter.
  const bool may_be_letter = !is_one_of(form, "ABEH") || digits.starts_with("00");
  const bool may_be_digit = !is_one_of(form, "NPQRSW");
  if (!(may_be_digit && control == digit) && !(may_be_letter && control == letter)) {
    return identity::wrong_check_digit(kOrganisation);
  }
  return NationalNumber{std::move(number)};
}

std::string format_organisation(std::string_view text) { return std::string(text); }

}  // namespace domain::spain
