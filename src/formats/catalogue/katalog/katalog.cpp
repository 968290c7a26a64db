#include "formats/catalogue/katalog/katalog.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>

#include "base/text/beginning.h"
#include "domain/billing/schedule.h"

namespace formats::katalog {
namespace {

using base::Decimal;
using base::Json;
using domain::Allowance;
using domain::CatalogueItem;
using domain::ItemKind;
using domain::UsageMatch;
using domain::UsageUnit;

constexpr std::int64_t kPriceMax = 1'000'000'000;
constexpr std::string_view kHome = "home", kEea = "eea";
constexpr std::string_view kData = "data", kVoice = "voice", kSms = "sms", kMms = "mms";

// Calling codes of the EU and the EEA: whoever roams there calls these as if at home.
constexpr std::array<std::string_view, 30> kEeaNumbers = {
    "+30",  "+31",  "+32",  "+33",  "+34",  "+351", "+352", "+353", "+354", "+356",
    "+357", "+358", "+359", "+36",  "+370", "+371", "+372", "+385", "+386", "+39",
    "+40",  "+420", "+421", "+423", "+43",  "+45",  "+46",  "+47",  "+48",  "+49"};

// A zone abroad: with prices of its own, or as at home up to a fair use.
struct Zone {
  std::string name;
  std::string group;  // Of fair use; empty where it has prices of its own.
  std::optional<Decimal> data_per_mb, voice_per_min, sms;
  bool has_mms = true;
};

// A plan of the division whose usage this is.
struct MobilePlan {
  std::string code;
  std::optional<Decimal> data_per_mb, voice_per_min, voice_start, sms;
};

// "a; b; c" in its parts.
std::vector<std::string> clauses(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(';');
    std::string_view part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// What stands between a beginning and an end, where the text has both.
std::optional<std::string> between(std::string_view text, std::string_view begin,
                                   std::string_view end) {
  if (text.size() < begin.size() + end.size()) return std::nullopt;
  if (!text.starts_with(begin) || !text.ends_with(end)) return std::nullopt;
  return std::string(text.substr(begin.size(), text.size() - begin.size() - end.size()));
}

// "A, B and C"
std::vector<std::string> enumeration(std::string text) {
  for (auto at = text.find(" and "); at != std::string::npos; at = text.find(" and ")) {
    text.replace(at, 5, ", ");
  }
  std::vector<std::string> names;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(", ", at), text.size());
    names.push_back(text.substr(at, end - at));
    at = end + 2;
  }
  return names;
}

std::optional<int> small_number(std::string_view text) {
  constexpr std::array<std::string_view, 13> kWords = {"",     "one",    "two",   "three", "four",
                                                       "five", "six",    "seven", "eight", "nine",
                                                       "ten",  "eleven", "twelve"};
  for (std::size_t at = 1; at < kWords.size(); ++at) {
    if (kWords[at] == text) return static_cast<int>(at);
  }
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr int kMax = 1200;
  if (error != std::errc() || end != text.data() + text.size() || value < 1 || value > kMax) {
    return std::nullopt;
  }
  return value;
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

class Reader {
 public:
  Reader(const Setting& setting, std::string_view file) : setting_(setting), file_(file) {}

  Katalog read(const Json& json) {
    read_head(json);
    read_abroad(json["usage"]["abroad"]);
    read_notes(json["usage"]["notes"]);
    read_add_ons(json["add_ons"]);
    read_plans(json["plans"], json["usage"]["over_data_per_gb_block"]);
    read_usage(json["usage"]);
    read_one_offs(json["one_off"]);
    read_campaigns(json["campaigns"]);
    read_rules(json["rules"]);
    for (const GivenPrice& given : setting_.given_prices) add_given(given);
    add_numbers();
    finish();
    return std::move(result_);
  }

 private:
  // What depends on all of the file: how months are divided, and which pools there are at all.
  void finish() {
    std::set<std::string> pools;
    for (const CatalogueItem& item : result_.items) {
      for (const Allowance& allowance : item.plan.allowances) pools.insert(allowance.pool);
    }
    const auto is_unknown = [&](const std::string& pool) { return !pools.contains(pool); };
    for (CatalogueItem& item : result_.items) {
      if (item.kind == ItemKind::kPlan || item.kind == ItemKind::kAddOn) {
        item.plan.proration = proration_;
      }
      std::erase_if(item.plan.fair_use,
                    [&](const domain::FairUse& use) { return is_unknown(use.pool); });
      std::erase_if(item.usage.pools, is_unknown);
    }
    // What no allowance covers and nothing prices is left to be refused, record by record.
    std::erase_if(result_.items, [](const CatalogueItem& item) {
      return item.kind == ItemKind::kUsage && item.prices.empty() && item.usage.pools.empty() &&
             !item.usage.price_from_record;
    });
  }

  // --- Problems and values.

  [[nodiscard]] std::string at(std::string_view place) const {
    return file_ + ": " + std::string(place);
  }

  void add(std::unexpected<base::Error> problem) {
    result_.problems.push_back(std::move(problem).error());
  }

  void not_understood(std::string_view place, const Json& what) {
    add(base::fail(
        "katalog_not_understood",
        "this says something that is not known here: " + base::beginning(what.dump(), 200),
        at(place)));
  }

  // The object's members; a problem where it is none. What is absent has none.
  const Json::Object& members(const Json& json, std::string_view place) {
    static const Json::Object kNone;
    if (json.is_null()) return kNone;
    if (json.as_object() != nullptr) return *json.as_object();
    not_understood(place, json);
    return kNone;
  }

  void allow_only(const Json& json, std::string_view place, const std::set<std::string>& known) {
    for (const auto& [name, value] : members(json, place)) {
      const std::string at = place.empty() ? name : std::string(place) + "." + name;
      if (!known.contains(name)) not_understood(at, value);
    }
  }

  std::optional<Decimal> amount(const Json& json, std::string_view place) {
    if (json.as_integer() != nullptr && *json.as_integer() >= 0 &&
        *json.as_integer() <= kPriceMax) {
      return Decimal::from_integer(*json.as_integer());
    }
    if (json.as_string() != nullptr) {
      const auto read = Decimal::parse(*json.as_string());
      if (read && !read->is_negative() && *read <= Decimal::from_integer(kPriceMax)) return *read;
    }
    add(base::fail(
        "katalog_bad_value",
        "must be a number from zero to 1,000 million, not " + base::beginning(json.dump(), 100),
        at(place)));
    return std::nullopt;
  }

  std::optional<Decimal> amount_if(const Json& object, const std::string& place,
                                   std::string_view name) {
    if (object[name].is_null()) return std::nullopt;
    return amount(object[name], place + "." + std::string(name));
  }

  void expect_text(const Json& json, std::string_view place,
                   std::initializer_list<std::string_view> known) {
    if (json.is_null()) return;
    const bool found = json.as_string() != nullptr &&
                       std::ranges::find(known, std::string_view(*json.as_string())) != known.end();
    if (!found) not_understood(place, json);
  }

  // --- Making items.

  domain::PriceRow row(Decimal price) const {
    domain::PriceRow made;
    made.valid_from = setting_.valid_from;
    made.price = {price};
    made.includes_vat = includes_vat_;
    return made;
  }

  CatalogueItem item(const std::string& code, ItemKind kind, const std::string& division,
                     std::optional<Decimal> price = {}) const {
    CatalogueItem made;
    made.code = code;
    made.kind = kind;
    made.division = division;
    if (price) made.prices.push_back(row(*price));
    return made;
  }

  CatalogueItem& add_usage(const std::string& code, UsageMatch match, UsageUnit unit,
                           std::optional<Decimal> price = {}) {
    CatalogueItem made = item(code, ItemKind::kUsage, setting_.usage_division, price);
    if (std::ranges::count(match.kinds, kVoice) > 0) made.usage.increments = voice_increments_;
    made.usage.match = std::move(match);
    made.usage.unit = unit;
    result_.items.push_back(std::move(made));
    return result_.items.back();
  }

  std::string division_of(const std::string& code) {
    std::string_view best;
    std::string division;
    for (const auto& [prefix, name] : setting_.divisions) {
      if (!code.starts_with(prefix) || prefix.size() < best.size()) continue;
      best = prefix;
      division = name;
    }
    if (division.empty()) {
      add(base::fail(
          "katalog_unknown_division",
          "no division is known for a plan of this code: name its beginning in katalog.toml",
          at("plans." + code)));
    }
    return division;
  }

  std::vector<std::string> home_zones() const { return {"", setting_.country_zone}; }

  // Every zone in which prices are those of home, and the one at home first.
  std::vector<std::string> zones_like_home() const {
    std::vector<std::string> zones = home_zones();
    for (const Zone& zone : zones_) {
      if (!zone.group.empty()) zones.push_back(zone.name);
    }
    return zones;
  }

  Zone* find_zone(const std::string& name) {
    const auto found = std::ranges::find(zones_, name, &Zone::name);
    return found == zones_.end() ? nullptr : &*found;
  }

  // --- The parts of the file.

  void read_head(const Json& json) {
    allow_only(json, "",
               {"currency", "vat_percent", "prices", "plans", "add_ons", "usage", "one_off",
                "campaigns", "rules"});
    const auto currency = base::Currency::parse(json.text("currency"));
    if (currency) {
      result_.currency = *currency;
    } else {
      add(base::fail("katalog_bad_value", currency.error().text, at("currency")));
    }
    if (const auto vat = amount(json["vat_percent"], "vat_percent")) result_.vat.value = *vat;
    const std::string prices = json.text("prices");
    includes_vat_ = prices == "including VAT unless said";
    expect_text(json["prices"], "prices",
                {"excluding VAT unless said", "including VAT unless said"});
    const auto increments =
        domain::Increments::parse(json["usage"].text("voice_increment_s", "1/1"));
    if (increments) {
      voice_increments_ = *increments;
    } else {
      add(base::fail("katalog_bad_value", increments.error().text, at("usage.voice_increment_s")));
    }
  }

  // "roam-like-at-home within the plan, fair use 10 GB", "as EU", or prices.
  void read_abroad(const Json& json) {
    for (const auto& [name, value] : members(json, "usage.abroad")) {
      const std::string place = "usage.abroad." + name;
      Zone zone;
      zone.name = name;
      if (value.as_object() != nullptr) {
        allow_only(value, place, {"data_per_mb", "voice_per_min", "sms"});
        zone.data_per_mb = amount_if(value, place, "data_per_mb");
        zone.voice_per_min = amount_if(value, place, "voice_per_min");
        zone.sms = amount_if(value, place, "sms");
        zones_.push_back(std::move(zone));
        continue;
      }
      const std::string text = value.as_string() != nullptr ? *value.as_string() : "";
      const auto cap = between(text, "roam-like-at-home within the plan, fair use ", " GB");
      const auto like = between(text, "as ", "");
      const auto gigabytes = cap ? Decimal::parse(*cap) : Decimal::parse("");
      if (cap && gigabytes && !gigabytes->is_negative()) {
        zone.group = name;
        fair_use_[name] = *gigabytes;
      } else if (like && find_zone(*like) != nullptr) {
        const std::string own = zone.name;
        zone = *find_zone(*like);
        zone.name = own;
      } else {
        not_understood(place, value);
        continue;
      }
      zones_.push_back(std::move(zone));
    }
  }

  void read_notes(const Json& json) {
    if (json.is_null()) return;
    if (json.as_string() == nullptr) return not_understood("usage.notes", json);
    for (const std::string& clause : clauses(*json.as_string())) {
      if (const auto numbers = between(clause, "", " numbers are never in unlimited voice")) {
        for (const std::string& number : enumeration(*numbers)) priced_numbers_.insert(number);
      } else if (const auto names = between(clause, "", " is ordinary data")) {
        continue;  // Data is data whatever it is for: no item looks at its destination.
      } else if (between(clause, "a cap of the plan (", ") beats the general fair use")) {
        continue;  // Read with the plans.
      } else if (const auto zones = between(clause, "what has no price here (MMS in ",
                                            ") is refused with a reason, never billed at zero")) {
        for (const std::string& name : enumeration(*zones)) {
          Zone* zone = find_zone(name);
          if (zone == nullptr) {
            add(base::fail("katalog_unknown_zone", "there is no zone " + name, at("usage.notes")));
          } else {
            zone->has_mms = false;
          }
        }
      } else {
        not_understood("usage.notes", clause);
      }
    }
  }

  void read_add_ons(const Json& json) {
    for (const auto& [code, value] : members(json, "add_ons")) {
      const std::string place = "add_ons." + code;
      const bool plain = value.as_object() == nullptr;
      if (!plain) allow_only(value, place, {"month", "data_gb", "zones"});
      const auto price = plain ? amount(value, place) : amount(value["month"], place + ".month");
      if (!price) continue;
      CatalogueItem made = item(code, ItemKind::kAddOn, setting_.add_on_division, price);
      std::string pool(kData);
      if (!plain && !value["zones"].is_null()) {
        pool = code;
        read_zones(value["zones"], place + ".zones", pool);
      }
      if (const auto allowance = data_allowance(value["data_gb"], place + ".data_gb", pool)) {
        made.plan.allowances.push_back(*allowance);
      }
      result_.items.push_back(std::move(made));
    }
  }

  void read_zones(const Json& json, const std::string& place, const std::string& pool) {
    if (json.as_array() == nullptr) return not_understood(place, json);
    for (const Json& each : *json.as_array()) {
      const std::string name = each.as_string() != nullptr ? *each.as_string() : "";
      if (find_zone(name) == nullptr && name != setting_.country_zone) {
        add(base::fail("katalog_unknown_zone", "there are no prices for a zone " + each.dump(),
                       at(place)));
      } else {
        zone_pools_[name].push_back(pool);
      }
    }
  }

  std::optional<Allowance> data_allowance(const Json& json, const std::string& place,
                                          const std::string& pool) {
    return allowance(json, place, pool, UsageUnit::kGigabyte);
  }

  // A quantity, "unlimited", or nothing where there is no such member.
  std::optional<Allowance> allowance(const Json& json, const std::string& place,
                                     const std::string& pool, UsageUnit unit) {
    if (json.is_null()) return std::nullopt;
    Allowance made;
    made.pool = pool;
    made.unit = unit;
    if (json.as_string() != nullptr && *json.as_string() == "unlimited") return made;
    made.amount = amount(json, place);
    if (!made.amount) return std::nullopt;
    return made;
  }

  void read_plans(const Json& json, const Json& over) {
    for (const auto& [code, value] : members(json, "plans")) {
      const std::string place = "plans." + code;
      const std::string division = division_of(code);
      if (division.empty()) continue;
      const bool plain = value.as_object() == nullptr;
      const auto price = plain ? amount(value, place) : amount(value["month"], place + ".month");
      if (!price) continue;
      CatalogueItem made = item(code, ItemKind::kPlan, division, price);
      if (division == setting_.usage_division) {
        read_mobile_plan(made, value, over[code], place);
      } else if (!plain) {
        allow_only(value, place, {"month"});
      }
      result_.items.push_back(std::move(made));
      plan_codes_.emplace_back(code, division);
    }
    for (const auto& [code, value] : members(over, "usage.over_data_per_gb_block")) {
      const auto known = std::ranges::find(plan_codes_, std::pair(code, setting_.usage_division));
      if (known != plan_codes_.end()) continue;
      add(base::fail("katalog_unknown_plan",
                     "there is no plan of this code in " + setting_.usage_division,
                     at("usage.over_data_per_gb_block." + code)));
    }
  }

  void read_mobile_plan(CatalogueItem& made, const Json& value, const Json& over,
                        const std::string& place) {
    if (value.as_object() != nullptr) {
      std::set<std::string> known = {"month",       "data_gb",     "voice_min",   "sms",
                                     "data_per_mb", "voice_start", "increment_s", "voice_per_min"};
      for (const auto& [group, cap] : fair_use_) known.insert(lower(group) + "_data_gb");
      allow_only(value, place, known);
    }
    MobilePlan plan;
    plan.code = made.code;
    plan.data_per_mb = amount_if(value, place, "data_per_mb");
    plan.voice_per_min = amount_if(value, place, "voice_per_min");
    plan.voice_start = amount_if(value, place, "voice_start");
    auto& allowances = made.plan.allowances;
    if (auto data = data_allowance(value["data_gb"], place + ".data_gb", std::string(kData))) {
      if (!over.is_null()) data->over_item = add_over_item(made.code, over);
      allowances.push_back(*data);
    } else if (!over.is_null()) {
      add(base::fail("katalog_not_understood", "the plan has no data_gb that could be used up",
                     at("usage.over_data_per_gb_block." + made.code)));
    }
    read_included(made, plan, value, place);
    for (const auto& [group, general] : fair_use_) {
      const std::string own = lower(group) + "_data_gb";
      const auto cap = value[own].is_null() ? general : amount(value[own], place + "." + own);
      if (cap) {
        made.plan.fair_use.push_back({std::string(kData), group, *cap, UsageUnit::kGigabyte});
      }
    }
    if (!value["increment_s"].is_null()) {
      const auto increments = domain::Increments::parse(value.text("increment_s"));
      if (increments) {
        made.plan.increments = *increments;
      } else {
        add(base::fail("katalog_bad_value", increments.error().text, at(place + ".increment_s")));
      }
    }
    mobile_plans_.push_back(std::move(plan));
  }

  // Calls and messages: so many, without limit, each at a price; not named is without limit.
  void read_included(CatalogueItem& made, MobilePlan& plan, const Json& value,
                     const std::string& place) {
    auto& allowances = made.plan.allowances;
    const Json unlimited("unlimited");
    if (!plan.voice_per_min) {
      const Json& minutes = value["voice_min"].is_null() ? unlimited : value["voice_min"];
      const auto voice =
          allowance(minutes, place + ".voice_min", std::string(kVoice), UsageUnit::kMinute);
      if (voice) allowances.push_back(*voice);
      if (plan.voice_start) not_understood(place + ".voice_start", value["voice_start"]);
    } else if (!value["voice_min"].is_null()) {
      not_understood(place + ".voice_min", value["voice_min"]);
    }
    // A text with a number is a price, a number is how many: {"sms": "0.5520"}, {"sms": 100}.
    const Json& sms = value["sms"].is_null() ? unlimited : value["sms"];
    if (sms.as_string() != nullptr && *sms.as_string() != "unlimited") {
      plan.sms = amount(sms, place + ".sms");
    } else if (const auto messages =
                   allowance(sms, place + ".sms", std::string(kSms), UsageUnit::kPiece)) {
      allowances.push_back(*messages);
    }
  }

  std::string add_over_item(const std::string& plan, const Json& price) {
    const auto block = amount(price, "usage.over_data_per_gb_block." + plan);
    if (!block) return "";
    CatalogueItem& made =
        add_usage("DATA-OVER-" + plan, {}, UsageUnit::kGigabyte, Decimal::from_integer(0));
    made.usage.scope = domain::PriceScope::kMonth;
    domain::PriceTerms terms;
    terms.form = domain::PriceForm::kPackage;
    domain::PriceTier tier;
    tier.unit = {*block};
    tier.package = Decimal::from_integer(1);
    terms.tiers.push_back(tier);
    made.prices.front().model = domain::PriceModel::make(std::move(terms)).value();
    return made.code;
  }

  void read_usage(const Json& json) {
    std::set<std::string> known = {
        "over_data_per_gb_block",           "abroad", "voice_increment_s", "mms",
        "voice_to_other_countries_per_min", "notes"};
    add_like_home("", home_zones(), {std::string(kHome)}, "");
    for (const Zone& zone : zones_) {
      if (!zone.group.empty()) {
        add_like_home("-" + zone.name, {zone.name}, {std::string(kHome), std::string(kEea)},
                      zone.group);
      } else {
        add_priced_zone(zone);
      }
    }
    const auto others = amount_if(json, "usage", "voice_to_other_countries_per_min");
    if (others) {
      add_usage("VOICE-OTHER", {{std::string(kVoice)}, zones_like_home(), {}, {}, {}, {}},
                UsageUnit::kMinute, others);
    }
    if (const auto mms = amount_if(json, "usage", "mms")) {
      std::vector<std::string> zones = home_zones();
      for (const Zone& zone : zones_) {
        if (zone.has_mms) zones.push_back(zone.name);
      }
      add_usage("MMS", {{std::string(kMms)}, zones, {}, {}, {}, {}}, UsageUnit::kPiece, mms);
    }
    for (const auto& [name, value] : members(json, "usage")) {
      if (known.contains(name)) continue;
      if (const auto number = between(name, "voice_to_", "_per_min")) {
        add_number(*number, value, json);
      } else if (!between(name, "voice_to_", "_start") ||
                 json["voice_to_" + *between(name, "voice_to_", "_start") + "_per_min"].is_null()) {
        not_understood("usage." + name, value);
      }
    }
    for (const std::string& number : priced_numbers_) {
      if (!json["voice_to_" + number + "_per_min"].is_null()) continue;
      add(base::fail("katalog_not_understood",
                     "calls to " + number + " are in no allowance and have no price",
                     at("usage.notes")));
    }
  }

  void add_number(const std::string& number, const Json& price, const Json& usage) {
    const auto per_minute = amount(price, "usage.voice_to_" + number + "_per_min");
    if (!per_minute) return;
    const std::string_view national = number;
    const std::string abroad =
        setting_.calling_code + std::string(national.substr(national.starts_with('0') ? 1 : 0));
    CatalogueItem& made =
        add_usage("VOICE-" + number, {{std::string(kVoice)}, {}, {number, abroad}, {}, {}, {}},
                  UsageUnit::kMinute, per_minute);
    const auto start = amount_if(usage, "usage", "voice_to_" + number + "_start");
    if (start) made.usage.connect_fee = {*start};
  }

  // Data, calls and messages where the plan's own terms hold, and those of plans that pay for each.
  void add_like_home(const std::string& suffix, const std::vector<std::string>& zones,
                     const std::vector<std::string>& numbers, const std::string& group) {
    std::vector<std::string> pools = zone_pools_[zones.back()];
    pools.emplace_back(kData);
    const auto add_data = [&](const std::string& code, const std::vector<std::string>& plans,
                              std::optional<Decimal> price) {
      CatalogueItem& made = add_usage(code, {{std::string(kData)}, zones, {}, {}, plans, {}},
                                      UsageUnit::kMegabyte, price);
      made.usage.pools = pools;
      made.usage.fair_use_group = group;
    };
    add_data("DATA" + suffix, {}, {});
    add_usage("VOICE" + suffix, {{std::string(kVoice)}, zones, {}, numbers, {}, {}},
              UsageUnit::kMinute)
        .usage.pools = {std::string(kVoice)};
    add_usage("SMS" + suffix, {{std::string(kSms)}, zones, {}, {}, {}, {}}, UsageUnit::kPiece)
        .usage.pools = {std::string(kSms)};
    for (const MobilePlan& plan : mobile_plans_) {
      const std::string end = "-" + plan.code + suffix;
      if (plan.data_per_mb) add_data("DATA" + end, {plan.code}, plan.data_per_mb);
      if (plan.voice_per_min) {
        CatalogueItem& made =
            add_usage("VOICE" + end, {{std::string(kVoice)}, zones, {}, numbers, {plan.code}, {}},
                      UsageUnit::kMinute, plan.voice_per_min);
        if (plan.voice_start) made.usage.connect_fee = {*plan.voice_start};
      }
      if (plan.sms) {
        add_usage("SMS" + end, {{std::string(kSms)}, zones, {}, {}, {plan.code}, {}},
                  UsageUnit::kPiece, plan.sms);
      }
    }
  }

  void add_priced_zone(const Zone& zone) {
    const auto in_zone = [&](std::string_view kind) {
      return UsageMatch{{std::string(kind)}, {zone.name}, {}, {}, {}, {}};
    };
    if (zone.data_per_mb) {
      add_usage("DATA-" + zone.name, in_zone(kData), UsageUnit::kMegabyte, zone.data_per_mb)
          .usage.pools = zone_pools_[zone.name];
    }
    if (zone.voice_per_min) {
      add_usage("VOICE-" + zone.name, in_zone(kVoice), UsageUnit::kMinute, zone.voice_per_min);
    }
    if (zone.sms) add_usage("SMS-" + zone.name, in_zone(kSms), UsageUnit::kPiece, zone.sms);
  }

  void read_one_offs(const Json& json) {
    for (const auto& [code, value] : members(json, "one_off")) {
      const auto price = amount(value, "one_off." + code);
      if (!price) continue;
      result_.items.push_back(item(code, ItemKind::kOneOff, setting_.one_off_division, price));
    }
  }

  // "50 % off the broadband plan for the first three whole months"
  void read_campaigns(const Json& json) {
    for (const auto& [code, value] : members(json, "campaigns")) {
      const std::string text = value.as_string() != nullptr ? *value.as_string() : "";
      const auto percent_end = text.find(" % off the ");
      const auto division_end = text.find(" plan for the first ");
      if (percent_end == std::string::npos || division_end == std::string::npos ||
          division_end < percent_end) {
        not_understood("campaigns." + code, value);
        continue;
      }
      const std::size_t division_at = percent_end + std::string_view(" % off the ").size();
      const std::string division = text.substr(division_at, division_end - division_at);
      const auto off = Decimal::parse(text.substr(0, percent_end));
      const std::string rest =
          text.substr(division_end + std::string_view(" plan for the first ").size());
      auto months = between(rest, "", " whole months");
      if (rest == "whole month") months = "one";
      const auto count = months ? small_number(*months) : std::nullopt;
      CatalogueItem made = item(code, ItemKind::kCampaign, division);
      for (const auto& [plan, of] : plan_codes_) {
        if (of == division) made.campaign.plans.push_back(plan);
      }
      if (!off || !count || made.campaign.plans.empty()) {
        not_understood("campaigns." + code, value);
        continue;
      }
      made.campaign.off.value = *off;
      made.campaign.whole_months = *count;
      result_.items.push_back(std::move(made));
    }
  }

  void read_rules(const Json& json) {
    allow_only(json, "rules",
               {"billing", "proration", "bill_day", "due_days", "ore_rounding", "paid"});
    expect_text(json["rules"], "rules", {});
    expect_text(json["billing"], "rules.billing",
                {"monthly in advance for plans, in arrears for usage"});
    expect_text(json["proration"], "rules.proration",
                {"actual days of the month", "months of 30 days", "whole months", "none"});
    const std::string proration = json.text("proration");
    if (proration == "months of 30 days") proration_ = domain::ProrationRule::kFixed30;
    if (proration == "whole months") proration_ = domain::ProrationRule::kWholePeriod;
    if (proration == "none") proration_ = domain::ProrationRule::kNone;
    constexpr std::int64_t kLastDay = 31, kDueMax = 365;
    result_.bill_day = number_within(json["bill_day"], "rules.bill_day", 1, kLastDay);
    result_.due_days = number_within(json["due_days"], "rules.due_days", 0, kDueMax);
    if (const bool* rounds = json["ore_rounding"].as_bool()) {
      result_.rounds = *rounds;
    } else if (!json["ore_rounding"].is_null()) {
      not_understood("rules.ore_rounding", json["ore_rounding"]);
    }
    for (const std::string& clause : clauses(json.text("paid"))) {
      if (clause == "direkt: a bill of its own, paid at the order by card") continue;
      const auto parts = between(
          clause,
          "delbetalning12: one invoice with all VAT at once, payable in twelve monthly parts", "");
      if (!parts) not_understood("rules.paid", clause);
    }
  }

  std::optional<std::int64_t> number_within(const Json& json, std::string_view place,
                                            std::int64_t least, std::int64_t most) {
    if (json.is_null()) return std::nullopt;
    const std::int64_t* number = json.as_integer();
    if (number != nullptr && least <= *number && *number <= most) return *number;
    not_understood(place, json);
    return std::nullopt;
  }

  void add_given(const GivenPrice& given) {
    CatalogueItem made = item(given.code, ItemKind::kUsage, given.division);
    made.usage.match.kinds = {given.kind};
    made.usage.price_from_record = made.usage.includes_vat = true;
    result_.items.push_back(std::move(made));
  }

  // What is at home, and the other countries that count as such on a journey there. A number
  // without a country is one at home, and so is none.
  void add_numbers() {
    CatalogueItem home = item(std::string(kHome), ItemKind::kNumberClass, setting_.usage_division);
    home.number_prefixes = {"", setting_.calling_code};
    for (char digit = '0'; digit <= '9'; ++digit) home.number_prefixes.emplace_back(1, digit);
    CatalogueItem eea = item(std::string(kEea), ItemKind::kNumberClass, setting_.usage_division);
    for (const std::string_view code : kEeaNumbers) {
      if (code != setting_.calling_code) eea.number_prefixes.emplace_back(code);
    }
    result_.items.push_back(std::move(home));
    result_.items.push_back(std::move(eea));
  }

  const Setting& setting_;
  std::string file_;
  Katalog result_;
  bool includes_vat_ = false;
  domain::Increments voice_increments_;
  domain::ProrationRule proration_ = domain::ProrationRule::kActualDays;
  std::vector<Zone> zones_;
  std::map<std::string, Decimal> fair_use_;                     // By group: the general cap.
  std::map<std::string, std::vector<std::string>> zone_pools_;  // Of add-ons for some zones only.
  std::set<std::string> priced_numbers_;
  std::vector<std::pair<std::string, std::string>> plan_codes_;  // And their divisions.
  std::vector<MobilePlan> mobile_plans_;
};

}  // namespace

bool is_katalog(const Json& json) {
  return json["plans"].as_object() != nullptr && json["usage"].as_object() != nullptr;
}

Katalog read_katalog(const Json& json, const Setting& setting, std::string_view file) {
  return Reader(setting, file).read(json);
}

std::vector<base::Error> find_contradictions(const Katalog& katalog, const OperatorTerms& terms,
                                             std::string_view file) {
  std::vector<base::Error> found;
  const auto compare = [&](bool same, std::string_view member, const std::string& is) {
    const std::string place = std::string(file) + ": " + std::string(member);
    const bool is_named = std::ranges::count(katalog.problems, place, &base::Error::place) > 0;
    if (same || is_named) return;
    found.push_back(
        base::fail("katalog_contradicts_operator",
                   "the operator's bills have " + is + ": correct the one that is wrong", place)
            .error());
  };
  compare(katalog.currency == terms.currency, "currency", std::string(terms.currency.code()));
  std::string rates;
  for (const base::Percent& rate : terms.standard_rates) {
    rates += (rates.empty() ? "" : " or ") + rate.value.to_string() + " % VAT";
  }
  compare(std::ranges::count(terms.standard_rates, katalog.vat) > 0, "vat_percent", rates);
  if (katalog.bill_day) {
    const auto monthly = domain::Frequency::parse("monthly#" + std::to_string(*katalog.bill_day));
    const auto own = domain::Frequency::parse(terms.frequency);
    compare(monthly && own && *monthly == *own, "rules.bill_day",
            "the frequency " + terms.frequency);
  }
  if (katalog.due_days) {
    compare(*katalog.due_days == terms.due_days, "rules.due_days",
            std::to_string(terms.due_days) + " days to pay");
  }
  if (katalog.rounds) {
    compare(*katalog.rounds == terms.rounds, "rules.ore_rounding",
            terms.rounds ? "rounded sums" : "exact sums");
  }
  return found;
}

}  // namespace formats::katalog
