// Commands of money that comes in: bank files and payments (commands_payments.cpp).
#pragma once

#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "flows/payments/import_bank_file.h"
#include "ports/payments.h"
#include "ports/store.h"

namespace app::cli {

struct BankImportOptions {
  std::vector<std::string> files;
  bool take_anyway = false;
  std::int64_t batch = static_cast<std::int64_t>(flows::kBankBatchEntriesMax);
  std::string by;
};
[[nodiscard]] Outcome bank_import(const Context& context, const BankImportOptions& options);

struct BankFilesOptions {
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome bank_files(const Context& context, const BankFilesOptions& options);
[[nodiscard]] Outcome bank_file_show(const Context& context, const std::string& file);

struct BankSimulateOptions {
  std::string format = "bgmax";
  std::int64_t seed = 1;
  std::string day;  // Empty: some days before each bill is due.
  std::int64_t bills = 100'000;
  std::string output;
};
[[nodiscard]] Outcome bank_simulate(const Context& context, const BankSimulateOptions& options);

struct PaymentListOptions {
  std::string state;
  std::string reason;
  std::string file;
  std::string from, to;
  std::string amount;  // "500.00", in the operator's currency.
  std::string search;  // A reference, or a payment's id.
  std::string format = "table";
  std::string after;
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome payment_list(const Context& context, const PaymentListOptions& options);
[[nodiscard]] Outcome payment_show(const Context& context, const std::string& payment);

struct PaymentAssignOptions {
  std::string payment;
  std::string bill;     // Its id, payment reference or invoice number; or:
  std::string account;  // An account's id or a customer's number: to its credit.
  std::string amount;   // Empty: all that is open.
  std::string reason;
  std::string by;
};
[[nodiscard]] Outcome payment_assign(const Context& context, const PaymentAssignOptions& options);

struct PaymentUndoOptions {
  std::string payment;
  std::string allocation;  // Empty: all that is assigned.
  std::string reason;
  std::string by;
};
[[nodiscard]] Outcome payment_undo(const Context& context, const PaymentUndoOptions& options);

struct PaymentReturnOptions {
  std::string payment;
  std::string of;  // The payment that went back; empty: none of ours.
  bool none = false;
  std::string reason;
  std::string by;
};
[[nodiscard]] Outcome payment_return(const Context& context, const PaymentReturnOptions& options);
// Whether bank = assigned + suspense, against the ledger; a negative answer where it is not.
[[nodiscard]] Outcome payment_totals(const Context& context);

// For commands beside these: a payment as an answer tells it, one by its id, who does it, and the
// answer after a payment was changed.
[[nodiscard]] base::Json payment_json(const ports::IncomingPayment& payment);
[[nodiscard]] base::Result<ports::IncomingPayment> find_payment(ports::Transaction& transaction,
                                                                const std::string& text);
[[nodiscard]] Outcome payment_changed(const Context& context,
                                      const ports::IncomingPayment& payment);

}  // namespace app::cli
