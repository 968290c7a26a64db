// What a part of a period costs, what is missing to its minimum, and which local day an instant
// falls on.
#include "base/time/instant.h"
#include "domain/pricing/minimum_spend.h"
#include "domain/pricing/proration.h"
#include "support/locale/time_zone.h"
#include "tests/scenarios/pricing_verbs.h"
#include "tests/scenarios/pricing_words.h"

namespace scenarios {
namespace {

using base::Money;
using base::Period;
using base::Result;

Result<Period> read_period(const std::string& text, domain::PeriodEnd end) {
  const auto days = parts_of(text, '.');
  if (days.size() == 2) {
    const auto from = base::Date::parse(days[0]), to = base::Date::parse(days[1]);
    if (from && to) {
      if (const auto used = domain::days_used(*from, *to, end)) return *used;
    }
  }
  return refuse_word(text, "period; write it as 2023-05-15..2023-05-23");
}

// A rule, a price and the days that it is asked for.
struct Part {
  domain::ProrationRule rule = domain::ProrationRule::kActualDays;
  domain::PeriodEnd end = domain::PeriodEnd::kExclusive;
  Money price;
  Period days;
  Period month;  // The price's whole period: the calendar month where nothing else is said.
  base::Percent vat;
  bool has_vat = false;

  [[nodiscard]] domain::Share share() const { return domain::share_of(rule, days, month); }
};

Result<Part> read_part(const Given& given) {
  Part part;
  const auto rule = domain::parse_proration_rule(given.places[0]);
  if (!rule) return refuse_word(given.places[0], "rule of proration");
  part.rule = *rule;
  if (const auto end = given.option("end")) {
    const auto known = domain::parse_period_end(*end);
    if (!known) return refuse_word(*end, "end; say exclusive or inclusive");
    part.end = *known;
  }
  part.price = TRY(read_amount(given.places[1]));
  part.days = TRY(read_period(given.places[2], part.end));
  part.month = base::Month::of(part.days.from()).period();
  if (const auto of = given.option("of")) {
    part.month = TRY(read_period(*of, domain::PeriodEnd::kExclusive));
  }
  if (part.month.is_empty() || part.days.intersect(part.month) != part.days) {
    return refuse_word(given.places[2], "part of " + part.month.from().to_string() + ".." +
                                            part.month.to().to_string());
  }
  if (const auto vat = given.option("vat")) {
    part.vat = TRY(read_percent(*vat));
    part.has_vat = true;
  }
  return part;
}

std::string tell(const Part& part, Money net) {
  const domain::Share share = part.share();
  const Money vat = base::percent_of(net, part.vat, base::RoundingMode::kHalfUp);
  return std::to_string(share.numerator) + "/" + std::to_string(share.denominator) + "  " +
         (part.has_vat ? sums_text(net, vat) : net.to_decimal_string());
}

Result<Command> prorate(const Given& given) {
  const Part part = TRY(read_part(given));
  return Calculate{[part]() -> Result<std::vector<std::string>> {
    const domain::Share share = part.share();
    return std::vector{tell(part, base::scale(part.price, share.numerator, share.denominator,
                                              base::RoundingMode::kHalfUp))};
  }};
}

Result<Command> true_up(const Given& given) {
  const Part part = TRY(read_part(given));
  const base::Decimal least = TRY(read_decimal(given.places[1]));
  const base::Decimal spent = TRY(read_decimal(TRY(needed(given, "spent"))));
  return Calculate{[part, least, spent]() -> Result<std::vector<std::string>> {
    const domain::Minimum minimum[] = {{{least}, part.share()}};
    const base::Decimal missing = domain::true_up(minimum, spent);
    return std::vector{
        tell(part, base::line_amount(base::Decimal::from_integer(1), {missing},
                                     part.price.currency(), base::RoundingMode::kHalfUp))};
  }};
}

Result<Command> local_day(const Given& given) {
  const auto at = base::Instant::parse(given.places[0]);
  if (!at) return refuse_word(given.places[0], "instant; write it as 2024-02-01T06:30:00Z");
  const auto zone = locale::load_time_zone(given.places[1]);
  if (!zone) return refuse_word(given.places[1], "time zone");
  return Calculate{[at = *at, zone = *zone]() -> Result<std::vector<std::string>> {
    return std::vector{zone.local_date(at).to_string()};
  }};
}

}  // namespace

std::span<const Verb> proration_verbs() {
  static constexpr Verb kVerbs[] = {
      {.name = "prorate",
       .form = "prorate RULE PRICE FROM..TO [of FROM..TO] [end exclusive|inclusive] "
               "[vat PERCENT]",
       .timing = Timing::kAnyTime,
       .places_min = 3,
       .places_max = 3,
       .options = "of end vat",
       .make = prorate},
      {.name = "true up",
       .form = "true up RULE MINIMUM FROM..TO spent AMOUNT [of FROM..TO] "
               "[end exclusive|inclusive] [vat PERCENT]",
       .timing = Timing::kAnyTime,
       .places_min = 3,
       .places_max = 3,
       .options = "spent of end vat",
       .make = true_up},
      {.name = "local day",
       .form = "local day INSTANT ZONE",
       .timing = Timing::kAnyTime,
       .places_min = 2,
       .places_max = 2,
       .make = local_day},
  };
  return kVerbs;
}

}  // namespace scenarios
