// Sources as they were when they were read: small ones, large ones, and those that change.
#include "flows/operations/snapshot.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temporary_folder.h"

namespace flows {
namespace {

std::string bytes_of(const Snapshot& snapshot) {
  std::string bytes;
  EXPECT_TRUE(snapshot.for_each_chunk([&](std::string_view chunk) -> base::Result<> {
    bytes += chunk;
    return {};
  }));
  return bytes;
}

void write(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

TEST(Snapshot, KeepsWhatWasThere) {
  const tests::TemporaryFolder folder;
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, Snapshot::kChunkBytes, Snapshot::kInMemoryBytesMax,
        Snapshot::kInMemoryBytesMax + 1, 2 * Snapshot::kInMemoryBytesMax + 12345}) {
    SCOPED_TRACE(size);
    std::string bytes(size, 'x');
    for (std::size_t at = 0; at < size; at += 1001) bytes[at] = static_cast<char>(at);
    write(folder.file("source.csv"), bytes);
    auto snapshot = Snapshot::of_file(folder.file("source.csv"), folder.path());
    ASSERT_TRUE(snapshot) << base::describe(snapshot.error());
    write(folder.file("source.csv"), "something else");
    EXPECT_EQ(snapshot->name(), "source.csv");
    EXPECT_EQ(snapshot->size(), static_cast<std::int64_t>(size));
    EXPECT_TRUE(bytes_of(*snapshot) == bytes);
    EXPECT_TRUE(bytes_of(*snapshot) == bytes) << "as often as one likes";
    EXPECT_EQ(snapshot->sha256(), crypto::sha256(bytes));
    const Snapshot moved = *std::move(snapshot);
    EXPECT_TRUE(bytes_of(moved) == bytes);
    // No copy lies about, not even while it is in use.
    const std::filesystem::directory_iterator files(folder.path());
    EXPECT_EQ(std::distance(begin(files), end(files)), 1);
  }
}

TEST(Snapshot, OfTextIsTheSameAsOfAFile) {
  const tests::TemporaryFolder folder;
  write(folder.file("a.csv"), "a;b\n");
  EXPECT_EQ(Snapshot::of_file(folder.file("a.csv"), folder.path())->sha256(),
            Snapshot::of_text("a.csv", "a;b\n").sha256());
}

TEST(Snapshot, WhatCannotBeRead) {
  const tests::TemporaryFolder folder;
  const auto code = [&](const std::string& path) {
    return Snapshot::of_file(path, folder.path()).error().code;
  };
  EXPECT_EQ(code(folder.file("absent.csv")), "file_not_found");
  EXPECT_EQ(code(folder.file("absent/file.csv")), "file_not_found");
  EXPECT_EQ(code(folder.path()), "file_not_readable");
}

TEST(Snapshot, AnErrorOfTheStreamIsHandedOn) {
  const tests::TemporaryFolder folder;
  int calls = 0;
  const auto read = [&](std::size_t) -> base::Result<std::string> {
    if (++calls > 3) return base::fail("connection_lost", "gone");
    return std::string(1000, 'x');
  };
  EXPECT_EQ(Snapshot::of_stream("upload", read, folder.path()).error().code, "connection_lost");
}

TEST(Snapshot, NowhereToPutACopy) {
  const tests::TemporaryFolder folder;
  write(folder.file("large.csv"), std::string(Snapshot::kInMemoryBytesMax + 1, 'x'));
  const auto snapshot = Snapshot::of_file(folder.file("large.csv"), folder.file("absent"));
  EXPECT_EQ(snapshot.error().code, "spool_not_writable");
}

// A file that is still being written.
TEST(Snapshot, AFileThatGrowsIsRefused) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.file("growing.csv");
  write(path, "a;b\n");
  int calls = 0;
  const auto snapshot = Snapshot::of_file(path, folder.path(), [&] {
    if (++calls == 1) std::ofstream(path, std::ios::binary | std::ios::app) << "c;d\n";
  });
  ASSERT_FALSE(snapshot);
  EXPECT_EQ(snapshot.error().code, "file_changed_while_read");
  EXPECT_EQ(snapshot.error().place, path);
}

TEST(Snapshot, AFileThatIsCutIsRefused) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.file("cut.csv");
  write(path, std::string(Snapshot::kChunkBytes * 3, 'x'));
  const auto snapshot =
      Snapshot::of_file(path, folder.path(), [&] { std::filesystem::resize_file(path, 10); });
  EXPECT_EQ(snapshot.error().code, "file_changed_while_read");
}

// A file put in its place is another one: what was opened is read to its end.
TEST(Snapshot, AFileThatIsReplacedIsReadAsItWas) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.file("replaced.csv");
  write(path, "old");
  const auto snapshot = Snapshot::of_file(path, folder.path(), [&] {
    write(folder.file("new.csv"), "newer and longer");
    std::filesystem::rename(folder.file("new.csv"), path);
  });
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(bytes_of(*snapshot), "old");
}

}  // namespace
}  // namespace flows
