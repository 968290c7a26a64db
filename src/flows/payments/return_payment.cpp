#include "flows/payments/return_payment.h"

#include <algorithm>
#include <utility>

#include "flows/operations/derived_ids.h"
#include "flows/payments/book_return.h"
#include "flows/payments/find_returned.h"
#include "flows/payments/payment_rows.h"
#include "flows/reconcile/house_assignment.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::matching::MoneySide;
using domain::matching::PayerReason;
using ports::IncomingPayment;

constexpr std::size_t kLookedAtMax = 300;  // Of a common sum the newest.
constexpr std::size_t kOpenReturnsMax = 10'000;
// To which account of the house it goes is told by how it was assigned.
constexpr std::string_view kNotOurs = "not_ours";
constexpr std::string_view kCharge = "not_ours_charge";

// As the file said it, for what looks at files.
domain::MoneyItem item_of(const IncomingPayment& payment) {
  domain::MoneyItem item;
  item.bank_account = payment.bank_account;
  item.amount = payment.amount;
  item.booked = payment.booked;
  item.rail = payment.rail;
  item.reference = payment.reference;
  item.bank_reference = payment.bank_reference;
  item.end_to_end_id = payment.end_to_end_id;
  item.payer_name = payment.payer_name;
  item.payer_account = payment.payer_account;
  item.remittance = payment.remittance;
  return item;
}

MoneySide side_of(const IncomingPayment& payment) {
  MoneySide side{.amount = payment.amount,
                 .booked = payment.booked,
                 .our_account = payment.bank_account,
                 .payer_account = payment.payer_account,
                 .payer_name = payment.payer_name,
                 .names = {}};
  auto names = names_of(item_of(payment));
  if (!payment.reference.empty()) names.insert(payment.reference);
  side.names.assign(names.begin(), names.end());
  return side;
}

Result<IncomingPayment> load(ports::Transaction& transaction, domain::PaymentId id) {
  auto payment = TRY(transaction.payments().find_payment(id));
  if (!payment) return base::fail("payment_not_found", "there is no such payment", id.to_string());
  return *std::move(payment);
}

// That the one can be what the other gives back.
Result<> check(const IncomingPayment& original, const IncomingPayment& back) {
  const std::string place = original.id.to_string();
  if (original.amount.is_negative()) {
    return base::fail("original_is_return", "this went back itself; name what came", place);
  }
  if (original.state == "returned") {
    return base::fail("already_returned", "this payment went back already", place);
  }
  if (original.amount.currency() != back.amount.currency()) {
    return base::fail("other_currency", "payment and return are in different currencies", place);
  }
  if (original.amount != -back.amount) {
    return base::fail(
        "return_of_other_sum",
        "only the whole of a payment goes back: " + (-back.amount).to_decimal_string() +
            " went back, " + original.amount.to_decimal_string() + " came",
        place);
  }
  if (original.booked > back.booked) {
    return base::fail("original_is_later",
                      "it came on " + original.booked.to_string() + ", after the return", place);
  }
  return {};
}

Result<> give_back(ports::Transaction& transaction, IncomingPayment& back,
                   const ReturnRequest& request, base::Instant now) {
  IncomingPayment original = TRY(load(transaction, request.of));
  TRY(check(original, back));
  const Undoing undoing{.recorded = now,
                        .effective = back.booked,
                        .actor = request.actor,
                        .reason = request.reason,
                        .by = "returned",
                        .even_if_used = true};
  if (TRY(book_return(transaction, original, back, undoing))) return {};
  return base::fail("payment_paid_out",
                    "it was refunded, or is part of a payout; take that back first",
                    request.of.to_string());
}

std::vector<domain::Entry> entries_of(std::string_view by, Money amount) {
  return {{"suspense", amount}, {by == kCharge ? "bank_charges" : "bank_other", -amount}};
}

// Out of suspense, against the house's own account.
Result<> give_up(ports::Transaction& transaction, IncomingPayment& back, base::Instant now) {
  const auto before = TRY(transaction.payments().allocations_of_payment(back.id));
  const std::string id = back.id.to_string();
  const std::string_view by = back.reason == "bank_charges" ? kCharge : kNotOurs;
  HouseAssignment assignment{.id = derived_id<domain::AllocationId>(
                                 {"allocation", id, kNotOurs, std::to_string(before.size())}),
                             .amount = back.open(),
                             .by = std::string(by),
                             .day = back.booked,
                             .posting = {}};
  assignment.posting =
      derived_id<domain::PostingId>({"posting", assignment.id.to_string(), kNotOurs});
  domain::Posting::Head head;
  head.id = assignment.posting;
  head.kind = "bank";
  head.effective = assignment.day;
  head.recorded = now;
  head.source = id;
  PaymentRows rows;
  rows.postings.push_back(
      TRY(domain::Posting::make(std::move(head), entries_of(by, assignment.amount))));
  assign_to_house(back, assignment, now, rows);
  TRY(rows.keep(transaction));
  return transaction.payments().update_payment(back);
}

Result<IncomingPayment> settle(ports::Transaction& transaction, const base::Clock& clock,
                               const ReturnRequest& request) {
  std::vector<std::string> locks = {payment_lock(request.payment)};
  if (!request.of.is_nil()) locks.push_back(payment_lock(request.of));
  TRY(transaction.work().lock_all(locks));
  IncomingPayment back = TRY(load(transaction, request.payment));
  if (!back.amount.is_negative()) {
    return base::fail("not_a_return", "this is money that came; assign it to a bill or an account",
                      request.payment.to_string());
  }
  if (!is_open_return(back)) {
    const bool is_so =
        back.return_of == request.of && (back.state == "returned") == !request.of.is_nil();
    if (is_so) return back;
    return base::fail("return_settled", "it is settled already, another way; undo that first",
                      request.payment.to_string());
  }
  const base::Instant now = clock.now();
  const auto before = TRY(transaction.payments().allocations_of_payment(back.id));
  TRY(request.of.is_nil() ? give_up(transaction, back, now)
                          : give_back(transaction, back, request, now));
  TRY(audit_payment(
      transaction, "payment.return", back.id,
      request.of.is_nil() ? "none of ours: " + request.reason : request.of.to_string(),
      {.recorded = now,
       .actor = request.actor,
       .ordinal = std::to_string(now.micros) + " " + std::to_string(before.size()) + " " +
                  request.of.to_string()}));
  return back;
}

// It is what it was before somebody gave it up: a new row beside the old one.
Result<> take_up_again(ports::Transaction& transaction, IncomingPayment& back,
                       const ports::Allocation& row, base::Instant recorded, base::Date effective) {
  const std::string id = row.id.to_string();
  const HouseAssignment undoing{.id = derived_id<domain::AllocationId>({"undone", id}),
                                .amount = -row.amount,
                                .by = "undo",
                                .day = std::max(effective, row.effective),
                                .posting = derived_id<domain::PostingId>({"posting", id, "undone"}),
                                .undoes = row.id};
  domain::Posting::Head head;
  head.id = undoing.posting;
  head.kind = "bank";
  head.effective = undoing.day;
  head.recorded = recorded;
  head.source = back.id.to_string();
  head.reverses = row.posting;
  PaymentRows rows;
  rows.postings.push_back(
      TRY(domain::Posting::make(std::move(head), entries_of(row.by, undoing.amount))));
  assign_to_house(back, undoing, recorded, rows);
  back.reason = row.by == kCharge ? "bank_charges" : "return_not_found";
  TRY(rows.keep(transaction));
  return transaction.payments().update_payment(back);
}

}  // namespace

bool is_open_return(const IncomingPayment& payment) {
  return payment.state == "suspense" && payment.open().is_negative();
}

Result<IncomingPayment> return_payment(ports::Store& store, const base::Clock& clock,
                                       const ReturnRequest& request) {
  if (request.reason.empty()) return base::fail("missing_reason", "say why it is this one's");
  IncomingPayment back;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    back = TRY(settle(transaction, clock, request));
    return {};
  }));
  return back;
}

Result<std::vector<ReturnSuggestion>> suggest_returned(ports::Transaction& transaction,
                                                       const IncomingPayment& back) {
  std::vector<ReturnSuggestion> best;
  if (!is_open_return(back)) return best;
  auto came = TRY(transaction.payments().list_payments(
      {.booked_from = base::add_months(back.booked, -kReturnMonthsMax),
       .booked_to = back.booked,
       .amount = -back.amount,
       .limit = kLookedAtMax}));
  const domain::MoneyItem item = item_of(back);
  const domain::MoneyItem* asked[] = {&item};
  const auto named = TRY(find_named_alike(transaction, asked));
  for (const domain::PaymentId id : named.front()) {
    if (std::ranges::find(came, id, &IncomingPayment::id) != came.end()) continue;
    came.push_back(TRY(load(transaction, id)));
  }
  std::erase_if(came, [](const IncomingPayment& each) { return each.state == "returned"; });
  std::vector<MoneySide> sides;
  for (const IncomingPayment& each : came) sides.push_back(side_of(each));
  for (auto& candidate : domain::matching::rank_returned(side_of(back), sides)) {
    best.push_back({came[candidate.place], std::move(candidate.reasons)});
  }
  return best;
}

Result<std::vector<IncomingPayment>> open_returns(ports::Transaction& transaction) {
  return transaction.payments().list_payments(
      {.state = "suspense", .went_back = true, .limit = kOpenReturnsMax});
}

const IncomingPayment* return_beside(const IncomingPayment& payment,
                                     std::span<const IncomingPayment> returns) {
  const auto found = std::ranges::find_if(returns, [&](const IncomingPayment& back) {
    return back.amount == -payment.amount && is_open_return(back) &&
           domain::matching::may_be_returned(side_of(payment), side_of(back));
  });
  return found == returns.end() ? nullptr : &*found;
}

Result<> undo_return(ports::Transaction& transaction, IncomingPayment& back, base::Instant recorded,
                     base::Date effective) {
  if (!back.return_of.is_nil()) return unbook_return(transaction, back);
  for (const ports::Allocation& row : TRY(standing_allocations(transaction, back.id))) {
    if (row.by == kNotOurs || row.by == kCharge) {
      return take_up_again(transaction, back, row, recorded, effective);
    }
  }
  return base::fail("allocation_not_found", "nothing was said of it, or that is undone already",
                    back.id.to_string());
}

}  // namespace flows
