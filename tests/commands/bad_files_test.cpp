// Source files that are not what they should be: each is refused with its place and leaves the
// whole state as it was, or loses the one record that is wrong; the next good file is taken.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "tests/commands/answers.h"

namespace tests {
namespace {

namespace fs = std::filesystem;

using base::Json;

constexpr std::string_view kHeader =
    "kundnr;namn;personnr_orgnr;adress;postnr;ort;epost;telefon;plan;startdatum;slutdatum;kampanj;"
    "faktura_form;skapad\n";
constexpr std::string_view kGood =
    "B900001;Eva Ek;;Gatan 1;903 26;Lund;;;FIBER100;2026-02-27;;;epost;2026-02-27\n";
constexpr std::int64_t kOneGigabyte = 1LL << 30;
constexpr std::int64_t kPeakMemoryKibMax = 200LL << 10;

std::string row(const std::string& number, const std::string& plan, const std::string& starts) {
  return number + ";Bo Ek;;Gatan 2;903 26;Lund;;;" + plan + ";" + starts + ";;;epost;2026-02-27\n";
}

class BadFilesTest : public ::testing::TestWithParam<storage::sql::Engine> {
 protected:
  void SetUp() override {
    ASSERT_EQ(installation_.run({"import", "--operator", "aurora", source_folder()}).exit_code, 0);
    before_ = installation_.dump();
  }

  std::string write(std::string_view bytes) {
    const std::string path = folder_.file("bredband_kunder_x.csv");
    write_file(path, bytes);
    return path;
  }

  // The file is refused whole; nothing is different.
  void expect_refused(const std::string& path, std::string_view code, const std::string& place) {
    const Ended ended = installation_.run({"import", path});
    EXPECT_EQ(ended.exit_code, 3) << ended.output;
    const Json answer = answer_of(ended);
    ASSERT_EQ(answer["refused"].as_array()->size(), 1U);
    const Json& refused = (*answer["refused"].as_array())[0];
    EXPECT_EQ(refused.text("code"), code);
    EXPECT_EQ(refused.text("place"), place);
    EXPECT_EQ(answer["files"].as_array()->size(), 0U);
    EXPECT_EQ(first_difference(installation_.dump(), before_), "none");
  }

  // One record of the file is refused, the others are taken.
  void expect_one_reject(const std::string& path, std::string_view code, std::int64_t line,
                         std::string_view field, std::int64_t accepted) {
    const Ended ended = installation_.run({"import", path});
    EXPECT_EQ(ended.exit_code, 0) << ended.output;
    const Json answer = answer_of(ended);
    ASSERT_EQ(answer["files"].as_array()->size(), 1U) << ended.output;
    const Json& file = (*answer["files"].as_array())[0];
    EXPECT_EQ(file.integer("accepted"), accepted);
    EXPECT_EQ(file.integer("rejected"), 1);
    const Json rejects =
        answer_of(installation_.run({"reject", "list", "--file", file.text("id")}));
    ASSERT_EQ(rejects["rejects"].as_array()->size(), 1U);
    const Json& reject = (*rejects["rejects"].as_array())[0];
    EXPECT_EQ(reject.text("code"), code);
    EXPECT_EQ(reject.integer("line"), line);
    EXPECT_EQ(reject.text("field"), field);
    EXPECT_EQ(reject.text("file_name"), fs::path(path).filename().string());
    EXPECT_NE(reject.text("reason"), "");
    EXPECT_EQ(installation_.run({"verify"}).exit_code, 0);
  }

  void expect_good_file_is_taken() {
    const Ended ended =
        installation_.run({"import", write(std::string(kHeader) + std::string(kGood))});
    EXPECT_EQ(ended.exit_code, 0) << ended.output;
    const Json answer = answer_of(ended);
    ASSERT_EQ(answer["files"].as_array()->size(), 1U) << ended.output;
    const Json& file = (*answer["files"].as_array())[0];
    EXPECT_EQ(file.integer("accepted") + file.integer("repeated"), 1) << ended.output;
  }

  TemporaryFolder folder_;
  Installation installation_{GetParam()};
  std::string before_;
};

TEST_P(BadFilesTest, RefusedWhole) {
  struct Row {
    std::string_view what;
    std::string bytes;
    std::string_view code;
    std::string_view after_path;  // Of the place.
  };
  const std::string header(kHeader);
  std::string utf16 = "\xFF\xFE";
  for (const char c : header) utf16 += {c, '\0'};
  const Row rows[] = {
      {"UTF-8 where the mapping says Latin-1",
       header + "B9;Åsa Öberg;;Gatan 1;903 26;Umeå;;;FIBER100;2026-02-27;;;epost;2026-02-27\n",
       "wrong_encoding", ""},
      {"UTF-16", utf16, "wrong_encoding", ""},
      {"nothing at all", "", "source_is_empty", ""},
      {"a column is missing", header.substr(header.find(';') + 1) + "x\n",
       "source_header_missing_column", ":1"},
      {"a column too many", "extra;" + header, "source_header_unknown_column", ":1"},
      {"a column twice", "kundnr;" + header, "source_header_doubled_column", ":1"},
      {"NUL in the header", "kund" + std::string(1, '\0') + header, "source_header_unreadable",
       ":1"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const std::string path = write(row.bytes);
    expect_refused(path, row.code, path + std::string(row.after_path));
  }
  expect_good_file_is_taken();
}

// Orders whose customers were refused would all end in the list of rejects: they wait instead.
TEST_P(BadFilesTest, WhatComesAfterARefusedFileWaits) {
  write("\xFF\xFEnot a table");
  const std::string orders = folder_.file("bredband_order_x.csv");
  write_file(orders,
             "ordernr;kundnr;datum;artikel;antal;pris_exkl_moms;betalsatt\n"
             "79999;B900001;2026-09-30;MESH-2;1;399,20;faktura\n");
  const Ended ended = installation_.run({"import", folder_.path()});
  EXPECT_EQ(ended.exit_code, 3) << ended.output;
  const Json answer = answer_of(ended);
  ASSERT_EQ(answer["refused"].as_array()->size(), 2U) << ended.output;
  EXPECT_EQ((*answer["refused"].as_array())[0].text("code"), "wrong_encoding");
  EXPECT_EQ((*answer["refused"].as_array())[1].text("code"), "earlier_file_refused");
  EXPECT_EQ(first_difference(installation_.dump(), before_), "none");
}

TEST_P(BadFilesTest, OneRecordIsLost) {
  struct Row {
    std::string_view what;
    std::string record;
    std::string_view code;
    std::string_view field;
  };
  const Row rows[] = {
      {"a plan that nobody sells", row("B900002", "NOSUCH", "2026-02-27"), "unknown_plan", "plan"},
      {"a day that no calendar has", row("B900003", "FIBER100", "2026-13-45"), "no_such_date",
       "startdatum"},
      {"a NUL byte", row("B9000" + std::string(1, '\0'), "FIBER100", "2026-02-27"), "nul_byte", ""},
      {"a line too long", row("B900004", std::string(100'000, 'x'), "2026-02-27"), "line_too_long",
       ""},
  };
  std::int64_t accepted = 1;
  for (const Row& bad : rows) {
    SCOPED_TRACE(bad.what);
    // A good record each, before and behind the bad one.
    const std::string number = std::to_string(accepted);
    const std::string path =
        write(std::string(kHeader) + row("B91000" + number, "FIBER100", "2026-02-27") + bad.record +
              row("B92000" + number, "FIBER100", "2026-02-27"));
    expect_one_reject(path, bad.code, 3, bad.field, 2);
    ++accepted;
  }
  expect_good_file_is_taken();
}

TEST_P(BadFilesTest, ARejectIsCorrectedAndTaken) {
  const std::string path = write(std::string(kHeader) + row("B900005", "NOSUCH", "2026-02-27"));
  const Json answer = answer_of(installation_.run({"import", path}));
  const std::string file = (*answer["files"].as_array())[0].text("id");
  const Json rejects = answer_of(installation_.run({"reject", "list", "--file", file}));
  ASSERT_EQ(rejects["rejects"].as_array()->size(), 1U);
  const std::string id = (*rejects["rejects"].as_array())[0].text("id");
  const std::string before = installation_.dump();
  const std::string wrong = row("B900005", "NEITHER", "2026-02-27");
  EXPECT_EQ(installation_.run({"reject", "correct", id, "--record", wrong}).exit_code, 1);
  EXPECT_EQ(first_difference(installation_.dump(), before), "none");
  const std::string right = row("B900005", "FIBER100", "2026-02-27");
  EXPECT_EQ(installation_.run({"reject", "correct", id, "--record", right}).exit_code, 0);
  EXPECT_EQ(error_of(installation_.run({"reject", "correct", id, "--record", right})),
            "1 reject_closed " + id);
}

// Somebody still writes to the file.
TEST_P(BadFilesTest, ChangesWhileItIsRead) {
  const std::string path = folder_.file("bredband_kunder_x.csv");
  // So much that reading takes longer than the first change.
  write_file(path, kHeader);
  fs::resize_file(path, kOneGigabyte / 8);
  Process import = installation_.start({"import", path});
  std::atomic<bool> done = false;
  std::thread writer([&] {
    const int file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    while (!done && file >= 0) {
      EXPECT_EQ(::write(file, "x", 1), 1);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ::close(file);
  });
  const Ended ended = import.wait();
  done = true;
  writer.join();
  EXPECT_EQ(error_of(ended), "4 file_changed_while_read " + path);
  EXPECT_EQ(first_difference(installation_.dump(), before_), "none");
  expect_good_file_is_taken();
}

TELGIRO_ON_BOTH_ENGINES(BadFilesTest);

// A line without an end must neither be kept in memory nor take forever. The database has no part
// in it, so that one engine is enough.
class EndlessLineTest : public BadFilesTest {
 protected:
  void expect_bounded(const Ended& ended) { EXPECT_LT(ended.peak_memory_kib, kPeakMemoryKibMax); }
};

TEST_P(EndlessLineTest, InsteadOfAHeader) {
  const std::string path = write("");
  fs::resize_file(path, kOneGigabyte);
  const Ended ended = installation_.run({"import", path});
  expect_bounded(ended);
  const Json answer = answer_of(ended);
  EXPECT_EQ(ended.exit_code, 3);
  ASSERT_EQ(answer["refused"].as_array()->size(), 1U) << ended.output;
  const Json& refused = (*answer["refused"].as_array())[0];
  EXPECT_EQ(refused.text("code"), "source_header_unreadable");
  EXPECT_EQ(refused.text("place"), path + ":1");
  EXPECT_EQ(first_difference(installation_.dump(), before_), "none");
  expect_good_file_is_taken();
}

INSTANTIATE_TEST_SUITE_P(, EndlessLineTest, ::testing::Values(storage::sql::Engine::kSqlite),
                         [](const auto& each) { return engine_name(each.param); });

}  // namespace
}  // namespace tests
