// The catalogue: what can be sold, in which division, at which price from which day.
//
// A Catalogue is valid by construction: make() refuses doubled codes and prices, items without
// any price, and campaigns on unknown plans, naming each. It answers by code and day only.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"

namespace domain {

enum class ItemKind { kPlan, kOneOff, kCampaign };

// A price from a day on, until the next one.
struct PriceRow {
  base::Date valid_from;
  base::UnitPrice price;
  bool includes_vat = false;
  std::string vat_class = "standard";  // The law's name for the rate: standard, reduced_1, ...

  friend bool operator==(const PriceRow&, const PriceRow&) = default;
};

// A discount on a plan for the first whole calendar months of the service.
struct CampaignTerms {
  std::vector<std::string> plans;  // The plans it may stand on.
  base::Percent off;
  int whole_months = 0;

  friend bool operator==(const CampaignTerms&, const CampaignTerms&) = default;
};

struct CatalogueItem {
  std::string code;
  ItemKind kind = ItemKind::kPlan;
  std::string division;
  std::map<std::string, std::string> names;  // By language; "" is the fallback.
  std::vector<PriceRow> prices;              // Ascending by day; empty for a campaign.
  CampaignTerms campaign;                    // Of a campaign only.

  friend bool operator==(const CatalogueItem&, const CatalogueItem&) = default;
  // The name in a language, else the fallback, else the code.
  [[nodiscard]] const std::string& name(std::string_view language) const;
};

class Catalogue {
 public:
  Catalogue() = default;
  // Errors: catalogue_duplicate, catalogue_no_price, catalogue_price_order,
  // catalogue_unknown_plan, catalogue_bad_campaign; place: the item.
  [[nodiscard]] static base::Result<Catalogue> make(std::vector<CatalogueItem> items);

  [[nodiscard]] std::span<const CatalogueItem> items() const { return items_; }
  // Null where there is none of this code and kind.
  [[nodiscard]] const CatalogueItem* find(std::string_view code, ItemKind kind) const;
  // Errors: no_price (no row has begun on that day; place: the code).
  [[nodiscard]] static base::Result<PriceRow> price_on(const CatalogueItem& item, base::Date day);

 private:
  std::vector<CatalogueItem> items_;  // Sorted by code.
};

[[nodiscard]] std::string_view to_text(ItemKind kind);
[[nodiscard]] base::Result<ItemKind> parse_item_kind(std::string_view text);

}  // namespace domain
