#include "flows/payments/match_payments.h"

#include <algorithm>
#include <set>

#include "flows/care/index_customers.h"
#include "flows/operations/import_terms.h"
#include "flows/payments/return_payment.h"
#include "ports/work.h"
#include "support/observe/log.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using ports::IncomingPayment;

// One batch of what waits. What the bookings of those that look sure need is read for all of them
// together; each is then looked at again, where one before it has changed what it is about.
class MatchBatch {
 public:
  MatchBatch(ports::Transaction& transaction, const domain::Operator& seller,
             const MatchRequest& request, base::Instant now)
      : transaction_(transaction), seller_(seller), request_(request), now_(now) {}

  Result<MatchReport> run(std::vector<IncomingPayment> payments, PayerCommons& commons) {
    std::erase_if(payments, [](const IncomingPayment& each) { return !can_be_matched(each); });
    if (payments.empty()) return std::move(report_);
    report_.looked_at = static_cast<std::int64_t>(payments.size());
    returns_ = TRY(open_returns(transaction_, payments));
    PayerFinder finder = TRY(PayerFinder::load(transaction_, seller_, payments, commons));
    std::vector<PayerAnswer> answers;
    for (const IncomingPayment& payment : payments) answers.push_back(finder.answer(payment));
    TRY(read_ahead(payments, answers, finder));
    for (std::size_t at = 0; at < payments.size(); ++at) {
      TRY(match(payments[at], answers[at], finder));
    }
    if (changed_.empty()) return std::move(report_);
    keep_bills();
    TRY(rows_.keep(transaction_));
    TRY(transaction_.payments().update_payments(changed_));
    return std::move(report_);
  }

 private:
  // What may have gone back is for people: a return beside it is not settled.
  [[nodiscard]] bool is_sure(const IncomingPayment& payment, const PayerAnswer& answer) const {
    return domain::matching::is_sure(answer.ranking, seller_.matching.one_wrong_in) &&
           return_beside(payment, returns_) == nullptr;
  }

  // Locks the payments, for an agent may be at them, and reads how far they are.
  Result<> hold(const std::vector<domain::PaymentId>& payments) {
    std::vector<std::string> locks;
    for (const domain::PaymentId id : payments) locks.push_back(payment_lock(id));
    TRY(transaction_.work().lock_all(locks));
    for (auto& each : TRY(transaction_.payments().standing_of(payments))) {
      standing_[each.id] = std::move(each);
    }
    return {};
  }

  Result<> read_ahead(const std::vector<IncomingPayment>& payments,
                      const std::vector<PayerAnswer>& answers, const PayerFinder& finder) {
    epoch_ = TRY(transaction_.work().hold_epoch());
    std::vector<domain::PaymentId> sure;
    std::vector<ports::Billing::BillKey> keys;
    for (std::size_t at = 0; at < payments.size(); ++at) {
      if (!is_sure(payments[at], answers[at])) continue;
      sure.push_back(payments[at].id);
      const auto& candidate = answers[at].ranking.candidates.front();
      const auto& debtor = finder.debtor(answers[at].accounts[candidate.debtor]);
      for (const std::size_t bill : candidate.bills) {
        keys.push_back({debtor.account, debtor.bills[bill].id});
      }
    }
    TRY(hold(sure));
    for (domain::Bill& bill : TRY(transaction_.billing().hold_bills(keys))) {
      bills_.emplace(bill.id, std::move(bill));
    }
    return {};
  }

  [[nodiscard]] bool is_outdated(const IncomingPayment& payment, const PayerAnswer& answer) const {
    return (!payment.payer_account.empty() && payers_.contains(payment.payer_account)) ||
           std::ranges::any_of(answer.accounts, [&](const domain::AccountId account) {
             return accounts_.contains(account);
           });
  }

  Result<> match(const IncomingPayment& payment, PayerAnswer& answer, PayerFinder& finder) {
    if (is_outdated(payment, answer)) answer = finder.answer(payment);
    if (!is_sure(payment, answer)) return {};
    const auto& candidate = answer.ranking.candidates.front();
    const domain::matching::Debtor& debtor = finder.debtor(answer.accounts[candidate.debtor]);
    if (!standing_.contains(payment.id)) TRY(hold({payment.id}));
    const auto standing = standing_.find(payment.id);
    const bool is_as_it_was = standing != standing_.end() &&
                              standing->second.state == payment.state &&
                              standing->second.allocated == payment.allocated;
    if (!is_as_it_was) return {};
    BookedMatch match;
    match.account = debtor.account;
    match.by = "matched";
    match.levels = candidate.levels;
    match.millionths = domain::matching::millionths(answer.ranking, 0);
    match.version = finder.version();
    for (const std::size_t at : candidate.bills) {
      match.bills.push_back({debtor.account, debtor.bills[at].id});
    }
    const AllocationContext context{.recorded = now_,
                                    .actor = request_.actor,
                                    .epoch = epoch_,
                                    .ordinal = std::to_string(standing->second.allocations)};
    const std::size_t first = rows_.allocations.size();
    IncomingPayment current = payment;
    TRY(book_match(transaction_, current, match, seller_, context, bills_, rows_));
    std::vector<domain::Bill> paid;
    for (const auto& key : match.bills) paid.push_back(bills_.at(key.bill));
    finder.booked(payment, match.account, paid);
    accounts_.insert(match.account);
    payers_.insert(payment.payer_account);
    count(payment, first);
    changed_.push_back(std::move(current));
    return {};
  }

  // Only those that were paid: more may have been read.
  void keep_bills() {
    std::set<domain::BillId> paid;
    for (const ports::Allocation& row : rows_.allocations) paid.insert(row.bill);
    for (auto& [id, bill] : bills_) {
      if (!paid.contains(id)) continue;
      ++bill.version;
      rows_.bills.push_back(bill);
    }
    std::ranges::sort(rows_.bills, {},
                      [](const domain::Bill& bill) { return std::pair(bill.account, bill.id); });
  }

  void count(const IncomingPayment& payment, std::size_t first) {
    ++report_.matched;
    ++report_.reasons[payment.reason];
    const Money nothing(0, payment.amount.currency());
    const MatchReport::Sums none{nothing, nothing};
    auto& sums = report_.sums.emplace(nothing.currency(), none).first->second;
    for (std::size_t at = first; at < rows_.allocations.size(); ++at) {
      const ports::Allocation& row = rows_.allocations[at];
      if (domain::is_let_go(row.by)) continue;
      (row.bill.is_nil() ? sums.to_credit : sums.to_bills) += row.amount;
    }
  }

  ports::Transaction& transaction_;
  const domain::Operator& seller_;
  const MatchRequest& request_;
  base::Instant now_;
  std::int64_t epoch_ = 0;
  std::map<domain::PaymentId, ports::PaymentStanding> standing_;  // Of those that are locked.
  std::vector<IncomingPayment> returns_;                          // That nobody has settled.
  HeldBills bills_;
  // For whom, and from where, something was booked in this batch.
  std::set<domain::AccountId> accounts_;
  std::set<std::string> payers_;
  PaymentRows rows_;
  std::vector<IncomingPayment> changed_;
  MatchReport report_;
};

void add_up(MatchReport& all, const MatchReport& batch) {
  all.looked_at += batch.looked_at;
  all.matched += batch.matched;
  for (const auto& [reason, count] : batch.reasons) all.reasons[reason] += count;
  for (const auto& [currency, sums] : batch.sums) {
    const auto [known, added] = all.sums.emplace(currency, sums);
    if (added) continue;
    known->second.to_bills += sums.to_bills;
    known->second.to_credit += sums.to_credit;
  }
}

Result<std::vector<IncomingPayment>> next_page(ports::Transaction& transaction,
                                               const MatchRequest& request,
                                               std::optional<domain::PaymentId> after) {
  ports::PaymentFilter filter;
  filter.state = "suspense";
  filter.file = request.file;
  filter.after = after;
  filter.limit = request.payments_a_batch;
  return transaction.payments().list_payments(filter);
}

}  // namespace

bool can_be_matched(const IncomingPayment& payment) {
  const bool names_none =
      payment.reason == "no_reference" || payment.reason == "unknown_reference" ||
      payment.reason == "ambiguous_reference" || payment.reason == "reference_of_paid_bill";
  // Where a person has assigned a part, the rest is theirs to assign.
  const bool is_whole = payment.allocated.is_zero() && payment.amount.minor() > 0;
  return payment.state == "suspense" && names_none && is_whole;
}

Result<> book_match(ports::Transaction& transaction, IncomingPayment& payment,
                    const BookedMatch& match, const domain::Operator& seller,
                    const AllocationContext& context, HeldBills& bills, PaymentRows& rows) {
  std::vector<domain::Bill> owed;
  std::set<domain::AccountId> accounts = {match.account};
  for (const auto& key : match.bills) {
    if (!bills.contains(key.bill)) {
      auto held = TRY(transaction.billing().hold_bills({&key, 1}));
      if (held.empty()) {
        return base::fail("bill_not_found", "there is no such bill", key.bill.to_string());
      }
      bills[key.bill] = std::move(held.front());
    }
    owed.push_back(bills[key.bill]);
    accounts.insert(key.account);
  }
  const auto put = [&](const domain::AllocationPart& part) -> Result<> {
    const bool is_credit = part.bill.is_nil();
    TRY(rows.allocate(payment, is_credit ? match.account : bills[part.bill].account, part,
                      context));
    if (!is_credit) domain::pay(bills[part.bill], part.amount);
    return {};
  };
  for (const auto& part : domain::split_among(owed, payment.open(), match.by)) TRY(put(part));
  Money charges(seller.matching.bears_charges ? payment.charges_minor - match.borne_minor : 0,
                payment.amount.currency());
  for (const auto& key : match.bills) {
    if (const auto borne = domain::borne_charge(bills[key.bill], charges)) {
      TRY(put(*borne));
      charges -= borne->amount;
    }
    const auto rest = domain::small_rest(bills[key.bill], seller.matching.write_off_minor);
    if (rest) TRY(put(*rest));
  }
  ports::KeptMatch kept;
  kept.payment = payment.id;
  kept.by = match.by;
  kept.levels = domain::matching::to_vector(match.levels);
  kept.probability = domain::matching::probability_text(match.millionths);
  kept.version = match.version;
  kept.recorded = context.recorded;
  for (const domain::AccountId account : accounts) {
    kept.account = account;
    rows.matches.push_back(kept);
  }
  return {};
}

Result<MatchReport> match_payments(ports::Store& store, const base::Clock& clock,
                                   const MatchRequest& request) {
  MatchReport report;
  std::optional<domain::PaymentId> after;
  domain::Operator seller;
  std::vector<IncomingPayment> page;
  {
    const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
    seller = TRY(load_seller(*transaction));
    page = TRY(next_page(*transaction, request, after));
  }
  if (page.empty()) return report;
  // Also where people do it alone: what is suggested to them is found by it.
  TRY(index_customers(store));
  if (!seller.matching.automatic) return report;
  PayerCommons commons;
  while (!page.empty()) {
    MatchReport batch;
    TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
      TRY(transaction.work().lock(kBankImportLock));
      batch = TRY(MatchBatch(transaction, seller, request, request.recorded.value_or(clock.now()))
                      .run(page, commons));
      return {};
    }));
    add_up(report, batch);
    if (page.size() < request.payments_a_batch) break;
    after = page.back().id;
    const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
    page = TRY(next_page(*transaction, request, after));
  }
  observe::log(observe::Level::kInfo, "payments_matched",
               {{"looked_at", report.looked_at}, {"matched", report.matched}});
  return report;
}

}  // namespace flows
