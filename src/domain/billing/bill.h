// Bill: the live debt (D1, D2). Its stored state is what the debt is; overdue, due soon, partly
// paid and the like are derived for a day, never stored.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/text/json.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/billing/invoice.h"
#include "domain/ids.h"

namespace domain {

enum class BillState { kOpen, kSettled, kCredited, kWrittenOff, kCeded };

struct Bill {
  BillId id;
  AccountId account;
  RunId run;
  std::string group_key;  // What it gathers: "all", "order:70010", ...
  base::Month period;
  BillState state = BillState::kOpen;
  base::Money total;
  base::Money fees;
  base::Money paid;
  base::Money credited;
  base::Date issued;
  base::Date due;  // The document's; never changes (D3).
  std::string reference_scheme;
  std::string reference;
  std::vector<PlanRow> plan;
  std::int64_t version = 1;  // Grows with every change; the page's ETag is made from it.
  base::Instant recorded;

  // rest = total + fees - paid - credited (D2).
  [[nodiscard]] base::Money rest() const { return total + fees - paid - credited; }
};

// What the page and the agent say of the debt on a day. Derived, never stored.
enum class BillFace {
  kOpen,
  kDueSoon,  // Three days or fewer left.
  kOverdue,
  kPartlyPaid,
  kPaid,
  kCredited,
  kNothingToPay,  // A zero or negative bill.
  kInstalments,   // A plan runs: the next part is what is asked for.
  kWrittenOff,
  kCeded,
};

inline constexpr int kDueSoonDays = 3;

struct BillView {
  BillFace face = BillFace::kOpen;
  base::Money asked;           // What is to pay now: the rest, or the next part of the plan.
  base::Date asked_by;         // The effective due day of that.
  std::int32_t days_left = 0;  // Until asked_by; negative when it has passed.
};
[[nodiscard]] BillView view_bill(const Bill& bill, base::Date today);

[[nodiscard]] std::string_view to_text(BillState state);
[[nodiscard]] base::Result<BillState> parse_bill_state(std::string_view text);
[[nodiscard]] std::string_view to_text(BillFace face);

}  // namespace domain
