#include "formats/bank/writing/order_json.h"

#include <algorithm>

#include "domain/check/members.h"

namespace formats::bank {
namespace {

using base::Json;
using base::Result;
using domain::check::Members;

template <class T>
struct Word {
  std::string_view word;
  T value;
};

constexpr Word<domain::DebitScheme> kSchemes[] = {{"core", domain::DebitScheme::kCore},
                                                  {"b2b", domain::DebitScheme::kB2b},
                                                  {"national", domain::DebitScheme::kNational}};
constexpr Word<domain::DebitSequence> kSequences[] = {
    {"first", domain::DebitSequence::kFirst},
    {"recurrent", domain::DebitSequence::kRecurrent},
    {"final", domain::DebitSequence::kFinal},
    {"one_off", domain::DebitSequence::kOneOff}};
constexpr Word<domain::Repeat> kRepeats[] = {
    {"once", domain::Repeat::kOnce},
    {"monthly", domain::Repeat::kMonthly},
    {"quarterly", domain::Repeat::kQuarterly},
    {"half_yearly", domain::Repeat::kHalfYearly},
    {"yearly", domain::Repeat::kYearly},
    {"monthly_last_day", domain::Repeat::kMonthlyLastDay},
    {"quarterly_last_day", domain::Repeat::kQuarterlyLastDay},
    {"half_yearly_last_day", domain::Repeat::kHalfYearlyLastDay},
    {"yearly_last_day", domain::Repeat::kYearlyLastDay}};
constexpr Word<domain::MoneyDirection> kDirections[] = {
    {"from_payer", domain::MoneyDirection::kCredit}, {"to_payer", domain::MoneyDirection::kDebit}};
constexpr Word<domain::TransferKind> kTransferKinds[] = {
    {"payment", domain::TransferKind::kPayment},
    {"credit_note", domain::TransferKind::kCreditNote}};
constexpr Word<domain::MandateAction> kActions[] = {{"new", domain::MandateAction::kNew},
                                                    {"accept", domain::MandateAction::kAccept},
                                                    {"reject", domain::MandateAction::kReject},
                                                    {"renumber", domain::MandateAction::kRenumber},
                                                    {"cancel", domain::MandateAction::kCancel}};
constexpr Word<domain::ChangeKind> kChanges[] = {
    {"cancel_payer", domain::ChangeKind::kCancelPayer},
    {"cancel_day", domain::ChangeKind::kCancelDay},
    {"cancel_one", domain::ChangeKind::kCancelOne},
    {"move_all", domain::ChangeKind::kMoveAll},
    {"move_day", domain::ChangeKind::kMoveDay},
    {"move_payer_day", domain::ChangeKind::kMovePayerDay},
    {"move_one", domain::ChangeKind::kMoveOne}};
constexpr Word<domain::ClaimNotice> kNotices[] = {{"by_creditor", domain::ClaimNotice::kByCreditor},
                                                  {"by_bank", domain::ClaimNotice::kByBank}};

// An object of the order and where it stands.
struct Part {
  Members members;
  std::string place;

  static Result<Part> of(const Json& json, const std::string& place) {
    auto members = TRY(Members::of(json, place));
    return Part{std::move(members), place};
  }
  [[nodiscard]] std::string at(std::string_view name) const { return members.place_of(name); }
  // The error's own place is a field within the part's.
  template <class T>
  [[nodiscard]] Result<T> placed(Result<T> value, std::string_view name) const {
    if (!value) value.error().place = at(name);
    return value;
  }
  template <class T>
  [[nodiscard]] Result<T> made(Result<T> value) const {
    if (!value) value.error().place = at(value.error().place);
    return value;
  }
};

template <class Parse>
auto optional_of(const Part& part, std::string_view name, Parse parse)
    -> Result<std::optional<typename decltype(parse(std::string_view()))::value_type>> {
  const std::string text = TRY(part.members.text_or(name, ""));
  if (text.empty()) return std::nullopt;
  return TRY(part.placed(parse(text), name));
}

template <class Parse>
auto required_of(const Part& part, std::string_view name, Parse parse)
    -> decltype(parse(std::string_view())) {
  const std::string text = TRY(part.members.text(name));
  return part.placed(parse(text), name);
}

template <class T, std::size_t kSize>
Result<std::optional<T>> word_of(const Part& part, std::string_view name,
                                 const Word<T> (&words)[kSize]) {
  const std::string text = TRY(part.members.text_or(name, ""));
  if (text.empty()) return std::nullopt;
  std::string known;
  for (const Word<T>& word : words) {
    if (word.word == text) return word.value;
    known += (known.empty() ? "" : ", ") + std::string(word.word);
  }
  return base::fail("unknown_value", "one of " + known, part.at(name));
}

Result<base::Money> amount_of(const Part& part) {
  const auto currency = TRY(required_of(part, "currency", base::Currency::parse));
  return required_of(part, "amount",
                     [&](std::string_view text) { return base::Money::parse(text, currency); });
}

Result<std::optional<domain::BankAccount>> account_of(const Part& part) {
  std::optional<domain::BankAccount> found;
  const auto take = [&](auto account) -> Result<> {
    if (!account) return {};
    if (found) {
      return base::fail("bad_member", "an account is written in one way only", part.place);
    }
    found = *std::move(account);
    return {};
  };
  TRY(take(TRY(optional_of(part, "iban", domain::Iban::parse))));
  TRY(take(TRY(optional_of(part, "bankgiro", domain::Bankgiro::parse))));
  TRY(take(TRY(optional_of(part, "plusgiro", domain::Plusgiro::parse))));
  TRY(take(TRY(optional_of(part, "swedish_account", domain::SwedishAccount::parse))));
  TRY(take(TRY(optional_of(part, "norwegian_account", domain::NorwegianAccount::parse))));
  return found;
}

// All of a holder but the account.
Result<domain::AccountHolder> person_of(const Part& part) {
  domain::AccountHolder holder;
  holder.name = TRY(part.members.text_or("name", ""));
  holder.bank = TRY(optional_of(part, "bic", domain::Bic::parse));
  holder.address = TRY(part.members.texts("address"));
  holder.postal_code = TRY(part.members.text_or("postal_code", ""));
  holder.town = TRY(part.members.text_or("town", ""));
  holder.country = TRY(part.members.text_or("country", ""));
  const auto is_capital = [](char c) { return 'A' <= c && c <= 'Z'; };
  if (!holder.country.empty() &&
      (holder.country.size() != 2 || !std::ranges::all_of(holder.country, is_capital))) {
    return base::fail("bad_member", "a country is two capital letters", part.at("country"));
  }
  return holder;
}

Result<domain::AccountHolder> holder_of(const Part& parent, const Json& json,
                                        std::string_view name) {
  const Json& object = json[name];
  if (object.is_null()) return domain::AccountHolder();
  const Part part = TRY(Part::of(object, parent.at(name)));
  TRY(part.members.allow_only({"name", "iban", "bankgiro", "plusgiro", "swedish_account",
                               "norwegian_account", "bic", "address", "postal_code", "town",
                               "country"}));
  auto holder = TRY(person_of(part));
  holder.account = TRY(account_of(part));
  return holder;
}

Result<domain::Creditor> creditor_of(const Part& parent, const Json& json) {
  const Part part = TRY(Part::of(json["creditor"], parent.at("creditor")));
  TRY(part.members.allow_only({"name", "iban", "bic", "address", "postal_code", "town", "country",
                               "creditor_id", "bankgiro", "customer_number", "norwegian_account"}));
  domain::Creditor creditor;
  creditor.holder = TRY(person_of(part));
  creditor.holder.account = TRY(optional_of(part, "iban", domain::Iban::parse));
  creditor.id = TRY(optional_of(part, "creditor_id", domain::CreditorId::parse));
  creditor.bankgiro = TRY(optional_of(part, "bankgiro", domain::Bankgiro::parse));
  creditor.customer_number = TRY(part.members.text_or("customer_number", ""));
  creditor.norwegian = TRY(optional_of(part, "norwegian_account", domain::NorwegianAccount::parse));
  return creditor;
}

Result<domain::MandateAmendment> amendment_of(const Part& parent, const Json& json) {
  domain::MandateAmendment amendment;
  if (json.is_null()) return amendment;
  const Part part = TRY(Part::of(json, parent.at("amendment")));
  TRY(part.members.allow_only({"original_mandate", "original_creditor_id", "original_creditor_name",
                               "original_iban", "other_bank"}));
  amendment.original_mandate = TRY(optional_of(part, "original_mandate", domain::BankId::parse));
  amendment.original_creditor_id =
      TRY(optional_of(part, "original_creditor_id", domain::CreditorId::parse));
  amendment.original_creditor_name = TRY(part.members.text_or("original_creditor_name", ""));
  amendment.original_account = TRY(optional_of(part, "original_iban", domain::Iban::parse));
  amendment.other_bank = TRY(part.members.flag_or("other_bank", false));
  return amendment;
}

Result<domain::Debit> debit_of(const Json& json, const std::string& place) {
  const Part part = TRY(Part::of(json, place));
  TRY(part.members.allow_only({"end_to_end_id", "amount", "currency", "mandate", "signed_on",
                               "debtor", "reference", "remittance", "amendment", "repeat", "times",
                               "direction"}));
  const auto id = TRY(required_of(part, "end_to_end_id", domain::BankId::parse));
  const auto amount = TRY(amount_of(part));
  const auto mandate = TRY(required_of(part, "mandate", domain::BankId::parse));
  domain::Debit::Parts parts{.end_to_end_id = id, .amount = amount, .mandate = mandate};
  parts.signed_on = TRY(optional_of(part, "signed_on", base::Date::parse));
  parts.debtor = TRY(holder_of(part, json, "debtor"));
  parts.reference = TRY(part.members.text_or("reference", ""));
  parts.remittance = TRY(part.members.text_or("remittance", ""));
  parts.amendment = TRY(amendment_of(part, json["amendment"]));
  parts.repeat = TRY(word_of(part, "repeat", kRepeats)).value_or(domain::Repeat::kOnce);
  const auto times = TRY(part.members.integer_or("times", 0));
  if (!json["times"].is_null())
    parts.times = static_cast<int>(std::clamp<std::int64_t>(times, 0, 1'000));
  parts.direction =
      TRY(word_of(part, "direction", kDirections)).value_or(domain::MoneyDirection::kCredit);
  return part.made(domain::Debit::make(std::move(parts)));
}

Result<domain::CreditTransfer> transfer_of(const Json& json, const std::string& place) {
  const Part part = TRY(Part::of(json, place));
  TRY(part.members.allow_only({"end_to_end_id", "amount", "currency", "payee", "reference",
                               "remittance", "own_note", "purpose", "kind", "salary",
                               "statement_text", "day"}));
  const auto id = TRY(required_of(part, "end_to_end_id", domain::BankId::parse));
  const auto amount = TRY(amount_of(part));
  domain::CreditTransfer::Parts parts{.end_to_end_id = id, .amount = amount};
  parts.payee = TRY(holder_of(part, json, "payee"));
  parts.reference = TRY(part.members.text_or("reference", ""));
  parts.remittance = TRY(part.members.text_or("remittance", ""));
  parts.own_note = TRY(part.members.text_or("own_note", ""));
  parts.purpose = TRY(part.members.text_or("purpose", ""));
  parts.kind = TRY(word_of(part, "kind", kTransferKinds)).value_or(domain::TransferKind::kPayment);
  parts.salary = TRY(part.members.flag_or("salary", false));
  parts.statement_text = TRY(part.members.text_or("statement_text", ""));
  parts.day = TRY(optional_of(part, "day", base::Date::parse));
  return part.made(domain::CreditTransfer::make(std::move(parts)));
}

Result<domain::Reversal> reversal_of(const Json& json, const std::string& place) {
  const Part part = TRY(Part::of(json, place));
  TRY(part.members.allow_only({"id", "original", "amount", "currency", "reason"}));
  const auto id = TRY(required_of(part, "id", domain::BankId::parse));
  const auto amount = TRY(amount_of(part));
  auto original = TRY(debit_of(json["original"], part.at("original")));
  domain::Reversal::Parts parts{.id = id, .original = std::move(original), .amount = amount};
  parts.reason = TRY(part.members.text_or("reason", "MS02"));
  return part.made(domain::Reversal::make(std::move(parts)));
}

Result<domain::MandateOrder> mandate_of(const Json& json, const std::string& place) {
  const Part part = TRY(Part::of(json, place));
  TRY(part.members.allow_only(
      {"action", "payer_number", "swedish_account", "identity", "new_payer_number"}));
  const auto payer = TRY(required_of(part, "payer_number", domain::BankId::parse));
  domain::MandateOrder::Parts parts{.payer_number = payer};
  parts.action = TRY(word_of(part, "action", kActions)).value_or(domain::MandateAction::kNew);
  parts.account = TRY(optional_of(part, "swedish_account", domain::SwedishAccount::parse));
  parts.identity = TRY(part.members.text_or("identity", ""));
  parts.new_payer_number = TRY(optional_of(part, "new_payer_number", domain::BankId::parse));
  return part.made(domain::MandateOrder::make(std::move(parts)));
}

Result<domain::DebitChange> change_of(const Json& json, const std::string& place) {
  const Part part = TRY(Part::of(json, place));
  TRY(part.members.allow_only(
      {"kind", "payer_number", "day", "amount", "currency", "direction", "new_day", "reference"}));
  TRY(part.members.text("kind"));
  domain::DebitChange::Parts parts;
  parts.kind = *TRY(word_of(part, "kind", kChanges));
  parts.payer_number = TRY(optional_of(part, "payer_number", domain::BankId::parse));
  parts.day = TRY(optional_of(part, "day", base::Date::parse));
  if (!json["amount"].is_null()) parts.amount = TRY(amount_of(part));
  parts.direction =
      TRY(word_of(part, "direction", kDirections)).value_or(domain::MoneyDirection::kCredit);
  parts.new_day = TRY(optional_of(part, "new_day", base::Date::parse));
  parts.reference = TRY(part.members.text_or("reference", ""));
  return part.made(domain::DebitChange::make(std::move(parts)));
}

Result<domain::Claim> claim_of(const Json& json, const std::string& place) {
  const Part part = TRY(Part::of(json, place));
  TRY(part.members.allow_only({"kid", "amount", "currency", "due", "notice", "payer_name",
                               "external_reference", "specification"}));
  domain::Claim::Parts parts;
  parts.kid = TRY(part.members.text("kid"));
  parts.amount = TRY(amount_of(part));
  parts.due = TRY(required_of(part, "due", base::Date::parse));
  parts.notice = TRY(word_of(part, "notice", kNotices)).value_or(domain::ClaimNotice::kByCreditor);
  parts.payer_name = TRY(part.members.text_or("payer_name", ""));
  parts.external_reference = TRY(part.members.text_or("external_reference", ""));
  parts.specification = TRY(part.members.texts("specification"));
  return part.made(domain::Claim::make(std::move(parts)));
}

class OrderReader {
 public:
  ReadOrder run(const Json& json) {
    auto order = read_order(json);
    if (!order) answer_.problems.push_back(order.error());
    if (answer_.problems.empty()) answer_.order = *std::move(order);
    return std::move(answer_);
  }

 private:
  // What each of a list's objects is; those that are none are told and left out.
  template <class Read>
  auto all_of(const Part& part, const Json& json, std::string_view name, Read read)
      -> Result<std::vector<typename decltype(read(json, std::string()))::value_type>> {
    std::vector<typename decltype(read(json, std::string()))::value_type> items;
    if (json[name].is_null()) return items;
    const Json::Array* list = TRY(part.members.list(name));
    for (std::size_t index = 0; index < list->size(); ++index) {
      auto item = read((*list)[index], part.at(name) + "[" + std::to_string(index) + "]");
      if (item) {
        items.push_back(*std::move(item));
      } else {
        answer_.problems.push_back(item.error());
      }
    }
    return items;
  }

  Result<domain::CollectionBatch> collection(const Json& json, const std::string& place) {
    const Part part = TRY(Part::of(json, place));
    TRY(part.members.allow_only({"id", "creditor", "day", "scheme", "sequence", "debits"}));
    const auto id = TRY(required_of(part, "id", domain::BankId::parse));
    domain::CollectionBatch batch{.id = id};
    batch.creditor = TRY(creditor_of(part, json));
    batch.day = TRY(optional_of(part, "day", base::Date::parse));
    batch.scheme = TRY(word_of(part, "scheme", kSchemes)).value_or(domain::DebitScheme::kCore);
    batch.sequence = TRY(word_of(part, "sequence", kSequences));
    batch.debits = TRY(all_of(part, json, "debits", debit_of));
    return batch;
  }

  Result<domain::TransferBatch> transfers(const Json& json, const std::string& place) {
    const Part part = TRY(Part::of(json, place));
    TRY(part.members.allow_only({"id", "payer", "day", "list_heading", "transfers"}));
    const auto id = TRY(required_of(part, "id", domain::BankId::parse));
    domain::TransferBatch batch{.id = id};
    batch.payer = TRY(holder_of(part, json, "payer"));
    batch.day = TRY(optional_of(part, "day", base::Date::parse));
    batch.list_heading = TRY(part.members.text_or("list_heading", ""));
    batch.transfers = TRY(all_of(part, json, "transfers", transfer_of));
    return batch;
  }

  Result<domain::ReversalBatch> reversals(const Json& json, const std::string& place) {
    const Part part = TRY(Part::of(json, place));
    TRY(part.members.allow_only({"original_message", "original_batch", "original_format",
                                 "creditor", "day", "scheme", "sequence", "reversals"}));
    const auto message = TRY(required_of(part, "original_message", domain::BankId::parse));
    const auto original = TRY(required_of(part, "original_batch", domain::BankId::parse));
    domain::ReversalBatch batch{.original_message = message, .original_batch = original};
    batch.original_format = TRY(part.members.text_or("original_format", batch.original_format));
    batch.creditor = TRY(creditor_of(part, json));
    batch.day = TRY(optional_of(part, "day", base::Date::parse));
    batch.scheme = TRY(word_of(part, "scheme", kSchemes)).value_or(domain::DebitScheme::kCore);
    batch.sequence = TRY(word_of(part, "sequence", kSequences));
    batch.reversals = TRY(all_of(part, json, "reversals", reversal_of));
    return batch;
  }

  Result<domain::MandateBatch> mandates(const Json& json, const std::string& place) {
    const Part part = TRY(Part::of(json, place));
    TRY(part.members.allow_only({"creditor", "mandates", "changes"}));
    domain::MandateBatch batch;
    batch.creditor = TRY(creditor_of(part, json));
    batch.mandates = TRY(all_of(part, json, "mandates", mandate_of));
    batch.changes = TRY(all_of(part, json, "changes", change_of));
    return batch;
  }

  Result<domain::ClaimBatch> claims(const Json& json, const std::string& place) {
    const Part part = TRY(Part::of(json, place));
    TRY(part.members.allow_only({"number", "creditor", "withdrawn", "claims"}));
    domain::ClaimBatch batch;
    batch.number = TRY(part.members.text("number"));
    batch.creditor = TRY(creditor_of(part, json));
    batch.withdrawn = TRY(part.members.flag_or("withdrawn", false));
    batch.claims = TRY(all_of(part, json, "claims", claim_of));
    return batch;
  }

  Result<domain::PaymentOrder> read_order(const Json& json) {
    const Part part = TRY(Part::of(json, ""));
    TRY(part.members.allow_only({"id", "created", "day", "sender_name", "sender_number",
                                 "transmission", "collections", "transfers", "reversals",
                                 "mandates", "claims"}));
    const auto id = TRY(required_of(part, "id", domain::BankId::parse));
    const auto created = TRY(required_of(part, "created", base::Instant::parse));
    const auto day = TRY(required_of(part, "day", base::Date::parse));
    domain::PaymentOrder order{.id = id, .created = created, .day = day};
    order.sender_name = TRY(part.members.text_or("sender_name", ""));
    order.sender_number = TRY(part.members.text_or("sender_number", ""));
    order.transmission = TRY(part.members.integer_or("transmission", 0));
    const auto with_this = [this](auto read) {
      return [this, read](const Json& item, const std::string& place) {
        return (this->*read)(item, place);
      };
    };
    order.collections = TRY(all_of(part, json, "collections", with_this(&OrderReader::collection)));
    order.transfers = TRY(all_of(part, json, "transfers", with_this(&OrderReader::transfers)));
    order.reversals = TRY(all_of(part, json, "reversals", with_this(&OrderReader::reversals)));
    order.mandates = TRY(all_of(part, json, "mandates", with_this(&OrderReader::mandates)));
    order.claims = TRY(all_of(part, json, "claims", with_this(&OrderReader::claims)));
    return order;
  }

  ReadOrder answer_;
};

}  // namespace

ReadOrder read_payment_order(const Json& json) { return OrderReader().run(json); }

}  // namespace formats::bank
