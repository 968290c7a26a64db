// What is true of the bill that a call is about, asked anew at each turn: somebody may have paid it
// meanwhile in another way.
#pragma once

#include <optional>
#include <string>

#include "base/result/result.h"
#include "domain/call/dialogue.h"
#include "domain/plan/kept_method.h"
#include "flows/calls/line.h"

namespace flows {

struct CallFacts {
  domain::CallBill bill;
  std::string brand;           // Who bills, as it calls itself.
  std::string invoice_number;  // "A1000017"
  std::string country;         // Of the buyer.
  // Only for who calls from the customer's own number: the ten digits stand on paper, and a card
  // that was kept is not for whoever reads them.
  std::optional<domain::KeptMethod> kept;
};

// Nothing where the call has no bill yet. Errors: bill_not_found, cannot_unseal, erased, those of
// the store.
[[nodiscard]] base::Result<std::optional<CallFacts>> facts_of_call(const CallTools& tools,
                                                                   const domain::Call& call);

}  // namespace flows
