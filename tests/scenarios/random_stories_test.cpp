// Random people, orders, changes of mind and runs, through the real import and billing on SQLite:
// whatever happens, the books hold (R12, R14, D9).
//
// A story is made as the text of a scenario, so that one that fails can be read, and kept as a
// file of this folder.
#include <algorithm>
#include <cstdlib>
#include <map>

#include <gtest/gtest.h>

#include <rapidcheck.h>

#include "domain/billing/plan_bills.h"
#include "ports/billing.h"
#include "ports/catalogue.h"
#include "ports/ledger.h"
#include "ports/parties.h"
#include "ports/profiles.h"
#include "ports/usage.h"
#include "storage/dump.h"
#include "tests/scenarios/narrate.h"
#include "tests/scenarios/parse.h"
#include "tests/scenarios/world.h"

namespace scenarios {
namespace {

using base::Date;
using base::Month;

constexpr int kMonthsMax = 5;
constexpr int kFirstNumber = 1001;  // Of the scenarios' operator.
const Date kFirstDay = Date::parse("2026-01-01").value();
const Date kLastDay = Date::parse("2027-02-01").value();

// Personal numbers of the range that is given to nobody.
const std::vector<std::string> kIdentities = {"19520720-9809", "19450817-9928", "20000908-9814"};

// Of the whole range from the first case on: small stories are made by few months, not few days.
int up_to(int most) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, most + 1)); }
bool one_in(int count) { return up_to(count - 1) == 0; }
std::string one_of(const std::vector<std::string>& texts) { return *rc::gen::elementOf(texts); }

class StoryTeller {
 public:
  // Some months of life, each closed by a run or skipped.
  std::string tell() {
    text_ =
        "# Made at random.\n"
        "country se\n"
        "sells aurora\n"
        "terms MOBKONTANT bill_at 1.00,40.00\n"
        "plan FIBER100 319.20\n"
        "plan FIBER250 399.20\n"
        "plan ODD 33.33 from 2026-07-11\n"  // Without a price before: sets accounts aside.
        "campaign HALF3 off 50% months 3 plans FIBER100,FIBER250\n"
        "one-off ROUTER 796.00\n"
        "one-off CABLE 10.10\n"
        "one-off DONATION 7.77 vat zero\n";
    const int months = 2 + up_to(kMonthsMax - 2);
    for (int month = 0; month < months; ++month) {
      tell_month(Month::from_index(Month::parse("2026-06")->index() + month));
    }
    return text_;
  }

 private:
  void tell_month(Month month) {
    const Date first = month.period().from();
    for (int count = up_to(3); count > 0; --count) add_customer(first + 4);
    for (int count = up_to(2); count > 0; --count) add_order(first + 9);
    if (one_in(2)) add_phone(first + 10);
    for (int count = up_to(3); count > 0; --count) use_phone(first + 12);
    for (int count = up_to(3); count > 0; --count) change_mind(first + 19);
    if (one_in(3)) choose(first + 20);
    if (one_in(4)) text_ += (first + 20).to_string() + "  import everything\n";
    if (one_in(3)) {
      const std::string day = (first + 25).to_string();
      text_ += day + "  run billing day " + day + " workers 1\n";
    }
    if (one_in(5)) return;
    text_ += month.next().period().from().to_string() + "  run billing " + month.to_string() +
             " workers 1\n";
  }

  // The day, or one up to 45 days before or after it.
  static std::string about(Date day) { return (day + (up_to(90) - 45)).to_string(); }

  void add_customer(Date day) {
    const std::string name = "P" + std::to_string(++people_);
    text_ += day.to_string() + "  customer " + name + " plan " +
             one_of({"FIBER100", "FIBER100", "FIBER250", "ODD", "GONE"}) + " from " + about(day);
    if (one_in(4)) text_ += " to " + about(day + 45);
    if (one_in(3)) text_ += " campaign HALF3";
    if (one_in(2)) text_ += " identity " + one_of(kIdentities);
    text_ += "\n";
  }

  void add_order(Date day) {
    if (people_ == 0) return;
    text_ += day.to_string() + "  order " + somebody() + " " +
             one_of({"ROUTER", "CABLE", "DONATION"}) + " " + std::to_string(1 + up_to(3)) +
             " pay " + one_of({"faktura", "faktura", "direkt", "delbetalning12"}) + " on " +
             about(day) + "\n";
  }

  void change_mind(Date day) {
    if (people_ == 0) return;
    text_ += day.to_string() + "  change " + somebody() + " " +
             one_of({"to " + about(day), "to \"\"", "plan FIBER250", "plan FIBER100",
                     "campaign \"\"", "street \"Storgatan 1\""}) +
             "\n";
  }

  void add_phone(Date day) {
    const std::string name = "T" + std::to_string(++phones_);
    text_ += day.to_string() + "  phone " + name + " plan " +
             one_of({"MOB5", "MOB20", "MOBKONTANT"}) + " from " + about(day);
    if (one_in(3)) text_ += " adds " + one_of({"SURF10", "SAKER,UTLAND"});
    if (one_in(3)) text_ += " changes " + one_of({"MOB5", "MOB20"}) + "@" + (day + 47).to_string();
    if (one_in(2)) text_ += " identity " + one_of(kIdentities);
    text_ += "\n";
  }

  // Often of a month that was billed already; of days to come it is refused.
  void use_phone(Date day) {
    if (phones_ == 0) return;
    text_ += day.to_string() + "  used T" + std::to_string(1 + up_to(phones_ - 1)) + " " +
             one_of({"data 2700", "data 400 zone US", "voice 61 to +358401234567", "sms 1", "mms 1",
                     "premium 39.00"}) +
             " on " + (day - up_to(60)).to_string() + (one_in(4) ? " again\n" : "\n");
  }

  void choose(Date day) {
    if (people_ == 0) return;
    text_ += day.to_string() + "  choose " + somebody() + " " +
             one_of({"frequency weekly#1", "frequency monthly#15", "frequency monthly",
                     "frequency every_3_months#1", "grouping division", "grouping service",
                     "grouping \"one_off:each, category\"", "minimum 150.00", "minimum 900.00",
                     "minimum 0"}) +
             "\n";
  }

  std::string somebody() { return "P" + std::to_string(1 + up_to(people_ - 1)); }

  std::string text_;
  int people_ = 0;
  int phones_ = 0;
};

template <class T>
T value_of(base::Result<T> result) {
  if (!result) RC_FAIL(base::describe(result.error()));
  return *std::move(result);
}

void require(const base::Result<>& result) {
  if (!result) RC_FAIL(base::describe(result.error()));
}

void set_workers(Scenario& story, int workers) {
  for (Step& step : story.steps) {
    auto* run = std::get_if<RunBilling>(&step.statements.front().command);
    if (run != nullptr) run->workers = workers;
  }
}

bool is_corrected(const StoredBill& stored) {
  return std::ranges::count(stored.invoice.lines, domain::LineKind::kCorrection,
                            &domain::InvoiceLine::kind) > 0;
}

void perform_all(World& world, const Scenario& story) {
  for (const Step& step : story.steps) {
    for (const std::string& line : value_of(world.perform(step))) {
      if (line.starts_with("error ")) RC_FAIL(step.first().text + ": " + line);
    }
  }
}

// Every period of the story once more.
void run_all_again(World& world, const Scenario& story) {
  for (const Step& step : story.steps) {
    if (std::holds_alternative<RunBilling>(step.first().command)) {
      value_of(world.perform(step));
    }
  }
}

void import_again(World& world, const Scenario& story) {
  for (const Step& step : story.steps) {
    if (!std::holds_alternative<GiveRecord>(step.first().command)) continue;
    Step again{{step.first()}, {}};
    again.statements.front().command = ImportAgain{};
    RC_ASSERT(value_of(world.perform(again)) == Said{"was imported before"});
    return;
  }
}

std::string dump_of(World& world) {
  std::string dump;
  require(storage::dump_canonical(world.store(), [&](std::string_view line) -> base::Result<> {
    dump += line;
    return {};
  }));
  return dump;
}

bool is_note(const StoredBill& stored) {
  return stored.invoice.kind == domain::DocumentKind::kCreditNote;
}

// Added up here anew, from the lines: nothing is taken from the sums that the product keeps.
void check_documents(const std::vector<StoredBill>& bills) {
  std::int64_t number = kFirstNumber, note = 1;
  for (const StoredBill& stored : bills) {
    const domain::Invoice& invoice = stored.invoice;
    RC_ASSERT(invoice.number == (is_note(stored) ? note++ : number++));
    base::Money net(0, invoice.total.currency()), vat = net, planned = net;
    for (const domain::InvoiceLine& line : invoice.lines) net += line.net;
    for (const domain::VatSum& sum : invoice.vat) vat += sum.vat;
    RC_ASSERT(net == invoice.net);
    RC_ASSERT(vat == invoice.vat_total);
    RC_ASSERT(net + vat + invoice.rounding == invoice.total);
    RC_ASSERT(invoice.total.minor() % 100 == 0);
    RC_ASSERT(invoice.total == (is_note(stored) ? stored.bill.credited : stored.bill.total));
    RC_ASSERT(!stored.bill.rest().is_negative());
    for (const domain::PlanRow& row : invoice.plan) planned += row.amount;
    RC_ASSERT(invoice.plan.empty() || planned == invoice.total);
  }
}

// The ledger sums to zero, and what it says is owed is what the bills ask for.
void check_ledger(World& world, const std::vector<StoredBill>& bills) {
  const auto transaction = value_of(world.store().begin(ports::TransactionKind::kRead));
  std::int64_t sum = 0, receivables = 0, asked = 0;
  for (const auto& row : value_of(transaction->ledger().trial_balance({}))) {
    sum += row.balance().minor();
    if (row.ledger_account == "receivables") receivables += row.balance().minor();
  }
  for (const StoredBill& stored : bills) asked += stored.bill.rest().minor();
  RC_ASSERT(sum == 0);
  RC_ASSERT(receivables == asked);
}

// A month, long after the stories, closed for all; answers the names of those set aside.
std::vector<std::string> run_at_the_end(World& world) {
  const Step step{{{.line = 0, .text = {}, .day = kLastDay, .command = RunBilling{}}}, {}};
  std::vector<std::string> names;
  constexpr std::string_view kSetAside = "set aside ";
  for (const std::string& line : value_of(world.perform(step))) {
    if (!line.starts_with(kSetAside)) continue;
    names.push_back(line.substr(kSetAside.size(), line.find("  ") - kSetAside.size()));
  }
  return names;
}

// A service, whether it is usage, and the first day of a price month (or of a part of one, where
// the frequency changed) or of a month of usage.
using OwedKey = std::tuple<domain::ServiceId, bool, Date>;
using Owed = std::map<OwedKey, std::int64_t>;

struct AccountBook {
  std::string name;
  domain::AccountCalendar calendar{domain::Frequency()};
  std::map<domain::ServiceId, std::vector<domain::Service>> services;
  std::vector<domain::Service> all;
  std::map<Month, std::vector<domain::UsageSum>> usage;
  Date closed = kFirstDay;  // The last boundary: what waits for a minimum is not closed.
  Owed billed;
};
using Books = std::map<domain::AccountId, AccountBook>;

domain::AccountCalendar calendar_of(ports::Transaction& transaction, domain::AccountId account) {
  std::vector<domain::FrequencyChange> changes;
  for (const auto& chosen : value_of(transaction.profiles().list(account))) {
    const auto text = chosen.chosen.frequency.value_or("monthly");
    std::erase_if(changes, [&](const auto& each) { return each.from >= chosen.holds_from; });
    changes.push_back({chosen.holds_from, value_of(domain::Frequency::parse(text))});
  }
  return {domain::Frequency(), std::move(changes)};
}

// What all papers of each account come to, by what they were for: credit notes taken off.
Books open_books(ports::Transaction& transaction, const std::vector<StoredBill>& bills) {
  Books books;
  require(transaction.parties().load_services(
      {}, INT64_MAX, [&](const domain::Service& service) -> base::Result<> {
        books[service.account].services[service.id].push_back(service);
        books[service.account].all.push_back(service);
        return {};
      }));
  for (auto& [account, book] : books) book.calendar = calendar_of(transaction, account);
  for (const auto& mark : value_of(transaction.billing().load_marks({}, kFirstDay))) {
    AccountBook& book = books[mark.account];
    book.closed = std::max(book.closed, mark.boundary);
  }
  require(transaction.usage().sums({}, value_of(Month::parse("2026-01")),
                                   value_of(Month::parse("2027-01")), INT64_MAX,
                                   [&](const ports::UsageTotal& total) -> base::Result<> {
                                     books[total.account].usage[total.month].push_back(total.sum);
                                     return {};
                                   }));
  for (const StoredBill& stored : bills) {
    AccountBook& book = books[stored.bill.account];
    book.name = stored.invoice.buyer.name;
    for (const domain::InvoiceLine& line : stored.invoice.lines) {
      if (line.kind == domain::LineKind::kOneOff) continue;
      const bool used = line.kind == domain::LineKind::kUsage;
      const Date from = line.period.from();
      const Date begins = used ? from : book.calendar.tile_of(from).days.from();
      const std::int64_t minor = line.gross.value_or(line.net).minor();
      book.billed[{line.service, used, begins}] += is_note(stored) ? -minor : minor;
    }
  }
  return books;
}

std::int64_t sum_of(const std::vector<domain::InvoiceLine>& lines, domain::ServiceId service) {
  std::int64_t sum = 0;
  for (const auto& line : lines) {
    if (line.service == service) sum += line.gross.value_or(line.net).minor();
  }
  return sum;
}

// What the account owes by the last word on its services and all its usage up to the last bill.
Owed owed_of(const AccountBook& book, const domain::PricingTerms& pricing) {
  Owed owed;
  for (const auto& [key, minor] : book.billed) {
    const auto& [service, used, begins] = key;
    if (used) continue;
    const auto tile = book.calendar.tile_of(begins);
    owed[key] =
        sum_of(value_of(domain::charge_tile(book.services.at(service), tile, pricing)), service);
  }
  for (const auto& [month, sums] : book.usage) {
    if (month.period().to() > book.closed) continue;
    const auto terms = domain::terms_in(book.all, month, "");
    const auto used = value_of(domain::close_usage(sums, terms, month, pricing.catalogue));
    const auto lines = value_of(domain::lines_of(used, month, book.all, pricing));
    for (const auto& sum : sums) {
      owed[{sum.service, true, month.period().from()}] = sum_of(lines, sum.service);
    }
  }
  return owed;
}

// However often it was billed, taken back and billed anew: in the end what was billed costs what
// the last word says, and all usage of months that were closed is billed.
void check_billed_is_owed(World& world, const std::vector<StoredBill>& bills,
                          const std::vector<std::string>& set_aside) {
  const auto transaction = value_of(world.store().begin(ports::TransactionKind::kRead));
  const domain::Catalogue catalogue = value_of(transaction->catalogue().load_catalogue());
  const domain::VatRateOn no_vat = [](std::string_view, Date) -> base::Result<base::Percent> {
    return base::Percent{};
  };
  for (const auto& [account, book] : open_books(*transaction, bills)) {
    if (book.name.empty() || std::ranges::count(set_aside, book.name) > 0) continue;
    const domain::PricingTerms pricing{catalogue, base::Currency(), no_vat, "sv", book.calendar};
    Owed billed = book.billed, owed = owed_of(book, pricing);
    // Usage of a month that is not closed may be billed in part.
    std::erase_if(billed, [&](const auto& row) {
      const auto& [service, used, from] = row.first;
      return used && Month::of(from).period().to() > book.closed;
    });
    std::erase_if(billed, [](const auto& row) { return row.second == 0; });
    std::erase_if(owed, [](const auto& row) { return row.second == 0; });
    RC_LOG("account of " + book.name);
    for (const auto& [key, minor] : owed) {
      if (billed[key] == minor) continue;
      RC_LOG("from " + std::get<2>(key).to_string() + (std::get<1>(key) ? " used: " : ": ") +
             std::to_string(minor) + " is owed, billed is " + std::to_string(billed[key]));
    }
    RC_ASSERT(billed == owed);
  }
}

TEST(RandomStories, TheBooksHold) {
  // A story costs the work of two databases; ./dev soak asks for many more of them.
  setenv("RC_PARAMS", "max_success=25", /*overwrite=*/0);
  EXPECT_TRUE(rc::check([] {
    const std::string text = StoryTeller().tell();
    RC_LOG(text);
    Scenario story = value_of(parse_scenario("random.txt", text));
    World world(storage::sql::Engine::kSqlite, /*has_catalogue=*/true);
    perform_all(world, story);
    const auto bills = value_of(load_bills(world.store(), std::nullopt));
    RC_CLASSIFY(bills.empty(), "without bills");
    RC_CLASSIFY(std::ranges::any_of(bills, is_corrected), "with corrections");
    RC_CLASSIFY(std::ranges::any_of(bills, is_note), "with credit notes");
    check_documents(bills);
    check_ledger(world, bills);
    require(world.check_store());

    World of_many(storage::sql::Engine::kSqlite, /*has_catalogue=*/true);
    set_workers(story, 3);
    perform_all(of_many, story);
    RC_ASSERT(dump_of(world) == dump_of(of_many));

    // Who came after the last run gets a bill now; then nothing is left to do.
    run_all_again(world, story);
    const std::string before = dump_of(world);
    run_all_again(world, story);
    import_again(world, story);
    RC_ASSERT(dump_of(world) == before);

    const auto set_aside = run_at_the_end(world);
    const auto all = value_of(load_bills(world.store(), std::nullopt));
    check_documents(all);
    check_ledger(world, all);
    check_billed_is_owed(world, all, set_aside);
  }));
}

}  // namespace
}  // namespace scenarios
