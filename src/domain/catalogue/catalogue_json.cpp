#include "domain/catalogue/catalogue_json.h"

#include <initializer_list>
#include <optional>

#include "domain/check/members.h"

namespace domain {
namespace {

using base::Decimal;
using base::Json;
using base::Result;
using check::Members;

constexpr std::int64_t kPriceMax = 1'000'000'000;
constexpr std::int64_t kMonthsMax = 1200;
constexpr std::string_view kUnlimited = "unlimited";

Result<Decimal> read_decimal(const Members& members, std::string_view name) {
  const auto value = Decimal::parse(TRY(members.text(name)));
  if (!value) return members.refuse(name, value.error().text);
  return *value;
}

// An amount of money or a quantity, within what arithmetic can hold.
Result<Decimal> read_amount(const Members& members, std::string_view name) {
  const Decimal amount = TRY(read_decimal(members, name));
  if (amount.is_negative() || amount > Decimal::from_integer(kPriceMax)) {
    return members.refuse(name, "must be from zero to 1,000 million");
  }
  return amount;
}

Result<std::optional<base::UnitPrice>> read_price_if(const Members& members,
                                                     std::string_view name) {
  std::optional<base::UnitPrice> price;
  if (!members.value(name).is_null()) price = base::UnitPrice{TRY(read_amount(members, name))};
  return price;
}

Result<std::optional<base::Date>> read_day_if(const Members& members, std::string_view name) {
  std::optional<base::Date> day;
  if (members.value(name).is_null()) return day;
  const auto read = base::Date::parse(TRY(members.text(name)));
  if (!read) return members.refuse(name, read.error().text);
  day = *read;
  return day;
}

// A value that is written as one text, by the parser of its type; `otherwise` where it is absent.
template <class T>
Result<T> read_as(const Members& members, std::string_view name,
                  Result<T> (*parse)(std::string_view), T otherwise) {
  if (members.value(name).is_null()) return otherwise;
  const auto value = parse(TRY(members.text(name)));
  if (!value) return members.refuse(name, value.error().text);
  return *value;
}

Result<std::optional<Increments>> read_increments(const Members& members) {
  std::optional<Increments> increments;
  if (members.value("increments").is_null()) return increments;
  increments = TRY(read_as(members, "increments", &Increments::parse, Increments()));
  return increments;
}

Result<PriceTier> read_tier(const Json& json, const std::string& place) {
  const Members members = TRY(Members::of(json, place));
  TRY(members.allow_only({"up_to", "unit", "fixed", "package"}));
  PriceTier tier;
  if (!members.value("up_to").is_null()) tier.up_to = TRY(read_amount(members, "up_to"));
  tier.unit = TRY(read_price_if(members, "unit")).value_or(base::UnitPrice());
  tier.fixed = TRY(read_price_if(members, "fixed")).value_or(base::UnitPrice());
  if (!members.value("package").is_null()) tier.package = TRY(read_amount(members, "package"));
  return tier;
}

Result<PriceModel> read_model(const Members& members) {
  PriceTerms terms;
  terms.form = TRY(read_as(members, "form", &parse_price_form, PriceForm::kFlat));
  for (const Json& tier : *TRY(members.list("tiers"))) {
    const std::string place = members.place_of("tiers." + std::to_string(terms.tiers.size()));
    terms.tiers.push_back(TRY(read_tier(tier, place)));
  }
  if (!members.value("free_units").is_null()) {
    terms.free_units = TRY(read_amount(members, "free_units"));
  }
  terms.minimum = TRY(read_price_if(members, "minimum"));
  terms.maximum = TRY(read_price_if(members, "maximum"));
  auto model = PriceModel::make(std::move(terms));
  if (!model) {
    // The tier is numbered from one for people; here it is a member.
    base::Error error = std::move(model).error();
    error.place = members.place_of("tiers") + " " + error.place;
    return std::unexpected(std::move(error));
  }
  return model;
}

Result<PriceRow> read_price(const Json& json, const std::string& place,
                            const PriceDefaults& defaults) {
  const Members members = TRY(Members::of(json, place));
  TRY(members.allow_only({"valid_from", "valid_to", "price", "includes_vat", "vat_class", "form",
                          "tiers", "free_units", "minimum", "maximum"}));
  PriceRow row;
  TRY(members.text("valid_from"));
  row.valid_from = TRY(read_day_if(members, "valid_from")).value_or(base::Date());
  row.valid_to = TRY(read_day_if(members, "valid_to"));
  if (members.value("form").is_null()) {
    TRY(members.allow_only({"valid_from", "valid_to", "price", "includes_vat", "vat_class"}));
    row.price = {TRY(read_amount(members, "price"))};
  } else {
    if (!members.value("price").is_null()) {
      return members.refuse("price", "a price with a form stands in its tiers");
    }
    row.model = TRY(read_model(members));
  }
  row.includes_vat = TRY(members.flag_or("includes_vat", defaults.includes_vat));
  row.vat_class = TRY(members.text_or("vat_class", defaults.vat_class));
  return row;
}

Result<std::vector<PriceRow>> read_prices(const Json::Array& list, const std::string& place,
                                          const PriceDefaults& defaults) {
  std::vector<PriceRow> rows;
  for (const Json& price : list) {
    rows.push_back(TRY(read_price(price, place + "." + std::to_string(rows.size()), defaults)));
  }
  return rows;
}

Result<int> read_months(const Members& members, std::string_view name, std::int64_t least) {
  const std::int64_t months = TRY(members.integer_or(name, 0));
  if (months < least || months > kMonthsMax) {
    return members.refuse(name, "must be from " + std::to_string(least) + " to 1200");
  }
  return static_cast<int>(months);
}

Result<> read_campaign(CatalogueItem& item, const Members& members) {
  CampaignTerms& terms = item.campaign;
  terms.plans = TRY(members.texts("plans"));
  terms.off_amount = TRY(read_price_if(members, "off_amount"));
  if (!terms.off_amount) terms.off.value = TRY(read_decimal(members, "off_percent"));
  if (terms.off_amount && !members.value("off_percent").is_null()) {
    return members.refuse("off_percent", "a campaign takes off a percentage or an amount");
  }
  terms.whole_months = TRY(read_months(members, "whole_months", 1));
  terms.stacking = TRY(read_as(members, "stacking", &parse_stacking, Stacking::kBestOnly));
  terms.starts = TRY(read_day_if(members, "starts"));
  return {};
}

Result<Allowance> read_allowance(const Json& json, const std::string& place) {
  const Members members = TRY(Members::of(json, place));
  TRY(members.allow_only({"pool", "amount", "unit", "shared", "months_rolled_over", "over"}));
  Allowance allowance;
  allowance.pool = TRY(members.text("pool"));
  if (TRY(members.text("amount")) != kUnlimited) {
    allowance.amount = TRY(read_amount(members, "amount"));
  }
  TRY(members.text("unit"));
  allowance.unit = TRY(read_as(members, "unit", &parse_usage_unit, UsageUnit::kPiece));
  allowance.shared = TRY(members.flag_or("shared", false));
  allowance.months_rolled_over = TRY(read_months(members, "months_rolled_over", 0));
  allowance.over_item = TRY(members.text_or("over", ""));
  return allowance;
}

Result<FairUse> read_fair_use(const Json& json, const std::string& place) {
  const Members members = TRY(Members::of(json, place));
  TRY(members.allow_only({"pool", "group", "cap", "unit"}));
  FairUse use;
  use.pool = TRY(members.text("pool"));
  use.group = TRY(members.text("group"));
  use.cap = TRY(read_amount(members, "cap"));
  TRY(members.text("unit"));
  use.unit = TRY(read_as(members, "unit", &parse_usage_unit, UsageUnit::kPiece));
  return use;
}

Result<> read_terms(PlanTerms& terms, const Members& members) {
  for (const Json& json : *TRY(members.list("allowances"))) {
    const auto number = std::to_string(terms.allowances.size());
    terms.allowances.push_back(TRY(read_allowance(json, members.place_of("allowances." + number))));
  }
  for (const Json& json : *TRY(members.list("fair_use"))) {
    const auto number = std::to_string(terms.fair_use.size());
    terms.fair_use.push_back(TRY(read_fair_use(json, members.place_of("fair_use." + number))));
  }
  terms.proration =
      TRY(read_as(members, "proration", &parse_proration_rule, ProrationRule::kActualDays));
  terms.end = TRY(read_as(members, "end", &parse_period_end, PeriodEnd::kInclusive));
  terms.counted = TRY(members.flag_or("counted", false));
  terms.increments = TRY(read_increments(members));
  terms.minimum_spend = TRY(read_price_if(members, "minimum_spend"));
  terms.minimum_item = TRY(members.text_or("minimum_item", ""));
  terms.spend_cap = TRY(read_price_if(members, "spend_cap"));
  for (const std::string& text : TRY(members.texts("bill_at"))) {
    const auto amount = Decimal::parse(text);
    if (!amount) return members.refuse("bill_at", amount.error().text);
    terms.bill_at.push_back({*amount});
  }
  return {};
}

Result<> read_usage(UsageDefinition& usage, const Members& members, const PriceDefaults& defaults) {
  UsageMatch& match = usage.match;
  match.kinds = TRY(members.texts("kinds"));
  match.zones = TRY(members.texts("zones"));
  match.prefixes = TRY(members.texts("prefixes"));
  match.classes = TRY(members.texts("classes"));
  match.plans = TRY(members.texts("plans"));
  for (const std::string& text : TRY(members.texts("windows"))) {
    const auto window = TimeWindow::parse(text);
    if (!window) return members.refuse("windows", window.error().text);
    match.windows.push_back(*window);
  }
  TRY(members.text("unit"));
  usage.unit = TRY(read_as(members, "unit", &parse_usage_unit, UsageUnit::kPiece));
  usage.increments = TRY(read_increments(members));
  usage.connect_fee = TRY(read_price_if(members, "connect_fee")).value_or(base::UnitPrice());
  usage.pools = TRY(members.texts("pools"));
  usage.fair_use_group = TRY(members.text_or("fair_use_group", ""));
  usage.scope = TRY(read_as(members, "scope", &parse_price_scope, PriceScope::kRecord));
  usage.price_from_record = TRY(members.flag_or("price_from_record", false));
  if (!usage.price_from_record) return {};
  usage.includes_vat = TRY(members.flag_or("includes_vat", defaults.includes_vat));
  usage.vat_class = TRY(members.text_or("vat_class", defaults.vat_class));
  return {};
}

// What an item of a kind may say besides what all of them may.
Result<> allow_for(const Members& members, ItemKind kind) {
  switch (kind) {
    case ItemKind::kPlan:
    case ItemKind::kAddOn:
      return members.allow_only({"code", "kind", "division", "name", "names", "ends", "prices",
                                 "brand_prices", "allowances", "fair_use", "proration", "end",
                                 "counted", "increments", "minimum_spend", "minimum_item",
                                 "spend_cap", "bill_at"});
    case ItemKind::kOneOff:
      return members.allow_only(
          {"code", "kind", "division", "name", "names", "ends", "prices", "brand_prices"});
    case ItemKind::kCampaign:
      return members.allow_only({"code", "kind", "division", "name", "names", "ends", "prices",
                                 "plans", "off_percent", "off_amount", "whole_months", "stacking",
                                 "starts"});
    case ItemKind::kUsage:
      return members.allow_only({"code",           "kind",         "division",
                                 "name",           "names",        "ends",
                                 "prices",         "brand_prices", "kinds",
                                 "zones",          "prefixes",     "classes",
                                 "plans",          "windows",      "unit",
                                 "increments",     "connect_fee",  "pools",
                                 "fair_use_group", "scope",        "price_from_record",
                                 "includes_vat",   "vat_class"});
    case ItemKind::kNumberClass:
      return members.allow_only({"code", "kind", "division", "name", "names", "numbers"});
  }
  return {};
}

Json texts_json(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push(text);
  return list;
}

void set_texts(Json& json, std::string_view name, const std::vector<std::string>& texts) {
  if (!texts.empty()) json.set(name, texts_json(texts));
}

void set_text(Json& json, std::string_view name, std::string_view text) {
  if (!text.empty()) json.set(name, text);
}

void set_price(Json& json, std::string_view name, const std::optional<base::UnitPrice>& price) {
  if (price) json.set(name, price->amount.to_string());
}

Json to_json(const PriceTier& tier) {
  Json json = Json::object();
  if (tier.up_to) json.set("up_to", tier.up_to->to_string());
  json.set("unit", tier.unit.amount.to_string());
  if (!tier.fixed.amount.is_zero()) json.set("fixed", tier.fixed.amount.to_string());
  if (!tier.package.is_zero()) json.set("package", tier.package.to_string());
  return json;
}

Json to_json(const PriceRow& row) {
  Json json;
  json.set("valid_from", row.valid_from.to_string());
  if (row.valid_to) json.set("valid_to", row.valid_to->to_string());
  if (row.model) {
    const PriceTerms& terms = row.model->terms();
    json.set("form", to_text(terms.form));
    Json tiers = Json::array();
    for (const PriceTier& tier : terms.tiers) tiers.push(to_json(tier));
    json.set("tiers", std::move(tiers));
    if (!terms.free_units.is_zero()) json.set("free_units", terms.free_units.to_string());
    set_price(json, "minimum", terms.minimum);
    set_price(json, "maximum", terms.maximum);
  } else {
    json.set("price", row.price.amount.to_string());
  }
  return json.set("includes_vat", row.includes_vat).set("vat_class", row.vat_class);
}

Json prices_json(const std::vector<PriceRow>& rows) {
  Json list = Json::array();
  for (const PriceRow& row : rows) list.push(to_json(row));
  return list;
}

void write_terms(Json& json, const PlanTerms& terms) {
  Json allowances = Json::array(), fair_use = Json::array();
  for (const Allowance& allowance : terms.allowances) {
    Json row;
    row.set("pool", allowance.pool)
        .set("amount", allowance.amount ? allowance.amount->to_string() : std::string(kUnlimited))
        .set("unit", to_text(allowance.unit));
    if (allowance.shared) row.set("shared", true);
    if (allowance.months_rolled_over != 0) {
      row.set("months_rolled_over", allowance.months_rolled_over);
    }
    set_text(row, "over", allowance.over_item);
    allowances.push(std::move(row));
  }
  for (const FairUse& use : terms.fair_use) {
    fair_use.push(Json::object()
                      .set("pool", use.pool)
                      .set("group", use.group)
                      .set("cap", use.cap.to_string())
                      .set("unit", to_text(use.unit)));
  }
  if (!terms.allowances.empty()) json.set("allowances", std::move(allowances));
  if (!terms.fair_use.empty()) json.set("fair_use", std::move(fair_use));
  if (terms.proration != ProrationRule::kActualDays) {
    json.set("proration", to_text(terms.proration));
  }
  if (terms.end != PeriodEnd::kInclusive) json.set("end", to_text(terms.end));
  if (terms.counted) json.set("counted", true);
  if (terms.increments) json.set("increments", terms.increments->to_string());
  set_price(json, "minimum_spend", terms.minimum_spend);
  set_text(json, "minimum_item", terms.minimum_item);
  set_price(json, "spend_cap", terms.spend_cap);
  std::vector<std::string> bill_at;
  for (const base::UnitPrice& amount : terms.bill_at) bill_at.push_back(amount.amount.to_string());
  set_texts(json, "bill_at", bill_at);
}

void write_campaign(Json& json, const CampaignTerms& terms) {
  json.set("plans", texts_json(terms.plans));
  if (terms.off_amount) {
    set_price(json, "off_amount", terms.off_amount);
  } else {
    json.set("off_percent", terms.off.value.to_string());
  }
  json.set("whole_months", terms.whole_months);
  if (terms.stacking != Stacking::kBestOnly) json.set("stacking", to_text(terms.stacking));
  if (terms.starts) json.set("starts", terms.starts->to_string());
}

void write_usage(Json& json, const UsageDefinition& usage) {
  set_texts(json, "kinds", usage.match.kinds);
  set_texts(json, "zones", usage.match.zones);
  set_texts(json, "prefixes", usage.match.prefixes);
  set_texts(json, "classes", usage.match.classes);
  set_texts(json, "plans", usage.match.plans);
  std::vector<std::string> windows;
  for (const TimeWindow& window : usage.match.windows) windows.push_back(window.to_string());
  set_texts(json, "windows", windows);
  json.set("unit", to_text(usage.unit));
  if (usage.increments) json.set("increments", usage.increments->to_string());
  if (!usage.connect_fee.amount.is_zero()) set_price(json, "connect_fee", usage.connect_fee);
  set_texts(json, "pools", usage.pools);
  set_text(json, "fair_use_group", usage.fair_use_group);
  if (usage.scope != PriceScope::kRecord) json.set("scope", to_text(usage.scope));
  if (!usage.price_from_record) return;
  json.set("price_from_record", true)
      .set("includes_vat", usage.includes_vat)
      .set("vat_class", usage.vat_class);
}

}  // namespace

Result<CatalogueItem> read_catalogue_item(const Json& json, const std::string& place,
                                          const PriceDefaults& defaults) {
  const Members members = TRY(Members::of(json, place));
  CatalogueItem item;
  item.code = TRY(members.text("code"));
  TRY(members.text("kind"));
  item.kind = TRY(read_as(members, "kind", &parse_item_kind, ItemKind::kPlan));
  TRY(allow_for(members, item.kind));
  item.division = TRY(members.text("division"));
  for (const auto& [language, name] : *TRY(members.table("names"))) {
    if (!name.as_string()) return members.refuse("names", "must be texts, by language");
    item.names.emplace(language, *name.as_string());
  }
  if (!item.names.contains("")) item.names.emplace("", TRY(members.text("name")));
  item.ends = TRY(read_day_if(members, "ends"));
  if (item.kind == ItemKind::kCampaign) TRY(read_campaign(item, members));
  if (item.kind == ItemKind::kUsage) TRY(read_usage(item.usage, members, defaults));
  if (item.kind == ItemKind::kPlan || item.kind == ItemKind::kAddOn) {
    TRY(read_terms(item.plan, members));
  }
  item.number_prefixes = TRY(members.texts("numbers"));
  item.prices =
      TRY(read_prices(*TRY(members.list("prices")), members.place_of("prices"), defaults));
  for (const auto& [brand, rows] : *TRY(members.table("brand_prices"))) {
    const std::string at = members.place_of("brand_prices." + brand);
    if (!rows.as_array()) return base::fail("bad_member", "must be a list", at);
    item.brand_prices.emplace(brand, TRY(read_prices(*rows.as_array(), at, defaults)));
  }
  return item;
}

Json to_json(const CatalogueItem& item) {
  Json json, names = Json::object();
  for (const auto& [language, name] : item.names) names.set(language, name);
  json.set("code", item.code)
      .set("kind", to_text(item.kind))
      .set("division", item.division)
      .set("names", std::move(names));
  if (item.ends) json.set("ends", item.ends->to_string());
  switch (item.kind) {
    case ItemKind::kPlan:
    case ItemKind::kAddOn: write_terms(json, item.plan); break;
    case ItemKind::kCampaign: write_campaign(json, item.campaign); break;
    case ItemKind::kUsage: write_usage(json, item.usage); break;
    case ItemKind::kNumberClass: set_texts(json, "numbers", item.number_prefixes); break;
    case ItemKind::kOneOff: break;
  }
  if (!item.prices.empty()) json.set("prices", prices_json(item.prices));
  if (!item.brand_prices.empty()) {
    Json brands = Json::object();
    for (const auto& [brand, rows] : item.brand_prices) brands.set(brand, prices_json(rows));
    json.set("brand_prices", std::move(brands));
  }
  return json;
}

}  // namespace domain
