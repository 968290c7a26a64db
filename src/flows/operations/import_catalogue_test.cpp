// Catalogue items beside those that are there: what is compared, what is taken, and what is not.
#include "flows/operations/import_catalogue.h"

#include "tests/flows/aurora.h"
#include "tests/support/stores.h"

namespace flows {
namespace {

using domain::CatalogueItem;

class ImportCatalogueTest : public tests::StoreTest {
 protected:
  static CatalogueItem of_aurora(std::string_view code) {
    const auto items = tests::aurora_catalogue().items();
    return *std::ranges::find(items, code, &CatalogueItem::code);
  }
};
TELGIRO_ON_BOTH_ENGINES(ImportCatalogueTest);

TEST_P(ImportCatalogueTest, TakesWhatIsNewAndKeepsTheRest) {
  tests::load_aurora(store(), clock());
  CatalogueItem dearer = of_aurora("DSL24"), fresh = of_aurora("DSL24");
  dearer.prices.front().price.amount = base::Decimal::from_integer(249);
  dearer.names.clear();  // The names that are there stay.
  fresh.code = "DSL8";
  const std::vector<CatalogueItem> items = {dearer, fresh};
  const auto changes = compare_catalogue(store(), items);
  ASSERT_OK(changes);
  std::vector<std::string> told;
  for (const domain::ItemChange& change : *changes) {
    if (change.fate == domain::ItemFate::kNotInFile) continue;
    told.push_back(change.code + " " + std::string(domain::to_text(change.fate)));
  }
  EXPECT_EQ(told, (std::vector<std::string>{"DSL24 changed", "DSL8 added"}));
  const auto first = import_catalogue(store(), clock(), items);
  ASSERT_OK(first);
  EXPECT_EQ(*first, (ports::CatalogueChange{1, 1, 1, 1}));
  EXPECT_EQ(import_catalogue(store(), clock(), items).value_or(*first), ports::CatalogueChange());
  const auto transaction = *store().begin(ports::TransactionKind::kRead);
  const auto loaded = *transaction->catalogue().load_catalogue();
  EXPECT_EQ(loaded.find("DSL24", domain::ItemKind::kPlan)->names, of_aurora("DSL24").names);
  EXPECT_EQ(loaded.items().size(), tests::aurora_catalogue().items().size() + 1);
}

TEST_P(ImportCatalogueTest, RefusesWhatDoesNotFit) {
  tests::load_aurora(store(), clock());
  CatalogueItem strange = of_aurora("DSL24"), cheaper = of_aurora("HALVA3");
  strange.division = "radio";
  cheaper.campaign.plans = {"DSL1"};
  EXPECT_EQ(tests::code_of(import_catalogue(store(), clock(), {strange})), "unknown_division");
  EXPECT_EQ(tests::code_of(import_catalogue(store(), clock(), {cheaper})),
            "catalogue_unknown_plan");
  EXPECT_TRUE(compare_catalogue(store(), {of_aurora("DSL24")})->size() + 1 ==
              tests::aurora_catalogue().items().size());
}

}  // namespace
}  // namespace flows
