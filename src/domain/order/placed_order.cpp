#include "domain/order/placed_order.h"

#include <algorithm>

namespace domain {
namespace {

using enum OrderState;

template <class Value>
struct Named {
  Value value;
  std::string_view name;
};

constexpr Named<OrderState> kStates[] = {
    {kReceived, "received"},   {kAwaitingPayment, "awaiting_payment"},
    {kReady, "ready"},         {kHandedOver, "handed_over"},
    {kCancelled, "cancelled"}, {kFailed, "failed"},
};

constexpr Named<OrderPay> kPays[] = {
    {OrderPay::kPreferred, "preferred"},     {OrderPay::kLink, "link"},
    {OrderPay::kMethod, "method"},           {OrderPay::kKept, "kept"},
    {OrderPay::kMandate, "mandate"},         {OrderPay::kBill, "bill"},
    {OrderPay::kInstalments, "instalments"},
};

constexpr OrderStep kSteps[] = {
    {kReceived, kAwaitingPayment}, {kReceived, kReady},        {kReceived, kCancelled},
    {kReceived, kFailed},          {kAwaitingPayment, kReady}, {kAwaitingPayment, kCancelled},
    {kAwaitingPayment, kFailed},   {kReady, kHandedOver},      {kReady, kCancelled},
    {kReady, kAwaitingPayment},
};

template <class Value, std::size_t kCount>
std::string_view name_of(const Named<Value> (&rows)[kCount], Value value) {
  return std::ranges::find(rows, value, &Named<Value>::value)->name;
}

template <class Value, std::size_t kCount>
base::Result<Value> value_of(const Named<Value> (&rows)[kCount], std::string_view text,
                             std::string_view what) {
  const auto found = std::ranges::find(rows, text, &Named<Value>::name);
  if (found != std::end(rows)) return found->value;
  std::string names;
  for (const auto& row : rows) names += (names.empty() ? "" : ", ") + std::string(row.name);
  return base::fail("unknown_value", std::string(what) + " is one of " + names);
}

constexpr std::int64_t kSecond = base::kMicrosPerSecond;
constexpr std::int64_t kMinute = 60 * kSecond;

}  // namespace

std::string_view to_text(OrderState state) { return name_of(kStates, state); }
base::Result<OrderState> parse_order_state(std::string_view text) {
  return value_of(kStates, text, "the state of an order");
}
bool is_over(OrderState state) {
  return std::ranges::none_of(kSteps, [&](const OrderStep& step) { return step.from == state; });
}

std::span<const OrderStep> order_steps() { return kSteps; }
bool may_go(OrderState from, OrderState to) {
  return std::ranges::any_of(
      kSteps, [&](const OrderStep& step) { return step.from == from && step.to == to; });
}

std::string_view to_text(OrderPay pay) { return name_of(kPays, pay); }
base::Result<OrderPay> parse_order_pay(std::string_view text) {
  return value_of(kPays, text, "how an order is paid");
}
bool is_invoiced(OrderPay pay) { return pay != OrderPay::kBill && pay != OrderPay::kPreferred; }

base::Result<> go(PlacedOrder& order, OrderState to, std::string_view reason, base::Instant now) {
  if (!may_go(order.state, to)) {
    return base::fail("order_step_impossible",
                      "an order that is " + std::string(to_text(order.state)) + " cannot become " +
                          std::string(to_text(to)),
                      order.id.to_string());
  }
  order.state = to;
  order.reason = reason;
  order.changed = now;
  return {};
}

std::int64_t look_gap_micros(base::Instant changed, base::Instant now) {
  const std::int64_t age = now - changed;
  if (age < 10 * kMinute) return 5 * kSecond;
  if (age < 60 * kMinute) return kMinute;
  return 60 * kMinute;
}

}  // namespace domain
