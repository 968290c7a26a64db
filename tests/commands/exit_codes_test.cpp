// D14: the exit code of every class of outcome, with the error's code and place.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "tests/commands/answers.h"

namespace tests {
namespace {

namespace fs = std::filesystem;

using storage::sql::Engine;

struct Row {
  std::string_view command;
  std::string_view outcome;  // "exit code place"; empty places are left out.
};

class ExitCodesTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    installation_ = std::make_unique<Installation>(Engine::kSqlite);
    ASSERT_EQ(installation_->run({"import", "--operator", "aurora", source_folder()}).exit_code, 0);
    ASSERT_EQ(installation_->run({"bill", "run", "--period", "2026-09"}).exit_code, 0);
    ASSERT_EQ(installation_->run({"user", "add", "anna", "--role", "admin"}).exit_code, 0);
  }
  static void TearDownTestSuite() { installation_.reset(); }

  template <std::size_t kSize>
  static void expect(const Row (&rows)[kSize]) {
    const std::string before = installation_->dump();
    for (const Row& row : rows) {
      EXPECT_EQ(error_of(installation_->run(words(std::string(row.command)))), row.outcome)
          << row.command;
    }
    EXPECT_EQ(first_difference(installation_->dump(), before), "none");
  }

  static std::unique_ptr<Installation> installation_;
};

std::unique_ptr<Installation> ExitCodesTest::installation_;

TEST_F(ExitCodesTest, NegativeAnswers) {
  const Row rows[] = {
      {"bill show 123456", "1 bill_not_found 123456"},
      {"bill show bill_2jmc0xc9fzwwrt867a4eq2x7m7",
       "1 bill_not_found bill_2jmc0xc9fzwwrt867a4eq2x7m7"},
      {"bill link 99999999", "1 bill_not_found 99999999"},
      {"document export 99999999", "1 document_not_found 99999999"},
      {"run show run_2jmc0xc9fzwwrt867a4eq2x7m7", "1 run_not_found run_2jmc0xc9fzwwrt867a4eq2x7m7"},
      {"events acct_2jmc0xc9fzwwrt867a4eq2x7m7",
       "1 unknown_account acct_2jmc0xc9fzwwrt867a4eq2x7m7"},
      {"reject show rej_2jmc0xc9fzwwrt867a4eq2x7m7",
       "1 unknown_reject rej_2jmc0xc9fzwwrt867a4eq2x7m7"},
      {"customer link 1 2", "1 unknown_customer 2"},
      {"customer unlink broadband X1", "1 unknown_source broadband:X1"},
      {"customer segment 1 business", "1 unknown_customer 1"},
      {"account show acct_2jmc0xc9fzwwrt867a4eq2x7m7",
       "1 unknown_account acct_2jmc0xc9fzwwrt867a4eq2x7m7"},
      {"account profile show 1", "1 unknown_customer 1"},
      {"account open --customer 1", "1 unknown_customer 1"},
      {"law XX", "1 unknown_country XX"},
      {"user deactivate nobody", "1 user_not_found nobody"},
      {"user add anna --role admin", "1 login_taken anna"},
      {"token list nobody", "1 user_not_found nobody"},
      {"reference check --scheme se_bankgiro 5050-1056", "1"},
      {"reference make --scheme se_ocr_luhn 12x", "1"},
  };
  expect(rows);
  EXPECT_EQ(error_of(installation_->run({"demo"})), "1 data_not_empty " + installation_->data());
}

TEST_F(ExitCodesTest, WrongUsage) {
  const Row rows[] = {
      {"", "2 wrong_usage"},
      {"nonsense", "2 wrong_usage"},
      {"bill", "2 wrong_usage bill"},
      {"bill nonsense", "2 wrong_usage bill"},
      {"bill run", "2 wrong_usage bill run"},
      {"bill run --period", "2 wrong_usage bill run"},
      {"bill run --perod 2026-10", "2 wrong_usage bill run"},
      {"bill run --period 2026-10 --batch 0", "2 wrong_usage bill run"},
      {"bill run --period 2026-10 --workers x", "2 wrong_usage bill run"},
      {"bill run --period 2026-10 more", "2 wrong_usage bill run"},
      {"bill run --period 2026-13", "2 not_a_month --period"},
      {"bill run --period 2026-10 --day 2026-11-01", "2 wrong_usage bill run"},
      {"bill run --day 2026-11-31", "2 no_such_date --day"},
      {"bill list --period 2026", "2 not_a_month --period"},
      {"bill list --state lost", "2 wrong_usage bill list"},
      {"bill list --account acct_1", "2 not_an_id --account"},
      {"bill list --after x", "2 not_an_id --after"},
      {"bill list --limit 0", "2 wrong_usage bill list"},
      {"bill show", "2 wrong_usage bill show"},
      {"bill list --database mysql://x", "2 bad_config_value mysql://x"},
      {"run show bill_2jmc0xc9fzwwrt867a4eq2x7m7", "2 not_an_id RUN"},
      {"events x", "2 not_an_id ACCOUNT"},
      {"ledger trial-balance --as-of 2026-13-45", "2 no_such_date --as-of"},
      {"ledger trial-balance --as-of soon", "2 not_a_date --as-of"},
      {"ledger trial-balance --recorded 2026-13-45", "2 not_a_time --recorded"},
      {"law SE --day 2026-02-30", "2 no_such_date --day"},
      {"reject list --after x", "2 unknown_value --after"},
      {"reject list --file x", "2 not_an_id --file"},
      {"reject show x", "2 not_an_id REJECT"},
      {"customer link x 2", "2 wrong_usage customer link"},
      {"customer segment 1 friend", "2 wrong_usage customer segment"},
      {"account profile set 1 --due-day 40", "2 wrong_usage account profile set"},
      {"account list --after x", "2 not_an_id --after"},
      {"user add eva --role boss", "2 unknown_role --role"},
      {"user add eva --role agent --password short", "2 password_too_short"},
      {"user add eva --role agent --language xx", "2 wrong_usage user add"},
      {"token create anna --name x --scope all", "2 unknown_permission --scope"},
      {"token create anna --name x --scope bills:read --expires 2026-13-45",
       "2 no_such_date --expires"},
      {"token revoke x", "2 not_an_id TOKEN"},
      {"reference check --scheme nope 1", "2 unknown_reference_scheme nope"},
      {"reference check --scheme se_bankgiro --option a=b 1", "2 unknown_option --option"},
      {"reference check --scheme se_bankgiro --option ab 1", "2 wrong_usage reference check"},
      {"reference make --scheme se_ocr_luhn --option a=b 1", "2 unknown_option --option"},
      {"bank code --kind smoke --account 1", "2 unknown_payment_code smoke"},
      {"payment list --amount 99999999999999999999", "2 out_of_range --amount"},
      {"refund approve bill_00000000000000000000000001", "2 not_an_id REFUND"},
      {"refund withdraw rfnd_00000000000000000000000001 --reason x",
       "2 wrong_usage refund withdraw"},
      {"bank code --kind se-ocr-line --account 1 --scheme nosuch",
       "2 unknown_reference_scheme --scheme"},
      {"bank code --kind se-ocr-line --account 1 --scheme iban",
       "2 unknown_reference_scheme --scheme"},
      {"bank code --kind no-kid-line --account 86011117947 --amount x", "2 not_a_decimal --amount"},
      {"import --operator nobody", "2 unknown_operator nobody"},
      {"import --mapping broadband README.md", "2 unknown_mapping"},
      {"import --mapping broadband.nothing README.md", "2 unknown_mapping"},
      {"dump", "2 wrong_usage dump"},
  };
  const std::string before = installation_->dump();
  for (const Row& row : rows) {
    auto line = words(std::string(row.command));
    // Files are looked for before mappings.
    std::ranges::replace(line, "README.md", TELGIRO_SOURCE_DIR "/README.md");
    std::string outcome = error_of(installation_->run(line));
    // Which of the two a mapping is named after is of no interest here.
    if (row.outcome == "2 unknown_mapping") outcome = outcome.substr(0, row.outcome.size());
    EXPECT_EQ(outcome, row.outcome) << row.command;
  }
  EXPECT_EQ(first_difference(installation_->dump(), before), "none");
}

TEST_F(ExitCodesTest, FilesThatAreNotRecognised) {
  const std::string readme = TELGIRO_SOURCE_DIR "/README.md";
  const Ended import = installation_->run({"import", readme});
  EXPECT_EQ(import.exit_code, 3);
  const base::Json refused = (*answer_of(import)["refused"].as_array())[0];
  EXPECT_EQ(refused.text("code"), "file_not_recognised");
  EXPECT_EQ(refused.text("place"), readme);
  // Beside a file that is taken it is one of the problems that are counted.
  const Ended both =
      installation_->run({"import", readme, source_folder() + "/bredband_kunder.csv"});
  EXPECT_EQ(both.exit_code, 0) << both.output;
  EXPECT_EQ(answer_of(both)["refused"].as_array()->size(), 1U);
  EXPECT_EQ(answer_of(both)["files"].as_array()->size(), 1U);
  Installation empty(Engine::kSqlite);
  EXPECT_EQ(error_of(empty.run({"restore", readme})), "3 not_a_backup " + readme);
}

TEST_F(ExitCodesTest, TheMachineIsInTheWay) {
  const Row rows[] = {
      {"import /no/such/file", "4 file_not_found /no/such/file"},
      {"document export A1 -o /no/such/file", "4 file_not_writable /no/such/file"},
      {"document export A1 -o /dev/full", "4 disk_full /dev/full"},
      {"dump --canonical -o /dev/full", "4 disk_full /dev/full"},
      {"backup /no/such/file", "4 file_not_writable /no/such/file"},
      {"restore /no/such/file", "4 file_not_readable /no/such/file"},
  };
  expect(rows);
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

// Nowhere to write the answer itself: said where it still can be.
TEST_F(ExitCodesTest, AnAnswerThatCannotBeWritten) {
  Launch launch = installation_->launch({"verify"});
  launch.command.insert(launch.command.begin(),
                        {"/bin/sh", "-c", "exec \"$0\" \"$@\" > /dev/full"});
  const Ended ended = run_program(launch);
  EXPECT_EQ(ended.exit_code, 4);
  EXPECT_NE(ended.errors.find("disk_full"), std::string::npos) << ended.errors;
}

TEST(DataFolder, CannotBeMade) {
  const TemporaryFolder folder;
  write_file(folder.file("file"), "");
  const std::string inside = folder.file("file") + "/data";
  EXPECT_EQ(error_of(run_program({{product(), "--json", "--data", inside, "verify"}})),
            "4 file_not_writable " + inside);
  EXPECT_EQ(error_of(run_program({{product(), "--json", "verify"}, {{"TELGIRO_DATA", inside}}})),
            "4 file_not_writable " + inside);
}

TEST(DataFolder, CannotBeWritten) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  const TemporaryFolder folder;
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  const Ended ended = run_program({{product(), "--json", "--data", folder.path(), "verify"}});
  EXPECT_EQ(error_of(ended), "4 file_not_writable " + folder.file("secrets.toml"));
}

TEST(DataFolder, SecretsThatOthersMayRead) {
  Installation installation(Engine::kSqlite);
  ASSERT_EQ(installation.run({"verify"}).exit_code, 0);
  const std::string secrets = installation.file("secrets.toml");
  struct stat made{};
  ASSERT_EQ(::stat(secrets.c_str(), &made), 0);
  EXPECT_EQ(made.st_mode & 0777, 0600U);
  for (const mode_t mode : {0640, 0604, 0644}) {
    ASSERT_EQ(::chmod(secrets.c_str(), mode), 0);
    EXPECT_EQ(error_of(installation.run({"verify"})), "4 secrets_not_private " + secrets);
  }
  ASSERT_EQ(::chmod(secrets.c_str(), 0600), 0);
  EXPECT_EQ(installation.run({"verify"}).exit_code, 0);
}

TEST(DataFolder, AKeyThatIsNotThisDatabases) {
  for (const Engine engine : {Engine::kSqlite, Engine::kPostgres}) {
    SCOPED_TRACE(engine_name(engine));
    Installation installation(engine);
    ASSERT_EQ(installation.run({"import", "--operator", "aurora", source_folder()}).exit_code, 0);
    const std::string before = installation.dump();
    const std::string secrets = installation.file("secrets.toml");
    const std::string right = read_file(secrets);
    std::string wrong = right;
    char& digit = wrong[wrong.find("= \"") + 3];
    digit = digit == '0' ? '1' : '0';
    write_file(secrets, wrong);
    const Ended refused = installation.run({"bill", "run", "--period", "2026-10"});
    EXPECT_EQ(refused.exit_code, 4);
    EXPECT_EQ(answer_of(refused)["error"].text("code"), "wrong_master_key");
    write_file(secrets, "master_key = \"abc\"\n");
    EXPECT_EQ(error_of(installation.run({"verify"})), "4 not_a_key " + secrets + ":1");
    write_file(secrets, right);
    EXPECT_EQ(first_difference(installation.dump(), before), "none");
  }
}

// The first commands on a new folder: all of them must keep the one key that is kept.
TEST(DataFolder, FirstUsedByManyAtOnce) {
  const TemporaryFolder folder;
  const std::vector<std::string> command = {product(), "--json",     "--data", folder.path(),
                                            "import",  "--operator", "aurora", source_folder()};
  std::vector<std::unique_ptr<Process>> processes;
  for (int number = 0; number < 4; ++number) {
    processes.push_back(std::make_unique<Process>(Launch{command}));
  }
  for (const auto& process : processes) {
    const Ended ended = process->wait();
    EXPECT_EQ(ended.exit_code, 0) << ended.output << ended.errors;
  }
  EXPECT_EQ(run_program({{product(), "--data", folder.path(), "verify"}}).exit_code, 0);
  for (const auto& entry : fs::directory_iterator(folder.path())) {
    EXPECT_EQ(entry.path().filename().string().find(".new"), std::string::npos) << entry.path();
  }
}

TEST(Configuration, AFileThatIsNotRight) {
  struct Wrong {
    std::string_view text;
    std::string_view outcome;
  };
  const Wrong rows[] = {
      {"[server]\nport = 8080\nprot = 1\n", "2 unknown_config_key FILE:3"},
      {"[server]\nport = \"8080\"\n", "2 wrong_config_type FILE:2"},
      {"[server]\n\nport = 70000\n", "2 bad_config_value FILE:3"},
      {"[server\n", "2 toml_syntax FILE:1"},
  };
  for (const Wrong& row : rows) {
    SCOPED_TRACE(row.text);
    Installation installation(Engine::kSqlite);
    const std::string file = installation.file("telgiro.toml");
    write_file(file, row.text);
    std::string wanted(row.outcome);
    wanted.replace(wanted.find("FILE"), 4, file);
    EXPECT_EQ(error_of(installation.run({"verify"})), wanted);
    EXPECT_FALSE(fs::exists(installation.file("telgiro.db")));
    write_file(file, "[server]\nport = 8081\n");
    EXPECT_EQ(installation.run({"verify"}).exit_code, 0);
  }
  Installation installation(Engine::kSqlite);
  EXPECT_EQ(error_of(installation.run({"--config", "/no/such", "verify"})),
            "2 config_not_readable /no/such");
}

TEST(DatabaseServer, IsNotThere) {
  const TemporaryFolder folder;
  Installation installation("postgresql://nobody@/nothing?host=" + folder.path());
  const Ended ended = installation.run({"verify"});
  EXPECT_EQ(ended.exit_code, 4);
  EXPECT_EQ(answer_of(ended)["error"].text("code"), "database_unavailable");
}

TEST(Server, ASecondOneOnADataFolder) {
  for (const Engine engine : {Engine::kSqlite, Engine::kPostgres}) {
    SCOPED_TRACE(engine_name(engine));
    Installation installation(engine);
    Process first = installation.start({"serve", "--port", "0"});
    ASSERT_NE(first.first_line(), "");
    EXPECT_EQ(error_of(installation.run({"serve", "--port", "0"})),
              "4 data_in_use " + installation.data());
    // Commands may work beside it.
    EXPECT_EQ(installation.run({"import", "--operator", "aurora"}).exit_code, 0);
    first.send(SIGTERM);
    EXPECT_EQ(first.wait().exit_code, 0);
    Process next = installation.start({"serve", "--port", "0"});
    EXPECT_NE(next.first_line(), "");
    next.send(SIGINT);
    EXPECT_EQ(next.wait().exit_code, 0);
  }
}

TEST(Server, AnAddressThatIsTaken) {
  Installation installation(Engine::kSqlite);
  Process first = installation.start({"serve", "--port", "0"});
  const std::string line = first.first_line();
  const std::string port = line.substr(line.rfind(':') + 1);
  Installation other(Engine::kSqlite);
  const Ended ended = other.run({"serve", "--port", port.substr(0, port.find('"'))});
  EXPECT_EQ(ended.exit_code, 4) << ended.output << ended.errors;
  EXPECT_NE(ended.output.find("address_in_use"), std::string::npos) << ended.output;
}

}  // namespace
}  // namespace tests
