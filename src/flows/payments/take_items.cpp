#include "flows/payments/take_items.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "domain/payment/allocate.h"
#include "domain/payment/sum_of_bills.h"
#include "flows/operations/derived_ids.h"
#include "flows/payments/book_return.h"
#include "flows/payments/doubt_references.h"
#include "flows/payments/find_returned.h"
#include "flows/payments/undo_allocation.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::MoneyItem;
using domain::PaymentId;
using ports::IncomingPayment;
using BillKey = ports::Billing::BillKey;

PaymentId payment_id(std::string_view identity) {
  return derived_id<PaymentId>({"payment", identity});
}

BankImportSums& sums_of(TakeOutcome& outcome, base::Currency currency) {
  const Money nothing(0, currency);
  return outcome.sums.emplace(currency, BankImportSums{nothing, nothing, nothing, nothing})
      .first->second;
}

// How many batches may be on their way at once: one is written, one waits, one more to be safe.
constexpr std::size_t kAheadMax = 3;

class Planning {
 public:
  Planning(ports::Transaction& transaction, const TakeContext& context,
           std::span<const TakenItem> items, const TakenAhead& ahead, PayerCommons& commons)
      : transaction_(transaction), items_(items), ahead_(ahead), commons_(commons) {
    plan_.context = context;
    allocation_ = {.recorded = context.recorded, .actor = context.actor};
  }

  Result<TakePlan> run() {
    TRY(find_new());
    if (!new_.empty()) TRY(load_bills());
    TRY(find_doubts());
    TRY(load_others());
    TRY(take_all());
    TRY(book());
    gather_bills();
    sort_payments();
    transaction_.payments().seal_payers(plan_.rows.payments);
    TRY(link_events());
    return std::move(plan_);
  }

 private:
  struct Bill {
    domain::Bill value;
    bool changed = false;
    bool seen = false;
  };
  // With the bills that its reference names.
  struct NewItem {
    const TakenItem* item = nullptr;
    std::vector<Bill*> named;
    [[nodiscard]] domain::AccountId account() const {
      return named.empty() ? domain::AccountId() : named.front()->value.account;
    }
  };

  Result<> find_new();
  Result<> load_bills();
  Result<> load(std::span<const BillKey> keys);
  Result<> find_doubts();
  Result<> load_others();
  Result<> take_all();
  Result<> take(const NewItem& taken);
  [[nodiscard]] IncomingPayment payment_of(const TakenItem& taken) const;
  [[nodiscard]] std::vector<Bill*> bills_of(const TakenItem& item);
  void spread_surplus(domain::AccountId account, std::vector<domain::AllocationPart>& parts);
  void take_back(const NewItem& taken);
  Result<> let_go(IncomingPayment& payment, Bill& bill);
  Result<> book();
  void gather_bills();
  void sort_payments();
  Result<> link_events();

  ports::Transaction& transaction_;
  std::span<const TakenItem> items_;
  const TakenAhead& ahead_;
  PayerCommons& commons_;
  AllocationContext allocation_;
  std::vector<NewItem> new_;
  std::unordered_map<std::string, domain::BillId> references_;
  std::unordered_map<domain::BillId, Bill> bills_;
  // Of accounts of which more comes than the named bills need: the open ones, as they are due.
  std::map<domain::AccountId, std::vector<domain::BillId>> others_;
  std::map<PaymentId, std::string_view> doubts_;
  TakePlan plan_;
};

Result<> Planning::find_new() {
  std::vector<PaymentId> asked;
  asked.reserve(items_.size());
  for (const TakenItem& item : items_) {
    asked.push_back(item.id);
    if (!item.told_otherwise.is_nil()) asked.push_back(item.told_otherwise);
  }
  std::ranges::sort(asked);  // Neighbours of the index are asked for together.
  const std::vector<PaymentId> found = TRY(transaction_.payments().known(asked));
  const std::unordered_set<PaymentId> known(found.begin(), found.end());
  const auto is_known = [&](PaymentId id) { return known.contains(id) || ahead_.knows(id); };
  // The parts of a sum are told otherwise by the sum, and not by one another.
  std::unordered_set<PaymentId> added;
  for (const TakenItem& item : items_) {
    const bool told = !item.told_otherwise.is_nil() &&
                      (is_known(item.told_otherwise) || added.contains(item.told_otherwise));
    if (told || is_known(item.id) || !added.insert(item.id).second) {
      if (plan_.outcome.repeated++ == 0) plan_.outcome.first_repeated_line = item.money.line;
      continue;
    }
    ++plan_.outcome.payments;
    if (!item.told_otherwise.is_nil()) plan_.untold.push_back(item.told_otherwise);
    new_.push_back({&item, {}});
  }
  return {};
}

Result<> Planning::load_bills() {
  std::vector<std::string> asked;
  for (const NewItem& taken : new_) {
    asked.insert(asked.end(), taken.item->forms.begin(), taken.item->forms.end());
  }
  std::ranges::sort(asked);
  const auto repeated = std::ranges::unique(asked);
  asked.erase(repeated.begin(), repeated.end());
  const auto found = TRY(transaction_.billing().find_references(asked));
  std::vector<BillKey> keys;
  keys.reserve(found.size());
  references_.reserve(found.size());
  for (const auto& [reference, key] : found) {
    keys.push_back(key);
    references_.emplace(reference, key.bill);
  }
  TRY(load(keys));
  for (NewItem& taken : new_) taken.named = bills_of(*taken.item);
  return {};
}

// Those that are not known yet.
Result<> Planning::load(std::span<const BillKey> keys) {
  auto bills = plan_.context.hold_bills ? TRY(transaction_.billing().hold_bills(keys))
                                        : TRY(transaction_.billing().find_bills(keys));
  bills_.reserve(bills_.size() + bills.size());
  for (domain::Bill& bill : bills) {
    const auto [mine, added] = bills_.try_emplace(bill.id);
    if (!added) continue;
    const domain::Bill* ahead = ahead_.find(bill.id);
    const bool is_newer = ahead != nullptr && ahead->version > bill.version;
    mine->second.value = is_newer ? *ahead : std::move(bill);
  }
  return {};
}

std::vector<Planning::Bill*> Planning::bills_of(const TakenItem& item) {
  std::vector<Bill*> found;
  for (const std::string& form : item.forms) {
    const auto named = references_.find(form);
    if (named == references_.end()) continue;
    const auto bill = bills_.find(named->second);
    if (bill == bills_.end()) continue;
    if (std::ranges::find(found, &bill->second) == found.end()) found.push_back(&bill->second);
  }
  return found;
}

// As the bills stand before this batch: who waits in vain is booked by people.
Result<> Planning::find_doubts() {
  std::vector<GivenReference> given;
  for (const auto& [item, named] : new_) {
    if (item->money.amount.is_negative() || !item->money.reason.empty()) continue;
    if (named.size() != 1) continue;
    const domain::Bill& bill = named.front()->value;
    if (!may_be_doubted(item->money, bill)) continue;
    given.push_back({payment_of(*item), bill.account, bill.state == domain::BillState::kOpen});
  }
  doubts_ = TRY(doubt_references(transaction_, given, ahead_, commons_));
  return {};
}

// Where more comes than the bills that are named need, the account's other bills may be meant:
// asked for together, and only for such accounts.
Result<> Planning::load_others() {
  std::unordered_map<domain::BillId, Money> left;
  std::set<domain::AccountId> accounts;
  base::Date last;
  for (const auto& [item, named] : new_) {
    const MoneyItem& money = item->money;
    if (money.amount.is_negative() || !money.reason.empty() || doubts_.contains(item->id)) continue;
    if (named.size() != 1) continue;
    const domain::Bill& bill = named.front()->value;
    if (bill.total.currency() != money.amount.currency()) continue;
    Money& rest = left.try_emplace(bill.id, bill.rest()).first->second;
    rest -= money.amount;
    if (rest.is_negative()) accounts.insert(bill.account);
    last = std::max(last, money.booked);
  }
  if (accounts.empty()) return {};
  const std::vector<domain::AccountId> asked(accounts.begin(), accounts.end());
  auto found = TRY(transaction_.payments().payer_search().bills_of(asked, last + 1));
  std::erase_if(found,
                [](const domain::Bill& bill) { return bill.state != domain::BillState::kOpen; });
  std::ranges::sort(found, {}, [](const domain::Bill& bill) {
    return std::tuple(bill.account, bill.due, bill.id);
  });
  std::vector<BillKey> keys;
  for (const domain::Bill& bill : found) {
    others_[bill.account].push_back(bill.id);
    if (!bills_.contains(bill.id)) keys.push_back({bill.account, bill.id});
  }
  return keys.empty() ? Result<>() : load(keys);
}

// Account by account, and of each as they came: neighbours in a table are written together.
Result<> Planning::take_all() {
  std::vector<std::pair<domain::AccountId, const NewItem*>> all;
  all.reserve(new_.size());
  for (const NewItem& taken : new_) all.emplace_back(taken.account(), &taken);
  std::ranges::sort(all);
  plan_.rows.payments.reserve(all.size());
  plan_.rows.allocations.reserve(all.size());
  plan_.rows.postings.reserve(all.size());
  plan_.rows.events.reserve(all.size());
  for (const auto& [account, taken] : all) TRY(take(*taken));
  // As they came.
  std::ranges::sort(plan_.back, {}, &TakePlan::Back::item);
  return {};
}

IncomingPayment Planning::payment_of(const TakenItem& taken) const {
  const MoneyItem& item = taken.money;
  IncomingPayment payment;
  payment.id = taken.id;
  payment.file = plan_.context.file;
  payment.entry = item.entry;
  payment.bank_account = item.bank_account;
  payment.rail = item.rail;
  payment.amount = item.amount;
  payment.booked = item.booked;
  payment.value = item.value;
  payment.reference = item.reference;
  payment.bank_reference = item.bank_reference;
  payment.end_to_end_id = item.end_to_end_id;
  payment.payer_name = item.payer_name;
  payment.payer_account = item.payer_account;
  payment.remittance = item.remittance;
  if (item.charges) payment.charges_minor = item.charges->minor();
  payment.state = "suspense";
  payment.allocated = Money(0, item.amount.currency());
  payment.recorded = plan_.context.recorded;
  return payment;
}

Result<> Planning::take(const NewItem& taken) {
  const MoneyItem& item = taken.item->money;
  IncomingPayment payment = payment_of(*taken.item);
  BankImportSums& sums = sums_of(plan_.outcome, item.amount.currency());
  sums.came += item.amount;
  if (item.amount.is_negative()) {
    payment.reason = item.reason.empty() ? "return_not_found" : item.reason;
    if (item.reason.empty()) take_back(taken);
    plan_.rows.payments.push_back(std::move(payment));
    return {};
  }
  std::vector<const domain::Bill*> bills;
  for (Bill* bill : taken.named) {
    bill->seen = true;
    bills.push_back(&bill->value);
  }
  if (const auto doubt = doubts_.find(taken.item->id); doubt != doubts_.end()) {
    payment.reason = doubt->second;
    plan_.rows.payments.push_back(std::move(payment));
    return {};
  }
  domain::AllocationPlan plan = domain::plan_allocation(item, bills);
  payment.reason = plan.reason;
  if (!plan.parts.empty()) spread_surplus(bills.front()->account, plan.parts);
  for (const domain::AllocationPart& part : plan.parts) {
    TRY(plan_.rows.allocate(payment, bills.front()->account, part, allocation_));
    (part.bill.is_nil() ? sums.to_credit : sums.to_bills) += part.amount;
    if (part.bill.is_nil()) continue;
    Bill& first = *taken.named.front();
    Bill& bill = part.bill == first.value.id ? first : bills_.at(part.bill);
    domain::pay(bill.value, part.amount);
    bill.changed = true;
  }
  if (!plan.parts.empty()) TRY(let_go(payment, *taken.named.front()));
  plan_.rows.payments.push_back(std::move(payment));
  return {};
}

// What the named bill does not need is for others of the account, where it is exactly their sum.
// Whose reference names a paid bill says less: then no two choices may fit.
void Planning::spread_surplus(domain::AccountId account,
                              std::vector<domain::AllocationPart>& parts) {
  const domain::AllocationPart surplus = parts.back();
  const auto others = others_.find(account);
  if (!surplus.bill.is_nil() || others == others_.end()) return;
  std::vector<const domain::Bill*> bills;
  for (const domain::BillId id : others->second) {
    const auto known = bills_.find(id);
    const bool is_named = id == parts.front().bill;
    if (is_named || known == bills_.end()) continue;
    known->second.seen = true;
    bills.push_back(&known->second.value);
  }
  const auto alike =
      parts.size() > 1 ? domain::AlikeBills::kFirstDue : domain::AlikeBills::kNoChoice;
  const auto meant = domain::bills_of_sum(bills, surplus.amount, alike);
  if (meant.empty()) return;
  parts.pop_back();
  for (const std::size_t at : meant) {
    parts.push_back({bills[at]->id, bills[at]->rest(), "sum_of_bills"});
  }
}

void Planning::take_back(const NewItem& taken) {
  TakePlan::Back& back = plan_.back.emplace_back();
  back.item = static_cast<std::size_t>(taken.item - items_.data());
  for (const Bill* bill : taken.named) back.named.push_back({bill->value.account, bill->value.id});
}

// So little is left of the bill that nobody is asked for it.
Result<> Planning::let_go(IncomingPayment& payment, Bill& bill) {
  if (!bill.changed) return {};
  const auto put = [&](const std::optional<domain::AllocationPart>& part) -> Result<> {
    if (!part) return {};
    TRY(plan_.rows.allocate(payment, bill.value.account, *part, allocation_));
    domain::pay(bill.value, part->amount);
    return {};
  };
  if (plan_.context.bears_charges) {
    TRY(put(domain::borne_charge(bill.value, payment.charges())));
  }
  return put(domain::small_rest(bill.value, plan_.context.write_off_minor));
}

// One posting of the house for each account, currency and day of the batch, named after the first
// of its payments: each is new only once.
Result<> Planning::book() {
  struct Sum {
    Money amount;
    PaymentId first;
  };
  std::map<std::tuple<std::string, base::Currency, base::Date>, Sum> sums;
  for (const auto& [item, named] : new_) {
    const MoneyItem& money = item->money;
    const auto key = std::tuple(money.bank_account, money.amount.currency(), money.booked);
    const auto [sum, added] = sums.emplace(key, Sum{money.amount, item->id});
    if (!added) sum->second.amount += money.amount;
  }
  for (const auto& [key, sum] : sums) {
    if (sum.amount.is_zero()) continue;
    const auto& [account, currency, booked] = key;
    domain::Posting::Head head;
    head.id = derived_id<domain::PostingId>({"posting", sum.first.to_string(), "bank"});
    head.kind = "bank";
    head.effective = booked;
    head.recorded = plan_.context.recorded;
    head.source = plan_.context.file.to_string();
    plan_.rows.postings.push_back(
        TRY(domain::Posting::make(std::move(head), domain::bank_entries(account, sum.amount))));
  }
  return {};
}

// In the order in which others hold them.
void Planning::gather_bills() {
  std::vector<const domain::Bill*> changed;
  for (auto& [id, bill] : bills_) {
    const domain::Bill& value = bill.value;
    if (!bill.changed && bill.seen) plan_.seen.push_back({value.account, id, value.version});
    if (!bill.changed) continue;
    ++bill.value.version;
    changed.push_back(&value);
  }
  std::ranges::sort(changed, {},
                    [](const domain::Bill* bill) { return BillKey{bill->account, bill->id}; });
  plan_.rows.bills.reserve(changed.size());
  for (const domain::Bill* bill : changed) plan_.rows.bills.push_back(*bill);
}

// By their ids, each moved only once.
void Planning::sort_payments() {
  std::vector<IncomingPayment*> order;
  order.reserve(plan_.rows.payments.size());
  for (IncomingPayment& payment : plan_.rows.payments) order.push_back(&payment);
  std::ranges::sort(order, {}, [](const IncomingPayment* payment) { return payment->id; });
  std::vector<IncomingPayment> sorted;
  sorted.reserve(order.size());
  for (IncomingPayment* payment : order) sorted.push_back(std::move(*payment));
  plan_.rows.payments = std::move(sorted);
}

// So that who writes need not look where chains end.
Result<> Planning::link_events() {
  ports::ChainEnds ends;
  for (const ports::NewEvent& event : plan_.rows.events) {
    const ports::ChainEnd* end = ahead_.chain_end(event.account);
    if (end != nullptr) ends.emplace(event.account, *end);
  }
  plan_.rows.links = TRY(transaction_.events().link(plan_.rows.events, ends));
  return {};
}

class Keeping {
 public:
  Keeping(ports::Transaction& transaction, TakePlan& plan, std::span<const TakenItem> items)
      : transaction_(transaction), plan_(plan), items_(items) {}

  Result<TakeOutcome> run() {
    TRY(check());
    TRY(keep());
    TRY(follow_all());
    count_suspense();
    return std::move(plan_.outcome);
  }

 private:
  // That what was planned on is still so.
  Result<> check();
  Result<> keep();
  Result<> follow_all();
  Result<> follow_back(const TakePlan::Back& back, PaymentId original);
  Result<std::optional<IncomingPayment>> find_original(const TakePlan::Back& back);
  [[nodiscard]] const MoneyItem& money_of(const TakePlan::Back& back) const {
    return items_[back.item].money;
  }
  void count_suspense();

  ports::Transaction& transaction_;
  TakePlan& plan_;
  std::span<const TakenItem> items_;
};

// Bills that are changed are checked when they are written, payments and events by their keys.
Result<> Keeping::check() {
  const auto busy = [](std::string_view place) {
    return base::fail("database_busy", "another writer was there first; try again",
                      std::string(place));
  };
  if (!plan_.untold.empty() && !TRY(transaction_.payments().known(plan_.untold)).empty()) {
    return busy("payment");
  }
  if (plan_.seen.empty()) return {};
  std::vector<BillKey> keys;
  std::unordered_map<domain::BillId, std::int64_t> versions;
  for (const auto& [account, bill, version] : plan_.seen) {
    keys.push_back({account, bill});
    versions.emplace(bill, version);
  }
  for (const auto& now : TRY(transaction_.billing().versions_of(keys))) {
    if (versions.at(now.bill) != now.version) return busy("bill");
  }
  return {};
}

Result<> Keeping::keep() {
  if (!plan_.rows.payments.empty()) {
    const std::int64_t epoch = TRY(transaction_.work().hold_epoch());
    for (ports::AccountCredit& credit : plan_.rows.credits) credit.epoch = epoch;
  }
  auto kept = plan_.rows.keep(transaction_);
  if (!kept && kept.error().code == "constraint_violated") {
    return base::fail("database_busy", "another writer kept one of the payments; try again",
                      kept.error().place);
  }
  return kept;
}

// Surely: the bank names the payment, or the bill has one of that amount, or one with that name.
Result<std::optional<IncomingPayment>> Keeping::find_original(const TakePlan::Back& back) {
  const MoneyItem& item = money_of(back);
  if (!item.original.empty()) {
    auto named = TRY(transaction_.payments().find_payment(payment_id(item.original)));
    if (named && fits_return(*named, item)) return named;
  }
  std::vector<IncomingPayment> found;
  std::set<PaymentId> seen;
  for (const auto& [account, bill] : back.named) {
    for (const auto& row : TRY(transaction_.payments().allocations_of(account, bill))) {
      if (!seen.insert(row.payment).second) continue;
      auto payment = TRY(transaction_.payments().find_payment(row.payment));
      if (payment && fits_return(*payment, item)) found.push_back(*std::move(payment));
    }
  }
  return choose_returned(std::move(found), item);
}

// Those that are not found surely are looked for by their names, all at once.
Result<> Keeping::follow_all() {
  std::vector<const TakePlan::Back*> left;
  std::vector<const MoneyItem*> asked;
  for (const TakePlan::Back& back : plan_.back) {
    const auto original = TRY(find_original(back));
    if (original) {
      TRY(follow_back(back, original->id));
    } else {
      left.push_back(&back);
      asked.push_back(&money_of(back));
    }
  }
  if (left.empty()) return {};
  const auto named = TRY(find_named_alike(transaction_, asked));
  for (std::size_t at = 0; at < left.size(); ++at) {
    std::vector<IncomingPayment> found;
    for (const PaymentId id : named[at]) {
      auto payment = TRY(transaction_.payments().find_payment(id));
      if (payment && fits_return(*payment, *asked[at])) found.push_back(*std::move(payment));
    }
    const auto original = choose_returned(std::move(found), *asked[at]);
    if (original) TRY(follow_back(*left[at], original->id));
  }
  return {};
}

Result<> Keeping::follow_back(const TakePlan::Back& back, PaymentId id) {
  const MoneyItem& item = money_of(back);
  // An agent may be at it.
  TRY(transaction_.work().lock(payment_lock(id)));
  auto original = TRY(transaction_.payments().find_payment(id));
  if (!original || !fits_return(*original, item)) return {};
  const Undoing undoing{.recorded = plan_.context.recorded,
                        .effective = item.booked,
                        .actor = plan_.context.actor,
                        .by = "returned",
                        .even_if_used = true};
  const PaymentId own = items_[back.item].id;
  const auto row = std::ranges::find(plan_.rows.payments, own, &IncomingPayment::id);
  const auto undone = TRY(book_return(transaction_, *original, *row, undoing));
  if (!undone) return {};
  BankImportSums& sums = sums_of(plan_.outcome, item.amount.currency());
  for (const ports::Allocation& each : *undone) {
    if (domain::is_let_go(each.by)) continue;
    (each.bill.is_nil() ? sums.to_credit : sums.to_bills) -= each.amount;
  }
  return {};
}

void Keeping::count_suspense() {
  for (const IncomingPayment& payment : plan_.rows.payments) {
    if (payment.state == "suspense") ++plan_.outcome.suspense[payment.reason];
  }
  for (auto& [currency, sums] : plan_.outcome.sums) {
    sums.suspense = sums.came - sums.to_bills - sums.to_credit;
  }
}

}  // namespace

TakenItem make_taken_item(MoneyItem money, bool rf_references) {
  TakenItem item;
  item.id = payment_id(money.identity);
  if (!money.told_otherwise.empty()) item.told_otherwise = payment_id(money.told_otherwise);
  item.forms = domain::reference_forms(money.reference, rf_references);
  if (money.amount.is_negative()) {
    for (const std::string& written : references_in_text(money)) {
      for (std::string& form : domain::reference_forms(written, rf_references)) {
        item.forms.push_back(std::move(form));
      }
    }
  }
  item.money = std::move(money);
  return item;
}

void TakenAhead::add(const TakePlan& plan) {
  Batch& batch = batches_.emplace_back();
  batch.payments.reserve(plan.rows.payments.size());
  for (const IncomingPayment& payment : plan.rows.payments) batch.payments.insert(payment.id);
  batch.bills.reserve(plan.rows.bills.size());
  for (const domain::Bill& bill : plan.rows.bills) batch.bills.emplace(bill.id, bill);
  for (const ports::PaidFor& paid : plan.rows.payers) {
    batch.payers.emplace(paid.payer_account, paid.account);
  }
  batch.chains.reserve(plan.rows.links.size());
  for (std::size_t at = 0; at < plan.rows.links.size(); ++at) {
    const domain::AccountId account = plan.rows.events[at].account;
    const ports::ChainLink& link = plan.rows.links[at];
    batch.chains.insert_or_assign(account, ports::ChainEnd{link.seq, link.hash});
  }
  if (batches_.size() > kAheadMax) batches_.pop_front();
}

bool TakenAhead::knows(PaymentId payment) const {
  return std::ranges::any_of(batches_,
                             [&](const Batch& batch) { return batch.payments.contains(payment); });
}

const ports::ChainEnd* TakenAhead::chain_end(domain::AccountId account) const {
  for (auto batch = batches_.rbegin(); batch != batches_.rend(); ++batch) {
    const auto found = batch->chains.find(account);
    if (found != batch->chains.end()) return &found->second;
  }
  return nullptr;
}

const domain::Bill* TakenAhead::find(domain::BillId bill) const {
  for (auto batch = batches_.rbegin(); batch != batches_.rend(); ++batch) {
    const auto found = batch->bills.find(bill);
    if (found != batch->bills.end()) return &found->second;
  }
  return nullptr;
}

std::vector<domain::AccountId> TakenAhead::paid_from(const std::string& payer_account) const {
  std::vector<domain::AccountId> accounts;
  for (const Batch& batch : batches_) {
    const auto [first, last] = batch.payers.equal_range(payer_account);
    for (auto each = first; each != last; ++each) accounts.push_back(each->second);
  }
  return accounts;
}

Result<TakePlan> plan_items(ports::Transaction& transaction, const TakeContext& context,
                            std::span<const TakenItem> items, const TakenAhead& ahead,
                            PayerCommons& commons) {
  return Planning(transaction, context, items, ahead, commons).run();
}

Result<TakeOutcome> keep_items(ports::Transaction& transaction, TakePlan& plan,
                               std::span<const TakenItem> items) {
  return Keeping(transaction, plan, items).run();
}

}  // namespace flows
