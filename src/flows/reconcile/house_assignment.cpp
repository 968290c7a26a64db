#include "flows/reconcile/house_assignment.h"

#include "flows/payments/follow_open.h"
#include "flows/payments/undo_allocation.h"

namespace flows {

using base::Result;

void assign_to_house(ports::IncomingPayment& payment, const HouseAssignment& assignment,
                     base::Instant recorded, PaymentRows& rows) {
  ports::Allocation row;
  row.id = assignment.id;
  row.payment = payment.id;
  row.amount = assignment.amount;
  row.effective = assignment.day;
  row.rail = payment.rail;
  row.by = assignment.by;
  row.undoes = assignment.undoes;
  row.posting = assignment.posting;
  row.recorded = recorded;
  rows.allocations.push_back(std::move(row));
  payment.allocated += assignment.amount;
  follow_open(payment);
}

Result<base::Money> paid_out_of(ports::Transaction& transaction,
                                const ports::IncomingPayment& payment) {
  base::Money sum(0, payment.amount.currency());
  for (const ports::Allocation& row : TRY(standing_allocations(transaction, payment.id))) {
    if (row.account.is_nil() && row.by != kWentBack) sum += row.amount;
  }
  return sum;
}

}  // namespace flows
