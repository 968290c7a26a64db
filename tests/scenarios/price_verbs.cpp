// What a quantity costs by a price model, what units that come and go cost, and what a call costs.
#include "domain/pricing/price_model.h"
#include "domain/pricing/proration.h"
#include "domain/pricing/unit_changes.h"
#include "domain/rating/rating.h"
#include "tests/scenarios/pricing_verbs.h"
#include "tests/scenarios/pricing_words.h"

namespace scenarios {
namespace {

using base::Decimal;
using base::Result;

// The words behind the verb are read when the scenario is; what the product refuses is an answer.
Result<domain::PriceTerms> read_terms(const Given& given) {
  domain::PriceTerms terms;
  const auto form = domain::parse_price_form(given.places[0]);
  if (!form) return refuse_word(given.places[0], "price model");
  terms.form = *form;
  terms.tiers = TRY(read_tiers(given.places[1]));
  if (const auto free = given.option("free")) terms.free_units = TRY(read_decimal(*free));
  if (const auto least = given.option("minimum")) {
    terms.minimum = base::UnitPrice{TRY(read_decimal(*least))};
  }
  if (const auto most = given.option("maximum")) {
    terms.maximum = base::UnitPrice{TRY(read_decimal(*most))};
  }
  return terms;
}

Result<Command> price(const Given& given) {
  const domain::PriceTerms terms = TRY(read_terms(given));
  std::vector<Decimal> quantities;
  for (std::size_t at = 2; at < given.places.size(); ++at) {
    quantities.push_back(TRY(read_decimal(given.places[at])));
  }
  return Calculate{[terms, quantities]() -> Result<std::vector<std::string>> {
    const auto model = TRY(domain::PriceModel::make(terms));
    std::vector<std::string> said;
    for (const Decimal quantity : quantities) {
      const Decimal amount = TRY(model.amount(quantity));
      said.push_back(quantity.to_string() + "  " + amount_text(amount));
    }
    return said;
  }};
}

// A quantity that is delivered each day of a period is one line with the sum of its days.
Result<Command> price_days(const Given& given) {
  const domain::PriceTerms terms = TRY(read_terms(given));
  const Decimal quantity = TRY(read_decimal(given.places[2]));
  const auto days = parts_of(given.places[3], '.');
  const auto from = base::Date::parse(days.front()), to = base::Date::parse(days.back());
  if (days.size() != 2 || !from || !to) return refuse_word(given.places[3], "period");
  return Calculate{[terms, quantity, from = *from, to = *to]() -> Result<std::vector<std::string>> {
    const auto used = TRY(domain::days_used(from, to, domain::PeriodEnd::kInclusive));
    const auto model = TRY(domain::PriceModel::make(terms));
    const Decimal sum =
        base::multiply(quantity, Decimal::from_integer(used.days()), base::RoundingMode::kHalfUp);
    const Decimal amount = TRY(model.amount(sum));
    return std::vector{std::to_string(used.days()) + " days  " + sum.to_string() + "  " +
                       amount_text(amount)};
  }};
}

Result<Command> units(const Given& given) {
  const domain::PriceTerms terms = TRY(read_terms(given));
  const std::int64_t whole = TRY(read_number(TRY(needed(given, "of"))));
  std::vector<domain::UnitChange> changes;
  for (std::size_t at = 2; at < given.places.size(); ++at) {
    const auto parts = parts_of(given.places[at], ':');
    if (parts.size() != 2) return refuse_word(given.places[at], "change; write it as +5:21");
    domain::UnitChange change{.units = TRY(read_decimal(parts[0])),
                              .parts = TRY(read_number(parts[1]))};
    if (change.parts > whole) return refuse_word(parts[1], "part of the period");
    changes.push_back(change);
  }
  if (whole == 0) return refuse_word("0", "period");
  return Calculate{[terms, changes, whole]() -> Result<std::vector<std::string>> {
    const auto model = TRY(domain::PriceModel::make(terms));
    const Decimal amount = TRY(domain::price_of_changes(model, changes, whole));
    return std::vector{amount_text(amount)};
  }};
}

// A call, as rating prices the record of one.
Result<Command> call(const Given& given) {
  constexpr std::string_view kCall = "CALL";
  const auto increments = domain::Increments::parse(given.places[0]);
  if (!increments) return refuse_word(given.places[0], "increment");
  domain::CatalogueItem item{.code = std::string(kCall),
                             .kind = domain::ItemKind::kUsage,
                             .division = "mobile",
                             .names = {{"", "Call"}},
                             .prices = {},
                             .campaign = {}};
  item.prices.push_back({.valid_from = base::Date::parse("2020-01-01").value(),
                         .price = {TRY(read_decimal(given.places[1]))}});
  item.usage.match.kinds = {"voice"};
  item.usage.unit = domain::UsageUnit::kMinute;
  if (given.option("per").value_or("60") == "1") item.usage.unit = domain::UsageUnit::kSecond;
  item.usage.increments = *increments;
  if (const auto fee = given.option("connect")) {
    item.usage.connect_fee.amount = TRY(read_decimal(*fee));
  }
  std::vector<std::int64_t> calls;
  for (std::size_t at = 2; at < given.places.size(); ++at) {
    calls.push_back(TRY(read_number(given.places[at])));
  }
  return Calculate{[item, calls]() -> Result<std::vector<std::string>> {
    const auto catalogue = TRY(domain::Catalogue::make({item}));
    std::vector<std::string> said;
    for (const std::int64_t seconds : calls) {
      domain::UsageEvent event{.kind = "voice", .zone = "", .destination = "", .day = {}};
      event.day = item.prices.front().valid_from;
      event.duration_s = seconds;
      const auto rated = TRY(
          domain::rate_usage(event, {.division = "mobile", .plan = "", .add_ons = {}}, catalogue));
      said.push_back(std::to_string(seconds) + " s  billed " +
                     std::to_string(item.usage.increments->count(seconds)) + " s  " +
                     amount_text(rated.amount));
    }
    return said;
  }};
}

}  // namespace

std::span<const Verb> price_verbs() {
  constexpr std::size_t kQuantitiesMax = 12;
  static constexpr std::string_view kLimits = "free minimum maximum";
  // "price" alone stands last: a verb is the first that the words of a line begin with.
  static constexpr Verb kVerbs[] = {
      {.name = "price days",
       .form = "price days MODEL TIERS QUANTITY FROM..TO [free UNITS] [minimum AMOUNT] "
               "[maximum AMOUNT]",
       .timing = Timing::kAnyTime,
       .places_min = 4,
       .places_max = 4,
       .options = kLimits,
       .make = price_days},
      {.name = "price units",
       .form = "price units MODEL TIERS UNITS:DAYS... of DAYS [free UNITS] [minimum AMOUNT] "
               "[maximum AMOUNT]",
       .timing = Timing::kAnyTime,
       .places_min = 2,
       .places_max = 2 + kQuantitiesMax,
       .options = "of free minimum maximum",
       .make = units},
      {.name = "price call",
       .form = "price call INCREMENTS PRICE SECONDS... [per 1|60] [connect FEE]",
       .timing = Timing::kAnyTime,
       .places_min = 3,
       .places_max = 2 + kQuantitiesMax,
       .options = "per connect",
       .make = call},
      {.name = "price",
       .form = "price MODEL TIERS QUANTITY... [free UNITS] [minimum AMOUNT] [maximum AMOUNT]",
       .timing = Timing::kAnyTime,
       .places_min = 3,
       .places_max = 2 + kQuantitiesMax,
       .options = kLimits,
       .make = price},
  };
  return kVerbs;
}

}  // namespace scenarios
