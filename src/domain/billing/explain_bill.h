// Why a bill is not what the last one was: what changed, in whole causes that add up (MOON1).
//
// The two papers are compared line by line, by service and item; what belongs together is one
// cause, so a changed plan is one and not an end and a beginning. Causes come with the largest
// first; beyond `causes_max` they are summed as smaller ones. before + causes + smaller + vat +
// rounding = after, to the cent. Nothing is guessed: a cause is what the lines say.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "domain/billing/invoice.h"

namespace domain {

enum class CauseKind {
  kServiceNew,   // A plan that was not on the last bill.
  kServiceGone,  // One that is no longer there.
  kPlanChanged,  // The same service under another plan.
  kDays,         // The same plan for more or fewer days.
  kPrice,        // The same plan and days for another price.
  kDiscountBegan,
  kDiscountEnded,
  kDiscountChanged,
  kUsage,         // More or less used, or at another price.
  kOneOff,        // A single purchase or fee of this bill.
  kOneOffBefore,  // One of the last bill's.
  kCatchUp,       // What had not been billed before.
  kCatchUpBefore,
  kCorrection,  // Of what was billed in advance.
  kCorrectionBefore,
};

struct Cause {
  CauseKind kind = CauseKind::kOneOff;
  base::Money change;       // Of the reader's amounts, with its sign; never zero.
  std::string name;         // Of the item now, or as it was where it is gone.
  std::string before_name;  // Of a changed plan.
  std::string owner;        // The service's own name or address; may be empty.
  DayShare days = {}, days_before = {};
  base::Decimal used = {}, used_before = {};
  std::string unit = {};  // What was used is counted in.
  friend bool operator==(const Cause&, const Cause&) = default;
};

struct Explanation {
  base::Money before;
  base::Money after;
  std::vector<Cause> causes;  // The largest first; equal ones in the order of the lines.
  base::Money smaller;        // The sum of the causes beyond.
  std::size_t smaller_count = 0;
  base::Money vat;       // Where the amounts are without it: this bill's less the last one's.
  base::Money rounding;  // In the same way.
};

// One paper and what each of its lines costs the reader (with VAT for people).
struct PricedPaper {
  const Invoice& invoice;
  std::span<const base::Money> amounts;  // One for each line.
};

inline constexpr std::size_t kCausesMax = 5;

// Both papers are in one currency; what their amounts and rounding leave of the total is VAT.
[[nodiscard]] Explanation explain_bill(const PricedPaper& before, const PricedPaper& after,
                                       std::size_t causes_max = kCausesMax);

[[nodiscard]] std::string_view to_text(CauseKind kind);

}  // namespace domain
