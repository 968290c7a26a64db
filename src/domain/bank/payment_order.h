// What an operator sends a bank, whatever the format: debits to collect, money to pay out, debits
// to give back, and what becomes of mandates and claims.
//
// Values only. An item is made by make(), which refuses what no bank could carry out; what a
// certain format cannot say is found by check_order (order_check.h). Names follow ISO 20022
// (pain.008, pain.001, pain.007), Bankgirot (Autogiro, LB) and Nets (AvtaleGiro).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/bank/bank_file.h"
#include "domain/bank/bic.h"
#include "domain/bank/creditor_id.h"
#include "domain/bank/order_items.h"
#include "domain/bank/order_values.h"

namespace domain {

// Core and B2B are SEPA's; national is Autogiro and the like.
enum class DebitScheme { kCore, kB2b, kNational };
enum class DebitSequence { kFirst, kRecurrent, kFinal, kOneOff };

// A party with its account: who is debited, who is paid.
struct AccountHolder {
  std::string name = {};
  std::optional<BankAccount> account = {};
  std::optional<Bic> bank = {};
  std::vector<std::string> address = {};  // Street lines.
  std::string postal_code = {}, town = {};
  std::string country = {};  // ISO 3166, two letters.
};

// Who collects.
struct Creditor {
  AccountHolder holder = {};
  std::optional<CreditorId> id = {};               // SEPA.
  std::optional<Bankgiro> bankgiro = {};           // Autogiro, LB.
  std::string customer_number = {};                // At Bankgirot, six digits.
  std::optional<NorwegianAccount> norwegian = {};  // AvtaleGiro.
};

// What changed of a mandate since the last debit under it; what did not is absent.
struct MandateAmendment {
  std::optional<BankId> original_mandate = {};
  std::optional<CreditorId> original_creditor_id = {};
  std::string original_creditor_name = {};
  std::optional<Iban> original_account = {};  // Another account at the same bank.
  bool other_bank = false;                    // SMNDA: the same mandate, another bank.
  [[nodiscard]] bool empty() const {
    return !original_mandate && !original_creditor_id && original_creditor_name.empty() &&
           !original_account && !other_bank;
  }
};

// Autogiro: a debit that comes again by itself.
enum class Repeat {
  kOnce,
  kMonthly,
  kQuarterly,
  kHalfYearly,
  kYearly,
  kMonthlyLastDay,  // On the last bank day of the month, and so on.
  kQuarterlyLastDay,
  kHalfYearlyLastDay,
  kYearlyLastDay,
};

// One debit of a payer under a mandate.
class Debit {
 public:
  struct Parts {
    BankId end_to_end_id;
    base::Money amount;
    BankId mandate;  // Autogiro: the payer's number.
    std::optional<base::Date> signed_on = {};
    AccountHolder debtor = {};
    std::string reference = {};   // Structured, of the creditor: OCR, RF. Or the remittance:
    std::string remittance = {};  // Words for the payer.
    MandateAmendment amendment = {};
    Repeat repeat = Repeat::kOnce;
    std::optional<int> times = {};  // Of a repeated one; absent: until further notice.
    MoneyDirection direction = MoneyDirection::kCredit;  // To us; Autogiro pays back by it, too.
  };
  // Errors: amount_not_positive, reference_and_remittance, amendment_contradicts_itself,
  // out_of_range (times).
  [[nodiscard]] static base::Result<Debit> make(Parts parts);
  [[nodiscard]] const Parts& parts() const { return parts_; }
  [[nodiscard]] const Parts* operator->() const { return &parts_; }

 private:
  explicit Debit(Parts parts) : parts_(std::move(parts)) {}
  Parts parts_;
};

// Debits of one creditor, day, scheme and sequence: one PmtInf.
struct CollectionBatch {
  BankId id;
  Creditor creditor = {};
  std::optional<base::Date> day = {};  // Absent: at once (Autogiro GENAST).
  DebitScheme scheme = DebitScheme::kCore;
  std::optional<DebitSequence> sequence = {};  // SEPA needs one.
  OrderItems<Debit> debits = {};
};

enum class TransferKind { kPayment, kCreditNote };  // A credit note is taken off (LB).

// Money to somebody: a refund, a payout.
class CreditTransfer {
 public:
  struct Parts {
    BankId end_to_end_id;
    base::Money amount;
    AccountHolder payee = {};
    std::string reference = {};  // Structured, of the payee. Or the remittance.
    std::string remittance = {};
    std::string own_note = {};  // Comes back in the bank's report (LB: 20 letters).
    std::string purpose = {};   // ISO 20022 external purpose, four letters: "OTHR".
    TransferKind kind = TransferKind::kPayment;
    bool salary = false;
    std::string statement_text = {};     // LB to an account: 12 letters on the payee's statement.
    std::optional<base::Date> day = {};  // Where another than the batch's (LB).
  };
  // Errors: amount_not_positive, reference_and_remittance, payee_missing (no account, no name).
  [[nodiscard]] static base::Result<CreditTransfer> make(Parts parts);
  [[nodiscard]] const Parts& parts() const { return parts_; }
  [[nodiscard]] const Parts* operator->() const { return &parts_; }

 private:
  explicit CreditTransfer(Parts parts) : parts_(std::move(parts)) {}
  Parts parts_;
};

// Transfers from one account on one day.
struct TransferBatch {
  BankId id;
  AccountHolder payer = {};
  std::optional<base::Date> day = {};  // Absent: at once (LB GENAST).
  std::string list_heading = {};       // LB: above the list that the bank sends, 37 letters.
  OrderItems<CreditTransfer> transfers = {};
};

// A debit that was collected and is given back (pain.007).
class Reversal {
 public:
  struct Parts {
    BankId id;
    Debit original;
    base::Money amount;           // Not above the original's.
    std::string reason = "MS02";  // ISO 20022 external reason, four letters.
  };
  // Errors: amount_not_positive, reversal_above_original, wrong_characters (reason).
  [[nodiscard]] static base::Result<Reversal> make(Parts parts);
  [[nodiscard]] const Parts& parts() const { return parts_; }
  [[nodiscard]] const Parts* operator->() const { return &parts_; }

 private:
  explicit Reversal(Parts parts) : parts_(std::move(parts)) {}
  Parts parts_;
};

// Reversals of debits of one batch that was sent.
struct ReversalBatch {
  BankId original_message, original_batch;
  std::string original_format = "pain.008.001.08";  // In which it was sent.
  Creditor creditor = {};
  std::optional<base::Date> day = {};  // On which was collected.
  DebitScheme scheme = DebitScheme::kCore;
  std::optional<DebitSequence> sequence = {};
  OrderItems<Reversal> reversals = {};
};

enum class MandateAction {
  kNew,       // Account and identity, or neither where the payer pays from a bankgiro number.
  kAccept,    // A mandate that the payer gave at the bank.
  kReject,    // The same, refused.
  kRenumber,  // Another payer number.
  kCancel,
};

// What is to become of a mandate (Autogiro).
class MandateOrder {
 public:
  struct Parts {
    MandateAction action = MandateAction::kNew;
    BankId payer_number;  // 1 to 16 digits.
    std::optional<SwedishAccount> account = {};
    std::string identity = {};  // YYYYMMDDNNNN, or ten digits of an organisation (00 before).
    std::optional<BankId> new_payer_number = {};  // kRenumber.
  };
  // Errors: not_digits, too_long, payer_number_zero (numbers); those of an identity number
  // (place: identity); mandate_contradicts_itself.
  [[nodiscard]] static base::Result<MandateOrder> make(Parts parts);
  [[nodiscard]] const Parts& parts() const { return parts_; }
  [[nodiscard]] const Parts* operator->() const { return &parts_; }

 private:
  explicit MandateOrder(Parts parts) : parts_(std::move(parts)) {}
  Parts parts_;
};

enum class ChangeKind {
  kCancelPayer,   // Every payment of a payer.
  kCancelDay,     // Every payment of a day.
  kCancelOne,     // One: payer, day, amount.
  kMoveAll,       // Every payment to another day.
  kMoveDay,       // Those of a day.
  kMovePayerDay,  // Those of a payer on a day.
  kMoveOne,       // One.
};

// A change of debits that Bankgirot has already (Autogiro).
class DebitChange {
 public:
  struct Parts {
    ChangeKind kind = ChangeKind::kCancelOne;
    std::optional<BankId> payer_number = {};
    std::optional<base::Date> day = {};
    std::optional<base::Money> amount = {};
    MoneyDirection direction = MoneyDirection::kCredit;  // To us: a debit of the payer.
    std::optional<base::Date> new_day = {};
    std::string reference = {};
  };
  // Errors: change_lacks_value, change_contradicts_itself (the place names what is missing or too
  // much), not_digits, payer_number_zero, amount_not_positive.
  [[nodiscard]] static base::Result<DebitChange> make(Parts parts);
  [[nodiscard]] const Parts& parts() const { return parts_; }
  [[nodiscard]] const Parts* operator->() const { return &parts_; }

 private:
  explicit DebitChange(Parts parts) : parts_(std::move(parts)) {}
  Parts parts_;
};

// Mandates and changes go to Bankgirot for one bankgiro number.
struct MandateBatch {
  Creditor creditor = {};
  OrderItems<MandateOrder> mandates = {};
  OrderItems<DebitChange> changes = {};
};

enum class ClaimNotice { kByCreditor, kByBank };  // Who tells the payer before the debit.

// A claim under AvtaleGiro, or its withdrawal.
class Claim {
 public:
  struct Parts {
    std::string kid = {};  // 2 to 25 digits, the last perhaps '-', by mod 10 or mod 11.
    base::Money amount = {};
    base::Date due = {};
    ClaimNotice notice = ClaimNotice::kByCreditor;
    std::string payer_name = {};                  // Ten letters of it are sent.
    std::string external_reference = {};          // On the payer's statement, 25 letters.
    std::vector<std::string> specification = {};  // For the bank's notice: 42 lines of 80 letters.
  };
  // Errors: amount_not_positive, wrong_characters, too_short, too_long, wrong_check_digit (kid),
  // specification_without_notice.
  [[nodiscard]] static base::Result<Claim> make(Parts parts);
  [[nodiscard]] const Parts& parts() const { return parts_; }
  [[nodiscard]] const Parts* operator->() const { return &parts_; }

 private:
  explicit Claim(Parts parts) : parts_(std::move(parts)) {}
  Parts parts_;
};

struct ClaimBatch {
  std::string number;      // Seven digits, not again within a year.
  Creditor creditor = {};  // Its Norwegian account.
  bool withdrawn = false;  // The claims are to be forgotten.
  OrderItems<Claim> claims = {};
};

// One file. Each format says some kinds of batches; the others must be empty.
struct PaymentOrder {
  BankId id;
  base::Instant created;  // In messages that say the moment.
  base::Date day;         // The sender's day, in files that say the day.
  std::string sender_name = {};
  std::string sender_number = {};  // At Nets: eight digits.
  std::int64_t transmission = 0;   // At Nets: of this sender's files, 1 to 9,999,999.
  std::vector<CollectionBatch> collections = {};
  std::vector<TransferBatch> transfers = {};
  std::vector<ReversalBatch> reversals = {};
  std::vector<MandateBatch> mandates = {};
  std::vector<ClaimBatch> claims = {};
};

}  // namespace domain
