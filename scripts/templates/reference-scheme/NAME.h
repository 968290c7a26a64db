// TYPE: say here whose reference this is, and where the rule is written down.
//
// Form: how many digits, and how the check digit is made. One that exists is valid: parse() and
// from_base() are the only ways in.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"

namespace domain {

class TYPE {
 public:
  // Appends the check digit. Errors: those of parse().
  [[nodiscard]] static base::Result<TYPE> from_base(std::string_view base);
  // What a payer typed or a bank sent. Errors: not_digits, too_short, too_long,
  // wrong_check_digit.
  [[nodiscard]] static base::Result<TYPE> parse(std::string_view text);

  // The one form to store, compare and put on the wire.
  [[nodiscard]] const std::string& text() const { return text_; }

  friend auto operator<=>(const TYPE&, const TYPE&) = default;

 private:
  explicit TYPE(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace domain
