// Orders of single things: placed, paid, handed over or cancelled.
//
// An order is kept with its invoice, or its charges on the next bill, in one transaction; its
// payment is begun after that. Killed between the two, or with a provider that does not answer, it
// is taken up again and begins the same payment: nothing is billed or charged twice. Who hands
// over is told once money is certain enough (domain/order/certainty.h), by a message in the outbox
// of the transaction that found it so.
#pragma once

#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/law/rule_book.h"
#include "domain/order/order_rules.h"
#include "domain/order/placed_order.h"
#include "domain/order/price_item.h"
#include "flows/intents/gateways.h"
#include "ports/store.h"
#include "support/crypto/crypto.h"

namespace flows {

// All but the rules and the address outlive their use.
struct OrderTools {
  ports::Store& store;
  const base::Clock& clock;
  const domain::RuleBook& rules;
  const Gateways& gateways;
  const crypto::Key& link_key;
  domain::OrderRules order_rules = {};
  std::string public_url = {};  // Before the paths of our pages.
};

struct PlaceOrder {
  domain::AccountId account;
  domain::ServiceId service = {};  // Nil: the account's own.
  std::string request_key;         // The caller's; the same is the same order.
  std::string reference = {};
  std::string actor;
  std::vector<domain::OrderAsk> items;
  domain::OrderPay pay = domain::OrderPay::kPreferred;
  std::string gateway = {}, method = {};  // Of kMethod; the gateway may be left empty.
  domain::KeptMethodId kept = {};         // Of kKept; nil: the one that bills are charged to.
  int parts = 0;                          // Of kInstalments.
  std::optional<base::Date> first_due = {};
  std::string return_url = {};
  std::string note = {};
};

// The order that a request with this key makes, or made.
[[nodiscard]] domain::OrderId order_of_request(domain::AccountId account,
                                               std::string_view request_key);

// Errors: unknown_account, unknown_service, order_without_items, order_too_long, those of
// domain::price_item, request_key_reused, method_not_offered, kept_method_unknown,
// no_mandate, item_not_on_bill (a bill's run knows only one-offs of the catalogue),
// those of domain::may_go_on_bill, issue_one_off and the store. What keeps a payment from being
// begun is no error: the order says it, and its link can be paid.
[[nodiscard]] base::Result<domain::PlacedOrder> place_order(const OrderTools& tools,
                                                            const PlaceOrder& ask);
// The same without keeping anything: what it would come to and how it would be paid.
[[nodiscard]] base::Result<domain::PlacedOrder> price_order(const OrderTools& tools,
                                                            const PlaceOrder& ask);

// Errors: order_not_found.
[[nodiscard]] base::Result<domain::PlacedOrder> find_order(ports::Transaction& transaction,
                                                           domain::OrderId id);
// Begins its payment where that was not done, and looks how it is. Errors: order_not_found, those
// of the store.
[[nodiscard]] base::Result<domain::PlacedOrder> drive_order(const OrderTools& tools,
                                                            domain::OrderId id);

struct FollowReport {
  std::int64_t looked_at = 0;
  std::int64_t ready = 0;  // Of these, now.
  std::int64_t over = 0;
  std::vector<base::Error> problems;
};
// All whose time has come, up to `limit`. One that cannot be looked at is a problem; the others go
// on. Errors: those of the store.
[[nodiscard]] base::Result<FollowReport> follow_orders(const OrderTools& tools, std::size_t limit);

// It was given to the customer. Again: nothing changes. Errors: order_not_found,
// order_step_impossible.
[[nodiscard]] base::Result<domain::PlacedOrder> hand_over(const OrderTools& tools,
                                                          domain::OrderId id,
                                                          const std::string& actor);
// Before it was handed over: its bill is credited (or its charges are taken off the next one), and
// its payment is stopped or goes back. Again: nothing changes. Errors: order_not_found,
// order_step_impossible, missing_reason, those of credit_bill.
[[nodiscard]] base::Result<domain::PlacedOrder> cancel_order(const OrderTools& tools,
                                                             domain::OrderId id,
                                                             const std::string& actor,
                                                             const std::string& reason);

// Where the order's bill is paid; empty where it has none of its own.
[[nodiscard]] std::string pay_link(const OrderTools& tools, const domain::PlacedOrder& order);

}  // namespace flows
