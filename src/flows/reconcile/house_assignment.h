// Money in suspense that is no customer's: assigned to the house, to nobody's account and no bill.
// What it is for stands in its posting (a refund, a provider's payout).
#pragma once

#include <string>

#include "flows/payments/payment_rows.h"

namespace flows {

struct HouseAssignment {
  domain::AllocationId id;
  base::Money amount;  // Below zero: taken back.
  std::string by;      // refund | refund_returned | settlement
  base::Date day;
  domain::PostingId posting;
  domain::AllocationId undoes = {};
};

// Adds the row, and counts it in the payment, which the caller keeps.
void assign_to_house(ports::IncomingPayment& payment, const HouseAssignment& assignment,
                     base::Instant recorded, PaymentRows& rows);

}  // namespace flows
