#include "flows/plans/charge_methods.h"

#include <algorithm>

#include "domain/mandate/mandate_states.h"
#include "flows/care/change_profile.h"
#include "flows/care/time_zone.h"
#include "flows/care/touch_bills.h"
#include "flows/intents/open_intent.h"
#include "flows/operations/import_terms.h"
#include "flows/plans/keep_method.h"
#include "flows/plans/notices.h"
#include "flows/plans/under_way.h"
#include "ports/billing.h"
#include "ports/mandates.h"
#include "ports/plans.h"
#include "ports/work.h"
#include "support/observe/log.h"

namespace flows {
namespace {

using base::Result;
using domain::Bill;
using domain::ChargeAnswer;
using domain::ChargeState;
using domain::KeptMethod;
using domain::MethodCharge;

constexpr std::size_t kChangedShown = 200;
constexpr std::size_t kBillsOfAccountMax = 500;

class Run {
 public:
  Run(ports::Store& store, const base::Clock& clock, const Gateways& gateways,
      const ChargeRequest& request)
      : store_(store), clock_(clock), gateways_(gateways), request_(request) {}

  Result<> begin();
  // Tells of what is going to be charged. A page; false where it was the last.
  Result<bool> announce_page(ports::Transaction& transaction,
                             std::optional<domain::KeptMethodId>& after, ChargeReport& report);
  Result<> announce_all();
  Result<> charge_all();
  // What would be charged; nothing is sent.
  Result<> decide_all(ports::Transaction& transaction);
  [[nodiscard]] ChargeReport& report() { return report_; }

 private:
  Result<> announce(ports::Transaction& transaction, const KeptMethod& method, const Bill& bill,
                    bool has_mandate, ChargeReport& report);
  Result<bool> has_mandate(ports::Transaction& transaction, domain::AccountId account);
  Result<domain::ChargeDecision> decide(ports::Transaction& transaction, const MethodCharge& charge,
                                        KeptMethod& method);
  Result<> charge(MethodCharge charge);
  Result<bool> mark(MethodCharge& charge, OpenIntent& order);
  Result<> fill(ports::Transaction& transaction, const MethodCharge& charge,
                const KeptMethod& method, OpenIntent& order);
  Result<> wait_a_day(ports::Transaction& transaction, MethodCharge& charge);
  Result<> take(MethodCharge charge, const domain::PaymentIntent& intent);
  Result<> refuse(MethodCharge charge, const base::Error& error);
  Result<> keep_end(ports::Transaction& transaction, const MethodCharge& charge, bool tell);
  Result<> keep_announced(ports::Transaction& transaction, const MethodCharge& charge);
  void changed(const MethodCharge& charge, std::int64_t ChargeReport::* counter,
               ChargeReport& report);

  ports::Store& store_;
  const base::Clock& clock_;
  const Gateways& gateways_;
  const ChargeRequest& request_;
  domain::Operator seller_;
  domain::PaydayRetry retries_;
  base::Instant now_;
  ChargeReport report_;
};

std::string lock_of(const MethodCharge& charge) {
  return "method_charge/" + charge.key.bill.to_string() + "/" + charge.key.row.to_string();
}

base::Json data_of(const MethodCharge& charge) {
  base::Json data;
  data.set("bill", charge.key.bill.to_string())
      .set("row", charge.key.row.to_string())
      .set("method", charge.method.to_string())
      .set("amount", charge.amount.to_decimal_string())
      .set("currency", charge.amount.currency().code());
  return data;
}

// The page of its bill says of it what it is.
Result<> keep_changed(ports::Transaction& transaction, const MethodCharge& charge) {
  TRY(transaction.plans().update_charge(charge));
  return touch_bills(transaction, {{charge.key.account, charge.key.bill}});
}

Result<> Run::begin() {
  const auto transaction = TRY(store_.begin(ports::TransactionKind::kRead));
  seller_ = TRY(load_seller(*transaction));
  now_ = clock_.now();
  report_.day = request_.day ? *request_.day : TRY(local_date(seller_.time_zone, now_));
  return {};
}

void Run::changed(const MethodCharge& charge, std::int64_t ChargeReport::* counter,
                  ChargeReport& report) {
  ++(report.*counter);
  if (report.changed.size() < kChangedShown) report.changed.push_back(charge);
}

Result<> Run::keep_announced(ports::Transaction& transaction, const MethodCharge& charge) {
  base::Json data = data_of(charge);
  data.set("day", charge.day.to_string()).set("tries", std::int64_t{charge.tries});
  return keep_note(transaction, {.account = charge.key.account,
                                 .kind = "method_charge_announced",
                                 .data = std::move(data),
                                 .actor = request_.actor,
                                 .day = report_.day,
                                 .recorded = now_,
                                 .tell = true});
}

Result<> Run::keep_end(ports::Transaction& transaction, const MethodCharge& charge, bool tell) {
  base::Json data = data_of(charge);
  data.set("state", domain::to_text(charge.state)).set("reason", charge.reason);
  return keep_note(transaction, {.account = charge.key.account,
                                 .kind = "method_charge_ended",
                                 .data = std::move(data),
                                 .actor = request_.actor,
                                 .day = report_.day,
                                 .recorded = now_,
                                 .tell = tell});
}

// --- Telling.

Result<bool> Run::has_mandate(ports::Transaction& transaction, domain::AccountId account) {
  const auto mandates = TRY(transaction.mandates().active_of({&account, 1}));
  return domain::mandate_to_debit(mandates) != nullptr;
}

Result<> Run::announce(ports::Transaction& transaction, const KeptMethod& method, const Bill& bill,
                       bool has_mandate, ChargeReport& report) {
  const base::Money pending = TRY(under_way_of(transaction, bill));
  auto charge = domain::plan_charge({.bill = bill,
                                     .method = method,
                                     .has_mandate = has_mandate,
                                     .notice_days = seller_.plans.notice_days,
                                     .pending = pending,
                                     .today = report_.day});
  if (!charge || TRY(transaction.plans().find_charge(charge->key))) return {};
  charge->recorded = now_;
  TRY(transaction.plans().add_charge(*charge));
  TRY(touch_bills(transaction, {{charge->key.account, charge->key.bill}}));
  if (charge->state == ChargeState::kDropped) {
    changed(*charge, &ChargeReport::dropped, report);
    return keep_end(transaction, *charge, true);
  }
  changed(*charge, &ChargeReport::announced, report);
  return keep_announced(transaction, *charge);
}

Result<bool> Run::announce_page(ports::Transaction& transaction,
                                std::optional<domain::KeptMethodId>& after, ChargeReport& report) {
  const auto methods =
      TRY(transaction.plans().for_bills({.after = after, .limit = request_.per_page}));
  for (const KeptMethod& method : methods) {
    ++report.methods;
    ports::BillFilter filter;
    filter.account = method.account;
    filter.state = "open";
    filter.limit = kBillsOfAccountMax;
    const bool mandate = TRY(has_mandate(transaction, method.account));
    const auto bills = TRY(transaction.billing().list_bills(filter));
    for (const Bill& bill : bills) {
      TRY(announce(transaction, method, bill, mandate, report));
    }
  }
  if (!methods.empty()) after = methods.back().id;
  return methods.size() == request_.per_page;
}

Result<> Run::announce_all() {
  std::optional<domain::KeptMethodId> after;
  for (bool more = true; more;) {
    ChargeReport page;
    auto reached = after;
    TRY(ports::run_in_transaction(store_, [&](ports::Transaction& transaction) -> Result<> {
      page = report_;
      reached = after;
      more = TRY(announce_page(transaction, reached, page));
      return {};
    }));
    report_ = std::move(page);
    after = reached;
  }
  return {};
}

// --- Charging.

Result<domain::ChargeDecision> Run::decide(ports::Transaction& transaction,
                                           const MethodCharge& charge, KeptMethod& method) {
  const ports::Billing::BillKey key{charge.key.account, charge.key.bill};
  const auto bills = TRY(transaction.billing().hold_bills({&key, 1}));
  auto found = TRY(transaction.plans().find_method(charge.key.account, charge.method));
  if (bills.empty() || !found) {
    return domain::ChargeDecision{charge.amount, bills.empty() ? "nothing_owed" : "method_over"};
  }
  method = *std::move(found);
  const base::Money pending = TRY(under_way_of(transaction, bills.front()));
  const bool mandate = TRY(has_mandate(transaction, charge.key.account));
  return domain::decide_charge(charge, {.bill = bills.front(),
                                        .method = method,
                                        .has_mandate = mandate,
                                        .notice_days = seller_.plans.notice_days,
                                        .pending = pending,
                                        .today = report_.day});
}

// The payment that a charge in this state asks for: the same whenever it is asked for again.
Result<> Run::fill(ports::Transaction& transaction, const MethodCharge& charge,
                   const KeptMethod& method, OpenIntent& order) {
  const AccountBilling billing = TRY(show_account(transaction, clock_, charge.key.account));
  const auto bill = TRY(transaction.billing().find_bill(charge.key.account, charge.key.bill));
  order.account = charge.key.account;
  order.parts = {{charge.key.bill, charge.key.account, charge.amount}};
  order.gateway = method.gateway;
  order.request_key = domain::request_key_of(charge);
  order.actor = request_.actor;
  order.order.method = method.method;
  order.order.channel = domain::PaymentChannel::kScheduled;
  order.order.description = seller_.brand + " " + (bill ? bill->reference : std::string());
  order.order.callback_url = request_.public_url + "/hooks/" + method.gateway;
  order.order.payer = {.reference = charge.key.account.to_string(),
                       .email = {},
                       .phone = {},
                       .country = billing.account.country,
                       .language = billing.customer.language,
                       .ip = {}};
  order.order.stored_method = method.token;
  return {};
}

// Somebody pays it another way just now.
Result<> Run::wait_a_day(ports::Transaction& transaction, MethodCharge& charge) {
  charge.state = ChargeState::kAnnounced;
  charge.reason = "already_being_paid";
  charge.day = report_.day + 1;
  ++charge.version;
  return keep_changed(transaction, charge);
}

// Kept before the provider hears of it. False: it is not charged now.
Result<bool> Run::mark(MethodCharge& charge, OpenIntent& order) {
  bool goes_on = false;
  ChargeReport counted;
  TRY(ports::run_in_transaction(store_, [&](ports::Transaction& transaction) -> Result<> {
    goes_on = false;
    counted = report_;
    TRY(transaction.work().lock(lock_of(charge)));
    auto found = TRY(transaction.plans().find_charge(charge.key));
    if (!found || found->day > report_.day) return {};
    charge = *std::move(found);
    KeptMethod method;
    if (charge.state == ChargeState::kAnnounced) {
      const domain::ChargeDecision decision = TRY(decide(transaction, charge, method));
      if (decision.waits) {
        TRY(wait_a_day(transaction, charge));
        return {};
      }
      charge.state = decision.dropped.empty() ? ChargeState::kCharging : ChargeState::kDropped;
      charge.reason = decision.dropped;
      if (decision.dropped.empty()) charge.amount = decision.amount;
      charge.intent = intent_of_request(charge.key.account, domain::request_key_of(charge));
      ++charge.version;
      TRY(keep_changed(transaction, charge));
      if (charge.state == ChargeState::kDropped) {
        changed(charge, &ChargeReport::dropped, counted);
        return keep_end(transaction, charge, charge.reason == "method_expired");
      }
    } else if (charge.state != ChargeState::kCharging) {
      return {};
    } else if (auto kept =
                   TRY(transaction.plans().find_method(charge.key.account, charge.method))) {
      method = *std::move(kept);
    }
    goes_on = true;
    return fill(transaction, charge, method, order);
  }));
  report_ = std::move(counted);
  return goes_on;
}

// What the provider says of it, kept.
Result<> Run::take(MethodCharge charge, const domain::PaymentIntent& intent) {
  ChargeReport counted;
  TRY(ports::run_in_transaction(store_, [&](ports::Transaction& transaction) -> Result<> {
    counted = report_;
    TRY(transaction.work().lock(lock_of(charge)));
    auto found = TRY(transaction.plans().find_charge(charge.key));
    if (!found || found->state != ChargeState::kCharging || found->tries != charge.tries) return {};
    MethodCharge now = *std::move(found);
    const AccountBilling billing = TRY(show_account(transaction, clock_, now.key.account));
    const ChargeAnswer answer = domain::take_answer(now, intent.state, intent.decline, retries_,
                                                    billing.account.country, report_.day);
    if (answer == ChargeAnswer::kWait) {
      changed(now, &ChargeReport::waiting, counted);
      return {};
    }
    ++now.version;
    TRY(keep_changed(transaction, now));
    if (answer == ChargeAnswer::kTryAgain) {
      changed(now, &ChargeReport::retried, counted);
      return keep_announced(transaction, now);
    }
    const bool is_good = answer == ChargeAnswer::kSettled;
    changed(now, is_good ? &ChargeReport::settled : &ChargeReport::failed, counted);
    TRY(keep_end(transaction, now, !is_good));
    if (answer != ChargeAnswer::kMethodOver) return {};
    const auto method = TRY(transaction.plans().find_method(now.key.account, now.method));
    if (!method) return {};
    return end_method(transaction, *method, "refused", report_.day, now_);
  }));
  report_ = std::move(counted);
  return {};
}

bool is_of_the_database(const base::Error& error) {
  return error.code.starts_with("database_") || error.code == "disk_full";
}

// It could not be begun. Where somebody pays the bill another way just now, it waits a day.
Result<> Run::refuse(MethodCharge charge, const base::Error& error) {
  if (is_of_the_database(error)) return std::unexpected(error);
  const bool is_paid = error.code == "bill_not_payable" || error.code == "amount_too_large";
  if (!is_paid && error.code != "already_being_paid") {
    report_.problems.push_back(error);
    return {};
  }
  return ports::run_in_transaction(store_, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock(lock_of(charge)));
    auto found = TRY(transaction.plans().find_charge(charge.key));
    if (!found || found->state != ChargeState::kCharging) return {};
    if (!is_paid) return wait_a_day(transaction, *found);
    found->state = ChargeState::kDropped;
    found->reason = "nothing_owed";
    ++found->version;
    TRY(keep_changed(transaction, *found));
    return keep_end(transaction, *found, false);
  });
}

Result<> Run::charge(MethodCharge charge) {
  OpenIntent order;
  if (!TRY(mark(charge, order))) return {};
  auto opened = open_intent(store_, clock_, gateways_, order);
  if (!opened) {
    // What was kept of it has an answer all the same: an order that our own settings do not allow.
    const auto transaction = TRY(store_.begin(ports::TransactionKind::kRead));
    auto kept = TRY(transaction->intents().find(charge.intent));
    if (!kept) return refuse(std::move(charge), opened.error());
    report_.problems.push_back(opened.error());
    opened = *std::move(kept);
  }
  return take(std::move(charge), opened->intent);
}

Result<> Run::charge_all() {
  std::optional<domain::ChargeKey> after;
  for (;;) {
    std::vector<MethodCharge> due;
    {
      const auto transaction = TRY(store_.begin(ports::TransactionKind::kRead));
      due = TRY(transaction->plans().charges_due(report_.day, after, request_.per_page));
    }
    if (due.empty()) return {};
    after = due.back().key;
    for (MethodCharge& each : due) TRY(charge(std::move(each)));
  }
}

Result<> Run::decide_all(ports::Transaction& transaction) {
  std::optional<domain::ChargeKey> after;
  for (;;) {
    auto due = TRY(transaction.plans().charges_due(report_.day, after, request_.per_page));
    if (due.empty()) return {};
    after = due.back().key;
    for (MethodCharge& each : due) {
      KeptMethod method;
      const domain::ChargeDecision decision = TRY(decide(transaction, each, method));
      if (each.state == ChargeState::kAnnounced) {
        each.reason = decision.dropped;
        if (decision.dropped.empty()) each.amount = decision.amount;
      }
      const bool goes = each.state == ChargeState::kCharging || decision.dropped.empty();
      changed(each, goes ? &ChargeReport::waiting : &ChargeReport::dropped, report_);
    }
  }
}

}  // namespace

Result<ChargeReport> charge_methods(ports::Store& store, const base::Clock& clock,
                                    const Gateways& gateways, const ChargeRequest& request) {
  Run run(store, clock, gateways, request);
  TRY(run.begin());
  if (request.dry_run) {
    const auto transaction = TRY(store.begin(ports::TransactionKind::kWrite));
    std::optional<domain::KeptMethodId> after;
    while (TRY(run.announce_page(*transaction, after, run.report()))) {
    }
    TRY(run.decide_all(*transaction));
    return std::move(run.report());
  }
  TRY(run.announce_all());
  TRY(run.charge_all());
  const ChargeReport& report = run.report();
  if (report.announced + report.settled + report.failed > 0) {
    observe::log(observe::Level::kInfo, "methods_charged",
                 {{"day", report.day.to_string()},
                  {"announced", report.announced},
                  {"settled", report.settled},
                  {"waiting", report.waiting},
                  {"failed", report.failed}});
  }
  return std::move(run.report());
}

}  // namespace flows
