// The catalogue in the database: nothing of an item is lost, and only what changed is written.
#include "ports/catalogue.h"

#include <gtest/gtest.h>

#include "domain/catalogue/catalogue_json.h"
#include "support/json/parse.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

using domain::CatalogueItem;
using ports::CatalogueChange;

class CatalogueTableTest : public tests::StoreTest {
 protected:
  CatalogueChange save(const std::vector<CatalogueItem>& items) {
    const auto catalogue = domain::Catalogue::make(items);
    EXPECT_OK(catalogue);
    CatalogueChange change;
    const auto saved =
        ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> base::Result<> {
          change = TRY(transaction.catalogue().save_catalogue(*catalogue, clock().now()));
          return {};
        });
    EXPECT_OK(saved);
    return change;
  }

  std::vector<CatalogueItem> load() {
    const auto transaction = store().begin(ports::TransactionKind::kRead);
    const auto loaded = (*transaction)->catalogue().load_catalogue();
    EXPECT_OK(loaded);
    return {loaded->items().begin(), loaded->items().end()};
  }
};
TELGIRO_ON_BOTH_ENGINES(CatalogueTableTest);

// One item of each kind, with everything that it can have.
std::vector<CatalogueItem> everything() {
  const char* rows[] = {
      R"({"code":"ADD","kind":"add_on","division":"mobile","names":{"":"Add"},
          "allowances":[{"pool":"data","amount":"2.5","unit":"GB","shared":true,
                         "months_rolled_over":3,"over":"OVER"}],
          "proration":"fixed_30","prices":[{"valid_from":"2020-01-01","price":"1"}]})",
      R"({"code":"CAMP","kind":"campaign","division":"mobile","names":{"":"C","sv":"K"},
          "plans":["PLAN"],"off_amount":"25.50","whole_months":2,"stacking":"adds",
          "starts":"2026-01-01","ends":"2026-12-31"})",
      R"({"code":"DATA","kind":"usage","division":"mobile","names":{"":"Data"},"kinds":["data"],
          "zones":["","SE"],"plans":["PLAN"],"windows":["workdays 08:00-18:00"],"unit":"MB",
          "increments":"1000/1000","connect_fee":"0.10","pools":["data"],"fair_use_group":"EU",
          "prices":[{"valid_from":"2020-01-01","price":"0.1512","vat_class":"reduced_1"}],
          "brand_prices":{"LOW":[{"valid_from":"2020-01-01","price":"0.1"}]}})",
      R"({"code":"FILM","kind":"usage","division":"mobile","names":{"":"Film"},"kinds":["ppv"],
          "classes":["home"],"unit":"piece","price_from_record":true,"includes_vat":true})",
      R"({"code":"ONE","kind":"one_off","division":"mobile","names":{"":"One"},
          "prices":[{"valid_from":"2020-01-01","price":"2","includes_vat":true}]})",
      R"({"code":"OVER","kind":"usage","division":"mobile","names":{"":"Over"},"unit":"GB",
          "scope":"month","prices":[
            {"valid_from":"2020-01-01","price":"40"},
            {"valid_from":"2026-01-01","form":"graduated","tiers":[
               {"up_to":"10","unit":"47.20","fixed":"5"},{"unit":"31.20"}],
             "free_units":"1","minimum":"2","maximum":"900"}]})",
      R"({"code":"PLAN","kind":"plan","division":"mobile","names":{"":"Plan"},"ends":"2027-01-01",
          "fair_use":[{"pool":"data","group":"EU","cap":"10","unit":"GB"}],"increments":"60/60",
          "minimum_spend":"10","minimum_item":"OVER","spend_cap":"500",
          "prices":[{"valid_from":"2020-01-01","price":"99"},
                    {"valid_from":"2026-01-01","valid_to":"2027-01-01","price":"109"}]})",
      R"({"code":"home","kind":"number_class","division":"mobile","names":{"":"Home"},
          "numbers":["","+46","0"]})"};
  std::vector<CatalogueItem> items;
  for (const char* row : rows) {
    auto item = domain::read_catalogue_item(*json::parse(row), "row", {});
    EXPECT_OK(item);
    if (item) items.push_back(*std::move(item));
  }
  return items;
}

TEST_P(CatalogueTableTest, NothingIsLost) {
  auto items = everything();
  items.front().names.clear();  // Not even that there is no name.
  EXPECT_EQ(save(items), (CatalogueChange{8, 0, 7, 0}));
  EXPECT_EQ(load(), items);
  EXPECT_EQ(save(items), CatalogueChange());
}

TEST_P(CatalogueTableTest, APriceMayChangeItsForm) {
  auto items = everything();
  save(items);
  auto& over = items[5].prices;
  std::swap(over[0].model, over[1].model);
  std::swap(over[0].price, over[1].price);
  EXPECT_EQ(save(items), (CatalogueChange{0, 1, 0, 2}));
  EXPECT_EQ(load(), items);
  over.pop_back();
  EXPECT_EQ(save(items), (CatalogueChange{0, 1, 0, 1}));
  EXPECT_EQ(load(), items);
}

TEST_P(CatalogueTableTest, DefinitionsOfTheFirstReleaseAreRead) {
  save(everything());
  const auto database = this->database().open();
  auto connection = database->connect();
  ASSERT_OK(connection);
  ASSERT_OK((*connection)
                ->execute("UPDATE catalogue_item SET definition = $1 WHERE code = 'CAMP'",
                          {std::string(R"({"names":{"":"C"},"plans":["PLAN"],)"
                                       R"("off_percent":"50","whole_months":3})")}));
  const auto items = load();
  EXPECT_EQ(items[1].campaign.off.value.to_string(), "50");
  EXPECT_EQ(items[1].campaign.stacking, domain::Stacking::kBestOnly);
}

}  // namespace
}  // namespace storage
