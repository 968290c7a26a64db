#include "flows/plans/under_way.h"

#include "flows/collections/pending.h"
#include "ports/intents.h"
#include "ports/plans.h"

namespace flows {

base::Result<base::Money> under_way_of(ports::Transaction& transaction, const domain::Bill& bill) {
  base::Money sum = TRY(pending_debits(transaction, bill));
  for (const ports::StoredIntent& stored : TRY(transaction.intents().live_of(bill.account))) {
    sum += domain::held_for(stored.intent, bill.id);
  }
  return sum;
}

base::Result<base::Money> expected_of(ports::Transaction& transaction, const domain::Bill& bill) {
  base::Money sum = TRY(under_way_of(transaction, bill));
  const ports::Billing::BillKey key{bill.account, bill.id};
  for (const domain::Collection& debit : TRY(transaction.mandates().of_bills({&key, 1}))) {
    if (debit.state == domain::CollectionState::kPlanned) sum += debit.amount;
  }
  const auto charges =
      TRY(transaction.plans().list_charges({.account = bill.account, .bill = bill.id}));
  for (const domain::MethodCharge& charge : charges) {
    if (charge.state == domain::ChargeState::kAnnounced) sum += charge.amount;
  }
  return sum;
}

}  // namespace flows
