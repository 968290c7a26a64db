// From a request to an order in the books: priced, its way to pay chosen, and kept with its invoice
// or its charges in one transaction.
#include <algorithm>

#include "base/result/check.h"
#include "domain/billing/bill.h"
#include "domain/law/vat_rates.h"
#include "domain/mandate/mandate_states.h"
#include "domain/order/certainty.h"
#include "flows/care/one_account.h"
#include "flows/care/time_zone.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "flows/orders/issue_one_off.h"
#include "flows/orders/order_rows.h"
#include "flows/orders/orders.h"
#include "flows/plans/agree_plan.h"
#include "ports/events.h"
#include "ports/mandates.h"
#include "ports/orders.h"
#include "ports/parties.h"
#include "ports/plans.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Date;
using base::Json;
using base::Money;
using base::Result;
using domain::OrderItem;
using domain::OrderPay;
using domain::OrderState;
using domain::PlacedOrder;

constexpr std::size_t kItemsMax = 200;
constexpr std::size_t kTextMax = 500;
constexpr std::size_t kBillsMax = 500;
constexpr int kMonthsBack = 2;
constexpr std::string_view kSource = "orders";

// Everything that makes one request another, in one order.
std::string fingerprint(const PlaceOrder& ask) {
  Json items = Json::array();
  for (const domain::OrderAsk& item : ask.items) {
    Json each;
    each.set("code", item.code)
        .set("name", item.name)
        .set("division", item.division)
        .set("quantity", item.quantity.to_string())
        .set("price", item.price ? item.price->amount.to_string() : "")
        .set("with_vat", item.with_vat)
        .set("vat_class", item.vat_class)
        .set("vat_rate", item.vat_rate ? item.vat_rate->value.to_string() : "");
    items.push(std::move(each));
  }
  Json json;
  json.set("service", ask.service.to_string())
      .set("reference", ask.reference)
      .set("items", std::move(items))
      .set("pay", to_text(ask.pay))
      .set("gateway", ask.gateway)
      .set("method", ask.method)
      .set("kept", ask.kept.to_string())
      .set("parts", ask.parts)
      .set("first_due", ask.first_due ? ask.first_due->to_string() : "")
      .set("return_url", ask.return_url)
      .set("note", ask.note);
  return crypto::to_hex(crypto::sha256(json.dump()));
}

Result<> check_size(const PlaceOrder& ask) {
  if (ask.items.empty()) {
    return base::fail("order_without_items", "name what is ordered");
  }
  if (ask.items.size() > kItemsMax || ask.note.size() > kTextMax ||
      ask.reference.size() > kTextMax || ask.return_url.size() > kTextMax) {
    return base::fail("order_too_long", "at most " + std::to_string(kItemsMax) +
                                            " things, and texts of " + std::to_string(kTextMax) +
                                            " bytes");
  }
  return {};
}

// One order on its way into the books: what it costs, how it is paid, and what is kept of it.
class Placing {
 public:
  Placing(ports::Transaction& transaction, const OrderTools& tools, const PlaceOrder& ask)
      : transaction_(transaction), tools_(tools), ask_(ask) {}

  Result<PlacedOrder> make();
  Result<> keep(PlacedOrder& order);

 private:
  Result<> load();
  Result<std::vector<OrderItem>> price();
  Result<OrderPay> choose(const std::vector<OrderItem>& items, Money total);
  Result<> set_method(PlacedOrder& order);
  Result<> check_on_bill(const std::vector<OrderItem>& items, Money total);
  Result<bool> has_mandate();
  Result<std::optional<ports::KeptMethod>> kept_method();
  Result<> add_charges(const PlacedOrder& order);
  Result<> issue(PlacedOrder& order);
  [[nodiscard]] OrderContext context() const { return {now_, today_, ask_.actor}; }

  ports::Transaction& transaction_;
  const OrderTools& tools_;
  const PlaceOrder& ask_;
  base::Instant now_;
  Date today_;
  ImportTerms terms_;
  domain::Account account_;
  domain::Customer customer_;
  std::optional<domain::Service> service_;
};

Result<> Placing::load() {
  now_ = tools_.clock.now();
  terms_ = TRY(load_terms(transaction_, ""));
  today_ = TRY(local_date(terms_.seller.time_zone, now_));
  const auto account = TRY(transaction_.parties().find_account(ask_.account));
  if (!account) {
    return base::fail("unknown_account", "there is no such account", ask_.account.to_string());
  }
  account_ = *account;
  const auto customers = TRY(transaction_.parties().find_customers({&account_.customer, 1}));
  if (!customers.empty()) customer_ = customers.front();
  if (ask_.service.is_nil()) return {};
  const ports::ServiceKey key{ask_.account, ask_.service};
  const auto services = TRY(transaction_.parties().find_services({&key, 1}));
  if (services.empty()) {
    return base::fail("unknown_service", "the account has no such service",
                      ask_.service.to_string());
  }
  service_ = services.front();
  return {};
}

Result<std::vector<OrderItem>> Placing::price() {
  const auto rates = TRY(domain::VatRates::on(tools_.rules, account_.country, today_));
  const domain::OrderTerms terms{
      .catalogue = terms_.catalogue,
      .currency = account_.currency,
      .day = today_,
      .language = customer_.language,
      .brand = terms_.seller.brand,
      .vat_rate = [&](std::string_view vat_class) { return rates.rate(vat_class); }};
  std::vector<OrderItem> items;
  for (const domain::OrderAsk& each : ask_.items) {
    OrderItem item = TRY(domain::price_item(each, terms));
    if (item.division.empty() && service_) item.division = service_->division;
    items.push_back(std::move(item));
  }
  return items;
}

Result<bool> Placing::has_mandate() {
  const auto mandates = TRY(transaction_.mandates().active_of({&ask_.account, 1}));
  return domain::mandate_to_debit(mandates) != nullptr;
}

// The one that is named, else the one that bills are charged to, else the newest.
Result<std::optional<ports::KeptMethod>> Placing::kept_method() {
  std::optional<ports::KeptMethod> found;
  for (const ports::KeptMethod& each : TRY(transaction_.plans().of_account(ask_.account))) {
    if (!domain::works_on(each, today_)) continue;
    const bool is_named = each.id == ask_.kept;
    if (!ask_.kept.is_nil() && !is_named) continue;
    if (!found || each.for_bills || !found->for_bills) found = each;
  }
  return found;
}

Result<> Placing::check_on_bill(const std::vector<OrderItem>& items, Money total) {
  for (const OrderItem& item : items) {
    if (terms_.catalogue.find(item.code, domain::ItemKind::kOneOff) == nullptr) {
      return base::fail("item_not_on_bill",
                        "only one-offs of the catalogue go on the next bill; let it be paid now",
                        item.code);
    }
  }
  ports::BillFilter open{.account = ask_.account, .state = "open", .limit = kBillsMax};
  int overdue = 0;
  for (const domain::Bill& bill : TRY(transaction_.billing().list_bills(open))) {
    overdue = std::max(overdue, -domain::view_bill(bill, today_).days_left);
  }
  // What is still to be billed was ordered after the account's last bill day.
  Date since = base::add_months(today_, -kMonthsBack);
  for (const auto& mark : TRY(transaction_.billing().load_marks(range_of(ask_.account), since))) {
    since = std::max(since, mark.boundary);
  }
  const Money already =
      TRY(transaction_.orders().put_on_bills_since(ask_.account, since, account_.currency));
  return domain::may_go_on_bill(total, already, overdue, tools_.order_rules);
}

Result<OrderPay> Placing::choose(const std::vector<OrderItem>& items, Money total) {
  if (ask_.pay == OrderPay::kBill) TRY(check_on_bill(items, total));
  if (ask_.pay == OrderPay::kMandate && !TRY(has_mandate())) {
    return base::fail("no_mandate", "the account has no mandate that can be debited",
                      ask_.account.to_string());
  }
  if (ask_.pay != OrderPay::kPreferred) return ask_.pay;
  domain::PayChoice choice;
  const auto kept = TRY(kept_method());
  choice.has_kept = kept && kept->for_bills;
  choice.has_mandate = TRY(has_mandate());
  if (!choice.has_kept && !choice.has_mandate) {
    const auto allowed = check_on_bill(items, total);
    choice.likes_bill = allowed.has_value();
    const bool is_ours = !allowed && (allowed.error().code.starts_with("order_") ||
                                      allowed.error().code == "item_not_on_bill");
    if (!allowed && !is_ours) return std::unexpected(allowed.error());
  }
  return domain::preferred_pay(choice);
}

Result<> Placing::set_method(PlacedOrder& order) {
  if (order.pay == OrderPay::kKept) {
    const auto kept = TRY(kept_method());
    if (!kept) {
      return base::fail("kept_method_unknown", "the account has no such kept method that works",
                        ask_.account.to_string());
    }
    order.kept = kept->id;
    order.gateway = kept->gateway;
    order.method = kept->method;
  }
  if (order.pay != OrderPay::kMethod) return {};
  for (const OfferedMethod& each : tools_.gateways.methods()) {
    const bool fits = each.method == ask_.method &&
                      (ask_.gateway.empty() || ask_.gateway == each.gateway) &&
                      (each.currency.empty() || each.currency == account_.currency.code());
    if (!fits) continue;
    order.gateway = each.gateway;
    order.method = each.method;
    return {};
  }
  return base::fail("method_not_offered", "no provider offers it in this currency", ask_.method);
}

Result<PlacedOrder> Placing::make() {
  TRY(check_size(ask_));
  TRY(load());
  PlacedOrder order;
  order.id = order_of_request(ask_.account, ask_.request_key);
  order.account = ask_.account;
  order.service = ask_.service;
  order.reference = ask_.reference;
  order.request = fingerprint(ask_);
  order.items = TRY(price());
  order.total = domain::total_of(order.items, today_, account_.currency);
  TRY(Money::make(order.total.minor(), account_.currency));
  order.pay = TRY(choose(order.items, order.total));
  TRY(set_method(order));
  order.parts = ask_.parts;
  order.first_due = ask_.first_due;
  order.return_url = ask_.return_url;
  order.note = ask_.note;
  order.ordered = today_;
  order.pay_until = today_ + tools_.order_rules.pay_within_days;
  order.created = order.changed = now_;
  return order;
}

// Facts of the next run, as imports make them.
Result<> Placing::add_charges(const PlacedOrder& order) {
  std::vector<domain::Charge> charges;
  std::vector<ports::NewEvent> events;
  for (std::size_t at = 0; at < order.items.size(); ++at) {
    domain::Charge charge = domain::charge_of(order.items[at], today_);
    charge.account = order.account;
    charge.service = order.service;
    charge.source = kSource;
    charge.record_id = order.id.to_string() + ":" + std::to_string(at + 1);
    charge.id = derived_id<domain::ChargeId>({"charge", kSource, charge.record_id});
    events.push_back(charge_event(charge, context()));
    charges.push_back(std::move(charge));
  }
  const std::int64_t epoch = TRY(transaction_.work().hold_epoch());
  const ports::Recording recording{now_, epoch};
  TRY(transaction_.parties().add_charges(charges, recording));
  return transaction_.events().append(events);
}

Result<> Placing::issue(PlacedOrder& order) {
  OneOffBill bill;
  bill.account = order.account;
  bill.group_key = "order:" + order.id.to_string();
  bill.actor = ask_.actor;
  for (std::size_t at = 0; at < order.items.size(); ++at) {
    auto line = domain::line_of(
        order.items[at], today_,
        std::string(kSource) + ":" + order.id.to_string() + ":" + std::to_string(at + 1));
    if (service_) {
      line.service = service_->id;
      line.service_number = service_->source_number;
      line.service_label = service_->label;
    }
    bill.lines.push_back(std::move(line));
  }
  const domain::Bill issued =
      TRY(issue_one_off(transaction_, tools_.clock, tools_.rules, tools_.link_key, bill));
  order.bill = issued.id;
  order.total = issued.total;
  return {};
}

Result<> Placing::keep(PlacedOrder& order) {
  if (domain::is_invoiced(order.pay)) {
    TRY(issue(order));
    // Parts that the operator does not allow are refused with all of it.
    if (order.pay == OrderPay::kInstalments) {
      TRY(preview_plan(transaction_, tools_.clock, tools_.rules,
                       {.account = order.account,
                        .bill = order.bill,
                        .parts = order.parts,
                        .first_due = order.first_due,
                        .actor = ask_.actor,
                        .request_key = ask_.request_key}));
    }
    order.look_at = now_;
  } else {
    TRY(add_charges(order));
    TRY(domain::go(order, OrderState::kReady, "", now_));
  }
  return keep_new_order(transaction_, context(), order);
}

}  // namespace

domain::OrderId order_of_request(domain::AccountId account, std::string_view request_key) {
  return derived_id<domain::OrderId>({"placed order", account.to_string(), request_key});
}

Result<PlacedOrder> place_order(const OrderTools& tools, const PlaceOrder& ask) {
  const domain::OrderId id = order_of_request(ask.account, ask.request_key);
  TRY(ports::run_in_transaction(tools.store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock(order_lock(id)));
    if (const auto before = TRY(transaction.orders().find(id))) {
      if (before->request == fingerprint(ask)) return {};
      return base::fail("request_key_reused", "the key was used for another order",
                        ask.request_key);
    }
    Placing placing(transaction, tools, ask);
    PlacedOrder order = TRY(placing.make());
    return placing.keep(order);
  }));
  return drive_order(tools, id);
}

Result<PlacedOrder> price_order(const OrderTools& tools, const PlaceOrder& ask) {
  const auto transaction = TRY(tools.store.begin(ports::TransactionKind::kRead));
  return Placing(*transaction, tools, ask).make();
}

Result<PlacedOrder> find_order(ports::Transaction& transaction, domain::OrderId id) {
  auto order = TRY(transaction.orders().find(id));
  if (!order) return base::fail("order_not_found", "there is no such order", id.to_string());
  return *std::move(order);
}

}  // namespace flows
