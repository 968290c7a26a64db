#include "domain/bank/order_check.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/result/check.h"
#include "domain/bank/order_problem_codes.h"

namespace domain {
namespace {

using base::Result;

constexpr std::int64_t kSepaAmountMax = 99'999'999'999;  // 999,999,999.99.
constexpr std::int64_t kTwelveDigits = 999'999'999'999;
constexpr std::int64_t kAnyAmount = base::Money::kMinorMax;
constexpr std::size_t kSepaAddressLines = 2, kAddressLetters = 70;
constexpr std::size_t kSpecificationLines = 42, kSpecificationLetters = 80;
constexpr std::size_t kStatementLetters = 12;
constexpr std::size_t kHeadingLetters = 37;
constexpr std::int64_t kNumberedMax = 99'999;
constexpr std::size_t kClaimReferenceLetters = 25;
constexpr std::size_t kCustomerNumberDigits = 6, kSenderDigits = 8, kBatchNumberDigits = 7;
constexpr std::int64_t kTransmissionMax = 9'999'999;
// AvtaleGiro: a claim comes to Nets so many days before it is due, and not earlier.
constexpr int kClaimDaysMin = 4, kClaimMonthsMax = 12;
constexpr std::string_view kNoId = "NOTPROVIDED";
constexpr std::string_view kDebitMessage = "pain.008.";

// Of SEPA, but not of the European Economic Area: a bank there is found by its BIC, and the payer's
// address is asked for (EPC114-06).
constexpr std::string_view kOutsideEea[] = {"AD", "AL", "CH", "GB", "GG", "IM", "JE",
                                            "MC", "MD", "ME", "MK", "RS", "SM", "VA"};

// The rows of docs/reference/bank-orders.md.
const std::vector<OrderRules>& rules_of_formats() {
  using enum OrderKind;
  static const std::vector<OrderRules> kRules = {
      {.format = "pain.008",
       .kinds = {kCollections},
       .amount_max = kSepaAmountMax,
       .currency = "EUR"},
      {.format = "norma19.14",
       .kinds = {kCollections},
       .amount_max = kSepaAmountMax,
       .currency = "EUR",
       .spanish = true},
      {.format = "pain.001", .kinds = {kTransfers}, .amount_max = kSepaAmountMax},
      {.format = "pain.007",
       .kinds = {kReversals},
       .amount_max = kSepaAmountMax,
       .currency = "EUR"},
      {.format = "autogiro",
       .kinds = {kMandates, kCollections},
       .letters = OrderLetters::kLatin1,
       .amount_max = kTwelveDigits,
       .currency = "SEK",
       .reference_max = 16,
       .remittance_max = 16},
      {.format = "avtalegiro",
       .kinds = {kClaims},
       .letters = OrderLetters::kLatin1,
       .amount_max = kAnyAmount,
       .currency = "NOK"},
      {.format = "lb",
       .kinds = {kTransfers},
       .letters = OrderLetters::kLatin1,
       .amount_max = kTwelveDigits,
       .currency = "SEK",
       .name_max = 35,
       .reference_max = 25,
       .remittance_max = 25,
       .note_max = 20},
  };
  return kRules;
}

bool are_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}

bool is_iban(const std::optional<BankAccount>& account) {
  return account && std::holds_alternative<Iban>(*account);
}

std::string words_of(OrderKind kind) {
  switch (kind) {
    case OrderKind::kCollections: return "collections";
    case OrderKind::kTransfers: return "transfers";
    case OrderKind::kReversals: return "reversals";
    case OrderKind::kMandates: return "mandates";
    case OrderKind::kClaims: return "claims";
  }
  return {};
}

// "collections[0]" and, within it, "collections[0].debits[12]"; made only where it is told.
struct Place {
  OrderKind kind;
  std::size_t batch = 0;
  std::string_view list = {};
  std::int64_t item = 0;
  [[nodiscard]] std::string text() const {
    std::string text = words_of(kind) + "[" + std::to_string(batch) + "]";
    if (!list.empty()) text += "." + std::string(list) + "[" + std::to_string(item) + "]";
    return text;
  }
};

class Checker {
 public:
  Checker(const PaymentOrder& order, const OrderRules& rules) : order_(order), rules_(rules) {}

  Result<OrderCheck> run() {
    check_head();
    // What the format does not have has no rules to be held against.
    if (has(OrderKind::kCollections)) {
      for (const CollectionBatch& batch : order_.collections) TRY(check_collections(batch));
    }
    if (has(OrderKind::kTransfers)) {
      for (const TransferBatch& batch : order_.transfers) TRY(check_transfers(batch));
    }
    if (has(OrderKind::kReversals)) {
      for (const ReversalBatch& batch : order_.reversals) TRY(check_reversals(batch));
    }
    if (has(OrderKind::kMandates)) {
      for (const MandateBatch& batch : order_.mandates) TRY(check_mandates(batch));
    }
    if (has(OrderKind::kClaims)) {
      for (const ClaimBatch& batch : order_.claims) TRY(check_claims(batch));
    }
    return std::move(check_);
  }

 private:
  // --- Telling.
  void add(std::string place, std::string_view field, std::string_view code, std::string text,
           bool refused = true) {
    CHECK(std::ranges::find(order_problem_codes(), code) != order_problem_codes().end());
    check_.refused = check_.refused || refused;
    if (check_.problems.size() > kOrderProblemsMax) return;
    if (check_.problems.size() == kOrderProblemsMax) {
      check_.problems.push_back(
          {"", "", "more_problems", "there are more problems than these", false});
      return;
    }
    check_.problems.push_back(
        {std::move(place), std::string(field), std::string(code), std::move(text), refused});
  }
  void tell(std::string_view field, std::string_view code, std::string text, bool refused = true) {
    add(place_.text(), field, code, std::move(text), refused);
  }

  // --- Words.
  void text(std::string_view field, std::string_view value, std::size_t letters_max) {
    if (letters_max != 0 && value.size() > letters_max && letters_in(value) > letters_max) {
      tell(field, "text_too_long",
           "at most " + std::to_string(letters_max) + " letters fit; shorten it");
    }
    if (rules_.letters == OrderLetters::kSepa) {
      if (is_sepa_text(value)) return;
      tell(field, "letters_replaced",
           "SEPA lacks some letters; the bank gets \"" + to_sepa_text(value) + "\"", false);
    } else if (!is_latin1_text(value)) {
      tell(field, "letters_not_in_format",
           "a letter has no place in ISO-8859-1, which these files are written in; replace it");
    }
  }
  void digits(std::string_view field, std::string_view value, std::size_t count) {
    if (value.size() == count && are_digits(value)) return;
    tell(field, "number_wrong", "it has " + std::to_string(count) + " digits");
  }

  // --- The whole.
  [[nodiscard]] bool has(OrderKind kind) const {
    return std::ranges::find(rules_.kinds, kind) != rules_.kinds.end();
  }
  void check_head() {
    std::set<OrderKind> said;
    if (!order_.collections.empty()) said.insert(OrderKind::kCollections);
    if (!order_.transfers.empty()) said.insert(OrderKind::kTransfers);
    if (!order_.reversals.empty()) said.insert(OrderKind::kReversals);
    if (!order_.mandates.empty()) said.insert(OrderKind::kMandates);
    if (!order_.claims.empty()) said.insert(OrderKind::kClaims);
    if (said.empty()) add("", "", "nothing_to_send", "the order has no batch");
    for (const OrderKind kind : said) {
      if (has(kind)) continue;
      add(words_of(kind), "", "kind_not_in_format",
          std::string(rules_.format) + " has no " + words_of(kind) +
              ": write them to another file");
    }
    if (rules_.letters == OrderLetters::kSepa && order_.sender_name.empty()) {
      add("", "sender_name", "name_missing", "say who sends the message");
    }
    if (said.contains(OrderKind::kClaims)) {
      const bool wrong =
          order_.sender_number.size() != kSenderDigits || !are_digits(order_.sender_number);
      if (wrong) add("", "sender_number", "number_wrong", "a sender at Nets has eight digits");
      if (order_.transmission < 1 || order_.transmission > kTransmissionMax) {
        add("", "transmission", "number_wrong", "transmissions are numbered 1 to 9999999");
      }
    }
  }

  // A new batch; its totals go to `check_`.
  void begin(OrderKind kind, std::string_view list) {
    if (kind != place_.kind) next_batch_ = 0;
    place_ = {kind, next_batch_++, {}, 0};
    list_ = list;
    totals_ = {};
  }
  void next_item() {
    place_.item = std::exchange(next_item_, next_item_ + 1);
    place_.list = list_;
  }
  void end_items() {
    place_.list = {};
    next_item_ = 0;
  }
  void end_batch() {
    end_items();
    if (totals_.count == 0) tell("", "batch_empty", "the batch has nothing in it");
    check_.batches.push_back(totals_);
    check_.all.count += totals_.count;
    if (__builtin_add_overflow(check_.all.minor, totals_.minor, &check_.all.minor)) {
      tell("", "sum_too_large", "the sums go beyond all bounds; split the order");
    }
    if (!check_.all.currency) check_.all.currency = totals_.currency;
  }
  void batch_id(const BankId& id) {
    if (batch_ids_.insert(id.text()).second) return;
    tell("id", "repeated_batch", "another batch has this id; banks take it for the same");
  }

  void amount(base::Money amount) {
    ++totals_.count;
    if (__builtin_add_overflow(totals_.minor, amount.minor(), &totals_.minor)) {
      tell("amount", "sum_too_large", "the sum goes beyond all bounds; split the batch");
    }
    if (amount.minor() > rules_.amount_max) {
      tell(
          "amount", "amount_too_large",
          amount.to_decimal_string() + " is above what " + std::string(rules_.format) +
              " can say: " + base::Money(rules_.amount_max, amount.currency()).to_decimal_string());
    }
    const std::string_view code = amount.currency().code();
    if (!rules_.currency.empty()) {
      if (code != rules_.currency) {
        tell("amount", "currency_not_in_format",
             std::string(rules_.format) + " is in " + std::string(rules_.currency));
      }
    } else if (totals_.currency && *totals_.currency != amount.currency()) {
      tell("amount", "currency_not_in_format", "a batch is in one currency");
    }
    if (!totals_.currency) totals_.currency = amount.currency();
  }

  // By hashes, for memory: of a million debits two have the same by chance in one order of thirty
  // million.
  [[nodiscard]] bool is_again(std::string_view name) {
    return !debit_names_.insert(std::hash<std::string_view>()(name)).second;
  }
  void debit_id(const BankId& id) {
    if (id.text() == kNoId || !is_again(id.text())) return;
    tell("end_to_end_id", "repeated_debit", "another debit of this order has this id");
  }

  // What the order says and the format has no place for.
  void none(std::string_view field, bool said, bool refused = true) {
    if (!said) return;
    tell(field, "member_not_in_format",
         std::string(rules_.format) + " has no place for it here: leave it out", refused);
  }

  // --- Parties.
  void address(const AccountHolder& holder) {
    const bool place = !holder.town.empty() || !holder.postal_code.empty();
    const std::size_t most = kSepaAddressLines - (rules_.town_in_lines && place ? 1 : 0);
    if (holder.address.size() > most) {
      tell("address", "too_many_lines",
           "at most two lines of address are sent, in messages of 2009 one beside a town");
    }
    for (const std::string& line : holder.address) text("address", line, kAddressLetters);
    text("town", holder.town, 35);
    text("postal_code", holder.postal_code, 16);
  }
  // Somebody with an IBAN and a name.
  void sepa_holder(std::string_view field, const AccountHolder& holder) {
    if (holder.name.empty()) tell(field, "name_missing", "a name belongs to the account");
    text("name", holder.name, rules_.name_max);
    address(holder);
    if (!holder.account) {
      tell(field, "account_missing", "say the IBAN");
    } else if (!is_iban(holder.account)) {
      tell(field, "account_not_in_format", "an IBAN is needed, not a national number");
    }
  }
  void sepa_debtor(const AccountHolder& debtor) {
    sepa_holder("debtor", debtor);
    if (!is_iban(debtor.account)) return;
    const std::string_view country = std::get<Iban>(*debtor.account).country();
    if (std::ranges::find(kOutsideEea, country) == std::end(kOutsideEea)) return;
    if (!debtor.bank) {
      tell("debtor", "bic_missing", "accounts outside the European Economic Area need the BIC");
    }
    if (debtor.country.empty() || (debtor.address.empty() && debtor.town.empty())) {
      tell("debtor", "address_missing",
           "payers outside the European Economic Area need an address and its country");
    }
  }
  void sepa_creditor(const Creditor& creditor, DebitScheme scheme,
                     const std::optional<DebitSequence>& sequence) {
    sepa_holder("creditor", creditor.holder);
    if (!creditor.id) {
      tell("creditor", "creditor_id_missing", "a SEPA direct debit names the creditor identifier");
    }
    if (scheme == DebitScheme::kNational || (rules_.spanish && scheme != DebitScheme::kCore)) {
      tell("scheme", "scheme_not_in_format",
           rules_.spanish ? "Norma 19.14 is of the Core scheme" : "say core or b2b");
    }
    if (!sequence) {
      tell("sequence", "sequence_missing", "say first, recurrent, final or one_off");
    }
    const bool foreign = (creditor.id && creditor.id->country() != "ES") ||
                         (is_iban(creditor.holder.account) &&
                          std::get<Iban>(*creditor.holder.account).country() != "ES");
    if (rules_.spanish && foreign) {
      tell("creditor", "creditor_not_spanish",
           "Norma 19.14 is for creditors with a Spanish identifier and account");
    }
  }
  void bankgirot(const Creditor& creditor) {
    if (!creditor.bankgiro) {
      tell("creditor", "account_missing", "say the creditor's bankgiro number");
    }
    digits("customer_number", creditor.customer_number, kCustomerNumberDigits);
  }

  // --- Batches.
  Result<> check_collections(const CollectionBatch& batch) {
    begin(OrderKind::kCollections, "debits");
    const bool national = rules_.letters == OrderLetters::kLatin1;
    batch_id(batch.id);
    if (national) {
      bankgirot(batch.creditor);
      if (batch.scheme != DebitScheme::kNational) {
        tell("scheme", "scheme_not_in_format", "Autogiro is no SEPA scheme: say national");
      }
    } else {
      sepa_creditor(batch.creditor, batch.scheme, batch.sequence);
      if (!batch.day) tell("day", "day_missing", "say the day of collection");
    }
    TRY(batch.debits.for_each([&](const Debit& debit) -> Result<> {
      next_item();
      national ? check_autogiro_debit(debit, batch) : check_sepa_debit(debit, batch.day);
      if (!national) debit_id(debit->end_to_end_id);
      return {};
    }));
    end_batch();
    return {};
  }

  void check_sepa_debit(const Debit& debit, const std::optional<base::Date>& day) {
    amount(debit->amount);
    if (!debit->signed_on) {
      tell("signed_on", "signature_missing", "say the day on which the mandate was signed");
    } else if (day && *debit->signed_on > *day) {
      tell("signed_on", "signed_after_collection", "the mandate is signed after the collection");
    }
    if (debit->direction != MoneyDirection::kCredit) {
      tell("direction", "direction_not_in_format", "pay out by a transfer, pain.001");
    }
    if (debit->repeat != Repeat::kOnce) {
      tell("repeat", "repeat_not_in_format", "SEPA debits are sent one by one");
    }
    sepa_debtor(debit->debtor);
    text("reference", debit->reference, rules_.reference_max);
    text("remittance", debit->remittance, rules_.remittance_max);
    text("original_creditor_name", debit->amendment.original_creditor_name, rules_.name_max);
  }

  void check_autogiro_debit(const Debit& debit, const CollectionBatch& batch) {
    amount(debit->amount);
    payer_number("mandate", debit->mandate);
    if (debit->repeat != Repeat::kOnce && !batch.day) {
      tell("repeat", "day_missing", "a repeated debit needs its first day");
    }
    text("reference", debit->reference, rules_.reference_max);
    text("remittance", debit->remittance, rules_.remittance_max);
  }
  void payer_number(std::string_view field, const BankId& number) {
    const bool zero = number.text().find_first_not_of('0') == std::string::npos;
    if (number.text().size() <= 16 && are_digits(number.text()) && !zero) return;
    tell(field, "number_wrong", "a payer number of Autogiro has 1 to 16 digits and is above zero");
  }

  Result<> check_transfers(const TransferBatch& batch) {
    begin(OrderKind::kTransfers, "transfers");
    const bool giro = rules_.letters == OrderLetters::kLatin1;
    batch_id(batch.id);
    if (giro) {
      if (!batch.payer.account || !std::holds_alternative<Bankgiro>(*batch.payer.account)) {
        tell("payer", "account_missing", "say the bankgiro number that pays");
      }
    } else {
      sepa_holder("payer", batch.payer);
      if (!batch.day) tell("day", "day_missing", "say the day of payment");
      none("list_heading", !batch.list_heading.empty());
    }
    text("list_heading", batch.list_heading, kHeadingLetters);
    numbered_ = 0;
    TRY(batch.transfers.for_each([&](const CreditTransfer& transfer) -> Result<> {
      next_item();
      giro ? check_lb_transfer(transfer) : check_iso_transfer(transfer, batch);
      return {};
    }));
    end_batch();
    if (giro && numbered_ > kNumberedMax) {
      tell("", "too_many_items", "99999 payments to accounts and addresses fit; split the batch");
    }
    if (giro && totals_.minor > kTwelveDigits) {
      tell("", "sum_too_large", "LB has room for 9,999,999,999.99; split the batch");
    }
    return {};
  }

  void check_iso_transfer(const CreditTransfer& transfer, const TransferBatch& batch) {
    amount(transfer->amount);
    const bool euro = transfer->amount.currency().code() == "EUR";
    if (transfer->kind != TransferKind::kPayment) {
      tell("kind", "kind_not_in_format", "pain.001 has no credit notes");
    }
    if (euro) {
      sepa_holder("payee", transfer->payee);
    } else {
      if (transfer->payee.name.empty()) tell("payee", "name_missing", "name the payee");
      if (!transfer->payee.account) tell("payee", "account_missing", "say the payee's account");
      text("name", transfer->payee.name, rules_.name_max);
      address(transfer->payee);
    }
    text("reference", transfer->reference, rules_.reference_max);
    text("remittance", transfer->remittance, rules_.remittance_max);
    const bool four = transfer->purpose.empty() || transfer->purpose.size() == 4;
    if (!four) tell("purpose", "number_wrong", "a purpose is a code of four letters");
    none("day", transfer->day && transfer->day != batch.day);
    none("salary", transfer->salary);
    none("own_note", !transfer->own_note.empty());
    none("statement_text", !transfer->statement_text.empty());
  }

  void check_lb_transfer(const CreditTransfer& transfer) {
    amount(transfer->amount);
    const AccountHolder& payee = transfer->payee;
    const bool cheque = !payee.account;
    if (cheque || std::holds_alternative<SwedishAccount>(*payee.account)) ++numbered_;
    if (payee.account && (std::holds_alternative<Iban>(*payee.account) ||
                          std::holds_alternative<NorwegianAccount>(*payee.account))) {
      tell("payee", "account_not_in_format", "LB pays to Swedish accounts and giro numbers");
    }
    if (cheque && (payee.address.empty() || payee.postal_code.empty() || payee.town.empty())) {
      tell("payee", "address_missing", "without an account, money goes to an address");
    }
    text("name", payee.name, rules_.name_max);
    if (!payee.address.empty()) text("address", payee.address.front(), 35);
    if (cheque && payee.address.size() > 1) {
      tell("address", "too_many_lines", "LB has one line of address");
    }
    text("postal_code", payee.postal_code, 5);
    text("town", payee.town, 20);
    text("reference", transfer->reference, rules_.reference_max);
    text("remittance", transfer->remittance, rules_.remittance_max);
    text("statement_text", transfer->statement_text, kStatementLetters);
    const bool to_account = !cheque && std::holds_alternative<SwedishAccount>(*payee.account);
    none("statement_text", !to_account && !transfer->statement_text.empty());
    none("salary", !to_account && transfer->salary);
    none("purpose", !transfer->purpose.empty(), false);
    text("own_note", transfer->own_note, rules_.note_max);
    if (transfer->kind == TransferKind::kCreditNote &&
        (!payee.account || !std::holds_alternative<Bankgiro>(*payee.account))) {
      tell("payee", "account_not_in_format", "a credit note belongs to a bankgiro number");
    }
  }

  Result<> check_reversals(const ReversalBatch& batch) {
    begin(OrderKind::kReversals, "reversals");
    const ReversalBatch& first = order_.reversals.front();
    if (batch.original_message != first.original_message ||
        batch.original_format != first.original_format) {
      tell("original_message", "original_differs",
           "one message reverses debits of one message; write another file");
    }
    if (!batch.original_format.starts_with(kDebitMessage)) {
      tell("original_format", "original_not_a_debit",
           "debits are reversed, which were sent as pain.008: say \"pain.008.001.08\" or another");
    }
    sepa_creditor(batch.creditor, batch.scheme, batch.sequence);
    if (!batch.day) tell("day", "day_missing", "say the day on which was collected");
    TRY(batch.reversals.for_each([&](const Reversal& reversal) -> Result<> {
      next_item();
      check_sepa_debit(reversal->original, batch.day);
      const std::string& debit = reversal->original->end_to_end_id.text();
      if (debit != kNoId && is_again(batch.original_batch.text() + "\n" + debit)) {
        tell("original", "repeated_original", "the order reverses this debit already");
      }
      return {};
    }));
    end_batch();
    return {};
  }

  Result<> check_mandates(const MandateBatch& batch) {
    begin(OrderKind::kMandates, "mandates");
    bankgirot(batch.creditor);
    TRY(batch.mandates.for_each([&](const MandateOrder&) -> Result<> {
      ++totals_.count;
      return {};
    }));
    list_ = "changes";
    TRY(batch.changes.for_each([&](const DebitChange& change) -> Result<> {
      next_item();
      text("reference", change->reference, rules_.reference_max);
      change->amount ? amount(*change->amount) : static_cast<void>(++totals_.count);
      return {};
    }));
    end_items();
    if (totals_.count == 0) tell("", "batch_empty", "the batch has nothing in it");
    check_.all.count += totals_.count;
    return {};
  }

  Result<> check_claims(const ClaimBatch& batch) {
    begin(OrderKind::kClaims, "claims");
    digits("number", batch.number, kBatchNumberDigits);
    if (!claim_numbers_.insert(batch.number).second) {
      tell("number", "repeated_batch", "another assignment has this number");
    }
    if (!batch.creditor.norwegian) {
      tell("creditor", "account_missing", "say the creditor's Norwegian account");
    }
    TRY(batch.claims.for_each([&](const Claim& claim) -> Result<> {
      next_item();
      amount(claim->amount);
      if (!batch.withdrawn) due_day(claim->due);
      text("payer_name", claim->payer_name, 0);
      if (batch.withdrawn && !claim->specification.empty()) {
        tell("specification", "member_not_in_format", "a withdrawal has no notice to specify");
      }
      text("external_reference", claim->external_reference, kClaimReferenceLetters);
      if (claim->specification.size() > kSpecificationLines) {
        tell("specification", "too_many_lines", "the bank's notice has 42 lines");
      }
      for (const std::string& line : claim->specification) {
        text("specification", line, kSpecificationLetters);
      }
      return {};
    }));
    end_batch();
    return {};
  }

  void due_day(base::Date due) {
    if (due >= order_.day + kClaimDaysMin && due <= add_months(order_.day, kClaimMonthsMax)) return;
    tell("due", "due_day_out_of_range",
         "Nets takes claims from 4 days to 12 months before they are due");
  }

  const PaymentOrder& order_;
  const OrderRules& rules_;
  OrderCheck check_;
  BatchTotals totals_;
  Place place_{OrderKind::kCollections};
  std::size_t next_batch_ = 0;
  std::int64_t next_item_ = 0, numbered_ = 0;
  std::string_view list_;
  std::set<std::string> batch_ids_, claim_numbers_;
  std::unordered_set<std::size_t> debit_names_;
};

}  // namespace

std::string BatchTotals::sum() const {
  return base::Money(minor, currency.value_or(base::Currency())).to_decimal_string();
}

const OrderRules* find_order_rules(std::string_view format) {
  const auto found = std::ranges::find(rules_of_formats(), format, &OrderRules::format);
  return found == rules_of_formats().end() ? nullptr : &*found;
}

Result<OrderCheck> check_order(const PaymentOrder& order, const OrderRules& rules) {
  return Checker(order, rules).run();
}

}  // namespace domain
