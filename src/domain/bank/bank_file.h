// What a bank file says, whatever its format: statements with their balances, entries of money
// that came or went, mandates, statuses, and what was wrong with the file and where.
//
// Values only; nothing is decided here. What a file does not say is absent. Amounts have no sign:
// the direction says which way the money went, as seen from the account's owner.
// Names follow ISO 20022 (camt.053, BkToCstmrStmt): an entry is one Ntry or payment record, its
// details are the TxDtls or references in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/time/date.h"

namespace domain {

enum class MoneyDirection { kCredit, kDebit };  // To the account; from it.

struct BankBalance {
  base::Money amount;  // Below zero: overdrawn.
  std::optional<base::Date> day;
};

// One statement, deposit or section of a file: of one account.
struct BankStatement {
  std::string id;        // As the bank names it; unique in the file.
  std::string account;   // IBAN, bankgiro number or the like, without spaces or hyphens.
  std::string currency;  // ISO 4217; empty where not said.
  std::optional<BankBalance> opening, closing;
  std::optional<base::Date> from, to;
  std::string created;                  // ISO 8601, as the bank says it.
  std::optional<std::int64_t> entries;  // How many the file says there are.
};

struct BankParty {
  std::string name;
  std::string account;               // IBAN or national number.
  std::vector<std::string> address;  // Lines as given.
  std::string identity = {};         // Personal or organisation number, where the file says it.
  [[nodiscard]] bool empty() const { return name.empty() && account.empty() && address.empty(); }
};

struct BankReturn {
  std::string code;  // AC04, MS03 ... or the format's own.
  std::string text;
};

// A bill or credit note that a payment says it is for.
struct BankDocument {
  std::string reference;  // Structured, of the creditor.
  std::string number;
  std::string kind;  // CINV, CREN ...
  std::optional<base::Money> amount;
  MoneyDirection direction = MoneyDirection::kCredit;  // Of a credit note: debit.
};

// A part of an entry that names its own reference or sum: a TxDtls, an extra reference record.
struct BankEntryDetail {
  std::optional<base::Money> amount;
  MoneyDirection direction = MoneyDirection::kCredit;
  bool charges_apart = false;  // As of the entry.
  std::string reference;       // Structured; normalised only by leaving out blanks.
  std::vector<std::string> remittance;
  std::string end_to_end_id;
  std::string mandate_id;
  std::string bank_reference;
  BankParty payer;  // Of a debit: who was paid.
  std::optional<BankReturn> returned;
  std::optional<base::Money> instructed;  // What the payer ordered, where it is another sum.
  std::optional<base::Money> charges;     // What the bank took.
  std::vector<BankDocument> documents;
  std::string transaction_id = {};  // The clearing's name (TxId): the same at both banks.
};

struct BankEntry {
  std::string statement;     // BankStatement::id.
  std::string account;       // Whose entry it is: as the statement's.
  std::int64_t ordinal = 0;  // From 1, in the file.
  std::int64_t line = 0;     // Where it begins in the file, from 1.
  base::Money amount;        // Never below zero.
  MoneyDirection direction = MoneyDirection::kCredit;
  bool reversal = false;  // Takes back an earlier entry (RvslInd, record's own sign).
  bool booked = true;     // False: announced only (PDNG, INFO); nothing is posted.
  // The amount does not lack its charges: they are booked by themselves, or the payer's own.
  bool charges_apart = false;
  std::optional<base::Date> booking_date, value_date;
  std::string reference;
  std::vector<std::string> remittance;
  std::string end_to_end_id;
  std::string bank_reference;  // The bank's own: AcctSvcrRef, BGC's serial, archive id.
  std::string code;            // What kind: "PMNT-RCDT-ESCT", "705"; empty: not said.
  BankParty payer;
  std::optional<BankReturn> returned;
  // Of a sum of several: how many, and the bank's name for the batch.
  struct Batch {
    std::string id;
    std::optional<std::int64_t> count;
  };
  std::optional<Batch> batch;
  // Empty where the entry says it all itself. Of a single one the entry's own fields hold too, and
  // the entry's amount is the money.
  std::vector<BankEntryDetail> details;
  std::optional<base::Money> charges;  // What the bank took of it.
};

// At the end of an entry's code: it waits in the bank's register of payments to come.
inline constexpr std::string_view kWatchedMark = "-watched";
// A mandate that nothing happened to: it stands in the bank's register.
inline constexpr std::string_view kRegistered = "registered";

// A mandate that came, changed or went, by file (Autogiro, AvtaleGiro).
struct BankMandate {
  std::string id;          // The payer's number or mandate reference.
  std::string state;       // created | changed | cancelled | rejected | announced | registered
  std::string code, text;  // The format's own reason.
  BankParty payer;
  std::string identity;  // Personal or organisation number, as given.
  std::optional<base::Date> day;
  std::int64_t line = 0;
};

// What became of something we sent (pain.002, rejected payments of Autogiro).
struct BankStatus {
  std::string message_id, batch_id, end_to_end_id;
  std::string state;  // accepted | pending | rejected | partly | unknown
  std::string code, text;
  std::optional<base::Money> amount;
  std::int64_t line = 0;
  std::string mandate_id = {};         // Or the payer's number, where it was to be debited.
  std::optional<base::Date> day = {};  // For which it was ordered, where that is said.
};

// How bad it is: of an error a part is missing, or the file contradicts itself; a warning is to be
// looked at; of a note nobody need do anything.
enum class BankProblemSeverity { kNote, kWarning, kError };

// Something wrong with the file. `line` from 1 (0: the whole file); `field` as the format calls it.
struct BankProblem {
  std::int64_t line = 0;
  std::string field;
  std::string code;
  std::string text;
  BankProblemSeverity severity = BankProblemSeverity::kWarning;
};

// The file's own sums, and whether they are those of what was read.
struct BankControl {
  std::optional<std::int64_t> entries_said;
  std::int64_t entries_read = 0;
  std::optional<base::Money> sum_said;  // Credits less debits, where the format sums so.
  bool agrees = true;
};

}  // namespace domain
