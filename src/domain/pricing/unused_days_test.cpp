// What credits of unused days come to, and that many of them give back exactly what was billed.
#include "domain/pricing/unused_days.h"

#include <gtest/gtest.h>

#include <rapidcheck.h>

namespace domain {
namespace {

using base::Currency;
using base::Money;

Money minor(std::int64_t value) { return {value, Currency()}; }
base::Percent percent(std::string_view text) { return {base::Decimal::parse(text).value()}; }

TEST(UnusedDays, WhatIsChargedAndGivenBack) {
  struct Row {
    std::int64_t price;
    std::string_view rate;
    Share used, unused;
    std::int64_t net, vat, credit_net, credit_vat;
  };
  const Row rows[] = {
      {20000, "25", {30, 30}, {29, 30}, 20000, 5000, 19333, 4833},
      {16000, "25", {30, 30}, {29, 30}, 16000, 4000, 15467, 3867},
      {2999, "23.33", {7, 7}, {6, 7}, 2999, 700, 2571, 600},
      {1000, "25", {27, 31}, {20, 31}, 871, 218, 645, 161},
      {1500, "25", {20, 31}, {20, 31}, 968, 242, 968, 242},
      {5000, "20", {28, 28}, {3, 28}, 5000, 1000, 536, 107},
      {1000, "25", {10, 31}, {20, 31}, 323, 81, 323, 81},  // No more than was billed.
      {1000, "25", {31, 31}, {0, 31}, 1000, 250, 0, 0},
      {0, "25", {31, 31}, {31, 31}, 0, 0, 0, 0},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::to_string(row.price) + " at " + std::string(row.rate));
    const NetAndVat billed = charge_for(minor(row.price), row.used, percent(row.rate));
    EXPECT_EQ(billed, (NetAndVat{minor(row.net), minor(row.vat)}));
    const NetAndVat credit =
        credit_for_unused(minor(row.price), row.unused, percent(row.rate), billed);
    EXPECT_EQ(credit, (NetAndVat{minor(row.credit_net), minor(row.credit_vat)}));
    EXPECT_EQ(credit.gross().minor(), row.credit_net + row.credit_vat);
  }
}

// Credits of any parts, one after the other, then all that is left: the line and its VAT are gone.
TEST(UnusedDays, InvoiceAndCreditsCancel) {
  EXPECT_TRUE(rc::check([] {
    const Money price = minor(*rc::gen::inRange<std::int64_t>(0, 1'000'000));
    const base::Percent rate{base::Decimal::from_scaled(
        base::Decimal::kOne / 100 * *rc::gen::inRange(0, 3000))};
    NetAndVat left = charge_for(price, {1, 1}, rate);
    for (const int days : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 31))) {
      const NetAndVat credit = credit_for_unused(price, {days, 30}, rate, left);
      RC_ASSERT(!credit.net.is_negative() && credit.net <= left.net);
      RC_ASSERT(!credit.vat.is_negative() && credit.vat <= left.vat);
      left = {left.net - credit.net, left.vat - credit.vat};
    }
    const NetAndVat last = credit_for_unused(price, {1, 1}, rate, left);
    RC_ASSERT(last == left);
  }));
}

}  // namespace
}  // namespace domain
