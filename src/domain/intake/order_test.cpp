// What each field of an order may hold, and the charge that follows.
#include "domain/intake/order.h"

#include <gtest/gtest.h>

#include <map>

namespace domain {
namespace {

PriceRow listed(int year, std::string_view price, bool includes_vat = false) {
  return {.valid_from = *base::Date::make(year, 1, 1),
          .price = {*base::Decimal::parse(price)},
          .includes_vat = includes_vat,
          .vat_class = "standard"};
}

Catalogue catalogue() {
  const auto item = [](std::string code, std::string division, PriceRow price) {
    return CatalogueItem{.code = std::move(code),
                         .kind = ItemKind::kOneOff,
                         .division = std::move(division),
                         .names = {},
                         .prices = {price},
                         .campaign = {}};
  };
  return *Catalogue::make({item("ROUTER", "broadband", listed(2025, "796")),
                           item("CASE", "mobile", listed(2025, "99")),
                           item("GROSS", "broadband", listed(2025, "125", true))});
}

using Fields = std::map<std::string, std::string>;

Intake<Order> read(const Fields& changes) {
  static const Catalogue kCatalogue = catalogue();
  Fields fields = {{"number", "70001"},   {"customer_number", "B1"}, {"date", "2026-10-30"},
                   {"item", "ROUTER"},    {"quantity", "2"},         {"unit_price", "796.00"},
                   {"payment", "on_bill"}};
  for (const auto& [name, text] : changes) fields[name] = text;
  Record record;
  for (const auto& [name, text] : fields) record.fields.push_back({name, "file_" + name, text});
  return read_order(record, {.catalogue = kCatalogue,
                             .division = "broadband",
                             .country = "SE",
                             .today = *base::Date::make(2026, 11, 1)});
}

TEST(Order, GoodRecordAndItsCharge) {
  const auto intake = read({{"payment", "direct"}});
  ASSERT_TRUE(intake.value);
  EXPECT_TRUE(intake.notices.empty());
  const Charge charge = make_charge(*intake.value, {.id = {},
                                                    .account = {},
                                                    .service = {},
                                                    .division = "broadband",
                                                    .source = "broadband.orders",
                                                    .currency = {}});
  EXPECT_EQ(charge.net.to_decimal_string(), "1592.00");
  EXPECT_EQ(charge.payment, ChargePayment::kDirect);
  EXPECT_EQ(charge.period.to_string(), "2026-10");
  EXPECT_EQ(charge.record_id, "70001");
  EXPECT_EQ(charge.vat_class, "standard");
}

TEST(Order, WhatRefusesARecord) {
  const struct {
    Fields changes;
    std::string field, code;
  } rows[] = {
      {{{"number", ""}}, "number", "missing_value"},
      {{{"customer_number", ""}}, "customer_number", "missing_value"},
      {{{"date", ""}}, "date", "missing_value"},
      {{{"date", "2026-02-30"}}, "date", "no_such_date"},
      {{{"date", "2131-01-01"}}, "date", "year_out_of_range"},
      {{{"item", ""}}, "item", "missing_value"},
      {{{"item", "TOASTER"}}, "item", "unknown_item"},
      {{{"item", "CASE"}}, "item", "unknown_item"},  // Of another division.
      {{{"item", "GROSS"}}, "item", "price_includes_vat"},
      {{{"date", "2024-12-31"}}, "item", "no_price"},
      {{{"quantity", "0"}}, "quantity", "bad_quantity"},
      {{{"quantity", "-1"}}, "quantity", "bad_quantity"},
      {{{"quantity", "1000001"}}, "quantity", "bad_quantity"},
      {{{"quantity", "1.00000000001"}}, "quantity", "bad_quantity"},
      {{{"unit_price", "-1"}}, "unit_price", "bad_price"},
      {{{"unit_price", "1000000001"}}, "unit_price", "bad_price"},
      {{{"unit_price", "1000001"}, {"quantity", "1000"}}, "unit_price", "bad_price"},
      {{{"payment", "barter"}}, "payment", "unknown_value"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.field + " " + row.code);
    const auto intake = read(row.changes);
    EXPECT_FALSE(intake.value);
    ASSERT_EQ(intake.refusals.size(), 1U);
    EXPECT_EQ(intake.refusals[0].field, "file_" + row.field);
    EXPECT_EQ(intake.refusals[0].code, row.code);
  }
}

TEST(Order, WhatTheFileDoesNotSay) {
  const auto intake = read({{"quantity", ""}, {"unit_price", ""}, {"payment", ""}});
  ASSERT_TRUE(intake.value);
  EXPECT_EQ(intake.value->quantity, base::Decimal::from_integer(1));
  EXPECT_EQ(intake.value->unit_price.amount.to_string(), "796");
  EXPECT_EQ(intake.value->payment, ChargePayment::kOnBill);
}

// What was agreed counts, even when the catalogue says something else; somebody is told.
TEST(Order, AnotherPriceThanTheCatalogues) {
  const auto intake = read({{"unit_price", "399.20"}});
  ASSERT_TRUE(intake.value);
  EXPECT_EQ(intake.value->unit_price.amount.to_string(), "399.2");
  ASSERT_EQ(intake.notices.size(), 1U);
  EXPECT_EQ(intake.notices[0].code, "price_differs");
}

TEST(Order, AllThatIsWrongIsSaid) {
  const auto intake = read({{"number", ""},
                            {"date", "2026-13-45"},
                            {"quantity", "0"},
                            {"unit_price", "-1"},
                            {"payment", "barter"}});
  EXPECT_EQ(intake.refusals.size(), 5U);
}

}  // namespace
}  // namespace domain
