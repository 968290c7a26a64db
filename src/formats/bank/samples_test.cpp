// Bank files of others, read whole: their normalised form is kept in tests/data/bank/samples and
// their values are those that other libraries read from them.
//
// The files themselves are not ours to pass on; without ../shared/data/bank they are skipped.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "formats/bank/bank_json.h"
#include "formats/bank/problem_codes.h"
#include "support/json/parse.h"
#include "tests/support/expected_file.h"
#include "tests/support/read_bank_file.h"

namespace formats::bank {
namespace {

namespace fs = std::filesystem;

using base::Json;
using tests::BankFileKept;
using tests::read_bank_file;

const std::string kSamples = TELGIRO_SOURCE_DIR "/../shared/data/bank/";

// A folder of samples and the format that reads it.
struct Folder {
  std::string_view folder;
  std::string_view format;
  std::size_t files;
};
constexpr Folder kFolders[] = {
    {"bgmax", "bgmax", 3},
    {"camt.052", "camt.052", 2},
    {"camt.053", "camt.053", 12},
    {"camt.054", "camt.054", 3},
    {"pain.002", "pain.002", 5},
    {"autogiro", "autogiro", 6},
    {"ocrgiro", "ocrgiro", 2},
    {"ktl", "ktl", 1},
    {"norma43", "norma43", 2},
    {"mt940", "mt940", 7},
    {"bg_inbetalningar_old", "bg-old", 3},
};

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool is_sample(const fs::path& path) {
  return path.extension() != ".json" && path.filename() != "README.md";
}

std::string normalised(const BankFileKept& file) {
  std::string lines = "format " + file.format + "\n";
  const auto add = [&lines](std::string_view what, const Json& json) {
    lines += std::string(what) + " " + json.dump() + "\n";
  };
  for (const auto& statement : file.statements) add("statement", to_json(statement));
  for (const auto& entry : file.entries) add("entry", to_json(entry));
  for (const auto& mandate : file.mandates) add("mandate", to_json(mandate));
  for (const auto& status : file.statuses) add("status", to_json(status));
  for (const auto& problem : file.problems) {
    lines += std::string(severity_name(problem.severity)) + " " + std::to_string(problem.line) +
             " " + problem.field + " " + problem.code + "\n";
  }
  add("control", to_json(file.control));
  return lines;
}

// Files of our own: what a clerk may check by eye, beside each what is read from it.
TEST(BankFiles, AreReadToWhatStandsBesideThem) {
  const fs::path root = TELGIRO_SOURCE_DIR "/tests/data/bank";
  std::size_t files = 0;
  for (const auto& file : fs::recursive_directory_iterator(root)) {
    const std::string path = fs::relative(file.path(), root).string();
    if (!file.is_regular_file() || path.ends_with(".expected") || path.ends_with(".md")) continue;
    ++files;
    tests::expect_file("tests/data/bank/" + path + ".expected",
                       normalised(read_bank_file(bytes_of(file.path().string()))));
  }
  EXPECT_GE(files, 7U);
}

TEST(BankSamples, AreReadToWhatIsKept) {
  if (!fs::exists(kSamples)) GTEST_SKIP() << "../shared/data/bank is absent";
  const auto codes = problem_codes();
  for (const Folder& row : kFolders) {
    std::size_t files = 0;
    for (const auto& sample : fs::directory_iterator(kSamples + std::string(row.folder))) {
      if (!is_sample(sample.path())) continue;
      ++files;
      const BankFileKept file = read_bank_file(bytes_of(sample.path()));
      SCOPED_TRACE(sample.path());
      EXPECT_EQ(file.format, row.format);
      for (const auto& problem : file.problems) {
        EXPECT_NE(std::ranges::find(codes, problem.code, &ProblemCode::code), codes.end())
            << problem.code;
      }
      tests::expect_file("tests/data/bank/samples/" + std::string(row.folder) + "/" +
                             sample.path().filename().string() + ".expected",
                         normalised(file));
    }
    EXPECT_EQ(files, row.files) << row.folder;
  }
}

TEST(BankSamples, AnyPiecesGiveTheSame) {
  if (!fs::exists(kSamples)) GTEST_SKIP() << "../shared/data/bank is absent";
  for (const Folder& row : kFolders) {
    for (const auto& sample : fs::directory_iterator(kSamples + std::string(row.folder))) {
      if (!is_sample(sample.path())) continue;
      const std::string bytes = bytes_of(sample.path());
      const std::string whole = normalised(read_bank_file(bytes));
      for (const std::size_t step : {std::size_t{1}, std::size_t{13}, std::size_t{1000}}) {
        EXPECT_EQ(normalised(read_bank_file(bytes, step)), whole) << sample.path() << " " << step;
      }
    }
  }
}

TEST(BankSamples, CutAnywhereNeverAgree) {
  if (!fs::exists(kSamples)) GTEST_SKIP() << "../shared/data/bank is absent";
  for (const Folder& row : kFolders) {
    for (const auto& sample : fs::directory_iterator(kSamples + std::string(row.folder))) {
      // What is sent to Bankgirot ends without a sign, and so do several statements of MT940.
      const bool endless =
          sample.path().string().find("-request-") != std::string::npos || row.format == "mt940";
      if (!is_sample(sample.path()) || endless) continue;
      const std::string bytes = bytes_of(sample.path());
      const BankFileKept whole = read_bank_file(bytes);
      // Before the last line: blanks at its end may be missing anyway.
      const std::size_t last = bytes.rfind('\n', bytes.find_last_not_of(" \r\n"));
      for (std::size_t size = 0; size < last; size += 1 + bytes.size() / 200) {
        const BankFileKept cut = read_bank_file(std::string_view(bytes).substr(0, size));
        if (cut.format != row.format) continue;
        SCOPED_TRACE(sample.path().string() + " cut to " + std::to_string(size));
        EXPECT_FALSE(cut.control.agrees);
        EXPECT_FALSE(cut.problems.empty());
        ASSERT_LE(cut.entries.size(), whole.entries.size());
      }
    }
  }
}

// --- camt as genkgo/camt reads it.

std::string minor_text(const Json& amount) {
  std::string text = amount.text("minor_as_parsed");
  if (text.starts_with('-')) text.erase(0, 1);
  return text + " " + amount.text("ccy");
}

std::string minor_text(const base::Money& amount) {
  return std::to_string(amount.minor()) + " " + std::string(amount.currency().code());
}

void compare_entry(const Json& wanted, const domain::BankEntry& entry) {
  // It takes two minor digits for every currency; so does none of the entries' here.
  EXPECT_EQ(minor_text(wanted["amount"]), minor_text(entry.amount));
  EXPECT_EQ(wanted.text("cdtdbt"),
            entry.direction == domain::MoneyDirection::kCredit ? "CRDT" : "DBIT");
  EXPECT_EQ(wanted.text("booking"), entry.booking_date ? entry.booking_date->to_string() : "");
  EXPECT_EQ(wanted.text("value"), entry.value_date ? entry.value_date->to_string() : "");
  EXPECT_EQ(wanted.text("status") == "BOOK", entry.booked);
  if (!wanted["acct_svcr_ref"].is_null()) {
    EXPECT_EQ(wanted.text("acct_svcr_ref"), entry.bank_reference);
  }
  EXPECT_EQ(wanted.text("batch"), entry.batch ? entry.batch->id : "");
  EXPECT_EQ(*wanted["reversal"].as_bool(), entry.reversal);
  ASSERT_EQ(wanted["details"].as_array()->size(), entry.details.size());
  // It sorts details; ours stand as in the file.
  std::multiset<std::string> ids, our_ids, returns, our_returns;
  for (const Json& detail : *wanted["details"].as_array()) {
    ids.insert(detail.text("end_to_end"));
    const Json& returned = detail["return"];
    returns.insert(returned.as_object() != nullptr ? returned.text("code") : returned.dump());
  }
  for (const auto& detail : entry.details) {
    our_ids.insert(detail.end_to_end_id);
    our_returns.insert(detail.returned ? detail.returned->code : "null");
  }
  EXPECT_EQ(ids, our_ids);
  EXPECT_EQ(returns, our_returns);
}

TEST(BankSamples, CamtHasTheValuesThatGenkgoReads) {
  if (!fs::exists(kSamples)) GTEST_SKIP() << "../shared/data/bank is absent";
  constexpr std::string_view kNames[] = {
      "camt.052/camt052.v2",         "camt.052/camt052.v6",
      "camt.053/camt053.v2.minimal", "camt.053/camt053.v2.minimal.ultimate",
      "camt.053/camt053.v4",         "camt.053/camt053.v2.multi.statement",
      "camt.053/camt053.v8",         "camt.054/camt054.v2",
      "camt.054/camt054.v8"};
  for (const std::string_view name : kNames) {
    SCOPED_TRACE(name);
    const auto wanted = json::parse(bytes_of(kSamples + std::string(name) + ".expected.json"));
    ASSERT_TRUE(wanted);
    const BankFileKept file = read_bank_file(bytes_of(kSamples + std::string(name) + ".xml"));
    const auto& record = (*wanted)["records"].as_array()->back();
    EXPECT_EQ(record.text("id"), file.statements.back().id);
    EXPECT_EQ(record.text("account"), file.statements.back().account);
    // Of several statements their reading kept the last one.
    const auto& entries = *(*wanted)["entries"].as_array();
    ASSERT_LE(entries.size(), file.entries.size());
    const std::size_t skipped = file.entries.size() - entries.size();
    EXPECT_EQ(skipped, file.statements.size() - 1);
    for (std::size_t at = 0; at < entries.size(); ++at) {
      compare_entry(entries[at], file.entries[skipped + at]);
    }
  }
}

}  // namespace
}  // namespace formats::bank
