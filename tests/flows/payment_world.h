// Bills to be paid and bank files that pay them, for tests of money that comes in.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "domain/bank/bank_file.h"
#include "flows/operations/snapshot.h"
#include "flows/payments/import_bank_file.h"
#include "formats/bank/writing/bank_writers.h"
#include "ports/billing.h"
#include "tests/support/stores.h"

namespace tests {

[[nodiscard]] base::Money kronor(std::int64_t whole);

// One payment in a file, in words: {500, "70001", "B1"}.
struct Paid {
  std::int64_t kronor = 0;  // Below zero: went back.
  std::string reference = {};
  std::string bank_reference = {};
  std::string day = "2026-11-20";
  std::string payer = "Ebba Ek";
};

// Of Aurora's bankgiro, a statement a day, in the order given.
[[nodiscard]] std::string bgmax_file(const std::vector<Paid>& payments,
                                     std::string_view account = "50501055");

// A debt of somebody: a bill with a reference of Aurora's own scheme.
struct Debt {
  std::int64_t kronor = 500;
  base::Currency currency = {};
  std::string name = {};  // Of the customer, where the account is a new one.
  int of_account = 0;     // Of an account that has bills already.
  std::string issued = "2026-11-01";
  std::string due = "2026-12-01";
};

// The n-th debt in any store: an account of its own, unless it is of another, and the bill.
[[nodiscard]] base::Result<> keep_debt(ports::Store& store, const base::Clock& clock, int n,
                                       const Debt& debt, domain::Bill bill);

class PaymentWorld : public StoreTest {
 protected:
  void SetUp() override;
  // The n-th bill (from 1), each of an account of its own; its reference is reference(n).
  void add_bill(int n, std::int64_t total, base::Currency currency = {});
  void add_debt(int n, const Debt& debt);
  // Of the n-th bill, where it was added as a debt.
  [[nodiscard]] static std::string ocr(int n);
  [[nodiscard]] static std::string reference(int n);
  [[nodiscard]] static domain::AccountId account(int n);
  [[nodiscard]] static domain::BillId bill_id(int n);
  [[nodiscard]] domain::Bill bill(int n);
  // "settled 500.00 0.00": state, paid and rest.
  [[nodiscard]] std::string told(int n);
  [[nodiscard]] std::string credit(int n);  // "50.00"
  [[nodiscard]] base::Result<flows::BankImportReport> import(
      const std::string& bytes, const flows::BankImportRequest& request = {},
      const std::string& name = "bg.txt");
  // "4 new 1 known 0 left out": of a file that was done.
  [[nodiscard]] std::string counts(const std::string& bytes, const std::string& name = "bg.txt");
  // "500.00 unknown_reference, ..." of what is in suspense, oldest first.
  [[nodiscard]] std::string suspense();
  [[nodiscard]] std::vector<ports::IncomingPayment> payments(std::string_view state);
  // Empty where everything that is stored agrees with itself.
  [[nodiscard]] std::string problems();
  [[nodiscard]] std::string balance(const std::string& ledger_account);
  [[nodiscard]] std::string dump();

 private:
  void keep_debt(int n, const Debt& debt, domain::Bill bill);

  std::map<int, int> owners_;  // Of bills that stand on another's account.
};

}  // namespace tests
