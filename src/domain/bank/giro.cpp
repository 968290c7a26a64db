#include "domain/bank/giro.h"

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain {
namespace {

constexpr std::string_view kSeparators = " -";

struct GiroForm {
  std::string_view name;
  std::size_t length_min, length_max;
};
constexpr GiroForm kBankgiro{"bankgiro", 7, 8};
constexpr GiroForm kPlusgiro{"plusgiro", 2, 8};

base::Result<std::string> parse_giro(std::string_view text, const GiroForm& form) {
  std::string digits = check::without(text, kSeparators);
  const std::string name = "a " + std::string(form.name) + " number";
  if (!check::all_digits(digits)) {
    return base::fail("not_digits", name + " has digits only, with hyphen and spaces between");
  }
  if (digits.size() < form.length_min) {
    return base::fail("too_short",
                      name + " has at least " + std::to_string(form.length_min) + " digits");
  }
  if (digits.size() > form.length_max) {
    return base::fail("too_long",
                      name + " has " + std::to_string(form.length_max) + " digits at the most");
  }
  if (!check::ends_with_luhn_digit(digits)) {
    return base::fail("wrong_check_digit", "the last digit of " + name +
                                               " does not fit the others: a digit is mistyped");
  }
  return digits;
}

base::Result<std::string> make_giro(std::string_view base, const GiroForm& form) {
  const std::string digits = check::without(base, kSeparators);
  if (!check::all_digits(digits)) {
    return base::fail("not_digits", "a giro number is made of digits only");
  }
  return parse_giro(digits + check::luhn_digit(digits), form);
}

}  // namespace

base::Result<Bankgiro> Bankgiro::from_base(std::string_view base) {
  return Bankgiro(TRY(make_giro(base, kBankgiro)));
}

base::Result<Bankgiro> Bankgiro::parse(std::string_view text) {
  return Bankgiro(TRY(parse_giro(text, kBankgiro)));
}

std::string Bankgiro::formatted() const {
  return digits_.substr(0, digits_.size() - 4) + "-" + digits_.substr(digits_.size() - 4);
}

base::Result<Plusgiro> Plusgiro::from_base(std::string_view base) {
  return Plusgiro(TRY(make_giro(base, kPlusgiro)));
}

base::Result<Plusgiro> Plusgiro::parse(std::string_view text) {
  return Plusgiro(TRY(parse_giro(text, kPlusgiro)));
}

std::string Plusgiro::formatted() const {
  std::string body = digits_.substr(0, digits_.size() - 1);
  // Pairs from the right; a single digit in front joins its neighbours: 410 54 68, not 4 10 54 68.
  const std::size_t lone = body.size() % 2 == 1 && body.size() > 1 ? 1 : 0;
  std::string pairs = check::grouped_from_right(body.substr(lone), 2);
  return body.substr(0, lone) + pairs + "-" + digits_.back();
}

}  // namespace domain
