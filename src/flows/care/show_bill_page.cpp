#include "flows/care/show_bill_page.h"

#include <algorithm>
#include <set>
#include <utility>

#include "flows/care/show_usage.h"
#include "formats/document/invoice_json.h"
#include "ports/billing.h"
#include "ports/payments.h"

namespace flows {
namespace {

using base::Result;

// The bills before it. A paper of another currency cannot be compared.
Result<> add_history(ports::Transaction& transaction, ShownBill& shown) {
  const auto before = TRY(transaction.billing().bills_before(shown.bill, kBilledBeforeMax));
  for (const domain::Bill& bill : before) {
    if (bill.total.currency() != shown.bill.total.currency()) break;
    shown.before.push_back({bill.issued, bill.period, bill.total});
  }
  if (shown.before.empty()) return {};
  for (const auto& document :
       TRY(transaction.billing().documents_of(before.front().account, before.front().id))) {
    auto paper = TRY(formats::document::read_invoice_json(document.content));
    if (paper.kind == domain::DocumentKind::kInvoice) {
      shown.last_paper = std::move(paper);
      break;
    }
  }
  return {};
}

// What came for this bill and was not taken back, and what of the same payments went beyond it to
// the account.
Result<> add_payments(ports::Transaction& transaction, ShownBill& shown) {
  const auto rows =
      TRY(transaction.payments().allocations_of(shown.bill.account, shown.bill.id));
  if (rows.empty()) return {};
  std::set<domain::AllocationId> undone;
  for (const auto& row : rows) {
    if (!row.undoes.is_nil()) undone.insert(row.undoes);
  }
  std::set<domain::PaymentId> payments;
  for (const auto& row : rows) {
    if (!row.undoes.is_nil() || undone.contains(row.id)) continue;
    shown.payments.push_back({row.amount, row.effective, row.rail});
    payments.insert(row.payment);
  }
  std::ranges::stable_sort(shown.payments, {}, &PaidIn::booked);
  const auto kept =
      TRY(transaction.payments().allocations_of(shown.bill.account, domain::BillId()));
  for (const auto& row : kept) {
    if (payments.contains(row.payment)) shown.to_account += row.amount;
  }
  return {};
}

}  // namespace

Result<BillPage> show_bill_page(ports::Store& store, const base::Clock& clock,
                                std::string_view token) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  BillPage page;
  page.shown = TRY(show_bill_by_link(*transaction, clock, token));
  TRY(add_payments(*transaction, page.shown));
  TRY(add_history(*transaction, page.shown));
  page.is_itemised = TRY(is_itemised(*transaction, page.shown));
  return page;
}

Result<ShownBill> show_bill_page(ports::Store& store, const base::Clock& clock,
                                 domain::AccountId account, domain::BillId bill) {
  ShownBill shown = TRY(show_bill(store, clock, account, bill));
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  TRY(add_payments(*transaction, shown));
  TRY(add_history(*transaction, shown));
  return shown;
}

}  // namespace flows
