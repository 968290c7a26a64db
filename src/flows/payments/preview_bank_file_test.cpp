// A bank's file before anything of it is booked, on both engines: what it holds, whose it is, and
// when it was imported before.
#include "flows/payments/preview_bank_file.h"

#include <limits>

#include "flows/collections/take_in_bank_file.h"
#include "flows/payments/simulate_bank_file.h"
#include "flows/reconcile/prove_month.h"
#include "tests/flows/payment_world.h"
#include "tests/flows/statement_file.h"
#include "tests/support/shipped_rules.h"

namespace flows {
namespace {

using tests::code_of;
using tests::statement_file;

class PreviewTest : public tests::PaymentWorld {
 protected:
  base::Result<BankFilePreview> look(const std::string& bytes) {
    return preview_bank_file(store(), Snapshot::of_text("s1.xml", bytes));
  }
  // "SE45... SEK 2 100.00 0.00 2026-11-20" of each account.
  static std::string told(const BankFilePreview& preview) {
    std::string text;
    for (const BankAccountPreview& each : preview.accounts) {
      text += each.account + (each.is_ours ? " " : " foreign ") +
              std::string(each.currency.code()) + " " + std::to_string(each.entries) + " " +
              each.came->to_decimal_string() + " " + each.went->to_decimal_string() + " " +
              each.from->to_string() + " " + each.to->to_string();
    }
    return text;
  }
  std::size_t kept() {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return transaction->payments().list_payments({}).value().size();
  }
  std::string month(const std::string& text) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    const auto proof = prove_month(*transaction, base::Month::parse(text).value());
    if (!proof) return describe(proof.error());
    std::string problems;
    for (const auto& problem : proof->problems) problems += describe(problem) + "\n";
    return problems;
  }
};

TEST_P(PreviewTest, WhatItHoldsAndWhenItWasImported) {
  const std::string file = statement_file(
      {.opening = 10,
       .entries = {{70, "2026-11-19", "R1"}, {30, "2026-11-20", "R2"}, {-5, "2026-11-20", "R3"}},
       .closing = 105});
  const auto preview = look(file);
  ASSERT_OK(preview);
  EXPECT_EQ(preview->format, "camt.053");
  EXPECT_EQ(preview->entries, 3);
  EXPECT_TRUE(preview->check.agrees);
  EXPECT_FALSE(preview->known);
  EXPECT_EQ(told(*preview), "SE4550000000058398257466 SEK 3 100.00 5.00 2026-11-19 2026-11-20");
  EXPECT_EQ(kept(), 0U) << "nothing is booked by looking";
  const auto taken = take_in_bank_file(store(), clock(), formats::law::shipped_book(),
                                       Snapshot::of_text("first.xml", file), {.actor = "anna"});
  ASSERT_OK(taken);
  EXPECT_EQ(taken->money.file.id, preview->id);
  const auto again = look(file);
  ASSERT_OK(again);
  ASSERT_TRUE(again->known);
  EXPECT_EQ(again->known->name + " " + again->known->imported_by, "first.xml anna");
}

TEST_P(PreviewTest, WhoseItIsAndWhatIsWrongWithIt) {
  const auto foreign = look(statement_file({.entries = {{70, "2026-11-20", "R1"}},
                                            .closing = 70,
                                            .account = "SE3550000000054910000003"}));
  ASSERT_OK(foreign);
  EXPECT_EQ(told(*foreign),
            "SE3550000000054910000003 foreign SEK 1 70.00 0.00 2026-11-20 2026-11-20");
  ASSERT_EQ(foreign->check.problems.size(), 1U);
  EXPECT_EQ(foreign->check.problems.front().code, "bank_account_foreign");
  const auto wrong = look(statement_file({.entries = {{70, "2026-11-20", "R1"}}, .closing = 71}));
  ASSERT_OK(wrong);
  EXPECT_FALSE(wrong->check.agrees);
  EXPECT_GT(wrong->check.problem_count, 0);
  EXPECT_EQ(code_of(look("")), "bank_file_empty");
  EXPECT_EQ(code_of(look("Dear Sirs")), "bank_file_not_recognised");
}

// The simulated bank goes on where its last statement ends.
TEST_P(PreviewTest, SimulatedStatementsFollowOneAnother) {
  for (int time = 0; time < 3; ++time) {
    for (int n = 3 * time + 1; n <= 3 * time + 3; ++n) add_bill(n, 100);
    const auto file =
        simulate_bank_file(store(), {.format = "camt.053", .seed = 7, .now = clock().now()});
    ASSERT_OK(file);
    ASSERT_OK(import(file->bytes, {}, "camt" + std::to_string(time) + ".xml"));
    EXPECT_EQ(month("2026-11"), "") << time;
  }
  EXPECT_EQ(problems(), "");
}

// Our own reader finds nothing wrong with the form of what we write, whatever the seed.
TEST_P(PreviewTest, SimulatedFilesAreAsTheirSchemaSays) {
  for (int n = 1; n <= 9; ++n) add_bill(n, 100);
  constexpr std::int64_t kSeeds[] = {7, 1'234'567, std::numeric_limits<std::int64_t>::max()};
  for (const std::string_view format : {"camt.053", "camt.054"}) {
    for (const std::int64_t seed : kSeeds) {
      const auto file = simulate_bank_file(
          store(), {.format = std::string(format), .seed = seed, .now = clock().now()});
      ASSERT_OK(file);
      const auto preview = look(file->bytes);
      ASSERT_OK(preview);
      for (const auto& problem : preview->check.problems) {
        EXPECT_TRUE(problem.code.starts_with("bank_account_"))
            << format << " " << seed << " " << problem.code << " " << problem.field;
      }
    }
  }
}

TELGIRO_ON_BOTH_ENGINES(PreviewTest);

}  // namespace
}  // namespace flows
