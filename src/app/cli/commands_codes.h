// `bank code`: the text of a payment code for given values; no data folder is touched.
#pragma once

#include <string>

#include "app/cli/commands.h"

namespace app::cli {

struct BankCodeOptions {
  std::string kind;  // Of formats/document/codes/registry.cpp.
  std::string account, bic;
  std::string amount, currency;
  std::string scheme, reference;
  std::string due, message;
  struct Named {
    std::string name, street, postal_code, city, country;
  };
  Named payee, payer;
};

// Errors: unknown_payment_code, and those of the code's writer.
[[nodiscard]] Outcome bank_code(const BankCodeOptions& options);

}  // namespace app::cli
