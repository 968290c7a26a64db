// What a backup holds comes back, on either engine, and what is not whole is refused.
#include "storage/backup.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "storage/dump.h"
#include "storage/migrate.h"
#include "tests/support/sample_rows.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Result;
using sql::Engine;
using tests::code_of;

std::string dump(SqlStore& store) {
  std::string text;
  EXPECT_OK(dump_canonical(store, [&](std::string_view line) -> Result<> {
    text += line;
    return {};
  }));
  return text;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

struct Way {
  Engine from;
  Engine to;
};

class BackupTest : public ::testing::TestWithParam<Way> {
 protected:
  tests::TemporaryFolder folder_;
  tests::TestStore from_{GetParam().from};
  tests::TestStore to_{GetParam().to};
  std::string file_ = folder_.file("telgiro.backup");
};
INSTANTIATE_TEST_SUITE_P(, BackupTest,
                         ::testing::Values(Way{Engine::kSqlite, Engine::kSqlite},
                                           Way{Engine::kSqlite, Engine::kPostgres},
                                           Way{Engine::kPostgres, Engine::kSqlite},
                                           Way{Engine::kPostgres, Engine::kPostgres}),
                         [](const auto& each) {
                           return tests::engine_name(each.param.from) + "To" +
                                  tests::engine_name(each.param.to);
                         });

TEST_P(BackupTest, EverythingComesBackAndOpens) {
  ASSERT_OK(tests::fill_every_table(from_.store()));
  const auto made = backup(from_.store().database(), file_);
  ASSERT_OK(made);
  EXPECT_GT(made->tables, 30);
  EXPECT_GT(made->rows, 2500);
  const auto restored = restore(to_.store().database(), file_);
  ASSERT_OK(restored);
  EXPECT_EQ(*made, *restored);
  EXPECT_EQ(dump(from_.store()), dump(to_.store()));
}

TEST_P(BackupTest, AnEmptyDatabaseIsABackupToo) {
  ASSERT_OK(backup(from_.store().database(), file_));
  EXPECT_OK(restore(to_.store().database(), file_));
  EXPECT_EQ(dump(to_.store()), "");
}

// A writer keeps two tables, an early and the last one of the backup, equally long.
TEST_P(BackupTest, ItIsOneMomentWhileWritersGoOn) {
  ASSERT_OK(tests::fill_every_table(from_.store(), {.rows = 0, .many_rows = 3000}));
  std::atomic<bool> done = false;
  std::atomic<std::int64_t> written = 0;
  std::thread writer([&] {
    while (!done) {
      EXPECT_OK(ports::run_in_transaction(from_.store(), [&](ports::Transaction& any) -> Result<> {
        auto& connection = static_cast<SqlTransaction&>(any).connection();
        const std::string name = std::to_string(written);
        TRY(connection.execute("INSERT INTO billing_set_aside VALUES ($1, $2, $3, '', '')",
                               {sql::Bytes{name}, sql::Bytes{name}, name}));
        TRY(connection.execute("INSERT INTO user_role VALUES ($1, 'agent')", {sql::Bytes{name}}));
        return {};
      }));
      ++written;
    }
  });
  while (written < 5) std::this_thread::yield();
  const std::int64_t before = written;
  const auto made = backup(from_.store().database(), file_);
  const std::int64_t after = written;
  done = true;
  writer.join();
  ASSERT_OK(made);
  EXPECT_GT(after, before + 1);
  ASSERT_OK(restore(to_.store().database(), file_));
  const auto rows_of = [&](std::string_view table) {
    std::int64_t rows = -1;
    EXPECT_OK((*to_.store().begin_sql(ports::TransactionKind::kRead))
                  ->connection()
                  .query("SELECT COUNT(*) FROM " + std::string(table), {},
                         [&](const sql::Row& row) -> Result<> {
                           rows = row.integer(0);
                           return {};
                         }));
    return rows;
  };
  EXPECT_EQ(rows_of("billing_set_aside"), rows_of("user_role"));
  EXPECT_GE(rows_of("user_role"), before);
}

class BackupFile : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK(tests::fill_every_table(from_.store(), {.rows = 1, .many_rows = 2}));
    ASSERT_OK(backup(from_.store().database(), file_));
    bytes_ = read_file(file_);
  }
  [[nodiscard]] std::string check(std::string_view bytes) {
    const std::string other = folder_.file("other");
    write_file(other, bytes);
    return code_of(check_backup(other));
  }
  // Into a database of its own: nothing may be in it after a refusal.
  [[nodiscard]] std::string restore_code(std::string_view bytes) {
    const std::string other = folder_.file("other");
    write_file(other, bytes);
    const std::string code = code_of(restore(to_.store().database(), other));
    EXPECT_EQ(dump(to_.store()), "");
    return code;
  }
  tests::TemporaryFolder folder_;
  tests::TestStore from_{Engine::kSqlite};
  tests::TestStore to_{Engine::kSqlite};
  std::string file_ = folder_.file("telgiro.backup");
  std::string bytes_;
};

TEST_F(BackupFile, CutShortAnywhereItIsRefused) {
  ASSERT_EQ(check(bytes_), "");
  for (std::size_t size = 0; size < bytes_.size(); size += size < 200 ? 1 : 37) {
    ASSERT_EQ(check(std::string_view(bytes_).substr(0, size)), "backup_truncated") << size;
  }
  EXPECT_EQ(check(std::string_view(bytes_).substr(0, bytes_.size() - 1)), "backup_truncated");
  EXPECT_EQ(restore_code(std::string_view(bytes_).substr(0, bytes_.size() / 2)),
            "backup_truncated");
}

TEST_F(BackupFile, AlteredAnywhereItIsRefused) {
  for (std::size_t at = 0; at < bytes_.size(); at += at < 200 ? 1 : 41) {
    std::string altered = bytes_;
    altered[at] = static_cast<char>(altered[at] ^ 0x20);
    const std::string code = check(altered);
    // A length that was made larger points beyond the end, as if the file were cut.
    ASSERT_TRUE(code == "backup_altered" || code == "backup_truncated" || code == "not_a_backup")
        << at << " " << code;
  }
  std::string altered = bytes_;
  altered[bytes_.find("skeleton")] = 'S';
  EXPECT_EQ(restore_code(altered), "backup_altered");
  EXPECT_EQ(check(bytes_ + "x"), "backup_altered");
}

TEST_F(BackupFile, WhatIsNoBackupIsNamed) {
  EXPECT_EQ(check("id;name\n1;Aino\n"), "not_a_backup");
  EXPECT_EQ(code_of(check_backup(folder_.file("nowhere"))), "file_not_readable");
  EXPECT_EQ(code_of(check_backup(folder_.path())), "file_not_readable");
}

TEST_F(BackupFile, ItGoesIntoAnEmptyDatabaseOfTheSameMigrationsOnly) {
  const auto into_itself = restore(from_.store().database(), file_);
  ASSERT_EQ(code_of(into_itself), "database_not_empty");
  EXPECT_EQ(into_itself.error().place, "account");

  auto newer = tests::shipped_migrations();
  newer.push_back({.number = static_cast<std::int64_t>(newer.size()) + 1,
                   .name = "newer",
                   .sql = "CREATE TABLE newer (id BIGINT NOT NULL, PRIMARY KEY (id));"});
  tests::TestDatabase other(Engine::kSqlite, tests::Schema::kEmpty);
  const auto database = other.open();
  ASSERT_OK(migrate(*database, newer, from_.clock));
  EXPECT_EQ(code_of(restore(*database, file_)), "backup_of_other_schema");
}

TEST_F(BackupFile, ItIsForItsOwnerOnlyAndNeverOverwritesAnother) {
  struct stat status{};
  ASSERT_EQ(stat(file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(code_of(backup(from_.store().database(), file_)), "backup_exists");
  EXPECT_EQ(code_of(backup(from_.store().database(), folder_.file("no/such/folder"))),
            "file_not_writable");
}

TEST_F(BackupFile, AFullDiskLeavesNoHalfFile) {
  const std::string file = folder_.file("too.large");
  ASSERT_OK(tests::fill_every_table(to_.store(), {.rows = 2, .many_rows = 4000}));
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{100'000, before.rlim_max};
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  const auto outcome = backup(to_.store().database(), file);
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(code_of(outcome), "disk_full");
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_FALSE(std::filesystem::exists(file + ".unfinished"));
}

TEST_F(BackupFile, ItHoldsNoPersonalText) {
  // What the sample rows seal begins with these words.
  EXPECT_EQ(bytes_.find("secret of "), std::string::npos);
  EXPECT_NE(bytes_.find("customer_key"), std::string::npos);
}

}  // namespace
}  // namespace storage
