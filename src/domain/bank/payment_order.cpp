#include "domain/bank/payment_order.h"

#include <algorithm>

namespace domain {
namespace {

using base::Result;

constexpr std::size_t kPayerDigitsMax = 16;
constexpr std::size_t kIdentityDigitsMax = 12;
constexpr int kTimesMax = 999;
constexpr std::size_t kKidMax = 25;
constexpr std::size_t kReasonLetters = 4;

bool are_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}

Result<> require_positive(base::Money amount) {
  if (amount.minor() > 0) return {};
  return base::fail("amount_not_positive", "an amount to debit or to pay is above zero", "amount");
}

Result<> one_kind_of_words(std::string_view reference, std::string_view remittance) {
  if (reference.empty() || remittance.empty()) return {};
  return base::fail("reference_and_remittance",
                    "give a structured reference or words, not both: a bank carries one of them",
                    "remittance");
}

Result<> require_payer_number(const BankId& number, std::string_view place) {
  if (!are_digits(number.text())) {
    return base::fail("not_digits", "a payer number has digits only", std::string(place));
  }
  if (number.text().size() > kPayerDigitsMax) {
    return base::fail("too_long", "a payer number has at most 16 digits", std::string(place));
  }
  return {};
}

Result<> missing(std::string_view field) {
  return base::fail("change_lacks_value", "this kind of change needs " + std::string(field),
                    std::string(field));
}

struct Needs {
  bool payer, day, amount, new_day;
};

Needs needs_of(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kCancelPayer: return {true, false, false, false};
    case ChangeKind::kCancelDay: return {false, true, false, false};
    case ChangeKind::kCancelOne: return {true, true, true, false};
    case ChangeKind::kMoveAll: return {false, false, false, true};
    case ChangeKind::kMoveDay: return {false, true, false, true};
    case ChangeKind::kMovePayerDay: return {true, true, false, true};
    case ChangeKind::kMoveOne: return {true, true, true, true};
  }
  return {};
}

}  // namespace

Result<Debit> Debit::make(Parts parts) {
  TRY(require_positive(parts.amount));
  TRY(one_kind_of_words(parts.reference, parts.remittance));
  if (parts.amendment.other_bank && parts.amendment.original_account) {
    return base::fail("amendment_contradicts_itself",
                      "either the account changed within the bank, or the bank changed",
                      "amendment");
  }
  const bool times_wrong = parts.times && (*parts.times < 1 || *parts.times > kTimesMax);
  if (times_wrong || (parts.times && parts.repeat == Repeat::kOnce)) {
    return base::fail("repeat_contradicts_itself",
                      "a debit that is repeated is so 1 to 999 times, or until further notice",
                      "times");
  }
  return Debit(std::move(parts));
}

Result<CreditTransfer> CreditTransfer::make(Parts parts) {
  TRY(require_positive(parts.amount));
  TRY(one_kind_of_words(parts.reference, parts.remittance));
  if (!parts.payee.account && parts.payee.name.empty()) {
    return base::fail("payee_missing", "say whom to pay: an account, or a name and address",
                      "payee");
  }
  return CreditTransfer(std::move(parts));
}

Result<Reversal> Reversal::make(Parts parts) {
  TRY(require_positive(parts.amount));
  const base::Money original = parts.original->amount;
  if (parts.amount.currency() != original.currency() ||
      parts.amount.minor() > original.minor()) {
    return base::fail("reversal_above_original",
                      "a debit of " + original.to_decimal_string() +
                          " is given back up to its amount and in its currency",
                      "amount");
  }
  const auto is_code = [](char c) { return ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9'); };
  if (parts.reason.size() != kReasonLetters || !std::ranges::all_of(parts.reason, is_code)) {
    return base::fail("wrong_characters", "a reason is a code of four letters: MS02", "reason");
  }
  return Reversal(std::move(parts));
}

Result<MandateOrder> MandateOrder::make(Parts parts) {
  TRY(require_payer_number(parts.payer_number, "payer_number"));
  if (parts.new_payer_number) {
    TRY(require_payer_number(*parts.new_payer_number, "new_payer_number"));
  }
  if (!are_digits(parts.identity)) {
    return base::fail("not_digits", "an identity number has digits only", "identity");
  }
  if (parts.identity.size() > kIdentityDigitsMax) {
    return base::fail("too_long", "an identity number has at most 12 digits", "identity");
  }
  const bool half = parts.account.has_value() == parts.identity.empty();
  const bool renumber = parts.action == MandateAction::kRenumber;
  const bool plain = renumber || parts.action == MandateAction::kCancel ||
                     parts.action == MandateAction::kAccept;
  if (half || renumber != parts.new_payer_number.has_value() || (plain && parts.account)) {
    return base::fail("mandate_contradicts_itself",
                      "account and identity stand together, and in new or rejected mandates only; "
                      "a renumbering needs a new number, and nothing else has one",
                      "action");
  }
  return MandateOrder(std::move(parts));
}

Result<DebitChange> DebitChange::make(Parts parts) {
  const Needs needs = needs_of(parts.kind);
  if (needs.payer && !parts.payer_number) TRY(missing("payer_number"));
  if (needs.day && !parts.day) TRY(missing("day"));
  if (needs.amount && !parts.amount) TRY(missing("amount"));
  if (needs.new_day && !parts.new_day) TRY(missing("new_day"));
  if (parts.payer_number) TRY(require_payer_number(*parts.payer_number, "payer_number"));
  if (parts.amount) TRY(require_positive(*parts.amount));
  return DebitChange(std::move(parts));
}

Result<Claim> Claim::make(Parts parts) {
  TRY(require_positive(parts.amount));
  if (parts.kid.size() < 2) return base::fail("too_short", "a KID has at least 2 digits", "kid");
  if (parts.kid.size() > kKidMax) {
    return base::fail("too_long", "a KID has at most 25 digits", "kid");
  }
  const std::string_view head = std::string_view(parts.kid).substr(0, parts.kid.size() - 1);
  const std::string_view last = std::string_view(parts.kid).substr(head.size());
  if (!are_digits(head) || (last != "-" && !are_digits(last))) {
    return base::fail("wrong_characters", "a KID has digits; its last may be a hyphen", "kid");
  }
  if (!parts.specification.empty() && parts.notice != ClaimNotice::kByBank) {
    return base::fail("specification_without_notice",
                      "lines of specification are for the bank's notice, which this claim does "
                      "not ask for",
                      "specification");
  }
  return Claim(std::move(parts));
}

}  // namespace domain
