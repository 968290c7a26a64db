#include "domain/collection/reasons.h"

#include <algorithm>

namespace domain {
namespace {

using Action = FailureAction;
using Record = AutogiroRecord;

constexpr std::string_view kManual = "Bankgirot, Autogiro technical manual";
constexpr std::string_view kRetries = "GoCardless Success+, codes that are tried again (TK82-1)";

constexpr AutogiroReason kAutogiro[] = {
    {Record::kPayment, "1", Action::kRetry, kRetries},       // Insufficient funds.
    {Record::kPayment, "2", Action::kNewMandate, kManual},   // Account closed.
    {Record::kRefusal, "01", Action::kNewMandate, kManual},  // There is no mandate.
    {Record::kRefusal, "02", Action::kNewMandate, kManual},  // Account not approved or closed.
    {Record::kRefusal, "03", Action::kStop, kManual},        // The payer stopped it.
    {Record::kRefusal, "04", Action::kOurFault, kManual},    // Wrong bankgiro number.
    {Record::kRefusal, "05", Action::kOurFault, kManual},
    {Record::kRefusal, "06", Action::kOurFault, kManual},  // Wrong interval.
    {Record::kRefusal, "07", Action::kOurFault, kManual},  // Wrong number of repetitions.
    {Record::kRefusal, "08", Action::kOurFault, kManual},  // The amount is no number.
    {Record::kRefusal, "09", Action::kOurFault, kManual},  // Credits are not allowed.
    {Record::kRefusal, "10", Action::kOurFault, kManual},
    {Record::kRefusal, "12", Action::kOurFault, kManual},  // Wrong date.
    {Record::kRefusal, "13", Action::kOurFault, kManual},  // The date has passed.
    {Record::kRefusal, "15", Action::kOurFault, kManual},
    {Record::kRefusal, "24", Action::kContact, kManual},  // Above the highest allowed.
    {Record::kRefund, "01", Action::kStop, kManual},      // No mandate.
    {Record::kRefund, "02", Action::kStop, kManual},      // The mandate was revoked.
    {Record::kRefund, "03", Action::kContact, kManual},   // The amount is unreasonable.
};

// The words of the rows.
struct Word {
  std::string_view word;
  Action action;
};
constexpr Word kWords[] = {
    {"retry", Action::kRetry},
    {"new_account_details", Action::kNewMandate},
    {"new_mandate", Action::kNewMandate},
    {"other_payment_method", Action::kNewMandate},
    {"contact", Action::kContact},
    {"reopen_and_contact", Action::kContact},
    {"stop_and_dispute", Action::kStop},
    {"stop_estate_flow", Action::kStop},
    {"fix_file_operator_fault", Action::kOurFault},
    {"reverse", Action::kOurFault},
    {"reverse_or_ignore", Action::kOurFault},
};
// MS03 gives no reason; only banks of these countries mean by it that money was wanting.
constexpr std::string_view kRetryInSome = "retry_only_AT_BE_DE_LU_SK_else_contact";
constexpr std::string_view kWhereUnspecifiedIsFunds[] = {"AT", "BE", "DE", "LU", "SK"};

constexpr Action kActions[] = {Action::kRetry, Action::kNewMandate, Action::kContact, Action::kStop,
                               Action::kOurFault};

FailureReason sepa_reason(const RuleBook& book, const FailureAsk& ask) {
  FailureReason reason{.code = ask.code};
  const auto rule =
      book.find(kEuropeanUnion, RuleSegment::kAll, "sepa", "reason_" + ask.code, ask.day);
  if (!rule) return reason;
  reason.source = (*rule)->source_title;
  if ((*rule)->value == kRetryInSome) {
    const bool is_funds = std::ranges::find(kWhereUnspecifiedIsFunds, ask.payer_country) !=
                          std::end(kWhereUnspecifiedIsFunds);
    reason.action = is_funds ? Action::kRetry : Action::kContact;
    return reason;
  }
  const auto word = std::ranges::find(kWords, (*rule)->value, &Word::word);
  if (word != std::end(kWords)) reason.action = word->action;
  return reason;
}

FailureReason autogiro_reason(const FailureAsk& ask) {
  FailureReason reason{.code = ask.code};
  const Record record = ask.after_payment      ? Record::kRefund
                        : ask.code.size() == 1 ? Record::kPayment
                                               : Record::kRefusal;
  for (const AutogiroReason& row : kAutogiro) {
    if (row.record != record || row.code != ask.code) continue;
    reason.action = row.action;
    reason.source = row.source;
  }
  return reason;
}

}  // namespace

std::span<const AutogiroReason> autogiro_reasons() { return kAutogiro; }

FailureReason classify(const RuleBook& book, const FailureAsk& ask) {
  switch (ask.scheme) {
    case MandateScheme::kSepaCore:
    case MandateScheme::kSepaB2b: return sepa_reason(book, ask);
    case MandateScheme::kAutogiro: return autogiro_reason(ask);
    // Its banks try for days by themselves and say nothing of why.
    case MandateScheme::kAvtalegiro: return {.code = ask.code};
  }
  return {};
}

std::string_view to_text(FailureAction action) {
  switch (action) {
    case Action::kRetry: return "retry";
    case Action::kNewMandate: return "new_mandate";
    case Action::kContact: return "contact";
    case Action::kStop: return "stop";
    case Action::kOurFault: return "our_fault";
  }
  return {};
}

base::Result<FailureAction> parse_failure_action(std::string_view text) {
  for (const Action action : kActions) {
    if (to_text(action) == text) return action;
  }
  return base::fail("unknown_value",
                    "'" + std::string(text.substr(0, 40)) + "' is no action after a failed debit");
}

}  // namespace domain
