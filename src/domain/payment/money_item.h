// What an entry of a bank file tells of: payments, one by one, and what makes each that payment.
//
// The same money is told by several files: by a statement and by the notice before it, by two
// statements that overlap, by the same file under another name. Its identity is the account, the
// way it went, its amount and the bank's own reference, with its place in a sum; where the bank's
// numbers begin anew with each deposit or day, that too. Without such a reference the day, the
// payer's references and texts stand in for it. Of equals in one statement the first is the first
// wherever it is told.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/bank/bank_file.h"

namespace domain {

struct MoneyItem {
  std::string identity;
  // The same money where it is told the other way, as a sum or in its parts: once one of them is
  // known, this is known. Empty: there is no other way.
  std::string told_otherwise;
  std::int64_t entry = 0;  // Its ordinal in the file, and its line.
  std::int64_t line = 0;
  std::string bank_account;
  base::Money amount;  // Below zero: went back.
  base::Date booked, value;
  std::string rail;  // bankgiro | transfer | direct_debit | card
  std::string reference, bank_reference, end_to_end_id;
  std::string payer_name, payer_account;
  std::string remittance;  // Lines, joined with \n.
  // Why no bill can be asked for, whatever the reference: reversal, several_references,
  // details_do_not_add_up, negative_reference. Empty: nothing speaks against it.
  std::string reason;
  std::string original;   // Of money that went back: the identity that it had when it came.
  std::string code = {};  // What kind of entry, as the bank says.
  // What banks took of money that came, on its way; nothing where they do not say so.
  std::optional<base::Money> charges = {};
};

// Whose accounts these are: as in operator.toml, digits or IBAN without blanks and hyphens.
class OwnAccounts {
 public:
  OwnAccounts() = default;
  explicit OwnAccounts(std::vector<std::string> accounts);
  enum class Answer { kOurs, kForeign, kNotSaid };  // Not said: none of its kind is given.
  [[nodiscard]] Answer asks(std::string_view account) const;

 private:
  std::vector<std::string> accounts_;
};

// The account as items name it: without blanks and hyphens, a giro number without leading zeros.
[[nodiscard]] std::string compact_account(std::string_view account);

// Entries of one file in order, as items. Keeps count of equals, by statement.
class ItemMaker {
 public:
  explicit ItemMaker(std::string_view format) : format_(format) {}

  struct Items {
    std::vector<MoneyItem> items;
    // Why the entry is left out: not_booked, outgoing, interest, no_date, nothing; empty: it is
    // not.
    std::string left_out;
    // Of an outgoing one: what was spent, below zero; of interest what came of it. No customer's
    // money, yet of the account.
    std::vector<MoneyItem> spent = {};
  };
  void statement_begins() { seen_.clear(); }
  // `fallback`: the day that the statement says, where the entry says none.
  [[nodiscard]] Items make(const BankEntry& entry, std::optional<base::Date> fallback);

 private:
  [[nodiscard]] std::int64_t ordinal_of(const std::string& identity);
  [[nodiscard]] Items items_of(const BankEntry& entry, base::Date booked, std::string_view way);

  std::string format_;
  std::unordered_map<std::string, std::int64_t> seen_;
};

}  // namespace domain
