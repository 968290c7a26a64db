// Rating, in two steps, both pure.
//
// rate_usage() prices one record when it arrives, from the service's terms on that day and the
// catalogue: which usage item it is (kind, zone, destination, time of day), how much counts
// (increments), and what that costs without any allowance. It does not depend on other records,
// so neither order nor division into files matters.
//
// close_usage() turns a month's sums into lines: allowances (own and shared), fair use, minimum,
// blocks over the allowance. It depends on sums only: late records and reversals are new sums.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/catalogue/catalogue.h"
#include "domain/ids.h"

namespace domain {

// One thing that happened, as the source says it.
struct UsageEvent {
  std::string kind;         // voice | data | sms | mms | premium | rental | purchase | ppv | ...
  std::string zone;         // Where the user was: "SE", "EU", "SAT"; empty: at home.
  std::string destination;  // Called number or service; may be empty.
  base::Date day;           // On the operator's calendar.
  std::int32_t second_of_day = 0;  // On the operator's clock, 0..86,399 (peak hours).
  DayKind day_kind = DayKind::kWorkday;
  std::int64_t duration_s = 0;
  std::int64_t volume_bytes = 0;
  std::int64_t pieces = 1;
  std::optional<base::UnitPrice> given_price = {};  // The record brings its own (premium, films).
  std::string title = {};                           // "Derbyt": named on the line; may be empty.
};

// A service's terms on the day.
struct UsageTerms {
  std::string division;
  std::string plan;
  std::vector<std::string> add_ons;
  std::string brand = {};  // Where prices differ by brand; empty: those for all.
};

struct RatedUsage {
  std::string item;        // Catalogue code of the usage item.
  base::Decimal quantity;  // In the item's unit, after increments.
  base::Decimal amount;  // Exact to 8 places (half up), in the item's currency, without allowance.
  bool includes_vat = false;
  friend bool operator==(const RatedUsage&, const RatedUsage&) = default;
};

// Errors: no_price (place: kind, zone and destination's class), impossible_usage (negative or
// beyond 31 days or 10 TB), unknown_plan, bad_destination (the price depends on the number that was
// called, and this is none; nothing at all is one where a number class names it).
[[nodiscard]] base::Result<RatedUsage> rate_usage(const UsageEvent& event, const UsageTerms& terms,
                                                  const Catalogue& catalogue);

// The sum of rated records of one service, item and plan in one calendar month.
struct UsageSum {
  ServiceId service;
  std::string plan;
  std::string item;
  base::Decimal quantity;
  base::Decimal amount;
  std::int64_t records = 0;
};

// Which terms a service had on which days of the month.
struct TermDays {
  ServiceId service;
  UsageTerms terms;
  base::Period days;
};

// One line of a bill; what an allowance covers is a line of net zero, so that it is seen.
struct UsageCharge {
  ServiceId service;
  std::string item;  // Of the usage item, or of the item charged over the allowance.
  base::Decimal quantity;
  std::string unit;            // "minute", "MB", "GB", "piece"
  base::UnitPrice unit_price;  // Where one price holds for all of it; else 0.
  base::Decimal amount;        // Exact; the caller rounds once.
  bool includes_vat = false;
  std::string vat_class;
  bool covered = false;   // By an allowance.
  bool makes_up = false;  // What lacks to the minimum: known when the month has ended.
  friend bool operator==(const UsageCharge&, const UsageCharge&) = default;
};

// How full an allowance or a spend cap is, for alerts at 80 and 100 % and for the tab.
struct UsageLevel {
  ServiceId service;
  std::string pool;  // "data"; "spend" for the cap.
  base::Decimal used;
  base::Decimal of;
  std::string unit;
};

// The alert that a level is worth: 100 where it is full, 80 from 80 % on, 0 below and where there
// is no limit. Who alerts remembers which one was the last.
[[nodiscard]] int alert_percent(const UsageLevel& level);

// What is left of a month's allowance for later months.
struct CarriedAllowance {
  ServiceId service;  // Nil where the account's services share it.
  std::string pool;
  base::Month earned;  // In which month it was given,
  base::Month last;    // and the last one in which it may be used.
  base::Decimal amount;
  UsageUnit unit = UsageUnit::kPiece;
  friend bool operator==(const CarriedAllowance&, const CarriedAllowance&) = default;
};

struct ClosedUsage {
  std::vector<UsageCharge> charges;  // In order of service and item.
  std::vector<UsageLevel> levels;  // In order of service and pool; a shared pool's service is nil.
  std::vector<CarriedAllowance> carried;  // To hand in when the next month is closed.
};

// Whether a month without any usage matters: an allowance of it rolls over, or a minimum is due.
[[nodiscard]] bool needs_every_month(const Catalogue& catalogue);
// Whether usage of a month that goes on may be billed (PlanTerms::bill_at).
[[nodiscard]] bool bills_within_months(const Catalogue& catalogue);

// The catalogue made ready for many records: which items may fit a kind, a plan and a zone. It
// only looks at the catalogue, which must live as long and stay where it is. Safe from any thread.

class RatingBook {
 public:
  explicit RatingBook(const Catalogue& catalogue);
  ~RatingBook();
  RatingBook(RatingBook&&) noexcept;
  RatingBook& operator=(RatingBook&&) noexcept;

  // As rate_usage() below.
  [[nodiscard]] base::Result<RatedUsage> rate(const UsageEvent& event,
                                              const UsageTerms& terms) const;

 private:
  struct Index;
  std::unique_ptr<const Index> index_;
};

// Of one account and one calendar month. `carried` is what allowances roll over from the months
// before. The same sums give the same charges, in whatever order they stand. Where it is not given
// away by what follows, an allowance is used as serves the customer best:
//
// - A service's allowance is the sum of those of its plans and add-ons, each by the share of the
//   month's days on which it held; one without limit covers what was used under its plan.
// - Carried allowances are used first, the oldest before the others.
// - An item draws from its pools in their order. Those that draw from one pool do so in order of
//   what they cost without it, the dearest first, then of item and plan.
// - Own allowances go before shared ones; those are drawn in order of service.
// - What an allowance covers takes its share of what the records came to. What it does not is
//   charged at the item's price, else as the item that the plan names for the pool.
//
// Errors: no_price (usage beyond an allowance that has no price; place: service and item),
// unknown_plan, unknown_item.
[[nodiscard]] base::Result<ClosedUsage> close_usage(std::span<const UsageSum> sums,
                                                    std::span<const TermDays> terms,
                                                    base::Month month, const Catalogue& catalogue,
                                                    std::span<const CarriedAllowance> carried = {});

}  // namespace domain
