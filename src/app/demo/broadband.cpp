#include "app/demo/broadband.h"

#include <algorithm>

namespace app::demo {
namespace {

using base::Date;
using base::Month;

constexpr std::int64_t kFirstNumber = 100'000;
constexpr std::int64_t kFirstOrder = 70'000;
// Numbers of other divisions' customers lie between.
constexpr std::int64_t kNumberStep = 7;
// How far back the oldest service began.
constexpr std::int32_t kMonthsBack = 45;

struct Item {
  std::string_view code;
  std::string_view price;
};
constexpr Item kItems[] = {{"ROUTER-AX", "796,00"}, {"INSTALL", "1272,80"}, {"MESH-2", "399,20"}};

// Of ten, as the division's customers have chosen.
constexpr std::string_view kPlans[] = {"FIBER100", "FIBER100",  "FIBER100",  "FIBER100", "FIBER250",
                                       "FIBER250", "FIBER1000", "FIBER1000", "DSL24",    "DSL24"};
constexpr std::string_view kDeliveries[] = {"epost", "epost",  "epost",  "epost",    "kivra",
                                            "kivra", "papper", "papper", "autogiro", "autogiro"};
constexpr std::string_view kPayments[] = {"faktura", "faktura", "faktura", "direkt",
                                          "delbetalning12"};

std::string source_number(std::int64_t number) {
  return "B" + std::to_string(kFirstNumber + (number + 1) * kNumberStep);
}

// A day from the first of one month to the last of another.
Date some_day(Dice& dice, Month from, Month to) {
  const Date first = from.period().from();
  const auto days = static_cast<std::uint32_t>(to.next().period().from() - first);
  return first + static_cast<std::int32_t>(dice.below(days));
}

std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

std::string order_line(std::int64_t number, Dice& dice, Month last_month) {
  const Item& item = dice.pick(std::span<const Item>(kItems));
  // Now and then something was agreed that the price list does not say.
  const std::string price(dice.percent(10) ? kItems[2].price : item.price);
  const Date day = some_day(dice, last_month.previous(), last_month);
  const std::string_view payment = dice.pick(std::span<const std::string_view>(kPayments));
  return std::to_string(kFirstOrder + number + 1) + ";" + source_number(number) + ";" +
         day.to_string() + ";" + std::string(item.code) + ";" + (dice.percent(20) ? "2" : "1") +
         ";" + price + ";" + std::string(payment) + "\n";
}

// What stands in a customer's line.
struct CustomerFields {
  Person person;
  std::string_view plan;
  Date starts;
  std::string ends;
  std::string_view campaign;
  std::string_view delivery;
};

CustomerFields make_fields(Dice& dice, Person person, Month last_month) {
  CustomerFields fields{.person = std::move(person),
                        .plan = dice.pick(std::span<const std::string_view>(kPlans)),
                        .starts = {},
                        .ends = {},
                        .campaign = {},
                        .delivery = dice.pick(std::span<const std::string_view>(kDeliveries))};
  const Month oldest = Month::from_index(last_month.index() - kMonthsBack);
  const Month recent = Month::from_index(last_month.index() - 3);
  fields.starts =
      dice.percent(15) ? some_day(dice, recent, last_month) : some_day(dice, oldest, recent);
  if (fields.starts >= recent.period().from() && dice.percent(40)) fields.campaign = "HALVA3";
  if (fields.campaign.empty() && dice.percent(6)) {
    const Date ends = some_day(dice, last_month.previous(), last_month);
    if (ends > fields.starts) fields.ends = ends.to_string();
  }
  return fields;
}

void add_dirt(Dice& dice, Person& person) {
  if (dice.percent(10)) person.name = mistyped(person.name, dice);
  if (dice.percent(11)) person.identity_number.clear();
  if (dice.percent(20)) person.postal_code = without_spaces(person.postal_code);
  if (dice.percent(20)) person.city = shouted(person.city);
  if (dice.percent(35)) person.email.clear();
  if (dice.percent(35)) {
    person.phone.clear();
  } else if (dice.percent(50)) {
    person.phone = "+46" + person.phone.substr(1);
  }
}

}  // namespace

std::string_view customers_header() {
  return "kundnr;namn;personnr_orgnr;adress;postnr;ort;epost;telefon;plan;startdatum;slutdatum;"
         "kampanj;faktura_form;skapad\n";
}

std::string_view orders_header() {
  return "ordernr;kundnr;datum;artikel;antal;pris_exkl_moms;betalsatt\n";
}

BroadbandLines broadband_lines(std::uint64_t seed, std::int64_t number, Month last_month) {
  Dice dice(seed, "broadband:" + std::to_string(number));
  CustomerFields fields = make_fields(dice, make_person(seed, number), last_month);
  Person& person = fields.person;
  add_dirt(dice, person);
  BroadbandLines lines;
  const std::string starts = fields.starts.to_string();
  const std::string texts[] = {source_number(number),
                               person.name,
                               person.identity_number,
                               person.street,
                               person.postal_code,
                               person.city,
                               person.email,
                               person.phone,
                               std::string(fields.plan),
                               starts,
                               fields.ends,
                               std::string(fields.campaign),
                               std::string(fields.delivery),
                               starts};
  for (const std::string& text : texts) {
    lines.customer += (lines.customer.empty() ? "" : ";") + text;
  }
  lines.customer += "\n";
  if (dice.percent(8)) lines.order = order_line(number, dice, last_month);
  return lines;
}

std::string customers_junk(Month last_month) {
  return "B999999;Trasig Rad;19990230-9999;;;;inte-en-adress;12;FIBER9999;" +
         last_month.to_string().substr(0, 4) + "-13-45;;;;\n";
}

std::string orders_junk(Month last_month) {
  return "79999;B999999;" + last_month.period().from().to_string() +
         ";ROUTER-AX;1;796,00;faktura\n";
}

}  // namespace app::demo
