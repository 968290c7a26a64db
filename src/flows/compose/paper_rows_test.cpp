// The rows of a paper's table: their order, what they say, and that they add up.
#include "flows/compose/paper_rows.h"

#include <gtest/gtest.h>

#include "tests/support/sample_papers.h"
#include "tests/support/shipped_catalogue.h"

namespace flows::compose {
namespace {

using formats::document::pdf::PaperRow;

[[nodiscard]] Words words(locale::Language language) {
  return {locale::shipped_catalogue(), language};
}

// "name | quantity | price | VAT | amount", with usual spaces; headings by their names.
[[nodiscard]] std::string told(const PaperRow& row) {
  std::string text = row.name;
  if (row.kind == PaperRow::Kind::kGroup) return "== " + text;
  if (row.kind == PaperRow::Kind::kService) return "-- " + text;
  for (const std::string& cell : {row.quantity, row.unit_price, row.vat_rate, row.amount}) {
    text += " | " + cell;
  }
  for (const std::string_view space : {"\u00A0", "\u202F"}) {
    for (std::size_t at; (at = text.find(space)) != text.npos;) text.replace(at, space.size(), " ");
  }
  return text;
}

[[nodiscard]] std::vector<std::string> told(const std::vector<PaperRow>& rows) {
  std::vector<std::string> texts;
  for (const PaperRow& row : rows) texts.push_back(told(row));
  return texts;
}

TEST(PaperRows, R12FixedAndExtrasApartAndEachServiceByItself) {
  const auto paper = fixture::household_paper("sv");
  EXPECT_EQ(told(paper_rows(paper, true, words(locale::Language::kSwedish))),
            (std::vector<std::string>{
                "== Fast varje månad", "Play Familj | 1 | 179,00 | 25 % | 179,00",
                "-- Björkvägen 14 · 70010", "Bredband 250 | 1 | 499,00 | 25 % | 499,00",
                "Halva priset i tre månader | 1 | −249,50 | 25 % | −249,50",
                "-- Elin · 070-174 06 12", "Mobil 20 GB | 1 | 299,00 | 25 % | 299,00",
                "-- Noah · 070-174 06 48", "Mobil 5 GB | 1 | 126,04 | 25 % | 126,04", "== Utöver",
                "Mesh-punkt | 2 | 499,00 | 25 % | 998,00", "-- Björkvägen 14",
                "Router AX | 1 | 995,00 | 25 % | 995,00"}));
}

TEST(PaperRows, UsageHasItsUnitItsPriceAndWhatIsIncluded) {
  EXPECT_EQ(told(paper_rows(fixture::euro_paper(), true, words(locale::Language::kFinnish))),
            (std::vector<std::string>{
                "== Kiinteä joka kuukausi", "-- Revontulentie 9 · 88123",
                "Valokuitu 250 | 1 | 39,90 | 25,5 % | 39,90", "-- Aino · 040 123 4567",
                "Puheliittymä M | 1 | 19,90 | 25,5 % | 19,90", "== Lisäksi",
                "-- Aino · 040 123 4567", "Puhelut kotimaahan | 12,5 min | 0,0783 | 25,5 % | 0,98",
                "Data EU:ssa | 0,84 Gt | 3,1375 | 25,5 % | 2,64",
                "Tekstiviestit | 14 kpl |  |  | sisältyy hintaan"}));
}

TEST(PaperRows, CompaniesSeePricesWithoutVat) {
  const auto rows =
      told(paper_rows(fixture::business_paper("en", 4), false, words(locale::Language::kEnglish)));
  EXPECT_EQ(rows[2], "Fiber 1000 | 1 | 559.20 | 25% | 559.20");
  EXPECT_EQ(rows.back(), "Handbook | 5 | 42.50 | 6% | 212.50");
}

// A quantity and a price that do not come to the amount would only raise questions.
TEST(PaperRows, WhatDoesNotExplainTheAmountIsLeftOut) {
  auto paper = fixture::household_paper("sv");
  paper.lines[0].unit_price = {fixture::decimal("123.45")};
  const auto rows = paper_rows(paper, true, words(locale::Language::kSwedish));
  EXPECT_EQ(told(rows[3]), "Bredband 250 |  |  | 25 % | 499,00");
  // Part of a month: the price is of the whole one, and the period says how many days.
  paper.lines[3].unit_price = {fixture::decimal("159.20")};
  const auto part = paper_rows(paper, true, words(locale::Language::kSwedish));
  EXPECT_EQ(told(part[8]), "Mobil 5 GB | 1 | 199,00 | 25 % | 126,04");
}

TEST(PaperRows, AlwaysAddUpToThePaper) {
  for (const auto& [name, paper] : fixture::sample_papers()) {
    for (const bool with_vat : {true, false}) {
      base::Money sum(0, paper.total.currency());
      std::size_t lines = 0;
      for (const PaperRow& row : paper_rows(paper, with_vat, words(locale::Language::kGerman))) {
        sum += row.carried;
        lines += row.kind == PaperRow::Kind::kLine ? 1 : 0;
      }
      EXPECT_EQ(sum, with_vat ? paper.net + paper.vat_total : paper.net) << name;
      EXPECT_EQ(lines, paper.lines.size()) << name;
    }
  }
}

}  // namespace
}  // namespace flows::compose
