#include "flows/payments/take_items.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "domain/payment/allocate.h"
#include "flows/operations/derived_ids.h"
#include "flows/payments/payment_rows.h"
#include "flows/payments/undo_allocation.h"
#include "ports/billing.h"
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

class Taking {
 public:
  Taking(ports::Transaction& transaction, const TakeContext& context,
         std::span<const TakenItem> items)
      : transaction_(transaction), context_(context), items_(items) {}

  Result<TakeOutcome> run() {
    TRY(find_new());
    if (!new_.empty()) TRY(load_bills());
    allocation_ = {.recorded = context_.recorded, .actor = context_.actor};
    if (!new_.empty()) allocation_.epoch = TRY(transaction_.work().hold_epoch());
    TRY(take_all());
    TRY(book());
    TRY(keep());
    for (const TakenItem* item : back_) TRY(follow_back(*item));
    count_suspense();
    return std::move(outcome_);
  }

 private:
  struct Bill {
    domain::Bill value;
    bool changed = false;
  };

  Result<> find_new();
  Result<> load_bills();
  Result<> take_all();
  Result<> take(const TakenItem& taken, std::span<const domain::BillId> named);
  [[nodiscard]] IncomingPayment payment_of(const TakenItem& taken) const;
  [[nodiscard]] std::vector<domain::BillId> bills_of(const TakenItem& item) const;
  Result<> book();
  Result<> keep();
  void sort_payments();
  Result<> follow_back(const TakenItem& taken);
  Result<std::optional<IncomingPayment>> find_original(const TakenItem& taken);
  [[nodiscard]] bool fits(const IncomingPayment& original, const MoneyItem& item) const {
    return original.amount == -item.amount && original.state != "returned";
  }
  BankImportSums& sums_of(base::Currency currency);
  void count_suspense();

  ports::Transaction& transaction_;
  const TakeContext& context_;
  std::span<const TakenItem> items_;
  AllocationContext allocation_;
  std::vector<const TakenItem*> new_, back_;
  std::unordered_map<std::string, domain::BillId> references_;
  std::unordered_map<domain::BillId, Bill> bills_;
  PaymentRows rows_;
  TakeOutcome outcome_;
};

Result<> Taking::find_new() {
  std::vector<PaymentId> asked;
  for (const TakenItem& item : items_) {
    asked.push_back(item.id);
    if (!item.told_otherwise.is_nil()) asked.push_back(item.told_otherwise);
  }
  std::ranges::sort(asked);  // Neighbours of the index are asked for together.
  const std::vector<PaymentId> found = TRY(transaction_.payments().known(asked));
  std::unordered_set<PaymentId> known(found.begin(), found.end());
  // The parts of a sum are told otherwise by the sum, and not by one another.
  std::unordered_set<PaymentId> added;
  for (const TakenItem& item : items_) {
    const bool told = !item.told_otherwise.is_nil() && (known.contains(item.told_otherwise) ||
                                                        added.contains(item.told_otherwise));
    if (told || known.contains(item.id) || !added.insert(item.id).second) {
      ++outcome_.repeated;
      continue;
    }
    ++outcome_.payments;
    new_.push_back(&item);
  }
  return {};
}

Result<> Taking::load_bills() {
  std::vector<std::string> asked;
  for (const TakenItem* item : new_) {
    asked.insert(asked.end(), item->forms.begin(), item->forms.end());
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
  auto bills = context_.hold_bills ? TRY(transaction_.billing().hold_bills(keys))
                                   : TRY(transaction_.billing().find_bills(keys));
  bills_.reserve(bills.size());
  for (domain::Bill& bill : bills) {
    const domain::BillId id = bill.id;
    bills_[id].value = std::move(bill);
  }
  return {};
}

std::vector<domain::BillId> Taking::bills_of(const TakenItem& item) const {
  std::vector<domain::BillId> found;
  for (const std::string& form : item.forms) {
    const auto bill = references_.find(form);
    if (bill == references_.end() || !bills_.contains(bill->second)) continue;
    if (std::ranges::find(found, bill->second) == found.end()) found.push_back(bill->second);
  }
  return found;
}

// Account by account, and of each as they came: neighbours in a table are written together.
Result<> Taking::take_all() {
  struct Named {
    const TakenItem* item = nullptr;
    domain::AccountId account;
    std::vector<domain::BillId> bills;
  };
  std::vector<Named> all;
  all.reserve(new_.size());
  for (const TakenItem* item : new_) {
    Named& named = all.emplace_back(item, domain::AccountId(), bills_of(*item));
    if (!named.bills.empty()) named.account = bills_.at(named.bills.front()).value.account;
  }
  std::ranges::sort(all, [](const Named& a, const Named& b) {
    return std::tie(a.account, a.item) < std::tie(b.account, b.item);
  });
  rows_.payments.reserve(all.size());
  rows_.allocations.reserve(all.size());
  rows_.postings.reserve(all.size());
  rows_.events.reserve(all.size());
  for (const Named& named : all) TRY(take(*named.item, named.bills));
  std::ranges::sort(back_);  // As they came.
  return {};
}

IncomingPayment Taking::payment_of(const TakenItem& taken) const {
  const MoneyItem& item = taken.money;
  IncomingPayment payment;
  payment.id = taken.id;
  payment.file = context_.file;
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
  payment.state = "suspense";
  payment.allocated = Money(0, item.amount.currency());
  payment.recorded = context_.recorded;
  return payment;
}

Result<> Taking::take(const TakenItem& taken, std::span<const domain::BillId> named) {
  const MoneyItem& item = taken.money;
  IncomingPayment payment = payment_of(taken);
  BankImportSums& sums = sums_of(item.amount.currency());
  sums.came += item.amount;
  if (item.amount.is_negative()) {
    payment.reason = item.reason.empty() ? "return_not_found" : item.reason;
    if (item.reason.empty()) back_.push_back(&taken);
    rows_.payments.push_back(std::move(payment));
    return {};
  }
  std::vector<const domain::Bill*> bills;
  for (const domain::BillId id : named) bills.push_back(&bills_.at(id).value);
  const domain::AllocationPlan plan = domain::plan_allocation(item, bills);
  payment.reason = plan.reason;
  for (const domain::AllocationPart& part : plan.parts) {
    Bill& bill = bills_.at(named.front());
    TRY(rows_.allocate(payment, bill.value.account, part, allocation_));
    (part.bill.is_nil() ? sums.to_credit : sums.to_bills) += part.amount;
    if (part.bill.is_nil()) continue;
    domain::pay(bill.value, part.amount);
    bill.changed = true;
  }
  rows_.payments.push_back(std::move(payment));
  return {};
}

// One posting of the house for each account, currency and day of the batch, named after the first
// of its payments: each is new only once.
Result<> Taking::book() {
  struct Sum {
    Money amount;
    PaymentId first;
  };
  std::map<std::tuple<std::string, base::Currency, base::Date>, Sum> sums;
  for (const TakenItem* item : new_) {
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
    head.recorded = context_.recorded;
    head.source = context_.file.to_string();
    rows_.postings.push_back(
        TRY(domain::Posting::make(std::move(head), domain::bank_entries(account, sum.amount))));
  }
  return {};
}

// By their ids, each moved only once.
void Taking::sort_payments() {
  std::vector<IncomingPayment*> order;
  order.reserve(rows_.payments.size());
  for (IncomingPayment& payment : rows_.payments) order.push_back(&payment);
  std::ranges::sort(order, {}, [](const IncomingPayment* payment) { return payment->id; });
  std::vector<IncomingPayment> sorted;
  sorted.reserve(order.size());
  for (IncomingPayment* payment : order) sorted.push_back(std::move(*payment));
  rows_.payments = std::move(sorted);
}

Result<> Taking::keep() {
  std::vector<const domain::Bill*> changed;
  for (auto& [id, bill] : bills_) {
    if (!bill.changed) continue;
    ++bill.value.version;
    changed.push_back(&bill.value);
  }
  // In the order in which others hold them.
  std::ranges::sort(changed, {}, [](const domain::Bill* bill) {
    return BillKey{bill->account, bill->id};
  });
  rows_.bills.reserve(changed.size());
  for (const domain::Bill* bill : changed) rows_.bills.push_back(*bill);
  sort_payments();
  auto kept = rows_.keep(transaction_);
  if (!kept && kept.error().code == "constraint_violated") {
    return base::fail("database_busy", "another writer kept one of the payments; try again",
                      kept.error().place);
  }
  return kept;
}

// Surely: the bank names the payment, or the bill has one of that amount, or one with that name.
Result<std::optional<IncomingPayment>> Taking::find_original(const TakenItem& taken) {
  const MoneyItem& item = taken.money;
  if (!item.original.empty()) {
    auto named = TRY(transaction_.payments().find_payment(payment_id(item.original)));
    if (named && fits(*named, item)) return named;
  }
  std::vector<IncomingPayment> found;
  std::set<PaymentId> seen;
  for (const domain::BillId bill : bills_of(taken)) {
    const domain::AccountId account = bills_.at(bill).value.account;
    for (const auto& row : TRY(transaction_.payments().allocations_of(account, bill))) {
      if (!seen.insert(row.payment).second) continue;
      auto payment = TRY(transaction_.payments().find_payment(row.payment));
      if (payment && fits(*payment, item)) found.push_back(*std::move(payment));
    }
  }
  if (found.size() > 1 && !item.end_to_end_id.empty()) {
    std::erase_if(found, [&](const IncomingPayment& each) {
      return each.end_to_end_id != item.end_to_end_id;
    });
  }
  if (found.size() != 1) return std::optional<IncomingPayment>();
  return found.front();
}

Result<> Taking::follow_back(const TakenItem& taken) {
  const MoneyItem& item = taken.money;
  auto original = TRY(find_original(taken));
  if (!original) return {};
  // An agent may be at it.
  TRY(transaction_.work().lock(payment_lock(original->id)));
  original = TRY(transaction_.payments().find_payment(original->id));
  if (!original || !fits(*original, item)) return {};
  const Undoing undoing{.recorded = context_.recorded,
                        .effective = item.booked,
                        .actor = context_.actor,
                        .by = "returned",
                        .even_if_used = true};
  BankImportSums& sums = sums_of(item.amount.currency());
  for (const auto& row : TRY(standing_allocations(transaction_, original->id))) {
    TRY(undo(transaction_, *original, row, undoing));
    (row.bill.is_nil() ? sums.to_credit : sums.to_bills) -= row.amount;
  }
  original->state = "returned";
  original->reason.clear();
  TRY(transaction_.payments().update_payment(*original));
  const auto row = std::ranges::find(rows_.payments, taken.id, &IncomingPayment::id);
  row->state = "returned";
  row->reason.clear();
  return transaction_.payments().update_payment(*row);
}

BankImportSums& Taking::sums_of(base::Currency currency) {
  const Money nothing(0, currency);
  return outcome_.sums.emplace(currency, BankImportSums{nothing, nothing, nothing, nothing})
      .first->second;
}

void Taking::count_suspense() {
  for (const IncomingPayment& payment : rows_.payments) {
    if (payment.state == "suspense") ++outcome_.suspense[payment.reason];
  }
  for (auto& [currency, sums] : outcome_.sums) {
    sums.suspense = sums.came - sums.to_bills - sums.to_credit;
  }
}

}  // namespace

TakenItem make_taken_item(MoneyItem money, bool rf_references) {
  TakenItem item;
  item.id = payment_id(money.identity);
  if (!money.told_otherwise.empty()) item.told_otherwise = payment_id(money.told_otherwise);
  item.forms = domain::reference_forms(money.reference, rf_references);
  item.money = std::move(money);
  return item;
}

Result<TakeOutcome> take_items(ports::Transaction& transaction, const TakeContext& context,
                               std::span<const TakenItem> items) {
  return Taking(transaction, context, items).run();
}

}  // namespace flows
