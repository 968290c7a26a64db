// Two bills in a row, and why the second is not what the first was. Every explanation adds up, which
// explain_bill() itself checks; here is what it says.
#include "domain/billing/explain_bill.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

struct LineRow {
  LineKind kind;
  int service;  // 0: none.
  std::string item;
  std::int64_t minor;
  int days = 30;
  int of_days = 30;
  int used = 0;
};

Invoice paper_of(const std::vector<LineRow>& rows, std::int64_t rounding = 0) {
  Invoice invoice;
  const base::Currency currency;
  base::Money total(rounding, currency);
  for (const LineRow& row : rows) {
    InvoiceLine line;
    line.kind = row.kind;
    line.item = row.item;
    line.name = "The " + row.item;
    line.service = row.service == 0 ? ServiceId() : ServiceId({static_cast<std::uint8_t>(row.service)});
    line.service_label = row.service == 0 ? "" : "s" + std::to_string(row.service);
    line.share = {row.days, row.of_days};
    line.quantity = base::Decimal::from_integer(row.used);
    line.net = base::Money(row.minor, currency);
    total += line.net;
    invoice.lines.push_back(line);
  }
  invoice.rounding = base::Money(rounding, currency);
  invoice.total = total;
  return invoice;
}

std::vector<base::Money> amounts_of(const Invoice& invoice) {
  std::vector<base::Money> amounts;
  for (const InvoiceLine& line : invoice.lines) amounts.push_back(line.net);
  return amounts;
}

// "plan_changed The 20gb s1 +8000; one_off The film -4900 | smaller 2: 700 | rounding -44"
std::string told(const Invoice& before, const Invoice& after, std::size_t causes_max = kCausesMax) {
  const auto amounts_before = amounts_of(before);
  const auto amounts = amounts_of(after);
  const Explanation why = explain_bill({before, amounts_before}, {after, amounts}, causes_max);
  std::string text;
  for (const Cause& cause : why.causes) {
    if (!text.empty()) text += "; ";
    text += std::string(to_text(cause.kind)) + " " + cause.name;
    if (!cause.owner.empty()) text += " " + cause.owner;
    text += " " + std::to_string(cause.change.minor());
  }
  if (why.smaller_count > 0) {
    text += " | smaller " + std::to_string(why.smaller_count) + ": " +
            std::to_string(why.smaller.minor());
  }
  if (!why.rounding.is_zero()) text += " | rounding " + std::to_string(why.rounding.minor());
  return text;
}

TEST(ExplainBill, MOON1WhatChangedFromTheLastBill) {
  using enum LineKind;
  struct Row {
    std::string_view what;
    std::vector<LineRow> before;
    std::vector<LineRow> after;
    std::string_view told;
  };
  const Row rows[] = {
      {"nothing changed",
       {{kRecurring, 1, "5gb", 19900}, {kUsage, 1, "sms", 500, 0, 0, 10}},
       {{kRecurring, 1, "5gb", 19900}, {kUsage, 1, "sms", 500, 0, 0, 10}},
       ""},
      {"a campaign is over", {{kRecurring, 1, "fiber", 49900}, {kDiscount, 1, "half", -24950}},
       {{kRecurring, 1, "fiber", 49900}}, "discount_ended The half s1 24950"},
      {"a campaign began", {{kRecurring, 1, "fiber", 49900}},
       {{kRecurring, 1, "fiber", 49900}, {kDiscount, 1, "half", -24950}},
       "discount_began The half s1 -24950"},
      {"a discount of another size", {{kDiscount, 1, "half", -10000}}, {{kDiscount, 1, "half", -24950}},
       "discount_changed The half s1 -14950"},
      {"another plan for the same service is one cause", {{kRecurring, 1, "5gb", 19900}},
       {{kRecurring, 1, "20gb", 29900}}, "plan_changed The 20gb s1 10000"},
      {"the same plan for another service is two", {{kRecurring, 1, "5gb", 19900}},
       {{kRecurring, 2, "5gb", 19900}}, "service_new The 5gb s2 19900; service_gone The 5gb s1 -19900"},
      {"a part of a month, then a whole one", {{kRecurring, 1, "5gb", 9950, 15, 30}},
       {{kRecurring, 1, "5gb", 19900}}, "days The 5gb s1 9950"},
      {"a month in two parts is a whole one",
       {{kRecurring, 1, "5gb", 9950, 15, 30}, {kRecurring, 1, "5gb", 9950, 15, 30}},
       {{kRecurring, 1, "5gb", 19900}}, ""},
      {"a price went up", {{kRecurring, 1, "5gb", 19900}}, {{kRecurring, 1, "5gb", 20900}},
       "price The 5gb s1 1000"},
      {"more was used", {{kUsage, 1, "extra", 5900, 0, 0, 1}}, {{kUsage, 1, "extra", 17700, 0, 0, 3}},
       "usage The extra s1 11800"},
      {"usage of this bill only", {}, {{kUsage, 1, "abroad", 1794, 0, 0, 6}},
       "usage The abroad s1 1794"},
      {"a film each month, of another price", {{kOneOff, 0, "film", 4900}}, {{kOneOff, 0, "film", 3900}},
       "one_off_before The film -4900; one_off The film 3900"},
      {"a film each month, of the same price", {{kOneOff, 0, "film", 4900}}, {{kOneOff, 0, "film", 4900}},
       ""},
      {"what was forgotten was billed, and then no more", {{kCatchUp, 1, "play", 17900}}, {},
       "catch_up_before The play s1 -17900"},
      {"a correction", {}, {{kCorrection, 1, "play", -6400}}, "correction The play s1 -6400"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(told(paper_of(row.before), paper_of(row.after)), row.told);
  }
}

TEST(ExplainBill, MOON1FiveCausesAndTheSumOfTheRest) {
  using enum LineKind;
  std::vector<LineRow> rows;
  for (int at = 1; at <= 7; ++at) rows.push_back({kOneOff, 0, "item" + std::to_string(at), at * 100});
  EXPECT_EQ(told(paper_of({}), paper_of(rows, 44)),
            "one_off The item7 700; one_off The item6 600; one_off The item5 500; "
            "one_off The item4 400; one_off The item3 300 | smaller 2: 300 | rounding 44");
  EXPECT_EQ(told(paper_of(rows, 44), paper_of({}, 6), 0), " | smaller 7: -2800 | rounding -38");
}

// A business reads amounts without VAT; its change is a row of its own.
TEST(ExplainBill, VatBesideAmountsWithoutIt) {
  using enum LineKind;
  Invoice before = paper_of({{kRecurring, 1, "fiber", 10000}});
  before.total += base::Money(2500, {});
  Invoice after = paper_of({{kRecurring, 1, "fiber", 12000}});
  after.total += base::Money(3000, {});
  const auto amounts_before = amounts_of(before);
  const auto amounts = amounts_of(after);
  const Explanation why = explain_bill({before, amounts_before}, {after, amounts});
  ASSERT_EQ(why.causes.size(), 1U);
  EXPECT_EQ(why.causes[0].change.minor(), 2000);
  EXPECT_EQ(why.vat.minor(), 500);
}

TEST(ExplainBill, KeepsWhatTheSentencesNeed) {
  using enum LineKind;
  const Invoice before = paper_of({{kRecurring, 1, "5gb", 9950, 15, 31}, {kUsage, 2, "extra", 5900, 0, 0, 1}});
  const Invoice after = paper_of({{kRecurring, 1, "20gb", 29900}, {kUsage, 2, "extra", 17700, 0, 0, 3}});
  const auto amounts_before = amounts_of(before);
  const auto amounts = amounts_of(after);
  const Explanation why = explain_bill({before, amounts_before}, {after, amounts});
  ASSERT_EQ(why.causes.size(), 2U);
  EXPECT_EQ(why.causes[0].before_name, "The 5gb");
  EXPECT_EQ(why.causes[0].days_before, (DayShare{15, 31}));
  EXPECT_EQ(why.causes[1].used, base::Decimal::from_integer(3));
  EXPECT_EQ(why.causes[1].used_before, base::Decimal::from_integer(1));
}

}  // namespace
}  // namespace domain
