#include "domain/plan/terms.h"

#include <algorithm>

namespace domain {
namespace {

using base::Date;
using base::Result;

constexpr std::string_view kArea = "collection";

std::string_view rule_of(ConsumerGround ground) {
  switch (ground) {
    case ConsumerGround::kDistanceSale: return "ccd2_large_online_supplier_exempt_days";
    case ConsumerGround::kSupplierDeferral: return "ccd2_supplier_deferral_exempt_days";
    case ConsumerGround::kExistingDebt: return {};
  }
  return {};
}

// The last day of a plan that is no consumer credit; nothing where the law sets none.
Result<std::optional<Date>> last_lawful_day(const InstalmentTermsAsk& ask) {
  const std::string_view key = rule_of(ask.rules.consumer_ground);
  if (key.empty() || ask.segment != Segment::kConsumer) return std::optional<Date>();
  const auto rule =
      ask.book.find_chargeable(ask.country, RuleSegment::kConsumer, kArea, key, ask.today);
  if (!rule) {
    if (rule.error().code == "no_rule_for_day") return std::optional<Date>();
    return std::unexpected(rule.error());
  }
  const int days = TRY(rule_days(**rule));
  return std::optional(ask.issued + days);
}

}  // namespace

Result<InstalmentTerms> instalment_terms(const InstalmentTermsAsk& ask) {
  if (ask.rules.parts_max < 2) {
    return base::fail("plans_not_offered", "the operator offers no payment in parts ([plans])");
  }
  InstalmentTerms terms;
  terms.parts_max = ask.rules.parts_max;
  terms.part_min = base::Money(ask.rules.part_min_minor, ask.currency);
  terms.last_day = base::add_months(ask.today, ask.rules.months_max);
  const auto lawful = TRY(last_lawful_day(ask));
  if (lawful && *lawful < terms.last_day) {
    terms.last_day = *lawful;
    terms.by_law = true;
  }
  return terms;
}

}  // namespace domain
