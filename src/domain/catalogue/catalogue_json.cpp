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

// The members of one object. What is wrong with one of them is noted, and reading goes on with
// nothing in its place: whoever wrote the file is told of all mistakes at once.
class Form {
 public:
  Form(const Json& json, const std::string& place, std::vector<base::Error>& problems)
      : problems_(problems), members_(members_of(json, place, problems)) {}

  void allow_only(std::initializer_list<std::string_view> names) {
    for (base::Error& unknown : members_.unknown(names)) problems_.push_back(std::move(unknown));
  }
  std::string text(std::string_view name) { return take(members_.text(name)); }
  std::string text_or(std::string_view name, std::string_view otherwise) {
    return take(members_.text_or(name, otherwise));
  }
  std::int64_t integer_or(std::string_view name, std::int64_t otherwise) {
    return take(members_.integer_or(name, otherwise));
  }
  bool flag_or(std::string_view name, bool otherwise) {
    return take(members_.flag_or(name, otherwise));
  }
  std::vector<std::string> texts(std::string_view name) { return take(members_.texts(name)); }
  const Json::Array& list(std::string_view name) {
    static const Json::Array kNone;
    const Json::Array* list = take(members_.list(name));
    return list == nullptr ? kNone : *list;
  }
  const Json::Object& table(std::string_view name) {
    static const Json::Object kNone;
    const Json::Object* table = take(members_.table(name));
    return table == nullptr ? kNone : *table;
  }

  [[nodiscard]] bool has(std::string_view name) const { return !members_.value(name).is_null(); }
  [[nodiscard]] std::string place_of(std::string_view name) const {
    return members_.place_of(name);
  }
  [[nodiscard]] std::string place_of(std::string_view name, std::size_t number) const {
    return members_.place_of(std::string(name) + "." + std::to_string(number));
  }
  void refuse(std::string_view name, std::string text) {
    note(members_.refuse(name, std::move(text)).error());
  }
  void note(base::Error problem) { problems_.push_back(std::move(problem)); }
  [[nodiscard]] std::vector<base::Error>& problems() { return problems_; }

 private:
  static Members members_of(const Json& json, const std::string& place,
                            std::vector<base::Error>& problems) {
    static const Json kNothing = Json::object();
    auto members = Members::of(json, place);
    if (members) return *std::move(members);
    problems.push_back(std::move(members).error());
    return Members::of(kNothing, place).value();
  }

  template <class Value>
  Value take(Result<Value> read) {
    if (read) return *std::move(read);
    note(std::move(read).error());
    return Value{};
  }

  std::vector<base::Error>& problems_;
  Members members_;
};

Decimal read_decimal(Form& form, std::string_view name) {
  const std::string text = form.text(name);
  if (text.empty()) return {};  // It was noted.
  const auto value = Decimal::parse(text);
  if (value) return *value;
  form.refuse(name, value.error().text);
  return {};
}

// An amount of money or a quantity, within what arithmetic can hold.
Decimal read_amount(Form& form, std::string_view name) {
  const Decimal amount = read_decimal(form, name);
  if (!amount.is_negative() && amount <= Decimal::from_integer(kPriceMax)) return amount;
  form.refuse(name, "must be from zero to 1,000 million");
  return {};
}

std::optional<base::UnitPrice> read_price_if(Form& form, std::string_view name) {
  if (!form.has(name)) return {};
  return base::UnitPrice{read_amount(form, name)};
}

// A value that is written as one text, by the parser of its type.
template <class T>
T read_needed(Form& form, std::string_view name, Result<T> (*parse)(std::string_view),
              T otherwise) {
  const std::string text = form.text(name);
  if (text.empty()) return otherwise;  // It was noted.
  const auto value = parse(text);
  if (value) return *value;
  form.refuse(name, value.error().text);
  return otherwise;
}

// The same; `otherwise` where it is absent.
template <class T>
T read_as(Form& form, std::string_view name, Result<T> (*parse)(std::string_view), T otherwise) {
  return form.has(name) ? read_needed(form, name, parse, otherwise) : otherwise;
}

std::optional<base::Date> read_day_if(Form& form, std::string_view name) {
  if (!form.has(name)) return {};
  return read_needed(form, name, &base::Date::parse, base::Date());
}

std::optional<Increments> read_increments(Form& form) {
  if (!form.has("increments")) return {};
  return read_needed(form, "increments", &Increments::parse, Increments());
}

PriceTier read_tier(Form form) {
  form.allow_only({"up_to", "unit", "fixed", "package"});
  PriceTier tier;
  if (form.has("up_to")) tier.up_to = read_amount(form, "up_to");
  tier.unit = read_price_if(form, "unit").value_or(base::UnitPrice());
  tier.fixed = read_price_if(form, "fixed").value_or(base::UnitPrice());
  if (form.has("package")) tier.package = read_amount(form, "package");
  return tier;
}

std::optional<PriceModel> read_model(Form& form) {
  const std::size_t problems_before = form.problems().size();
  PriceTerms terms;
  terms.form = read_needed(form, "form", &parse_price_form, PriceForm::kFlat);
  for (const Json& tier : form.list("tiers")) {
    const std::string place = form.place_of("tiers", terms.tiers.size());
    terms.tiers.push_back(read_tier({tier, place, form.problems()}));
  }
  if (form.has("free_units")) terms.free_units = read_amount(form, "free_units");
  terms.minimum = read_price_if(form, "minimum");
  terms.maximum = read_price_if(form, "maximum");
  if (form.problems().size() > problems_before) return {};
  auto model = PriceModel::make(std::move(terms));
  if (model) return *std::move(model);
  // The tier is numbered from one for people; here it is a member.
  base::Error error = std::move(model).error();
  error.place = form.place_of("tiers") + " " + error.place;
  form.note(std::move(error));
  return {};
}

PriceRow read_price(Form form, const PriceDefaults& defaults) {
  PriceRow row;
  row.valid_from = read_needed(form, "valid_from", &base::Date::parse, base::Date());
  row.valid_to = read_day_if(form, "valid_to");
  if (form.has("form")) {
    form.allow_only({"valid_from", "valid_to", "price", "includes_vat", "vat_class", "form",
                     "tiers", "free_units", "minimum", "maximum"});
    if (form.has("price")) form.refuse("price", "a price with a form stands in its tiers");
    row.model = read_model(form);
  } else {
    form.allow_only({"valid_from", "valid_to", "price", "includes_vat", "vat_class"});
    row.price = {read_amount(form, "price")};
  }
  row.includes_vat = form.flag_or("includes_vat", defaults.includes_vat);
  row.vat_class = form.text_or("vat_class", defaults.vat_class);
  return row;
}

std::vector<PriceRow> read_prices(const Json::Array& list, const std::string& place,
                                  const PriceDefaults& defaults,
                                  std::vector<base::Error>& problems) {
  std::vector<PriceRow> rows;
  for (const Json& price : list) {
    const std::string at = place + "." + std::to_string(rows.size());
    rows.push_back(read_price({price, at, problems}, defaults));
  }
  return rows;
}

int read_months(Form& form, std::string_view name, std::int64_t least) {
  const std::size_t problems_before = form.problems().size();
  const std::int64_t months = form.integer_or(name, 0);
  if (form.problems().size() > problems_before) return 0;
  if (least <= months && months <= kMonthsMax) return static_cast<int>(months);
  form.refuse(name, "must be from " + std::to_string(least) + " to 1200");
  return 0;
}

void read_campaign(CampaignTerms& terms, Form& form) {
  terms.plans = form.texts("plans");
  terms.off_amount = read_price_if(form, "off_amount");
  if (!terms.off_amount) {
    terms.off.value = read_decimal(form, "off_percent");
  } else if (form.has("off_percent")) {
    form.refuse("off_percent", "a campaign takes off a percentage or an amount");
  }
  terms.whole_months = read_months(form, "whole_months", 1);
  terms.stacking = read_as(form, "stacking", &parse_stacking, Stacking::kBestOnly);
  terms.starts = read_day_if(form, "starts");
}

Allowance read_allowance(Form form) {
  form.allow_only({"pool", "amount", "unit", "shared", "months_rolled_over", "over"});
  Allowance allowance;
  allowance.pool = form.text("pool");
  if (form.text_or("amount", "") != kUnlimited) allowance.amount = read_amount(form, "amount");
  allowance.unit = read_needed(form, "unit", &parse_usage_unit, UsageUnit::kPiece);
  allowance.shared = form.flag_or("shared", false);
  allowance.months_rolled_over = read_months(form, "months_rolled_over", 0);
  allowance.over_item = form.text_or("over", "");
  return allowance;
}

FairUse read_fair_use(Form form) {
  form.allow_only({"pool", "group", "cap", "unit"});
  FairUse use;
  use.pool = form.text("pool");
  use.group = form.text("group");
  use.cap = read_amount(form, "cap");
  use.unit = read_needed(form, "unit", &parse_usage_unit, UsageUnit::kPiece);
  return use;
}

void read_terms(PlanTerms& terms, Form& form) {
  for (const Json& json : form.list("allowances")) {
    const std::string place = form.place_of("allowances", terms.allowances.size());
    terms.allowances.push_back(read_allowance({json, place, form.problems()}));
  }
  for (const Json& json : form.list("fair_use")) {
    const std::string place = form.place_of("fair_use", terms.fair_use.size());
    terms.fair_use.push_back(read_fair_use({json, place, form.problems()}));
  }
  terms.proration = read_as(form, "proration", &parse_proration_rule, ProrationRule::kActualDays);
  terms.end = read_as(form, "end", &parse_period_end, PeriodEnd::kInclusive);
  terms.counted = form.flag_or("counted", false);
  terms.increments = read_increments(form);
  terms.minimum_spend = read_price_if(form, "minimum_spend");
  terms.minimum_item = form.text_or("minimum_item", "");
  terms.spend_cap = read_price_if(form, "spend_cap");
  for (const std::string& text : form.texts("bill_at")) {
    if (const auto amount = Decimal::parse(text)) {
      terms.bill_at.push_back({*amount});
    } else {
      form.refuse("bill_at", amount.error().text);
    }
  }
}

void read_usage(UsageDefinition& usage, Form& form, const PriceDefaults& defaults) {
  UsageMatch& match = usage.match;
  match.kinds = form.texts("kinds");
  match.zones = form.texts("zones");
  match.prefixes = form.texts("prefixes");
  match.classes = form.texts("classes");
  match.plans = form.texts("plans");
  for (const std::string& text : form.texts("windows")) {
    if (const auto window = TimeWindow::parse(text)) {
      match.windows.push_back(*window);
    } else {
      form.refuse("windows", window.error().text);
    }
  }
  usage.unit = read_needed(form, "unit", &parse_usage_unit, UsageUnit::kPiece);
  usage.increments = read_increments(form);
  usage.connect_fee = read_price_if(form, "connect_fee").value_or(base::UnitPrice());
  usage.pools = form.texts("pools");
  usage.fair_use_group = form.text_or("fair_use_group", "");
  usage.scope = read_as(form, "scope", &parse_price_scope, PriceScope::kRecord);
  usage.price_from_record = form.flag_or("price_from_record", false);
  if (!usage.price_from_record) return;
  usage.includes_vat = form.flag_or("includes_vat", defaults.includes_vat);
  usage.vat_class = form.text_or("vat_class", defaults.vat_class);
}

// What an item of a kind may say besides what all of them may.
void allow_for(Form& form, ItemKind kind) {
  switch (kind) {
    case ItemKind::kPlan:
    case ItemKind::kAddOn:
      return form.allow_only({"code", "kind", "division", "name", "names", "ends", "prices",
                              "brand_prices", "allowances", "fair_use", "proration", "end",
                              "counted", "increments", "minimum_spend", "minimum_item", "spend_cap",
                              "bill_at"});
    case ItemKind::kOneOff:
      return form.allow_only(
          {"code", "kind", "division", "name", "names", "ends", "prices", "brand_prices"});
    case ItemKind::kCampaign:
      return form.allow_only({"code", "kind", "division", "name", "names", "ends", "prices",
                              "plans", "off_percent", "off_amount", "whole_months", "stacking",
                              "starts"});
    case ItemKind::kUsage:
      return form.allow_only({"code",           "kind",         "division",
                              "name",           "names",        "ends",
                              "prices",         "brand_prices", "kinds",
                              "zones",          "prefixes",     "classes",
                              "plans",          "windows",      "unit",
                              "increments",     "connect_fee",  "pools",
                              "fair_use_group", "scope",        "price_from_record",
                              "includes_vat",   "vat_class"});
    case ItemKind::kNumberClass:
      return form.allow_only({"code", "kind", "division", "name", "names", "numbers"});
  }
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

CatalogueItem read_catalogue_item(const Json& json, const std::string& place,
                                  const PriceDefaults& defaults,
                                  std::vector<base::Error>& problems) {
  Form form(json, place, problems);
  CatalogueItem item;
  item.code = form.text("code");
  const std::size_t problems_before = problems.size();
  item.kind = read_needed(form, "kind", &parse_item_kind, ItemKind::kPlan);
  if (problems.size() > problems_before) return item;  // What may follow is the kind's.
  allow_for(form, item.kind);
  item.division = form.text("division");
  for (const auto& [language, name] : form.table("names")) {
    if (name.as_string()) {
      item.names.emplace(language, *name.as_string());
    } else {
      form.refuse("names", "must be texts, by language");
    }
  }
  if (!item.names.contains("")) item.names.emplace("", form.text("name"));
  item.ends = read_day_if(form, "ends");
  if (item.kind == ItemKind::kCampaign) read_campaign(item.campaign, form);
  if (item.kind == ItemKind::kUsage) read_usage(item.usage, form, defaults);
  if (item.kind == ItemKind::kPlan || item.kind == ItemKind::kAddOn) read_terms(item.plan, form);
  item.number_prefixes = form.texts("numbers");
  item.prices = read_prices(form.list("prices"), form.place_of("prices"), defaults, problems);
  for (const auto& [brand, rows] : form.table("brand_prices")) {
    const std::string at = form.place_of("brand_prices." + brand);
    if (rows.as_array()) {
      item.brand_prices.emplace(brand, read_prices(*rows.as_array(), at, defaults, problems));
    } else {
      form.note(base::fail("bad_member", "must be a list", at).error());
    }
  }
  return item;
}

Result<CatalogueItem> read_catalogue_item(const Json& json, const std::string& place,
                                          const PriceDefaults& defaults) {
  std::vector<base::Error> problems;
  CatalogueItem item = read_catalogue_item(json, place, defaults, problems);
  if (!problems.empty()) return std::unexpected(std::move(problems.front()));
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
