// What a mapping may say, and how a mistake in one is named.
#include "formats/source/mapping.h"

#include <gtest/gtest.h>

#include "support/config/toml.h"

namespace formats::source {
namespace {

constexpr std::string_view kOrders = R"(
division = "broadband"
[[records]]
name = "orders"
kind = "order"
encoding = "utf-8"
[records.columns]
id = "number"
customer = "customer_number"
day = "date"
what = "item"
)";

base::Result<Mapping> read(std::string_view text) {
  const auto json = config::parse_toml(text, "mappings/test.toml");
  EXPECT_TRUE(json) << base::describe(json.error());
  return read_mapping(*json, "mappings/test.toml");
}

std::string changed(std::string_view from, std::string_view to) {
  std::string text(kOrders);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Mapping, WhatIsNotSaidHasADefault) {
  const auto mapping = read(kOrders);
  ASSERT_TRUE(mapping) << base::describe(mapping.error());
  const RecordMapping& orders = **mapping->find("orders");
  EXPECT_EQ(orders.source(), "broadband.orders");
  EXPECT_EQ(orders.reader, "csv");
  EXPECT_EQ(orders.delimiter, ',');
  EXPECT_EQ(orders.quote, '"');
  EXPECT_EQ(orders.decimal_mark, '.');
  ASSERT_EQ(orders.date_forms.size(), 1U);
  EXPECT_EQ(orders.date_forms[0].to_iso("2026-11-22"), "2026-11-22");
  EXPECT_EQ(mapping->find("customers").error().code, "unknown_mapping");
}

TEST(Mapping, MistakesAreNamed) {
  const struct {
    std::string text;
    std::string code;
    std::string place;
  } rows[] = {
      {changed("division = \"broadband\"", ""), "missing_member", "division"},
      {changed("name = \"orders\"", "name = 7"), "bad_member", "records.0.name"},
      {changed("kind = \"order\"", "kind = \"guess\""), "bad_member", "records.0.kind"},
      {changed("\"utf-8\"", "\"latin1\""), "bad_member", "records.0.encoding"},
      {changed("encoding = \"utf-8\"", ""), "missing_member", "records.0.encoding"},
      {changed("encoding = \"utf-8\"", "encoding = \"utf-8\"\nreader = \"xls\""), "bad_member",
       "records.0.reader"},
      {changed("encoding = \"utf-8\"", "encoding = \"utf-8\"\ndelimiter = \";;\""), "bad_member",
       "records.0.delimiter"},
      {changed("encoding = \"utf-8\"", "encoding = \"utf-8\"\ndates = [\"y-m-d\"]"), "bad_member",
       "records.0.dates"},
      {changed("encoding = \"utf-8\"", "encoding = \"utf-8\"\ncolour = \"red\""), "unknown_member",
       "records.0.colour"},
      {changed("day = \"date\"", "day = \"when\""), "mapping_unknown_field",
       "records.0.columns.day"},
      {changed("day = \"date\"", ""), "mapping_field_not_filled", "records.0.columns"},
      {changed("day = \"date\"", "day = \"date\"\nday2 = \"date\""), "mapping_field_filled_twice",
       "records.0.columns"},
      {changed("day = \"date\"", "day = { field = \"date\", values = 7 }"), "bad_member",
       "records.0.columns.day.values"},
      {changed("[[records]]", "[other]"), "unknown_member", "other"},
      {"division = \"broadband\"", "missing_member", "records"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);
    const auto mapping = read(row.text);
    ASSERT_FALSE(mapping);
    EXPECT_EQ(mapping.error().code, row.code);
    EXPECT_EQ(mapping.error().place, "mappings/test.toml: " + row.place);
  }
}

TEST(DateForm, Forms) {
  const struct {
    std::string_view form;
    std::string_view text;
    std::optional<std::string> iso;  // Whether the day exists is not the form's matter.
  } rows[] = {
      {"yyyy-mm-dd", "2026-11-22", "2026-11-22"},
      {"dd.mm.yyyy", "22.11.2026", "2026-11-22"},
      {"yyyymmdd", "20261122", "2026-11-22"},
      {"dd/mm/yyyy", "22/11/2026", "2026-11-22"},
      {"yyyy-mm-dd", "2026-13-45", "2026-13-45"},
      {"yyyy-mm-dd", "2026-1-2", std::nullopt},
      {"yyyy-mm-dd", "2026/11/22", std::nullopt},
      {"yyyy-mm-dd", "20x6-11-22", std::nullopt},
      {"yyyymmdd", "", std::nullopt},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);
    EXPECT_EQ(DateForm::parse(row.form)->to_iso(row.text), row.iso);
  }
  for (const std::string_view bad : {"", "yyyy", "yy-mm-dd", "yyyy-mm-dd-dd", "yyyy-mm-ddThh"}) {
    EXPECT_FALSE(DateForm::parse(bad)) << bad;
  }
}

}  // namespace
}  // namespace formats::source
