#include "flows/payments/assign_payment.h"

#include "flows/operations/import_terms.h"
#include "flows/payments/payer_worklist.h"
#include "flows/payments/payment_rows.h"
#include "ports/billing.h"
#include "ports/parties.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::AllocationPart;
using ports::IncomingPayment;

Result<Money> amount_of(const IncomingPayment& payment, const AssignRequest& request) {
  const Money open = payment.open();
  const Money nothing(0, open.currency());
  if (payment.amount.is_negative()) {
    return base::fail("payment_not_open",
                      "this went back: say of which payment with telgiro payment return",
                      request.payment.to_string());
  }
  if (payment.state != "suspense" || open <= nothing) {
    return base::fail("payment_not_open", "nothing of the payment is left to assign",
                      request.payment.to_string());
  }
  if (!request.amount) return open;
  if (request.amount->currency() != open.currency()) {
    return base::fail("other_currency", "the payment is in another currency",
                      request.payment.to_string());
  }
  if (*request.amount <= nothing) {
    return base::fail("amount_not_positive", "assign more than nothing");
  }
  if (*request.amount > open) {
    return base::fail("amount_too_large", "only " + open.to_decimal_string() + " is left to assign",
                      request.payment.to_string());
  }
  return *request.amount;
}

Result<std::vector<AllocationPart>> plan(ports::Transaction& transaction,
                                         const AssignRequest& request, Money amount, Money charges,
                                         PaymentRows& rows) {
  const auto account = TRY(transaction.parties().find_account(request.account));
  if (!account) {
    return base::fail("unknown_account", "there is no such account", request.account.to_string());
  }
  if (request.bill.is_nil()) {
    if (account->currency != amount.currency()) {
      return base::fail("other_currency", "the account is in another currency than the payment",
                        request.account.to_string());
    }
    return std::vector<AllocationPart>{{{}, amount, "agent"}};
  }
  const ports::Billing::BillKey key{request.account, request.bill};
  auto bills = TRY(transaction.billing().hold_bills({&key, 1}));
  if (bills.empty()) {
    return base::fail("bill_not_found", "there is no such bill", request.bill.to_string());
  }
  domain::Bill& bill = bills.front();
  auto parts = TRY(domain::assign_to(bill, amount));
  if (!parts.front().bill.is_nil()) domain::pay(bill, parts.front().amount);
  const domain::Operator seller = TRY(load_seller(transaction));
  const auto borne = domain::borne_charge(bill, charges);
  if (borne && seller.matching.bears_charges) {
    domain::pay(bill, borne->amount);
    parts.push_back(*borne);
  }
  if (!parts.front().bill.is_nil()) {
    ++bill.version;
    rows.bills.push_back(bill);
  }
  return parts;
}

Result<IncomingPayment> assign(ports::Transaction& transaction, const base::Clock& clock,
                               const AssignRequest& request) {
  TRY(transaction.work().lock(payment_lock(request.payment)));
  auto found = TRY(transaction.payments().find_payment(request.payment));
  if (!found) {
    return base::fail("payment_not_found", "there is no such payment", request.payment.to_string());
  }
  IncomingPayment payment = *std::move(found);
  PaymentRows rows;
  const Money amount = TRY(amount_of(payment, request));
  const auto before = TRY(transaction.payments().allocations_of_payment(request.payment));
  AllocationContext context{.recorded = clock.now(),
                            .actor = request.actor,
                            .reason = request.reason,
                            .ordinal = std::to_string(before.size())};
  context.epoch = TRY(transaction.work().hold_epoch());
  const Money charges = payment.charges() - Money(borne_minor_of(before), amount.currency());
  const auto parts = TRY(plan(transaction, request, amount, charges, rows));
  // What an assignment to credit shows of bills is nothing to learn from.
  if (!request.bill.is_nil()) {
    TRY(learn_assignment(transaction, payment, request.account, request.bill, context.recorded));
  }
  for (const AllocationPart& part : parts) {
    TRY(rows.allocate(payment, request.account, part, context));
  }
  TRY(rows.keep(transaction));
  TRY(transaction.payments().update_payment(payment));
  TRY(audit_payment(transaction, "payment.assign", payment.id,
                    request.bill.is_nil() ? request.account.to_string() : request.bill.to_string(),
                    context));
  return payment;
}

}  // namespace

Result<IncomingPayment> assign_payment(ports::Store& store, const base::Clock& clock,
                                       const AssignRequest& request) {
  if (request.reason.empty()) return base::fail("missing_reason", "say why it is for this");
  IncomingPayment payment;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    payment = TRY(assign(transaction, clock, request));
    return {};
  }));
  return payment;
}

}  // namespace flows
