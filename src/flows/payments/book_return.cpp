#include "flows/payments/book_return.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace flows {

using base::Result;
using ports::IncomingPayment;

namespace {

constexpr std::size_t kPage = 500;

}  // namespace

Result<std::optional<std::vector<ports::Allocation>>> book_return(ports::Transaction& transaction,
                                                                  IncomingPayment& original,
                                                                  IncomingPayment& back,
                                                                  const Undoing& undoing) {
  auto standing = TRY(standing_allocations(transaction, original.id));
  if (std::ranges::any_of(standing,
                          [](const ports::Allocation& row) { return row.account.is_nil(); })) {
    return std::optional<std::vector<ports::Allocation>>();
  }
  for (const ports::Allocation& row : standing) {
    TRY(undo(transaction, original, row, undoing));
  }
  original.state = back.state = "returned";
  // What was assigned is not assigned again by that: it waits as undone.
  if (!standing.empty()) original.reason.clear();
  keep_own_reason(back, std::string(back.reason));
  back.return_of = original.id;
  TRY(transaction.payments().update_payment(original));
  TRY(transaction.payments().update_payment(back));
  TRY(transaction.payments().set_return_of(back.id, original.id));
  return std::optional(std::move(standing));
}

void keep_own_reason(IncomingPayment& back, const std::string& reason) {
  back.reason = reason == "return_not_found" || reason == "bank_charges" ? "" : reason;
}

Result<std::vector<IncomingPayment>> list_all(ports::Transaction& transaction,
                                              ports::PaymentFilter filter) {
  std::vector<IncomingPayment> all;
  filter.limit = kPage;
  while (true) {
    auto page = TRY(transaction.payments().list_payments(filter));
    const bool is_last = page.size() < filter.limit;
    std::ranges::move(page, std::back_inserter(all));
    if (is_last) return all;
    filter.after = all.back().id;
  }
}

Result<std::optional<IncomingPayment>> find_return_of(ports::Transaction& transaction,
                                                      const IncomingPayment& payment) {
  for (IncomingPayment& back : TRY(list_all(transaction, {.amount = -payment.amount}))) {
    if (back.return_of == payment.id) return std::optional(std::move(back));
  }
  return std::optional<IncomingPayment>();
}

Result<> unbook_return(ports::Transaction& transaction, IncomingPayment& back) {
  auto original = TRY(transaction.payments().find_payment(back.return_of));
  if (original) {
    // What the house did with it in spite of the return stands.
    const bool waits = !original->open().is_zero();
    original->state = waits ? "suspense" : "allocated";
    if (waits && original->reason.empty()) original->reason = "undone";
    TRY(transaction.payments().update_payment(*original));
  }
  back.state = "suspense";
  if (back.reason.empty()) back.reason = "return_not_found";
  back.return_of = {};
  TRY(transaction.payments().update_payment(back));
  return transaction.payments().set_return_of(back.id, {});
}

}  // namespace flows
