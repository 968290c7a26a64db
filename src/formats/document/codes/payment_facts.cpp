#include "formats/document/codes/payment_facts.h"

#include <algorithm>

#include "base/result/check.h"
#include "domain/reference/payment_reference.h"

namespace formats::document::codes {

base::Result<std::optional<std::int64_t>> amount_of(const PaymentFacts& facts,
                                                    std::string_view currency,
                                                    std::int64_t minor_max) {
  const bool is_other = facts.amount && facts.amount->currency() != facts.currency;
  if (facts.currency.code() != currency || is_other) {
    return base::fail("code_wrong_currency", "this code carries " + std::string(currency) + " only",
                      "currency");
  }
  if (!facts.amount) return std::nullopt;
  const std::int64_t minor = facts.amount->minor();
  if (minor < 1 || minor > minor_max) {
    return base::fail("code_amount_out_of_range",
                      "this code carries 0.01 to " +
                          base::Money(minor_max, facts.currency).to_decimal_string() + ", not " +
                          facts.amount->to_decimal_string(),
                      "amount");
  }
  return minor;
}

base::Result<std::string> reference_of(const PaymentFacts& facts,
                                       std::initializer_list<std::string_view> schemes) {
  if (std::ranges::find(schemes, facts.reference_scheme) == schemes.end()) {
    std::string names;
    for (const std::string_view scheme : schemes) {
      names += (names.empty() ? "" : ", ") + std::string(scheme);
    }
    return base::fail("code_wrong_reference", "this code takes a reference of " + names,
                      "reference");
  }
  const auto reference = domain::PaymentReference::parse(facts.reference_scheme, facts.reference);
  if (!reference) return base::fail("code_wrong_reference", reference.error().text, "reference");
  return reference->text();
}

std::string to_the_right(std::string_view text, std::size_t places, char fill) {
  CHECK(text.size() <= places);
  return std::string(places - text.size(), fill) + std::string(text);
}

}  // namespace formats::document::codes
