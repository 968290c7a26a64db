// Rows of usage, their sums, and the numbers under which they come in, on both engines.
#include "ports/usage.h"

#include "ports/parties.h"
#include "ports/work.h"
#include "tests/support/sample_rows.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Decimal;
using base::Month;
using base::Result;
using ports::RecordState;
using ports::UsageRow;

template <class IdType>
IdType id(std::uint8_t n) {
  base::IdBytes bytes{};
  bytes[0] = n;
  return IdType(bytes);
}

Month month(std::string_view text) { return *Month::parse(text); }

class UsageTest : public tests::StoreTest {
 protected:
  void SetUp() override {
    tests::StoreTest::SetUp();
    write([](ports::Transaction& transaction) -> Result<> {
      TRY(tests::add_sample_account(static_cast<SqlTransaction&>(transaction), 1));
      return tests::add_sample_account(static_cast<SqlTransaction&>(transaction), 2);
    });
  }

  void write(const std::function<Result<>(ports::Transaction&)>& work) {
    EXPECT_OK(ports::run_in_transaction(store(), work));
  }
  void add(const std::vector<UsageRow>& rows, std::int64_t epoch = 1) {
    write([&](ports::Transaction& transaction) {
      return transaction.usage().add(rows, {tests::test_start(), epoch});
    });
  }
  std::unique_ptr<ports::Transaction> read() {
    return std::move(*store().begin(ports::TransactionKind::kRead));
  }

  static UsageRow row(std::uint8_t n, std::int64_t account = 1) {
    UsageRow row;
    row.id = id<domain::UsageId>(n);
    row.account = tests::sample_account(account);
    row.customer = tests::sample_customer(account);
    row.service = id<domain::ServiceId>(7);
    row.division = "mobile";
    row.plan = "MOB5";
    row.item = "VOICE";
    row.month = month("2026-10");
    row.at = *base::Instant::parse("2026-10-25T00:30:00Z");
    row.event.kind = "voice";
    row.event.zone = "EU";
    row.event.destination = "+4681234567";
    row.event.duration_s = 61;
    row.quantity = *Decimal::parse("1.0166666667");
    row.amount = *Decimal::parse("0.12345678");
    row.source = "mobile.calls";
    row.record_id = "r" + std::to_string(n);
    row.content = "said " + std::to_string(n);
    return row;
  }

  // "month account service plan item quantity amount records" a line.
  static std::string text(const ports::UsageTotal& total) {
    return total.month.to_string() + " " +
           (total.account == tests::sample_account(1) ? "1 " : "2 ") + total.sum.plan + " " +
           total.sum.item + " " + total.sum.quantity.to_string() + " " +
           total.sum.amount.to_string() + (total.includes_vat ? " incl " : " ") +
           std::to_string(total.sum.records) + "\n";
  }
  std::string sums(std::int64_t cutoff, std::string_view from = "2026-09",
                   std::string_view through = "2026-10") {
    std::string all;
    EXPECT_OK(read()->usage().sums({}, month(from), month(through), cutoff,
                                   [&](const ports::UsageTotal& total) -> Result<> {
                                     all += text(total);
                                     return {};
                                   }));
    return all;
  }
};
TELGIRO_ON_BOTH_ENGINES(UsageTest);

TEST_P(UsageTest, ARowIsReadBackAsItWas) {
  UsageRow premium = row(2);
  premium.event.given_price = base::UnitPrice{*Decimal::parse("19.9")};
  premium.event.title = "Derbyt";
  premium.includes_vat = true;
  premium.reverses = id<domain::UsageId>(1);
  add({row(1), premium}, 3);
  std::vector<UsageRow> rows;
  EXPECT_OK(read()->usage().for_each({.month = month("2026-10")}, [&](const UsageRow& each) {
    rows.push_back(each);
    return Result<>();
  }));
  ASSERT_EQ(rows.size(), 2U);
  const UsageRow& back = rows[1];
  EXPECT_EQ(back.id, premium.id);
  EXPECT_EQ(back.account, premium.account);
  EXPECT_EQ(back.service, premium.service);
  EXPECT_EQ(back.plan, "MOB5");
  EXPECT_EQ(back.at, premium.at);
  EXPECT_EQ(back.event.destination, "+4681234567");
  EXPECT_EQ(back.event.title, "Derbyt");
  EXPECT_EQ(back.event.given_price, premium.event.given_price);
  EXPECT_EQ(back.quantity, premium.quantity);
  EXPECT_EQ(back.amount, premium.amount);
  EXPECT_TRUE(back.includes_vat);
  EXPECT_EQ(back.reverses, premium.reverses);
  EXPECT_EQ(back.record_id, "r2");
  EXPECT_EQ(back.epoch, 3);
  EXPECT_FALSE(rows[0].reverses);
  EXPECT_FALSE(rows[0].event.given_price);
}

TEST_P(UsageTest, ARecordIsKnownByItsIdAndContent) {
  add({row(1)});
  const ports::UsageKey keys[] = {{id<domain::UsageId>(2), "said 2"},
                                  {id<domain::UsageId>(1), "said 1"},
                                  {id<domain::UsageId>(1), "said otherwise"}};
  const std::vector<RecordState> expected = {RecordState::kNew, RecordState::kRepeated,
                                             RecordState::kChanged};
  EXPECT_EQ(*read()->usage().compare(keys), expected);
  // Whatever account it would fall to now.
  EXPECT_EQ(tests::code_of(ports::run_in_transaction(store(),
                                                     [&](ports::Transaction& transaction) {
                                                       const UsageRow again = row(1, 2);
                                                       return transaction.usage().add(
                                                           {&again, 1}, {tests::test_start(), 1});
                                                     })),
            "constraint_violated");
}

TEST_P(UsageTest, SumsAreExactAndUpToACutoff) {
  UsageRow september = row(3), other = row(4, 2), sms = row(5);
  september.month = month("2026-09");
  sms.item = "SMS";
  sms.includes_vat = true;
  add({row(1), row(2), september, other, sms}, 1);
  UsageRow late = row(6);
  late.quantity = *Decimal::parse("99999999.9999999999");
  late.amount = *Decimal::parse("999999999.99999999");
  add({late}, 2);
  const std::string first =
      "2026-09 1 MOB5 VOICE 1.0166666667 0.12345678 1\n"
      "2026-10 1 MOB5 SMS 1.0166666667 0.12345678 incl 1\n"
      "2026-10 1 MOB5 VOICE 2.0333333334 0.24691356 2\n"
      "2026-10 2 MOB5 VOICE 1.0166666667 0.12345678 1\n";
  // Accounts come in order of their ids, which tests do not choose.
  const auto sorted = [](const std::string& lines) {
    std::vector<std::string> all;
    for (std::size_t from = 0; from < lines.size();) {
      const std::size_t to = lines.find('\n', from) + 1;
      all.push_back(lines.substr(from, to - from));
      from = to;
    }
    std::ranges::sort(all);
    return all;
  };
  EXPECT_EQ(sorted(sums(1)), sorted(first));
  EXPECT_EQ(sums(0), "");
  EXPECT_EQ(sums(2, "2026-09", "2026-09"), first.substr(0, first.find('\n') + 1));
  const auto october = read()->usage().sums_of(tests::sample_account(1), month("2026-10"), 2);
  ASSERT_EQ(october->size(), 2U);
  EXPECT_EQ(text((*october)[1]),
            "2026-10 1 MOB5 VOICE 100000002.0333333333 1000000000.24691355 3\n");
}

TEST_P(UsageTest, SumsBeyondWhatOneNumberHolds) {
  std::vector<UsageRow> rows;
  for (std::uint8_t n = 1; n <= 200; ++n) {
    rows.push_back(row(n));
    rows.back().quantity = *Decimal::parse("99999999.9999999999");
    rows.back().amount = *Decimal::parse("-999999999.99999999");
  }
  add(rows);
  EXPECT_EQ(sums(1), "2026-10 1 MOB5 VOICE 19999999999.99999998 -199999999999.999998 200\n");
}

TEST_P(UsageTest, AReversalTakesOff) {
  UsageRow reversal = row(2);
  reversal.reverses = id<domain::UsageId>(1);
  reversal.quantity = -reversal.quantity;
  reversal.amount = -reversal.amount;
  reversal.content.clear();
  add({row(1)}, 1);
  add({reversal}, 2);
  EXPECT_EQ(sums(1), "2026-10 1 MOB5 VOICE 1.0166666667 0.12345678 1\n");
  EXPECT_EQ(sums(2), "");
  UsageRow anew = row(3);
  anew.content.clear();
  anew.amount = *Decimal::parse("2");
  add({anew}, 2);
  EXPECT_EQ(sums(2), "2026-10 1 MOB5 VOICE 1.0166666667 2 1\n");
}

TEST_P(UsageTest, MonthsThatGrew) {
  UsageRow september = row(2);
  september.month = month("2026-09");
  add({row(1)}, 1);
  add({row(3), row(4, 2)}, 2);
  add({september}, 3);
  const auto changed = [&](std::int64_t since, std::int64_t cutoff) {
    std::set<std::string> months;
    const auto found = read()->usage().changed_months({}, since, cutoff);
    for (const auto& each : *found) {
      months.insert((each.account == tests::sample_account(1) ? "1 " : "2 ") +
                    each.month.to_string());
    }
    return months;
  };
  EXPECT_EQ(changed(0, 1), (std::set<std::string>{"1 2026-10"}));
  EXPECT_EQ(changed(1, 2), (std::set<std::string>{"1 2026-10", "2 2026-10"}));
  EXPECT_EQ(changed(2, 9), (std::set<std::string>{"1 2026-09"}));
  EXPECT_EQ(changed(3, 9), (std::set<std::string>{}));
}

TEST_P(UsageTest, RowsInPages) {
  constexpr int kRows = 2'100;  // More than two pages of the engine's.
  std::vector<UsageRow> rows;
  for (int n = 0; n < kRows; ++n) {
    rows.push_back(row(1, n % 2 + 1));
    base::IdBytes bytes{};
    bytes[1] = static_cast<std::uint8_t>(n / 256);
    bytes[2] = static_cast<std::uint8_t>(n % 256);
    rows.back().id = domain::UsageId(bytes);
    if (n % 3 == 0) rows.back().service = id<domain::ServiceId>(9);
  }
  add(rows);
  const auto count = [&](ports::UsageFilter filter) {
    std::size_t seen = 0;
    EXPECT_OK(read()->usage().for_each(filter, [&](const UsageRow&) {
      ++seen;
      return Result<>();
    }));
    return seen;
  };
  const Month october = month("2026-10");
  EXPECT_EQ(count({.month = october}), 2'100U);
  EXPECT_EQ(count({.month = month("2026-09")}), 0U);
  EXPECT_EQ(count({.month = october, .account = tests::sample_account(1)}), 1'050U);
  EXPECT_EQ(count({.month = october, .service = id<domain::ServiceId>(9)}), 700U);
  EXPECT_EQ(count({.month = october, .limit = 1'500}), 1'500U);
  EXPECT_EQ(count({.month = october, .cutoff_epoch = 0}), 0U);
  std::optional<UsageRow> middle;
  EXPECT_OK(read()->usage().for_each({.month = october, .limit = 700}, [&](const UsageRow& each) {
    middle = each;
    return Result<>();
  }));
  EXPECT_EQ(count({.month = october, .after_account = middle->account, .after_id = middle->id}),
            1'400U);
}

TEST_P(UsageTest, NumbersFindServicesWithAllTheirRevisions) {
  const auto service = [](std::uint8_t n, std::int64_t account, std::int64_t revision) {
    domain::Service made;
    made.id = id<domain::ServiceId>(n);
    made.account = tests::sample_account(account);
    made.revision = revision;
    made.division = "mobile";
    made.source_number = "+46709000017";
    made.plan = revision == 1 ? "MOB5" : "MOB20";
    made.starts = *base::Date::make(2026, 1, 2);
    if (revision > 1) made.holds_from = *base::Date::make(2026, 10, 1);
    made.add_ons = {"SAKER", "SURF10"};
    return made;
  };
  write([&](ports::Transaction& transaction) -> Result<> {
    const domain::Service revisions[] = {service(1, 1, 1), service(1, 1, 2), service(2, 2, 1)};
    TRY(transaction.parties().add_services(revisions, {tests::test_start(), 1}));
    const domain::ServiceNumber numbers[] = {
        {"+46709000017", "M-1", tests::sample_account(1), id<domain::ServiceId>(1)},
        {"+46709000017", "M-1", tests::sample_account(1), id<domain::ServiceId>(1)},
        {"+46709000034", "M-2", tests::sample_account(2), id<domain::ServiceId>(2)}};
    TRY(transaction.usage().add_numbers("mobile", numbers));
    return transaction.usage().add_numbers("mobile", numbers);  // They stay.
  });
  const std::string wanted[] = {"+46709000017", "+46709000051"};
  const auto found = *read()->usage().find_services("mobile", wanted);
  ASSERT_EQ(found.size(), 1U);
  const auto& revisions = found.at("+46709000017");
  ASSERT_EQ(revisions.size(), 2U);
  EXPECT_EQ(revisions[0].plan, "MOB5");
  EXPECT_FALSE(revisions[0].holds_from);
  EXPECT_EQ(revisions[1].plan, "MOB20");
  EXPECT_EQ(revisions[1].holds_from, *base::Date::make(2026, 10, 1));
  EXPECT_EQ(revisions[1].add_ons, (std::vector<std::string>{"SAKER", "SURF10"}));
  EXPECT_TRUE(read()->usage().find_services("broadband", wanted)->empty());
  const auto of_customer = read()->usage().services_of(tests::sample_account(2), "mobile", "M-2");
  ASSERT_EQ(of_customer->size(), 1U);
  EXPECT_EQ(of_customer->front().number, "+46709000034");
  EXPECT_TRUE(read()->usage().services_of(tests::sample_account(2), "mobile", "M-1")->empty());
}

}  // namespace
}  // namespace storage
