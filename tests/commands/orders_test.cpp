// Orders by the command line: killed at any write and asked for again with the same key, each is
// there once, with one invoice; and settings of what payments cost are read.
#include <gtest/gtest.h>

#include <set>

#include "tests/commands/answers.h"
#include "tests/support/installation.h"

namespace tests {
namespace {

using base::Json;
using storage::sql::Engine;

constexpr int kPointsMax = 80;

std::string account_of(Installation& installation) {
  const Json list = answer_of(installation.run({"account", "list", "--limit", "1"}));
  return list["accounts"].as_array()->front().text("id");
}

std::size_t count(Installation& installation, const std::vector<std::string>& command,
                  const std::string& member) {
  return answer_of(installation.run(command))[member].as_array()->size();
}

TEST(OrderCommands, KilledAnywhereTheOrderIsThereOnce) {
  Installation installation(Engine::kSqlite);
  ASSERT_EQ(installation.run({"import", "--operator", "aurora", source_folder()}).exit_code, 0);
  const std::string account = account_of(installation);
  std::size_t orders = 0;
  bool was_killed = true;
  for (int point = 1; was_killed && point < kPointsMax; ++point) {
    const std::vector<std::string> create = {
        "order",     "create", "--account", account, "--item",
        "ROUTER-AX", "--how",  "now",       "--key", std::to_string(point)};
    const Ended killed =
        installation.run(create, {{"TELGIRO_TEST_KILL_AT", std::to_string(point)}});
    was_killed = killed.exit_code != 0;
    const Ended again = installation.run(create);
    ASSERT_EQ(again.exit_code, 0) << again.errors;
    EXPECT_EQ(answer_of(again).text("state"), "awaiting_payment") << point;
    ++orders;
  }
  EXPECT_FALSE(was_killed) << "the last one ran through";
  EXPECT_GT(orders, 5U);
  EXPECT_EQ(count(installation, {"order", "list", "--limit", "500"}, "orders"), orders);
  const Json papers = answer_of(installation.run({"document", "list", "--limit", "500"}));
  std::set<std::string> numbers;
  for (const Json& paper : *papers["documents"].as_array()) numbers.insert(paper.text("number"));
  EXPECT_EQ(numbers.size(), orders);
  EXPECT_EQ(installation.run({"verify"}).exit_code, 0);
}

TEST(OrderCommands, WhatPaymentsCostIsReadFromTheSettings) {
  const struct {
    std::string settings;
    std::string_view error;
  } rows[] = {
      {"[rail.bankgiro]\nfee_fixed = '1.75'\n", ""},
      {"[rail.bankgiro]\nfee_fixed = 'much'\n", "bad_rail_cost"},
      {"[rail.bankgiro]\nfee_fixed = '-1'\n", "bad_rail_cost"},
      {"[rail.bankgiro]\nfee = '1'\n", "bad_rail_cost"},
      {"[rail]\nbankgiro = '1'\n", "wrong_config_type"},
      {"[gateway.swish]\nfee_percent_swish = 'x'\n", "bad_rail_cost"},
      {"[orders]\nbill_limit = 'much'\n", ""},  // No command but those of orders needs it.
  };
  for (const auto& row : rows) {
    Installation installation(Engine::kSqlite);
    write_file(installation.file("telgiro.toml"), row.settings);
    const Ended ended = installation.run({"report", "rail-costs", "--year", "2026"});
    EXPECT_EQ(ended.exit_code == 0, row.error.empty()) << row.settings << ended.errors;
    EXPECT_TRUE(error_of(ended).contains(row.error)) << error_of(ended);
  }
}

}  // namespace
}  // namespace tests
