#include "flows/tills/hold_till.h"

#include <algorithm>

#include "base/result/check.h"
#include "domain/till/drawer.h"
#include "flows/care/time_zone.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "ports/access.h"
#include "ports/ledger.h"
#include "ports/tills.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;

std::string till_lock(const std::string& drawer) { return "till/" + drawer; }

// "kassa-1/3/17": drawer, session and entry.
std::string name_of(const HeldTill& till, const domain::TillEntry& entry) {
  return till.drawer.name + "/" + std::to_string(till.session.number) + "/" +
         std::to_string(entry.ordinal);
}

Result<> book(ports::Transaction& transaction, const HeldTill& till, const domain::TillEntry& entry,
              const std::string& name) {
  auto entries = domain::till_entries(till.session, entry);
  if (entries.empty()) return {};
  domain::Posting::Head head;
  head.id = derived_id<domain::PostingId>({"posting", "till", name});
  head.kind = "till";
  head.effective = entry.day;
  head.recorded = entry.recorded;
  head.source = entry.payment.is_nil() ? "till " + name : entry.payment.to_string();
  const auto posting = TRY(domain::Posting::make(std::move(head), std::move(entries)));
  return transaction.ledger().append({&posting, 1});
}

}  // namespace

domain::DrawerId drawer_id(const std::string& name) {
  return derived_id<domain::DrawerId>({"drawer", name});
}

Result<domain::Drawer> find_drawer(const domain::Operator& seller, const std::string& name) {
  const auto drawer = std::ranges::find(seller.drawers, name, &domain::Drawer::name);
  if (drawer != seller.drawers.end()) return *drawer;
  return base::fail("drawer_not_found", "operator.toml has no drawer of that name", name);
}

Result<std::optional<HeldTill>> hold_till(ports::Transaction& transaction, const base::Clock& clock,
                                          const std::string& drawer) {
  TRY(transaction.work().lock(till_lock(drawer)));
  HeldTill till;
  till.seller = TRY(load_seller(transaction));
  till.drawer = TRY(find_drawer(till.seller, drawer));
  till.now = clock.now();
  till.today = TRY(local_date(till.seller.time_zone, till.now));
  auto last = TRY(transaction.tills().list_sessions(drawer_id(drawer), 1));
  if (last.empty() || last.front().closing) return std::optional<HeldTill>();
  till.session = std::move(last.front());
  till.entries = TRY(transaction.tills().entries_of(till.session.drawer, till.session.number));
  return std::optional(std::move(till));
}

Result<HeldTill> hold_open_till(ports::Transaction& transaction, const base::Clock& clock,
                                const std::string& drawer) {
  auto till = TRY(hold_till(transaction, clock, drawer));
  if (till) return *std::move(till);
  return base::fail("till_closed", "the drawer is closed: open it, and count what is in it",
                    drawer);
}

Result<std::optional<TillResult>> find_done(ports::Transaction& transaction,
                                            const std::string& drawer,
                                            const std::string& request_key,
                                            domain::TillEntryKind kind) {
  if (request_key.empty()) {
    return base::fail("missing_request_key", "say by which key it is known when it is asked again");
  }
  TRY(transaction.work().lock(till_lock(drawer)));
  const domain::DrawerId id = drawer_id(drawer);
  auto found = TRY(transaction.tills().find_request(id, request_key));
  if (!found) return std::optional<TillResult>();
  if (found->entry.kind != kind) {
    return base::fail("request_key_reused", "the key was used for something else", request_key);
  }
  auto session = TRY(transaction.tills().find_session(id, found->session));
  CHECK(session.has_value());
  return std::optional(TillResult{*std::move(session), std::move(found->entry)});
}

Result<std::int64_t> next_receipt(ports::Transaction& transaction, const HeldTill& till) {
  return transaction.work().take_numbers("receipt/" + till.drawer.name, 1, 1);
}

Result<TillResult> add_entry(ports::Transaction& transaction, HeldTill& till,
                             domain::TillEntry entry) {
  entry.ordinal = static_cast<std::int64_t>(till.entries.size()) + 1;
  entry.day = till.today;
  entry.recorded = till.now;
  const std::string name = name_of(till, entry);
  TRY(book(transaction, till, entry, name));
  TRY(transaction.tills().add_entry(till.session, entry));
  base::Json detail;
  detail.set("drawer", till.drawer.name)
      .set("cash", entry.cash.to_decimal_string())
      .set("currency", entry.cash.currency().code());
  if (entry.receipt != 0) detail.set("receipt", entry.receipt);
  TRY(transaction.access().add_audit({.id = derived_id<domain::AuditId>({"audit", "till", name}),
                                      .actor = entry.actor,
                                      .action = "till." + std::string(domain::to_text(entry.kind)),
                                      .subject = name,
                                      .detail = std::move(detail),
                                      .recorded = entry.recorded}));
  till.entries.push_back(entry);
  return TillResult{till.session, std::move(entry)};
}

}  // namespace flows
