#include "flows/payments/return_payment.h"

#include <algorithm>
#include <iterator>
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
using ports::IncomingPayment;

constexpr std::size_t kLookedAtMax = 300;       // Of a common sum the newest.
constexpr std::size_t kOpenReturnsMax = 1'000;  // More are asked for by their sums.
// To which account of the house it goes is told by how it was assigned.
constexpr std::string_view kNotOurs = "not_ours";
constexpr std::string_view kCharge = "not_ours_charge";

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
  if (is_bank_charge(back)) {
    return base::fail("return_is_charge",
                      "this is the bank's own charge, no payment of anybody: --none-of-ours",
                      back.id.to_string());
  }
  using domain::matching::ReturnFit;
  switch (domain::matching::fit_return(side_of(original), side_of(back))) {
    case ReturnFit::kOtherCurrency:
      return base::fail("other_currency", "payment and return are in different currencies", place);
    case ReturnFit::kOtherSum:
      return base::fail(
          "return_of_other_sum",
          "only the whole of a payment goes back: " + (-back.amount).to_decimal_string() +
              " went back, " + original.amount.to_decimal_string() +
              " came; where the bank kept the rest, undo what the payment paid (payment undo) and "
              "settle this with --none-of-ours",
          place);
    case ReturnFit::kLater:
      return base::fail("original_is_later",
                        "it came on " + original.booked.to_string() + ", after the return", place);
    // Whom the bank names on a return is not always who paid: a person knows.
    case ReturnFit::kOtherPayer:
    case ReturnFit::kFits: return {};
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
  const std::string reason = back.reason;
  assign_to_house(back, assignment, now, rows);
  // Undone, it waits for the same again.
  if (by == kNotOurs) keep_own_reason(back, reason);
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
  if (row.by == kCharge) back.reason = "bank_charges";
  if (back.reason.empty()) back.reason = "return_not_found";
  TRY(rows.keep(transaction));
  return transaction.payments().update_payment(back);
}

bool bears_a_shared_name(const std::vector<IncomingPayment>& came, const MoneySide& back) {
  return std::ranges::any_of(came, [&](const IncomingPayment& each) {
    return std::ranges::any_of(side_of(each).names, [&](const std::string& name) {
      return std::ranges::find(back.names, name) != back.names.end();
    });
  });
}

Result<> add_unknown(ports::Transaction& transaction, std::span<const domain::PaymentId> ids,
                     std::vector<IncomingPayment>& payments) {
  for (const domain::PaymentId id : ids) {
    if (std::ranges::find(payments, id, &IncomingPayment::id) != payments.end()) continue;
    payments.push_back(TRY(load(transaction, id)));
  }
  return {};
}

}  // namespace

bool is_bank_charge(const IncomingPayment& payment) {
  return payment.amount.is_negative() && payment.reason == "bank_charges";
}

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
  if (!is_open_return(back) || is_bank_charge(back)) return best;
  auto came = TRY(transaction.payments().list_payments(
      {.booked_from = base::add_months(back.booked, -kReturnMonthsMax),
       .booked_to = back.booked,
       .amount = -back.amount,
       .limit = kLookedAtMax}));
  const domain::MoneyItem item = item_of(back);
  const domain::MoneyItem* asked[] = {&item};
  const auto named = TRY(find_named_alike(transaction, asked));
  TRY(add_unknown(transaction, named.front(), came));
  const MoneySide side = side_of(back);
  // Who bears its number and is of another sum is asked for only where nobody of its sum does.
  if (!bears_a_shared_name(came, side)) {
    TRY(add_unknown(transaction, TRY(find_kept_of(transaction, item)), came));
  }
  std::erase_if(came, [](const IncomingPayment& each) { return each.state == "returned"; });
  std::vector<MoneySide> sides;
  for (const IncomingPayment& each : came) sides.push_back(side_of(each));
  for (auto& candidate : domain::matching::rank_returned(side, sides)) {
    best.push_back({came[candidate.place], std::move(candidate.reasons)});
  }
  return best;
}

Result<std::vector<IncomingPayment>> open_returns(ports::Transaction& transaction,
                                                  std::span<const IncomingPayment> payments) {
  auto all = TRY(transaction.payments().list_payments(
      {.state = "suspense", .went_back = true, .limit = kOpenReturnsMax}));
  if (all.size() == kOpenReturnsMax) {
    std::vector<base::Money> sums;
    for (const IncomingPayment& payment : payments) {
      const bool is_known = std::ranges::find(sums, -payment.amount) != sums.end();
      if (!is_known) sums.push_back(-payment.amount);
    }
    all.clear();
    for (const base::Money sum : sums) {
      auto of_sum =
          TRY(list_all(transaction, {.state = "suspense", .amount = sum, .went_back = true}));
      std::ranges::move(of_sum, std::back_inserter(all));
    }
  }
  std::erase_if(all, is_bank_charge);
  return all;
}

const IncomingPayment* return_beside(const IncomingPayment& payment,
                                     std::span<const IncomingPayment> returns) {
  const auto found = std::ranges::find_if(returns, [&](const IncomingPayment& back) {
    return back.amount == -payment.amount && is_open_return(back) && !is_bank_charge(back) &&
           fits_return(payment, item_of(back));
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
