#include "domain/plan/instalment_rules.h"

#include <string>

namespace domain {
namespace {

constexpr MissedRow kMissed[] = {MissedRow::kEnd, MissedRow::kMove};
constexpr ConsumerGround kGrounds[] = {ConsumerGround::kDistanceSale,
                                       ConsumerGround::kSupplierDeferral,
                                       ConsumerGround::kExistingDebt};

}  // namespace

std::string_view to_text(MissedRow missed) {
  switch (missed) {
    case MissedRow::kEnd: return "end";
    case MissedRow::kMove: return "move";
  }
  return {};
}

std::string_view to_text(ConsumerGround ground) {
  switch (ground) {
    case ConsumerGround::kDistanceSale: return "distance_sale";
    case ConsumerGround::kSupplierDeferral: return "supplier_deferral";
    case ConsumerGround::kExistingDebt: return "existing_debt";
  }
  return {};
}

base::Result<MissedRow> parse_missed_row(std::string_view text) {
  for (const MissedRow missed : kMissed) {
    if (to_text(missed) == text) return missed;
  }
  return base::fail("unknown_value",
                    "'" + std::string(text.substr(0, 40)) + "' is not end or move");
}

base::Result<ConsumerGround> parse_consumer_ground(std::string_view text) {
  for (const ConsumerGround ground : kGrounds) {
    if (to_text(ground) == text) return ground;
  }
  return base::fail("unknown_value",
                    "'" + std::string(text.substr(0, 40)) +
                        "' is not distance_sale, supplier_deferral or existing_debt");
}

}  // namespace domain
