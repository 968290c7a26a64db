// Which payments with an exact reference wait: it is not their bill's amount, and what else is
// known of them speaks for something else.
//
// Where name or account of the payer, and exactly the amount, are those of another's bill, it may
// be a neighbour's reference (another_payer): people decide, with both before them. Where the bill
// is paid and another of the same account is surely meant, last month's was used again
// (reference_of_paid_bill): matching books it. Both are weighed as everything else is
// (domain/matching/payer_model.h); who pays for somebody else is not doubted. Reads only.
#pragma once

#include <map>
#include <span>
#include <string_view>

#include "base/result/result.h"
#include "flows/payments/take_items.h"

namespace flows {

// A payment and the only bill that its reference stands on.
struct GivenReference {
  ports::IncomingPayment payment;
  domain::AccountId account;
  bool is_owed = false;  // The bill.
};

// Whether it is worth a look: a payment of just what is asked is for the bill that it names.
[[nodiscard]] bool may_be_doubted(const domain::MoneyItem& money, const domain::Bill& bill);

// Those that are doubted, with the reason for which they wait. Errors: those of the store,
// no_operator.
[[nodiscard]] base::Result<std::map<domain::PaymentId, std::string_view>> doubt_references(
    ports::Transaction& transaction, std::span<const GivenReference> given, const TakenAhead& ahead,
    PayerCommons& commons);

}  // namespace flows
