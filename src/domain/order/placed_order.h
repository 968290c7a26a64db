// An order of single things (extra data, a film, a router): what was ordered, how it is paid, and
// how far it has come.
//
//   received -> awaiting_payment -> ready -> handed_over
//   received and awaiting_payment -> failed; all but the ends -> cancelled
//   ready -> awaiting_payment: money that seemed certain went back before anything was handed over
//
// Received: kept, its invoice issued, and its payment not yet begun. Ready: money is certain
// enough, by domain/order/certainty.h. Nothing is owed any more of one that failed or was
// cancelled.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"

namespace domain {

enum class OrderState { kReceived, kAwaitingPayment, kReady, kHandedOver, kCancelled, kFailed };
[[nodiscard]] std::string_view to_text(OrderState state);
[[nodiscard]] base::Result<OrderState> parse_order_state(std::string_view text);
[[nodiscard]] bool is_over(OrderState state);

struct OrderStep {
  OrderState from, to;
};
[[nodiscard]] std::span<const OrderStep> order_steps();
[[nodiscard]] bool may_go(OrderState from, OrderState to);

// How it is paid. Asked for as preferred, it is one of the others by the time it is kept.
enum class OrderPay {
  kPreferred,
  kLink,         // The customer opens the link and pays as they like.
  kMethod,       // One method of a provider, begun at once.
  kKept,         // A method that the customer let us keep.
  kMandate,      // A debit under a mandate.
  kBill,         // On the next bill.
  kInstalments,  // In parts.
};
[[nodiscard]] std::string_view to_text(OrderPay pay);
[[nodiscard]] base::Result<OrderPay> parse_order_pay(std::string_view text);
// Whether it gets an invoice of its own at once.
[[nodiscard]] bool is_invoiced(OrderPay pay);

// As it was ordered and priced. Either the unit price has no VAT in it, or `gross` says the sum
// with VAT (D12).
struct OrderItem {
  std::string code;  // Revenue product; of the catalogue, or the caller's own.
  std::string name;
  std::string division;
  base::Decimal quantity;
  base::UnitPrice unit_price;  // Net.
  base::Money net;
  std::string vat_class;
  base::Percent vat_rate;
  std::optional<base::Money> gross = {};

  friend bool operator==(const OrderItem&, const OrderItem&) = default;
};

struct PlacedOrder {
  OrderId id;
  AccountId account;
  ServiceId service;      // Nil where it belongs to the account.
  std::string reference;  // The caller's own name for it.
  std::string request;    // What was asked for, as a hash: the same key for another is refused.
  OrderPay pay = OrderPay::kLink;
  std::string gateway, method;  // Of kMethod and kKept.
  KeptMethodId kept;            // Of kKept.
  int parts = 0;                // Of kInstalments.
  std::optional<base::Date> first_due = {};
  std::vector<OrderItem> items;
  base::Money total;  // With VAT; of kBill before the bill's own rounding.
  OrderState state = OrderState::kReceived;
  std::string reason;         // A code: why it is not paid, failed or was cancelled.
  BillId bill;                // Nil of kBill.
  IntentId intent;            // Nil where none was begun.
  CollectionId debit;         // Nil where there is none.
  std::string return_url;     // Where the customer goes after paying at a provider.
  std::string note;           // In words, for whoever hands over.
  std::int64_t tellings = 0;  // How often the integrator was told something of it.
  base::Date ordered, pay_until;
  base::Instant created, changed;
  std::optional<base::Instant> look_at = {};  // When to look how its payment is; nothing: over.
  std::int64_t version = 1;
};

// Errors: order_step_impossible (place: the order).
[[nodiscard]] base::Result<> go(PlacedOrder& order, OrderState to, std::string_view reason,
                                base::Instant now);

// How long after its last change an order is looked at again: seconds while the customer is there,
// then minutes, then each hour.
[[nodiscard]] std::int64_t look_gap_micros(base::Instant changed, base::Instant now);

}  // namespace domain
