// The rows that assigning money makes, gathered and then kept together: allocations with their
// postings, credit of accounts, events, and the bills as they are afterwards.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "domain/billing/bill.h"
#include "domain/ledger/posting.h"
#include "domain/payment/allocate.h"
#include "ports/credits.h"
#include "ports/events.h"
#include "ports/payer_search.h"
#include "ports/payments.h"
#include "ports/store.h"

namespace flows {

// Files are imported one batch at a time, whoever imports; what an agent does to a payment waits
// for others who touch it.
inline constexpr std::string_view kBankImportLock = "bank_import";
[[nodiscard]] std::string payment_lock(domain::PaymentId payment);

struct AllocationContext {
  base::Instant recorded;
  std::string actor;
  std::string reason = {};    // An agent's words; sealed with the account's events.
  std::int64_t epoch = 0;     // Of credit that arises.
  std::string ordinal = "0";  // Tells apart what is assigned again after an undoing.
};

struct PaymentRows {
  std::vector<ports::IncomingPayment> payments;
  std::vector<ports::Allocation> allocations;
  std::vector<domain::Posting> postings;
  std::vector<ports::AccountCredit> credits;
  std::vector<ports::NewEvent> events;
  std::vector<ports::ChainLink> links;  // Of the events, where they were linked ahead.
  std::vector<domain::Bill> bills;
  std::vector<ports::PaidFor> payers;     // Who has paid for whom, more often or less.
  std::vector<ports::KeptMatch> matches;  // What was seen of those that no reference assigned.

  // Assigns a part of the payment, and counts it there. A small difference that is let go is no
  // money of the payment.
  [[nodiscard]] base::Result<> allocate(ports::IncomingPayment& payment, domain::AccountId account,
                                        const domain::AllocationPart& part,
                                        const AllocationContext& context);
  [[nodiscard]] base::Result<> keep(ports::Transaction& transaction) const;
};

// What of an account's credit is there, in a currency.
[[nodiscard]] base::Result<base::Money> credit_of(ports::Transaction& transaction,
                                                  domain::AccountId account,
                                                  base::Currency currency);

// That somebody did this to a payment, about a bill, an account or an allocation.
[[nodiscard]] base::Result<> audit_payment(ports::Transaction& transaction, std::string_view action,
                                           domain::PaymentId payment, std::string_view about,
                                           const AllocationContext& context);

// Of what banks took of a payment on its way, what these rows of it bear already.
[[nodiscard]] std::int64_t borne_minor_of(std::span<const ports::Allocation> rows);

}  // namespace flows
