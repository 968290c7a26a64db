#include "domain/catalogue/catalogue.h"

#include <algorithm>

namespace domain {
namespace {

constexpr ItemKind kKinds[] = {ItemKind::kPlan,  ItemKind::kOneOff, ItemKind::kCampaign,
                               ItemKind::kAddOn, ItemKind::kUsage,  ItemKind::kNumberClass};

const PriceRow* row_on(const std::vector<PriceRow>& rows, base::Date day) {
  const auto after = std::ranges::upper_bound(rows, day, {}, &PriceRow::valid_from);
  if (after == rows.begin()) return nullptr;
  const PriceRow& row = *std::prev(after);
  return row.valid_to && *row.valid_to <= day ? nullptr : &row;
}

}  // namespace

bool stands_on(const CampaignTerms& campaign, const std::string& plan,
               const std::vector<std::string>& add_ons) {
  return std::ranges::any_of(campaign.plans, [&](const std::string& code) {
    return code == plan || std::ranges::count(add_ons, code) > 0;
  });
}

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
  auto errors = find_catalogue_errors(items);
  if (!errors.empty()) return std::unexpected(std::move(errors.front()));
  Catalogue catalogue;
  catalogue.items_ = std::move(items);
  return catalogue;
}

const CatalogueItem* Catalogue::find(std::string_view code, ItemKind kind) const {
  const auto found = std::ranges::lower_bound(items_, code, {}, &CatalogueItem::code);
  if (found == items_.end() || found->code != code || found->kind != kind) return nullptr;
  return &*found;
}

const PriceRow* Catalogue::find_price(const CatalogueItem& item, base::Date day,
                                      std::string_view brand) {
  if (!brand.empty() && !item.brand_prices.empty()) {
    const auto own = item.brand_prices.find(std::string(brand));
    const PriceRow* row = own == item.brand_prices.end() ? nullptr : row_on(own->second, day);
    if (row != nullptr) return row;
  }
  return row_on(item.prices, day);
}

base::Result<PriceRow> Catalogue::price_on(const CatalogueItem& item, base::Date day,
                                           std::string_view brand) {
  const PriceRow* row = find_price(item, day, brand);
  if (row != nullptr) return *row;
  return base::fail("no_price", item.code + " has no price on " + day.to_string(), item.code);
}

std::string_view to_text(ItemKind kind) {
  switch (kind) {
    case ItemKind::kPlan: return "plan";
    case ItemKind::kOneOff: return "one_off";
    case ItemKind::kCampaign: return "campaign";
    case ItemKind::kAddOn: return "add_on";
    case ItemKind::kUsage: return "usage";
    case ItemKind::kNumberClass: return "number_class";
  }
  return {};
}

base::Result<ItemKind> parse_item_kind(std::string_view text) {
  for (const ItemKind kind : kKinds) {
    if (to_text(kind) == text) return kind;
  }
  return base::fail("unknown_value",
                    "'" + std::string(text.substr(0, 40)) +
                        "' is not plan, one_off, campaign, add_on, usage or number_class");
}

}  // namespace domain
