#include "flows/calls/call_bill.h"

#include <algorithm>

#include "flows/care/show_bill.h"
#include "flows/plans/under_way.h"
#include "ports/mandates.h"
#include "ports/parties.h"
#include "ports/plans.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::KeptMethod;

Result<bool> is_own_number(ports::Transaction& transaction, const domain::Call& call) {
  const auto account = TRY(transaction.parties().find_account(call.account));
  if (!account || call.caller.empty()) return false;
  const auto owners = TRY(transaction.parties().find_customers({&account->customer, 1}));
  return !owners.empty() && owners.front().party.phone == call.caller;
}

// The one that bills are charged to, else the newest one that works.
Result<std::optional<KeptMethod>> kept_method(ports::Transaction& transaction,
                                              const CallTools& tools, domain::AccountId account,
                                              base::Date today) {
  std::optional<KeptMethod> chosen;
  for (KeptMethod& method : TRY(transaction.plans().of_account(account))) {
    const bool works = method.state == domain::KeptMethodState::kKept &&
                       domain::works_on(method, today) && tools.gateways.find(method.gateway);
    if (works && !(chosen && chosen->for_bills)) chosen = std::move(method);
  }
  return chosen;
}

Result<std::optional<base::Date>> planned_debit(ports::Transaction& transaction,
                                                const domain::Bill& bill) {
  std::optional<base::Date> day;
  const ports::Billing::BillKey key{bill.account, bill.id};
  for (const domain::Collection& each : TRY(transaction.mandates().of_bills({&key, 1}))) {
    if (each.state == domain::CollectionState::kPlanned) day = each.day;
  }
  return day;
}

}  // namespace

Result<std::optional<CallFacts>> facts_of_call(const CallTools& tools, const domain::Call& call) {
  if (call.bill.is_nil()) return std::optional<CallFacts>();
  const ShownBill shown = TRY(show_bill(tools.store, tools.clock, call.account, call.bill));
  const domain::Bill& bill = shown.bill;
  const Money nothing(0, bill.total.currency());
  const base::Date today = shown.view.asked_by + -shown.view.days_left;
  CallFacts facts;
  const auto transaction = TRY(tools.store.begin(ports::TransactionKind::kRead));
  facts.bill.under_way = TRY(under_way_of(*transaction, bill));
  facts.bill.payable = nothing;
  if (bill.state == domain::BillState::kOpen) {
    facts.bill.payable = std::max(nothing, bill.rest() - facts.bill.under_way);
  }
  facts.bill.due = shown.view.asked_by;
  facts.bill.is_overdue = shown.view.days_left < 0;
  facts.bill.debit_day = TRY(planned_debit(*transaction, bill));
  if (tools.line.takes_kept_methods && TRY(is_own_number(*transaction, call))) {
    facts.kept = TRY(kept_method(*transaction, tools, bill.account, today));
  }
  facts.bill.has_kept = facts.kept.has_value();
  facts.bill.takes_card = call.platform == "twilio" && !tools.line.card_connector.empty() &&
                          tools.gateways.find(tools.line.card_gateway).has_value();
  facts.bill.takes_link = tools.line.sends_links && !call.caller.empty();
  const domain::Invoice& invoice = shown.invoices.front();
  facts.brand = invoice.seller.brand;
  facts.invoice_number = invoice.full_number();
  facts.country = invoice.buyer.address.country;
  return std::optional(std::move(facts));
}

}  // namespace flows
