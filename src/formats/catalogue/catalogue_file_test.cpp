// The catalogue's file: Aurora's own, and mistakes by name. That it agrees with its source is
// katalog_test's.
#include "formats/catalogue/catalogue_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "support/config/toml.h"

namespace formats {
namespace {

using domain::ItemKind;

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

base::Result<domain::Catalogue> read(std::string_view text) {
  const auto json = config::parse_toml(text, "catalogue.toml");
  EXPECT_TRUE(json) << base::describe(json.error());
  return read_catalogue_file(*json, "catalogue.toml");
}

domain::Catalogue aurora() {
  return *read(read_text(TELGIRO_SOURCE_DIR "/operators/aurora/catalogue.toml"));
}

std::string price_of(const domain::Catalogue& catalogue, const std::string& code, ItemKind kind) {
  const auto* item = catalogue.find(code, kind);
  if (!item) return "absent";
  return domain::Catalogue::price_on(*item, *base::Date::make(2026, 10, 1))
      ->price.amount.to_string();
}

TEST(CatalogueFile, Aurora) {
  const auto catalogue = aurora();
  EXPECT_EQ(price_of(catalogue, "FIBER100", ItemKind::kPlan), "319.2");
  const auto* campaign = catalogue.find("HALVA3", ItemKind::kCampaign);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->campaign.off.value.to_string(), "50");
  EXPECT_EQ(campaign->campaign.whole_months, 3);
  EXPECT_EQ(campaign->campaign.plans.size(), 4U);
  EXPECT_EQ(campaign->name("fi"), "Puoleen hintaan kolme kuukautta");
  EXPECT_EQ(campaign->name("sv"), "Halva priset i tre månader");
}

constexpr std::string_view kSmall = R"(
[[items]]
code = "A"
kind = "plan"
division = "broadband"
name = "Plan A"
prices = [{ valid_from = 2026-01-01, price = "10" }, { valid_from = 2026-06-01, price = "12" }]
[[items]]
code = "C"
kind = "campaign"
division = "broadband"
name = "Campaign C"
plans = ["A"]
off_percent = "50"
whole_months = 3
)";

TEST(CatalogueFile, MistakesAreNamed) {
  ASSERT_TRUE(read(kSmall)) << base::describe(read(kSmall).error());
  const struct {
    std::string_view from, to;
    std::string code, place;
  } rows[] = {
      {"code = \"A\"", "", "missing_member", "items.0.code"},
      {"\"plan\"", "\"plane\"", "bad_member", "items.0.kind"},
      {"\"10\"", "\"-10\"", "bad_member", "items.0.prices.0.price"},
      {"\"10\"", "\"ten\"", "bad_member", "items.0.prices.0.price"},
      {"2026-06-01", "\"June\"", "bad_member", "items.0.prices.1.valid_from"},
      {"2026-06-01", "2026-01-01", "catalogue_price_order", "A"},
      {"code = \"C\"", "code = \"A\"", "catalogue_duplicate", "A"},
      {"plans = [\"A\"]", "plans = [\"B\"]", "catalogue_unknown_plan", "C"},
      {"whole_months = 3", "whole_months = 0", "bad_member", "items.1.whole_months"},
      {"off_percent = \"50\"", "off_percent = \"500\"", "catalogue_bad_campaign", "C"},
      {"whole_months", "whole_month", "unknown_member", "items.1.whole_month"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.to);
    std::string text(kSmall);
    const std::size_t at = text.find(row.from);
    ASSERT_NE(at, std::string::npos);
    const auto got = read(text.replace(at, row.from.size(), row.to));
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, row.code);
    EXPECT_EQ(got.error().place, "catalogue.toml: " + row.place);
  }
}

}  // namespace
}  // namespace formats
