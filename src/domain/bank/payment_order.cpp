#include "domain/bank/payment_order.h"

#include <algorithm>

#include "domain/identity/sweden.h"
#include "domain/reference/norwegian_kid.h"

namespace domain {
namespace {

using base::Result;

constexpr std::size_t kPayerDigitsMax = 16;
constexpr std::size_t kIdentityDigitsMax = 12, kOrganisationDigits = 10;
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
  if (number.text().find_first_not_of('0') == std::string::npos) {
    return base::fail("payer_number_zero", "a payer number is above zero", std::string(place));
  }
  return {};
}

// YYYYMMDDNNNN of a person (a co-ordination number has 60 added to its day), NNNNNNNNNN of an
// organisation or that behind 00. Ten digits of a person do not say the century.
Result<> require_identity(const std::string& text) {
  if (!are_digits(text)) {
    return base::fail("not_digits", "an identity number has digits only", "identity");
  }
  if (text.size() > kIdentityDigitsMax) {
    return base::fail("too_long", "an identity number has at most 12 digits", "identity");
  }
  const bool person = text.size() == kIdentityDigitsMax && !text.starts_with("00");
  if (text.empty()) return {};
  if (text.size() != kOrganisationDigits && text.size() != kIdentityDigitsMax) {
    return base::fail("too_short", "write YYYYMMDDNNNN, or the ten digits of an organisation",
                      "identity");
  }
  // No day depends on today where the century is written.
  const std::string_view ten = std::string_view(text).substr(text.size() - kOrganisationDigits);
  const auto read = person ? sweden::parse_person(text, base::Date())
                           : sweden::parse_organisation(ten, base::Date());
  if (read) return {};
  base::Error error = read.error();
  error.place = "identity";
  return std::unexpected(std::move(error));
}

// A bankgiro number is the payer number of who pays from it.
bool pays_from_bankgiro(const MandateOrder::Parts& parts) {
  return Bankgiro::parse(parts.payer_number.text()).has_value();
}

Result<> surplus(std::string_view field) {
  return base::fail("change_contradicts_itself",
                    "this kind of change has no " + std::string(field) +
                        ": it would be left out, and more would be changed than is said",
                    std::string(field));
}

Result<> require(std::string_view field, bool needed, bool said) {
  if (needed == said) return {};
  if (!needed) return surplus(field);
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
  if (parts.amount.currency() != original.currency() || parts.amount.minor() > original.minor()) {
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
  TRY(require_identity(parts.identity));
  const bool half = parts.account.has_value() == parts.identity.empty();
  const bool renumber = parts.action == MandateAction::kRenumber;
  const bool plain =
      renumber || parts.action == MandateAction::kCancel || parts.action == MandateAction::kAccept;
  if (half || renumber != parts.new_payer_number.has_value() || (plain && parts.account)) {
    return base::fail("mandate_contradicts_itself",
                      "account and identity stand together, and in new or rejected mandates only; "
                      "a renumbering needs a new number, and nothing else has one",
                      "action");
  }
  if (parts.action == MandateAction::kNew && !parts.account && !pays_from_bankgiro(parts)) {
    return base::fail("mandate_contradicts_itself",
                      "a new mandate needs account and identity, but where the payer number is the "
                      "bankgiro number from which is paid",
                      "payer_number");
  }
  return MandateOrder(std::move(parts));
}

Result<DebitChange> DebitChange::make(Parts parts) {
  const Needs needs = needs_of(parts.kind);
  TRY(require("payer_number", needs.payer, parts.payer_number.has_value()));
  TRY(require("day", needs.day, parts.day.has_value()));
  TRY(require("amount", needs.amount, parts.amount.has_value()));
  TRY(require("new_day", needs.new_day, parts.new_day.has_value()));
  if (!needs.amount && parts.direction != MoneyDirection::kCredit) TRY(surplus("direction"));
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
  if (!NorwegianKid::parse(parts.kid, KidControl::kMod10) &&
      !NorwegianKid::parse(parts.kid, KidControl::kMod11)) {
    return base::fail("wrong_check_digit",
                      "the last digit of the KID fits neither mod 10 nor mod 11: a digit is "
                      "mistyped",
                      "kid");
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
