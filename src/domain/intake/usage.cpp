#include "domain/intake/usage.h"

#include <algorithm>
#include <utility>

#include "domain/contact/msisdn.h"
#include "domain/intake/local_time.h"

namespace domain {
namespace {

using base::Decimal;

constexpr std::size_t kNumberBytesMax = 64;
constexpr std::int64_t kDurationMax = std::int64_t{31} * 86'400;
constexpr std::int64_t kVolumeMax = 10'000'000'000'000;
constexpr std::int64_t kPiecesMax = 1'000'000;
constexpr std::int64_t kPriceMax = 1'000'000;

std::string read_number(FieldReader& fields, std::string_view name) {
  std::string number = fields.needed_text(name);
  if (number.size() > kNumberBytesMax) {
    fields.refuse(name, "number_too_long", "a number has 64 letters at the most");
  }
  return number;
}

std::string read_service_number(const Record& record, FieldReader& fields,
                                const IntakeContext& context) {
  if (record.text("msisdn").empty() && !record.text("service_number").empty()) {
    return read_number(fields, "service_number");
  }
  const std::string text = fields.needed_text("msisdn");
  if (text.empty()) return text;
  const auto msisdn = Msisdn::parse(text, context.country);
  if (msisdn) return std::string(msisdn->text());
  fields.refuse("msisdn", "bad_phone", msisdn.error().text);
  return {};
}

void read_price(UsageEvent& event, FieldReader& fields) {
  const auto price = fields.decimal("price", "bad_price");
  if (!price) return;
  if (price->is_negative() || *price > Decimal::from_integer(kPriceMax)) {
    fields.refuse("price", "bad_price", "a price is not below zero and not above a million");
    return;
  }
  event.given_price = base::UnitPrice{*price};
}

DayKind day_kind(base::Date day, const BankCalendar* calendar) {
  if (day.weekday() >= base::Weekday::kSaturday) return DayKind::kWeekend;
  if (calendar == nullptr) return DayKind::kWorkday;
  return calendar->is_bank_day(day).value_or(true) ? DayKind::kWorkday : DayKind::kHoliday;
}

// Without a number of its own a call or a connection would count as nothing, and cost nothing.
void read_quantities(UsageEvent& event, const Record& record, FieldReader& fields) {
  event.duration_s = fields.count("duration_s", kDurationMax, "impossible_usage").value_or(0);
  event.volume_bytes = fields.count("volume_bytes", kVolumeMax, "impossible_usage").value_or(0);
  event.pieces = fields.count("pieces", kPiecesMax, "impossible_usage").value_or(1);
  if (!record.text("pieces").empty() || !record.text("price").empty()) return;
  const std::string_view needed = event.kind == "voice"  ? "duration_s"
                                  : event.kind == "data" ? "volume_bytes"
                                                         : "";
  if (!needed.empty() && record.text(needed).empty()) {
    fields.refuse(needed, "missing_value", "must not be empty: the record does not say how much");
  }
}

}  // namespace

void set_time(UsageEvent& event, base::Instant at, const base::TimeZone& zone,
              const BankCalendar* calendar) {
  const WallTime wall = wall_time(at, zone);
  event.day = wall.day;
  event.second_of_day = wall.second_of_day;
  event.day_kind = day_kind(wall.day, calendar);
}

Intake<UsageRecord> read_usage(const Record& record, const IntakeContext& context) {
  static const base::TimeZone kUtc;
  const base::TimeZone& zone = context.zone != nullptr ? *context.zone : kUtc;
  FieldReader fields(record);
  UsageRecord value;
  value.number = read_number(fields, "number");
  value.service_number = read_service_number(record, fields, context);
  if (const auto at = fields.needed_instant("at", zone)) {
    value.at = *at;
    set_time(value.event, *at, zone, context.calendar);
    if (value.event.day > context.today) {
      fields.refuse("at", "in_the_future", "the record is of a day that is still to come");
    }
  }
  value.event.kind = fields.needed_text("kind");
  value.event.destination = fields.text("destination", Weight::kRefuses);
  value.event.zone = fields.text("zone", Weight::kRefuses);
  value.event.title = fields.text("title", Weight::kRefuses);
  read_quantities(value.event, record, fields);
  read_price(value.event, fields);
  return std::move(fields).finish(std::move(value));
}

UsageTerms usage_terms(const ServiceTerms& terms, std::string_view division,
                       std::string_view brand) {
  return {.division = std::string(division),
          .plan = terms.plan,
          .add_ons = terms.add_ons,
          .brand = std::string(brand)};
}

base::Result<> check_rated(const RatedUsage& rated) {
  constexpr std::int64_t kQuantityMax = 100'000'000, kAmountMax = 1'000'000'000;
  constexpr base::Int128 kTenthPlace = 100;
  const auto within = [](Decimal value, std::int64_t most) {
    return -Decimal::from_integer(most) <= value && value <= Decimal::from_integer(most);
  };
  if (within(rated.quantity, kQuantityMax) && within(rated.amount, kAmountMax) &&
      rated.amount.scaled() % kTenthPlace == 0) {
    return {};
  }
  return base::fail("impossible_usage", "no single record comes to so much");
}

}  // namespace domain
