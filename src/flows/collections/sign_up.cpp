#include "flows/collections/sign_up.h"

#include <algorithm>

#include "domain/collection/plan.h"
#include "flows/collections/register_mandate.h"
#include "ports/mandates.h"

namespace flows {
namespace {

using base::Result;
using domain::Mandate;
using domain::MandateScheme;
using domain::MandateState;

constexpr std::size_t kDebitsLookedAt = 500;

struct SchemeCurrency {
  MandateScheme scheme;
  std::string_view currency;
};
constexpr SchemeCurrency kConsumerSchemes[] = {{MandateScheme::kAutogiro, "SEK"},
                                               {MandateScheme::kAvtalegiro, "NOK"},
                                               {MandateScheme::kSepaCore, "EUR"}};

bool stands(const Mandate& mandate) {
  switch (mandate.state) {
    case MandateState::kDraft:
    case MandateState::kPending:
    case MandateState::kActive:
    case MandateState::kSuspended: return true;
    case MandateState::kDormant:
    case MandateState::kCancelled:
    case MandateState::kRejected: return false;
  }
  return false;
}

Result<std::optional<Mandate>> mandate_of(ports::Transaction& transaction,
                                          domain::AccountId account) {
  std::optional<Mandate> best;
  for (Mandate& mandate : TRY(transaction.mandates().list({.account = account}))) {
    if (!stands(mandate)) continue;
    if (!best || std::pair(mandate.signed_on, mandate.id) > std::pair(best->signed_on, best->id)) {
      best = std::move(mandate);
    }
  }
  return best;
}

std::string creditor_of(const domain::Operator& seller, MandateScheme scheme) {
  const auto agreement = std::ranges::find(
      seller.debit_agreements, domain::to_text(scheme),
      [](const domain::DebitAgreement& each) -> std::string_view { return each.scheme; });
  return agreement->creditor;
}

// What is under way, else what the next run would plan of this bill.
Result<std::optional<NextDebit>> next_debit(ports::Transaction& transaction, DebitTerms& terms,
                                            const Mandate& mandate, const domain::Bill* bill) {
  std::optional<NextDebit> next;
  for (const domain::Collection& each : TRY(transaction.mandates().list_collections(
           {.account = mandate.account, .limit = kDebitsLookedAt}))) {
    if (!each.is_under_way() || (next && next->day <= each.day)) continue;
    next = NextDebit{each.amount, each.day, true, each.is_pending()};
  }
  if (next || bill == nullptr || mandate.state != MandateState::kActive) return next;
  const SchemeTerms& scheme = *TRY(terms.of(mandate.scheme));
  const base::Money nothing(0, bill->total.currency());
  const auto plan = domain::plan_debit({.bill = *bill,
                                        .mandate = mandate,
                                        .terms = scheme.terms,
                                        .calendar = scheme.calendar,
                                        .today = terms.day(),
                                        .disputed = nothing,
                                        .pending = nothing});
  // What cannot be debited is a person's to see; it is not promised here.
  if (plan && *plan) next = NextDebit{(*plan)->amount, (*plan)->day};
  return next;
}

Result<DebitView> view(ports::Transaction& transaction, const domain::RuleBook& rules,
                       const base::Clock& clock, domain::AccountId account, base::Currency currency,
                       const domain::Bill* bill) {
  const DebitContext now = TRY(debit_context(transaction, clock, ""));
  DebitTerms terms = TRY(DebitTerms::load(transaction, rules, now.day));
  DebitView shown;
  shown.seller = terms.seller();
  shown.mandate = TRY(mandate_of(transaction, account));
  if (const auto scheme = debit_scheme_for(shown.seller, currency)) {
    // Without the law's rows nothing is offered (D16).
    if (const auto known = terms.of(*scheme)) {
      shown.offer = DebitOffer{*scheme, creditor_of(shown.seller, *scheme), (*known)->terms};
    }
  }
  if (shown.mandate) shown.next = TRY(next_debit(transaction, terms, *shown.mandate, bill));
  return shown;
}

}  // namespace

std::optional<MandateScheme> debit_scheme_for(const domain::Operator& seller,
                                              base::Currency currency) {
  for (const SchemeCurrency& row : kConsumerSchemes) {
    if (row.currency != currency.code()) continue;
    const bool agreed =
        std::ranges::any_of(seller.debit_agreements, [&](const domain::DebitAgreement& each) {
          return each.scheme == domain::to_text(row.scheme);
        });
    if (agreed) return row.scheme;
  }
  return std::nullopt;
}

Result<DebitView> view_debits(ports::Transaction& transaction, const domain::RuleBook& rules,
                              const base::Clock& clock, const domain::Bill& bill) {
  return view(transaction, rules, clock, bill.account, bill.total.currency(), &bill);
}

Result<DebitView> view_debits(ports::Transaction& transaction, const domain::RuleBook& rules,
                              const base::Clock& clock, const domain::Account& account) {
  return view(transaction, rules, clock, account.id, account.currency, nullptr);
}

Result<Mandate> sign_up(ports::Store& store, const domain::RuleBook& rules,
                        const base::Clock& clock, const SignUp& request) {
  Mandate signed_up;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    const DebitContext now = TRY(debit_context(transaction, clock, request.actor));
    DebitTerms terms = TRY(DebitTerms::load(transaction, rules, now.day));
    NewMandate ask;
    ask.mandate.account = request.account;
    ask.mandate.scheme = request.scheme;
    ask.mandate.creditor = request.creditor;
    ask.mandate.payer_name = request.payer_name;
    ask.mandate.payer_account = request.payer_account;
    ask.mandate.payer_identity = request.payer_identity;
    ask.mandate.signed_on = now.day;
    ask.mandate.consent = request.consent;
    ask.mandate.consent.at = now.recorded;
    auto standing = TRY(mandate_of(transaction, request.account));
    if (standing && standing->scheme == request.scheme) {
      signed_up = *std::move(standing);
      return {};
    }
    signed_up = TRY(register_mandate(transaction, terms, std::move(ask), now));
    return {};
  }));
  return signed_up;
}

}  // namespace flows
