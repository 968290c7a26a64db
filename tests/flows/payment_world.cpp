#include "tests/flows/payment_world.h"

#include <algorithm>

#include "domain/ledger/posting.h"
#include "domain/reference/payment_reference.h"
#include "flows/operations/verify_store.h"
#include "flows/payments/payment_rows.h"
#include "ports/ledger.h"
#include "ports/parties.h"
#include "ports/work.h"
#include "storage/dump.h"
#include "tests/flows/aurora.h"

namespace tests {

using base::Money;
using base::Result;

namespace {

template <class IdType>
IdType id(int n) {
  return IdType(
      base::IdBytes{static_cast<std::uint8_t>(n % 256), static_cast<std::uint8_t>(n / 256)});
}

Result<> keep_account(ports::Transaction& transaction, const domain::Bill& bill, int n,
                      const std::string& name, base::Instant now) {
  const ports::Recording recording{now, TRY(transaction.work().hold_epoch())};
  domain::Customer customer;
  customer.party.name = name;
  customer.id = id<domain::CustomerId>(n);
  customer.number = n;
  customer.language = "sv";
  domain::Account account;
  account.id = bill.account;
  account.customer = customer.id;
  account.country = "SE";
  account.currency = bill.total.currency();
  TRY(transaction.parties().add_customers({&customer, 1}, recording));
  return transaction.parties().add_accounts({&account, 1}, recording);
}

Result<> keep_bill(ports::Transaction& transaction, const domain::Bill& bill, int n,
                   base::Instant now) {
  TRY(transaction.billing().add_bills({&bill, 1}));
  TRY(transaction.billing().add_references({&bill, 1}));
  domain::Posting::Head head;
  head.id = id<domain::PostingId>(n);
  head.account = bill.account;
  head.kind = "invoice";
  head.effective = bill.issued;
  head.recorded = now;
  const domain::Posting postings[] = {TRY(
      domain::Posting::make(head, {{"receivables", bill.total}, {"revenue:TEST", -bill.total}}))};
  return transaction.ledger().append(postings);
}

}  // namespace

Money kronor(std::int64_t whole) { return Money(whole * 100, base::Currency()); }

std::string bgmax_file(const std::vector<Paid>& payments, std::string_view account) {
  formats::bank::WrittenFile file;
  file.created = "2026-11-20T18:00:00";
  for (const Paid& paid : payments) {
    const auto day = base::Date::parse(paid.day).value();
    if (file.statements.empty() || file.statements.back().statement.to != day) {
      domain::BankStatement head;
      head.account = account;
      head.currency = "SEK";
      head.to = day;
      file.statements.push_back({head, {}});
    }
    domain::BankEntry entry;
    entry.amount = kronor(std::abs(paid.kronor));
    if (paid.kronor < 0) entry.direction = domain::MoneyDirection::kDebit;
    entry.reference = paid.reference;
    entry.bank_reference = paid.bank_reference;
    entry.payer.name = paid.payer;
    file.statements.back().entries.push_back(std::move(entry));
  }
  return formats::bank::write_bgmax(file);
}

void PaymentWorld::SetUp() { load_aurora(store(), clock()); }

std::string PaymentWorld::reference(int n) { return "7000" + std::to_string(n); }
domain::AccountId PaymentWorld::account(int n) { return id<domain::AccountId>(n); }
domain::BillId PaymentWorld::bill_id(int n) { return id<domain::BillId>(n); }

std::string PaymentWorld::ocr(int n) {
  return domain::PaymentReference::make("se_ocr_luhn_length", std::to_string(20'260'000 + 37 * n))
      .value()
      .text();
}

void PaymentWorld::add_bill(int n, std::int64_t total, base::Currency currency) {
  domain::Bill bill;
  bill.reference_scheme = "plain";
  bill.reference = reference(n);
  keep_debt(n, {.kronor = total, .currency = currency}, std::move(bill));
}

void PaymentWorld::add_debt(int n, const Debt& debt) {
  domain::Bill bill;
  bill.reference_scheme = "se_ocr_luhn_length";
  bill.reference = ocr(n);
  keep_debt(n, debt, std::move(bill));
}

void PaymentWorld::keep_debt(int n, const Debt& debt, domain::Bill bill) {
  if (debt.of_account != 0) owners_[n] = debt.of_account;
  ASSERT_OK(tests::keep_debt(store(), clock(), n, debt, std::move(bill)));
}

Result<> keep_debt(ports::Store& store, const base::Clock& clock, int n, const Debt& debt,
                   domain::Bill bill) {
  bill.id = id<domain::BillId>(n);
  bill.account = id<domain::AccountId>(debt.of_account == 0 ? n : debt.of_account);
  bill.group_key = "all";
  bill.total = Money(debt.kronor * 100, debt.currency);
  bill.fees = bill.paid = bill.credited = Money(0, debt.currency);
  bill.issued = base::Date::parse(debt.issued).value();
  bill.due = base::Date::parse(debt.due).value();
  bill.period = base::Month::of(bill.issued);
  return ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    if (debt.of_account == 0) {
      TRY(keep_account(transaction, bill, n, debt.name, clock.now()));
    }
    return keep_bill(transaction, bill, n, clock.now());
  });
}

domain::Bill PaymentWorld::bill(int n) {
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto owner = owners_.find(n);
  const domain::AccountId of = account(owner == owners_.end() ? n : owner->second);
  return transaction->billing().find_bill(of, bill_id(n)).value().value();
}

std::string PaymentWorld::told(int n) {
  const domain::Bill found = bill(n);
  return std::string(domain::to_text(found.state)) + " " + found.paid.to_decimal_string() + " " +
         found.rest().to_decimal_string();
}

std::string PaymentWorld::credit(int n) {
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  return flows::credit_of(*transaction, account(n), base::Currency()).value().to_decimal_string();
}

Result<flows::BankImportReport> PaymentWorld::import(const std::string& bytes,
                                                     const flows::BankImportRequest& request,
                                                     const std::string& name) {
  return flows::import_bank_file(store(), clock(), flows::Snapshot::of_text(name, bytes), request);
}

std::string PaymentWorld::counts(const std::string& bytes, const std::string& name) {
  const auto report = import(bytes, {}, name);
  if (!report) return describe(report.error());
  const ports::BankFileRow& file = report->file;
  EXPECT_EQ(file.entries, file.payments + file.repeated + file.left_out);
  if (file.state != "done") return file.state;
  return std::to_string(file.payments) + " new " + std::to_string(file.repeated) + " known " +
         std::to_string(file.left_out) + " left out";
}

std::vector<ports::IncomingPayment> PaymentWorld::payments(std::string_view state) {
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  auto found = transaction->payments().list_payments({.state = std::string(state), .limit = 1'000});
  std::ranges::sort(*found, {}, [](const ports::IncomingPayment& payment) {
    return std::pair(payment.recorded.micros, payment.entry);
  });
  return *found;
}

std::string PaymentWorld::suspense() {
  std::string text;
  for (const auto& payment : payments("suspense")) {
    text += (text.empty() ? "" : ", ") + payment.open().to_decimal_string() + " " + payment.reason;
  }
  return text;
}

std::string PaymentWorld::problems() {
  const auto report = flows::verify_store(store());
  if (!report) return describe(report.error());
  std::string text;
  for (const base::Error& problem : report->problems) {
    // The bills of these tests have no papers.
    if (problem.code != "bill_differs_from_documents") text += describe(problem) + "\n";
  }
  return text;
}

std::string PaymentWorld::balance(const std::string& ledger_account) {
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto rows = transaction->ledger().trial_balance({}).value();
  for (const auto& row : rows) {
    if (row.ledger_account == ledger_account) return row.balance().to_decimal_string();
  }
  return "0.00";
}

std::string PaymentWorld::dump() {
  std::string lines;
  EXPECT_OK(storage::dump_canonical(store(), [&](std::string_view line) -> Result<> {
    lines += line;
    return {};
  }));
  return lines;
}

}  // namespace tests
