#include "flows/reconcile/house_assignment.h"

namespace flows {

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
  const bool all = payment.open().is_zero();
  payment.state = all ? "allocated" : "suspense";
  if (all) payment.reason.clear();
}

}  // namespace flows
