// Operator and catalogue in the database: as in their files, and no change where there is none.
#include "flows/operations/load_operator.h"

#include "ports/catalogue.h"
#include "tests/flows/aurora.h"
#include "tests/support/stores.h"

namespace flows {
namespace {

using LoadOperatorTest = tests::StoreTest;
TELGIRO_ON_BOTH_ENGINES(LoadOperatorTest);

TEST_P(LoadOperatorTest, TwiceIsOnce) {
  const auto& aurora = tests::aurora().value;
  const auto first = load_operator(store(), clock(), aurora, tests::aurora_catalogue());
  ASSERT_OK(first);
  EXPECT_TRUE(first->operator_changed);
  EXPECT_EQ(first->catalogue, (ports::CatalogueChange{58, 0, 42, 0}));
  const auto second = load_operator(store(), clock(), aurora, tests::aurora_catalogue());
  ASSERT_OK(second);
  EXPECT_FALSE(second->operator_changed);
  EXPECT_EQ(second->catalogue, ports::CatalogueChange());

  const auto transaction = *store().begin(ports::TransactionKind::kRead);
  EXPECT_EQ(**transaction->catalogue().find_operator("aurora"), aurora);
  EXPECT_FALSE(*transaction->catalogue().find_operator("nobody"));
  EXPECT_EQ(transaction->catalogue().list_operators()->size(), 1U);
  const auto loaded = *transaction->catalogue().load_catalogue();
  EXPECT_TRUE(std::ranges::equal(loaded.items(), tests::aurora_catalogue().items()));
}

TEST_P(LoadOperatorTest, ChangesAreCounted) {
  const auto& aurora = tests::aurora().value;
  ASSERT_OK(load_operator(store(), clock(), aurora, tests::aurora_catalogue()));
  const auto items = tests::aurora_catalogue().items();
  std::vector<domain::CatalogueItem> changed(items.begin(), items.end());
  const auto item = [&](std::string_view code) -> domain::CatalogueItem& {
    return *std::ranges::find(changed, code, &domain::CatalogueItem::code);
  };
  domain::PriceRow dearer = item("DSL24").prices.front();
  dearer.valid_from = *base::Date::make(2027, 1, 1);
  dearer.price.amount = base::Decimal::from_integer(249);
  item("DSL24").prices.push_back(dearer);
  item("FIBER100").prices.front().price.amount = base::Decimal::from_integer(1);
  item("MESH-2").names["en"] = "Mesh kit";
  const auto report = load_operator(store(), clock(), aurora, *domain::Catalogue::make(changed));
  ASSERT_OK(report);
  EXPECT_EQ(report->catalogue, (ports::CatalogueChange{0, 3, 1, 1}));
  // A price that the file no longer has goes; an item that it no longer has stays.
  item("DSL24").prices.pop_back();
  std::erase_if(changed, [](const auto& each) { return each.code == "ROUTER-AX"; });
  const auto fewer = load_operator(store(), clock(), aurora, *domain::Catalogue::make(changed));
  ASSERT_OK(fewer);
  EXPECT_EQ(fewer->catalogue, (ports::CatalogueChange{0, 1, 0, 1}));
  const auto transaction = *store().begin(ports::TransactionKind::kRead);
  EXPECT_TRUE(
      transaction->catalogue().load_catalogue()->find("ROUTER-AX", domain::ItemKind::kOneOff));
}

TEST_P(LoadOperatorTest, WhatDoesNotFitTogetherIsRefused) {
  domain::Operator aurora = tests::aurora().value;
  aurora.divisions.erase(aurora.divisions.begin());
  const auto report = load_operator(store(), clock(), aurora, tests::aurora_catalogue());
  EXPECT_EQ(tests::code_of(report), "unknown_division");
  aurora = tests::aurora().value;
  aurora.time_zone = "Europe/Nowhere";
  EXPECT_NE(tests::code_of(load_operator(store(), clock(), aurora, tests::aurora_catalogue())), "");
  const auto transaction = *store().begin(ports::TransactionKind::kRead);
  EXPECT_TRUE(transaction->catalogue().list_operators()->empty());
}

}  // namespace
}  // namespace flows
