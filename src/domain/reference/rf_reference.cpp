#include "domain/reference/rf_reference.h"

#include "base/result/check.h"
#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain {
namespace {

constexpr std::string_view kPrefix = "RF";
constexpr std::size_t kLengthMin = 5, kLengthMax = 25;

}  // namespace

base::Result<RfReference> RfReference::from_base(std::string_view body) {
  const std::string cleaned = check::upper(check::without(body, " "));
  if (!check::all_digits_or_upper(cleaned)) {
    return base::fail("wrong_characters", "an RF reference is made of letters A-Z and digits");
  }
  const auto digits = check::mod97_digits(cleaned, kPrefix);
  return parse(std::string(kPrefix) + digits.tens + digits.ones + cleaned);
}

base::Result<RfReference> RfReference::parse(std::string_view text) {
  std::string cleaned = check::upper(check::without(text, " "));
  if (!check::all_digits_or_upper(cleaned)) {
    return base::fail("wrong_characters", "an RF reference has letters A-Z and digits only");
  }
  if (cleaned.size() < kLengthMin) {
    return base::fail("too_short", "an RF reference has RF, two digits and at least one more");
  }
  if (cleaned.size() > kLengthMax) {
    return base::fail("too_long", "an RF reference has 25 characters at the most");
  }
  if (!cleaned.starts_with(kPrefix) || !check::all_digits(cleaned.substr(2, 2))) {
    return base::fail("wrong_prefix", "an RF reference begins with RF and two digits");
  }
  // 98 less a rest of 0 to 96 is never one of these, though they leave the same rest as 97, 98, 2.
  const std::string digits = cleaned.substr(2, 2);
  const bool is_none = digits == "00" || digits == "01" || digits == "99";
  if (is_none || check::mod97(cleaned.substr(4) + cleaned.substr(0, 4)) != 1) {
    return base::fail("wrong_check_digit",
                      "the digits after RF do not fit the others: a character is mistyped");
  }
  return RfReference(std::move(cleaned));
}

base::Result<FinnishRfReference> FinnishRfReference::from_base(std::string_view base) {
  return of(TRY(FinnishReference::from_base(base)));
}

FinnishRfReference FinnishRfReference::of(const FinnishReference& reference) {
  auto rf = RfReference::from_base(reference.text());
  CHECK(rf.has_value());
  return {*std::move(rf), reference};
}

base::Result<FinnishRfReference> FinnishRfReference::parse(std::string_view text) {
  const RfReference rf = TRY(RfReference::parse(text));
  return of(TRY(FinnishReference::parse(rf.body())));
}

}  // namespace domain
