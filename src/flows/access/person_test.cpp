// Two names of one person are one, wherever two people are needed, on both engines.
#include "flows/access/person.h"

#include <gtest/gtest.h>

#include "flows/access/create_user.h"
#include "ports/access.h"
#include "tests/support/stores.h"

namespace flows {
namespace {

class PersonTest : public tests::StoreTest {
 protected:
  std::string add(const std::string& login) {
    const AccessPorts access{store(), clock(), random_};
    const auto id = create_user(access,
                                {.login = login,
                                 .name = login,
                                 .language = "sv",
                                 .password = "fyra gröna båtar",
                                 .roles = {domain::Role::kFinance}},
                                "cli");
    return id.value().to_string();
  }
  std::string token_of(const std::string& user) {
    ports::ApiToken token;
    token.id = crypto::make_random_id<domain::TokenId>(random_, clock().now(), "token of " + user);
    token.token_hash = std::string(32, user.back());
    token.user = domain::UserId::parse(user).value();
    EXPECT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
      return transaction.access().add_api_token(token);
    }));
    return token.id.to_string();
  }

  crypto::SystemRandom random_;
};
TELGIRO_ON_BOTH_ENGINES(PersonTest);

TEST_P(PersonTest, IsOneHoweverTheyAreWritten) {
  const std::string anna = add("anna"), bengt = add("bengt");
  const std::string annas = token_of(anna), bengts = token_of(bengt);
  struct Row {
    std::string one, other;
    bool same;
  };
  const std::vector<Row> rows = {
      {anna, anna, true},           {anna, annas, true},      {anna, "anna", true},
      {anna, "Anna", true},         {anna, "cli:anna", true}, {annas, "CLI:ANNA", true},
      {anna, bengt, false},         {annas, bengts, false},   {anna, "bengt", false},
      {"anna", "cli:bengt", false}, {"command", anna, false}, {"command", "command", true},
      {"nobody", "NOBODY", true},   {"", anna, false},
  };
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  for (const Row& row : rows) {
    EXPECT_EQ(is_same_person(*transaction, row.one, row.other).value(), row.same)
        << row.one << " and " << row.other;
  }
}

}  // namespace
}  // namespace flows
