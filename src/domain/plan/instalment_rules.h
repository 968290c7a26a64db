// What the operator allows who pays a bill in parts, and how bills are charged to methods that
// customers let us keep: operator.toml [plans]. Without it nothing is offered in parts.
//
// The law's limits come besides, from dated rows (terms.h). A plan costs nothing and bears no
// interest: there is nothing here to set a fee with.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result/result.h"

namespace domain {

// What a row does that nobody paid, when its days of grace are over.
enum class MissedRow {
  kEnd,   // The plan is broken: the whole rest is due.
  kMove,  // What is left of it goes to the end of the plan, `moves_max` times.
};

// By what a plan of a consumer is no consumer credit. The operator says which holds for them; the
// days of the first two stand in law rows.
enum class ConsumerGround {
  kDistanceSale,      // Free deferral by a large business that sells at a distance.
  kSupplierDeferral,  // Free deferral by the supplier.
  kExistingDebt,      // The operator had it confirmed that to put off an issued bill, free of
                      // charge, is none: the law sets no number of days.
};

struct InstalmentRules {
  int parts_max = 0;  // 0: no plans.
  std::int64_t part_min_minor = 0;
  int months_max = 12;  // From the day of agreement to the last row.
  int grace_days = 5;   // After a row's day, and after its reminder.
  MissedRow missed = MissedRow::kEnd;
  int moves_max = 1;
  ConsumerGround consumer_ground = ConsumerGround::kDistanceSale;
  int notice_days = 3;  // So long before a kept method is charged its owner is told.

  friend bool operator==(const InstalmentRules&, const InstalmentRules&) = default;
};

[[nodiscard]] std::string_view to_text(MissedRow missed);       // end | move
[[nodiscard]] std::string_view to_text(ConsumerGround ground);  // distance_sale | ...
// Errors of both: unknown_value, naming those that there are.
[[nodiscard]] base::Result<MissedRow> parse_missed_row(std::string_view text);
[[nodiscard]] base::Result<ConsumerGround> parse_consumer_ground(std::string_view text);

}  // namespace domain
