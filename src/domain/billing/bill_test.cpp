// What the page says of a debt on a day, and the sums of an invoice (D1-D3, EN 16931).
#include "domain/billing/bill.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

using base::Date;
using base::Money;

Date day(std::string_view text) { return Date::parse(text).value(); }
Money kr(std::int64_t minor) { return Money(minor, base::Currency()); }

Bill bill_of(std::int64_t total, std::int64_t paid) {
  Bill bill;
  bill.total = kr(total);
  bill.fees = kr(0);
  bill.paid = kr(paid);
  bill.credited = kr(0);
  bill.issued = day("2026-11-01");
  bill.due = day("2026-12-01");
  return bill;
}

TEST(ViewBill, FacesByDay) {
  struct Row {
    std::string_view today;
    std::int64_t paid;
    BillFace face;
    std::int64_t asked;
    std::int32_t days_left;
  };
  const Row rows[] = {
      {"2026-11-22", 0, BillFace::kOpen, 142000, 9},
      {"2026-11-27", 0, BillFace::kOpen, 142000, 4},
      {"2026-11-28", 0, BillFace::kDueSoon, 142000, 3},
      {"2026-12-01", 0, BillFace::kDueSoon, 142000, 0},
      {"2026-12-02", 0, BillFace::kOverdue, 142000, -1},
      {"2026-11-22", 50000, BillFace::kPartlyPaid, 92000, 9},
      {"2026-12-02", 50000, BillFace::kOverdue, 92000, -1},
      {"2026-12-02", 142000, BillFace::kPaid, 0, -1},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.today);
    const BillView view = view_bill(bill_of(142000, row.paid), day(row.today));
    EXPECT_EQ(view.face, row.face) << to_text(view.face);
    EXPECT_EQ(view.asked, kr(row.asked));
    EXPECT_EQ(view.days_left, row.days_left);
  }
}

TEST(ViewBill, StatesBeforeAmounts) {
  Bill bill = bill_of(142000, 0);
  bill.state = BillState::kCredited;
  EXPECT_EQ(view_bill(bill, day("2027-01-01")).face, BillFace::kCredited);
  bill.state = BillState::kWrittenOff;
  EXPECT_EQ(view_bill(bill, day("2027-01-01")).face, BillFace::kWrittenOff);
  bill = bill_of(0, 0);
  bill.state = BillState::kSettled;
  EXPECT_EQ(view_bill(bill, day("2026-11-22")).face, BillFace::kNothingToPay);
}

TEST(ViewBill, APlanAsksForItsNextPart) {
  Bill bill = bill_of(3000, 1500);
  bill.plan = {
      {day("2026-12-01"), kr(1000)}, {day("2027-01-01"), kr(1000)}, {day("2027-02-01"), kr(1000)}};
  const BillView view = view_bill(bill, day("2026-12-15"));
  EXPECT_EQ(view.face, BillFace::kInstalments);
  EXPECT_EQ(view.asked, kr(500));
  EXPECT_EQ(view.asked_by, day("2027-01-01"));
  EXPECT_EQ(view_bill(bill, day("2027-01-02")).face, BillFace::kOverdue);
}

InvoiceLine line(std::int64_t net, int rate) {
  InvoiceLine value;
  value.net = kr(net);
  value.vat_class = "standard";
  value.vat_rate = {base::Decimal::from_integer(rate)};
  return value;
}

// FS-01: the tax of a rate is computed on the sum, not per line.
TEST(SumLines, TaxOfTheSum) {
  const auto sums = sum_lines({line(1, 25), line(1, 25), line(2500, 12)}, base::Currency(), 1);
  ASSERT_EQ(sums.vat.size(), 2U);
  EXPECT_EQ(sums.vat[0].vat, kr(1));  // 0.02 x 25 % = 0.005, half up; per line it would be 0.
  EXPECT_EQ(sums.vat[1].vat, kr(300));
  EXPECT_EQ(sums.total, kr(2803));
}

TEST(SumLines, RoundsToWholeKronor) {
  const auto sums = sum_lines({line(113595, 25)}, base::Currency(), 100);
  EXPECT_EQ(sums.vat_total, kr(28399));
  EXPECT_EQ(sums.rounding, kr(6));
  EXPECT_EQ(sums.total, kr(142000));
}

}  // namespace
}  // namespace domain
