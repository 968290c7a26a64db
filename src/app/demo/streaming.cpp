#include "app/demo/streaming.h"

#include "app/demo/people.h"
#include "base/text/json.h"

namespace app::demo {
namespace {

using base::Json;
using base::Month;

constexpr std::int64_t kFirstAccount = 900'000;
constexpr std::int64_t kNumberStep = 3;
constexpr std::int32_t kMonthsBack = 24;

struct Film {
  std::string_view title, kind, price;
};
constexpr Film kFilms[] = {{"Sommarnatt", "rental", "39.00"},
                           {"Den sista färjan", "purchase", "129.00"},
                           {"Åskregn", "rental", "49.00"},
                           {"Kärlek & fiber", "rental", "59.00"},
                           {"Derbyt", "ppv", "149.00"}};
constexpr std::string_view kPackages[] = {"PLAY-BAS", "PLAY-SPORT", "PLAY-FAMILJ"};
constexpr std::string_view kPayments[] = {"invoice", "invoice", "card", "mandate"};

std::string some_day(Dice& dice, Month month) {
  const auto days = static_cast<std::uint32_t>(month.period().days());
  return (month.period().from() + static_cast<std::int32_t>(dice.below(days))).to_string();
}

std::string purchase_line(const std::string& event, std::int64_t account, const Film& film,
                          const std::string& day) {
  Json line;
  line.set("event_id", event)
      .set("account_no", account)
      .set("type", std::string(film.kind))
      .set("title", std::string(film.title))
      .set("price_incl_vat", std::string(film.price))
      .set("at", day + "T18:30:00Z");
  return line.dump() + "\n";
}

}  // namespace

std::string_view accounts_header() {
  return "\xEF\xBB\xBF"
         "account_no,email,display_name,birth_year,country,package,signup_date,cancelled_date,"
         "pay_with\n";
}

StreamingLines streaming_lines(std::uint64_t seed, std::int64_t number, Month last_month) {
  Dice dice(seed, "streaming:" + std::to_string(number));
  StreamingLines lines;
  if (!dice.percent(45)) return lines;
  const Person person = make_person(seed, number);
  if (person.is_company) return lines;
  const std::int64_t account = kFirstAccount + (number + 1) * kNumberStep;
  const Month begun = Month::from_index(last_month.index() - 2 -
                                        static_cast<std::int32_t>(dice.below(kMonthsBack)));
  const std::string name =
      dice.percent(40) ? person.name.substr(0, person.name.find(' ')) : person.name;
  lines.account = std::to_string(account) + "," + person.email + "," + name + ",,SE," +
                  std::string(dice.pick(std::span<const std::string_view>(kPackages))) + "," +
                  some_day(dice, begun) + ",," +
                  std::string(dice.pick(std::span<const std::string_view>(kPayments))) + "\n";
  int event = 0;
  for (const Month month : {last_month.previous(), last_month}) {
    for (std::uint32_t left = dice.below(3); left > 0; --left) {
      const Film& film = dice.pick(std::span<const Film>(kFilms));
      lines.purchases += purchase_line("p" + std::to_string(account * 10 + event++), account, film,
                                       some_day(dice, month));
    }
  }
  return lines;
}

std::string accounts_junk(Month last_month) {
  const base::Period period = last_month.period();
  return "999999,slut@example.com,Slut,,SE,PLAY-BAS," + period.last_day().to_string() + "," +
         period.from().to_string() + ",card\n";
}

std::string purchases_junk(Month last_month) {
  return purchase_line("p0", 1, kFilms[0], last_month.period().from().to_string());
}

}  // namespace app::demo
