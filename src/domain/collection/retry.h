// When a debit that failed for want of money is tried again.
//
// A strategy says the day that it would like; the plan then holds it to notice, bank days and the
// highest number of tries. The shipped one waits for the payday of the payer's country; one that
// learns from a payer's own payments would stand beside it.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/money/money.h"
#include "base/time/date.h"

namespace domain {

struct RetryAsk {
  base::Date first_day;  // Of the first debit.
  base::Date failed_on;
  int tries = 1;  // Made until now.
  base::Money amount;
  std::string_view country;  // Of the payer.
};

struct RetryLimits {
  int tries_max = 3;
  int gap_days_min = 3;  // Between a failure and the next try.
  int within_days = 60;  // Of the first debit; later the debt is another matter.
};

class RetryStrategy {
 public:
  virtual ~RetryStrategy() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  // Nothing: not again.
  [[nodiscard]] virtual std::optional<base::Date> wanted(const RetryAsk& ask) const = 0;
};

// The day of the month on which most people of a country have their pay; 31: its last day.
struct Payday {
  std::string_view country;
  int day;
};
[[nodiscard]] std::span<const Payday> paydays();

class PaydayRetry final : public RetryStrategy {
 public:
  explicit PaydayRetry(RetryLimits limits = {}) : limits_(limits) {}
  [[nodiscard]] std::string_view name() const override { return "payday"; }
  [[nodiscard]] std::optional<base::Date> wanted(const RetryAsk& ask) const override;

 private:
  RetryLimits limits_;
};

}  // namespace domain
