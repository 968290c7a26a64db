// What a scenario's operator sells: plans, add-ons and one-offs with their prices, what comes with
// them, what is used, and campaigns. It becomes the items of the catalogue as its files have them.
#include "tests/scenarios/pricing_verbs.h"
#include "tests/scenarios/pricing_words.h"

namespace scenarios {
namespace {

using base::Result;

constexpr std::string_view kAlways = "2010-01-01";  // Where a price has no day of its own.

Result<domain::PriceRow> read_row(const Given& given, const std::string& price) {
  const std::string from = given.option("from").value_or(std::string(kAlways));
  const auto day = base::Date::parse(from);
  if (!day) return refuse_word(from, "day; write it as 2026-11-01");
  domain::PriceRow row;
  row.valid_from = *day;
  row.price = {TRY(read_decimal(price))};
  row.includes_vat = given.has("incl");
  row.vat_class = given.option("vat").value_or("standard");
  return row;
}

template <domain::ItemKind kKind>
Result<Command> price(const Given& given) {
  SetPrice command{.kind = kKind, .item = given.places[0], .row = {}};
  command.row = TRY(read_row(given, given.places[1]));
  command.division = given.option("division").value_or("");
  return command;
}

Result<Command> usage(const Given& given) {
  SetUsage command{.item = given.places[0], .usage = {}, .row = {}};
  command.row = TRY(read_row(given, given.places[1]));
  command.usage.match.kinds = parts_of(TRY(needed(given, "of")), ',');
  const std::string unit = TRY(needed(given, "unit"));
  const auto known = domain::parse_usage_unit(unit);
  if (!known) return refuse_word(unit, "unit");
  command.usage.unit = *known;
  if (const auto steps = given.option("steps")) {
    const auto increments = domain::Increments::parse(*steps);
    if (!increments) return refuse_word(*steps, "increment");
    command.usage.increments = *increments;
  }
  if (const auto fee = given.option("connect")) {
    command.usage.connect_fee.amount = TRY(read_decimal(*fee));
  }
  return command;
}

// "graduated 10+100 to 5, 5+50"
Result<domain::PriceModel> read_model(const std::string& text) {
  const std::size_t space = std::min(text.find(' '), text.size());
  const auto form = domain::parse_price_form(text.substr(0, space));
  if (!form) return refuse_word(text, "price model");
  domain::PriceTerms terms{.form = *form, .tiers = {}};
  terms.tiers = TRY(read_tiers(text.substr(space)));
  auto model = domain::PriceModel::make(std::move(terms));
  if (!model) return refuse_word(text, "price model: " + model.error().text);
  return model;
}

Result<Command> terms(const Given& given) {
  SetTerms command{.item = given.places[0], .plan = {}, .model = {}};
  domain::PlanTerms& plan = command.plan;
  if (const auto rule = given.option("proration")) {
    const auto known = domain::parse_proration_rule(*rule);
    if (!known) return refuse_word(*rule, "rule of proration");
    plan.proration = *known;
  }
  if (const auto end = given.option("end")) {
    const auto known = domain::parse_period_end(*end);
    if (!known) return refuse_word(*end, "end; say exclusive or inclusive");
    plan.end = *known;
  }
  if (const auto least = given.option("minimum")) {
    plan.minimum_spend = base::UnitPrice{TRY(read_decimal(*least))};
    plan.minimum_item = TRY(needed(given, "as"));
  }
  if (const auto amounts = given.option("bill_at")) {
    for (const std::string& amount : parts_of(*amounts, ',')) {
      const auto threshold = TRY(read_decimal(amount));
      plan.bill_at.push_back({threshold});
    }
  }
  plan.counted = given.has("counted");
  if (const auto model = given.option("price")) command.model = TRY(read_model(*model));
  return command;
}

Result<Command> campaign(const Given& given) {
  constexpr std::int64_t kMonthsMax = 120;
  SetCampaign command{.item = given.places[0], .terms = {}};
  domain::CampaignTerms& terms = command.terms;
  if (const auto amount = given.option("amount")) {
    terms.off_amount = base::UnitPrice{TRY(read_decimal(*amount))};
  } else {
    terms.off = TRY(read_percent(TRY(needed(given, "off"))));
  }
  const std::int64_t months = TRY(read_number(TRY(needed(given, "months"))));
  if (months < 1 || months > kMonthsMax) {
    return refuse_word(*given.option("months"), "number of months from 1 to 120");
  }
  terms.whole_months = static_cast<int>(months);
  terms.plans = parts_of(TRY(needed(given, "plans")), ',');
  if (const auto stacking = given.option("stacking")) {
    const auto known = domain::parse_stacking(*stacking);
    if (!known) return refuse_word(*stacking, "stacking; say adds or best_only");
    terms.stacking = *known;
  }
  return command;
}

}  // namespace

std::span<const Verb> catalogue_verbs() {
  static constexpr Verb kVerbs[] = {
      {.name = "plan",
       .form = "plan ITEM PRICE [from DAY] [vat CLASS] [incl] [division DIVISION]",
       .timing = Timing::kAnyTime,
       .places_min = 2,
       .places_max = 2,
       .options = "from vat division",
       .flags = "incl",
       .make = price<domain::ItemKind::kPlan>},
      {.name = "add-on",
       .form = "add-on ITEM PRICE [from DAY] [vat CLASS] [division DIVISION]",
       .timing = Timing::kAnyTime,
       .places_min = 2,
       .places_max = 2,
       .options = "from vat division",
       .make = price<domain::ItemKind::kAddOn>},
      {.name = "one-off",
       .form = "one-off ITEM PRICE [from DAY] [vat CLASS]",
       .timing = Timing::kAnyTime,
       .places_min = 2,
       .places_max = 2,
       .options = "from vat",
       .make = price<domain::ItemKind::kOneOff>},
      {.name = "usage",
       .form = "usage ITEM PRICE of KIND,KIND,... unit UNIT [steps FIRST/THEN] [connect FEE] "
               "[from DAY] [vat CLASS] [incl]",
       .timing = Timing::kAnyTime,
       .places_min = 2,
       .places_max = 2,
       .options = "of unit steps connect from vat",
       .flags = "incl",
       .make = usage},
      {.name = "terms",
       .form = "terms ITEM [price \"MODEL TIERS\"] [counted] [proration RULE] "
               "[end exclusive|inclusive] [minimum AMOUNT as ITEM] [bill_at AMOUNT,AMOUNT,...]",
       .timing = Timing::kAnyTime,
       .places_min = 1,
       .places_max = 1,
       .options = "price proration end minimum as bill_at",
       .flags = "counted",
       .make = terms},
      {.name = "campaign",
       .form = "campaign ITEM off PERCENT|amount AMOUNT months COUNT plans PLAN,PLAN,... "
               "[stacking adds|best_only]",
       .timing = Timing::kAnyTime,
       .places_min = 1,
       .places_max = 1,
       .options = "off amount months plans stacking",
       .make = campaign},
  };
  return kVerbs;
}

}  // namespace scenarios
