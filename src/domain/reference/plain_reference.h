// A reference without check digit: an invoice or customer number as it is printed.
//
// For countries without a scheme of their own. It travels in the structured or free remittance
// field of a credit transfer: up to 35 characters of the SEPA Latin set, not beginning or ending
// with a slash and with no two slashes in a row (EPC implementation guidelines). Nothing in it
// tells a typing mistake, so whoever matches it must look at the amount, too.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"

namespace domain {

class PlainReference {
 public:
  // Errors: those of parse().
  [[nodiscard]] static base::Result<PlainReference> from_base(std::string_view base) {
    return parse(base);
  }
  // Spaces at the ends are dropped, runs of spaces become one.
  // Errors: too_short, too_long, wrong_characters.
  [[nodiscard]] static base::Result<PlainReference> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }

  friend auto operator<=>(const PlainReference&, const PlainReference&) = default;

 private:
  explicit PlainReference(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace domain
