// What a provider takes of a payment, in the books: provider_fees:<gateway> against
// clearing:<gateway>.
//
// A provider may say a fee with the payment, and again in its settlement. It is booked once: what
// settlements say takes the place of what was said with the payment, and only the difference to
// what stands there is booked. An estimate is never booked.
#pragma once

#include "base/result/result.h"
#include "domain/ledger/posting.h"
#include "domain/payment/payment_intent.h"
#include "ports/rail_costs.h"
#include "ports/store.h"

namespace flows {

struct FeeContext {
  base::Date day;
  base::Instant recorded;
};

// What the provider said with the payment; in the caller's transaction. Errors: those of the store.
[[nodiscard]] base::Result<> book_fee(ports::Transaction& transaction, const FeeContext& context,
                                      const domain::PaymentIntent& intent);

// What is to be booked now that a settlement says so much of a payment: the difference.
[[nodiscard]] base::Money fee_to_book(const std::optional<ports::FeeState>& state,
                                      base::Money told);

// debit provider_fees:<gateway>, credit clearing:<gateway>.
[[nodiscard]] std::vector<domain::Entry> fee_entries(const std::string& gateway,
                                                     base::Money amount);

}  // namespace flows
