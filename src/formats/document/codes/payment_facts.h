// What a printed payment code is made of: who is paid on which account, how much, by which
// reference and when. Every writer of codes takes the same facts and uses those that its code has
// room for.
//
// Errors that all of them share (place: the fact): code_wrong_account, code_wrong_currency,
// code_amount_out_of_range, code_wrong_reference, code_wrong_text.
#pragma once

#include <optional>
#include <string_view>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/operator/operator.h"

namespace formats::document::codes {

struct PaymentFacts {
  std::string_view payee_name;
  const domain::PostalAddress& payee_address;
  const domain::PayeeAccounts& payee;
  std::string_view danish_creditor = {};  // Eight digits; where the code is Danish.
  base::Currency currency;
  std::optional<base::Money> amount;       // Absent: the payer fills it in.
  std::string_view reference_scheme = {};  // Of domain/reference; empty: there is no reference.
  std::string_view reference = {};
  std::optional<base::Date> due = {};
  std::string_view message = {};
  // Empty where the code shall not name the payer.
  std::string_view payer_name = {};
  const domain::PostalAddress* payer_address = nullptr;
};

// The amount in minor units, or nothing where the payer fills it in.
// Errors: code_wrong_currency, code_amount_out_of_range (below 0.01, above `minor_max`).
[[nodiscard]] base::Result<std::optional<std::int64_t>> amount_of(const PaymentFacts& facts,
                                                                  std::string_view currency,
                                                                  std::int64_t minor_max);
// The canonical reference, valid under the scheme that the facts name.
// Errors: code_wrong_reference, also where the scheme is none of `schemes`.
[[nodiscard]] base::Result<std::string> reference_of(
    const PaymentFacts& facts, std::initializer_list<std::string_view> schemes);

// "42" in six places of `fill`: "000042". The text must not be longer.
[[nodiscard]] std::string to_the_right(std::string_view text, std::size_t places, char fill);

}  // namespace formats::document::codes
