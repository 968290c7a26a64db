#include "flows/payments/payer_worklist.h"

#include <algorithm>

#include "flows/operations/import_terms.h"
#include "flows/payments/match_payments.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;
using ports::IncomingPayment;

bool is_waiting(const IncomingPayment& payment) {
  return payment.state == "suspense" && payment.open().minor() > 0;
}

// That the money may be gone already, before anything is booked with it.
void tell_of_return(const IncomingPayment& payment, std::span<const IncomingPayment> returns,
                    std::vector<PayerSuggestion>& suggestions) {
  if (return_beside(payment, returns) == nullptr) return;
  for (PayerSuggestion& each : suggestions) {
    each.reasons.push_back({"payer.return.waits", "", 0, payment.amount, false});
  }
}

Result<> check_payable(const PayerSuggestion& suggestion, const IncomingPayment& payment) {
  for (const domain::Bill& bill : suggestion.bills) {
    TRY(domain::assign_to(bill, payment.open()));
  }
  return {};
}

Result<IncomingPayment> accept(ports::Transaction& transaction, const base::Clock& clock,
                               const AcceptRequest& request) {
  TRY(transaction.work().lock(payment_lock(request.payment)));
  const domain::Operator seller = TRY(load_seller(transaction));
  Worklist list = TRY(load_suggestions(transaction, request.payment));
  IncomingPayment payment = std::move(list.rows.front().payment);
  if (!is_waiting(payment)) {
    return base::fail("payment_not_open", "nothing of the payment is left to assign",
                      request.payment.to_string());
  }
  const auto& suggestions = list.rows.front().suggestions;
  const auto chosen = std::ranges::find(suggestions, request.candidate, &PayerSuggestion::code);
  if (chosen == suggestions.end()) {
    return base::fail("candidate_gone",
                      "this is not among the likeliest any more; look at the payment again",
                      request.candidate);
  }
  TRY(check_payable(*chosen, payment));
  BookedMatch match;
  match.account = chosen->account;
  match.by = "accepted";
  match.levels = chosen->levels;
  match.millionths = chosen->millionths;
  match.version = list.version;
  for (const domain::Bill& bill : chosen->bills) match.bills.push_back({bill.account, bill.id});
  const auto before = TRY(transaction.payments().allocations_of_payment(payment.id));
  AllocationContext context{.recorded = clock.now(),
                            .actor = request.actor,
                            .reason = request.reason,
                            .ordinal = std::to_string(before.size())};
  match.borne_minor = borne_minor_of(before);
  context.epoch = TRY(transaction.work().hold_epoch());
  HeldBills bills;
  PaymentRows rows;
  TRY(book_match(transaction, payment, match, seller, context, bills, rows));
  for (auto& [id, bill] : bills) {
    ++bill.version;
    rows.bills.push_back(bill);
  }
  TRY(rows.keep(transaction));
  TRY(transaction.payments().update_payment(payment));
  TRY(audit_payment(
      transaction, "payment.accept", payment.id,
      chosen->bills.empty() ? chosen->account.to_string() : chosen->bills.front().id.to_string(),
      context));
  return payment;
}

}  // namespace

Result<Worklist> suggest_for(ports::Transaction& transaction,
                             std::vector<IncomingPayment> payments) {
  const domain::Operator seller = TRY(load_seller(transaction));
  std::vector<IncomingPayment> waiting;
  std::ranges::copy_if(payments, std::back_inserter(waiting), is_waiting);
  const PayerFinder finder = TRY(PayerFinder::load(transaction, seller, waiting));
  Worklist list;
  list.confirmed = finder.model().confirmed();
  list.version = finder.version();
  std::vector<IncomingPayment> returns;
  if (!waiting.empty()) returns = TRY(open_returns(transaction, waiting));
  for (IncomingPayment& payment : payments) {
    WorklistRow row;
    if (is_waiting(payment)) {
      row.suggestions = TRY(finder.suggest(transaction, payment));
      tell_of_return(payment, returns, row.suggestions);
    }
    row.returned = TRY(suggest_returned(transaction, payment));
    row.payment = std::move(payment);
    list.rows.push_back(std::move(row));
  }
  return list;
}

Result<Worklist> load_worklist(ports::Transaction& transaction,
                               const ports::PaymentFilter& filter) {
  auto payments = TRY(transaction.payments().list_payments(filter));
  return suggest_for(transaction, std::move(payments));
}

Result<Worklist> load_suggestions(ports::Transaction& transaction, domain::PaymentId id) {
  auto payment = TRY(transaction.payments().find_payment(id));
  if (!payment) {
    return base::fail("payment_not_found", "there is no such payment", id.to_string());
  }
  std::vector<IncomingPayment> one;
  one.push_back(*std::move(payment));
  return suggest_for(transaction, std::move(one));
}

Result<IncomingPayment> accept_candidate(ports::Store& store, const base::Clock& clock,
                                         const AcceptRequest& request) {
  IncomingPayment payment;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    payment = TRY(accept(transaction, clock, request));
    return {};
  }));
  return payment;
}

Result<> learn_assignment(ports::Transaction& transaction, const IncomingPayment& payment,
                          domain::AccountId account, domain::BillId bill, base::Instant now) {
  const domain::Operator seller = TRY(load_seller(transaction));
  PayerFinder finder = TRY(PayerFinder::load(transaction, seller, {&payment, 1}));
  TRY(finder.know(transaction, account));
  std::vector<domain::BillId> bills;
  if (!bill.is_nil()) bills.push_back(bill);
  ports::KeptMatch kept;
  kept.payment = payment.id;
  kept.account = account;
  kept.by = "agent";
  kept.levels = domain::matching::to_vector(finder.levels_of(payment, account, bills));
  kept.version = finder.version();
  kept.recorded = now;
  return transaction.payments().payer_search().add_matches({&kept, 1});
}

}  // namespace flows
