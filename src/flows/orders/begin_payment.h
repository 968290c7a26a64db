// Begins the payment of an order whose invoice is there: at a provider, by a debit, or in parts.
// Again it begins the same one.
#pragma once

#include <string>

#include "base/result/result.h"
#include "flows/orders/orders.h"

namespace flows {

struct BegunPayment {
  domain::IntentId intent;     // Nil where none was begun.
  domain::CollectionId debit;  // Nil as well.
  std::string problem;         // A code: why it was not begun; empty: it was, or nothing is to be.
};

// What is in the way is a problem and no error: the order can be paid by its link. Errors: those of
// the store.
[[nodiscard]] base::Result<BegunPayment> begin_payment(const OrderTools& tools,
                                                       const domain::PlacedOrder& order);

// What came by providers for the order's bill goes back, and what is under way is stopped. True:
// nothing is left to do. Errors: those of the store.
[[nodiscard]] base::Result<bool> give_money_back(const OrderTools& tools,
                                                 const domain::PlacedOrder& order);

}  // namespace flows
