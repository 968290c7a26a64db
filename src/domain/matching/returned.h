// Which payment it may be that went back, where neither the bank nor a number says so surely: the
// payments of its sum, the likeliest first, with what speaks for and against each in words.
//
// A number that both bear weighs most, then the payer's account, their name, our account, and last
// that few days lie between. Nothing of it is sure: a person chooses. It also says whether a return
// that nobody has settled may be of a payment, which then is not booked by itself.
#pragma once

#include <cstddef>
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

// The best few of those that came before it with its sum.
[[nodiscard]] std::vector<ReturnedCandidate> rank_returned(const MoneySide& back,
                                                           std::span<const MoneySide> came);

// Whether what went back may be this payment: of its sum, not before it, and nothing that both say
// of the payer speaks against it.
[[nodiscard]] bool may_be_returned(const MoneySide& came, const MoneySide& back);

}  // namespace domain::matching
