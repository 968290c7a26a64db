#include "flows/collections/register_mandate.h"

#include "domain/bank/giro.h"
#include "flows/care/time_zone.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "ports/parties.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;
using domain::Mandate;
using domain::MandateScheme;

std::string without_prefix(const std::string& id) { return id.substr(id.find('_') + 1); }

Result<> fill_in(ports::Transaction& transaction, const DebitTerms& terms, Mandate& mandate) {
  const auto account = TRY(transaction.parties().find_account(mandate.account));
  if (!account) {
    return base::fail("unknown_account", "there is no such account", mandate.account.to_string());
  }
  mandate.customer = account->customer;
  if (mandate.creditor.empty()) mandate.creditor = TRY(terms.only_creditor(mandate.scheme));
  if (!mandate.reference.empty()) return {};
  if (domain::is_sepa(mandate.scheme)) {
    // Of the account, the creditor and the day: the same again is the same mandate.
    mandate.reference = without_prefix(
        derived_id<domain::MandateId>({"mandate_reference", mandate.account.to_string(),
                                       mandate.creditor, mandate.signed_on.to_string()})
            .to_string());
    return {};
  }
  const auto customers = TRY(transaction.parties().find_customers({&mandate.customer, 1}));
  // A payer who pays from a bankgiro number has it as the payer number.
  if (const auto giro = domain::Bankgiro::parse(mandate.payer_account);
      giro && mandate.scheme == MandateScheme::kAutogiro) {
    mandate.reference = giro->text();
    return {};
  }
  if (mandate.scheme == MandateScheme::kAutogiro && !customers.empty()) {
    mandate.reference = std::to_string(customers.front().number);
    return {};
  }
  return base::fail("missing_mandate_reference", "say by which reference the bank knows it");
}

// Answers how many there were with that reference, all of them over.
Result<std::size_t> check_new(ports::Transaction& transaction, const Mandate& mandate) {
  const auto others =
      TRY(transaction.mandates().find_references(mandate.creditor, {&mandate.reference, 1}));
  for (const Mandate& other : others) {
    const bool is_over = other.state == domain::MandateState::kCancelled ||
                         other.state == domain::MandateState::kRejected;
    if (is_over || other.id == mandate.id) continue;
    return base::fail("mandate_exists",
                      "this creditor has a mandate with that reference: cancel it first, or amend "
                      "it",
                      other.id.to_string());
  }
  return others.size();
}

std::string fields_of(const domain::MandateAmend& amend) {
  std::string fields;
  const auto add = [&](bool is_there, std::string_view name) {
    if (is_there) fields += (fields.empty() ? "" : ", ") + std::string(name);
  };
  add(amend.reference.has_value(), "reference");
  add(amend.creditor.has_value(), "creditor");
  add(amend.payer_account.has_value(), "account");
  add(amend.limit.has_value(), "limit");
  return fields;
}

}  // namespace

Result<DebitContext> debit_context(ports::Transaction& transaction, const base::Clock& clock,
                                   const std::string& actor) {
  const domain::Operator seller = TRY(load_seller(transaction));
  const base::Instant now = clock.now();
  const base::Date today = TRY(local_date(seller.time_zone, now));
  return DebitContext{today, now, actor};
}

Result<Mandate> register_mandate(ports::Transaction& transaction, DebitTerms& terms, NewMandate ask,
                                 const DebitContext& context) {
  TRY(transaction.work().lock(kMandateLock));
  Mandate mandate = std::move(ask.mandate);
  TRY(fill_in(transaction, terms, mandate));
  mandate = TRY(domain::checked(std::move(mandate), context.day));
  if (!ask.is_confirmed) TRY(domain::check_for_bank(mandate));
  const auto* agreement = TRY(terms.agreement(mandate.scheme, mandate.creditor));
  if (!mandate.payer_account.empty() && mandate.payer_account == agreement->iban) {
    return base::fail("payer_account_is_ours", "that account is the creditor's own: ask the payer",
                      mandate.payer_account);
  }
  const SchemeTerms& scheme = *TRY(terms.of(mandate.scheme));
  if (mandate.limit && mandate.limit->currency() != scheme.terms.currency) {
    return base::fail("other_currency", "the scheme debits another currency than the limit's");
  }
  const std::size_t before = TRY(check_new(transaction, mandate));
  mandate.id = derived_id<domain::MandateId>(
      {"mandate", mandate.account.to_string(), domain::to_text(mandate.scheme), mandate.creditor,
       mandate.reference, std::to_string(context.recorded.micros), std::to_string(before)});
  mandate.recorded = context.recorded;
  mandate.version = 1;
  mandate.state = domain::MandateState::kDraft;
  if (mandate.scheme == MandateScheme::kAvtalegiro && !ask.is_confirmed) {
    return base::fail("mandate_made_at_bank",
                      "a payer agrees to AvtaleGiro at the bank, whose file brings the mandate");
  }
  // Of SEPA the signature is enough; Bankgirot confirms what it was sent.
  if (ask.is_confirmed || domain::is_sepa(mandate.scheme)) {
    TRY(domain::take(mandate, domain::MandateStep::kConfirm, ""));
  }
  DebitRows rows(context);
  rows.add(mandate);
  TRY(rows.keep(transaction));
  return mandate;
}

Result<Mandate> find_mandate(ports::Transaction& transaction, const std::string& text) {
  ports::MandateFilter filter;
  if (const auto id = domain::MandateId::parse(text)) {
    filter.mandate = *id;
  } else {
    filter.reference = text;
  }
  filter.limit = 2;
  auto found = TRY(transaction.mandates().list(filter));
  if (found.empty()) return base::fail("mandate_not_found", "there is no such mandate", text);
  if (found.size() > 1) {
    return base::fail("several_mandates", "several mandates have this reference: say the id", text);
  }
  return std::move(found.front());
}

Result<Mandate> step_mandate(ports::Store& store, const base::Clock& clock, const MandateWork& work,
                             domain::MandateStep step) {
  Mandate mandate;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    const DebitContext context = TRY(debit_context(transaction, clock, work.actor));
    mandate = TRY(find_mandate(transaction, work.mandate));
    TRY(step == domain::MandateStep::kCancel ? domain::cancel_here(mandate, work.reason)
                                             : domain::take(mandate, step, work.reason));
    DebitRows rows(context);
    rows.change_state(mandate);
    return rows.keep(transaction);
  }));
  return mandate;
}

Result<Mandate> amend_mandate(ports::Store& store, const base::Clock& clock,
                              const MandateWork& work, const domain::MandateAmend& amend) {
  Mandate mandate;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock(kMandateLock));
    const DebitContext context = TRY(debit_context(transaction, clock, work.actor));
    mandate = TRY(find_mandate(transaction, work.mandate));
    mandate = TRY(domain::amended(std::move(mandate), amend, context.day));
    if (mandate.state == domain::MandateState::kDraft) TRY(domain::check_for_bank(mandate));
    TRY(check_new(transaction, mandate));
    // What it was suspended for was the account.
    if (amend.payer_account && mandate.state == domain::MandateState::kSuspended) {
      TRY(domain::take(mandate, domain::MandateStep::kResume, ""));
    }
    DebitRows rows(context);
    rows.amend(mandate, fields_of(amend), amend.migration, work.reason);
    return rows.keep(transaction);
  }));
  return mandate;
}

}  // namespace flows
