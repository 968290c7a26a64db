#include "flows/care/show_bill.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "flows/care/bill_parts.h"
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

bool opens(const ports::Link& link, base::Instant now) {
  return !link.revoked && (!link.expires || *link.expires > now);
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
  BillParts parts{TRY(find_bill(transaction, account, id)), {}};
  parts.documents = TRY(transaction.billing().documents_of(account, id));
  return put_together(transaction, clock, std::move(parts));
}

}  // namespace

Result<ports::Link> open_link(ports::Transaction& transaction, const base::Clock& clock,
                              std::string_view token) {
  const auto link = TRY(transaction.billing().find_link(link_token_hash(token)));
  if (!link || !opens(*link, clock.now())) return link_unknown();
  return *link;
}

Result<domain::Bill> find_bill(ports::Transaction& transaction, domain::AccountId account,
                               domain::BillId id) {
  auto bill = TRY(transaction.billing().find_bill(account, id));
  if (!bill) return base::fail("bill_not_found", "there is no such bill", id.to_string());
  return *std::move(bill);
}

Result<ShownBill> put_together(ports::Transaction& transaction, const base::Clock& clock,
                               BillParts parts) {
  ShownBill shown;
  for (const auto& document : parts.documents) {
    domain::Invoice paper = TRY(formats::document::read_invoice_json(document.content));
    const bool credits = paper.kind == domain::DocumentKind::kCreditNote && paper.credits;
    (credits ? shown.credit_notes : shown.invoices).push_back(std::move(paper));
  }
  if (shown.invoices.empty()) {
    return base::fail("bill_without_document", "the bill has no invoice",
                      parts.bill.id.to_string());
  }
  shown.bill = std::move(parts.bill);
  shown.to_account = base::Money(0, shown.bill.total.currency());
  if (!shown.credit_notes.empty()) TRY(add_to_account(transaction, shown));
  const base::Date today = TRY(local_date(shown.invoices.front().seller.time_zone, clock.now()));
  shown.view = domain::view_bill(shown.bill, today);
  return shown;
}

Result<ShownBill> show_bill_by_link(ports::Store& store, const base::Clock& clock,
                                    std::string_view token) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  return show_bill_by_link(*transaction, clock, token);
}

Result<ShownBill> show_bill_by_link(ports::Transaction& transaction, const base::Clock& clock,
                                    std::string_view token) {
  const ports::Link link = TRY(open_link(transaction, clock, token));
  return load_bill(transaction, clock, link.account, link.bill);
}

Result<BillVersion> bill_version_by_link(ports::Store& store, const base::Clock& clock,
                                         std::string_view token) {
  const std::string_view one[] = {token};
  auto versions = TRY(bill_versions_by_link(store, clock, one));
  return std::move(versions.front());
}

Result<std::vector<Result<BillVersion>>> bill_versions_by_link(
    ports::Store& store, const base::Clock& clock, std::span<const std::string_view> tokens) {
  std::vector<std::string> hashes;
  for (const std::string_view token : tokens) hashes.push_back(link_token_hash(token));
  std::vector<std::string> wanted = hashes;
  std::ranges::sort(wanted);
  wanted.erase(std::ranges::unique(wanted).begin(), wanted.end());
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  std::unordered_map<std::string, BillVersion> by_hash;
  std::vector<ports::Billing::BillKey> keys;
  for (const auto& link : TRY(transaction->billing().find_links(wanted))) {
    if (!opens(link, clock.now())) continue;
    by_hash.emplace(link.token_hash, BillVersion{link.account, link.bill});
    keys.push_back({link.account, link.bill});
  }
  std::map<std::pair<domain::AccountId, domain::BillId>, std::int64_t> versions;
  for (const auto& each : TRY(transaction->billing().versions_of(keys))) {
    versions.emplace(std::pair(each.account, each.bill), each.version);
  }
  std::vector<Result<BillVersion>> answers;
  for (const std::string& hash : hashes) {
    const auto link = by_hash.find(hash);
    const auto version = link == by_hash.end()
                             ? versions.end()
                             : versions.find({link->second.account, link->second.bill});
    if (version == versions.end()) {
      answers.emplace_back(link_unknown());
    } else {
      answers.emplace_back(BillVersion{link->second.account, link->second.bill, version->second});
    }
  }
  return answers;
}

Result<ShownBill> show_bill(ports::Store& store, const base::Clock& clock,
                            domain::AccountId account, domain::BillId bill) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  return load_bill(*transaction, clock, account, bill);
}

}  // namespace flows
