// An order to a bank as JSON, as programs hand it over: docs/reference/bank-order.schema.json.
//
// Reading tells of every batch and item that cannot be what it says, at its place
// ("collections[0].debits[12].amount"), one problem each. Amounts and days are texts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/text/json.h"
#include "domain/bank/payment_order.h"

namespace formats::bank {

struct ReadOrder {
  std::optional<domain::PaymentOrder> order = {};  // Absent where there is a problem.
  std::vector<base::Error> problems = {};
};

// Codes of problems: missing_member, bad_member, unknown_member, unknown_value, and those of the
// values' parse() and make().
[[nodiscard]] ReadOrder read_payment_order(const base::Json& json);

}  // namespace formats::bank
