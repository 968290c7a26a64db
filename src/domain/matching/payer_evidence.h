// What speaks for and against a payment being for certain bills, as levels of evidence.
//
// A payment that no exact reference assigns is compared with the bills of one debtor at a time: the
// number it gives, an invoice's or customer's number in its text, its amount, whose account it came
// from, the payer's name, its day. A level says how well they agree; how much that weighs is the
// model's (payer_model.h). It does not know what is common: that is the field's.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/time/date.h"
#include "domain/billing/bill.h"
#include "domain/ids.h"
#include "domain/matching/payer_name.h"
#include "domain/reference/reference_scheme.h"

namespace domain::matching {

// What is known of a payment.
struct PaymentFacts {
  base::Money amount;
  base::Date booked;
  std::string text;  // The reference as given and the remittance's lines.
  std::string payer_name;
  bool has_payer_account = false;
  base::Money charges = {};  // What banks took of it on its way; nothing where they do not say.
};

// An account that may be meant, with what it owes and what it owed lately.
struct Debtor {
  AccountId account;
  std::int64_t customer_number = 0;
  std::string name;
  std::vector<Bill> bills;
  std::vector<std::string> invoice_numbers;  // Of the bills, in their order: "A1042", or empty.
};

// What the payer's bank account has paid before.
struct PaidBefore {
  std::int64_t for_debtor = 0;  // So many payments.
  bool for_others = false;
};

enum class ReferenceLevel {
  kNone,      // No number in the text is like the bill's.
  kOther,     // It gives a reference, which is nobody's.
  kAnother,   // It gives a number that is valid by itself, as a neighbour's would be.
  kOfTheirs,  // It gives the reference of another bill of the same debtor: last month's.
  kLostDigit,
  kWrongDigit,
  kSwapped,
  kWhole,           // The bill's reference stands within the text.
  kOfTheirsNearly,  // As kOfTheirs, and damaged.
  kOfTheirsLater,   // That of a bill issued later: who pays an old one seldom has it.
};
// Whether the text gives the bill's own reference, damaged or whole.
[[nodiscard]] bool names_the_bill(ReferenceLevel level);
enum class NumberLevel {
  kNone,
  kCustomer,
  kInvoice,
  kOtherInvoice,  // Of the same debtor.
};
enum class AmountLevel {
  kOther,
  kLast,     // What the bill before came to.
  kLess,     // A little less than the bill, as where a bank takes its charge.
  kMore,     // A little more.
  kSeveral,  // The sum of several bills.
  kEqual,
  kCharged,  // Less by just what the bank says it took: equal, to what was sent.
};
enum class AccountLevel { kNotSaid, kUnknown, kOfOthers, kKnown };
enum class DayLevel { kFarOff, kLate, kAboutDue };

// One for each comparison, in this order: reference, number, amount, account, name, day.
inline constexpr std::size_t kComparisons = 6;
inline constexpr std::array<std::size_t, kComparisons> kLevelCounts = {10, 4, 7, 4, 6, 3};
inline constexpr std::size_t kLevelsMax = 10;
using LevelVector = std::array<std::uint8_t, kComparisons>;

struct PayerLevels {
  ReferenceLevel reference = ReferenceLevel::kNone;
  NumberLevel number = NumberLevel::kNone;
  AmountLevel amount = AmountLevel::kOther;
  AccountLevel account = AccountLevel::kNotSaid;
  NameLevel name = NameLevel::kNotSaid;
  DayLevel day = DayLevel::kFarOff;

  friend bool operator==(const PayerLevels&, const PayerLevels&) = default;
};
[[nodiscard]] LevelVector to_vector(const PayerLevels& levels);
// "530154": as confirmed matches are kept. Nullopt where the text is not of that form.
[[nodiscard]] std::string to_text(const LevelVector& levels);
[[nodiscard]] std::optional<LevelVector> parse_levels(std::string_view text);

// One reason in words: a key of the catalogue and the values that its message may name.
struct PayerReason {
  std::string key = {};     // "payer.reference.wrong_digit"
  std::string number = {};  // The reference, invoice or customer number, or the name in question.
  std::int64_t count = 0;
  std::optional<base::Money> amount = {};
  bool speaks_for = true;
};

// What the payment may be for: bills of one debtor, by their places in it.
struct PayerCandidate {
  std::size_t debtor = 0;
  std::vector<std::size_t> bills;
  PayerLevels levels;
  bool is_owed = false;              // All of them; false where there is none.
  std::size_t reference_digits = 0;  // Of what was found; zero where nothing was.
  bool reference_is_damaged = false;
  std::size_t number_digits = 0;  // The series counts as two.
  // How many of the debtor's bills the text names by whole reference or number, and of its own.
  std::size_t named = 0, named_own = 0;
  // Bills of other debtors that it is for as well; only where the text names all of them.
  struct Beside {
    std::size_t debtor = 0, bill = 0;
  };
  std::vector<Beside> beside;
  // How many bills of this debtor are owed that nothing tells from this one: it is the oldest.
  std::size_t alike = 1;
};

// All that the payment may be for of this debtor: each bill that is owed, several at once where
// they are the amount, a bill that is owed no more where the text names it or the amount is its,
// and none of them, which is the account's credit.
[[nodiscard]] std::vector<PayerCandidate> candidates_of(const PaymentFacts& payment,
                                                        const Debtor& debtor,
                                                        const PaidBefore& before,
                                                        const ReferenceOptions& options = {});
// Several debtors' bills at once: all that the text names whole and that are owed, where they are
// of more than one and their rests are exactly the amount. `debtors`: by the candidates' places.
[[nodiscard]] std::optional<PayerCandidate> of_several_debtors(
    base::Money amount, std::span<const PayerCandidate> candidates,
    std::span<const Debtor* const> debtors);
// What its levels say, in the order of the comparisons.
[[nodiscard]] std::vector<PayerReason> reasons_for(const PaymentFacts& payment,
                                                   const Debtor& debtor, const PaidBefore& before,
                                                   const PayerCandidate& candidate,
                                                   const ReferenceOptions& options = {});
// The levels of what somebody says it is for; an empty list is the account's credit.
[[nodiscard]] PayerLevels levels_of(const PaymentFacts& payment, const Debtor& debtor,
                                    const PaidBefore& before, std::vector<std::size_t> bills,
                                    const ReferenceOptions& options = {});

// How much a little is: two hundredths of a bill.
[[nodiscard]] base::Money little_of(base::Money amount);

}  // namespace domain::matching
