// The small values of which an order to a bank is made: names of messages, Swedish accounts, and
// the letters that a payment scheme lets through.
//
// SEPA's letters are a-z A-Z 0-9 / - ? : ( ) . , ' + and blank (EPC217-08). Others are replaced one
// for one, so that what fits a field before fits it afterwards: an accent falls away, & becomes +,
// a bracket is rounded; what has no likeness is a full stop.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/result/result.h"
#include "domain/bank/giro.h"
#include "domain/bank/iban.h"
#include "domain/bank/norwegian_account.h"

namespace domain {

// A name that travels to the bank and comes back: of a message, a batch, a debit or a mandate.
// 1 to 35 of SEPA's letters, without / at either end or twice in a row.
class BankId {
 public:
  // Nothing is dropped or replaced: it must come back as it went.
  // Errors: too_short, too_long, wrong_characters.
  [[nodiscard]] static base::Result<BankId> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }

  friend auto operator<=>(const BankId&, const BankId&) = default;

 private:
  explicit BankId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// A Swedish bank account: clearing number and account number. The check digits follow a dozen
// rules of the banks, so only the form is judged; Bankgirot says which accounts there are.
class SwedishAccount {
 public:
  // "8901-3232323232", "8327-9, 123456789": what stands before the hyphen or comma is the clearing
  // number; its fifth digit, which only Swedbank has, is dropped. Spaces are dropped.
  // Errors: not_digits, too_short, too_long, wrong_structure.
  [[nodiscard]] static base::Result<SwedishAccount> parse(std::string_view text);

  [[nodiscard]] const std::string& clearing() const { return clearing_; }  // Four digits.
  [[nodiscard]] const std::string& number() const { return number_; }      // 1 to 12 digits.
  // "8901-3232323232"
  [[nodiscard]] std::string text() const { return clearing_ + "-" + number_; }

  friend auto operator<=>(const SwedishAccount&, const SwedishAccount&) = default;

 private:
  SwedishAccount(std::string clearing, std::string number)
      : clearing_(std::move(clearing)), number_(std::move(number)) {}
  std::string clearing_, number_;
};

// Where money is fetched from or sent to.
using BankAccount = std::variant<Iban, Bankgiro, Plusgiro, SwedishAccount, NorwegianAccount>;
// As text() of its kind.
[[nodiscard]] std::string text_of(const BankAccount& account);

[[nodiscard]] bool is_sepa_text(std::string_view text);
// One letter for each letter of UTF-8 text; see above.
[[nodiscard]] std::string to_sepa_text(std::string_view text);
// Whether every letter has a byte in ISO-8859-1, and none is a control character.
[[nodiscard]] bool is_latin1_text(std::string_view text);
// Letters, not bytes, of UTF-8.
[[nodiscard]] std::size_t letters_in(std::string_view text);

}  // namespace domain
