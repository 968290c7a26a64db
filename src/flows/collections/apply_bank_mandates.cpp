#include "flows/collections/apply_bank_mandates.h"

#include <algorithm>
#include <charconv>

#include "domain/mandate/mandate_changes.h"
#include "domain/mandate/mandate_states.h"
#include "flows/operations/derived_ids.h"
#include "ports/parties.h"

namespace flows {
namespace {

using base::Result;
using domain::BankMandate;
using domain::Mandate;
using domain::MandateState;
using domain::MandateStep;

class Applying {
 public:
  Applying(ports::Transaction& transaction, DebitTerms& terms, const DebitContext& context,
           domain::MandateScheme scheme)
      : transaction_(transaction),
        terms_(terms),
        context_(context),
        scheme_(scheme),
        rows_(context) {}

  Result<BankMandatesOutcome> run(std::span<const BankMandate> told);

 private:
  Result<> load(std::span<const BankMandate> told);
  Result<> apply(const BankMandate& told);
  Result<> take_new(const BankMandate& told);
  Result<> confirm(const BankMandate& told, Mandate& mandate);
  bool answers_our_end(const BankMandate& told);
  Result<std::optional<domain::Account>> account_of(const BankMandate& told);
  void step(const BankMandate& told, Mandate& mandate, MandateStep step);
  void problem(const BankMandate& told, const base::Error& error) {
    outcome_.problems.push_back({told.line, "mandate", error.code, error.text});
  }

  ports::Transaction& transaction_;
  DebitTerms& terms_;
  const DebitContext& context_;
  domain::MandateScheme scheme_;
  DebitRows rows_;
  std::string creditor_;
  struct Known {
    Mandate mandate;
    bool is_new = false, has_changed = false;
  };
  std::map<std::string, Known> known_;  // By reference: those that are not over, else the last.
  // Cancelled here: the bank's word is the answer to that. By reference.
  std::map<std::string, Known> ended_;
  BankMandatesOutcome outcome_;
};

bool is_over(const Mandate& mandate) {
  return mandate.state == MandateState::kCancelled || mandate.state == MandateState::kRejected;
}

Result<> Applying::load(std::span<const BankMandate> told) {
  creditor_ = TRY(terms_.only_creditor(scheme_));
  std::vector<std::string> references;
  for (const BankMandate& each : told) {
    if (!each.id.empty()) references.push_back(each.id);
  }
  std::ranges::sort(references);
  const auto repeated = std::ranges::unique(references);
  references.erase(repeated.begin(), repeated.end());
  for (Mandate& mandate : TRY(transaction_.mandates().find_references(creditor_, references))) {
    const std::string reference = mandate.reference;
    if (mandate.ending == domain::MandateEnding::kSent ||
        mandate.ending == domain::MandateEnding::kToSend) {
      ended_.emplace(reference, Known{mandate});
    }
    const auto found = known_.find(reference);
    if (found == known_.end()) {
      known_.emplace(reference, Known{std::move(mandate)});
    } else if (is_over(found->second.mandate)) {
      found->second.mandate = std::move(mandate);
    }
  }
  return {};
}

// By the customer's number: the whole of it, or the beginning of a longer KID.
Result<std::optional<domain::Account>> Applying::account_of(const BankMandate& told) {
  std::int64_t number = 0;
  const char* const end = told.id.data() + told.id.size();
  const auto read = std::from_chars(told.id.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  const auto customer = TRY(transaction_.parties().find_customer_number(number));
  if (!customer) return std::nullopt;
  const auto accounts = TRY(transaction_.parties().accounts_of(*customer));
  if (accounts.empty()) return std::nullopt;
  return accounts.front();
}

Result<> Applying::take_new(const BankMandate& told) {
  const auto account = TRY(account_of(told));
  if (!account) {
    const Result<> unknown = base::fail(
        "unknown_payer", "no customer has the number " + told.id + ": register the mandate");
    problem(told, unknown.error());
    return {};
  }
  Mandate mandate;
  mandate.account = account->id;
  mandate.customer = account->customer;
  mandate.scheme = scheme_;
  mandate.reference = told.id;
  mandate.creditor = creditor_;
  mandate.payer_name = told.payer.name;
  mandate.payer_account = scheme_ == domain::MandateScheme::kAutogiro ? "" : told.payer.account;
  mandate.payer_identity = told.identity;
  mandate.signed_on = std::min(told.day.value_or(context_.day), context_.day);
  mandate.consent = {.given_by = told.payer.name.empty() ? told.id : told.payer.name,
                     .channel = "bank",
                     .at = context_.recorded,
                     .text_version = ""};
  mandate.id = derived_id<domain::MandateId>(
      {"mandate", "bank", creditor_, told.id, std::to_string(context_.recorded.micros)});
  mandate.recorded = context_.recorded;
  auto checked = domain::checked(std::move(mandate), context_.day);
  if (!checked) {
    problem(told, checked.error());
    return {};
  }
  // What the payer asked for at the bank goes back as our consent in the next order.
  if (told.state != "announced" || scheme_ == domain::MandateScheme::kAvtalegiro) {
    TRY(domain::take(*checked, MandateStep::kConfirm, ""));
  }
  ++outcome_.states[std::string(domain::to_text(checked->state))];
  known_[told.id] = Known{*std::move(checked), true, false};
  return {};
}

void Applying::step(const BankMandate& told, Mandate& mandate, MandateStep step) {
  const bool ends = step == MandateStep::kCancel || step == MandateStep::kReject;
  if (!domain::take(mandate, step, ends ? told.code : "")) {
    ++outcome_.repeated;
    return;
  }
  known_[told.id].has_changed = true;
  ++outcome_.states[std::string(domain::to_text(mandate.state))];
}

Result<> Applying::confirm(const BankMandate& told, Mandate& mandate) {
  if (mandate.state == MandateState::kActive) {
    ++outcome_.repeated;
    return {};
  }
  step(told, mandate, MandateStep::kConfirm);
  return {};
}

// The bank has ended what we asked it to end, never had it, or says no. Of a new mandate with the
// same number only the last could be meant.
bool Applying::answers_our_end(const BankMandate& told) {
  constexpr std::string_view kThereIsNone = "04";
  const auto found = ended_.find(told.id);
  if (found == ended_.end() || found->second.has_changed) return false;
  const bool is_gone = told.state == "cancelled" || told.code.ends_with(kThereIsNone);
  if (!is_gone && (told.state != "rejected" || !is_over(known_.at(told.id).mandate))) return false;
  Known& ended = found->second;
  ended.has_changed = true;
  ended.mandate.ending =
      is_gone ? domain::MandateEnding::kConfirmed : domain::MandateEnding::kRefused;
  ++outcome_.states[is_gone ? "ended" : "end_refused"];
  if (is_gone) return true;
  const Result<> refused = base::fail(
      "mandate_end_refused", "the bank does not end the mandate " + told.id + ": " + told.text);
  problem(told, refused.error());
  return true;
}

Result<> Applying::apply(const BankMandate& told) {
  // What we sent ourselves comes back when our own file is read.
  if (told.id.empty() || (told.state == "announced" && told.code == "04")) return {};
  if (answers_our_end(told)) return {};
  const auto found = known_.find(told.id);
  const bool begins =
      told.state == "created" || told.state == "changed" || told.state == "announced";
  const bool is_there = found != known_.end() && !(begins && is_over(found->second.mandate));
  if (!is_there) {
    if (begins) return take_new(told);
    const Result<> unknown =
        base::fail("unknown_mandate", "the bank ends a mandate that we do not have: " + told.id);
    problem(told, unknown.error());
    return {};
  }
  Mandate& mandate = found->second.mandate;
  if (told.state == "announced" && scheme_ == domain::MandateScheme::kAutogiro) {
    ++outcome_.repeated;  // A reminder of what is in the next order.
    return {};
  }
  if (begins) return confirm(told, mandate);
  step(told, mandate, told.state == "cancelled" ? MandateStep::kCancel : MandateStep::kReject);
  return {};
}

Result<BankMandatesOutcome> Applying::run(std::span<const BankMandate> told) {
  TRY(load(told));
  for (const BankMandate& each : told) TRY(apply(each));
  for (auto& [reference, ended] : ended_) {
    if (ended.has_changed) rows_.change_state(std::move(ended.mandate));
  }
  for (auto& [reference, known] : known_) {
    if (known.is_new) {
      rows_.add(std::move(known.mandate));
    } else if (known.has_changed) {
      rows_.change_state(std::move(known.mandate));
    }
  }
  TRY(rows_.keep(transaction_));
  return std::move(outcome_);
}

}  // namespace

Result<BankMandatesOutcome> apply_bank_mandates(ports::Transaction& transaction, DebitTerms& terms,
                                                const DebitContext& context,
                                                domain::MandateScheme scheme,
                                                std::span<const BankMandate> mandates) {
  return Applying(transaction, terms, context, scheme).run(mandates);
}

}  // namespace flows
