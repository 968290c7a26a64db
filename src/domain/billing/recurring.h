// recurring: what a service costs for one stretch of days: its plan and add-ons at the prices of
// those days, each followed by the campaign's discount. Pure.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/billing/account_calendar.h"
#include "domain/billing/invoice.h"
#include "domain/billing/service_timeline.h"
#include "domain/catalogue/catalogue.h"

namespace domain {

// The rate of a VAT class on a day in the account's country.
using VatRateOn =
    std::function<base::Result<base::Percent>(std::string_view vat_class, base::Date day)>;

struct PricingTerms {
  const Catalogue& catalogue;
  base::Currency currency;
  const VatRateOn& vat_rate_on;
  std::string_view language;             // Of the names on the lines.
  const AccountCalendar& calendar;       // Whose price months a campaign counts.
  std::string_view brand = {};           // Where prices differ by brand.
  const base::TimeZone* zone = nullptr;  // Whose clocks by_second counts; else 24 hours a day.
};

// A line per price and stretch of equal terms: net = price x share of the price month by the
// item's rule (domain/pricing/proration.h), half up. Stretches of one price are rounded together,
// so that the parts of a month come to what the whole does. What is counted has a line per number
// of them (domain/pricing/unit_changes.h), at the price of its first day in the price month.
// A price with VAT sets `gross` in the same way; the net follows from the whole document (D12).
// Campaigns take off of all the lines that they are for (domain/pricing/discounts.h), each behind
// its line. Lines are ascending by day.
// Errors: no_price, unknown_plan, unknown_add_on, unknown_campaign, amount_out_of_range,
// price_not_divisible, those of vat_rate_on.
[[nodiscard]] base::Result<std::vector<InvoiceLine>> charge_tile(Revisions revisions,
                                                                 const PriceTile& tile,
                                                                 const PricingTerms& terms);

}  // namespace domain
