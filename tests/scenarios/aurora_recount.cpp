#include "tests/scenarios/aurora_recount.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <stdexcept>
#include <vector>

#include "base/time/date.h"
#include "support/json/parse.h"

namespace scenarios {
namespace {

using base::Date;
using Wide = __int128;

constexpr Wide kUnit = 600'000'000'000;  // A krona: of any price a second and a byte are whole.
constexpr Wide kOre = kUnit / 100;
constexpr Wide kTenthsOfByte = 10'000'000'000;  // A GB of 1,000 MB.

Wide half_up(Wide amount, Wide divisor) {
  return amount >= 0 ? (2 * amount + divisor) / (2 * divisor)
                     : -((-2 * amount + divisor) / (2 * divisor));
}

// "0.1512" or "796,00" in units.
Wide price(const std::string& text) {
  Wide value = 0, scale = 0;
  for (const char c : text) {
    if (c == '.' || c == ',') {
      scale = 1;
    } else {
      value = value * 10 + (c - '0');
      scale *= 10;
    }
  }
  return value * kUnit / std::max<Wide>(scale, 1);
}

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (line.ends_with('\r')) line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> fields_of(const std::string& line, char separator) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == separator && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

std::optional<Date> day_of(const std::string& text) {
  const auto day = Date::parse(text);
  return day ? std::optional(*day) : std::nullopt;
}

// The day in Sweden of "2026-10-25T01:30:00Z" or "...+02:00": two hours before UTC's until the
// last Sunday of October at one o'clock UTC, one hour after it.
std::optional<Date> swedish_day(const std::string& text) {
  const auto number = [&](std::size_t at) { return std::atoi(text.substr(at, 2).c_str()); };
  const auto day = text.size() < 20 ? std::nullopt : day_of(text.substr(0, 10));
  if (!day || number(11) > 23 || number(14) > 59) return std::nullopt;
  const int offset = text[19] == 'Z' ? 0 : number(20) * 60 + number(23);
  const int utc = number(11) * 60 + number(14) - offset;  // Minutes of that day.
  const Date change = *day_of("2026-10-25");
  const int minutes_of_change = (*day - change) * 24 * 60 + utc;
  const int local = utc + (minutes_of_change < 60 ? 120 : 60);
  return *day + (local < 0 ? -1 : local / (24 * 60));
}

struct Days {
  Date from, to;  // `to` is after the last.
  [[nodiscard]] bool holds(Date day) const { return from <= day && day < to; }
  [[nodiscard]] int count() const { return to - from; }
};

Days both(Days a, Days b) {
  const Date from = std::max(a.from, b.from);
  return {from, std::max(from, std::min(a.to, b.to))};
}

Days month_days(int month) {
  const auto first = [](int m) {
    return *day_of("2026-" + std::string(m < 10 ? "0" : "") + std::to_string(m) + "-01");
  };
  return {first(month), first(month + 1)};
}

const Date kForEver = Date::parse("2100-01-01").value();

// The prices of katalog.json, as they stand there.
struct Prices {
  explicit Prices(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    all = json::parse(text).value();
  }
  // Of a plan or an add-on, a month.
  [[nodiscard]] Wide month(const std::string& item) const {
    const base::Json& found = is_plan(item) ? all["plans"][item] : all["add_ons"][item];
    return price(found.as_string() != nullptr ? *found.as_string() : found.text("month"));
  }
  [[nodiscard]] bool is_plan(const std::string& item) const {
    return !all["plans"][item].is_null();
  }
  // "usage", or a zone's, or those of the plan that pays for what it uses.
  [[nodiscard]] Wide usage(const char* name) const { return price(all["usage"].text(name)); }
  [[nodiscard]] Wide abroad(const std::string& zone, const char* name) const {
    return price(all["usage"]["abroad"][zone].text(name));
  }
  [[nodiscard]] Wide by_use(const char* name) const {
    return price(all["plans"]["MOBKONTANT"].text(name));
  }
  base::Json all;
};

const char* const kByUse = "MOBKONTANT";

struct Sim {
  std::string number;
  Days days;
  std::vector<std::pair<Days, std::string>> plans;
  std::vector<std::string> add_ons;
};

// What a SIM used of an item under a plan in a month.
struct Used {
  Wide quantity = 0;  // Tenths of bytes; nothing else has an allowance that counts.
  Wide amount = 0;
};
using UsedBy = std::map<std::pair<std::string, std::string>, Used>;  // By item and plan.

// Whether the price is a foreign zone's own.
bool is_far(const std::string& zone) { return zone == "US" || zone == "CH" || zone == "SAT"; }

class Counter {
 public:
  explicit Counter(const std::string& folder) : folder_(folder), prices_(folder + "katalog.json") {}

  Recount count() {
    count_broadband();
    count_orders();
    count_sims();
    count_play();
    for (const char* file : {"mobil_cdr_2026-09.csv", "mobil_cdr_2026-10.csv"}) count_calls(file);
    for (const auto& [key, used] : used_) close_month(*key.first, key.second, used);
    count_films();
    return std::move(result_);
  }

 private:
  // --- Subscriptions: September and October in the first run, November in the second.

  void add_month(AuroraRun run, const OwedKey& key, Days days, int month, bool halved) {
    const Days all = month_days(month), part = both(days, all);
    if (part.count() == 0) return;
    const Wide net = half_up(prices_.month(key.item) * part.count(), kOre * all.count());
    OwedKey owed = key;
    owed.run = run;
    result_.net[owed] += static_cast<std::int64_t>(net);
    owed.item = "HALVA3";
    if (halved) result_.net[owed] -= static_cast<std::int64_t>(half_up(net, 2));
  }

  // `whole`: the first whole month of the campaign HALVA3; 0 without one.
  void add_recurring(const OwedKey& key, Days days, int whole = 0) {
    const auto halved = [&](int month) {
      return whole != 0 && whole <= month && month < whole + 3;
    };
    add_month(AuroraRun::kSeptember, key, days, 9, halved(9));
    add_month(AuroraRun::kSeptember, key, days, 10, halved(10));
    add_month(AuroraRun::kOctober, key, days, 11, halved(11));
  }

  void count_service(const std::string& division, Days days) {
    const auto count = [&](AuroraRun run, Days billed) {
      ServiceCount& services = result_.services[{run, division}];
      if (both(days, billed).count() > 0) {
        ++services.billed;
      } else {
        ++(days.to <= billed.from ? services.ended_before : services.not_begun);
      }
    };
    count(AuroraRun::kSeptember, {month_days(9).from, month_days(10).to});
    count(AuroraRun::kOctober, month_days(11));
  }

  static Days days_of(const std::string& from, const std::string& last) {
    return {*day_of(from), last.empty() ? kForEver : *day_of(last) + 1};
  }

  void count_broadband() {
    FileCount& file = result_.files["bredband_kunder.csv"];
    const auto lines = lines_of(folder_ + "bredband_kunder.csv");
    for (std::size_t at = 1; at < lines.size(); ++at) {
      const auto row = fields_of(lines[at], ';');
      ++file.read;
      if (!prices_.is_plan(row[8])) {
        ++file.refused["unknown_plan"];
        continue;
      }
      ++file.accepted;
      const Days days = days_of(row[9], row[10]);
      const auto start = days.from.to_string();  // Months are counted within 2026.
      const int month = (std::stoi(start.substr(0, 4)) - 2026) * 12 + std::stoi(start.substr(5, 2));
      const int whole = row[11].empty() ? 0 : month + (start.ends_with("-01") ? 0 : 1);
      add_recurring({{}, "broadband", row[0], row[8]}, days, whole);
      count_service("broadband", days);
    }
  }

  void count_orders() {
    FileCount& file = result_.files["bredband_order.csv"];
    const auto lines = lines_of(folder_ + "bredband_order.csv");
    for (std::size_t at = 1; at < lines.size(); ++at) {
      const auto row = fields_of(lines[at], ';');
      ++file.read;
      ++file.accepted;
      const AuroraRun run =
          *day_of(row[2]) < month_days(10).from ? AuroraRun::kSeptember : AuroraRun::kOctober;
      const auto net = static_cast<std::int64_t>(half_up(price(row[5]) * std::stoi(row[4]), kOre));
      result_.net[{run, "broadband", row[1], row[3]}] += net;
      OneOffs& one_offs = result_.one_offs[{run, row[6]}];
      ++one_offs.orders;
      one_offs.minor += net;
    }
  }

  void count_sims() {
    FileCount& file = result_.files["mobil_abonnemang.jsonl"];
    for (const std::string& line : lines_of(folder_ + "mobil_abonnemang.jsonl")) {
      ++file.read;
      const auto json = json::parse(line);
      if (!json) {
        ++file.refused["bad_json"];
        continue;
      }
      ++file.accepted;
      Sim sim{json->text("msisdn"),
              days_of(json->text("activated_on"), json->text("terminated_on")),
              {},
              {}};
      std::map<Date, std::string> plans = {{sim.days.from, json->text("plan_code")}};
      for (const base::Json& change : *(*json)["plan_changes"].as_array()) {
        plans[*day_of(change.text("at"))] = change.text("to");
      }
      for (auto at = plans.begin(); at != plans.end(); ++at) {
        const Date to = std::next(at) == plans.end() ? sim.days.to : std::next(at)->first;
        sim.plans.push_back({both({at->first, to}, sim.days), at->second});
        add_recurring({{}, "mobile", sim.number, at->second}, sim.plans.back().first);
      }
      for (const base::Json& add_on : *(*json)["add_ons"].as_array()) {
        sim.add_ons.push_back(*add_on.as_string());
        add_recurring({{}, "mobile", sim.number, sim.add_ons.back()}, sim.days);
      }
      count_service("mobile", sim.days);
      sims_[json->text("msisdn")] = std::move(sim);
    }
  }

  void count_play() {
    FileCount& file = result_.files["play_konton.csv"];
    const auto lines = lines_of(folder_ + "play_konton.csv");
    for (std::size_t at = 1; at < lines.size(); ++at) {
      const auto row = fields_of(lines[at], ',');
      ++file.read;
      const Days days = days_of(row[6], row[7]);
      if (days.to <= days.from) {
        ++file.refused["service_ends_before_start"];
        continue;
      }
      ++file.accepted;
      add_recurring({{}, "streaming", row[0], row[5]}, days);
      count_service("streaming", days);
      play_[row[0]] = days;
    }
  }

  // --- Usage.

  void count_calls(const std::string& name) {
    FileCount& file = result_.files[name];
    const auto lines = lines_of(folder_ + name);
    for (std::size_t at = 1; at < lines.size(); ++at) {
      const auto row = fields_of(lines[at], ',');
      ++file.read;
      const auto before = seen_.find(row[0]);
      if (before != seen_.end() && before->second == lines[at]) {
        ++file.repeated;
        continue;
      }
      const auto day = swedish_day(row[2]);
      const std::string refused = day ? take_call(row, *day) : "not_a_time";
      if (!refused.empty()) {
        ++file.refused[refused];
        continue;
      }
      ++file.accepted;
      ++result_.usage[name][std::stoi(day->to_string().substr(5, 2))];
      seen_[row[0]] = lines[at];
    }
  }

  // Answers why not, or nothing.
  std::string take_call(const std::vector<std::string>& row, Date day) {
    if (row[6].starts_with('-') || row[7].starts_with('-')) return "impossible_usage";
    const auto sim = sims_.find(row[1]);
    if (sim == sims_.end()) return "unknown_service";
    const auto plan = std::ranges::find_if(sim->second.plans,
                                           [&](const auto& each) { return each.first.holds(day); });
    if (plan == sim->second.plans.end()) return "service_not_active";
    const std::string zone = row[5].empty() ? "SE" : row[5];
    if (row[3] == "mms" && is_far(zone)) return "no_price";
    const int month = std::stoi(day.to_string().substr(5, 2));
    const auto [item, used] = price_of_call(row, zone, plan->second);
    Used& sum = used_[{&sim->second, month}][{item, plan->second}];
    sum.quantity += used.quantity;
    sum.amount += used.amount;
    return {};
  }

  // "", "-EU", "-NO", after the name of the plan that pays for what it uses.
  static std::string named(const std::string& item, const std::string& zone, bool by_use) {
    return item + (by_use ? "-MOBKONTANT" : "") + (zone == "SE" ? "" : "-" + zone);
  }

  [[nodiscard]] std::pair<std::string, Used> price_of_call(const std::vector<std::string>& row,
                                                           const std::string& zone,
                                                           const std::string& plan) const {
    const bool by_use = plan == kByUse;
    const std::string& kind = row[3];
    if (kind == "premium") return {"PREMIUM", {0, price(row[8])}};
    if (kind == "mms") return {"MMS", {0, prices_.usage("mms")}};
    if (kind == "sms") {
      if (is_far(zone)) return {"SMS-" + zone, {0, prices_.abroad(zone, "sms")}};
      return {named("SMS", zone, by_use), {0, by_use ? prices_.by_use("sms") : 0}};
    }
    if (kind == "voice") return price_of_voice(row[4], std::stoll(row[6]), zone, by_use);
    const Wide bytes = std::stoll(row[7]);
    if (is_far(zone)) {
      return {"DATA-" + zone,
              {bytes * 10, bytes * prices_.abroad(zone, "data_per_mb") / 1'000'000}};
    }
    const Wide each = by_use ? prices_.by_use("data_per_mb") : 0;
    return {named("DATA", zone, by_use), {bytes * 10, bytes * each / 1'000'000}};
  }

  // By the second from the first minute on; the plan that pays for what it uses, by the minute.
  [[nodiscard]] std::pair<std::string, Used> price_of_voice(const std::string& called,
                                                            std::int64_t seconds,
                                                            const std::string& zone,
                                                            bool by_use) const {
    if (seconds > 0) seconds = std::max<std::int64_t>(60, seconds);
    if (by_use) seconds = (seconds + 59) / 60 * 60;
    const auto of = [&](Wide minute, Wide start = 0) {
      return Used{0, minute * seconds / 60 + (seconds > 0 ? start : 0)};
    };
    if (called.starts_with("118118")) {
      return {"VOICE-118118",
              of(prices_.usage("voice_to_118118_per_min"), prices_.usage("voice_to_118118_start"))};
    }
    if (called.starts_with("0900")) {
      return {"VOICE-0900", of(prices_.usage("voice_to_0900_per_min"))};
    }
    if (is_far(zone)) return {"VOICE-" + zone, of(prices_.abroad(zone, "voice_per_min"))};
    const bool swedish = !called.starts_with('+') || called.starts_with("+46");
    const bool european = called.starts_with("+358") || called.starts_with("+47");
    if (!swedish && (zone == "SE" || !european)) {
      return {"VOICE-OTHER", of(prices_.usage("voice_to_other_countries_per_min"))};
    }
    if (!by_use) return {named("VOICE", zone, false), {}};
    return {named("VOICE", zone, true),
            of(prices_.by_use("voice_per_min"), prices_.by_use("voice_start"))};
  }

  // --- A month's data and its allowances.

  struct Allowances {
    Wide data = 0, abroad = 0;             // Of the SIM, in tenths of bytes.
    std::map<std::string, Wide> fair_use;  // In the EU and Norway, by plan.
    std::set<std::string> unlimited;       // Plans.
  };

  [[nodiscard]] Allowances allowances_of(const Sim& sim, int month) const {
    const Days all = month_days(month);
    std::map<std::string, int> days;
    for (const auto& [held, plan] : sim.plans) days[plan] += both(held, all).count();
    const auto share = [&](std::int64_t gigabytes, int count) {
      return half_up(kTenthsOfByte * gigabytes * count, all.count());
    };
    Allowances result;
    for (const auto& [plan, count] : days) {
      if (count == 0) continue;
      const base::Json& terms = prices_.all["plans"][plan];
      if (terms.text("data_gb") == "unlimited") result.unlimited.insert(plan);
      result.data += share(terms.integer("data_gb"), count);
      result.fair_use[plan] = share(terms.integer("eu_data_gb", 10), count);
    }
    for (const std::string& add_on : sim.add_ons) {
      const std::int64_t gigabytes = prices_.all["add_ons"][add_on].integer("data_gb");
      const Wide given = share(gigabytes, both(sim.days, all).count());
      (add_on == "UTLAND" ? result.abroad : result.data) += given;
    }
    return result;
  }

  static bool is_in(const std::string& item, std::string_view zone) {
    return item.ends_with("-" + std::string(zone));
  }

  // What a GB costs without allowance: the dearest is covered first.
  [[nodiscard]] Wide dearness(const std::string& item, const std::string& plan) const {
    for (const char* zone : {"US", "CH"}) {
      if (is_in(item, zone)) return prices_.abroad(zone, "data_per_mb") * 1000;
    }
    if (plan == kByUse) return prices_.by_use("data_per_mb") * 1000;
    const std::string block = prices_.all["usage"]["over_data_per_gb_block"].text(plan);
    return block.empty() ? kUnit * 1'000'000 : price(block);
  }

  static Wide take(Wide& from, Wide wanted) {
    const Wide taken = std::min(from, wanted);
    from -= taken;
    return taken;
  }

  void cover_data(const Sim& sim, int month, UsedBy& left) const {
    Allowances given = allowances_of(sim, month);
    std::vector<UsedBy::value_type*> order;
    for (auto& each : left) {
      const std::string& item = each.first.first;
      if (item.starts_with("DATA") && !is_in(item, "SAT")) order.push_back(&each);
    }
    std::ranges::stable_sort(order, std::ranges::greater(), [&](const auto* each) {
      return dearness(each->first.first, each->first.second);
    });
    const auto draw = [&](auto* each) {
      const auto& [item, plan] = each->first;
      Wide& rest = each->second.quantity;
      const bool roams = is_in(item, "EU") || is_in(item, "NO");
      Wide wanted = roams ? std::min(rest, given.fair_use[plan]) : rest;
      if (!given.unlimited.contains(plan)) wanted = take(given.data, wanted);
      if (roams) given.fair_use[plan] -= wanted;
      rest -= wanted;
    };
    const auto is_zone_of_add_on = [](const std::string& item) {
      return is_in(item, "US") || is_in(item, "CH") || is_in(item, "NO");
    };
    for (auto* each : order) {
      if (is_zone_of_add_on(each->first.first)) {
        each->second.quantity -= take(given.abroad, each->second.quantity);
      } else {
        draw(each);
      }
    }
    for (auto* each : order) {
      if (is_in(each->first.first, "NO")) draw(each);
    }
  }

  void close_month(const Sim& sim, int month, const UsedBy& used) {
    if (month > 10) return;
    const AuroraRun run = month == 9 ? AuroraRun::kSeptember : AuroraRun::kOctober;
    UsedBy left = used;
    cover_data(sim, month, left);
    std::map<std::string, Wide> amounts;
    std::map<std::string, Wide> over;
    for (const auto& [key, sum] : used) {
      const auto& [item, plan] = key;
      const Wide rest = left.at(key).quantity;
      if (item.starts_with("DATA") && sum.amount == 0) {
        over[plan] += rest;
      } else if (item.starts_with("DATA")) {
        amounts[item] += sum.quantity == 0 ? 0 : half_up(sum.amount * rest, sum.quantity);
      } else {
        amounts[item] += sum.amount;
      }
    }
    for (const auto& [plan, rest] : over) {
      const Wide blocks = (rest + kTenthsOfByte - 1) / kTenthsOfByte;
      const std::string block = prices_.all["usage"]["over_data_per_gb_block"].text(plan);
      if (blocks > 0) amounts["DATA-OVER-" + plan] += blocks * price(block);
    }
    for (const auto& [item, amount] : amounts) {
      const auto minor = static_cast<std::int64_t>(half_up(amount, kOre));
      if (minor == 0) continue;
      auto& sums = item == "PREMIUM" ? result_.gross : result_.net;
      sums[{run, "mobile", sim.number, item}] += minor;
    }
  }

  void count_films() {
    FileCount& file = result_.files["play_kop.jsonl"];
    for (const std::string& line : lines_of(folder_ + "play_kop.jsonl")) {
      ++file.read;
      const base::Json json = json::parse(line).value();
      const std::string number = std::to_string(json.integer("account_no"));
      const Date day = *swedish_day(json.text("at"));
      if (!play_.contains(number) || !play_[number].holds(day)) {
        ++file.refused[play_.contains(number) ? "service_not_active" : "unknown_service"];
        continue;
      }
      ++file.accepted;
      const int month = std::stoi(day.to_string().substr(5, 2));
      ++result_.usage["play_kop.jsonl"][month];
      std::string item = json.text("type");
      std::ranges::transform(item, item.begin(), [](unsigned char c) { return std::toupper(c); });
      const AuroraRun run = month == 9 ? AuroraRun::kSeptember : AuroraRun::kOctober;
      result_.gross[{run, "streaming", number, item}] +=
          static_cast<std::int64_t>(half_up(price(json.text("price_incl_vat")), kOre));
    }
  }

  std::string folder_;
  Prices prices_;
  Recount result_;
  std::map<std::string, Sim> sims_;  // By telephone number.
  std::map<std::string, Days> play_;
  std::map<std::string, std::string> seen_;  // Calls that were taken, by number.
  std::map<std::pair<const Sim*, int>, UsedBy> used_;
};

}  // namespace

Recount recount_aurora(const std::string& folder) { return Counter(folder).count(); }

}  // namespace scenarios
