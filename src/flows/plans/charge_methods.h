// Charges bills, and the parts of plans, to kept methods on the day that they are due (R83).
//
// First who is going to be charged is told, some days before. On the day the balance is looked at
// again, and the payment is opened and driven like any other (flows/intents), by a key made of the
// bill, its row and the try: killed anywhere and called again, no row is charged twice. A soft
// refusal is tried again by the same strategy as debits; a hard one ends the method and its owner
// is told. A debit mandate of the account goes first (domain/plan/method_charge.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/plan/method_charge.h"
#include "flows/intents/gateways.h"
#include "ports/store.h"

namespace flows {

struct ChargeRequest {
  std::optional<base::Date> day = {};  // Else today.
  std::string actor = "system";
  bool dry_run = false;
  std::string public_url = {};  // Where providers tell of payments.
  std::size_t per_page = 100;
};

struct ChargeReport {
  base::Date day;
  std::int64_t methods = 0;  // Looked at.
  std::int64_t announced = 0, settled = 0, waiting = 0, retried = 0, failed = 0, dropped = 0;
  std::vector<domain::MethodCharge> changed;  // The first of them.
  std::vector<base::Error> problems;
};

// What can't be charged for want of a setting of ours is a problem; the others go on. Errors:
// no_operator, several_operators, and those of the store.
[[nodiscard]] base::Result<ChargeReport> charge_methods(ports::Store& store,
                                                        const base::Clock& clock,
                                                        const Gateways& gateways,
                                                        const ChargeRequest& request);

}  // namespace flows
