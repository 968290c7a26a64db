#include "formats/catalogue/catalogue_file.h"

#include <string>
#include <vector>

#include "domain/check/members.h"

namespace formats {
namespace {

using base::Json;
using base::Result;
using domain::CatalogueItem;
using domain::check::Members;

// A million of the dearest thing still fits in base::Decimal.
constexpr std::int64_t kPriceMax = 1'000'000'000;

// What holds for every price that does not say otherwise.
struct PriceDefaults {
  bool include_vat = false;
  std::string vat_class = "standard";
};

Result<base::Decimal> read_decimal(const Members& members, std::string_view name) {
  const auto value = base::Decimal::parse(TRY(members.text(name)));
  if (!value) return members.refuse(name, value.error().text);
  return *value;
}

Result<domain::PriceRow> read_price(const Json& json, const std::string& place,
                                    const PriceDefaults& defaults) {
  const Members members = TRY(Members::of(json, place));
  TRY(members.allow_only({"valid_from", "price", "includes_vat", "vat_class"}));
  const auto day = base::Date::parse(TRY(members.text("valid_from")));
  if (!day) return members.refuse("valid_from", day.error().text);
  const base::Decimal price = TRY(read_decimal(members, "price"));
  if (price.is_negative() || price > base::Decimal::from_integer(kPriceMax)) {
    return members.refuse("price", "must be from zero to 1,000 million");
  }
  return domain::PriceRow{
      .valid_from = *day,
      .price = {price},
      .includes_vat = TRY(members.flag_or("includes_vat", defaults.include_vat)),
      .vat_class = TRY(members.text_or("vat_class", defaults.vat_class))};
}

Result<> read_campaign(CatalogueItem& item, const Members& members) {
  item.campaign.plans = TRY(members.texts("plans"));
  item.campaign.off.value = TRY(read_decimal(members, "off_percent"));
  const std::int64_t months = TRY(members.integer_or("whole_months", 0));
  constexpr std::int64_t kMonthsMax = 1200;
  if (months < 1 || months > kMonthsMax) {
    return members.refuse("whole_months", "must be from 1 to 1200");
  }
  item.campaign.whole_months = static_cast<int>(months);
  return {};
}

Result<CatalogueItem> read_item(const Json& json, const std::string& place,
                                const PriceDefaults& defaults) {
  const Members members = TRY(Members::of(json, place));
  TRY(members.allow_only({"code", "kind", "division", "name", "names", "prices", "plans",
                          "off_percent", "whole_months"}));
  CatalogueItem item;
  item.code = TRY(members.text("code"));
  const auto kind = domain::parse_item_kind(TRY(members.text("kind")));
  if (!kind) return members.refuse("kind", kind.error().text);
  item.kind = *kind;
  item.division = TRY(members.text("division"));
  item.names.emplace("", TRY(members.text("name")));
  for (const auto& [language, name] : *TRY(members.table("names"))) {
    if (!name.as_string()) return members.refuse("names", "must be texts, by language");
    item.names.emplace(language, *name.as_string());
  }
  if (item.kind == domain::ItemKind::kCampaign) TRY(read_campaign(item, members));
  std::size_t at = 0;
  for (const Json& price : *TRY(members.list("prices"))) {
    const std::string price_place = members.place_of("prices." + std::to_string(at++));
    item.prices.push_back(TRY(read_price(price, price_place, defaults)));
  }
  return item;
}

}  // namespace

Result<domain::Catalogue> read_catalogue_file(const Json& json, std::string_view file) {
  const Members members = TRY(Members::of(json, std::string(file) + ": "));
  TRY(members.allow_only({"prices_include_vat", "vat_class", "items"}));
  const PriceDefaults defaults{.include_vat = TRY(members.flag_or("prices_include_vat", false)),
                               .vat_class = TRY(members.text_or("vat_class", "standard"))};
  std::vector<CatalogueItem> items;
  for (const Json& item : *TRY(members.list("items"))) {
    const std::string place = members.place_of("items." + std::to_string(items.size()));
    items.push_back(TRY(read_item(item, place, defaults)));
  }
  auto catalogue = domain::Catalogue::make(std::move(items));
  if (!catalogue) {
    base::Error error = std::move(catalogue).error();
    error.place = members.place_of(error.place);
    return std::unexpected(std::move(error));
  }
  return catalogue;
}

}  // namespace formats
