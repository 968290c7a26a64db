// Backups that were cut, altered or meant for another place: refused with the file named, and the
// database as it was.
#include <filesystem>

#include "tests/commands/answers.h"

namespace tests {
namespace {

namespace fs = std::filesystem;

class BackupsTest : public ::testing::TestWithParam<storage::sql::Engine> {
 protected:
  void SetUp() override {
    ASSERT_EQ(source_.run({"import", "--operator", "aurora", source_folder()}).exit_code, 0);
    ASSERT_EQ(source_.run({"bill", "run", "--period", "2026-09"}).exit_code, 0);
    ASSERT_EQ(source_.run({"backup", file()}).exit_code, 0);
  }
  [[nodiscard]] std::string file() const { return folder_.file("backup"); }

  TemporaryFolder folder_;
  Installation source_{GetParam()};
};

TEST_P(BackupsTest, CutOrAltered) {
  const std::string bytes = read_file(file());
  ASSERT_GT(bytes.size(), 10'000U);
  std::string altered = bytes;
  altered[bytes.size() / 2] = static_cast<char>(altered[bytes.size() / 2] ^ 1);
  struct Row {
    std::string_view what;
    std::string bytes;
    std::string_view code;
  };
  const Row rows[] = {
      {"the last byte is missing", bytes.substr(0, bytes.size() - 1), "backup_truncated"},
      {"the second half is missing", bytes.substr(0, bytes.size() / 2), "backup_truncated"},
      {"one bit is another", altered, "backup_altered"},
      {"another file", "kundnr;namn\n", "not_a_backup"},
      {"nothing", "", "backup_truncated"},
  };
  Installation target(GetParam());
  fs::copy_file(source_.file("secrets.toml"), target.file("secrets.toml"));
  const std::string before = target.dump();
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const std::string bad = folder_.file("bad");
    write_file(bad, row.bytes);
    const Ended ended = target.run({"restore", bad});
    EXPECT_EQ(error_of(ended), "3 " + std::string(row.code) + " " + bad);
    EXPECT_EQ(first_difference(target.dump(), before), "none");
  }
  EXPECT_EQ(target.run({"restore", file()}).exit_code, 0);
  EXPECT_EQ(first_difference(target.dump(), source_.dump()), "none");
  EXPECT_EQ(target.run({"verify"}).exit_code, 0);
}

TEST_P(BackupsTest, IntoADatabaseThatIsInUse) {
  const std::string before = source_.dump();
  const Ended ended = source_.run({"restore", file()});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_EQ(answer_of(ended)["error"].text("code"), "database_not_empty");
  EXPECT_NE(answer_of(ended)["error"].text("place"), "");
  EXPECT_EQ(first_difference(source_.dump(), before), "none");
}

TEST_P(BackupsTest, NeverOverAnotherFile) {
  const std::string bytes = read_file(file());
  EXPECT_EQ(error_of(source_.run({"backup", file()})), "1 backup_exists " + file());
  EXPECT_TRUE(read_file(file()) == bytes);
}

TEST_P(BackupsTest, WithoutItsSecrets) {
  Installation target(GetParam());
  ASSERT_EQ(target.run({"verify"}).exit_code, 0);
  const std::string secrets = target.file("secrets.toml");
  std::string other = read_file(secrets);
  char& digit = other[other.find("= \"") + 3];
  digit = digit == '0' ? '1' : '0';
  write_file(secrets, other);
  const std::string before = target.dump();
  const Ended ended = target.run({"restore", file()});
  EXPECT_EQ(ended.exit_code, 4);
  EXPECT_EQ(answer_of(ended)["error"].text("code"), "wrong_master_key");
  EXPECT_EQ(first_difference(target.dump(), before), "none")
      << "a restore without the right secrets left its rows behind";
}

TELGIRO_ON_BOTH_ENGINES(BackupsTest);

}  // namespace
}  // namespace tests
