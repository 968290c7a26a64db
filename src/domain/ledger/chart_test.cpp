// The chart of accounts: the longest row that fits counts, and what no row names keeps its name.
#include "domain/ledger/chart.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

Chart chart() {
  return Chart::make({{"receivables", "", "1510", "Kundfordringar"},
                      {"revenue", "", "3001", "Intäkter"},
                      {"revenue", "mobile", "3010", "Mobil"},
                      {"revenue:MOBIL*", "", "3011", "Mobilabonnemang"},
                      {"revenue:MOBIL_5GB", "", "3012", "Mobil 5 GB"},
                      {"vat", "", "2610", "Moms"},
                      {"vat:SE:25", "", "2611", "Utgående moms 25 %"}})
      .value();
}

TEST(Chart, TheLongestRowThatFitsCounts) {
  struct Row {
    std::string_view ledger_account, division, number, name;
  };
  const Row rows[] = {
      {"receivables", "", "1510", "Kundfordringar"},
      {"revenue:FIBER100", "broadband", "3001", "Intäkter"},
      {"revenue:SMS", "mobile", "3010", "Mobil"},
      {"revenue:MOBIL_20GB", "mobile", "3011", "Mobilabonnemang"},
      {"revenue:MOBIL_5GB", "mobile", "3012", "Mobil 5 GB"},
      {"vat:SE:25", "", "2611", "Utgående moms 25 %"},
      {"vat:SE:6", "", "2610", "Moms"},
      {"vat:SE:25.5", "", "2610", "Moms"},
      // Unknown ones are named.
      {"clearing:card", "", "clearing:card", "Clearing card"},
      {"prepayment", "", "prepayment", "Prepayment"},
      {"receivablesX", "", "receivablesX", "receivablesX"},
  };
  for (const Row& row : rows) {
    const ChartAccount account = chart().account_of(row.ledger_account, row.division);
    EXPECT_EQ(account.number, row.number) << row.ledger_account;
    EXPECT_EQ(account.name, row.name) << row.ledger_account;
  }
}

TEST(Chart, WhatCannotStandIsRefused) {
  const auto code = [](std::vector<ChartRow> rows) {
    const auto made = Chart::make(std::move(rows));
    return made ? std::string("made") : made.error().code;
  };
  EXPECT_EQ(code({{"vat", "", "2610", "Moms"}, {"vat", "", "2611", "Moms"}}), "chart_duplicate");
  EXPECT_EQ(code({{"vat", "", "2610", "Moms"}, {"fees", "", "2610", "Avgift"}}), "chart_two_names");
  EXPECT_EQ(code({{"vat", "", "2610", "Moms"}, {"fees", "", "2610", "Moms"}}), "made");
  EXPECT_EQ(code({{"vat", "", "", "Moms"}}), "chart_bad_row");
}

TEST(Chart, ItsStoredFormReadsBack) {
  EXPECT_EQ(read_chart(to_json(chart())).value(), chart());
  EXPECT_EQ(read_chart(base::Json()).value(), Chart());
}

}  // namespace
}  // namespace domain
