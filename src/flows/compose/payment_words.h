// Where to pay and with which reference, in words: what stands on a page, a slip or a letter.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/operator/operator.h"
#include "flows/compose/words.h"

namespace flows::compose {

struct PaymentText {
  std::string label;
  std::string value;
  bool in_groups = false;  // Digits in groups, a space between them.
};

// The accounts that can be paid to; a number that is not valid is not shown.
[[nodiscard]] std::vector<PaymentText> account_texts(const domain::PayeeAccounts& payee,
                                                     const Words& words);
// Under the name that the reference has in the payer's bank.
[[nodiscard]] PaymentText reference_text(std::string_view scheme, std::string_view reference,
                                         const Words& words);
// "Box 12, 111 11 Stockholm"
[[nodiscard]] std::string one_line(const domain::PostalAddress& address);

}  // namespace flows::compose
