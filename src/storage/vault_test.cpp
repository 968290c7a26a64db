// Sealing (D10): what opens, what does not, and that erasing a key is for good.
#include "storage/vault.h"

#include "tests/support/sample_rows.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Result;
using tests::code_of;
using tests::sample_customer;

class VaultTest : public tests::StoreTest {
 protected:
  void SetUp() override {
    const auto transaction = begin();
    ASSERT_OK(transaction->vault().create_customer_key(sample_customer(1)));
    ASSERT_OK(transaction->vault().create_customer_key(sample_customer(2)));
    ASSERT_OK(transaction->commit());
  }
  [[nodiscard]] std::unique_ptr<SqlTransaction> begin() {
    auto transaction = store().begin_sql(ports::TransactionKind::kWrite);
    EXPECT_OK(transaction);
    return std::move(*transaction);
  }
};
TELGIRO_ON_BOTH_ENGINES(VaultTest);

TEST_P(VaultTest, WhatWasSealedOpensInALaterTransaction) {
  std::string sealed;
  {
    const auto transaction = begin();
    sealed = *transaction->vault().seal(sample_customer(1), "place", "Aino Virtanen");
    EXPECT_EQ(sealed.find("Aino"), std::string::npos);
  }
  const auto transaction = begin();
  EXPECT_EQ(transaction->vault().unseal("place", sealed).value_or("?"), "Aino Virtanen");
  EXPECT_EQ(Vault::sealed_by(sealed), sample_customer(1));
}

TEST_P(VaultTest, TheSameTextInTheSamePlaceSealsToTheSameBytes) {
  const auto transaction = begin();
  Vault& vault = transaction->vault();
  const std::string sealed = *vault.seal(sample_customer(1), "place", "text");
  EXPECT_EQ(*vault.seal(sample_customer(1), "place", "text"), sealed);
  EXPECT_NE(*vault.seal(sample_customer(1), "another place", "text"), sealed);
  EXPECT_NE(*vault.seal(sample_customer(2), "place", "text"), sealed);
}

TEST_P(VaultTest, BytesInAnotherPlaceOrChangedDoNotOpen) {
  const auto transaction = begin();
  Vault& vault = transaction->vault();
  const std::string sealed = *vault.seal(sample_customer(1), "bill/1", "text");
  EXPECT_EQ(code_of(vault.unseal("bill/2", sealed)), "cannot_unseal");
  for (const std::size_t size : {0U, 5U, 16U, 30U}) {
    EXPECT_EQ(code_of(vault.unseal("bill/1", sealed.substr(0, size))), "cannot_unseal");
  }
  std::string changed = sealed;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  EXPECT_EQ(code_of(vault.unseal("bill/1", changed)), "cannot_unseal");
  // Taken for another customer's, or for the operator's.
  const std::string owner2(reinterpret_cast<const char*>(sample_customer(2).bytes().data()), 16);
  EXPECT_EQ(code_of(vault.unseal("bill/1", owner2 + sealed.substr(16))), "cannot_unseal");
  EXPECT_EQ(code_of(vault.unseal("bill/1", std::string(16, '\0') + sealed.substr(16))),
            "cannot_unseal");
}

TEST_P(VaultTest, AnErasedCustomerCannotBeReadAgain) {
  std::string sealed;
  {
    const auto transaction = begin();
    Vault& vault = transaction->vault();
    sealed = *vault.seal(sample_customer(1), "place", "text");
    ASSERT_OK(vault.erase_customer_key(sample_customer(1), clock().now()));
    EXPECT_EQ(code_of(vault.unseal("place", sealed)), "erased");
    ASSERT_OK(transaction->commit());
  }
  const auto transaction = begin();
  Vault& vault = transaction->vault();
  EXPECT_EQ(code_of(vault.unseal("place", sealed)), "erased");
  EXPECT_EQ(code_of(vault.seal(sample_customer(1), "place", "more")), "erased");
  EXPECT_OK(vault.seal(sample_customer(2), "place", "others go on"));
  EXPECT_OK(vault.erase_customer_key(sample_customer(1), clock().now()));  // Again.
  EXPECT_EQ(code_of(vault.erase_customer_key(sample_customer(9), clock().now())),
            "no_customer_key");
  // And gets no new key by mistake.
  EXPECT_EQ(code_of(vault.create_customer_key(sample_customer(1))), "constraint_violated");
}

TEST_P(VaultTest, ACustomerWithoutKeyIsNamed) {
  const auto transaction = begin();
  const auto sealed = transaction->vault().seal(sample_customer(9), "place", "text");
  ASSERT_EQ(code_of(sealed), "no_customer_key");
  EXPECT_EQ(sealed.error().place, sample_customer(9).to_string());
}

TEST_P(VaultTest, TheOperatorsKeySealsWhatBelongsToNoCustomer) {
  const auto transaction = begin();
  Vault& vault = transaction->vault();
  const std::string sealed = vault.seal_operator("import_reject.raw_sealed/1", "a;b;c");
  EXPECT_EQ(vault.unseal("import_reject.raw_sealed/1", sealed).value_or("?"), "a;b;c");
  EXPECT_EQ(Vault::sealed_by(sealed), std::nullopt);
}

TEST_P(VaultTest, ManyKeysAreFetchedAtOnce) {
  std::vector<domain::CustomerId> customers;
  for (std::int64_t n = 10; n < 600; ++n) customers.push_back(sample_customer(n));
  {
    const auto transaction = begin();
    ASSERT_OK(transaction->vault().create_customer_keys(customers));
    ASSERT_OK(transaction->commit());
  }
  const auto transaction = begin();
  customers.push_back(customers.front());     // Given twice.
  customers.push_back(sample_customer(999));  // Not there.
  ASSERT_OK(transaction->vault().prefetch(customers));
  // What was fetched opens even when the rows are gone.
  ASSERT_OK(transaction->connection().execute("DELETE FROM customer_key"));
  EXPECT_OK(transaction->vault().seal(sample_customer(599), "place", "text"));
  EXPECT_EQ(code_of(transaction->vault().seal(sample_customer(999), "place", "text")),
            "no_customer_key");
}

TEST_P(VaultTest, IndexHashesDependOnKindValueAndMasterKey) {
  const auto transaction = begin();
  const Vault& vault = transaction->vault();
  const sql::Bytes hash = vault.index_hash("national_id", "199001012384");
  EXPECT_EQ(hash.value.size(), 32U);
  EXPECT_EQ(vault.index_hash("national_id", "199001012384"), hash);
  EXPECT_NE(vault.index_hash("organisation", "199001012384"), hash);
  EXPECT_NE(vault.index_hash("national_id", "199001012385"), hash);
  const Vault stranger(transaction->connection(), crypto::Key(), random());
  EXPECT_NE(stranger.index_hash("national_id", "199001012384"), hash);
}

TEST(SealedPlace, NamesTableColumnAndRow) {
  EXPECT_EQ(sealed_place("event", "text_sealed", {sql::Bytes{"\x01\xff"}, std::int64_t{-7}}),
            "event.text_sealed/01ff/-7");
  EXPECT_EQ(sealed_place("t", "c", {std::string("a/1"), std::string("b")}), "t.c/3:a/1/1:b");
  EXPECT_NE(sealed_place("t", "c", {std::string("a"), std::string("b/c")}),
            sealed_place("t", "c", {std::string("a/b"), std::string("c")}));
}

}  // namespace
}  // namespace storage
