// Four eyes on a billing run by the command line (billing.approvals): nothing is issued until
// another person than who asked for it approves, however they are written; then exactly that.
#include <gtest/gtest.h>

#include "tests/commands/answers.h"
#include "tests/support/installation.h"

namespace tests {
namespace {

using base::Json;
using storage::sql::Engine;

// Each command draws other random numbers, as commands do.
Ended give(Installation& installation, const std::vector<std::string>& command) {
  static int seed = 1;
  return installation.run(command, {{"TELGIRO_TEST_SEED", std::to_string(++seed)}});
}

std::size_t bills_of(Installation& installation) {
  return answer_of(give(installation, {"bill", "list"}))["bills"].as_array()->size();
}

TEST(FourEyes, BillsAreIssuedWhenAnotherPersonApproves) {
  Installation installation(Engine::kSqlite);
  write_file(installation.file("telgiro.toml"), "[billing]\napprovals = 1\n");
  ASSERT_EQ(give(installation, {"import", "--operator", "aurora", source_folder()}).exit_code, 0);
  for (const std::string login : {"anna", "bengt"}) {
    ASSERT_EQ(give(installation, {"user", "add", login, "--role", "finance"}).exit_code, 0);
  }
  ASSERT_EQ(give(installation, {"user", "add", "agda", "--role", "agent"}).exit_code, 0);

  const std::vector<std::string> run = {"bill", "run", "--period", "2026-09"};
  const auto by = [](std::vector<std::string> command, const std::string& login) {
    if (!login.empty()) command.insert(command.end(), {"--by", login});
    return command;
  };
  EXPECT_EQ(error_of(give(installation, by(run, ""))), "2 person_not_named --by");
  EXPECT_TRUE(error_of(give(installation, by(run, "agda"))).contains("permission_denied"));
  const std::string early =
      error_of(give(installation, {"bill", "run", "--period", "2099-01", "--by", "anna"}));
  EXPECT_TRUE(early.contains("period_not_over")) << early;
  const Ended proposed = give(installation, by(run, "anna"));
  ASSERT_EQ(proposed.exit_code, 1) << proposed.errors;
  const Json proposal = answer_of(proposed);
  EXPECT_TRUE(proposal["run"].is_null());
  EXPECT_GT(proposal.integer("documents"), 0);
  EXPECT_EQ(bills_of(installation), 0U);

  const std::vector<std::string> approve = {"bill", "approve", proposal.text("proposal")};
  const struct {
    std::string login;
    std::string_view code;
  } refused[] = {
      {"", "person_not_named"},      {"agda", "permission_denied"}, {"anna", "approver_is_asker"},
      {"ANNA", "approver_is_asker"}, {"nobody", "user_not_found"},
  };
  for (const auto& row : refused) {
    const std::string error = error_of(give(installation, by(approve, row.login)));
    EXPECT_TRUE(error.contains(row.code)) << row.login << ": " << error;
    EXPECT_EQ(bills_of(installation), 0U) << row.login;
  }
  const Ended approved = give(installation, by(approve, "bengt"));
  ASSERT_EQ(approved.exit_code, 0) << approved.errors;
  EXPECT_EQ(answer_of(approved).integer("documents"), proposal.integer("documents"));
  EXPECT_EQ(answer_of(approved).text("total"), proposal.text("total"));
  EXPECT_GT(bills_of(installation), 0U);
  EXPECT_EQ(give(installation, by(approve, "bengt")).exit_code, 0) << "once";
  EXPECT_EQ(answer_of(give(installation, {"run", "list"}))["runs"].as_array()->size(), 1U);
  const std::string again = error_of(give(installation, by(run, "anna")));
  EXPECT_TRUE(again.contains("nothing_to_issue")) << again;
  EXPECT_EQ(give(installation, {"verify"}).exit_code, 0);
}

}  // namespace
}  // namespace tests
