// Money in suspense that is no customer's: assigned to the house, to nobody's account and no bill.
// What it is for stands in its posting (a refund, a provider's payout, that it went back).
#pragma once

#include <string>
#include <string_view>

#include "flows/payments/payment_rows.h"

namespace flows {

// Its provider gave it back: what is so assigned left us with the payment that went back.
inline constexpr std::string_view kWentBack = "returned";

struct HouseAssignment {
  domain::AllocationId id;
  base::Money amount;  // Below zero: taken back.
  std::string by;      // refund | refund_returned | settlement | returned
  base::Date day;
  domain::PostingId posting;
  domain::AllocationId undoes = {};
};

// Adds the row, and counts it in the payment, which the caller keeps.
void assign_to_house(ports::IncomingPayment& payment, const HouseAssignment& assignment,
                     base::Instant recorded, PaymentRows& rows);

// What of the payment we have paid out again, by the bank or at a till; not what its provider gave
// back.
[[nodiscard]] base::Result<base::Money> paid_out_of(ports::Transaction& transaction,
                                                    const ports::IncomingPayment& payment);

}  // namespace flows
