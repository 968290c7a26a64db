// Money in suspense by its age: which bucket, which sums, and what went back left out.
#include "domain/reconcile/suspense_age.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

TEST(SuspenseAge, Buckets) {
  const struct {
    std::int32_t days;
    std::string_view bucket;
  } rows[] = {{0, "0-7"},     {7, "0-7"},      {8, "8-30"},   {30, "8-30"},
              {31, "31-60"},  {60, "31-60"},   {61, "61-90"}, {90, "61-90"},
              {91, "91-365"}, {365, "91-365"}, {366, "366-"}, {-1, "0-7"}};
  for (const auto& row : rows) EXPECT_EQ(age_bucket(row.days), row.bucket) << row.days;
}

struct Row {
  std::uint8_t payment;
  std::string_view booked, state, reason;
  std::int64_t kronor;
  std::string_view account = "50501055";
};

std::vector<SuspenseRow> rows_of(const std::vector<Row>& rows) {
  std::vector<SuspenseRow> made;
  for (const Row& row : rows) {
    made.push_back({PaymentId(base::IdBytes{row.payment}), std::string(row.account),
                    base::Date::parse(row.booked).value(), std::string(row.state),
                    std::string(row.reason), base::Money(row.kronor * 100, base::Currency())});
  }
  return made;
}

std::string told(const SuspenseReport& report) {
  std::string text;
  for (const SuspenseSum& sum : report.sums) {
    text += sum.bucket + " " + sum.reason + " " + sum.bank_account + " " +
            sum.open.to_decimal_string() + " (" + std::to_string(sum.payments) + "); ";
  }
  for (const base::Money& total : report.totals) text += "all " + total.to_decimal_string();
  return text;
}

TEST(SuspenseAge, Sums) {
  const struct {
    std::string_view what;
    std::vector<Row> rows;
    std::string_view told;
  } rows[] = {
      {"nothing", {}, ""},
      {"by age, reason and account",
       {{1, "2026-11-29", "suspense", "no_reference", 100},
        {2, "2026-11-28", "suspense", "no_reference", 50},
        {3, "2026-11-01", "suspense", "no_reference", 10},
        {4, "2026-11-29", "suspense", "undone", 7},
        {5, "2026-11-29", "suspense", "undone", 8, "9912346"}},
       "0-7 no_reference 50501055 150.00 (2); 0-7 undone 50501055 7.00 (1); "
       "0-7 undone 9912346 8.00 (1); 8-30 no_reference 50501055 10.00 (1); all 175.00"},
      {"a payment and its return",
       {{1, "2026-11-02", "returned", "", 500},
        {2, "2026-11-09", "returned", "", -500},
        {3, "2026-11-09", "returned", "", 500}},
       "8-30  50501055 500.00 (1); all 500.00"},
      {"below zero",
       {{1, "2026-11-30", "suspense", "bank_charges", -3}},
       "0-7 bank_charges 50501055 -3.00 (1); all -3.00"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    const auto report = age_suspense(rows_of(row.rows), base::Date::parse("2026-11-30").value());
    EXPECT_EQ(told(report), row.told);
  }
}

TEST(SuspenseAge, OldestFirst) {
  const auto report = age_suspense(rows_of({{2, "2026-11-09", "suspense", "undone", 1},
                                            {1, "2026-11-02", "suspense", "undone", 2}}),
                                   base::Date::parse("2026-11-30").value());
  ASSERT_EQ(report.rows.size(), 2U);
  EXPECT_EQ(report.rows.front().payment, PaymentId(base::IdBytes{1}));
}

}  // namespace
}  // namespace domain
