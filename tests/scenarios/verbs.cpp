#include "tests/scenarios/verbs.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "tests/scenarios/payment_verbs.h"
#include "tests/scenarios/pricing_verbs.h"
#include "tests/scenarios/service_verbs.h"

namespace scenarios {
namespace {

using base::Result;

constexpr int kWorkersMax = 16;

std::unexpected<base::Error> refuse(std::string text) {
  return base::fail("bad_scenario", std::move(text));
}

Result<base::Decimal> decimal(const std::string& text, std::string_view what) {
  const auto value = base::Decimal::parse(text);
  if (!value) return refuse("'" + text + "' is no " + std::string(what) + "; write it as 319.20");
  return *value;
}

Result<int> number(const std::string& text, std::string_view what, int max) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1 || value > max) {
    return refuse("'" + text + "' is no " + std::string(what) + " from 1 to " +
                  std::to_string(max));
  }
  return value;
}

Result<std::optional<int>> number_option(const Given& given, std::string_view name, int max) {
  const auto text = given.option(name);
  if (!text) return std::nullopt;
  return TRY(number(*text, name, max));
}

Result<std::optional<base::Decimal>> decimal_option(const Given& given, std::string_view name) {
  const auto text = given.option(name);
  if (!text) return std::nullopt;
  return TRY(decimal(*text, name));
}

Result<base::Date> day(const std::string& text) {
  const auto value = base::Date::parse(text);
  if (!value) return refuse("'" + text + "' is no day; write it as 2026-11-01");
  return *value;
}

Result<Command> country(const Given& given) { return SetCountry{given.places[0]}; }

Result<Command> seller(const Given& given) {
  constexpr int kDueDaysMax = 365, kNumberMax = 1'000'000'000;
  return SetOperator{.reference_scheme = given.option("reference"),
                     .grouping = given.option("grouping"),
                     .due_days = TRY(number_option(given, "due", kDueDaysMax)),
                     .first_number = TRY(number_option(given, "first", kNumberMax)),
                     .frequency = given.option("frequency"),
                     .minimum = TRY(decimal_option(given, "minimum"))};
}

// What the options of a customer are called in the division's file. Their values go there as
// they are written: a day that does not exist is the import's to refuse.
constexpr std::pair<std::string_view, std::string_view> kCustomerFields[] = {
    {"plan", "plan"},
    {"from", "startdatum"},
    {"to", "slutdatum"},
    {"campaign", "kampanj"},
    {"identity", "personnr_orgnr"},
    {"email", "epost"},
    {"delivery", "faktura_form"},
    {"street", "adress"},
    {"city", "ort"},
};
constexpr std::string_view kCustomerOptions =
    "number plan from to campaign identity email delivery street city";

GiveRecord customer_record(const Given& given) {
  GiveRecord record{.file = RecordFile::kCustomers,
                    .key = given.option("number").value_or(""),
                    .name = given.places[0],
                    .fields = {}};
  for (const auto& [option, heading] : kCustomerFields) {
    if (const auto value = given.option(option)) record.fields[std::string(heading)] = *value;
  }
  return record;
}

Result<Command> customer(const Given& given) {
  if (!given.has("plan")) return refuse("'plan' is missing");
  GiveRecord record = customer_record(given);
  record.fields["namn"] = record.name;
  return record;
}

Result<Command> change(const Given& given) { return customer_record(given); }

Result<Command> ends(const Given& given) {
  GiveRecord record = customer_record(given);
  record.fields["slutdatum"] = given.places[1];
  return record;
}

Result<Command> order(const Given& given) {
  const auto place = [&](std::size_t at, const char* otherwise) {
    return given.places.size() > at ? given.places[at] : std::string(otherwise);
  };
  GiveRecord record{.file = RecordFile::kOrders,
                    .key = given.option("number").value_or(""),
                    .name = given.places[0],
                    .fields = {{"artikel", given.places[1]},
                               {"antal", place(2, "1")},
                               {"pris_exkl_moms", place(3, "")},
                               {"betalsatt", given.option("pay").value_or("faktura")}}};
  if (const auto on = given.option("on")) record.fields["datum"] = *on;
  for (const char* amount : {"antal", "pris_exkl_moms"}) {
    std::ranges::replace(record.fields[amount], '.', ',');
  }
  return record;
}

Result<Command> correct(const Given& given) { return CorrectReject{customer_record(given)}; }

Result<Command> phone(const Given& given) {
  return GivePhone{.name = given.places[0], .fields = {given.options.begin(), given.options.end()}};
}

Result<Command> used(const Given& given) {
  GiveUsage usage{.name = given.places[0],
                  .kind = given.places[1],
                  .quantity = given.places[2],
                  .zone = given.option("zone").value_or("SE"),
                  .called = given.option("to").value_or(""),
                  .day = {},
                  .record = given.option("record").value_or(""),
                  .again = given.has("again")};
  if (const auto on = given.option("on")) usage.day = TRY(day(*on));
  return usage;
}

Result<Command> choose(const Given& given) {
  constexpr int kDueDaysMax = 365;
  ChooseProfile profile{
      .name = given.places[0], .set = {}, .minimum = TRY(decimal_option(given, "minimum"))};
  profile.set.grouping = given.option("grouping");
  profile.set.frequency = given.option("frequency");
  profile.set.due_days = TRY(number_option(given, "due", kDueDaysMax));
  return profile;
}

Result<Command> run_billing(const Given& given) {
  RunBilling run{.period = std::nullopt,
                 .day = {},
                 .dry = given.has("dry"),
                 .with_lines = given.has("lines"),
                 .workers = TRY(number_option(given, "workers", kWorkersMax)).value_or(1)};
  if (const auto on = given.option("day")) run.day = TRY(day(*on));
  if (given.places.empty()) return run;
  const auto period = base::Month::parse(given.places[0]);
  if (!period) return refuse("'" + given.places[0] + "' is no month; write it as 2026-10");
  run.period = *period;
  return run;
}

Result<Command> import(const Given& given) {
  if (given.places[0] != "again" && given.places[0] != "everything") {
    return refuse("say 'import again' or 'import everything'");
  }
  return ImportAgain{given.places[0] == "everything"};
}

Result<Command> credit(const Given& given) {
  constexpr int kLinesMax = 1000;
  CreditInvoice value{.number = given.places[0],
                      .lines = {},
                      .amount = given.option("amount"),
                      .service = given.option("service"),
                      .dry = given.has("dry"),
                      .with_lines = given.has("lines")};
  std::string of = given.option("of").value_or("");
  while (!of.empty()) {
    const auto comma = std::min(of.find(','), of.size());
    value.lines.push_back(TRY(number(of.substr(0, comma), "number of a line", kLinesMax)));
    of.erase(0, comma + 1);
  }
  return value;
}

Result<Command> show_credit(const Given& given) { return ShowCredit{given.places[0]}; }

Result<Command> page(const Given& given) { return ShowPage{given.places[0]}; }

Result<Command> papers(const Given& given) { return ShowPapers{given.places[0]}; }

template <class Without>
Result<Command> plain(const Given&) {
  return Without{};
}

}  // namespace

std::optional<std::string> Given::option(std::string_view name) const {
  const auto found = options.find(name);
  return found == options.end() ? std::nullopt : std::optional(found->second);
}

std::span<const Verb> verbs() {
  using enum Timing;
  static constexpr Verb kVerbs[] = {
      {.name = "country",
       .form = "country se|fi|no|dk|de|es|it|xx",
       .timing = kAnyTime,
       .places_min = 1,
       .places_max = 1,
       .make = country},
      {.name = "operator",
       .form = "operator [reference SCHEME] [due DAYS] [grouping TEXT] [frequency TEXT] "
               "[minimum AMOUNT] [first NUMBER]",
       .timing = kAnyTime,
       .options = "reference due grouping frequency minimum first",
       .make = seller},
      {.name = "customer",
       .form = "customer NAME plan ITEM [from DAY] [to DAY] [campaign ITEM] [identity NUMBER] "
               "[email ADDRESS] [delivery FORM] [street TEXT] [city TEXT] [number NUMBER]",
       .places_min = 1,
       .places_max = 1,
       .options = kCustomerOptions,
       .make = customer},
      {.name = "change",
       .form = "change NAME [plan ITEM] [to DAY] ... [number NUMBER]",
       .places_min = 1,
       .places_max = 1,
       .options = kCustomerOptions,
       .make = change},
      {.name = "ends",
       .form = "ends NAME DAY [number NUMBER]",
       .places_min = 2,
       .places_max = 2,
       .options = "number",
       .make = ends},
      {.name = "order",
       .form = "order NAME ITEM [QUANTITY [PRICE]] [pay faktura|direkt|delbetalning12] [on DAY] "
               "[number NUMBER]",
       .places_min = 2,
       .places_max = 4,
       .options = "pay on number",
       .make = order},
      {.name = "sells aurora",
       .form = "sells aurora",
       .timing = kAnyTime,
       .make = plain<SellAurora>},
      {.name = "phone",
       .form = "phone NAME plan ITEM [from DAY] [to DAY] [adds ITEM,ITEM,...] [identity NUMBER] "
               "[changes ITEM@DAY,...]",
       .places_min = 1,
       .places_max = 1,
       .options = "plan from to adds identity changes",
       .make = phone},
      {.name = "used",
       .form = "used NAME data|voice|sms|mms|premium QUANTITY [zone ZONE] [to NUMBER] [on DAY] "
               "[record NUMBER] [again]",
       .places_min = 3,
       .places_max = 3,
       .options = "zone to on record",
       .flags = "again",
       .make = used},
      {.name = "choose",
       .form = "choose NAME [grouping TEXT] [frequency TEXT] [due DAYS] [minimum AMOUNT]",
       .places_min = 1,
       .places_max = 1,
       .options = "grouping frequency due minimum",
       .make = choose},
      {.name = "import",
       .form = "import again|everything",
       .places_min = 1,
       .places_max = 1,
       .make = import},
      {.name = "correct",
       .form = "correct NAME [plan ITEM] [to DAY] ... [number NUMBER]",
       .places_min = 1,
       .places_max = 1,
       .options = kCustomerOptions,
       .make = correct},
      {.name = "retake rejects", .form = "retake rejects", .make = plain<RetakeRejects>},
      {.name = "run billing",
       .form = "run billing [PERIOD] [day DAY] [dry] [lines] [workers COUNT]",
       .places_max = 1,
       .options = "workers day",
       .flags = "dry lines",
       .make = run_billing},
      {.name = "credit",
       .form = "credit INVOICE [of LINE,LINE,...|amount AMOUNT|service NUMBER] [dry] [lines]",
       .places_min = 1,
       .places_max = 1,
       .options = "of amount service",
       .flags = "dry lines",
       .make = credit},
      {.name = "account credit",
       .form = "account credit NAME",
       .places_min = 1,
       .places_max = 1,
       .make = show_credit},
      {.name = "page", .form = "page NAME", .places_min = 1, .places_max = 1, .make = page},
      {.name = "papers", .form = "papers NAME", .places_min = 1, .places_max = 1, .make = papers},
      {.name = "balances", .form = "balances", .make = plain<ShowBalances>},
      {.name = "rejects", .form = "rejects", .make = plain<ShowRejects>},
      {.name = "verify", .form = "verify", .make = plain<ShowVerification>},
  };
  static const std::vector<Verb> kAll = [] {
    std::vector<Verb> all(std::begin(kVerbs), std::end(kVerbs));
    for (const auto family : {catalogue_verbs(), price_verbs(), proration_verbs(), service_verbs(),
                              sum_verbs(), payment_verbs()}) {
      all.insert(all.end(), family.begin(), family.end());
    }
    return all;
  }();
  return kAll;
}

}  // namespace scenarios
