#include "flows/care/show_bill_page.h"

#include <utility>

#include "flows/care/show_usage.h"
#include "formats/document/invoice_json.h"
#include "ports/billing.h"

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

}  // namespace

Result<BillPage> show_bill_page(ports::Store& store, const base::Clock& clock,
                                std::string_view token) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  BillPage page;
  page.shown = TRY(show_bill_by_link(*transaction, clock, token));
  TRY(add_history(*transaction, page.shown));
  page.is_itemised = TRY(is_itemised(*transaction, page.shown));
  return page;
}

}  // namespace flows
