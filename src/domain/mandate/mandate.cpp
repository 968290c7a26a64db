#include "domain/mandate/mandate.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "domain/bank/creditor_id.h"
#include "domain/bank/giro.h"
#include "domain/bank/iban.h"
#include "domain/bank/norwegian_account.h"
#include "domain/bank/order_values.h"
#include "domain/bank/payment_order.h"

namespace domain {
namespace {

using base::Result;

template <class Value>
using Named = std::pair<Value, std::string_view>;

constexpr Named<MandateScheme> kSchemes[] = {{MandateScheme::kSepaCore, "sepa_core"},
                                             {MandateScheme::kSepaB2b, "sepa_b2b"},
                                             {MandateScheme::kAutogiro, "autogiro"},
                                             {MandateScheme::kAvtalegiro, "avtalegiro"}};
constexpr Named<MandateState> kStates[] = {
    {MandateState::kDraft, "draft"},      {MandateState::kPending, "pending"},
    {MandateState::kActive, "active"},    {MandateState::kSuspended, "suspended"},
    {MandateState::kDormant, "dormant"},  {MandateState::kCancelled, "cancelled"},
    {MandateState::kRejected, "rejected"}};
constexpr Named<MandateUse> kUses[] = {{MandateUse::kRecurrent, "recurrent"},
                                       {MandateUse::kOneOff, "one_off"}};
constexpr Named<MandateEnding> kEndings[] = {{MandateEnding::kNone, ""},
                                             {MandateEnding::kToSend, "to_send"},
                                             {MandateEnding::kSent, "sent"},
                                             {MandateEnding::kConfirmed, "confirmed"},
                                             {MandateEnding::kRefused, "refused"}};
constexpr std::string_view kChannels[] = {"bill_page", "agent", "paper", "bank", "import"};

constexpr int kNoticeDaysMax = 60;
constexpr std::size_t kPayerNumberMax = 16;
constexpr std::size_t kKidMin = 2, kKidMax = 25;

template <class Value>
std::string_view name_of(std::span<const Named<Value>> names, Value value) {
  return std::ranges::find(names, value, &Named<Value>::first)->second;
}

template <class Value>
Result<Value> parse(std::span<const Named<Value>> names, std::string_view text) {
  std::string known;
  for (const auto& [value, name] : names) {
    if (name == text) return value;
    known += (known.empty() ? "" : ", ") + std::string(name);
  }
  return base::fail("unknown_value",
                    "'" + std::string(text.substr(0, 40)) + "' is none of " + known);
}

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}

Result<std::string> reference_of(const Mandate& mandate) {
  const std::string& text = mandate.reference;
  if (is_sepa(mandate.scheme)) {
    if (const auto id = BankId::parse(text)) return id->text();
    return base::fail("bad_mandate_reference",
                      "a mandate reference has 1 to 35 of a-z A-Z 0-9 / - ? : ( ) . , ' + and "
                      "blank, without / at an end",
                      text.substr(0, 40));
  }
  if (mandate.scheme == MandateScheme::kAutogiro) {
    if (!text.empty() && text.size() <= kPayerNumberMax && all_digits(text)) return text;
    return base::fail("bad_mandate_reference", "a payer number has 1 to 16 digits",
                      text.substr(0, 40));
  }
  if (text.size() >= kKidMin && text.size() <= kKidMax && all_digits(text)) return text;
  return base::fail("bad_mandate_reference", "the fixed part of a KID has 2 to 25 digits",
                    text.substr(0, 40));
}

template <class Value>
Result<std::string> named(Result<Value> parsed, std::string_view code, std::string_view place) {
  if (parsed) return parsed->text();
  if (code == "bad_creditor") {
    return base::fail("bad_creditor", parsed.error().text, std::string(place));
  }
  return base::fail("bad_payer_account", parsed.error().text, std::string(place));
}

Result<std::string> creditor_of(const Mandate& mandate) {
  switch (mandate.scheme) {
    case MandateScheme::kSepaCore:
    case MandateScheme::kSepaB2b:
      return named(CreditorId::parse(mandate.creditor), "bad_creditor", mandate.creditor);
    case MandateScheme::kAutogiro:
      return named(Bankgiro::parse(mandate.creditor), "bad_creditor", mandate.creditor);
    case MandateScheme::kAvtalegiro:
      return named(NorwegianAccount::parse(mandate.creditor), "bad_creditor", mandate.creditor);
  }
  return mandate.creditor;
}

// The account that is debited. A payer of Autogiro whose bank said only a number, and one of
// AvtaleGiro, whose bank alone knows the account, have none here.
Result<std::string> payer_account_of(const Mandate& mandate) {
  const std::string& text = mandate.payer_account;
  if (is_sepa(mandate.scheme)) return named(Iban::parse(text), "bad_payer_account", "");
  if (text.empty()) return text;
  if (mandate.scheme == MandateScheme::kAvtalegiro) {
    return named(NorwegianAccount::parse(text), "bad_payer_account", "");
  }
  if (auto bankgiro = Bankgiro::parse(text)) return bankgiro->text();
  return named(SwedishAccount::parse(text), "bad_payer_account", "");
}

Result<> check_identity(const Mandate& mandate) {
  const std::string& text = mandate.payer_identity;
  if (text.empty()) return {};
  const bool fits = (text.size() == 10 || text.size() == 12) && all_digits(text);
  if (mandate.scheme != MandateScheme::kAutogiro || fits) return {};
  return base::fail("bad_payer_identity",
                    "write YYYYMMDDNNNN, or the ten digits of an organisation");
}

Result<> check_consent(const Consent& consent) {
  if (std::ranges::find(kChannels, consent.channel) == std::end(kChannels)) {
    return base::fail("missing_consent",
                      "say how it was agreed: bill_page, agent, paper, bank or import");
  }
  if (consent.given_by.empty()) return base::fail("missing_consent", "say who agreed");
  const bool was_shown = consent.channel == "bill_page" || consent.channel == "agent";
  if (was_shown && consent.text_version.empty()) {
    return base::fail("missing_consent", "say which words the payer agreed to");
  }
  if (consent.channel == "bill_page" && consent.ip.empty()) {
    return base::fail("missing_consent", "say from where the payer agreed");
  }
  return {};
}

}  // namespace

Result<Mandate> checked(Mandate mandate, base::Date today) {
  mandate.reference = TRY(reference_of(mandate));
  mandate.creditor = TRY(creditor_of(mandate));
  mandate.payer_account = TRY(payer_account_of(mandate));
  if (!mandate.payer_account.empty() && mandate.payer_account == mandate.creditor) {
    return base::fail("payer_account_is_ours", "that account is the creditor's own: ask the payer",
                      mandate.payer_account);
  }
  if (mandate.scheme == MandateScheme::kAutogiro) std::erase(mandate.payer_identity, '-');
  TRY(check_identity(mandate));
  TRY(check_consent(mandate.consent));
  if (mandate.limit && mandate.limit->minor() <= 0) {
    return base::fail("amount_not_positive", "the highest debit is more than nothing");
  }
  if (mandate.notice_days && (*mandate.notice_days < 1 || *mandate.notice_days > kNoticeDaysMax)) {
    return base::fail("out_of_range", "agree on a notice of 1 to 60 days");
  }
  if (mandate.signed_on > today) {
    return base::fail("signed_in_future", "a mandate is signed today or before",
                      mandate.signed_on.to_string());
  }
  return mandate;
}

Result<> check_for_bank(const Mandate& mandate) {
  // A bank that brought it knows the account.
  if (mandate.scheme != MandateScheme::kAutogiro || mandate.consent.channel == "bank") return {};
  if (mandate.payer_account.empty()) {
    return base::fail("missing_payer_account",
                      "Bankgirot asks for the account: write clearing and account number, or the "
                      "payer's bankgiro number; or let the payer agree at the bank, whose file "
                      "brings the mandate");
  }
  if (const auto giro = Bankgiro::parse(mandate.payer_account)) {
    if (mandate.reference == giro->text()) return {};
    return base::fail("bad_mandate_reference",
                      "of a payer with a bankgiro number that is the payer number",
                      mandate.reference);
  }
  if (mandate.payer_identity.empty()) {
    return base::fail("missing_payer_identity",
                      "Bankgirot asks for the personal or organisation number of who has the "
                      "account");
  }
  auto number = TRY(BankId::parse(mandate.reference));
  auto account = TRY(SwedishAccount::parse(mandate.payer_account));
  const auto order = MandateOrder::make({.payer_number = std::move(number),
                                         .account = std::move(account),
                                         .identity = mandate.payer_identity});
  if (order) return {};
  return base::fail("bad_payer_identity", order.error().text);
}

std::string_view to_text(MandateScheme scheme) {
  return name_of(std::span<const Named<MandateScheme>>(kSchemes), scheme);
}
std::string_view to_text(MandateState state) {
  return name_of(std::span<const Named<MandateState>>(kStates), state);
}
std::string_view to_text(MandateUse use) {
  return name_of(std::span<const Named<MandateUse>>(kUses), use);
}
std::string_view to_text(MandateEnding ending) {
  return name_of(std::span<const Named<MandateEnding>>(kEndings), ending);
}
Result<MandateScheme> parse_mandate_scheme(std::string_view text) {
  return parse(std::span<const Named<MandateScheme>>(kSchemes), text);
}
Result<MandateState> parse_mandate_state(std::string_view text) {
  return parse(std::span<const Named<MandateState>>(kStates), text);
}
Result<MandateUse> parse_mandate_use(std::string_view text) {
  return parse(std::span<const Named<MandateUse>>(kUses), text);
}
Result<MandateEnding> parse_mandate_ending(std::string_view text) {
  return parse(std::span<const Named<MandateEnding>>(kEndings), text);
}

}  // namespace domain
