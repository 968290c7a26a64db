// The day's proof: what came to each bank account is what is assigned and what waits in suspense,
// and the ledger says the same of the bank and of suspense.
#pragma once

#include <vector>

#include "base/result/result.h"
#include "domain/billing/bill.h"
#include "ports/payments.h"
#include "ports/store.h"

namespace flows {

struct PaymentProof {
  struct Account {
    ports::PaymentTotals payments;
    base::Money opening;  // What the account was brought in with.
    base::Money other;    // What was no customer's money: spent, charged.
    base::Money ledger;   // The balance of bank:<account>: all three together.
  };
  struct Suspense {
    base::Money payments;  // The sum of what is open.
    base::Money ledger;    // What the ledger holds in suspense, as a credit.
    base::Money waiting;   // The sum of what people see waiting there.
  };
  std::vector<Account> accounts;   // By bank account and currency.
  std::vector<Suspense> suspense;  // By currency.
  // What providers gave back though we had paid it back, and nobody has settled.
  std::vector<ports::IncomingPayment> paid_back_twice;
  [[nodiscard]] bool holds() const;
};
[[nodiscard]] base::Result<PaymentProof> prove_payments(ports::Transaction& transaction);
// bank_differs_from_payments, suspense_differs_from_payments, payment_gives_back_more.
[[nodiscard]] std::vector<base::Error> proof_problems(const PaymentProof& proof);

// Whether what is paid of a bill is what was assigned to it, less what credit notes moved to the
// account's credit, and what of that credit it has used. Adds: bill_differs_from_payments.
[[nodiscard]] base::Result<> verify_paid(ports::Transaction& transaction, const domain::Bill& bill,
                                         std::vector<base::Error>& problems);
// Whether a return and the payment that it gave back both went back, nothing of either is assigned,
// and they cancel each other. Adds: return_differs_from_payment, refund_of_returned_payment.
[[nodiscard]] base::Result<> verify_returned(ports::Transaction& transaction,
                                             const ports::IncomingPayment& back,
                                             std::vector<base::Error>& problems);
// Adds: payment_differs_from_allocations, payment_gives_back_more.
[[nodiscard]] base::Result<> verify_allocated(ports::Transaction& transaction,
                                              const ports::IncomingPayment& payment,
                                              std::vector<base::Error>& problems);

}  // namespace flows
