#include "flows/tills/show_till.h"

#include <algorithm>

#include "domain/plan/rows.h"
#include "flows/care/find_people.h"
#include "flows/collections/pending.h"
#include "flows/operations/import_terms.h"
#include "flows/payments/payment_rows.h"
#include "flows/tills/bill_code.h"
#include "flows/tills/hold_till.h"
#include "flows/tills/pay_out.h"
#include "flows/tills/take_cash.h"
#include "ports/parties.h"
#include "ports/tills.h"

namespace flows {
namespace {

using base::Money;
using base::Result;

constexpr std::size_t kPeopleShown = 8;
constexpr std::size_t kBillsShown = 50;

Result<DebtAtTill> debt_of(ports::Transaction& transaction, domain::Bill bill,
                           std::span<const ports::StoredIntent> live) {
  DebtAtTill debt;
  const Money nothing(0, bill.total.currency());
  debt.free = bill.rest() - TRY(pending_debits(transaction, bill));
  for (const ports::StoredIntent& each : live) {
    const Money held = domain::held_for(each.intent, bill.id);
    if (held.is_zero()) continue;
    debt.free -= held;
    debt.live.push_back(each);
  }
  debt.free = std::max(debt.free, nothing);
  debt.paper = TRY(paper_of(transaction, bill));
  debt.bill = std::move(bill);
  return debt;
}

// The open bill of a code, where the text is one.
Result<std::optional<ports::Billing::BillKey>> by_code(ports::Store& store,
                                                       const base::Clock& clock,
                                                       const LookForDebtor& request) {
  if (!domain::read_bill_code(request.text)) return std::optional<ports::Billing::BillKey>();
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  const auto tries = TRY(transaction->tills().tries_of(request.caller));
  if (!domain::may_try_code(tries, clock.now())) {
    return base::fail("bill_code_tries",
                      "too many codes were wrong; wait a quarter of an hour and try again");
  }
  return find_bill_by_code(*transaction, clock, request.text);
}

Result<std::vector<DebtorAtTill>> by_words(ports::Store& store, const std::string& text) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  const Findings findings = TRY(find_people(*transaction, text, kPeopleShown));
  std::vector<DebtorAtTill> debtors;
  const auto add = [&](domain::AccountId account, domain::BillId meant) -> Result<> {
    const auto is_it = [&](const DebtorAtTill& each) { return each.account.id == account; };
    if (std::ranges::any_of(debtors, is_it)) return {};
    auto debtor = TRY(load_debtor(*transaction, account, meant));
    debtors.push_back(std::move(debtor));
    return {};
  };
  for (const FoundBill& found : findings.bills) TRY(add(found.bill.account, found.bill.id));
  if (!debtors.empty()) return debtors;
  for (const FoundPerson& found : findings.people) {
    for (const auto& account : TRY(transaction->parties().accounts_of(found.customer.id))) {
      TRY(add(account.id, {}));
    }
  }
  return debtors;
}

}  // namespace

Result<DebtorAtTill> load_debtor(ports::Transaction& transaction, domain::AccountId account,
                                 domain::BillId meant) {
  auto found = TRY(transaction.parties().find_account(account));
  if (!found) {
    return base::fail("unknown_account", "there is no such account", account.to_string());
  }
  DebtorAtTill debtor;
  auto customers = TRY(transaction.parties().find_customers({&found->customer, 1}));
  if (!customers.empty()) debtor.customer = std::move(customers.front());
  debtor.credit = TRY(credit_of(transaction, account, found->currency));
  const auto live = TRY(transaction.intents().live_of(account));
  ports::BillFilter filter{.account = account, .state = "open", .limit = kBillsShown};
  for (domain::Bill& bill : TRY(transaction.billing().list_bills(filter))) {
    if (bill.rest().minor() <= 0) continue;
    auto debt = TRY(debt_of(transaction, std::move(bill), live));
    debtor.debts.push_back(std::move(debt));
  }
  std::ranges::sort(debtor.debts, {}, [](const DebtAtTill& debt) {
    return std::pair(domain::effective_due(debt.bill), debt.bill.id);
  });
  debtor.account = *std::move(found);
  debtor.meant = meant;
  return debtor;
}

Result<std::vector<DebtorAtTill>> find_debtors(ports::Store& store, const base::Clock& clock,
                                               const LookForDebtor& request) {
  if (const auto key = TRY(by_code(store, clock, request))) {
    const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
    std::vector<DebtorAtTill> one;
    auto debtor = TRY(load_debtor(*transaction, key->account, key->bill));
    debtor.by_code = true;
    one.push_back(std::move(debtor));
    return one;
  }
  auto found = TRY(by_words(store, request.text));
  // Ten digits that are nobody's were a code that somebody tried.
  if (found.empty() && domain::read_bill_code(request.text)) {
    TRY(try_bill_code(store, clock, {request.caller, request.text}));
  }
  return found;
}

Result<TillView> show_till(ports::Transaction& transaction, const std::string& name) {
  TillView view;
  const domain::Operator seller = TRY(load_seller(transaction));
  view.drawer = TRY(find_drawer(seller, name));
  view.refunds = TRY(refunds_at(transaction, name));
  auto last = TRY(transaction.tills().list_sessions(drawer_id(name), 1));
  view.sums = domain::sum_session({}, view.drawer.currency);
  if (last.empty() || last.front().closing) return view;
  view.session = std::move(last.front());
  view.entries = TRY(transaction.tills().entries_of(view.session->drawer, view.session->number));
  view.sums = domain::sum_session(view.entries, view.drawer.currency);
  for (const domain::TillEntry& entry : view.entries) {
    if (entry.intent.is_nil()) continue;
    auto stored = TRY(transaction.intents().find(entry.intent));
    if (stored) view.cards.push_back(*std::move(stored));
  }
  return view;
}

}  // namespace flows
