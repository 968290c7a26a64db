// Why a debit failed, and the one right thing to do about it.
//
// SEPA's codes stand in countries/eu/rules.csv (sepa/reason_...), with their sources; those of
// Autogiro in the table of reasons.cpp. A code that neither knows is for a person: nothing is
// debited again on a guess. Only want of money is worth another try (facts of field practice).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/time/date.h"
#include "domain/law/rule_book.h"
#include "domain/mandate/mandate.h"

namespace domain {

// new_mandate: the account cannot be debited any more; ask for another. stop: the payer's right,
// dispute or death; no debit under this mandate again. our_fault: the order was wrong; the payer
// is not told and the mandate stays.
enum class FailureAction { kRetry, kNewMandate, kContact, kStop, kOurFault };

struct FailureReason {
  std::string code;
  FailureAction action = FailureAction::kContact;
  std::string source = {};  // Where it was read; empty: the code is not known.
};

// Autogiro: which kind of record said the code, since the same digits mean different things.
enum class AutogiroRecord { kPayment, kRefusal, kRefund };
struct AutogiroReason {
  AutogiroRecord record;
  std::string_view code;
  FailureAction action;
  std::string_view source;
};
[[nodiscard]] std::span<const AutogiroReason> autogiro_reasons();

struct FailureAsk {
  MandateScheme scheme = MandateScheme::kSepaCore;
  std::string code;
  bool after_payment = false;  // It went back; else it never came.
  std::string payer_country;   // Of the account, ISO 3166; empty where it is not known.
  base::Date day;
};
[[nodiscard]] FailureReason classify(const RuleBook& book, const FailureAsk& ask);

[[nodiscard]] std::string_view to_text(FailureAction action);  // new_mandate
[[nodiscard]] base::Result<FailureAction> parse_failure_action(std::string_view text);

}  // namespace domain
