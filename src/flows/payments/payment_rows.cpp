#include "flows/payments/payment_rows.h"

#include <algorithm>

#include "flows/collections/spare_debits.h"
#include "flows/operations/derived_ids.h"
#include "flows/payments/follow_open.h"
#include "ports/access.h"
#include "ports/billing.h"
#include "ports/ledger.h"

namespace flows {
namespace {

using base::Result;

base::Json event_data(const ports::IncomingPayment& payment, const domain::AllocationPart& part) {
  base::Json data;
  data.set("bill", part.bill.is_nil() ? base::Json() : base::Json(part.bill.to_string()))
      .set("payment", payment.id.to_string())
      .set("amount", part.amount.to_decimal_string())
      .set("currency", part.amount.currency().code())
      .set("rail", payment.rail)
      .set("booked", payment.booked.to_string());
  return data;
}

base::Json let_go_data(const ports::IncomingPayment& payment, const domain::AllocationPart& part) {
  base::Json data;
  data.set("bill", part.bill.to_string())
      .set("payment", payment.id.to_string())
      .set("amount", part.amount.to_decimal_string())
      .set("currency", part.amount.currency().code());
  return data;
}

}  // namespace

std::string payment_lock(domain::PaymentId payment) { return "payment/" + payment.to_string(); }

Result<> PaymentRows::allocate(ports::IncomingPayment& payment, domain::AccountId account,
                               const domain::AllocationPart& part,
                               const AllocationContext& context) {
  const std::string id = payment.id.to_string();
  const bool is_let_go = domain::is_let_go(part.by);
  const bool is_charge = part.by == "bank_charge";
  ports::Allocation row;
  row.account = account;
  const std::string target = part.bill.is_nil() ? "credit"
                             : is_charge        ? "charge on " + part.bill.to_string()
                             : is_let_go        ? "rest of " + part.bill.to_string()
                                                : part.bill.to_string();
  row.id = derived_id<domain::AllocationId>({"allocation", id, target, context.ordinal});
  row.payment = payment.id;
  row.bill = part.bill;
  row.amount = part.amount;
  row.effective = payment.booked;
  row.rail = payment.rail;
  row.by = part.by;
  row.posting = derived_id<domain::PostingId>({"posting", row.id.to_string(), "allocation"});
  row.recorded = context.recorded;

  domain::Posting::Head head;
  head.id = row.posting;
  head.account = account;
  head.kind = is_charge ? "bank_charge" : is_let_go ? "write_off" : "payment";
  head.effective = row.effective;
  head.recorded = context.recorded;
  head.source = id;
  postings.push_back(TRY(domain::Posting::make(std::move(head), domain::allocation_entries(part))));
  if (part.bill.is_nil()) {
    ports::AccountCredit credit;
    credit.account = account;
    credit.id = derived_id<domain::CreditId>({"credit", row.id.to_string()});
    credit.amount = part.amount;
    credit.reason = "payment";
    credit.effective = row.effective;
    credit.epoch = context.epoch;
    credit.recorded = context.recorded;
    credits.push_back(std::move(credit));
  }
  events.push_back({.account = account,
                    .kind = is_charge   ? "bank_charge_borne"
                            : is_let_go ? "small_rest_written_off"
                                        : "payment_received",
                    .effective = row.effective,
                    .recorded = context.recorded,
                    .actor = context.actor,
                    .data = is_let_go ? let_go_data(payment, part) : event_data(payment, part),
                    .text = context.reason});
  if (domain::says_who_paid(part.by) && !payment.payer_account.empty()) {
    payers.push_back({payment.payer_account, account, 1});
  }
  allocations.push_back(std::move(row));
  if (is_let_go) return {};
  payment.allocated += part.amount;
  follow_open(payment);
  return {};
}

Result<> PaymentRows::keep(ports::Transaction& transaction) const {
  TRY(transaction.payments().add_payments(payments));
  TRY(transaction.ledger().append(postings));
  TRY(transaction.payments().add_allocations(allocations));
  TRY(transaction.credits().add(credits));
  TRY(transaction.billing().update_bills(bills));
  TRY(transaction.payments().payer_search().count_payers(payers));
  TRY(transaction.payments().payer_search().add_matches(matches));
  TRY(links.empty() ? transaction.events().append(events)
                    : transaction.events().append_linked(events, links));
  if (bills.empty() || events.empty()) return {};
  const ports::NewEvent& first = events.front();
  return spare_debits(transaction, bills, {first.effective, first.recorded, first.actor});
}

Result<> audit_payment(ports::Transaction& transaction, std::string_view action,
                       domain::PaymentId payment, std::string_view about,
                       const AllocationContext& context) {
  const std::string subject = payment.to_string();
  base::Json detail;
  detail.set("about", about);
  return transaction.access().add_audit(
      {.id = derived_id<domain::AuditId>({"audit", action, subject, context.ordinal}),
       .actor = context.actor,
       .action = std::string(action),
       .subject = subject,
       .detail = std::move(detail),
       .recorded = context.recorded});
}

Result<base::Money> credit_of(ports::Transaction& transaction, domain::AccountId account,
                              base::Currency currency) {
  base::Money sum(0, currency);
  for (const ports::AccountCredit& credit : TRY(transaction.credits().list(account))) {
    if (credit.amount.currency() == currency) sum += credit.amount;
  }
  return sum;
}

std::int64_t borne_minor_of(std::span<const ports::Allocation> rows) {
  std::int64_t minor = 0;
  for (const ports::Allocation& row : rows) {
    if (row.by != "bank_charge") continue;
    const bool is_undone = std::ranges::any_of(
        rows, [&](const ports::Allocation& each) { return each.undoes == row.id; });
    if (!is_undone) minor += row.amount.minor();
  }
  return minor;
}

}  // namespace flows
