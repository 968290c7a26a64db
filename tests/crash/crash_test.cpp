// The process is killed at the n-th write or commit of import (usage too, and what comes late) and
// of runs that write invoices and credit notes and use what stands to an account, of bank files
// that overlap, and of debits that are planned and ordered; it is started again and must end in
// the same state as a run that nothing disturbed: the same canonical dump, byte by byte, on both
// engines. 40 points each; ./dev soak takes 200.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "app/demo/generate.h"
#include "domain/party/customer_number.h"
#include "domain/reference/payment_reference.h"
#include "flows/operations/derived_ids.h"
#include "formats/bank/writing/bank_writers.h"
#include "tests/support/stores.h"

namespace {

namespace fs = std::filesystem;

using storage::sql::Engine;

constexpr int kPoints = 40;
constexpr int kPointsOfSoak = 200;
constexpr std::int64_t kCustomers = 45;
constexpr std::string_view kCallsHeader =
    "record_id,msisdn,started_at,kind,destination,zone,duration_s,volume_bytes,"
    "premium_price_incl_vat\n";

int kill_points() { return std::getenv("TELGIRO_SOAK") == nullptr ? kPoints : kPointsOfSoak; }

app::demo::GenerateRequest request(const std::string& folder, std::uint64_t seed) {
  return {.folder = folder,
          .seed = seed,
          .customers = kCustomers,
          .last_month = base::Month::parse("2026-10").value()};
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

// A SIM of two for each customer.
std::string sim(int n, const std::string& terminated_on) {
  const std::string two = std::to_string(10 + n);
  return R"({"subscriber_id": "S)" + two + R"(", "customer": {"id": "M)" + std::to_string(n / 2) +
         R"(", "given_name": "Eva", "family_name": "Ek", )" +
         R"("national_id": null, "email": null, "contact_msisdn": null, "address": )" +
         R"({"line1": "Ringen 1", "postal_code": "111 22", "city": "Stockholm", )" +
         R"("country": "SE"}}, "msisdn": "+467090000)" + two +
         R"(", "plan_code": "MOBKONTANT", "activated_on": "2026-01-02", )" +
         R"("terminated_on": )" + terminated_on +
         R"(, "plan_changes": [{"at": "2026-10-05", "to": "MOB20"}], )" +
         R"("add_ons": ["SAKER"], "label": null})" + "\n";
}

// Bank files that overlap: most of the first run's bills paid, some too much, one twice, one by
// nobody known; then one of them taken back.
void add_bank_files(const std::string& folder) {
  const auto file = [](int from, int to, bool back) {
    formats::bank::WrittenFile written{
        .id = "", .created = "2026-11-20T18:00:00", .statements = {}};
    auto& part = written.statements.emplace_back();
    part.statement.account = "50501055";
    part.statement.currency = "SEK";
    part.statement.to = base::Date::parse("2026-11-20").value();
    for (int number = from; number < to; ++number) {
      domain::BankEntry entry;
      entry.amount = base::Money(50'000 + 100 * number, base::Currency());
      const auto reference =
          domain::PaymentReference::make("se_ocr_luhn_length", std::to_string(1 + number % 30));
      if (number % 11 != 0) entry.reference = reference->text();
      entry.bank_reference = std::to_string(number);
      part.entries.push_back(entry);
      if (!back || number + 1 < to) continue;
      entry.direction = domain::MoneyDirection::kDebit;
      entry.bank_reference = "999";
      part.entries.push_back(entry);
    }
    return formats::bank::write_bgmax(written);
  };
  fs::create_directory(folder + "/bank");
  write_file(folder + "/bank/first.txt", file(1, 26, false));
  write_file(folder + "/bank/second.txt", file(16, 36, true));
}

// Mandates of most customers, whose open bills are debited.
void add_mandates(const std::string& folder) {
  std::string table = "customer,scheme,signed_on,limit\n";
  for (std::int64_t n = 0; n < 40; ++n) {
    const auto number = domain::make_customer_number(domain::kFirstCustomerCount + n);
    table += std::to_string(number) + ",autogiro,2026-01-02," + (n % 7 == 0 ? "100.00" : "") + "\n";
  }
  write_file(folder + "/bank/mandates.csv", table + "1,autogiro,2026-01-02,\n");
}

std::string record80(std::string text) {
  text.resize(80, ' ');
  return text + "\n";
}
std::string digits(std::int64_t number, std::size_t width) {
  const std::string text = std::to_string(number);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

// What Bankgirot answers to an order: of three debits one is paid, one finds no money and one a
// closed account.
std::string answer_to(const std::string& order) {
  constexpr std::size_t kAmountAt = 31, kAmountSize = 12, kSameAsOrdered = 69;
  std::string rows;
  std::int64_t paid = 0, minor = 0;
  int number = 0;
  for (std::size_t at = 0; at < order.size(); at = order.find('\n', at) + 1) {
    const std::string line = order.substr(at, order.find('\n', at) - at);
    if (!line.starts_with("82")) continue;
    const char status = "012"[number++ % 3];
    if (status == '0') {
      ++paid;
      minor += std::stoll(line.substr(kAmountAt, kAmountSize));
    }
    rows += record80(line.substr(0, kSameAsOrdered) + std::string(10, ' ') + status);
  }
  const std::string day = "20261211";
  return record80("01AUTOGIRO              " + day +
                  "193055123456BET. SPEC & STOPP TK4711  0050501055") +
         record80("15" + std::string(19, '0') + "8901003232323232" + day + "00001" +
                  digits(minor, 18) + "   " + digits(paid, 8)) +
         rows +
         record80("09" + day + "9900" + digits(1, 6) + digits(paid, 12) + digits(0, 6) +
                  digits(0, 12) + digits(0, 6) + digits(0, 12));
}

// What comes after the first run: SIMs that have ended, so that more is given back than is owed;
// and after the second one calls of before that, which are paid with it.
void add_late_files(const std::string& folder) {
  fs::create_directory(folder + "/ended");
  fs::create_directory(folder + "/late");
  std::string ended, calls = std::string(kCallsHeader);
  for (int n = 0; n < 6; ++n) {
    const std::string two = std::to_string(10 + n);
    ended += sim(n, R"("2026-10-08")");
    calls += "d" + two + ",+467090000" + two + ",2026-10-07T10:00:00Z,mms,,SE,0,0,\n";
    calls += "e" + two + ",+467090000" + two + ",2026-09-07T10:00:00Z,voice,118118,SE,61,0,\n";
  }
  write_file(folder + "/ended/mobil_abonnemang_2.jsonl", ended);
  write_file(folder + "/late/mobil_cdr_late.csv", calls);
}

// The other divisions' files: SIMs with a plan change each, calls in two files of which the second
// repeats some, accounts with a film each, and records that nobody can bill.
void add_usage_files(const std::string& folder) {
  std::string sims, calls, more_calls, accounts, films;
  const std::string head(kCallsHeader);
  for (int n = 0; n < 12; ++n) {
    const std::string two = std::to_string(10 + n);
    sims += sim(n, "null");
    const std::string call =
        two + ",+467090000" + two + ",2026-09-20T10:00:00Z,voice,+46701234567,SE,61,0,\n";
    calls += "a" + call + "b" + two + ",+46709999999,2026-09-20T10:00:00Z,sms,,SE,0,0,\n";
    more_calls += "a" + call + "c" + two + ",+467090000" + two +
                  ",2026-10-20T10:00:00Z,data,internet,US,0,2500000,\n";
    accounts += two + ",eva" + two + "@example.com,Eva,1980,SE,PLAY-BAS,2026-02-03,,invoice\n";
    films += R"({"event_id": "p)" + two + R"(", "account_no": )" + two +
             R"(, "type": "rental", "title": "Sommarnatt", "price_incl_vat": "39.00", )" +
             R"("at": "2026-10-01T00:16:32Z"})" + "\n";
  }
  write_file(folder + "/mobil_abonnemang.jsonl", sims);
  write_file(folder + "/mobil_cdr_2026-09.csv", head + calls);
  write_file(folder + "/mobil_cdr_2026-10.csv", head + more_calls);
  write_file(folder + "/play_konton.csv",
             "account_no,email,display_name,birth_year,country,package,signup_date,"
             "cancelled_date,pay_with\n" +
                 accounts);
  write_file(folder + "/play_kop.jsonl", films);
}

struct Ended {
  int exit_code = -1;
  bool killed = false;
};

// Runs the program under test and waits for it.
Ended run_program(std::vector<std::string> arguments,
                  const std::vector<std::pair<std::string, std::string>>& environment) {
  const pid_t child = fork();
  if (child == 0) {
    for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> pointers;
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    execv(pointers[0], pointers.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1,
          WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL};
}

// Of Bankgirot, to the order of 10 December.
constexpr std::string_view kAnswer = "bank/answer.txt";
bool takes_answer(const std::vector<std::string>& command) {
  return command.size() > 2 && command[2].ends_with(kAnswer);
}

// A fresh database and data folder, and the commands on them.
class Installation {
 public:
  explicit Installation(Engine engine, const std::string& sources)
      : database_(engine, tests::Schema::kEmpty), sources_(sources) {
    write_file(folder_.file("telgiro.toml"), "[billing]\napprovals = 0\n");
  }

  // The commands of three months, in order.
  [[nodiscard]] std::vector<std::vector<std::string>> workload() const {
    return {{"import", "--operator", "aurora", sources_},
            {"bill", "run", "--period", "2026-09", "--batch", "7", "--workers", "1"},
            {"bank", "import", sources_ + "/bank/first.txt", "--batch", "6"},
            {"bank", "import", sources_ + "/bank/second.txt", "--batch", "6"},
            {"import", sources_ + "/ended"},
            {"bill", "run", "--period", "2026-10", "--batch", "7", "--workers", "1"},
            {"mandate", "import", sources_ + "/bank/mandates.csv"},
            {"collection", "run", "--day", "2026-12-01"},
            {"collection", "run", "--day", "2026-12-10"},
            {"bank", "import", sources_ + "/" + std::string(kAnswer), "--batch", "6"},
            {"collection", "run", "--day", "2026-12-12"},
            {"import", sources_ + "/late"},
            {"bill", "run", "--period", "2026-11", "--batch", "7", "--workers", "1"}};
  }

  Ended run(const std::vector<std::string>& command, std::int64_t kill_at = 0) {
    std::vector<std::string> arguments = {TELGIRO_BINARY_DIR "/telgiro_under_test", "--json"};
    arguments.insert(arguments.end(), {"--data", folder_.path()});
    if (database_.engine() == Engine::kPostgres) {
      arguments.insert(arguments.end(), {"--database", database_.place()});
    }
    arguments.insert(arguments.end(), command.begin(), command.end());
    arguments.insert(arguments.begin(), {"/bin/sh", "-c", "exec \"$0\" \"$@\" > /dev/null"});
    return run_program(arguments, {{"TELGIRO_TEST_KILL_AT", std::to_string(kill_at)},
                                   {"TELGIRO_TEST_NOW", "2026-12-01T06:00:00Z"},
                                   {"TELGIRO_TEST_POINTS", folder_.file("points")}});
  }

  // The bytes of the files that a run has ordered.
  std::string ordered_on(const std::string& day) {
    std::string all;
    for (int ordinal = 1;; ++ordinal) {
      const auto id =
          flows::derived_id<domain::OrderFileId>({"order_file", day, std::to_string(ordinal)});
      const std::string file = folder_.file("order" + std::to_string(ordinal));
      if (run({"collection", "file", id.to_string(), "-o", file}).exit_code != 0) return all;
      all += read_file(file);
    }
  }

  [[nodiscard]] std::string points() const { return read_file(folder_.file("points")); }

  std::string dump() {
    const std::string file = folder_.file("dump");
    EXPECT_EQ(run({"dump", "--canonical", "-o", file}).exit_code, 0);
    return read_file(file);
  }

 private:
  tests::TemporaryFolder folder_;
  tests::TestDatabase database_;
  std::string sources_;
};

// The first line in which two dumps differ, for the message.
std::string first_difference(const std::string& a, const std::string& b) {
  const auto [at, other] = std::ranges::mismatch(a, b);
  if (at == a.end() && other == b.end()) return "none";
  const auto from = a.rfind('\n', static_cast<std::size_t>(at - a.begin()));
  const std::size_t start = from == std::string::npos ? 0 : from + 1;
  return a.substr(start, 300) + "\n  instead of\n" + b.substr(start, 300);
}

class CrashTest : public ::testing::TestWithParam<Engine> {
 protected:
  static void SetUpTestSuite() {
    sources_ = std::make_unique<tests::TemporaryFolder>();
    ASSERT_OK(app::demo::generate(request(sources_->path(), 7)));
    add_usage_files(sources_->path());
    add_late_files(sources_->path());
    add_bank_files(sources_->path());
    add_mandates(sources_->path());
  }
  static void TearDownTestSuite() { sources_.reset(); }

  // What an undisturbed run leaves behind, and the points that each command passes.
  struct Undisturbed {
    std::string dump;
    std::vector<std::string> points;
  };
  static Undisturbed undisturbed() {
    Installation installation(GetParam(), sources_->path());
    Undisturbed result;
    for (const auto& command : installation.workload()) {
      if (takes_answer(command)) {
        const std::string order = installation.ordered_on("2026-12-10");
        EXPECT_NE(order, "");
        write_file(sources_->path() + "/" + std::string(kAnswer), answer_to(order));
      }
      EXPECT_EQ(installation.run(command).exit_code, 0) << command[0];
      result.points.push_back(installation.points());
    }
    result.dump = installation.dump();
    return result;
  }

  // The same state, killed at so many points of the commands from one to another.
  void kill_in(std::size_t first, std::size_t last, int count, int& inside) {
    const Undisturbed expected = undisturbed();
    std::int64_t before = 0, total = 0;
    std::string all;
    for (std::size_t at = 0; at < expected.points.size(); ++at) {
      const auto own = static_cast<std::int64_t>(expected.points[at].size());
      if (at < first) before += own;
      if (first <= at && at < last) total += own;
      all += expected.points[at];
    }
    ASSERT_GT(total, count);
    for (int number = 0; number < count; ++number) {
      // Spread evenly; the odd step keeps them from falling on the same place of each batch.
      const std::int64_t point = before + 1 + (total - 1) * number / std::max(count - 1, 1);
      if (all[static_cast<std::size_t>(point - 1)] == 'i') ++inside;
      SCOPED_TRACE("killed at point " + std::to_string(point) + " of " +
                   std::to_string(all.size()));
      Installation installation(GetParam(), sources_->path());
      std::int64_t left = point;
      for (std::size_t at = 0; at < expected.points.size(); ++at) {
        const auto command = installation.workload()[at];
        const auto own = static_cast<std::int64_t>(expected.points[at].size());
        if (left > 0 && left <= own) {
          EXPECT_TRUE(installation.run(command, left).killed);
        }
        left -= own;
        EXPECT_EQ(installation.run(command).exit_code, 0);
      }
      const std::string dump = installation.dump();
      ASSERT_TRUE(dump == expected.dump) << first_difference(dump, expected.dump);
    }
  }

  static std::unique_ptr<tests::TemporaryFolder> sources_;
};

std::unique_ptr<tests::TemporaryFolder> CrashTest::sources_;

TEST_P(CrashTest, KilledAnywhereAndStartedAgain) {
  const Undisturbed expected = undisturbed();
  ASSERT_GT(expected.dump.size(), 10'000U);
  ASSERT_TRUE(expected.dump.contains(R"({"table":"usage","account_id")"));
  ASSERT_TRUE(expected.dump.contains(R"("reason":"credit_note")"));
  ASSERT_TRUE(expected.dump.contains(R"("reason":"used")"));
  ASSERT_TRUE(expected.dump.contains(R"("assigned_by":"overpaid")"));
  ASSERT_TRUE(expected.dump.contains(R"("assigned_by":"returned")"));
  ASSERT_TRUE(expected.dump.contains(R"("reason":"no_reference")"));
  ASSERT_TRUE(expected.dump.contains(R"({"table":"order_file_part")"));
  ASSERT_TRUE(expected.dump.contains(R"("state":"settled","amount_minor")"));
  ASSERT_TRUE(expected.dump.contains(R"("action":"new_mandate")"));
  ASSERT_TRUE(expected.dump.contains(R"("action":"retry")"));
  const int count = kill_points();
  int inside = 0;
  kill_in(0, expected.points.size(), count, inside);
  // Most of the time must be spent where it hurts.
  EXPECT_GE(inside * 10, count * 9) << inside << " of " << count << " inside a transaction";
}

// Between planning and writing a file, between the file and the marks on its debits, and while the
// answer is taken: no debit is ordered twice, and no file lost (they are rows of the dump).
TEST_P(CrashTest, KilledInACollectionRun) {
  const auto commands = Installation(GetParam(), sources_->path()).workload();
  const auto begin = std::ranges::find(commands, "mandate", [](const auto& c) { return c[0]; });
  const auto first = static_cast<std::size_t>(begin - commands.begin());
  constexpr std::size_t kCommands = 5;
  const int count = kill_points() / 2;
  int inside = 0;
  kill_in(first, first + kCommands, count, inside);
  EXPECT_GT(inside, 0);
}

TEST_P(CrashTest, EverythingTwiceIsOnce) {
  const Undisturbed expected = undisturbed();
  Installation installation(GetParam(), sources_->path());
  for (const auto& command : installation.workload()) {
    EXPECT_EQ(installation.run(command).exit_code, 0);
    EXPECT_EQ(installation.run(command).exit_code, 0);
  }
  const std::string dump = installation.dump();
  EXPECT_TRUE(dump == expected.dump) << first_difference(dump, expected.dump);
}

INSTANTIATE_TEST_SUITE_P(, CrashTest, ::testing::Values(Engine::kSqlite, Engine::kPostgres),
                         [](const auto& each) { return tests::engine_name(each.param); });

// The same state, whichever engine keeps it.
TEST(EnginesTest, BothKeepTheSame) {
  tests::TemporaryFolder sources;
  ASSERT_OK(app::demo::generate(request(sources.path(), 3)));
  add_usage_files(sources.path());
  add_late_files(sources.path());
  add_bank_files(sources.path());
  add_mandates(sources.path());
  std::string first;
  for (const Engine engine : {Engine::kSqlite, Engine::kPostgres}) {
    Installation installation(engine, sources.path());
    for (const auto& command : installation.workload()) {
      if (takes_answer(command) && first.empty()) {
        write_file(sources.path() + "/" + std::string(kAnswer),
                   answer_to(installation.ordered_on("2026-12-10")));
      }
      EXPECT_EQ(installation.run(command).exit_code, 0);
    }
    const std::string dump = installation.dump();
    if (first.empty()) first = dump;
    EXPECT_TRUE(dump == first) << first_difference(dump, first);
  }
}

}  // namespace
