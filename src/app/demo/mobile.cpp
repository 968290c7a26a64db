#include "app/demo/mobile.h"

#include "app/demo/people.h"
#include "base/text/json.h"

namespace app::demo {
namespace {

using base::Date;
using base::Json;
using base::Month;

constexpr std::int64_t kFirstSim = 1;
constexpr std::int64_t kSimsMax = 3;
constexpr std::int32_t kMonthsBack = 30;

// Of ten, as the division's customers have chosen.
constexpr std::string_view kPlans[] = {"MOB5",  "MOB5",   "MOB5",   "MOB20",      "MOB20",
                                       "MOB20", "MOBFRI", "MOBFRI", "MOBKONTANT", "MOBKONTANT"};
constexpr std::string_view kAddOns[] = {"SURF10", "SAKER", "TVILLING", "UTLAND"};
constexpr std::string_view kLabels[] = {"iPad", "jobb", "barnens", "sommarstugan"};
constexpr std::string_view kKinds[] = {"data",  "data",  "data", "data", "voice",
                                       "voice", "voice", "sms",  "sms",  "mms"};
constexpr std::string_view kNumbers[] = {
    "", "+46701740699", "+46701740699", "+4684650042", "+358401234567", "118118"};
constexpr std::string_view kZones[] = {"EU", "EU", "EU", "NO", "NO", "CH", "US"};

template <class T, std::size_t kSize>
const T& one_of(Dice& dice, const T (&choices)[kSize]) {
  return dice.pick(std::span<const T>(choices));
}

std::string padded(std::int64_t value, std::size_t digits) {
  std::string text = std::to_string(value);
  if (text.size() < digits) text.insert(0, digits - text.size(), '0');
  return text;
}

// A block that the made-up operator has for itself: three numbers for each customer.
std::string msisdn(std::int64_t sim) { return "+46709" + padded(sim, 6); }

Date some_day(Dice& dice, Month month) {
  const auto days = static_cast<std::uint32_t>(month.period().days());
  return month.period().from() + static_cast<std::int32_t>(dice.below(days));
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json customer_of(const Person& person, std::int64_t number) {
  const std::size_t space = person.is_company ? std::string::npos : person.name.find(' ');
  const bool two_names = space != std::string::npos;
  Json address;
  address.set("line1", person.street)
      .set("postal_code", person.postal_code)
      .set("city", person.city)
      .set("country", "SE");
  Json customer;
  customer.set("id", "M-" + padded(number + 1, 6))
      .set("given_name", two_names ? person.name.substr(0, space) : std::string())
      .set("family_name", two_names ? person.name.substr(space + 1) : person.name)
      .set("national_id", text_or_null(person.identity_number))
      .set("email", text_or_null(person.email))
      .set("contact_msisdn", "+46" + person.phone.substr(1))
      .set("address", std::move(address));
  return customer;
}

std::string subscription_line(Dice& dice, const Person& person, std::int64_t number,
                              std::int64_t sim, Month last_month) {
  const Month begun = Month::from_index(last_month.index() - 2 -
                                        static_cast<std::int32_t>(dice.below(kMonthsBack)));
  Json changes = Json::array();
  if (dice.percent(6)) {
    Json change;
    change.set("at", some_day(dice, last_month).to_string())
        .set("to", std::string(one_of(dice, kPlans)));
    changes.push(std::move(change));
  }
  Json add_ons = Json::array();
  for (const std::string_view add_on : kAddOns) {
    if (dice.percent(12)) add_ons.push(std::string(add_on));
  }
  Json line;
  line.set("subscriber_id", "S" + padded(sim, 7))
      .set("customer", customer_of(person, number))
      .set("msisdn", msisdn(sim))
      .set("plan_code", std::string(one_of(dice, kPlans)))
      .set("activated_on", some_day(dice, begun).to_string())
      .set("terminated_on",
           dice.percent(3) ? Json(last_month.period().last_day().to_string()) : Json())
      .set("plan_changes", std::move(changes))
      .set("add_ons", std::move(add_ons))
      .set("label", dice.percent(40) ? Json(std::string(one_of(dice, kLabels))) : Json());
  return line.dump() + "\n";
}

// "2026-10-03T18:04:09", and how far that is from Greenwich: an hour the same for all, so that
// the made-up day does not depend on the season.
std::string some_time(Dice& dice, Month month) {
  const auto two = [&](std::uint32_t below) { return padded(dice.below(below), 2); };
  const std::string day = some_day(dice, month).to_string();
  const std::string hour = padded(6 + dice.below(16), 2);
  const std::string minute = two(60);
  return day + "T" + hour + ":" + minute + ":" + two(60) + (dice.percent(50) ? "Z" : "+01:00");
}

std::string call_line(Dice& dice, std::int64_t sim, Month month, int record) {
  const std::string_view kind = one_of(dice, kKinds);
  const bool abroad = kind != "mms" && dice.percent(5);
  const std::string zone(abroad ? one_of(dice, kZones) : "SE");
  std::string destination = "internet", duration = "0", volume = "0", price;
  if (kind == "data") {
    volume = std::to_string(1'000'000LL * (5 + dice.below(abroad ? 20 : 900)));
  } else {
    destination = one_of(dice, kNumbers);
  }
  if (kind == "voice") duration = std::to_string(10 + dice.below(900));
  std::string line = month.to_string() + "-" + padded(sim, 7) + "-" + padded(record, 3);
  for (const std::string& field : {msisdn(sim), some_time(dice, month), std::string(kind),
                                   destination, zone, duration, volume, price}) {
    line += "," + field;
  }
  return line + "\n";
}

}  // namespace

std::string calls_file(Month month) { return "mobil_cdr_" + month.to_string() + ".csv"; }

std::string_view calls_header() {
  return "record_id,msisdn,started_at,kind,destination,zone,duration_s,volume_bytes,"
         "premium_price_incl_vat\n";
}

MobileLines mobile_lines(std::uint64_t seed, std::int64_t number, Month last_month) {
  Dice dice(seed, "mobile:" + std::to_string(number));
  MobileLines lines;
  if (!dice.percent(60)) return lines;
  Person person = make_person(seed, number);
  if (dice.percent(30)) person.identity_number.clear();
  if (dice.percent(30)) person.email.clear();
  const std::int64_t sims = 1 + dice.below(kSimsMax);
  for (std::int64_t at = 0; at < sims; ++at) {
    const std::int64_t sim = kFirstSim + number * kSimsMax + at;
    lines.subscriptions += subscription_line(dice, person, number, sim, last_month);
    const auto records = static_cast<int>(4 + dice.below(16));
    for (int record = 0; record < records; ++record) {
      const std::string before = call_line(dice, sim, last_month.previous(), record);
      lines.calls_before += before;
      if (dice.percent(1)) lines.calls_last += before;
      lines.calls_last += call_line(dice, sim, last_month, record);
    }
  }
  return lines;
}

std::string calls_junk(Month month) {
  const std::string first = month.period().from().to_string();
  return month.to_string() + "-9999999-001,+46709999999," + first + "T10:00:00Z,voice,,SE,60,0,\n" +
         month.to_string() + "-9999999-002,+46709000001,not-a-time,voice,,SE,60,0,\n";
}

std::string_view subscriptions_junk() {
  return "{\"subscriber_id\":\"S9999999\",\"customer\":{\"id\":\"M-BAD\"\n";
}

}  // namespace app::demo
