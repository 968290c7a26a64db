// Money in suspense finds its bills by itself, where that is sure enough; what people say of the
// rest is kept and learned from.
//
// What is looked at are payments whose reference is missing, unknown or ambiguous. One is booked
// when at most one in so many such bookings would be wrong (operator.toml, [matching]); the others
// are the worklist (flows/payments/payer_worklist.h). It can be killed anywhere and called again.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/instant.h"
#include "flows/payments/find_payers.h"
#include "flows/payments/payment_rows.h"
#include "ports/billing.h"

namespace flows {

// What is looked up together, and kept in one transaction. What is booked does not depend on it.
inline constexpr std::size_t kPaymentsMatchedAtOnce = 1'000;

struct MatchRequest {
  std::optional<domain::BankFileId> file = {};  // Absent: all that waits.
  std::string actor = "import";
  std::optional<base::Instant> recorded = {};  // Absent: now.
  std::size_t payments_a_batch = kPaymentsMatchedAtOnce;
};

struct MatchReport {
  struct Sums {
    base::Money to_bills, to_credit;
  };
  std::int64_t looked_at = 0;
  std::int64_t matched = 0;
  std::map<base::Currency, Sums> sums;
  std::map<std::string, std::int64_t> reasons;  // Why those waited that do no more.
};

// Errors: no_operator, several_operators and those of the store.
[[nodiscard]] base::Result<MatchReport> match_payments(ports::Store& store,
                                                       const base::Clock& clock,
                                                       const MatchRequest& request);

// Whether matching looks at it at all.
[[nodiscard]] bool can_be_matched(const ports::IncomingPayment& payment);

// Assigns what is open of a payment to these bills, in their order, or with none to the account's
// credit, and keeps what was seen of each account. The bills are held and changed in `bills`; rows
// are the caller's to keep, so is the payment.
struct BookedMatch {
  domain::AccountId account;  // Gets what its bills do not need.
  std::vector<ports::Billing::BillKey> bills;
  std::string_view by;  // matched | accepted
  domain::matching::PayerLevels levels;
  std::int64_t millionths = 0;
  std::int64_t version = 0;
  std::int64_t borne_minor = 0;  // Of what banks took, what was borne before.
};
using HeldBills = std::map<domain::BillId, domain::Bill>;
[[nodiscard]] base::Result<> book_match(ports::Transaction& transaction,
                                        ports::IncomingPayment& payment, const BookedMatch& match,
                                        const domain::Operator& seller,
                                        const AllocationContext& context, HeldBills& bills,
                                        PaymentRows& rows);
}  // namespace flows
