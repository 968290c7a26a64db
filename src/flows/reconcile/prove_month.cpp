#include "flows/reconcile/prove_month.h"

#include <algorithm>
#include <map>
#include <set>

#include "domain/till/drawer.h"
#include "flows/reconcile/move_deposits.h"
#include "ports/ledger.h"
#include "ports/orders.h"
#include "ports/payments.h"
#include "ports/rail_costs.h"
#include "ports/reconciliation.h"
#include "ports/refunds.h"
#include "ports/tills.h"

namespace flows {
namespace {

using base::Currency;
using base::Date;
using base::Money;
using base::Result;
using domain::ProofLine;

constexpr std::size_t kSettlementsMax = 100'000;

std::string words(Money amount) {
  return amount.to_decimal_string() + " " + std::string(amount.currency().code());
}

// Sums by name and currency; what is not there is nothing.
class Sums {
 public:
  void add(const std::string& name, Money amount) {
    const auto [sum, added] = sums_.emplace(std::pair(name, amount.currency()), amount);
    if (!added) sum->second += amount;
  }
  [[nodiscard]] Money of(const std::string& name, Currency currency) const {
    const auto sum = sums_.find({name, currency});
    return sum == sums_.end() ? Money(0, currency) : sum->second;
  }
  [[nodiscard]] const std::map<std::pair<std::string, Currency>, Money>& all() const {
    return sums_;
  }

 private:
  std::map<std::pair<std::string, Currency>, Money> sums_;
};

class Proving {
 public:
  Proving(ports::Transaction& transaction, base::Month month)
      : transaction_(transaction),
        books_(transaction.payments().reconciliation()),
        period_(month.period()),
        day_(period_.last_day()) {
    proof_.month = month;
  }

  Result<domain::MonthProof> run() {
    for (const auto& row : TRY(transaction_.ledger().trial_balance({.effective = day_}))) {
      ledger_.add(row.ledger_account, row.balance());
    }
    TRY(prove_banks());
    TRY(prove_clearing());
    TRY(prove_cash());
    TRY(prove_suspense());
    TRY(prove_accounts());
    return std::move(proof_);
  }

 private:
  Result<> prove_banks();
  Result<> prove_clearing();
  Result<> prove_cash();
  Result<> prove_suspense();
  Result<> name_deposits();
  Result<> prove_accounts();
  Result<> name_accounts();

  ports::Transaction& transaction_;
  ports::Reconciliation& books_;
  base::Period period_;
  Date day_;
  Sums ledger_;
  domain::MonthProof proof_;
};

Result<> Proving::prove_banks() {
  constexpr std::string_view kBank = "bank:";
  auto days = TRY(books_.ledger_days(kBank, day_));
  std::map<std::pair<std::string, Currency>, std::vector<domain::KnownStatement>> statements;
  for (auto& each : TRY(books_.statements(""))) {
    const std::pair key(std::string(kBank) + each.bank_account, each.opening.currency());
    days.try_emplace(key);
    statements[key].push_back(std::move(each));
  }
  for (const auto& [key, sums] : days) {
    auto bank = domain::prove_account(key.first.substr(kBank.size()), key.second, statements[key],
                                      sums, period_);
    proof_.problems.insert(proof_.problems.end(), bank.problems.begin(), bank.problems.end());
    proof_.banks.push_back(std::move(bank));
  }
  return {};
}

// What providers owe us: what was paid there, less their fees and what came to the bank; and what
// is on its way back to customers.
Result<> Proving::prove_clearing() {
  Sums rows;
  for (const Money& sum : TRY(books_.paid_at_order(day_))) {
    if (!sum.is_zero()) rows.add("clearing:card", sum);
  }
  const auto captured = TRY(books_.captured_at(day_));
  for (const auto& [name, amounts] : captured) {
    for (const Money& amount : amounts) rows.add(name, amount);
  }
  for (const auto& settlement : TRY(books_.settlements(false, kSettlementsMax))) {
    const std::string name = "clearing:" + settlement.provider;
    // No provider owes it: the safe has sent it to the bank.
    const bool is_cash = settlement.provider == domain::kDepositProvider;
    if (is_cash && settlement.day <= day_) rows.add(name, settlement.gross);
    if (settlement.paid_day && *settlement.paid_day <= day_) rows.add(name, -settlement.amount);
  }
  for (const auto& fee : TRY(transaction_.orders().rail_costs().fees_until(day_))) {
    rows.add("clearing:" + fee.gateway, -fee.amount);
  }
  const std::string refunds(domain::kRefundClearing);
  for (const auto& refund : TRY(transaction_.payments().refunds().on_their_way(day_))) {
    rows.add(refunds, -refund.amount);
  }
  std::set<std::pair<std::string, Currency>> names;
  for (const auto& [key, sum] : rows.all()) names.insert(key);
  for (const auto& [key, sum] : ledger_.all()) {
    if (key.first.starts_with("clearing:")) names.insert(key);
  }
  for (const auto& [name, currency] : names) {
    add_line(proof_, {.name = name,
                      .made_of = name == refunds ? "refunds" : "payouts",
                      .ledger = ledger_.of(name, currency),
                      .rows = rows.of(name, currency)});
  }
  return {};
}

// What is in drawers and safes: what came and went there, by the entries of the tills.
Result<> Proving::prove_cash() {
  Sums rows;
  for (const auto& sum : TRY(transaction_.tills().cash_at(day_))) rows.add(sum.account, sum.cash);
  std::set<std::pair<std::string, Currency>> names;
  for (const auto& [key, sum] : rows.all()) names.insert(key);
  for (const auto& [key, sum] : ledger_.all()) {
    if (key.first.starts_with("cash:") || key.first.starts_with("safe:")) names.insert(key);
  }
  for (const auto& [name, currency] : names) {
    add_line(proof_, {.name = name,
                      .made_of = "till_entries",
                      .ledger = ledger_.of(name, currency),
                      .rows = rows.of(name, currency)});
  }
  return {};
}

Result<> Proving::prove_suspense() {
  Sums rows;
  for (const auto& row : TRY(books_.suspense_at(day_))) rows.add("suspense", row.open);
  std::set<Currency> currencies;
  for (const auto& [key, sum] : rows.all()) currencies.insert(key.second);
  for (const auto& [key, sum] : ledger_.all()) {
    if (key.first == "suspense") currencies.insert(key.second);
  }
  for (const Currency currency : currencies) {
    add_line(proof_, {.name = "suspense",
                      .made_of = "open_payments",
                      .ledger = -ledger_.of("suspense", currency),
                      .rows = rows.of("suspense", currency)});
  }
  return name_deposits();
}

// The same money twice, in the giro's account and in suspense, until both files are there.
Result<> Proving::name_deposits() {
  for (const WaitingDeposit& each : TRY(waiting_deposits(transaction_, day_))) {
    if (each.day < period_.from()) continue;
    proof_.problems.push_back(
        base::fail("giro_deposit_waits",
                   "the statement has a deposit of the giro number " + each.giro + " of " +
                       each.day.to_string() + ", " + words(each.amount) + "; its own files say " +
                       words(each.of_giro) + " for that day: import the one that is missing",
                   each.payment.to_string())
            .error());
  }
  return {};
}

Result<> Proving::prove_accounts() {
  for (const auto& sums : TRY(books_.books_at(day_))) {
    add_line(proof_, {.name = "receivables",
                      .made_of = "bills",
                      .ledger = sums.receivables,
                      .rows = sums.rests});
    add_line(proof_, {.name = "prepayment",
                      .made_of = "credits",
                      .ledger = sums.prepayment,
                      .rows = sums.credit});
  }
  return name_accounts();
}

// Sums can agree though accounts do not.
Result<> Proving::name_accounts() {
  for (const auto& each : TRY(books_.differing_at(day_, kDifferingNamedMax))) {
    const std::string account = each.account.to_string();
    if (each.receivables != each.rests) {
      proof_.problems.push_back(base::fail("account_receivables_differ",
                                           "the ledger says " + words(each.receivables) +
                                               ", the rests of its bills come to " +
                                               words(each.rests),
                                           account)
                                    .error());
    }
    if (each.prepayment != each.credit) {
      proof_.problems.push_back(base::fail("account_credit_differs",
                                           "the ledger says " + words(each.prepayment) +
                                               ", its credit comes to " + words(each.credit),
                                           account)
                                    .error());
    }
  }
  return {};
}

}  // namespace

Result<domain::MonthProof> prove_month(ports::Transaction& transaction, base::Month month) {
  return Proving(transaction, month).run();
}

bool SuspenseAnswer::holds() const { return std::ranges::all_of(lines, &ProofLine::holds); }

Result<SuspenseAnswer> age_suspense_at(ports::Transaction& transaction, Date day) {
  SuspenseAnswer answer;
  answer.report =
      domain::age_suspense(TRY(transaction.payments().reconciliation().suspense_at(day)), day);
  Sums rows, ledger;
  std::set<Currency> currencies;
  for (const Money& total : answer.report.totals) {
    rows.add("suspense", total);
    currencies.insert(total.currency());
  }
  for (const auto& row : TRY(transaction.ledger().trial_balance({.effective = day}))) {
    if (row.ledger_account != "suspense") continue;
    ledger.add("suspense", -row.balance());
    currencies.insert(row.currency);
  }
  for (const Currency currency : currencies) {
    answer.lines.push_back({.name = "suspense",
                            .made_of = "open_payments",
                            .ledger = ledger.of("suspense", currency),
                            .rows = rows.of("suspense", currency)});
  }
  return answer;
}

}  // namespace flows
