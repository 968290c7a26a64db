// What discounts take, one after the other or the best alone, how they divide over their lines,
// and that neither a line nor a discount ever gives more than it has.
#include "domain/pricing/discounts.h"

#include <gtest/gtest.h>

#include <rapidcheck.h>

namespace domain {
namespace {

using base::Decimal;
using base::Money;

Money minor(std::int64_t value) { return {value, base::Currency()}; }

std::vector<Money> amounts(const std::vector<std::int64_t>& values) {
  std::vector<Money> made;
  for (const std::int64_t value : values) made.push_back(minor(value));
  return made;
}

std::vector<std::int64_t> minors(const std::vector<Money>& values) {
  std::vector<std::int64_t> made;
  for (const Money value : values) made.push_back(value.minor());
  return made;
}

Discount amount(std::int64_t value, std::vector<std::size_t> lines = {}) {
  return {"AMOUNT", minor(value), std::move(lines)};
}
Discount percent(std::string_view value, std::vector<std::size_t> lines = {}) {
  return {"PERCENT", base::Percent{Decimal::parse(value).value()}, std::move(lines)};
}
Discount alone(Discount discount) {
  discount.stacking = Stacking::kBestOnly;
  return discount;
}

// What all discounts take of each line.
std::vector<std::int64_t> by_line(const Discounted& discounted, std::size_t lines) {
  std::vector<std::int64_t> sums(lines);
  for (const auto& parts : discounted.parts) {
    for (std::size_t line = 0; line < lines; ++line) sums[line] += parts[line].minor();
  }
  return sums;
}

TEST(Discounts, WhatTheyTake) {
  struct Row {
    std::string_view what;
    std::vector<std::int64_t> nets;
    std::vector<Discount> discounts;
    std::vector<std::int64_t> taken, of_lines;
  };
  const Row rows[] = {
      {"a percentage", {1000, 500}, {percent("10")}, {150}, {100, 50}},
      {"of one line", {1000, 500}, {percent("10", {1})}, {50}, {0, 50}},
      {"of the rest", {1000}, {percent("50"), percent("50")}, {500, 250}, {750}},
      {"an amount, then a percentage", {1000}, {amount(200), percent("50")}, {200, 400}, {600}},
      {"a percentage, then an amount", {1000}, {percent("50"), amount(200)}, {500, 200}, {700}},
      {"no more than there is", {300, 200}, {amount(900)}, {500}, {300, 200}},
      {"no more than is left", {300}, {percent("100"), amount(900)}, {300, 0}, {300}},
      {"in thirds", {100, 100, 100}, {amount(100)}, {100}, {34, 33, 33}},
      {"not of what is given back", {1000, -400}, {percent("50")}, {500}, {500, 0}},
      {"of nothing", {0, 0}, {amount(100), percent("50")}, {0, 0}, {0, 0}},
      {"without lines", {}, {amount(100)}, {0}, {}},
      {"half up", {5}, {percent("50")}, {3}, {3}},
      {"the best of two", {1000}, {alone(percent("10")), alone(amount(200))}, {0, 200}, {200}},
      {"the first of equal ones",
       {1000},
       {alone(percent("20")), alone(amount(200))},
       {200, 0},
       {200}},
      {"the best counts what it can take",
       {100, 900},
       {alone(amount(500, {0})), alone(percent("20"))},
       {0, 200},
       {20, 180}},
      {"each the best on its lines",
       {100, 900},
       {alone(percent("10", {0})), alone(percent("20", {1}))},
       {10, 180},
       {10, 180}},
      {"the best, then what adds",
       {1000},
       {percent("50"), alone(percent("10")), alone(amount(200))},
       {400, 0, 200},
       {600}},
      {"three on two plans",
       {1000, 2000, 3000, 4000, 1000, 2000, 3000, 4000},
       {amount(2000, {0, 1}), amount(1000, {4, 5, 6, 7}), amount(500)},
       {2000, 1000, 500},
       {677, 1353, 88, 118, 126, 253, 379, 506}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto got = apply_discounts(amounts(row.nets), row.discounts);
    ASSERT_TRUE(got.has_value()) << base::describe(got.error());
    EXPECT_EQ(minors(got->taken), row.taken);
    EXPECT_EQ(by_line(*got, row.nets.size()), row.of_lines);
  }
}

TEST(Discounts, EachIsDividedInWholeMinorUnits) {
  const std::vector<Discount> three = {amount(2000, {0, 1}), amount(500)};
  const auto got = apply_discounts(amounts({1000, 2000, 3000}), three);
  EXPECT_EQ(minors(got->parts[0]), (std::vector<std::int64_t>{667, 1333, 0}));
  // 500 x 333 / 4000 = 41.6, 500 x 667 / 4000 = 83.4, 375.
  EXPECT_EQ(minors(got->parts[1]), (std::vector<std::int64_t>{42, 83, 375}));
}

TEST(Discounts, BadOnesAreRefused) {
  for (const Discount& bad : {amount(-1), percent("-1"), percent("100.01")}) {
    const auto refused = apply_discounts(amounts({1000}), std::vector{bad});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, "bad_discount");
    EXPECT_EQ(refused.error().place, bad.code);
  }
}

TEST(Discounts, NamesAreReadAsTheyAreWritten) {
  for (const std::string_view text : {"adds", "best_only"}) {
    EXPECT_EQ(to_text(parse_stacking(text).value()), text);
  }
  EXPECT_EQ(parse_stacking("all").error().code, "unknown_value");
}

int up_to(int most) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, most + 1)); }

std::vector<Discount> any_discounts(std::size_t lines) {
  std::vector<Discount> discounts;
  for (int count = up_to(4); count > 0; --count) {
    Discount discount = up_to(1) == 0 ? amount(up_to(20'000)) : percent("0");
    if (std::holds_alternative<base::Percent>(discount.off)) {
      discount.off = base::Percent{Decimal::from_scaled(Decimal::kOne / 100 * up_to(10'000))};
    }
    for (std::size_t line = 0; line < lines; ++line) {
      if (up_to(1) == 0) discount.lines.push_back(line);
    }
    discounts.push_back(std::move(discount));
  }
  return discounts;
}

TEST(Discounts, NobodyGivesMoreThanThereIs) {
  EXPECT_TRUE(rc::check([] {
    std::vector<Money> nets;
    for (int count = 1 + up_to(5); count > 0; --count) nets.push_back(minor(up_to(10'000) - 500));
    auto discounts = any_discounts(nets.size());
    for (Discount& discount : discounts) {
      if (up_to(2) == 0) discount.stacking = Stacking::kBestOnly;
    }
    const Discounted got = apply_discounts(nets, discounts).value();
    for (std::size_t at = 0; at < discounts.size(); ++at) {
      const auto* most = std::get_if<Money>(&discounts[at].off);
      if (most != nullptr) RC_ASSERT(got.taken[at] <= *most);
      std::int64_t sum = 0;
      for (const Money part : got.parts[at]) {
        RC_ASSERT(!part.is_negative());
        sum += part.minor();
      }
      RC_ASSERT(sum == got.taken[at].minor());
    }
    const auto given = by_line(got, nets.size());
    for (std::size_t line = 0; line < nets.size(); ++line) {
      RC_ASSERT(given[line] <= std::max<std::int64_t>(0, nets[line].minor()));
    }
  }));
}

// One discount alone takes the same under both rules, and the best takes no more than all of them.
TEST(Discounts, TheBestTakesNoMoreThanAll) {
  EXPECT_TRUE(rc::check([] {
    std::vector<Money> nets;
    for (int count = 1 + up_to(5); count > 0; --count) nets.push_back(minor(up_to(10'000)));
    const auto discounts = any_discounts(nets.size());
    const auto sum = [&](Stacking stacking) {
      auto all = discounts;
      for (Discount& discount : all) discount.stacking = stacking;
      const Discounted got = apply_discounts(nets, all).value();
      std::int64_t taken = 0;
      for (const Money each : got.taken) taken += each.minor();
      return taken;
    };
    // Each percentage is rounded for itself, so that a minor unit may go either way.
    const auto rounded = static_cast<std::int64_t>(discounts.size());
    RC_ASSERT(sum(Stacking::kBestOnly) <= sum(Stacking::kAdds) + rounded);
    if (discounts.size() == 1) {
      RC_ASSERT(sum(Stacking::kBestOnly) == sum(Stacking::kAdds));
    }
  }));
}

}  // namespace
}  // namespace domain
