// SEPA creditor identifier (AT-02): who may collect under a direct debit mandate.
//
// Form: country, two check digits, a business code of three that the creditor chooses freely
// (ZZZ by default), and an identifier of the country's making. The check digits leave the
// business code out (EPC262-08), so one creditor has many ids with the same digits.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"

namespace domain {

class CreditorId {
 public:
  // Spaces are dropped and small letters raised.
  // Errors: those of check_creditor_id_format(), wrong_check_digit.
  [[nodiscard]] static base::Result<CreditorId> parse(std::string_view text);
  // Computes the check digits of country, business code and national identifier together:
  // from_base("ESZZZ47690558N"). Errors: those of parse().
  [[nodiscard]] static base::Result<CreditorId> from_base(std::string_view base);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string_view country() const { return std::string_view(text_).substr(0, 2); }
  [[nodiscard]] std::string_view business_code() const {
    return std::string_view(text_).substr(4, 3);
  }
  [[nodiscard]] std::string_view national_id() const { return std::string_view(text_).substr(7); }

  friend auto operator<=>(const CreditorId&, const CreditorId&) = default;

 private:
  explicit CreditorId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// The lesser test of the message schemas: characters, and the length where the country's is
// known, but no check digits; for ids that a bank sends and that we only carry.
// Errors: too_short, too_long, wrong_prefix, wrong_characters, wrong_length.
[[nodiscard]] base::Result<std::string> check_creditor_id_format(std::string_view text);

}  // namespace domain
