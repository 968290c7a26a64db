#include "flows/care/show_bill_page.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>
#include <vector>

#include "domain/payment/allocate.h"
#include "flows/care/bill_parts.h"
#include "flows/care/show_usage.h"
#include "formats/document/invoice_json.h"
#include "ports/billing.h"
#include "ports/intents.h"
#include "ports/payments.h"

namespace flows {
namespace {

using base::Result;

// An account with more bills is asked for each thing by itself.
constexpr std::size_t kBillsAtOnce = 32;
// Papers of so many bills are opened together, though only two bills' are shown.
constexpr std::ptrdiff_t kPapersAtOnce = 3;

struct PageParts {
  BillParts own;
  std::vector<domain::Bill> before;                   // Newest first.
  std::vector<ports::StoredDocument> last_documents;  // Of the first of them.
};

// Those of `all` that SqlBilling::bills_before() would find.
std::vector<domain::Bill> bills_before(const std::vector<domain::Bill>& all,
                                       const domain::Bill& bill) {
  std::vector<domain::Bill> before;
  for (const domain::Bill& each : all) {
    if (each.group_key == bill.group_key && each.issued < bill.issued) before.push_back(each);
  }
  std::ranges::sort(before, std::greater{},
                    [](const domain::Bill& each) { return std::pair(each.issued, each.id); });
  before.resize(std::min(before.size(), kBilledBeforeMax));
  return before;
}

// The bill and those before it, with one question where the account has few.
Result<> read_bills(ports::Transaction& transaction, domain::AccountId account, domain::BillId id,
                    PageParts& parts, std::vector<domain::Bill>& all) {
  all = TRY(transaction.billing().list_bills({.account = account, .limit = kBillsAtOnce}));
  if (all.size() == kBillsAtOnce) {
    all.clear();
    parts.own.bill = TRY(find_bill(transaction, account, id));
    parts.before = TRY(transaction.billing().bills_before(parts.own.bill, kBilledBeforeMax));
    return {};
  }
  const auto own = std::ranges::find(all, id, &domain::Bill::id);
  if (own == all.end()) {
    return base::fail("bill_not_found", "there is no such bill", id.to_string());
  }
  parts.own.bill = *own;
  parts.before = bills_before(all, parts.own.bill);
  return {};
}

// The papers of both bills with one question; false where that is not possible: bills between
// them or later, or a paper that cannot be opened and need not be shown.
bool read_papers_at_once(ports::Transaction& transaction, const std::vector<domain::Bill>& all,
                         PageParts& parts) {
  if (all.empty() || parts.before.empty()) return false;
  const domain::Bill& last = parts.before.front();
  const auto others = std::ranges::count_if(
      all, [&](const domain::Bill& bill) { return bill.issued >= last.issued; });
  if (others > kPapersAtOnce) return false;
  auto documents = transaction.billing().documents_since(last.account, last.issued);
  if (!documents) return false;
  std::ranges::stable_sort(*documents, {}, &ports::StoredDocument::recorded);
  for (ports::StoredDocument& document : *documents) {
    if (document.bill == parts.own.bill.id) {
      parts.own.documents.push_back(std::move(document));
    } else if (document.bill == last.id) {
      parts.last_documents.push_back(std::move(document));
    }
  }
  return true;
}

Result<PageParts> read_parts(ports::Transaction& transaction, domain::AccountId account,
                             domain::BillId id) {
  PageParts parts;
  std::vector<domain::Bill> all;
  TRY(read_bills(transaction, account, id, parts, all));
  if (read_papers_at_once(transaction, all, parts)) return parts;
  ports::Billing& billing = transaction.billing();
  parts.own.documents = TRY(billing.documents_of(account, id));
  if (!parts.before.empty()) {
    parts.last_documents = TRY(billing.documents_of(account, parts.before.front().id));
  }
  return parts;
}

// The bills before it. A paper of another currency cannot be compared.
Result<> add_history(const PageParts& parts, ShownBill& shown) {
  for (const domain::Bill& bill : parts.before) {
    if (bill.total.currency() != shown.bill.total.currency()) break;
    shown.before.push_back({bill.issued, bill.period, bill.total});
  }
  if (shown.before.empty()) return {};
  for (const auto& document : parts.last_documents) {
    if (document.kind != domain::to_text(domain::DocumentKind::kInvoice)) continue;
    shown.last_paper = TRY(formats::document::read_invoice_json(document.content));
    break;
  }
  return {};
}

// What came for this bill and was not taken back, and what of the same payments went beyond it to
// the account.
Result<> add_payments(ports::Transaction& transaction, ShownBill& shown) {
  // Nothing came, or all was taken back. What is credited may have freed money that came.
  if (shown.bill.paid.is_zero() && shown.bill.credited.is_zero()) return {};
  const auto rows = TRY(transaction.payments().allocations_of(shown.bill.account, shown.bill.id));
  if (rows.empty()) return {};
  std::set<domain::AllocationId> undone;
  for (const auto& row : rows) {
    if (!row.undoes.is_nil()) undone.insert(row.undoes);
  }
  std::set<domain::PaymentId> payments;
  for (const auto& row : rows) {
    if (!row.undoes.is_nil() || undone.contains(row.id)) continue;
    if (domain::is_let_go(row.by)) continue;  // Nothing came.
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

// A payment that begins touches the bill, and so does a debit or a charge: a bill as it was issued
// has none.
Result<> add_under_way(ports::Transaction& transaction, ShownBill& shown) {
  if (shown.bill.version <= 1) return {};
  for (const auto& stored : TRY(transaction.intents().live_of(shown.bill.account))) {
    const base::Money held = domain::held_for(stored.intent, shown.bill.id);
    if (held.is_zero()) continue;
    shown.under_way.push_back(
        {.amount = held,
         .method = stored.intent.method,
         .is_at_till = stored.intent.channel == domain::PaymentChannel::kInPerson,
         .is_stopping = stored.intent.stopping});
  }
  if (shown.bill.state == domain::BillState::kOpen && shown.bill.rest().minor() > 0) {
    shown.coming = TRY(coming_debits(transaction, shown.bill));
  }
  return {};
}

Result<ShownBill> load_page(ports::Transaction& transaction, const base::Clock& clock,
                            domain::AccountId account, domain::BillId bill) {
  PageParts parts = TRY(read_parts(transaction, account, bill));
  ShownBill shown = TRY(put_together(transaction, clock, std::move(parts.own)));
  TRY(add_payments(transaction, shown));
  TRY(add_under_way(transaction, shown));
  TRY(add_history(parts, shown));
  return shown;
}

}  // namespace

Result<BillPage> show_bill_page(ports::Store& store, const base::Clock& clock,
                                std::string_view token) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  const ports::Link link = TRY(open_link(*transaction, clock, token));
  BillPage page;
  page.shown = TRY(load_page(*transaction, clock, link.account, link.bill));
  page.is_itemised = TRY(is_itemised(*transaction, page.shown));
  return page;
}

Result<ShownBill> show_bill_page(ports::Store& store, const base::Clock& clock,
                                 domain::AccountId account, domain::BillId bill) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  return load_page(*transaction, clock, account, bill);
}

}  // namespace flows
