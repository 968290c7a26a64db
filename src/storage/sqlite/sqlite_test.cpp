// What only a database in a file has: a full disk, a broken file, a second server.
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "storage/open.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/server_lock.h"
#include "tests/support/stores.h"

namespace storage::sqlite {
namespace {

using base::Result;
using tests::code_of;

class SqliteFile : public ::testing::Test {
 protected:
  tests::TemporaryFolder folder_;
  std::string file_ = folder_.file("telgiro.db");
};

TEST_F(SqliteFile, AFullDiskIsNamedAndNothingOfTheTransactionStays) {
  const auto database = open(file_, {.pages_max = 60});
  ASSERT_OK(database);
  const auto connection = (*database)->connect();
  ASSERT_OK(connection);
  ASSERT_OK((*connection)->execute_script("CREATE TABLE t (id BIGINT PRIMARY KEY, data BLOB)"));
  const auto fill = [&](std::int64_t rows) -> Result<> {
    TRY((*connection)->begin(sql::TransactionMode::kWrite));
    for (std::int64_t id = 1; id <= rows; ++id) {
      TRY((*connection)
              ->execute("INSERT INTO t VALUES ($1, $2)",
                        {id, sql::Bytes{std::string(3'000, 'x')}}));
    }
    return (*connection)->commit();
  };
  const auto full = fill(1'000);
  ASSERT_EQ(code_of(full), "disk_full");
  EXPECT_EQ(full.error().place, file_);
  (*connection)->rollback();
  EXPECT_OK(fill(10));
  ASSERT_OK((*connection)->query("SELECT COUNT(*) FROM t", {}, [](const sql::Row& row) -> Result<> {
    EXPECT_EQ(row.integer(0), 10);
    return {};
  }));
}

TEST_F(SqliteFile, WhatIsNoDatabaseIsNamed) {
  std::ofstream(file_) << std::string(5'000, 'x');
  const auto no_database = open(file_);
  ASSERT_EQ(code_of(no_database), "database_unavailable");
  EXPECT_EQ(no_database.error().place, file_);
  std::filesystem::create_directory(folder_.file("folder.db"));
  EXPECT_EQ(code_of(open(folder_.file("folder.db"))), "database_unavailable");
  EXPECT_EQ(code_of(open(folder_.file("no/folder.db"))), "database_unavailable");
}

TEST_F(SqliteFile, EveryCommitIsSyncedAndDeletedContentIsOverwritten) {
  const auto connection = *(*open(file_))->connect();
  const auto pragma = [&](std::string_view name) {
    std::int64_t value = -1;
    EXPECT_OK(
        connection->query("PRAGMA " + std::string(name), {}, [&](const sql::Row& row) -> Result<> {
          value = row.integer(0);
          return {};
        }));
    return value;
  };
  EXPECT_EQ(pragma("synchronous"), 2);
  EXPECT_EQ(pragma("secure_delete"), 1);
  EXPECT_EQ(pragma("foreign_keys"), 0);
}

TEST_F(SqliteFile, AnotherProcessMayWriteBesideThisOne) {
  // Two ways to one file, as a command beside a server has: no lock between them but SQLite's.
  const auto server = open(file_, {.lock_wait = std::chrono::milliseconds(200)});
  const auto command = open(file_, {.lock_wait = std::chrono::milliseconds(200)});
  const auto first = *(*server)->connect(), second = *(*command)->connect();
  ASSERT_OK(first->begin(sql::TransactionMode::kWrite));
  EXPECT_EQ(code_of(second->begin(sql::TransactionMode::kWrite)), "database_busy");
  ASSERT_OK(first->commit());
  ASSERT_OK(second->begin(sql::TransactionMode::kWrite));
  EXPECT_OK(second->commit());
}

TEST_F(SqliteFile, ASecondServerIsToldOfTheFirst) {
  auto first = ServerLock::take(folder_.path());
  ASSERT_OK(first);
  const auto second = ServerLock::take(folder_.path());
  ASSERT_EQ(code_of(second), "data_in_use");
  EXPECT_NE(second.error().text.find("process id " + std::to_string(getpid())), std::string::npos);
  EXPECT_EQ(second.error().place, folder_.path());
  {
    const ServerLock gone = std::move(*first);
  }
  EXPECT_OK(ServerLock::take(folder_.path()));
}

TEST_F(SqliteFile, WhereAServerIsFoundIsKnownWhileItWorks) {
  EXPECT_EQ(announced_url(folder_.path()), "");
  {
    const auto lock = ServerLock::take(folder_.path());
    ASSERT_OK(lock);
    EXPECT_EQ(announced_url(folder_.path()), "");
    ASSERT_OK(lock->announce("http://127.0.0.1:40001"));
    EXPECT_EQ(announced_url(folder_.path()), "http://127.0.0.1:40001");
    ASSERT_OK(lock->announce("http://[::1]:80"));
    EXPECT_EQ(announced_url(folder_.path()), "http://[::1]:80");
  }
  EXPECT_EQ(announced_url(folder_.path()), "");
}

TEST_F(SqliteFile, AServerThatWasKilledHoldsNoLock) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto lock = ServerLock::take(folder_.path());
    _exit(lock ? 0 : 1);  // Without a destructor, as if killed.
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  EXPECT_OK(ServerLock::take(folder_.path()));
}

TEST_F(SqliteFile, AFolderThatCannotBeWrittenIsNamed) {
  EXPECT_EQ(code_of(ServerLock::take(folder_.file("nowhere"))), "data_folder_unusable");
}

}  // namespace
}  // namespace storage::sqlite
