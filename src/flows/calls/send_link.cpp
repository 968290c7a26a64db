#include "flows/calls/send_link.h"

#include <algorithm>

#include "flows/calls/link_message.h"
#include "flows/care/links.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "flows/plans/under_way.h"
#include "ports/billing.h"
#include "ports/parties.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Money;
using base::Result;

constexpr std::int64_t kMinute = 60 * base::kMicrosPerSecond;
constexpr std::size_t kEndingDigits = 2;

// What is left to pay of it by nobody yet.
Result<Money> free_of(ports::Transaction& transaction, const domain::Bill& bill) {
  const Money free = bill.state == domain::BillState::kOpen
                         ? bill.rest() - TRY(under_way_of(transaction, bill))
                         : Money(0, bill.total.currency());
  if (free > Money(0, free.currency())) return free;
  return base::fail("bill_not_payable", "nothing is left to pay of it, or all of it is under way",
                    bill.id.to_string());
}

// Who can be reached by telephone.
Result<domain::Customer> customer_of(ports::Transaction& transaction, domain::AccountId id) {
  const auto account = TRY(transaction.parties().find_account(id));
  if (account) {
    auto owners = TRY(transaction.parties().find_customers({&account->customer, 1}));
    if (!owners.empty() && !owners.front().party.phone.empty()) return std::move(owners.front());
  }
  return base::fail("no_phone_number", "the account's customer has no telephone number",
                    id.to_string());
}

}  // namespace

Result<std::string> phone_of(ports::Transaction& transaction, domain::AccountId id) {
  return TRY(customer_of(transaction, id)).party.phone;
}

Result<QueuedLink> send_link_by_text(ports::Store& store, const base::Clock& clock,
                                     const crypto::Key& link_key, const LinkByText& request) {
  const base::Instant now = clock.now();
  const std::string attempt = "text:" + std::to_string(now.micros / kMinute);
  QueuedLink queued;
  queued.message = derived_id<domain::OutboxId>(
      {"bill_link_by_text", request.account.to_string(), request.bill.to_string(), attempt});
  ports::OutboxMessage row;
  row.id = queued.message;
  row.topic = kLinkMessageTopic;
  row.account = request.account;
  {
    const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
    const auto bill = TRY(transaction->billing().find_bill(request.account, request.bill));
    if (!bill) {
      return base::fail("bill_not_found", "there is no such bill", request.bill.to_string());
    }
    const domain::Customer customer = TRY(customer_of(*transaction, request.account));
    const std::string& phone = customer.party.phone;
    queued.ending = phone.substr(phone.size() - std::min(phone.size(), kEndingDigits));
    const Money sum = TRY(free_of(*transaction, *bill));
    const domain::Operator seller = TRY(load_seller(*transaction));
    row.payload.set("account", request.account.to_string())
        .set("attempt", attempt)
        .set("bill", request.bill.to_string())
        .set("language", customer.language)
        .set("brand", seller.brand)
        .set("amount", sum.minor())
        .set("currency", sum.currency().code());
  }
  TRY(create_link(store, clock, link_key, {request.account, request.bill, attempt, request.actor}));
  const auto kept = ports::run_in_transaction(store, [&](ports::Transaction& transaction) {
    return transaction.work().enqueue({&row, 1}, now);
  });
  // Asked for within the minute before.
  if (!kept && kept.error().code != "constraint_violated") return std::unexpected(kept.error());
  return queued;
}

}  // namespace flows
