// Payers by number; see the header.
#include "tests/support/bench_house.h"

#include <algorithm>
#include <stdexcept>

#include "ports/billing.h"
#include "ports/catalogue.h"
#include "ports/parties.h"
#include "ports/work.h"

namespace tests {
namespace {

constexpr int kPayersAtOnce = 10'000;
constexpr std::string_view kBankgiro = "50501055";

base::Result<> add_payers(ports::Transaction& transaction, base::Instant now, int first,
                          int count) {
  const ports::Recording recording{now, TRY(transaction.work().hold_epoch())};
  std::vector<domain::Customer> customers;
  std::vector<domain::Account> accounts;
  std::vector<domain::Bill> bills;
  for (int number = first; number < first + count; ++number) {
    bills.push_back(open_bill(number));
    domain::Customer& customer = customers.emplace_back();
    customer.id = numbered_id<domain::CustomerId>("customer", number);
    customer.number = number;
    customer.language = "sv";
    domain::Account& account = accounts.emplace_back();
    account.id = bills.back().account;
    account.customer = customer.id;
    account.country = "SE";
  }
  TRY(transaction.parties().add_customers(customers, recording));
  TRY(transaction.parties().add_accounts(accounts, recording));
  return transaction.billing().add_bills(bills);
}

}  // namespace

domain::Operator bench_operator() {
  domain::Operator value;
  value.code = "bench";
  value.legal_name = value.brand = "Prov Telekom AB";
  value.country = "SE";
  value.time_zone = "Europe/Stockholm";
  value.language = "sv";
  value.organisation_number = "5560360793";
  value.address = {{"Gatan 1"}, "111 22", "Stockholm", "SE"};
  value.payee.bankgiro = kBankgiro;
  value.debit_agreements = {{.scheme = "autogiro",
                             .creditor = std::string(kBankgiro),
                             .iban = "",
                             .bic = "",
                             .customer_number = "471117"}};
  value.reference_scheme = "se_ocr_luhn_length";
  value.invoice_series = "A";
  value.divisions = {{"broadband", "Bredband"}};
  return value;
}

domain::Bill open_bill(int number) {
  domain::Bill bill;
  bill.id = numbered_id<domain::BillId>("bill", number);
  bill.account = numbered_id<domain::AccountId>("account", number);
  bill.group_key = "all";
  bill.total = base::Money(40'000 + number % 90'000, base::Currency());
  bill.fees = bill.paid = bill.credited = base::Money(0, base::Currency());
  bill.issued = base::Date::parse("2026-11-01").value();
  bill.due = base::Date::parse("2026-12-01").value();
  bill.reference_scheme = "plain";
  bill.reference = std::to_string(10'000'000 + number);
  return bill;
}

void fill_with_payers(ports::Store& store, base::Instant now, int payers,
                      const BesidesBills& besides) {
  auto done =
      ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> base::Result<> {
        TRY(transaction.catalogue().save_operator(bench_operator(), now));
        return {};
      });
  for (int first = 0; first < payers && done; first += kPayersAtOnce) {
    const int count = std::min(kPayersAtOnce, payers - first);
    done = ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> base::Result<> {
      TRY(add_payers(transaction, now, first, count));
      return besides(transaction, first, count);
    });
  }
  if (!done) throw std::runtime_error(base::describe(done.error()));
}

}  // namespace tests
