#include "domain/catalogue/catalogue.h"

#include <algorithm>

namespace domain {
namespace {

base::Result<> check_item(const CatalogueItem& item) {
  if (item.kind != ItemKind::kCampaign && item.prices.empty()) {
    return base::fail("catalogue_no_price", "the item has no price row", item.code);
  }
  for (std::size_t at = 1; at < item.prices.size(); ++at) {
    if (item.prices[at].valid_from <= item.prices[at - 1].valid_from) {
      return base::fail("catalogue_price_order",
                        "price rows must ascend by day, one a day; look at " +
                            item.prices[at].valid_from.to_string(),
                        item.code);
    }
  }
  const auto& off = item.campaign.off.value;
  if (item.kind == ItemKind::kCampaign &&
      (item.campaign.plans.empty() || item.campaign.whole_months < 1 || off.is_zero() ||
       off.is_negative() || off > base::Decimal::from_integer(100))) {
    return base::fail("catalogue_bad_campaign",
                      "a campaign needs plans, one whole month at least and 0 < percent <= 100",
                      item.code);
  }
  return {};
}

}  // namespace

const std::string& CatalogueItem::name(std::string_view language) const {
  for (const std::string_view wanted : {language, std::string_view()}) {
    if (const auto found = names.find(std::string(wanted)); found != names.end()) {
      return found->second;
    }
  }
  return code;
}

base::Result<Catalogue> Catalogue::make(std::vector<CatalogueItem> items) {
  std::ranges::sort(items, {}, &CatalogueItem::code);
  Catalogue catalogue;
  catalogue.items_ = std::move(items);
  for (std::size_t at = 0; at < catalogue.items_.size(); ++at) {
    const CatalogueItem& item = catalogue.items_[at];
    if (at > 0 && item.code == catalogue.items_[at - 1].code) {
      return base::fail("catalogue_duplicate", "the code stands twice in the catalogue", item.code);
    }
    TRY(check_item(item));
    for (const std::string& plan : item.campaign.plans) {
      if (catalogue.find(plan, ItemKind::kPlan) == nullptr) {
        return base::fail("catalogue_unknown_plan",
                          "the campaign names the plan " + plan + ", which is not there",
                          item.code);
      }
    }
  }
  return catalogue;
}

const CatalogueItem* Catalogue::find(std::string_view code, ItemKind kind) const {
  const auto found = std::ranges::lower_bound(items_, code, {}, &CatalogueItem::code);
  if (found == items_.end() || found->code != code || found->kind != kind) return nullptr;
  return &*found;
}

base::Result<PriceRow> Catalogue::price_on(const CatalogueItem& item, base::Date day) {
  const auto after = std::ranges::upper_bound(item.prices, day, {}, &PriceRow::valid_from);
  if (after == item.prices.begin()) {
    return base::fail("no_price", item.code + " has no price on " + day.to_string(), item.code);
  }
  return *std::prev(after);
}

std::string_view to_text(ItemKind kind) {
  switch (kind) {
    case ItemKind::kPlan: return "plan";
    case ItemKind::kOneOff: return "one_off";
    case ItemKind::kCampaign: return "campaign";
  }
  return {};
}

base::Result<ItemKind> parse_item_kind(std::string_view text) {
  for (const ItemKind kind : {ItemKind::kPlan, ItemKind::kOneOff, ItemKind::kCampaign}) {
    if (to_text(kind) == text) return kind;
  }
  return base::fail("unknown_value", "'" + std::string(text.substr(0, 40)) +
                                         "' is not plan, one_off or campaign");
}

}  // namespace domain
