// usage_lines: what an account's services used in a calendar month, as lines of a bill. Usage is
// billed by whole calendar months, on the first bill after their end: allowances are a month's.
#pragma once

#include <span>
#include <vector>

#include "domain/billing/recurring.h"
#include "domain/rating/rating.h"

namespace domain {

// The rated usage of one account in one month, up to the run's cutoff.
struct MonthOfUsage {
  base::Month month;
  std::vector<UsageSum> sums;
  bool late = false;  // Something of it was recorded after the account's last closing.
};

// Under which terms each service was used on which days of the month. A service that rests has
// none.
[[nodiscard]] std::vector<TermDays> terms_in(std::span<const Service> services, base::Month month,
                                             std::string_view brand);

// A line for each charge. What an allowance covers costs nothing and is seen.
// Errors: unknown_item, amount_out_of_range, those of vat_rate_on.
[[nodiscard]] base::Result<std::vector<InvoiceLine>> lines_of(const ClosedUsage& usage,
                                                              base::Month month,
                                                              std::span<const Service> services,
                                                              const PricingTerms& terms);

// What is owed less what was issued for the same service, item and price. Lines that agree are
// left out; one that was issued and is no longer owed comes back below zero.
[[nodiscard]] std::vector<InvoiceLine> less_issued(std::vector<InvoiceLine> owed,
                                                   std::span<const InvoiceLine> issued,
                                                   base::Month month);

}  // namespace domain
