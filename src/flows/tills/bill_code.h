// A bill's short code for the telephone and the shop: made when somebody asks for it, and found
// again by what was said.
//
// The code follows from the database's key and from nothing else: it is kept as a hash, is the same
// each time it is asked for, and tells nothing. It lives as long as the bill is open and 30 days
// after the last that happened to it. Who says codes that are none is told to wait.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "domain/till/bill_code.h"
#include "ports/billing.h"
#include "ports/store.h"

namespace flows {

struct BillCode {
  std::string digits;
  base::Instant expires;  // At the earliest: an open bill's code lives on.
};

inline constexpr std::int64_t kBillCodeDaysAfter = 30;

// The live code, or a new one. Errors: bill_not_found, bill_not_payable (nothing is owed on it, and
// its code has ended).
[[nodiscard]] base::Result<BillCode> code_of_bill(ports::Transaction& transaction,
                                                  const base::Clock& clock,
                                                  domain::AccountId account, domain::BillId bill);
// The live code where somebody has asked for one already.
[[nodiscard]] base::Result<std::optional<BillCode>> find_code_of_bill(
    ports::Transaction& transaction, const base::Clock& clock, domain::AccountId account,
    domain::BillId bill);

// Nothing where it is unknown or has ended. Errors: bill_code_wrong (mistyped).
[[nodiscard]] base::Result<std::optional<ports::Billing::BillKey>> find_bill_by_code(
    ports::Transaction& transaction, const base::Clock& clock, std::string_view spoken);

struct CodeTry {
  std::string caller;  // Who says it: "tel:+46701234567", "user_..."; kept as a keyed hash.
  std::string spoken;
};
// The same, counted: what is wrong or unknown is logged and counts against the caller. In
// transactions of its own. Errors: bill_code_wrong, bill_code_tries (too many wrong ones; wait).
[[nodiscard]] base::Result<std::optional<ports::Billing::BillKey>> try_bill_code(
    ports::Store& store, const base::Clock& clock, const CodeTry& request);

}  // namespace flows
