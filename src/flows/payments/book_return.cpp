#include "flows/payments/book_return.h"

#include <algorithm>

#include "flows/payments/payment_rows.h"
#include "ports/work.h"

namespace flows {

using base::Result;
using ports::IncomingPayment;

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
  original.reason.clear();
  back.reason.clear();
  back.return_of = original.id;
  TRY(transaction.payments().update_payment(original));
  TRY(transaction.payments().update_payment(back));
  TRY(transaction.payments().set_return_of(back.id, original.id));
  return std::optional(std::move(standing));
}

Result<> unbook_return(ports::Transaction& transaction, IncomingPayment& back) {
  TRY(transaction.work().lock(payment_lock(back.return_of)));
  auto original = TRY(transaction.payments().find_payment(back.return_of));
  if (original) {
    original->state = "suspense";
    original->reason = "undone";
    TRY(transaction.payments().update_payment(*original));
  }
  back.state = "suspense";
  back.reason = "return_not_found";
  back.return_of = {};
  TRY(transaction.payments().update_payment(back));
  return transaction.payments().set_return_of(back.id, {});
}

}  // namespace flows
