// Aurora end to end: both months of ../shared/data/operator through the real import and both runs,
// held against a second count (aurora_recount.h) to the last record and öre, and the ledger
// against the documents (R01, R12, R14). What comes out is docs/aurora.md.
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "flows/billing/run_billing.h"
#include "flows/operations/import_source_file.h"
#include "flows/operations/rejects.h"
#include "flows/operations/verify_store.h"
#include "ports/ledger.h"
#include "ports/parties.h"
#include "ports/usage.h"
#include "tests/flows/aurora.h"
#include "tests/scenarios/aurora_recount.h"
#include "tests/scenarios/narrate.h"
#include "tests/support/expected_file.h"
#include "tests/support/shipped_rules.h"
#include "tests/support/stores.h"

namespace scenarios {
namespace {

using base::Date;
using domain::InvoiceLine;
using domain::LineKind;

constexpr std::pair<const char*, const char*> kFiles[] = {
    {"bredband_kunder.csv", "broadband.customers"},     {"bredband_order.csv", "broadband.orders"},
    {"mobil_abonnemang.jsonl", "mobile.subscriptions"}, {"play_konton.csv", "streaming.accounts"},
    {"mobil_cdr_2026-09.csv", "mobile.calls"},          {"mobil_cdr_2026-10.csv", "mobile.calls"},
    {"play_kop.jsonl", "streaming.purchases"},
};
constexpr const char* kUsageFiles[] = {"mobil_cdr_2026-09.csv", "mobil_cdr_2026-10.csv",
                                       "play_kop.jsonl"};
constexpr const char* kDivisions[] = {"broadband", "mobile", "streaming"};
constexpr AuroraRun kRuns[] = {AuroraRun::kSeptember, AuroraRun::kOctober};

const char* name_of(AuroraRun run) { return run == AuroraRun::kSeptember ? "2026-09" : "2026-10"; }

std::string kronor(std::int64_t minor) {
  return base::Money(minor, base::Currency::parse("SEK").value()).to_decimal_string();
}

// Divided and rounded half away from nothing.
std::int64_t rounded(std::int64_t dividend, std::int64_t divisor) {
  const std::int64_t half = dividend < 0 ? -divisor / 2 : divisor / 2;
  return (dividend + half) / divisor;
}

// What was imported and billed, once for all tests of this file.
class Aurora {
 public:
  explicit Aurora(const std::string& folder) : test_(storage::sql::Engine::kSqlite) {
    test_.clock.set(base::Instant::parse("2026-11-03T12:00:00Z").value());
    tests::load_aurora(test_.store(), test_.clock);
    for (const auto& [name, mapping] : kFiles) import(folder + name, name, mapping);
    run("2026-10-01");
    run("2026-11-01");
    bills = load_bills(test_.store(), std::nullopt).value();
  }

  [[nodiscard]] storage::SqlStore& store() { return test_.store(); }

  std::map<std::string, FileCount> files;
  std::vector<StoredBill> bills;
  std::vector<flows::RunOutcome> runs;

 private:
  void import(const std::string& path, const char* name, const char* mapping) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto report = flows::import_source_file(
        store(), test_.clock, flows::Snapshot::of_text(name, text),
        {.mapping = **tests::find_mapping(mapping), .operator_code = "aurora"}, nullptr);
    const ports::ImportFile& taken = report.value().file;
    FileCount& count = files[name];
    count = {taken.records, taken.accepted, taken.repeated, {}};
    ports::RejectFilter filter;
    filter.file = taken.id;
    filter.state = "open";
    constexpr std::size_t kMost = 100'000;
    const auto page = flows::list_rejects(store(), filter, {}, kMost);
    for (const ports::Reject& reject : page.value().rejects) {
      ++count.refused[reject.code];
    }
  }

  void run(const char* day) {
    const crypto::Key link_key = tests::test_master_key();
    const flows::BillingTools tools{store(), test_.clock, formats::law::shipped_book(), link_key};
    runs.push_back(
        flows::run_billing(tools, {.day = Date::parse(day).value(), .workers = 2}, nullptr)
            .value());
  }

  tests::TestStore test_;
};

class AuroraTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::string file = tests::shared_operator_file("katalog.json");
    if (file.empty()) return;
    const std::string folder = file.substr(0, file.rfind('/') + 1);
    recount_ = std::make_unique<Recount>(recount_aurora(folder));
    aurora_ = std::make_unique<Aurora>(folder);
  }
  static void TearDownTestSuite() {
    aurora_.reset();
    recount_.reset();
  }
  void SetUp() override {
    if (!aurora_) GTEST_SKIP() << "../shared/data/operator is absent";
  }

  static AuroraRun run_of(const StoredBill& stored) {
    return stored.bill.run == aurora_->runs[0].run ? AuroraRun::kSeptember : AuroraRun::kOctober;
  }

  static std::unique_ptr<Aurora> aurora_;
  static std::unique_ptr<Recount> recount_;
};
std::unique_ptr<Aurora> AuroraTest::aurora_;
std::unique_ptr<Recount> AuroraTest::recount_;

TEST_F(AuroraTest, EachRecordIsTakenRepeatedOrRefusedWithItsReason) {
  for (const auto& [name, mapping] : kFiles) {
    SCOPED_TRACE(name);
    const FileCount& counted = recount_->files[name];
    const FileCount& taken = aurora_->files[name];
    EXPECT_EQ(taken.read, counted.read);
    EXPECT_EQ(taken.accepted, counted.accepted);
    EXPECT_EQ(taken.repeated, counted.repeated);
    EXPECT_EQ(taken.refused, counted.refused);
    std::int64_t sum = taken.accepted + taken.repeated;
    for (const auto& [code, count] : taken.refused) sum += count;
    EXPECT_EQ(taken.read, sum);
  }
}

TEST_F(AuroraTest, UsageIsBilledAfterItsMonthOrCarried) {
  std::map<int, std::int64_t> stored, counted;
  const auto transaction = aurora_->store().begin(ports::TransactionKind::kRead).value();
  const auto summed = transaction->usage().sums(
      {}, base::Month::parse("2026-08").value(), base::Month::parse("2026-12").value(), INT64_MAX,
      [&](const ports::UsageTotal& total) -> base::Result<> {
        stored[total.month.index() % 12 + 1] += total.sum.records;
        return {};
      });
  ASSERT_TRUE(summed) << base::describe(summed.error());
  for (const auto& [file, months] : recount_->usage) {
    for (const auto& [month, records] : months) counted[month] += records;
  }
  EXPECT_EQ(stored, counted);
}

TEST_F(AuroraTest, EveryServiceOwesWhatTheSecondCountSays) {
  std::map<OwedKey, std::int64_t> net, gross;
  for (const StoredBill& stored : aurora_->bills) {
    for (const InvoiceLine& line : stored.invoice.lines) {
      const OwedKey key{run_of(stored), line.division, line.service_number, line.item};
      if (line.gross) {
        gross[key] += line.gross->minor();
      } else {
        net[key] += line.net.minor();
      }
    }
  }
  const auto compare = [](std::map<OwedKey, std::int64_t> billed,
                          std::map<OwedKey, std::int64_t> counted) {
    std::erase_if(billed, [](const auto& row) { return row.second == 0; });
    std::erase_if(counted, [](const auto& row) { return row.second == 0; });
    EXPECT_EQ(billed.size(), counted.size());
    std::set<OwedKey> keys;
    for (const auto& [key, minor] : billed) keys.insert(key);
    for (const auto& [key, minor] : counted) keys.insert(key);
    for (const OwedKey& key : keys) {
      EXPECT_EQ(billed[key], counted[key])
          << name_of(key.run) << " " << key.division << " " << key.number << " " << key.item;
    }
    EXPECT_GT(keys.size(), 1000U);
  };
  compare(net, recount_->net);
  compare(gross, recount_->gross);
}

// VAT of 25 % once on the sum of nets; what is priced with VAT has its tax taken out of the sum of
// those lines; the whole is rounded to kronor.
TEST_F(AuroraTest, EachBillAddsUp) {
  for (const StoredBill& stored : aurora_->bills) {
    const domain::Invoice& invoice = stored.invoice;
    SCOPED_TRACE(invoice.full_number());
    std::int64_t without = 0, with = 0, net_of_with = 0;
    for (const InvoiceLine& line : invoice.lines) {
      EXPECT_EQ(line.vat_rate.value.to_string(), "25");
      if (line.gross) {
        with += line.gross->minor();
        net_of_with += line.net.minor();
      } else {
        without += line.net.minor();
      }
    }
    EXPECT_EQ(net_of_with, rounded(with * 4, 5));
    const std::int64_t vat = rounded(without, 4) + with - net_of_with;
    const std::int64_t exact = without + net_of_with + vat;
    EXPECT_EQ(invoice.net.minor(), without + net_of_with);
    EXPECT_EQ(invoice.vat_total.minor(), vat);
    EXPECT_EQ(invoice.total.minor(), rounded(exact, 100) * 100);
    EXPECT_EQ(invoice.rounding.minor(), invoice.total.minor() - exact);
    EXPECT_NE(invoice.total.minor(), 0) << "a bill of nothing";
  }
}

TEST_F(AuroraTest, TheLedgerSaysTheSame) {
  std::map<std::string, std::int64_t> expected;
  for (const StoredBill& stored : aurora_->bills) {
    const domain::Invoice& invoice = stored.invoice;
    for (const InvoiceLine& line : invoice.lines) {
      expected["revenue:" + line.item] -= line.net.minor();
    }
    expected["vat:SE:25"] -= invoice.vat_total.minor();
    expected["rounding"] -= invoice.rounding.minor();
    expected["receivables"] += stored.bill.rest().minor();
    expected["clearing:card"] += stored.bill.paid.minor();
  }
  std::erase_if(expected, [](const auto& row) { return row.second == 0; });
  std::map<std::string, std::int64_t> ledger;
  std::int64_t sum = 0;
  const auto transaction = aurora_->store().begin(ports::TransactionKind::kRead).value();
  const auto balances = transaction->ledger().trial_balance({});
  for (const auto& row : *balances) {
    if (!row.balance().is_zero()) ledger[row.ledger_account] = row.balance().minor();
    sum += row.balance().minor();
  }
  EXPECT_EQ(ledger, expected);
  EXPECT_EQ(sum, 0);
  const auto verified = flows::verify_store(aurora_->store());
  ASSERT_TRUE(verified) << base::describe(verified.error());
  EXPECT_TRUE(verified->problems.empty());
}

// --- The page.

std::string records_table(Aurora& aurora) {
  std::string text =
      "| file | read | accepted | repeated | refused | why |\n|---|---:|---:|---:|---:|---|\n";
  std::array<std::int64_t, 4> sums = {};
  for (const auto& [name, mapping] : kFiles) {
    const FileCount& file = aurora.files[name];
    std::string why;
    std::int64_t refused = 0;
    for (const auto& [code, count] : file.refused) {
      why += (why.empty() ? "" : ", ") + std::to_string(count) + " `" + code + "`";
      refused += count;
    }
    text += "| `" + std::string(name) + "`";
    const std::array<std::int64_t, 4> row = {file.read, file.accepted, file.repeated, refused};
    for (std::size_t at = 0; at < row.size(); ++at) {
      text += " | " + std::to_string(row[at]);
      sums[at] += row[at];
    }
    text += " | " + why + " |\n";
  }
  text += "| sum";
  for (const std::int64_t sum : sums) text += " | " + std::to_string(sum);
  return text + " | |\n";
}

std::string usage_table(Recount& recount) {
  std::string text =
      "| file | accepted | billed in run 2026-09 | billed in run 2026-10 | carried: November |\n"
      "|---|---:|---:|---:|---:|\n";
  std::array<std::int64_t, 4> sums = {};
  for (const char* name : kUsageFiles) {
    auto& months = recount.usage[name];
    const std::array<std::int64_t, 4> row = {recount.files[name].accepted, months[9], months[10],
                                             months[11]};
    text += "| `" + std::string(name) + "`";
    for (std::size_t at = 0; at < row.size(); ++at) {
      text += " | " + std::to_string(row[at]);
      sums[at] += row[at];
    }
    text += " |\n";
    EXPECT_EQ(row[0], row[1] + row[2] + row[3]) << name;
  }
  text += "| sum";
  for (const std::int64_t sum : sums) text += " | " + std::to_string(sum);
  return text + " |\n";
}

std::string services_table(Recount& recount) {
  std::string text =
      "| run | division | services | billed | ended before | not begun |\n"
      "|---|---|---:|---:|---:|---:|\n";
  for (const AuroraRun run : kRuns) {
    for (const char* division : kDivisions) {
      const ServiceCount& count = recount.services[{run, division}];
      text += "| " + std::string(name_of(run)) + " | " + division + " | " +
              std::to_string(count.billed + count.ended_before + count.not_begun) + " | " +
              std::to_string(count.billed) + " | " + std::to_string(count.ended_before) + " | " +
              std::to_string(count.not_begun) + " |\n";
    }
  }
  return text;
}

std::string one_offs_table(Recount& recount) {
  std::string text = "| run | way to pay | orders | net SEK |\n|---|---|---:|---:|\n";
  for (const auto& [key, one_offs] : recount.one_offs) {
    text += "| " + std::string(name_of(key.first)) + " | `" + key.second + "` | " +
            std::to_string(one_offs.orders) + " | " + kronor(one_offs.minor) + " |\n";
  }
  return text;
}

// Net by division and kind, then what is added to it, run by run.
std::string money_table(const std::vector<StoredBill>& bills,
                        const std::function<AuroraRun(const StoredBill&)>& run_of) {
  using Row = std::array<std::int64_t, 2>;
  std::map<std::string, Row> rows;
  Row net = {}, vat = {}, rounding = {}, total = {}, count = {};
  for (const StoredBill& stored : bills) {
    const auto run = static_cast<std::size_t>(run_of(stored));
    for (const InvoiceLine& line : stored.invoice.lines) {
      rows[line.division + " | " + std::string(domain::to_text(line.kind))][run] +=
          line.net.minor();
      net[run] += line.net.minor();
    }
    vat[run] += stored.invoice.vat_total.minor();
    rounding[run] += stored.invoice.rounding.minor();
    total[run] += stored.invoice.total.minor();
    ++count[run];
  }
  std::string text =
      "| division | kind | run 2026-09, SEK | run 2026-10, SEK | both |\n"
      "|---|---|---:|---:|---:|\n";
  const auto add = [&](const std::string& name, const Row& row) {
    text += "| " + name + " | " + kronor(row[0]) + " | " + kronor(row[1]) + " | " +
            kronor(row[0] + row[1]) + " |\n";
  };
  for (const auto& [name, row] : rows) add(name, row);
  add("net | ", net);
  add("VAT | 25 %", vat);
  add("rounding | ", rounding);
  add("to pay | ", total);
  return text + "| bills | | " + std::to_string(count[0]) + " | " + std::to_string(count[1]) +
         " | " + std::to_string(count[0] + count[1]) + " |\n";
}

TEST_F(AuroraTest, ThePageShowsIt) {
  const std::string page =
      "# Aurora, to the last record and krona\n\n"
      "Two months of a made-up operator with three divisions, imported and billed (with\n"
      "`billing.approvals = 0`):\n\n"
      "```\n"
      "telgiro import --operator aurora DIR\n"
      "telgiro bill run --period 2026-09\n"
      "telgiro bill run --period 2026-10\n"
      "```\n\n"
      "Everything that was read is billed, carried or refused. `tests/scenarios/aurora_test.cpp`\n"
      "writes this page and holds it against a second count by code of its own, from the files\n"
      "and `katalog.json` alone (`aurora_recount.cpp`): every record, and what each service owes\n"
      "for each item in each run, to the öre.\n\n"
      "## Records\n\n" +
      records_table(*aurora_) +
      "\nRead = accepted + repeated + refused. What October's file repeats of September is billed\n"
      "once. `no_price` are MMS sent in the USA, in Switzerland and by satellite, for which the\n"
      "catalogue has no price.\n\n## Usage\n\n" +
      usage_table(*recount_) +
      "\nMonths are those of Swedish clocks. The run that closes October leaves November alone:\n"
      "it is billed when November has ended.\n\n## Subscriptions\n\n" +
      services_table(*recount_) +
      "\nThe first run bills September and, in advance, October; the second November. A service\n"
      "is billed for its own days. Plans for 0 kronor count as billed.\n\n## Bought once\n\n" +
      one_offs_table(*recount_) +
      "\n`direkt` is a bill of its own that was paid by card; `delbetalning12` one invoice with\n"
      "all its VAT, payable in twelve parts.\n\n## Money\n\n" +
      money_table(aurora_->bills, run_of) +
      "\nNets are the revenue accounts of the ledger, VAT and rounding its accounts of that name;\n"
      "receivables and card payments together are what is to pay. The trial balance is zero. VAT\n"
      "is 25 % of each bill's sum; films and premium services are priced with VAT, which is taken\n"
      "out of their sum on each bill. Each bill is rounded to whole kronor.\n";
  tests::expect_file("docs/aurora.md", page);
}

}  // namespace
}  // namespace scenarios
