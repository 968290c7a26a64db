// The catalogue: what can be sold, in which division, at which price from which day.
//
// A Catalogue is valid by construction: make() refuses what find_catalogue_errors() names. It
// answers by code and day only; what a record of usage costs is domain/rating's.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/catalogue/plan_terms.h"
#include "domain/catalogue/usage_definition.h"
#include "domain/pricing/discounts.h"
#include "domain/pricing/price_model.h"

namespace domain {

// A number class is no thing that is sold: it names telephone numbers ("home", "eea") by their
// beginnings, so that usage items can say to whom a call went.
enum class ItemKind { kPlan, kOneOff, kCampaign, kAddOn, kUsage, kNumberClass };

// A price from a day on, until the next one.
struct PriceRow {
  base::Date valid_from;
  base::UnitPrice price;  // Flat, or of one unit of usage.
  bool includes_vat = false;
  std::string vat_class = "standard";       // The law's name for the rate: standard, reduced_1, ...
  std::optional<PriceModel> model = {};     // Where one number does not say it; `price` is 0 then.
  std::optional<base::Date> valid_to = {};  // First day without it; must meet the next row.

  friend bool operator==(const PriceRow&, const PriceRow&) = default;
};

// A discount on plans and add-ons for the first whole calendar months of the service. An amount is
// that of a whole month, and of all of them together.
struct CampaignTerms {
  std::vector<std::string> plans;  // The plans and add-ons it may stand on.
  base::Percent off;
  int whole_months = 0;
  std::optional<base::UnitPrice> off_amount = {};  // Instead of a percentage; never below zero.
  Stacking stacking = Stacking::kBestOnly;
  std::optional<base::Date> starts = {};  // Of services that begin from this day on.

  friend bool operator==(const CampaignTerms&, const CampaignTerms&) = default;
};

// Whether it may stand on a service with this plan and these add-ons.
[[nodiscard]] bool stands_on(const CampaignTerms& campaign, const std::string& plan,
                             const std::vector<std::string>& add_ons);

struct CatalogueItem {
  std::string code;
  ItemKind kind = ItemKind::kPlan;
  std::string division;
  std::map<std::string, std::string> names;       // By language; "" is the fallback.
  std::vector<PriceRow> prices;                   // Ascending by day; empty for a campaign.
  CampaignTerms campaign;                         // Of a campaign only.
  PlanTerms plan = {};                            // Of a plan or an add-on only.
  UsageDefinition usage = {};                     // Of a usage item only.
  std::vector<std::string> number_prefixes = {};  // Of a number class only; "" is no number.
  std::optional<base::Date> ends = {};            // First day on which it is not sold any more.
  std::map<std::string, std::vector<PriceRow>> brand_prices = {};  // Beat `prices` for a brand.

  friend bool operator==(const CatalogueItem&, const CatalogueItem&) = default;
  // The name in a language, else the fallback, else the code.
  [[nodiscard]] const std::string& name(std::string_view language) const;
};

// Every mistake, in order of code. Codes: catalogue_duplicate, catalogue_no_price,
// catalogue_price_order, catalogue_price_gap, catalogue_price_overlap, catalogue_impossible_day,
// catalogue_amount_out_of_range, catalogue_bad_campaign, catalogue_campaign_too_long,
// catalogue_unknown_plan, catalogue_unknown_pool, catalogue_unknown_item,
// catalogue_unknown_number_class, catalogue_bad_usage, catalogue_bad_terms, catalogue_cycle,
// catalogue_ambiguous, catalogue_number_twice; place: the item.
[[nodiscard]] std::vector<base::Error> find_catalogue_errors(std::span<const CatalogueItem> items);

class Catalogue {
 public:
  Catalogue() = default;
  // Errors: the first that find_catalogue_errors() names.
  [[nodiscard]] static base::Result<Catalogue> make(std::vector<CatalogueItem> items);

  [[nodiscard]] std::span<const CatalogueItem> items() const { return items_; }
  // Null where there is none of this code and kind.
  [[nodiscard]] const CatalogueItem* find(std::string_view code, ItemKind kind) const;
  // The row of the brand where it has one on that day, else the one for all brands. Errors:
  // no_price (no row has begun on that day, or the last one has ended; place: the code).
  [[nodiscard]] static base::Result<PriceRow> price_on(const CatalogueItem& item, base::Date day,
                                                       std::string_view brand = "");
  // The same without a copy; null where there is none.
  [[nodiscard]] static const PriceRow* find_price(const CatalogueItem& item, base::Date day,
                                                  std::string_view brand = "");

 private:
  std::vector<CatalogueItem> items_;  // Sorted by code.
};

[[nodiscard]] std::string_view to_text(ItemKind kind);
[[nodiscard]] base::Result<ItemKind> parse_item_kind(std::string_view text);

}  // namespace domain
