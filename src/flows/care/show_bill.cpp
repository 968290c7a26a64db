#include "flows/care/show_bill.h"

#include "flows/care/links.h"
#include "flows/care/time_zone.h"
#include "formats/document/invoice_json.h"
#include "ports/billing.h"
#include "ports/credits.h"

namespace flows {
namespace {

using base::Result;

std::unexpected<base::Error> link_unknown() {
  return base::fail("link_unknown", "this link does not open a bill");
}

Result<ports::Link> find_link(ports::Transaction& transaction, const base::Clock& clock,
                              std::string_view token) {
  const auto link = TRY(transaction.billing().find_link(link_token_hash(token)));
  if (!link || link->revoked || (link->expires && *link->expires <= clock.now())) {
    return link_unknown();
  }
  return *link;
}

Result<> add_to_account(ports::Transaction& transaction, ShownBill& shown) {
  for (const auto& credit : TRY(transaction.credits().list(shown.bill.account))) {
    if (credit.bill == shown.bill.id && credit.reason == "credit_note") {
      shown.to_account += credit.amount;
    }
  }
  return {};
}

Result<ShownBill> load_bill(ports::Transaction& transaction, const base::Clock& clock,
                            domain::AccountId account, domain::BillId id) {
  auto bill = TRY(transaction.billing().find_bill(account, id));
  if (!bill) return base::fail("bill_not_found", "there is no such bill", id.to_string());
  ShownBill shown;
  for (const auto& document : TRY(transaction.billing().documents_of(account, id))) {
    domain::Invoice paper = TRY(formats::document::read_invoice_json(document.content));
    const bool credits = paper.kind == domain::DocumentKind::kCreditNote && paper.credits;
    (credits ? shown.credit_notes : shown.invoices).push_back(std::move(paper));
  }
  if (shown.invoices.empty()) {
    return base::fail("bill_without_document", "the bill has no invoice", id.to_string());
  }
  shown.bill = std::move(*bill);
  shown.to_account = base::Money(0, shown.bill.total.currency());
  if (!shown.credit_notes.empty()) TRY(add_to_account(transaction, shown));
  const base::Date today =
      TRY(local_date(shown.invoices.front().seller.time_zone, clock.now()));
  shown.view = domain::view_bill(shown.bill, today);
  return shown;
}

}  // namespace

Result<ShownBill> show_bill_by_link(ports::Store& store, const base::Clock& clock,
                                    std::string_view token) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  const ports::Link link = TRY(find_link(*transaction, clock, token));
  return load_bill(*transaction, clock, link.account, link.bill);
}

Result<BillVersion> bill_version_by_link(ports::Store& store, const base::Clock& clock,
                                         std::string_view token) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  const ports::Link link = TRY(find_link(*transaction, clock, token));
  const auto bill = TRY(transaction->billing().find_bill(link.account, link.bill));
  if (!bill) return link_unknown();
  return BillVersion{link.account, link.bill, bill->version};
}

Result<ShownBill> show_bill(ports::Store& store, const base::Clock& clock,
                            domain::AccountId account, domain::BillId bill) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  return load_bill(*transaction, clock, account, bill);
}

}  // namespace flows
