// Statements of a month against the books: what follows, what overlaps, what is missing.
#include "domain/reconcile/statement_chain.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

base::Date november(int day) { return base::Date::make(2026, 11, day).value(); }
base::Money kronor(std::int64_t whole) { return base::Money(whole * 100, base::Currency()); }

struct Says {
  int from, to;  // Days of November; below 1: of October.
  std::int64_t opening, closing;
};
struct Booked {
  int day;
  std::int64_t kronor;
};

AccountMonth prove(const std::vector<Says>& says, const std::vector<Booked>& booked) {
  std::vector<KnownStatement> statements;
  for (const Says& each : says) {
    KnownStatement& statement = statements.emplace_back();
    statement.id = BankStatementId(base::IdBytes{static_cast<std::uint8_t>(statements.size())});
    statement.from = november(1) + (each.from - 1);
    statement.to = november(1) + (each.to - 1);
    statement.opening = kronor(each.opening);
    statement.closing = kronor(each.closing);
    statement.recorded = {static_cast<std::int64_t>(statements.size())};
  }
  std::vector<DaySum> days;
  for (const Booked& each : booked) {
    days.push_back({november(1) + (each.day - 1), kronor(each.kronor)});
  }
  const auto month = base::Month::parse("2026-11").value().period();
  return prove_account("50501055", base::Currency(), statements, days, month);
}

std::string told(const AccountMonth& proof) {
  std::string text = proof.opening.to_decimal_string() + " " + proof.entries.to_decimal_string() +
                     " " + proof.closing.to_decimal_string() + " " +
                     proof.ledger.to_decimal_string();
  for (const base::Error& problem : proof.problems) text += " " + problem.code;
  return text;
}

TEST(StatementChain, Months) {
  const struct {
    std::string_view what;
    std::vector<Says> says;
    std::vector<Booked> booked;
    std::string_view told;  // Opening, entries, closing, ledger, problems.
  } rows[] = {
      {"no bank statement ever: the books alone",
       {},
       {{-3, 100}, {5, 50}},
       "100.00 50.00 150.00 150.00"},
      {"two that follow",
       {{1, 10, 100, 150}, {11, 30, 150, 130}},
       {{0, 100}, {5, 50}, {20, -20}},
       "100.00 30.00 130.00 130.00"},
      {"in any order",
       {{11, 30, 150, 130}, {1, 10, 100, 150}},
       {{0, 100}, {5, 50}, {20, -20}},
       "100.00 30.00 130.00 130.00"},
      {"two that overlap",
       {{1, 20, 100, 130}, {15, 30, 150, 140}},
       {{0, 100}, {5, 50}, {20, -20}, {25, 10}},
       "100.00 40.00 140.00 140.00"},
      {"several of one day",
       {{5, 5, 120, 150}, {5, 5, 100, 120}},
       {{0, 100}, {5, 50}},
       "100.00 50.00 150.00 150.00"},
      {"one of October before",
       {{-9, 0, 0, 100}, {3, 30, 100, 150}},
       {{0, 100}, {5, 50}},
       "100.00 50.00 150.00 150.00"},
      {"one is missing",
       {{1, 10, 100, 150}, {20, 30, 170, 180}},
       {{0, 100}, {5, 50}, {25, 10}},
       "100.00 60.00 180.00 160.00 statement_missing bank_differs"},
      {"an entry is not booked",
       {{1, 30, 100, 150}},
       {{0, 100}},
       "100.00 0.00 150.00 100.00 statement_entries_differ bank_differs"},
      {"money after the last statement",
       {{1, 10, 100, 150}},
       {{0, 100}, {5, 50}, {28, 7}},
       "100.00 57.00 150.00 157.00 bank_differs"},
      {"quiet days after the last statement",
       {{1, 10, 100, 150}},
       {{0, 100}, {5, 50}},
       "100.00 50.00 150.00 150.00"},
      {"no statement of a month with money",
       {{-20, -10, 0, 100}},
       {{-15, 100}, {8, 5}},
       "100.00 5.00 100.00 105.00 month_without_statement bank_differs"},
      {"only later ones",
       {{31, 40, 0, 100}},
       {{8, 5}},
       "0.00 5.00 5.00 5.00 month_without_statement"},
      {"before it was there", {{31, 40, 0, 100}}, {{35, 100}}, "0.00 0.00 0.00 0.00"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(told(prove(row.says, row.booked)), row.told);
  }
}

}  // namespace
}  // namespace domain
