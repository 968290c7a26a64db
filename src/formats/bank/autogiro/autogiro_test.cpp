// Autogiro: what was paid, what was not, what went back, and its sums.
#include "formats/bank/autogiro/autogiro.h"

#include "tests/support/edited_bank_file.h"
#include "tests/support/read_bank_file.h"

namespace formats::bank::autogiro {
namespace {

using tests::Edit;
using tests::EditedRow;

// Orders have no sums: what is left out must not leave them whole.
TEST(Autogiro, OrdersThatCannotBeReadAreNotWhole) {
  const std::string opening = "0120041026AUTOGIRO" + std::string(44, ' ') + "4711170009912346  ";
  const std::string debit = "82200410270    00000010203040510000000750000009912346MARSKORT-2005";
  const std::string blanks(80 - debit.size(), ' ');
  struct Row {
    std::string_view what;
    std::string file;
    std::size_t entries;
    std::string_view code;
  };
  const Row rows[] = {
      {"lines", opening + "\n" + debit + "\n" + debit + "\n", 2, ""},
      {"joined", opening + debit + blanks + debit + blanks, 2, ""},
      {"trimmed and joined", opening + debit + debit + debit, 1, "unknown_record"},
      {"a record of no kind", opening + "\n" + debit + "\n99 WHAT\n", 1, "unknown_record"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto file = tests::read_bank_file(row.file);
    EXPECT_EQ(file.format, "autogiro");
    EXPECT_EQ(file.entries.size(), row.entries);
    EXPECT_EQ(file.control.agrees, row.code.empty());
    EXPECT_EQ(file.problems.empty() ? "" : file.problems.front().code, row.code);
  }
}

TEST(Autogiro, ReadsAndNamesWhatIsWrong) {
  const EditedRow rows[] = {
      {"a payment", Edit::kNone, 1, 1, "", 3, "+799.00 2026-11-20 A1-2026-11", {}, true},
      {"without funds it is no payment", Edit::kNone, 1, 1, "", 4, "", {}, true},
      {"a refund",
       Edit::kNone,
       1,
       1,
       "",
       6,
       "-200.00 2026-11-20 A1-2026-10 reversal returned 02",
       {},
       true},
      {"paid after all",
       Edit::kWrite,
       4,
       80,
       "0",
       4,
       "+799.00 2026-11-20 A1-2026-11",
       {"2 15.count wrong_count", "2 15.amount wrong_sum", "7 09.in_records wrong_count"},
       false},
      {"a status that is none",
       Edit::kWrite,
       3,
       80,
       "7",
       3,
       "",
       {"3 82.status unknown_code", "2 15.count wrong_count", "2 15.amount wrong_sum",
        "7 09.in_records wrong_count"},
       false},
      {"a payout",
       Edit::kWrite,
       3,
       1,
       "32",
       3,
       "-799.00 2026-11-20 A1-2026-11",
       {"7 09.in_records wrong_count", "7 09.out_records wrong_count"},
       false},
      {"letters in the amount",
       Edit::kWrite,
       3,
       40,
       "X",
       3,
       "",
       {"3 82.amount bad_amount", "2 15.count wrong_count", "2 15.amount wrong_sum",
        "7 09.in_records wrong_count"},
       false},
      {"no day",
       Edit::kWrite,
       2,
       38,
       "20261131",
       3,
       "+799.00 no day A1-2026-11",
       {"2 15.date bad_date"},
       false},
      {"a payment comes twice",
       Edit::kDouble,
       3,
       1,
       "",
       4,
       "+799.00 2026-11-20 A1-2026-11",
       {"2 15.count wrong_count", "2 15.amount wrong_sum", "8 09.in_records wrong_count"},
       false},
      {"a refund is lost",
       Edit::kDrop,
       6,
       1,
       "",
       3,
       "+799.00 2026-11-20 A1-2026-11",
       {"5 17.count wrong_count", "5 17.amount wrong_sum", "6 09.refund_records wrong_count"},
       false},
      {"cut before the end",
       Edit::kCut,
       7,
       1,
       "",
       6,
       "-200.00 2026-11-20 A1-2026-10 reversal returned 02",
       {"6 09 file_cut"},
       false},
      {"a payment in no section",
       Edit::kDrop,
       2,
       1,
       "",
       2,
       "+799.00 no day A1-2026-11",
       {"2 82 record_out_of_place", "6 09.in_sections wrong_count"},
       false},
  };
  tests::expect_edited("autogiro", "autogiro/payments_refund.txt", rows);
}

struct CodeRow {
  std::string_view info_and_status, state;
};

TEST(Autogiro, KnowsWhatBecameOfMandates) {
  constexpr CodeRow kRows[] = {{"0432", "created"},   {"0532", "changed"},  {"0333", "cancelled"},
                               {"4602", "cancelled"}, {"0410", "rejected"}, {"0430", "rejected"}};
  for (const CodeRow& row : kRows) {
    const EditedRow edit = {.what = row.info_and_status,
                            .edit = Edit::kWrite,
                            .line = 2,
                            .column = 62,
                            .text = row.info_and_status,
                            .problems = {}};
    const auto file = tests::read_bank_file(tests::edited("autogiro/mandates.txt", edit));
    ASSERT_EQ(file.mandates.size(), 2U);
    EXPECT_EQ(file.mandates.front().state, row.state) << row.info_and_status;
    EXPECT_TRUE(file.control.agrees);
  }
}

TEST(Autogiro, ReadsRegistersAndEarlierLayouts) {
  const EditedRow waiting[] = {
      {"it waits", Edit::kNone, 1, 1, "", 2, "+500.00 no day 70001 announced", {}, true},
      {"a payout that waits", Edit::kNone, 1, 1, "", 4, "-25.00 no day ÅTER announced", {}, true},
      {"one is lost",
       Edit::kDrop,
       2,
       1,
       "",
       2,
       "+799.00 no day 70002 announced",
       {"4 09.in_count wrong_count", "4 09.in_sum wrong_sum"},
       false},
      {"cut before the end",
       Edit::kCut,
       5,
       1,
       "",
       2,
       "+500.00 no day 70001 announced",
       {"4 09 file_cut"},
       false},
  };
  tests::expect_edited("autogiro", "autogiro/waiting_register.txt", waiting);
  const EditedRow before[] = {
      {"a blank is paid", Edit::kNone, 1, 1, "", 2, "+500.00 2026-11-20 70001", {}, true},
      {"without funds it is no payment", Edit::kNone, 1, 1, "", 3, "", {}, true},
      {"letters in the amount",
       Edit::kWrite,
       2,
       40,
       "X",
       2,
       "",
       {"2 82.amount bad_amount", "5 09.in_count wrong_count", "5 09.in_sum wrong_sum"},
       false},
      {"no such list",
       Edit::kWrite,
       1,
       23,
       "WHATEVER",
       0,
       "",
       {"1 01.layout unknown_layout"},
       false},
  };
  tests::expect_edited("autogiro", "autogiro/payments_before.txt", before);
  const EditedRow mandates[] = {
      {"a line is cut", Edit::kTrim, 2, 40, "", 0, "", {"2 mandate file_cut"}, false},
      {"no day", Edit::kWrite, 3, 42, "20261131", 0, "", {"3 mandate file_cut"}, false},
  };
  tests::expect_edited("autogiro", "autogiro/mandate_register.txt", mandates);
}

}  // namespace
}  // namespace formats::bank::autogiro
