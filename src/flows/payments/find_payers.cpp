#include "flows/payments/find_payers.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <tuple>

#include "domain/matching/near_references.h"
#include "ports/access.h"
#include "ports/desk.h"
#include "ports/parties.h"
#include "support/crypto/crypto.h"

namespace flows {

using base::Result;
using domain::AccountId;
using domain::matching::Debtor;
using domain::matching::PayerCandidate;
using ports::IncomingPayment;
using BillKey = ports::Billing::BillKey;

namespace {

// What more lead to than these says nothing by itself: only its number counts.
constexpr std::size_t kLedToMax = 60;
constexpr std::size_t kSameAmountMax = 2'000;
constexpr std::int64_t kSaysNothing = 1'000'000;  // So common that it tells nobody apart.
constexpr std::size_t kBillsCounted = 100'000;
constexpr std::int32_t kWindowDays = 75;  // From what is long overdue to what was just sent.
constexpr std::int32_t kSinceDays = 100;  // Bills paid lately are remembered so long.
constexpr std::size_t kNumberDigitsMin = 3;
constexpr std::size_t kNumberDigitsMax = 15;
constexpr int kMonthsCounted = 2;

std::string text_of(const IncomingPayment& payment) {
  std::string text = payment.reference;
  if (!payment.remittance.empty()) text += (text.empty() ? "" : "\n") + payment.remittance;
  return text;
}

domain::matching::PaymentFacts facts_of(const IncomingPayment& payment) {
  return {.amount = payment.open(),
          .booked = payment.booked,
          .text = text_of(payment),
          .payer_name = payment.payer_name,
          .has_payer_account = !payment.payer_account.empty(),
          .charges = payment.charges()};
}

std::optional<std::int64_t> as_number(const std::string& digits) {
  if (digits.size() < kNumberDigitsMin || digits.size() > kNumberDigitsMax) return {};
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

using AmountKey = std::tuple<base::Currency, std::int64_t, base::Date>;

AmountKey amount_key(const IncomingPayment& payment) {
  const base::Money amount = payment.open();
  return {amount.currency(), amount.minor(), payment.booked};
}

// Of what was sent, before banks took their charges.
AmountKey sent_key(const IncomingPayment& payment) {
  const base::Money sent = payment.open() + payment.charges();
  return {sent.currency(), sent.minor(), payment.booked};
}

// From when on bills count that may be meant.
base::Month counted_since(const IncomingPayment& payment) {
  return base::Month::from_index(base::Month::of(payment.booked).index() - kMonthsCounted);
}

base::Date remembered_since(const IncomingPayment& payment) { return payment.booked - kSinceDays; }

// Whether a bill is one that the payment may be for, or was issued too long before it.
bool is_remembered(const domain::Bill& bill, base::Date since) {
  return bill.state == domain::BillState::kOpen || bill.issued >= since;
}

// A debtor with the bills that are remembered, and their places in the whole.
Debtor part_of(const Debtor& debtor, base::Date since, std::vector<std::size_t>& places) {
  Debtor part{.account = debtor.account,
              .customer_number = debtor.customer_number,
              .name = debtor.name,
              .bills = {},
              .invoice_numbers = {}};
  for (std::size_t at = 0; at < debtor.bills.size(); ++at) {
    if (!is_remembered(debtor.bills[at], since)) continue;
    places.push_back(at);
    part.bills.push_back(debtor.bills[at]);
    part.invoice_numbers.push_back(debtor.invoice_numbers[at]);
  }
  return part;
}

std::string code_of(const IncomingPayment& payment, const Debtor& debtor,
                    const PayerCandidate& candidate, const std::vector<std::string>& beside) {
  constexpr std::size_t kCodeBytes = 5;
  std::vector<std::string> parts = {"candidate", payment.id.to_string(),
                                    debtor.account.to_string()};
  for (const std::size_t at : candidate.bills) parts.push_back(debtor.bills[at].id.to_string());
  parts.insert(parts.end(), beside.begin(), beside.end());
  const std::vector<std::string_view> views(parts.begin(), parts.end());
  const auto id = crypto::derived_id(views);
  return crypto::to_hex(std::span(id).first(kCodeBytes));
}

}  // namespace

// The questions of many payments, asked together.
class PayerLookup {
 public:
  PayerLookup(ports::Transaction& transaction, const domain::Operator& seller,
              std::span<const IncomingPayment> payments, PayerCommons& commons, PayerFinder& finder)
      : search_(transaction.payments().payer_search()),
        transaction_(transaction),
        seller_(seller),
        payments_(payments),
        commons_(commons),
        finder_(finder) {}

  Result<> run() {
    TRY(count_bills());
    TRY(by_reference());
    TRY(by_number());
    TRY(by_amount());
    TRY(by_payer_account());
    TRY(by_name());
    std::set<AccountId> accounts;
    for (const auto& [payment, found] : finder_.found_) {
      accounts.insert(found.begin(), found.end());
    }
    for (const auto& [payer, paid] : finder_.paid_for_) {
      if (paid.size() > kLedToMax) continue;
      for (const auto& [account, count] : paid) accounts.insert(account);
    }
    return finder_.load_debtors(transaction_, accounts);
  }

 private:
  Result<> by_reference() {
    std::map<std::string, std::vector<domain::PaymentId>, std::less<>> asked;
    for (const IncomingPayment& payment : payments_) {
      for (std::string& near :
           domain::matching::near_references(text_of(payment), seller_.reference_scheme)) {
        asked[std::move(near)].push_back(payment.id);
      }
    }
    std::vector<std::string> references;
    for (const auto& [reference, payments] : asked) references.push_back(reference);
    for (const auto& [reference, key] : TRY(transaction_.billing().find_references(references))) {
      for (const domain::PaymentId payment : asked.find(reference)->second) {
        finder_.found_[payment].insert(key.account);
      }
    }
    return {};
  }

  Result<> by_number() {
    std::map<std::int64_t, std::vector<domain::PaymentId>> asked;
    for (const IncomingPayment& payment : payments_) {
      for (const std::string& digits : domain::matching::numbers_in(text_of(payment))) {
        if (const auto number = as_number(digits)) asked[*number].push_back(payment.id);
      }
    }
    std::vector<std::int64_t> numbers;
    for (const auto& [number, payments] : asked) numbers.push_back(number);
    for (const auto& [number, key] : TRY(search_.find_invoices(seller_.invoice_series, numbers))) {
      finder_.invoices_[key.bill] = seller_.invoice_series + std::to_string(number);
      for (const domain::PaymentId payment : asked[number]) {
        finder_.found_[payment].insert(key.account);
      }
    }
    std::map<domain::CustomerId, std::vector<domain::PaymentId>> customers;
    for (const auto& [number, customer] : TRY(search_.find_customer_numbers(numbers))) {
      for (const domain::PaymentId payment : asked[number]) customers[customer].push_back(payment);
    }
    return lead_to(customers);
  }

  Result<> count_bills() {
    for (const IncomingPayment& payment : payments_) {
      const base::Month since = counted_since(payment);
      auto known = commons_.bills.find(since);
      if (known == commons_.bills.end()) {
        const std::int64_t count = TRY(search_.count_bills(since, kBillsCounted));
        known = commons_.bills.emplace(since, std::max<std::int64_t>(1, count)).first;
      }
      finder_.bills_[since] = known->second;
    }
    return {};
  }

  Result<> by_amount() {
    std::map<std::tuple<base::Currency, std::int64_t, base::Date>, std::vector<domain::PaymentId>>
        payments;
    for (const IncomingPayment& payment : payments_) {
      for (const AmountKey& key : std::set{amount_key(payment), sent_key(payment)}) {
        const auto common = commons_.amounts.find(key);
        if (common != commons_.amounts.end()) {
          finder_.same_amount_[key] = common->second;
        } else {
          payments[key].push_back(payment.id);
        }
      }
    }
    std::vector<ports::PayerSearch::TotalAsked> asked;
    for (const auto& [key, ids] : payments) {
      const auto& [currency, minor, booked] = key;
      asked.push_back({base::Money(minor, currency), booked - kWindowDays, booked + kWindowDays});
    }
    const auto answers = TRY(search_.bills_of_totals(asked, kSameAmountMax));
    auto answer = answers.begin();
    for (const auto& [key, ids] : payments) {
      const std::vector<BillKey>& bills = *answer++;
      const std::int64_t count =
          bills.size() == kSameAmountMax ? kSaysNothing : static_cast<std::int64_t>(bills.size());
      finder_.same_amount_[key] = count;
      if (bills.size() > kLedToMax) {
        commons_.amounts[key] = count;
        continue;
      }
      for (const domain::PaymentId id : ids) {
        for (const BillKey& bill : bills) finder_.found_[id].insert(bill.account);
      }
    }
    return {};
  }

  Result<> by_payer_account() {
    std::set<std::string> asked;
    for (const IncomingPayment& payment : payments_) {
      if (!payment.payer_account.empty()) asked.insert(payment.payer_account);
    }
    const std::vector<std::string> accounts(asked.begin(), asked.end());
    for (const ports::PaidFor& row : TRY(search_.find_payers(accounts))) {
      finder_.paid_for_[row.payer_account][row.account] = row.payments;
    }
    return {};
  }

  Result<> by_name() {
    std::map<std::string, std::vector<domain::PaymentId>, std::less<>> asked;
    for (const IncomingPayment& payment : payments_) {
      for (std::string& word : domain::matching::payer_search_words(payment.payer_name)) {
        if (commons_.names.contains(word)) {
          finder_.named_[word] = kSaysNothing;
        } else {
          asked[std::move(word)].push_back(payment.id);
        }
      }
    }
    std::vector<std::string> words;
    for (const auto& [word, payments] : asked) words.push_back(word);
    std::map<domain::CustomerId, std::vector<domain::PaymentId>> customers;
    for (const auto& [word, found] : TRY(search_.find_words(words, kLedToMax + 1))) {
      const bool is_common = found.size() > kLedToMax;
      finder_.named_[word] = is_common ? kSaysNothing : static_cast<std::int64_t>(found.size());
      if (is_common) {
        commons_.names.insert(word);
        continue;
      }
      for (const domain::CustomerId customer : found) {
        for (const domain::PaymentId payment : asked[word]) customers[customer].push_back(payment);
      }
    }
    return lead_to(customers);
  }

  Result<> lead_to(const std::map<domain::CustomerId, std::vector<domain::PaymentId>>& customers) {
    std::vector<domain::CustomerId> ids;
    for (const auto& [customer, payments] : customers) ids.push_back(customer);
    for (const auto& row : TRY(search_.accounts_of(ids))) {
      for (const domain::PaymentId payment : customers.at(row.customer)) {
        finder_.found_[payment].insert(row.account);
      }
    }
    return {};
  }

  ports::PayerSearch& search_;
  ports::Transaction& transaction_;
  const domain::Operator& seller_;
  std::span<const IncomingPayment> payments_;
  PayerCommons& commons_;
  PayerFinder& finder_;
};

Result<PayerFinder> PayerFinder::load(ports::Transaction& transaction,
                                      const domain::Operator& seller,
                                      std::span<const IncomingPayment> payments) {
  PayerCommons commons;
  return load(transaction, seller, payments, commons);
}

Result<PayerFinder> PayerFinder::load(ports::Transaction& transaction,
                                      const domain::Operator& seller,
                                      std::span<const IncomingPayment> payments,
                                      PayerCommons& commons) {
  PayerFinder finder;
  if (!commons.learned) {
    commons.learned = TRY(transaction.payments().payer_search().learned());
  }
  finder.model_ = domain::matching::PayerModel::learned_from(commons.learned->counts);
  finder.version_ = commons.learned->version;
  if (payments.empty()) return finder;
  finder.since_ = remembered_since(payments.front());
  for (const IncomingPayment& payment : payments) {
    finder.since_ = std::min(finder.since_, remembered_since(payment));
  }
  TRY(PayerLookup(transaction, seller, payments, commons, finder).run());
  return finder;
}

Result<> PayerFinder::load_debtors(ports::Transaction& transaction,
                                   const std::set<AccountId>& accounts) {
  const std::vector<AccountId> ids(accounts.begin(), accounts.end());
  std::map<domain::CustomerId, std::vector<AccountId>> owners;
  for (const domain::Account& account : TRY(transaction.parties().find_accounts(ids))) {
    debtors_[account.id].account = account.id;
    owners[account.customer].push_back(account.id);
  }
  std::vector<domain::CustomerId> customers;
  for (const auto& [customer, owned] : owners) customers.push_back(customer);
  for (const domain::Customer& customer : TRY(transaction.parties().find_customers(customers))) {
    for (const AccountId account : owners[customer.id]) {
      debtors_[account].name = customer.party.name;
      debtors_[account].customer_number = customer.number;
    }
  }
  // What is owed longest is paid first.
  auto bills = TRY(transaction.payments().payer_search().bills_of(ids, since_));
  std::ranges::sort(bills, {}, [](const domain::Bill& bill) {
    return std::tuple(bill.account, bill.due, bill.id);
  });
  for (domain::Bill& bill : bills) {
    const auto debtor = debtors_.find(bill.account);
    if (debtor == debtors_.end()) continue;
    const auto number = invoices_.find(bill.id);
    debtor->second.invoice_numbers.push_back(number == invoices_.end() ? "" : number->second);
    debtor->second.bills.push_back(std::move(bill));
  }
  return {};
}

Result<> PayerFinder::know(ports::Transaction& transaction, AccountId account) {
  if (debtors_.contains(account)) return {};
  return load_debtors(transaction, {account});
}

Result<> PayerFinder::lead(ports::Transaction& transaction, domain::PaymentId payment,
                           AccountId account) {
  TRY(know(transaction, account));
  found_[payment].insert(account);
  return {};
}

Result<> PayerFinder::lead_by_payer(ports::Transaction& transaction, const IncomingPayment& payment,
                                    AccountId account) {
  TRY(know(transaction, account));
  paid_for_[payment.payer_account].emplace(account, 1);
  return {};
}

void PayerFinder::refresh(const std::function<const domain::Bill*(domain::BillId)>& newer) {
  for (auto& [account, debtor] : debtors_) {
    for (domain::Bill& bill : debtor.bills) {
      const domain::Bill* now = newer(bill.id);
      if (now != nullptr && now->version > bill.version) bill = *now;
    }
  }
}

domain::matching::PaidBefore PayerFinder::paid_before(const IncomingPayment& payment,
                                                      AccountId account) const {
  const auto paid = paid_for_.find(payment.payer_account);
  if (payment.payer_account.empty() || paid == paid_for_.end()) return {};
  const auto here = paid->second.find(account);
  return {.for_debtor = here == paid->second.end() ? 0 : here->second,
          .for_others = paid->second.size() > (here == paid->second.end() ? 0U : 1U)};
}

domain::matching::PayerField PayerFinder::field_of(const IncomingPayment& payment) const {
  domain::matching::PayerField field;
  const auto bills = bills_.find(counted_since(payment));
  field.bills = bills == bills_.end() ? 1 : bills->second;
  const auto capped = [&](std::int64_t count) {
    return std::clamp<std::int64_t>(count, 1, std::max(field.bills, kSaysNothing));
  };
  const auto count_of = [&](const AmountKey& key) {
    const auto same = same_amount_.find(key);
    return same == same_amount_.end() ? kSaysNothing : capped(same->second);
  };
  field.same_amount = count_of(amount_key(payment));
  field.same_sent = count_of(sent_key(payment));
  const auto words = domain::matching::payer_search_words(payment.payer_name);
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto named = named_.find(words[at]);
    if (named == named_.end()) continue;
    std::int64_t& count = at == 0 ? field.namesakes : field.like_named;
    count = std::max(count, capped(named->second));
  }
  const auto paid = paid_for_.find(payment.payer_account);
  if (paid != paid_for_.end()) {
    field.accounts_of_payer = static_cast<std::int64_t>(paid->second.size());
  }
  return field;
}

std::set<AccountId> PayerFinder::accounts_for(const IncomingPayment& payment) const {
  std::set<AccountId> accounts;
  if (const auto found = found_.find(payment.id); found != found_.end()) accounts = found->second;
  const auto paid = paid_for_.find(payment.payer_account);
  if (paid == paid_for_.end() || paid->second.size() > kLedToMax) return accounts;
  for (const auto& [account, count] : paid->second) accounts.insert(account);
  return accounts;
}

PayerAnswer PayerFinder::answer(const IncomingPayment& payment) const {
  PayerAnswer answer;
  std::vector<PayerCandidate> candidates;
  const domain::matching::PaymentFacts facts = facts_of(payment);
  const base::Date since = remembered_since(payment);
  for (const AccountId account : accounts_for(payment)) {
    const auto found = debtors_.find(account);
    if (found == debtors_.end()) continue;
    // What only an earlier payment of the batch may be for is left out.
    std::vector<std::size_t> places;
    const Debtor& whole = found->second;
    const auto keeps = [&](const domain::Bill& bill) { return is_remembered(bill, since); };
    const bool keeps_all = std::ranges::all_of(whole.bills, keeps);
    Debtor part;
    if (!keeps_all) part = part_of(whole, since, places);
    for (PayerCandidate& each : domain::matching::candidates_of(facts, keeps_all ? whole : part,
                                                                paid_before(payment, account))) {
      each.debtor = answer.accounts.size();
      if (!keeps_all) {
        for (std::size_t& bill : each.bills) bill = places[bill];
      }
      candidates.push_back(std::move(each));
    }
    answer.accounts.push_back(account);
  }
  if (candidates.empty()) return answer;
  std::vector<const Debtor*> debtors;
  for (const AccountId account : answer.accounts) debtors.push_back(&debtor(account));
  if (auto all = domain::matching::of_several_debtors(facts.amount, candidates, debtors)) {
    candidates.push_back(*std::move(all));
  }
  answer.ranking = domain::matching::rank(std::move(candidates), field_of(payment), model_);
  return answer;
}

Result<std::vector<PayerSuggestion>> PayerFinder::suggest(ports::Transaction& transaction,
                                                          const IncomingPayment& payment) const {
  const PayerAnswer answered = answer(payment);
  const domain::matching::PaymentFacts facts = facts_of(payment);
  std::vector<PayerSuggestion> suggestions;
  const std::size_t count = std::min(kSuggestionsMax, answered.ranking.candidates.size());
  for (std::size_t at = 0; at < count; ++at) {
    const PayerCandidate& candidate = answered.ranking.candidates[at];
    const AccountId account = answered.accounts[candidate.debtor];
    const Debtor& known = debtor(account);
    PayerSuggestion suggestion;
    suggestion.account = account;
    suggestion.customer_name = known.name;
    for (const std::size_t bill : candidate.bills) suggestion.bills.push_back(known.bills[bill]);
    suggestion.reasons =
        domain::matching::reasons_for(facts, known, paid_before(payment, account), candidate);
    std::vector<std::string> beside;
    for (const auto& [other, bill] : candidate.beside) {
      const Debtor& theirs = debtor(answered.accounts[other]);
      suggestion.bills.push_back(theirs.bills[bill]);
      suggestion.customer_name += ", " + theirs.name;
      beside.push_back(theirs.bills[bill].id.to_string());
    }
    if (!beside.empty()) {
      suggestion.reasons = {{"payer.amount.several_customers", "",
                             static_cast<std::int64_t>(suggestion.bills.size()), payment.open()}};
    }
    suggestion.code = code_of(payment, known, candidate, beside);
    suggestion.invoice_numbers = TRY(transaction.access().desk().invoice_numbers(suggestion.bills));
    suggestion.customer_number = known.customer_number;
    suggestion.millionths = domain::matching::millionths(answered.ranking, at);
    suggestion.levels = candidate.levels;
    suggestions.push_back(std::move(suggestion));
  }
  return suggestions;
}

domain::matching::PayerLevels PayerFinder::levels_of(const IncomingPayment& payment,
                                                     AccountId account,
                                                     std::span<const domain::BillId> bills) const {
  const Debtor& known = debtor(account);
  std::vector<std::size_t> places;
  for (const domain::BillId bill : bills) {
    const auto at = std::ranges::find(known.bills, bill, &domain::Bill::id);
    if (at != known.bills.end()) {
      places.push_back(static_cast<std::size_t>(at - known.bills.begin()));
    }
  }
  return domain::matching::levels_of(facts_of(payment), known, paid_before(payment, account),
                                     std::move(places));
}

void PayerFinder::booked(const IncomingPayment& payment, AccountId account,
                         std::span<const domain::Bill> bills) {
  if (!payment.payer_account.empty()) ++paid_for_[payment.payer_account][account];
  const auto debtor = debtors_.find(account);
  if (debtor == debtors_.end()) return;
  for (const domain::Bill& bill : bills) {
    const auto at = std::ranges::find(debtor->second.bills, bill.id, &domain::Bill::id);
    if (at != debtor->second.bills.end()) *at = bill;
  }
}

}  // namespace flows
