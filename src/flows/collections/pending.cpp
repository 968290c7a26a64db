#include "flows/collections/pending.h"

namespace flows {

base::Result<base::Money> pending_debits(ports::Transaction& transaction,
                                         const domain::Bill& bill) {
  base::Money pending(0, bill.total.currency());
  const ports::Billing::BillKey key{bill.account, bill.id};
  for (const domain::Collection& each : TRY(transaction.mandates().of_bills({&key, 1}))) {
    if (each.is_pending()) pending += each.amount;
  }
  return pending;
}

}  // namespace flows
