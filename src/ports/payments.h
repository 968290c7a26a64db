// Money that came by the bank: files, incoming payments, and their assignment to bills.
//
// A payment is kept once, whatever file says it and however often: its id is derived from what
// makes it that payment (domain/payment/identity.h). What of it is assigned to bills stands in
// allocations, which are undone by a row of their own and never changed; what is not assigned
// stands in suspense. Names and texts of payers are sealed on disk.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"

namespace ports {

class Reconciliation;  // ports/reconciliation.h
class Refunds;         // ports/refunds.h

struct BankFileRow {
  domain::BankFileId id;  // Derived from the content: the same bytes are the same file.
  std::string name;       // As it was given when it first came.
  std::string format;     // "camt.053"
  std::string sha256;     // 32 bytes.
  std::int64_t size = 0;
  std::string state;            // reading | done | refused
  std::int64_t next_entry = 1;  // Entries before it are done.
  std::int64_t entries = 0;     // = payments + repeated + left_out
  std::int64_t payments = 0;    // New ones.
  std::int64_t repeated = 0;    // Already known from this or another file.
  std::int64_t left_out = 0;    // Not booked, not ours, or not money that came.
  std::int64_t problems = 0;
  std::string imported_by;
  base::Instant recorded;
};

struct BankFileProblem {
  std::int64_t line = 0;
  std::string field, code, text;
};

// suspense: nothing or only a part is assigned. allocated: all of it is. returned: it went back.
struct IncomingPayment {
  domain::PaymentId id;
  domain::BankFileId file;   // Which said it first.
  std::int64_t entry = 0;    // Its ordinal there.
  std::string bank_account;  // Of ours.
  std::string rail;          // bankgiro | transfer | direct_debit | card ...: for the payer.
  base::Money amount;        // Above zero: came; below zero: went back.
  base::Date booked;
  base::Date value;
  std::string reference;  // As given; never sealed, it is ours.
  std::string bank_reference;
  std::string end_to_end_id;
  std::string payer_name;  // Sealed on disk, with the next two.
  std::string payer_account;
  std::string remittance;  // Lines, joined with \n.
  std::string state;       // suspense | allocated | returned
  std::string reason;      // Why in suspense, a code: no_reference, unknown_reference, ...
  base::Money allocated;   // Sum of what is assigned now.
  base::Instant recorded;
  std::string payer_sealed;  // Where seal_payers() made it ahead of add_payments().
  // Of what went back: the payment that it gave back. Nil where that is not known, or not booked.
  domain::PaymentId return_of = {};
  // What banks took of it on its way, beyond the amount; nothing where they do not say.
  std::int64_t charges_minor = 0;

  [[nodiscard]] base::Money open() const { return amount - allocated; }
  [[nodiscard]] base::Money charges() const { return {charges_minor, amount.currency()}; }
};

// What of a payment changes after it came.
struct PaymentStanding {
  domain::PaymentId id;
  std::string state;
  base::Money allocated;
  std::int64_t allocations = 0;  // Rows of it, undone ones and undoings too.
};

// A row for each assignment and for each undoing (amount below zero, `undoes` set).
struct Allocation {
  domain::AccountId account;
  domain::AllocationId id;  // Derived, so that it is never made twice.
  domain::PaymentId payment;
  domain::BillId bill;  // Nil: to the account's credit.
  base::Money amount;
  base::Date effective;  // The payment's booking day.
  std::string rail;
  std::string by;               // exact_reference | agent | credit | undo ...
  domain::AllocationId undoes;  // Nil where it is none.
  domain::PostingId posting;
  base::Instant recorded;
};

struct PaymentFilter {
  std::string state = {};  // Empty: any; so for all of these.
  std::string reason = {};
  std::string reference = {};
  std::optional<domain::BankFileId> file = {};
  std::optional<base::Date> booked_from = {}, booked_to = {};
  std::optional<base::Money> amount = {};
  bool went_back = false;                       // Only what is below zero.
  std::optional<domain::PaymentId> after = {};  // In the order of the list: newest booked first.
  std::size_t limit = 50;
};

// Sums for the day's proof: by bank account and currency.
struct PaymentTotals {
  std::string bank_account;
  base::Money came, allocated, open;
  std::int64_t payments = 0, open_payments = 0;
};

class PayerSearch;

class Payments {
 public:
  virtual ~Payments() = default;

  [[nodiscard]] virtual PayerSearch& payer_search() = 0;  // ports/payer_search.h

  // --- Files.
  [[nodiscard]] virtual base::Result<> add_file(const BankFileRow& file) = 0;
  [[nodiscard]] virtual base::Result<> update_file(const BankFileRow& file) = 0;
  [[nodiscard]] virtual base::Result<std::optional<BankFileRow>> find_file(
      domain::BankFileId id) = 0;
  // Newest first.
  [[nodiscard]] virtual base::Result<std::vector<BankFileRow>> list_files(std::size_t limit) = 0;
  [[nodiscard]] virtual base::Result<> add_problems(domain::BankFileId file,
                                                    std::span<const BankFileProblem> problems) = 0;
  [[nodiscard]] virtual base::Result<std::vector<BankFileProblem>> problems_of(
      domain::BankFileId file, std::size_t limit) = 0;

  // --- Payments.
  // Of these ids those that are known already, sorted.
  [[nodiscard]] virtual base::Result<std::vector<domain::PaymentId>> known(
      std::span<const domain::PaymentId> ids) = 0;
  // What add_payments() does where it is not done yet; ahead of the transaction that writes.
  virtual void seal_payers(std::span<IncomingPayment> payments) const = 0;
  // Errors: constraint_violated where an id is taken.
  [[nodiscard]] virtual base::Result<> add_payments(std::span<const IncomingPayment> payments) = 0;
  // State, reason and allocated of one that exists.
  [[nodiscard]] virtual base::Result<> update_payment(const IncomingPayment& payment) = 0;
  [[nodiscard]] virtual base::Result<> update_payments(
      std::span<const IncomingPayment> payments) = 0;
  // How far these are by now, by ids in their order.
  [[nodiscard]] virtual base::Result<std::vector<PaymentStanding>> standing_of(
      std::span<const domain::PaymentId> ids) = 0;
  [[nodiscard]] virtual base::Result<std::optional<IncomingPayment>> find_payment(
      domain::PaymentId id) = 0;
  [[nodiscard]] virtual base::Result<std::vector<IncomingPayment>> list_payments(
      const PaymentFilter& filter) = 0;
  [[nodiscard]] virtual base::Result<std::vector<PaymentTotals>> totals() = 0;

  // --- Allocations.
  [[nodiscard]] virtual base::Result<> add_allocations(std::span<const Allocation> rows) = 0;
  // Oldest first; with a nil bill those to the account's credit.
  [[nodiscard]] virtual base::Result<std::vector<Allocation>> allocations_of(
      domain::AccountId account, domain::BillId bill) = 0;
  // Visits every node of a distributed database: for one payment, on a person's request.
  [[nodiscard]] virtual base::Result<std::vector<Allocation>> allocations_of_payment(
      domain::PaymentId payment) = 0;

  // --- What is held against the books, and what is paid back.
  [[nodiscard]] virtual Reconciliation& reconciliation() = 0;
  [[nodiscard]] virtual Refunds& refunds() = 0;

  // Which payment it gave back; nil: of none any more.
  [[nodiscard]] virtual base::Result<> set_return_of(domain::PaymentId back,
                                                     domain::PaymentId original) = 0;
};

}  // namespace ports
