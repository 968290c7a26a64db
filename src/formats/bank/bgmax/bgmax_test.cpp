// BgMax: what is read of a deposit, and what is wrong with a file.
#include "formats/bank/bgmax/bgmax.h"

#include <gtest/gtest.h>

#include "tests/support/read_bank_file.h"

namespace formats::bank::bgmax {
namespace {

using tests::BankFileKept;
using tests::read_bank_file;

constexpr std::string_view kStart =
    "01BGMAX               0120261120173035010331P                                   \r\n";
constexpr std::string_view kSection =
    "050009912346          SEK                                                       \r\n";
constexpr std::string_view kPayment =
    "200003783511                   655969000000000000100000220000000000100          \r\n";
constexpr std::string_view kDeposit =
    "15000000000000000000058410000010098232026112000074000000000000100000SEK00000001 \r\n";
constexpr std::string_view kEnd = "7000000001000000000000000000000001\r\n";

std::string joined(std::initializer_list<std::string_view> lines) {
  std::string text;
  for (const std::string_view line : lines) text += line;
  return text;
}

std::string whole() { return joined({kStart, kSection, kPayment, kDeposit, kEnd}); }

TEST(BgMax, AnyPiecesGiveTheSame) {
  for (const std::size_t step :
       {std::size_t{1}, std::size_t{7}, std::size_t{81}, std::size_t{9999}}) {
    const BankFileKept file = read_bank_file(whole(), step);
    SCOPED_TRACE(step);
    EXPECT_EQ(file.format, "bgmax");
    EXPECT_EQ(file.problem_lines(), std::vector<std::string>{});
    EXPECT_TRUE(file.control.agrees);
    EXPECT_EQ(file.control.entries_said, 1);
    ASSERT_EQ(file.entries.size(), 1U);
    const auto& entry = file.entries.front();
    EXPECT_EQ(entry.statement, "9912346/2026-11-20/00074");
    EXPECT_EQ(entry.account, "9912346");
    EXPECT_EQ(entry.amount.to_decimal_string(), "1000.00");
    EXPECT_EQ(entry.reference, "655969");
    EXPECT_EQ(entry.booking_date.value().to_string(), "2026-11-20");
    EXPECT_EQ(entry.bank_reference, "000000000010");
    EXPECT_EQ(entry.payer.account, "3783511");
  }
}

TEST(BgMax, ReadsWhatEditorsMakeOfIt) {
  const std::string name = "26Kåre Öberg";
  const std::string latin1 =
      "26K\xE5re \xD6\x62"
      "erg\n";
  struct Row {
    std::string_view what;
    std::string file;
    std::vector<std::string> problems;
  };
  const Row rows[] = {
      {"UTF-8, trimmed on the right",
       joined({kStart, kSection, kPayment, name + "\n", kDeposit, kEnd}),
       {"4  utf8_in_record"}},
      {"UTF-8, filled up",
       joined({kStart, kSection, kPayment, name + std::string(80 - name.size() + 2, ' ') + "\n",
               kDeposit, kEnd}),
       {"4  utf8_in_record"}},
      {"ISO-8859-1", joined({kStart, kSection, kPayment, latin1, kDeposit, kEnd}), {}},
      {"blank lines before it",
       joined({"\r\n  \n", kStart, kSection, kPayment, latin1, kDeposit, kEnd}),
       {}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const BankFileKept file = read_bank_file(row.file);
    EXPECT_EQ(file.format, "bgmax");
    EXPECT_EQ(file.problem_lines(), row.problems);
    EXPECT_TRUE(file.control.agrees);
    ASSERT_EQ(file.entries.size(), 1U);
    EXPECT_EQ(file.entries.front().payer.name, "Kåre Öberg");
  }
}

TEST(BgMax, NamesWhatIsWrong) {
  const std::string two = joined({kStart, kSection, kPayment, kPayment, kDeposit, kEnd});
  struct Row {
    std::string_view what;
    std::string file;
    std::size_t entries;
    std::vector<std::string> problems;
  };
  const Row rows[] = {
      {"doubled record",
       two,
       2,
       {"5 15.count wrong_count", "5 15.amount wrong_sum", "6 70.payments wrong_count"}},
      {"cut before the deposit",
       joined({kStart, kSection, kPayment}),
       1,
       {"3 15 section_not_closed", "3 70 file_cut"}},
      {"cut before the end", joined({kStart, kSection, kPayment, kDeposit}), 1, {"4 70 file_cut"}},
      {"unknown record",
       joined({kStart, kSection, kPayment, "99what\n", kDeposit, kEnd}),
       1,
       {"4 99 unknown_record"}},
      {"section in a section",
       joined({kStart, kSection, kPayment, kSection, kPayment, kDeposit}),
       2,
       {"4 15 section_not_closed", "6 70 file_cut"}},
      {"payment outside",
       joined({kStart, kPayment, kSection, kPayment, kDeposit, kEnd}),
       1,
       {"2 20 record_out_of_place"}},
      {"no amount",
       joined({kStart, kSection,
               "200003783511                   65596900000000000010000X220000000000100\n"}),
       0,
       {"3 20.amount bad_amount", "3 15 section_not_closed", "3 70 file_cut"}},
      {"another version",
       "01BGMAX               0220261120173035010331P\n" + std::string(kSection),
       0,
       {"1 01.version unknown_version"}},
      {"behind the end",
       whole() + std::string(kSection),
       1,
       {"6 05 record_after_end", "6 15 section_not_closed"}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const BankFileKept file = read_bank_file(row.file);
    EXPECT_EQ(file.problem_lines(), row.problems);
    EXPECT_EQ(file.entries.size(), row.entries);
    EXPECT_EQ(file.control.agrees, row.what == "unknown record");
  }
}

TEST(BgMax, CutAnywhereKeepsWhatWasWholeAndSaysSo) {
  const std::string file = whole();
  for (std::size_t size = 8; size < file.size() - kEnd.size() + 34; ++size) {
    const BankFileKept kept = read_bank_file(std::string_view(file).substr(0, size));
    EXPECT_EQ(kept.format, "bgmax") << size;
    EXPECT_FALSE(kept.control.agrees) << size;
    EXPECT_FALSE(kept.problems.empty()) << size;
  }
}

}  // namespace
}  // namespace formats::bank::bgmax
