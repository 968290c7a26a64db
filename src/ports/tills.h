// Tills: drawers and their sessions, and the short codes that find a bill at a till or by telephone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "domain/till/bill_code.h"
#include "ports/billing.h"

namespace ports {

class Tills {
 public:
  virtual ~Tills() = default;

  // --- Codes of bills, by their digits; these are kept as a keyed hash only.
  // Nine digits of a bill that cannot be told without the database's key; for each attempt others.
  [[nodiscard]] virtual std::string code_digits(domain::BillId bill, std::int64_t attempt) = 0;
  [[nodiscard]] virtual base::Result<std::optional<Billing::BillKey>> find_code(
      std::string_view digits) = 0;
  // False where a bill has it already.
  [[nodiscard]] virtual base::Result<bool> add_code(std::string_view digits,
                                                    const Billing::BillKey& bill,
                                                    base::Instant now) = 0;
  // Of somebody who says codes: a telephone number, a till's user.
  [[nodiscard]] virtual base::Result<domain::CodeTries> tries_of(std::string_view caller) = 0;
  [[nodiscard]] virtual base::Result<> keep_tries(std::string_view caller,
                                                  const domain::CodeTries& tries) = 0;
};

}  // namespace ports
