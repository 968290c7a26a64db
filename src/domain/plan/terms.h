// Within which limits a bill may be paid in parts: the operator's, and the law's of the customer.
//
// A member of the Union's consumer: the plan must be none of consumer credit. The law's rows give
// the days within which a free deferral is none (collection/ccd2_*); before a row holds, and
// outside the Union, it sets no limit. Rows that nobody has read allow nothing (D16).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/law/rule_book.h"
#include "domain/party/party.h"
#include "domain/plan/instalment_rules.h"

namespace domain {

struct InstalmentTerms {
  int parts_max = 0;
  base::Money part_min;
  base::Date last_day;  // Of the last row at the latest.
  bool by_law = false;  // The last day is the law's, not the operator's.
};

struct InstalmentTermsAsk {
  const RuleBook& book;
  const InstalmentRules& rules;
  base::Currency currency;
  std::string_view country;  // Of the customer.
  Segment segment = Segment::kConsumer;
  base::Date issued;  // The bill.
  base::Date today;
};
// Errors: plans_not_offered, rule_not_verified, bad_rule_value and others of the rows.
[[nodiscard]] base::Result<InstalmentTerms> instalment_terms(const InstalmentTermsAsk& ask);

}  // namespace domain
