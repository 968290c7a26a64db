#include "flows/plans/keep_method.h"

#include "flows/care/time_zone.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "flows/plans/notices.h"
#include "ports/plans.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;
using domain::KeptMethod;
using domain::KeptMethodState;

domain::KeptMethodId id_of(domain::IntentId intent) {
  return derived_id<domain::KeptMethodId>({"kept_method", intent.to_string()});
}

// Others who change the account's methods wait.
Result<> lock_methods(ports::Transaction& transaction, domain::AccountId account) {
  return transaction.work().lock("kept_methods/" + account.to_string());
}

Result<base::Date> today_of(ports::Transaction& transaction, base::Instant now) {
  const auto seller = TRY(load_seller(transaction));
  return local_date(seller.time_zone, now);
}

base::Json state_data(const KeptMethod& method) {
  base::Json data;
  data.set("method", method.id.to_string())
      .set("state", domain::to_text(method.state))
      .set("reason", method.reason)
      .set("for_bills", method.for_bills);
  return data;
}

Result<> keep_state(ports::Transaction& transaction, const KeptMethod& method,
                    std::string_view actor, base::Date day, base::Instant now, bool tell) {
  return keep_note(transaction, {.account = method.account,
                                 .kind = "method_changed",
                                 .data = state_data(method),
                                 .actor = std::string(actor),
                                 .day = day,
                                 .recorded = now,
                                 .tell = tell});
}

// Only one method of an account is charged for bills, and the same one is not kept twice.
Result<> step_aside(ports::Transaction& transaction, const KeptMethod& chosen, base::Date day,
                    base::Instant now) {
  for (KeptMethod& other : TRY(transaction.plans().of_account(chosen.account))) {
    if (other.id == chosen.id || other.state != KeptMethodState::kKept) continue;
    const bool is_same = other.gateway == chosen.gateway && other.token == chosen.token;
    if (!is_same && !(chosen.for_bills && other.for_bills)) continue;
    other.for_bills = false;
    if (is_same) {
      other.state = KeptMethodState::kEnded;
      other.reason = "replaced";
      other.token.clear();
    }
    ++other.version;
    TRY(transaction.plans().update_method(other));
    TRY(keep_state(transaction, other, "system", day, now, false));
  }
  return {};
}

Result<KeptMethod> find(ports::Transaction& transaction, const ChangeMethod& request) {
  auto method = TRY(transaction.plans().find_method(request.account, request.method));
  if (!method) {
    return base::fail("method_not_found", "there is no such kept method",
                      request.method.to_string());
  }
  return *std::move(method);
}

}  // namespace

Result<> note_consent(ports::Store& store, const base::Clock& clock, const MethodConsent& consent) {
  return ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(lock_methods(transaction, consent.account));
    const domain::KeptMethodId id = id_of(consent.intent);
    if (TRY(transaction.plans().find_method(consent.account, id))) return {};
    KeptMethod method;
    method.id = id;
    method.account = consent.account;
    method.intent = consent.intent;
    method.gateway = consent.gateway;
    method.method = consent.method;
    method.for_bills = consent.for_bills;
    method.consent_text = consent.text;
    method.consent_ip = consent.ip;
    method.consent_at = method.recorded = clock.now();
    return transaction.plans().keep(method);
  });
}

Result<> keep_method(ports::Transaction& transaction, const ports::StoredIntent& stored,
                     base::Instant now) {
  const domain::PaymentIntent& intent = stored.intent;
  const bool is_good = intent.state == domain::IntentState::kAuthorised ||
                       intent.state == domain::IntentState::kSettled;
  if (!stored.order.keep_method || intent.stored_method.empty() || !is_good) return {};
  TRY(lock_methods(transaction, intent.account));
  auto found = TRY(transaction.plans().find_method(intent.account, id_of(intent.id)));
  if (!found || found->state != KeptMethodState::kAsked) return {};
  KeptMethod method = *std::move(found);
  method.state = KeptMethodState::kKept;
  method.token = intent.stored_method;
  method.title = intent.stored_title;
  if (const auto until = base::Month::parse(intent.stored_until)) method.until = *until;
  ++method.version;
  const base::Date day = TRY(today_of(transaction, now));
  TRY(step_aside(transaction, method, day, now));
  TRY(transaction.plans().update_method(method));
  base::Json data;
  data.set("method", method.id.to_string())
      .set("gateway", method.gateway)
      .set("kind", method.method)
      .set("title", method.title)
      .set("for_bills", method.for_bills);
  return keep_note(transaction, {.account = method.account,
                                 .kind = "method_kept",
                                 .data = std::move(data),
                                 .actor = "customer",
                                 .day = day,
                                 .recorded = now,
                                 .tell = true});
}

Result<KeptMethod> forget_method(ports::Transaction& transaction, const base::Clock& clock,
                                 const ChangeMethod& request) {
  TRY(lock_methods(transaction, request.account));
  TRY(find(transaction, request));
  const bool forgotten = TRY(transaction.plans().forget(request.account, request.method));
  KeptMethod method = TRY(find(transaction, request));
  if (!forgotten) return method;
  const base::Instant now = clock.now();
  const base::Date day = TRY(today_of(transaction, now));
  TRY(keep_state(transaction, method, request.actor, day, now, true));
  return method;
}

Result<KeptMethod> forget_method(ports::Store& store, const base::Clock& clock,
                                 const ChangeMethod& request) {
  KeptMethod method;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    method = TRY(forget_method(transaction, clock, request));
    return {};
  }));
  return method;
}

Result<KeptMethod> use_for_bills(ports::Store& store, const base::Clock& clock,
                                 const ChangeMethod& request, bool for_bills) {
  KeptMethod method;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(lock_methods(transaction, request.account));
    method = TRY(find(transaction, request));
    if (method.state != KeptMethodState::kKept) {
      return base::fail("method_not_kept",
                        "the method is " + std::string(domain::to_text(method.state)),
                        request.method.to_string());
    }
    if (method.for_bills == for_bills) return {};
    const base::Instant now = clock.now();
    const base::Date day = TRY(today_of(transaction, now));
    method.for_bills = for_bills;
    ++method.version;
    TRY(step_aside(transaction, method, day, now));
    TRY(transaction.plans().update_method(method));
    return keep_state(transaction, method, request.actor, day, now, true);
  }));
  return method;
}

Result<> end_method(ports::Transaction& transaction, KeptMethod method, std::string_view reason,
                    base::Date day, base::Instant now) {
  if (method.state != KeptMethodState::kKept) return {};
  method.state = KeptMethodState::kEnded;
  method.reason = reason;
  method.for_bills = false;
  method.token.clear();
  ++method.version;
  TRY(transaction.plans().update_method(method));
  return keep_state(transaction, method, "system", day, now, true);
}

}  // namespace flows
