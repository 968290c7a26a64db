// Money that came, on both engines: what is kept comes back as it was, once; lists go from the
// newest on; totals are sums; what a bank says of payers is not readable on disk.
#include "ports/payments.h"

#include "storage/tables/payer_search.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Money;
using base::Result;
using domain::PaymentId;
using ports::IncomingPayment;
using ports::PaymentFilter;
using tests::code_of;

Money sek(std::int64_t minor) { return Money(minor, base::Currency::parse("SEK").value()); }
Money eur(std::int64_t minor) { return Money(minor, base::Currency::parse("EUR").value()); }
base::Date day(std::string_view text) { return base::Date::parse(text).value(); }
PaymentId payment_id(std::uint8_t n) { return PaymentId(base::IdBytes{n}); }
domain::BankFileId file_id(std::uint8_t n) { return domain::BankFileId(base::IdBytes{n}); }
domain::AccountId account(std::uint8_t n) { return domain::AccountId(base::IdBytes{n}); }
domain::BillId bill(std::uint8_t n) { return domain::BillId(base::IdBytes{n}); }

IncomingPayment payment(std::uint8_t n, Money amount, std::string_view booked,
                        std::string_view state = "allocated") {
  IncomingPayment row;
  row.id = payment_id(n);
  row.file = file_id(1);
  row.entry = n;
  row.bank_account = "54029681";
  row.rail = "bankgiro";
  row.amount = amount;
  row.booked = day(booked);
  row.value = day(booked);
  row.reference = "70001" + std::to_string(n);
  row.bank_reference = "BGC" + std::to_string(n);
  row.payer_name = "Ebba Ek";
  row.payer_account = "SE4550000000058398257466";
  row.remittance = "juni\nhälsningar";
  row.state = state;
  row.reason = state == "suspense" ? "no_reference" : "";
  row.allocated = state == "suspense" ? Money(0, amount.currency()) : amount;
  row.recorded = {n * 1'000};
  return row;
}

ports::BankFileRow bank_file(std::uint8_t n, std::string_view name) {
  ports::BankFileRow file;
  file.id = file_id(n);
  file.name = name;
  file.format = "bgmax";
  file.sha256 = std::string(32, static_cast<char>(n));
  file.size = 1'000 + n;
  file.state = "reading";
  file.imported_by = "bengt";
  file.recorded = {n * 1'000'000};
  return file;
}

ports::Allocation allocation(std::uint8_t of, std::uint8_t n, domain::BillId of_bill,
                             Money amount) {
  ports::Allocation row;
  row.account = account(of);
  row.id = domain::AllocationId(base::IdBytes{n});
  row.payment = payment_id(1);
  row.bill = of_bill;
  row.amount = amount;
  row.effective = day("2026-11-05");
  row.rail = "bankgiro";
  row.by = "exact_reference";
  row.posting = domain::PostingId(base::IdBytes{n});
  row.recorded = {n * 1'000};
  return row;
}

class PaymentsTest : public tests::StoreTest {
 protected:
  using Write = std::function<Result<>(ports::Payments&)>;
  [[nodiscard]] Result<> write(const Write& work) {
    return ports::run_in_transaction(
        store(), [&](ports::Transaction& transaction) { return work(transaction.payments()); });
  }
  [[nodiscard]] Result<> add(std::vector<IncomingPayment> rows) {
    return write([&](ports::Payments& payments) { return payments.add_payments(rows); });
  }
  // The ordinals of what a filter finds: "3 1".
  [[nodiscard]] std::string found(const PaymentFilter& filter) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    std::string text;
    const auto rows = transaction->payments().list_payments(filter).value();
    for (const auto& row : rows) text += (text.empty() ? "" : " ") + std::to_string(row.entry);
    return text;
  }
};

TEST_P(PaymentsTest, AFileGoesOnUntilItIsDone) {
  ports::BankFileRow file = bank_file(1, "bg.txt");
  ASSERT_OK(write([&](ports::Payments& payments) { return payments.add_file(file); }));
  ASSERT_OK(write([&](auto& payments) { return payments.add_file(bank_file(2, "newer.xml")); }));
  EXPECT_EQ(code_of(write([&](auto& payments) { return payments.add_file(file); })),
            "constraint_violated");
  file.state = "done";
  file.next_entry = 8;
  file.entries = 7, file.payments = 4, file.repeated = 2, file.left_out = 1, file.problems = 3;
  ASSERT_OK(write([&](auto& payments) { return payments.update_file(file); }));
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto back = transaction->payments().find_file(file.id).value();
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->name, "bg.txt");
  EXPECT_EQ(back->sha256, file.sha256);
  EXPECT_EQ(back->state, "done");
  EXPECT_EQ(back->next_entry, 8);
  EXPECT_EQ(back->entries, back->payments + back->repeated + back->left_out);
  EXPECT_EQ(back->problems, 3);
  EXPECT_EQ(back->imported_by, "bengt");
  const auto files = transaction->payments().list_files(5).value();
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files.front().name, "newer.xml");
  EXPECT_EQ(transaction->payments().find_file(file_id(9)).value(), std::nullopt);
}

TEST_P(PaymentsTest, ProblemsStandInTheOrderInWhichTheyWereFound) {
  const std::vector<ports::BankFileProblem> first = {{4, "belopp", "bank_bad_amount", "no digits"}};
  const std::vector<ports::BankFileProblem> second = {{2, "", "not_ours", "another account"}};
  for (const auto& problems : {first, second}) {
    ASSERT_OK(write([&](auto& payments) { return payments.add_problems(file_id(1), problems); }));
  }
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto all = transaction->payments().problems_of(file_id(1), 10).value();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].line, 4);
  EXPECT_EQ(all[0].field, "belopp");
  EXPECT_EQ(all[1].code, "not_ours");
  EXPECT_EQ(transaction->payments().problems_of(file_id(1), 1).value().size(), 1U);
  EXPECT_TRUE(transaction->payments().problems_of(file_id(2), 1).value().empty());
}

TEST_P(PaymentsTest, APaymentIsKeptOnceAndComesBackAsItWas) {
  const IncomingPayment one = payment(1, sek(74'700), "2026-11-05");
  ASSERT_OK(add({one}));
  EXPECT_EQ(code_of(add({one})), "constraint_violated");
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto back = transaction->payments().find_payment(one.id).value();
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->amount, one.amount);
  EXPECT_EQ(back->booked, one.booked);
  EXPECT_EQ(back->rail, "bankgiro");
  EXPECT_EQ(back->payer_name, "Ebba Ek");
  EXPECT_EQ(back->payer_account, one.payer_account);
  EXPECT_EQ(back->remittance, "juni\nhälsningar");
  EXPECT_EQ(back->open(), sek(0));
  const PaymentId ids[] = {payment_id(3), payment_id(1), payment_id(2), payment_id(1)};
  EXPECT_EQ(transaction->payments().known(ids).value(), (std::vector{payment_id(1)}));
}

TEST_P(PaymentsTest, WhoPaidIsSealedOnDisk) {
  ASSERT_OK(add({payment(1, sek(100), "2026-11-05")}));
  const auto transaction = store().begin_sql(ports::TransactionKind::kRead).value();
  std::string stored;
  ASSERT_OK(transaction->connection().query("SELECT payer_sealed FROM payment", {},
                                            [&](const sql::Row& row) -> Result<> {
                                              stored = row.bytes(0);
                                              return {};
                                            }));
  EXPECT_GT(stored.size(), 40U);
  EXPECT_EQ(stored.find("Ebba"), std::string::npos);
}

TEST_P(PaymentsTest, ListsGoFromTheNewestOn) {
  IncomingPayment foreign = payment(4, eur(9'900), "2026-11-03", "suspense");
  foreign.reason = "currency";
  foreign.file = file_id(2);
  ASSERT_OK(add({payment(1, sek(100), "2026-11-02"), payment(2, sek(200), "2026-11-05"),
                 payment(3, sek(100), "2026-11-05", "suspense"), foreign}));
  EXPECT_EQ(found({}), "3 2 4 1");
  EXPECT_EQ(found({.limit = 2}), "3 2");
  EXPECT_EQ(found({.after = payment_id(2), .limit = 1}), "4");
  EXPECT_EQ(found({.after = payment_id(9)}), "");
  EXPECT_EQ(found({.state = "suspense"}), "3 4");
  EXPECT_EQ(found({.state = "suspense", .after = payment_id(3)}), "4");
  EXPECT_EQ(found({.state = "allocated"}), "2 1");
  EXPECT_EQ(found({.reason = "currency"}), "4");
  EXPECT_EQ(found({.reference = "700012"}), "2");
  EXPECT_EQ(found({.file = file_id(2)}), "4");
  EXPECT_EQ(found({.booked_from = day("2026-11-03"), .booked_to = day("2026-11-04")}), "4");
  EXPECT_EQ(found({.amount = sek(100)}), "3 1");
  EXPECT_EQ(found({.amount = eur(100)}), "");
}

TEST_P(PaymentsTest, WhatWentBackNamesItsPayment) {
  IncomingPayment came = payment(1, sek(49'500), "2026-11-02");
  came.charges_minor = 500;
  ASSERT_OK(
      add({came, payment(2, sek(-49'500), "2026-11-05", "suspense"),
           payment(3, sek(-100), "2026-11-05"), payment(4, sek(300), "2026-11-05", "suspense")}));
  const auto kept = [&](std::uint8_t n) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return transaction->payments().find_payment(payment_id(n)).value().value();
  };
  EXPECT_EQ(kept(1).charges(), sek(500));
  EXPECT_EQ(kept(2).charges(), sek(0));
  EXPECT_TRUE(kept(2).return_of.is_nil());
  EXPECT_EQ(found({.state = "suspense", .went_back = true}), "2");
  EXPECT_EQ(found({.went_back = true}), "3 2");
  ASSERT_OK(write([&](ports::Payments& payments) {
    return payments.set_return_of(payment_id(2), payment_id(1));
  }));
  EXPECT_EQ(kept(2).return_of, payment_id(1));
  ASSERT_OK(
      write([&](ports::Payments& payments) { return payments.set_return_of(payment_id(2), {}); }));
  EXPECT_TRUE(kept(2).return_of.is_nil());
}

// Each question about a return is led by an index, and does not read all that ever came.
TEST_P(PaymentsTest, ReturnsAreLookedUpByIndexes) {
  std::vector<IncomingPayment> rows;
  for (int n = 0; n < 4'000; ++n) {
    IncomingPayment row = payment(1, sek(100 + n % 400), "2026-01-01");
    row.id = PaymentId(
        base::IdBytes{static_cast<std::uint8_t>(n % 256), static_cast<std::uint8_t>(n / 256), 7});
    row.booked = row.booked + n % 300;
    row.end_to_end_id = "E2E" + std::to_string(n);
    rows.push_back(std::move(row));
  }
  ASSERT_OK(add(rows));
  const auto transaction = store().begin_sql(ports::TransactionKind::kWrite).value();
  sql::Connection& connection = transaction->connection();
  ASSERT_OK(connection.execute("ANALYZE", {}));
  struct Case {
    std::string what, sql, index;
    std::vector<sql::Value> values;
  };
  const std::vector<sql::Value> named = {std::int64_t{150},
                                         std::int64_t{day("2026-01-01").days()},
                                         std::int64_t{day("2026-12-01").days()},
                                         "SEK",
                                         "E2E50",
                                         "E2E51"};
  const std::vector<Case> cases = {
      {"by what it is called", select_named(2), "payment_by_amount", named},
      {"by its sum, the newest first",
       "SELECT payment_id FROM payment WHERE booked >= $1 AND booked <= $2 AND amount_minor = $3 "
       "AND currency = $4 ORDER BY booked DESC, payment_id DESC LIMIT 300",
       "payment_by_amount",
       {named[1], named[2], named[0], named[3]}},
      {"those that nobody has settled",
       "SELECT payment_id FROM payment WHERE state = 'suspense' AND amount_minor < 0 "
       "ORDER BY booked DESC, payment_id DESC LIMIT 300",
       "payment_went_back",
       {}},
  };
  const bool is_server = GetParam() == sql::Engine::kPostgres;
  for (const Case& each : cases) {
    std::string plan;
    ASSERT_OK(connection.query((is_server ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + each.sql,
                               each.values, [&](const sql::Row& row) -> Result<> {
                                 plan += std::string(row.text(is_server ? 0 : 3)) + "\n";
                                 return {};
                               }));
    EXPECT_NE(plan.find(each.index), std::string::npos) << each.what << "\n" << plan;
  }
}

TEST_P(PaymentsTest, TotalsAreSumsByBankAccountAndCurrency) {
  IncomingPayment part = payment(2, sek(1'000), "2026-11-05", "suspense");
  part.allocated = sek(400);
  ASSERT_OK(
      add({payment(1, sek(500), "2026-11-02"), part,
           payment(3, sek(-200), "2026-11-05", "suspense"), payment(4, eur(70), "2026-11-05")}));
  part.allocated = sek(1'000), part.state = "allocated", part.reason = "";
  ASSERT_OK(write([&](auto& payments) { return payments.update_payment(part); }));
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto totals = transaction->payments().totals().value();
  ASSERT_EQ(totals.size(), 2U);
  EXPECT_EQ(totals[0].came, eur(70));
  EXPECT_EQ(totals[1].bank_account, "54029681");
  EXPECT_EQ(totals[1].came, sek(1'300));
  EXPECT_EQ(totals[1].allocated, sek(1'500));
  EXPECT_EQ(totals[1].open, sek(-200));
  EXPECT_EQ(totals[1].payments, 3);
  EXPECT_EQ(totals[1].open_payments, 1);
}

TEST_P(PaymentsTest, AllocationsAreFoundByBillByAccountAndByPayment) {
  ports::Allocation undone = allocation(1, 3, bill(1), sek(-500));
  undone.undoes = domain::AllocationId(base::IdBytes{1});
  undone.by = "undo";
  const std::vector<ports::Allocation> rows = {allocation(1, 1, bill(1), sek(500)),
                                               allocation(1, 2, {}, sek(70)), undone,
                                               allocation(2, 4, bill(2), sek(30))};
  ASSERT_OK(write([&](auto& payments) { return payments.add_allocations(rows); }));
  EXPECT_EQ(code_of(write([&](auto& payments) { return payments.add_allocations(rows); })),
            "constraint_violated");
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto of_bill = transaction->payments().allocations_of(account(1), bill(1)).value();
  ASSERT_EQ(of_bill.size(), 2U);
  EXPECT_EQ(of_bill[0].amount, sek(500));
  EXPECT_EQ(of_bill[1].undoes, of_bill[0].id);
  EXPECT_EQ(of_bill[1].by, "undo");
  EXPECT_EQ(of_bill[1].posting, undone.posting);
  const auto to_credit = transaction->payments().allocations_of(account(1), {}).value();
  ASSERT_EQ(to_credit.size(), 1U);
  EXPECT_EQ(to_credit[0].amount, sek(70));
  EXPECT_TRUE(to_credit[0].bill.is_nil());
  EXPECT_EQ(transaction->payments().allocations_of_payment(payment_id(1)).value().size(), 4U);
  EXPECT_TRUE(transaction->payments().allocations_of(account(2), bill(1)).value().empty());
}

TEST_P(PaymentsTest, ManyAreChangedAndStandWhereTheyStand) {
  IncomingPayment first = payment(1, sek(500), "2026-11-02", "suspense");
  IncomingPayment second = payment(2, eur(70), "2026-11-02", "suspense");
  ASSERT_OK(add({first, second, payment(3, sek(30), "2026-11-02", "suspense")}));
  first.state = "allocated", first.allocated = sek(500), first.reason = "";
  second.allocated = eur(20);
  ASSERT_OK(write([&](auto& payments) -> base::Result<> {
    const IncomingPayment changed[] = {first, second};
    TRY(payments.update_payments(changed));
    const ports::Allocation rows[] = {allocation(1, 1, bill(1), sek(300)),
                                      allocation(1, 2, {}, sek(200))};
    return payments.add_allocations(rows);
  }));
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const domain::PaymentId asked[] = {payment_id(3), payment_id(2), payment_id(1), payment_id(9)};
  const auto standing = transaction->payments().standing_of(asked).value();
  ASSERT_EQ(standing.size(), 3U);
  EXPECT_EQ(standing[0].state, "allocated");
  EXPECT_EQ(standing[0].allocated, sek(500));
  EXPECT_EQ(standing[0].allocations, 2);
  EXPECT_EQ(standing[1].state, "suspense");
  EXPECT_EQ(standing[1].allocated, eur(20));
  EXPECT_EQ(standing[2].id, payment_id(3));
  EXPECT_EQ(standing[2].allocations, 0);
}

TELGIRO_ON_BOTH_ENGINES(PaymentsTest);

}  // namespace
}  // namespace storage
