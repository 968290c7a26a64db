// Runs on both engines: what is stored, that numbers are gapless, that nothing depends on who
// works or how often, and that one bad account does not stop the others (R03, R12, D9, D15).
#include "flows/billing/run_billing.h"

#include <gtest/gtest.h>

#include "flows/care/links.h"
#include "flows/care/show_bill.h"
#include "flows/operations/verify_store.h"
#include "formats/document/invoice_json.h"
#include "ports/catalogue.h"
#include "ports/ledger.h"
#include "ports/parties.h"
#include "ports/work.h"
#include "tests/support/faulty_database.h"
#include "tests/support/shipped_rules.h"
#include "tests/support/stores.h"

namespace flows {
namespace {

using base::Date;
using base::Decimal;

Date day(std::string_view text) { return Date::parse(text).value(); }

const domain::RuleBook& rules() {
  static const domain::RuleBook kRules = [] {
    std::vector<domain::CountryRule> all;
    for (const std::string_view country : formats::law::kShippedCountries) {
      for (auto& rule : formats::law::shipped_rules(country).rules) all.push_back(rule);
    }
    return domain::RuleBook::make(std::move(all)).value();
  }();
  return kRules;
}

domain::Operator test_operator() {
  domain::Operator value;
  value.code = "test";
  value.legal_name = "Prov Telekom AB";
  value.brand = "Prov";
  value.country = "SE";
  value.time_zone = "Europe/Stockholm";
  value.language = "sv";
  value.organisation_number = "5560360793";
  value.vat_number = "SE556036079301";
  value.address = {{"Gatan 1"}, "111 22", "Stockholm", "SE"};
  value.phone = "+46850500000";
  value.email = "kund@example.se";
  value.opening_hours = "8-18";
  value.payee.bankgiro = "5050-1055";
  value.reference_scheme = "se_ocr_luhn_length";
  value.invoice_series = "A";
  value.first_invoice_number = 1000;
  value.divisions = {{"broadband", "Bredband"}};
  return value;
}

domain::Catalogue test_catalogue() {
  const domain::PriceRow row{
      day("2020-01-01"), {Decimal::parse("319.20").value()}, false, "standard"};
  domain::CatalogueItem plan{.code = "FIBER100",
                             .kind = domain::ItemKind::kPlan,
                             .division = "broadband",
                             .names = {{"", "Bredband 100"}},
                             .prices = {row},
                             .campaign = {}};
  return domain::Catalogue::make({plan}).value();
}

template <class IdType>
IdType numbered_id(int number) {
  const std::string text = std::to_string(number);
  const std::string_view parts[] = {"test", text};
  return IdType(crypto::derived_id(parts));
}

// Customers 1 to `count`, each with one account and one service; where `bad` is not 0, that
// one's plan is unknown.
base::Result<> add_people(ports::Store& store, base::Instant now, int first, int count,
                          int bad = 0) {
  return ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> base::Result<> {
    const ports::Recording recording{now, TRY(transaction.work().hold_epoch())};
    std::vector<domain::Customer> customers;
    std::vector<domain::Account> accounts;
    std::vector<domain::Service> services;
    for (int number = first; number < first + count; ++number) {
      domain::Customer customer;
      customer.id = numbered_id<domain::CustomerId>(number);
      customer.number = number;
      customer.language = "sv";
      customer.party.name = "Kund " + std::to_string(number);
      domain::Account account;
      account.id = numbered_id<domain::AccountId>(number);
      account.customer = customer.id;
      account.country = "SE";
      domain::Service service;
      service.id = numbered_id<domain::ServiceId>(number);
      service.account = account.id;
      service.division = "broadband";
      service.source_number = "B" + std::to_string(number);
      service.plan = number == bad ? "GONE" : "FIBER100";
      service.starts = day("2025-01-01");
      customers.push_back(customer);
      accounts.push_back(account);
      services.push_back(service);
    }
    auto& parties = transaction.parties();
    TRY(parties.add_customers(customers, recording));
    TRY(parties.add_accounts(accounts, recording));
    return parties.add_services(services, recording);
  });
}

base::Result<> set_up(ports::Store& store, base::Instant now, int people, int bad = 0) {
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> base::Result<> {
    TRY(transaction.catalogue().save_operator(test_operator(), now));
    TRY(transaction.catalogue().save_catalogue(test_catalogue(), now));
    return {};
  }));
  return add_people(store, now, 1, people, bad);
}

base::Result<RunOutcome> run(ports::Store& store, const base::Clock& clock,
                             const std::string& period, int workers = 1, bool dry_run = false) {
  static const crypto::Key kLinkKey = tests::test_master_key();
  RunRequest request;
  request.day = closing_day(TRY(base::Month::parse(period)));
  request.workers = workers;
  request.dry_run = dry_run;
  request.batch_accounts = 7;
  return run_billing({store, clock, rules(), kLinkKey}, request, nullptr);
}

// All bills and the canonical bytes of their documents, in order.
std::string all_bills(ports::Store& store) {
  const auto transaction = store.begin(ports::TransactionKind::kRead).value();
  std::string text;
  const auto bills = transaction->billing().list_bills({.limit = 10'000});
  for (const domain::Bill& bill : bills.value()) {
    text += bill.id.to_string() + " " + bill.reference + " " + bill.total.to_decimal_string();
    const auto documents = transaction->billing().documents_of(bill.account, bill.id).value();
    for (const auto& document : documents) text += " " + document.content;
    text += "\n";
  }
  return text;
}

using RunBillingTest = tests::StoreTest;

TEST_P(RunBillingTest, IssuesGaplessNumbersAndABalancedLedger) {
  ASSERT_OK(set_up(store(), clock().now(), 20));
  const auto outcome = run(store(), clock(), "2026-10");
  ASSERT_OK(outcome);
  EXPECT_EQ(outcome->totals.documents, 20);
  EXPECT_EQ(outcome->first_number, 1000);
  EXPECT_EQ(outcome->last_number, 1019);
  EXPECT_EQ(outcome->totals.total_minor, 20 * 79800);

  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto documents = transaction->billing().list_documents("invoice", {}, 100).value();
  ASSERT_EQ(documents.size(), 20U);
  for (std::size_t at = 0; at < documents.size(); ++at) {
    EXPECT_EQ(documents[at].number, 1000 + static_cast<std::int64_t>(at));
  }
  std::string balance;
  const auto rows = transaction->ledger().trial_balance({}).value();
  for (const auto& row : rows) {
    balance += row.ledger_account + " " + row.balance().to_decimal_string() + "\n";
  }
  EXPECT_EQ(balance, "receivables 15960.00\nrevenue:FIBER100 -12768.00\nvat:SE:25 -3192.00\n");
}

TEST_P(RunBillingTest, TheSecondMonthBillsTheMonthAhead) {
  ASSERT_OK(set_up(store(), clock().now(), 3));
  ASSERT_OK(run(store(), clock(), "2026-09"));
  const auto outcome = run(store(), clock(), "2026-10");
  ASSERT_OK(outcome);
  EXPECT_EQ(outcome->first_number, 1003);
  EXPECT_EQ(outcome->totals.total_minor, 3 * 39900);
}

TEST_P(RunBillingTest, AskedTwiceLeavesNoTrace) {
  ASSERT_OK(set_up(store(), clock().now(), 5));
  ASSERT_OK(run(store(), clock(), "2026-10"));
  const std::string before = all_bills(store());
  const auto again = run(store(), clock(), "2026-10");
  ASSERT_OK(again);
  EXPECT_TRUE(again->run.is_nil());
  EXPECT_EQ(again->totals.documents, 0);
  EXPECT_EQ(again->found_issued, 5);
  EXPECT_TRUE(all_bills(store()) == before);
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  EXPECT_EQ(transaction->billing().list_runs(10)->size(), 1U);
}

TEST_P(RunBillingTest, LateCustomersGetASecondRunOfThePeriod) {
  ASSERT_OK(set_up(store(), clock().now(), 5));
  ASSERT_OK(run(store(), clock(), "2026-10"));
  ASSERT_OK(add_people(store(), clock().now(), 100, 2));
  const auto late = run(store(), clock(), "2026-10");
  ASSERT_OK(late);
  EXPECT_EQ(late->totals.documents, 2);
  EXPECT_EQ(late->first_number, 1005);
}

TEST_P(RunBillingTest, DryRunIsTheRunWithoutTheCommit) {
  ASSERT_OK(set_up(store(), clock().now(), 12));
  const auto dry = run(store(), clock(), "2026-10", 1, true);
  ASSERT_OK(dry);
  EXPECT_EQ(all_bills(store()), "");
  const auto real = run(store(), clock(), "2026-10");
  ASSERT_OK(real);
  EXPECT_EQ(dry->totals.documents, real->totals.documents);
  EXPECT_EQ(dry->totals.net_minor, real->totals.net_minor);
  EXPECT_EQ(dry->totals.vat_minor, real->totals.vat_minor);
  EXPECT_EQ(dry->totals.total_minor, real->totals.total_minor);
}

TEST_P(RunBillingTest, AnyNumberOfWorkersMakesTheSameBytes) {
  std::string first;
  for (const int workers : {1, 2, 5}) {
    tests::TestStore fresh(GetParam());
    ASSERT_OK(set_up(fresh.store(), fresh.clock.now(), 40));
    ASSERT_OK(run(fresh.store(), fresh.clock, "2026-10", workers));
    const std::string bills = all_bills(fresh.store());
    if (first.empty()) first = bills;
    EXPECT_TRUE(bills == first) << workers;
  }
  EXPECT_FALSE(first.empty());
}

TEST_P(RunBillingTest, OneBadAccountIsSetAside) {
  ASSERT_OK(set_up(store(), clock().now(), 10, /*bad=*/4));
  const auto outcome = run(store(), clock(), "2026-10", 2);
  ASSERT_OK(outcome);
  EXPECT_EQ(outcome->totals.documents, 9);
  ASSERT_EQ(outcome->set_aside.size(), 1U);
  EXPECT_EQ(outcome->set_aside[0].account, numbered_id<domain::AccountId>(4));
  EXPECT_EQ(outcome->set_aside[0].error.code, "unknown_plan");
}

TEST_P(RunBillingTest, AnInterruptedRunIsFinishedByTheNextCall) {
  ASSERT_OK(set_up(store(), clock().now(), 20));
  ASSERT_OK(run(store(), clock(), "2026-10"));
  const std::string undisturbed = all_bills(store());
  for (const std::int64_t at : {3, 9, 15, 60, 150, 260}) {
    SCOPED_TRACE(at);
    auto faults = std::make_shared<tests::Faults>();
    tests::TestStore broken(GetParam(), [&](auto database) {
      return std::make_unique<tests::FaultyDatabase>(std::move(database), faults);
    });
    ASSERT_OK(set_up(broken.store(), broken.clock.now(), 20));
    faults->arm(at, tests::answer_error("disk_full"));
    EXPECT_EQ(tests::code_of(run(broken.store(), broken.clock, "2026-10")), "disk_full");
    faults->disarm();
    ASSERT_OK(run(broken.store(), broken.clock, "2026-10"));
    EXPECT_TRUE(all_bills(broken.store()) == undisturbed);
    const auto report = verify_store(broken.store());
    ASSERT_OK(report);
    EXPECT_TRUE(report->problems.empty());
  }
}

// A run that was killed keeps its cutoff: who came in between is the next run's.
TEST_P(RunBillingTest, WhatComesInWhileARunLiesBrokenIsTheNextRuns) {
  auto faults = std::make_shared<tests::Faults>();
  tests::TestStore broken(GetParam(), [&](auto database) {
    return std::make_unique<tests::FaultyDatabase>(std::move(database), faults);
  });
  ASSERT_OK(set_up(broken.store(), broken.clock.now(), 20));
  const base::Instant begun = broken.clock.now();
  faults->arm(60, tests::answer_error("disk_full"));
  EXPECT_EQ(tests::code_of(run(broken.store(), broken.clock, "2026-10")), "disk_full");
  faults->disarm();
  broken.clock.set(begun + 86'400 * base::kMicrosPerSecond);
  ASSERT_OK(add_people(broken.store(), broken.clock.now(), 100, 2));
  const auto finished = run(broken.store(), broken.clock, "2026-10");
  ASSERT_OK(finished);
  EXPECT_TRUE(finished->resumed);
  EXPECT_EQ(finished->totals.documents, 20);
  ASSERT_TRUE(finished->cutoff);
  EXPECT_EQ(finished->cutoff->recorded.to_string(), begun.to_string());
  const auto next = run(broken.store(), broken.clock, "2026-10");
  ASSERT_OK(next);
  EXPECT_EQ(next->totals.documents, 2);
  EXPECT_GT(next->cutoff->epoch, finished->cutoff->epoch);
}

// Its numbers are taken: they would be left over, and the ledger of numbers would have a gap.
TEST_P(RunBillingTest, AnotherPeriodsRunMustBeFinishedFirst) {
  auto faults = std::make_shared<tests::Faults>();
  tests::TestStore broken(GetParam(), [&](auto database) {
    return std::make_unique<tests::FaultyDatabase>(std::move(database), faults);
  });
  ASSERT_OK(set_up(broken.store(), broken.clock.now(), 20));
  faults->arm(60, tests::answer_error("disk_full"));
  EXPECT_EQ(tests::code_of(run(broken.store(), broken.clock, "2026-10")), "disk_full");
  faults->disarm();
  broken.clock.set(base::Instant::at_start_of(day("2026-12-01")));
  EXPECT_EQ(tests::code_of(run(broken.store(), broken.clock, "2026-11")), "run_unfinished");
  ASSERT_OK(run(broken.store(), broken.clock, "2026-10"));
  const auto next = run(broken.store(), broken.clock, "2026-11");
  ASSERT_OK(next);
  EXPECT_EQ(next->first_number, 1020);
}

TEST_P(RunBillingTest, APeriodIsClosedWhenItIsOver) {
  ASSERT_OK(set_up(store(), clock().now(), 2));
  clock().set(base::Instant::parse("2026-10-31T22:59:59Z").value());  // A second before midnight.
  EXPECT_EQ(tests::code_of(run(store(), clock(), "2026-10")), "period_not_over");
  EXPECT_EQ(run(store(), clock(), "2026-10", 1, true)->totals.documents, 2);
  clock().set(base::Instant::parse("2026-10-31T23:00:00Z").value());
  EXPECT_EQ(run(store(), clock(), "2026-10")->totals.documents, 2);
}

TEST_P(RunBillingTest, NeedsAnOperator) {
  EXPECT_EQ(tests::code_of(run(store(), clock(), "2026-10")), "no_operator");
}

TEST_P(RunBillingTest, ALinkOpensOneBillAndNothingElse) {
  ASSERT_OK(set_up(store(), clock().now(), 2));
  ASSERT_OK(run(store(), clock(), "2026-10"));
  domain::Bill bill;
  {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    bill = transaction->billing().list_bills({.limit = 1})->at(0);
  }
  const std::string token = link_token(tests::test_master_key(), bill.id, kIssueAttempt);
  const auto shown = show_bill_by_link(store(), clock(), token);
  ASSERT_OK(shown);
  EXPECT_EQ(shown->bill.id, bill.id);
  ASSERT_EQ(shown->invoices.size(), 1U);
  EXPECT_EQ(shown->invoices[0].total, bill.total);
  std::string other = token;
  other[3] = other[3] == 'a' ? 'b' : 'a';
  EXPECT_EQ(tests::code_of(show_bill_by_link(store(), clock(), other)), "link_unknown");
  ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
    return transaction.billing().revoke_links(bill.account, bill.id, clock().now());
  }));
  EXPECT_EQ(tests::code_of(show_bill_by_link(store(), clock(), token)), "link_unknown");
}

TELGIRO_ON_BOTH_ENGINES(RunBillingTest);

}  // namespace
}  // namespace flows
