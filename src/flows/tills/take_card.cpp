#include "flows/tills/take_card.h"

#include <algorithm>

#include "flows/intents/open_intent.h"
#include "ports/billing.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::TillEntry;
using domain::TillEntryKind;

constexpr std::string_view kTerminals = "adyen_terminal";
// Of a demo: a terminal that nobody has to plug in.
constexpr std::string_view kPractice = "practice";

Result<> check_terminal(ports::Transaction& transaction, const HeldTill& till) {
  for (const TillEntry& entry : till.entries) {
    if (entry.kind != TillEntryKind::kCard) continue;
    const auto stored = TRY(transaction.intents().find(entry.intent));
    if (!stored || !domain::is_live(stored->intent.state)) continue;
    return base::fail("terminal_busy", "a payment at the terminal is under way: wait, or stop it",
                      entry.intent.to_string());
  }
  return {};
}

struct Chosen {
  std::vector<domain::IntentPart> parts;
  std::vector<domain::TillPart> shown;
  std::string papers;
};

Result<Chosen> read_chosen(ports::Transaction& transaction, const TakeCard& request,
                           base::Currency currency) {
  Chosen chosen;
  for (const TakeCash::Chosen& each : request.bills) {
    const std::string place = each.bill.to_string();
    if (each.account != request.bills.front().account) {
      return base::fail("several_accounts_at_terminal",
                        "a card pays the bills of one account at a time", place);
    }
    const auto bill = TRY(transaction.billing().find_bill(each.account, each.bill));
    if (!bill) return base::fail("bill_not_found", "there is no such bill", place);
    if (bill->total.currency() != currency) {
      return base::fail("other_currency", "the bill is in another currency than the drawer", place);
    }
    const Money amount = each.amount.value_or(bill->rest());
    const std::string paper = TRY(paper_of(transaction, *bill));
    chosen.parts.push_back({each.bill, each.account, amount});
    chosen.shown.push_back({each.account, each.bill, amount, bill->rest() - amount, paper});
    chosen.papers += (chosen.papers.empty() ? "" : " ") + paper;
  }
  return chosen;
}

OpenIntent order_of(const TakeCard& request, const HeldTill& till, Chosen& chosen,
                    const std::string& gateway) {
  OpenIntent order;
  if (!request.bills.empty()) order.account = request.bills.front().account;
  order.parts = std::move(chosen.parts);
  order.gateway = gateway;
  order.request_key = "till/" + till.drawer.name + "/" + request.request_key;
  order.actor = request.actor;
  order.order.method = "card";
  order.order.channel = domain::PaymentChannel::kInPerson;
  order.order.description = till.seller.brand + " " + chosen.papers;
  order.order.payer.country = till.seller.country;
  order.order.payer.language = request.language;
  order.order.device = till.drawer.terminal;
  order.order.return_url = request.return_url;
  return order;
}

Result<TillResult> keep(ports::Transaction& transaction, const base::Clock& clock,
                        const Gateways& gateways, const TakeCard& request) {
  if (auto done =
          TRY(find_done(transaction, request.drawer, request.request_key, TillEntryKind::kCard))) {
    return *std::move(done);
  }
  HeldTill till = TRY(hold_open_till(transaction, clock, request.drawer));
  const std::string gateway = terminal_gateway(gateways, till.drawer);
  if (gateway.empty()) {
    return base::fail("no_terminal", "no terminal stands beside the drawer (operator.toml)",
                      request.drawer);
  }
  TRY(check_terminal(transaction, till));
  Chosen chosen = TRY(read_chosen(transaction, request, till.session.currency));
  OpenIntent order = order_of(request, till, chosen, gateway);
  TillEntry entry;
  entry.kind = TillEntryKind::kCard;
  entry.intent = TRY(keep_intent(transaction, clock, order));
  entry.parts = std::move(chosen.shown);
  entry.cash = entry.paid = entry.tendered = Money(0, till.session.currency);
  entry.actor = request.actor;
  entry.request_key = request.request_key;
  return add_entry(transaction, till, std::move(entry));
}

}  // namespace

std::string terminal_gateway(const Gateways& gateways, const domain::Drawer& drawer) {
  if (drawer.terminal.empty()) return {};
  for (const std::string_view name : {kTerminals, kPractice}) {
    if (gateways.find(name)) return std::string(name);
  }
  return {};
}

Result<TillResult> keep_card(ports::Store& store, const base::Clock& clock,
                             const Gateways& gateways, const TakeCard& request) {
  std::optional<TillResult> kept;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    kept = TRY(keep(transaction, clock, gateways, request));
    return {};
  }));
  return *std::move(kept);
}

}  // namespace flows
