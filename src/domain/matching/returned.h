// Whether a payment may be what went back: one rule for what is booked by itself, for what a person
// may say, for what is suggested, and for what waits because a return may be of it.
//
// And which it may be, where neither the bank nor a number says so surely: the payments of its sum,
// the likeliest first, with what speaks for and against each in words. A number that both bear
// weighs most, then the payer's account, their name, our account, and last that few days lie
// between. Where a number is shared, the bank may have kept a little of it: that is shown, too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/money/money.h"
#include "base/time/date.h"
#include "domain/matching/payer_evidence.h"

namespace domain::matching {

// A payment that came, or what went back.
struct MoneySide {
  base::Money amount;
  base::Date booked;
  std::string our_account;
  std::string payer_account, payer_name;
  // What it is called: references, the bank's and the payer's, and numbers in its text.
  std::vector<std::string> names;
};

struct ReturnedCandidate {
  std::size_t place = 0;  // Among what came.
  std::vector<PayerReason> reasons;
};

inline constexpr std::size_t kReturnedMax = 3;
// So much less may go back than came, in minor units: banks keep their charge.
inline constexpr std::int64_t kKeptOfReturnMax = 5'000;

// Of all that may speak against it what weighs most; the sum is that of the payment or another.
enum class ReturnFit { kOtherCurrency, kOtherSum, kLater, kOtherPayer, kFits };
// The same sum, not after it, and not known to be another payer's: another account whose name is
// another or not said, or, where one does not say the account, another name. Only what fits is
// booked by itself; that another paid it a person may overrule.
[[nodiscard]] ReturnFit fit_return(const MoneySide& came, const MoneySide& back);

// The best few of those that came before it with its sum, or with its number and a little more.
[[nodiscard]] std::vector<ReturnedCandidate> rank_returned(const MoneySide& back,
                                                           std::span<const MoneySide> came);

}  // namespace domain::matching
