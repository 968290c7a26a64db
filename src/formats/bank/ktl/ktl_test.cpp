// KTL: corrections, sums, days.
#include "formats/bank/ktl/ktl.h"

#include "tests/support/edited_bank_file.h"

namespace formats::bank::ktl {
namespace {

using tests::Edit;
using tests::EditedRow;

TEST(Ktl, ReadsAndNamesWhatIsWrong) {
  const EditedRow rows[] = {
      {"a payment", Edit::kNone, 1, 1, "", 2, "+49.90 2026-11-20 1009", {}, true},
      {"a correction", Edit::kNone, 1, 1, "", 4, "-49.90 2026-11-20 1009 reversal", {}, true},
      {"a direct debit", Edit::kWrite, 2, 1, "5", 2, "+49.90 2026-11-20 1009", {}, true},
      {"letters in the amount",
       Edit::kWrite,
       2,
       80,
       "X",
       2,
       "",
       {"2 3.amount bad_amount", "5 9.sum wrong_sum"},
       false},
      {"another currency",
       Edit::kWrite,
       2,
       76,
       "2",
       2,
       "",
       {"2 3.currency unknown_currency", "5 9.sum wrong_sum"},
       false},
      {"a day of the last century",
       Edit::kWrite,
       2,
       16,
       "991231",
       2,
       "+49.90 1999-12-31 1009",
       {},
       true},
      {"the last year of this one",
       Edit::kWrite,
       2,
       16,
       "691231",
       2,
       "+49.90 2069-12-31 1009",
       {},
       true},
      {"no day",
       Edit::kWrite,
       2,
       16,
       "260230",
       2,
       "+49.90 no day 1009",
       {"2 3.booking_date bad_date"},
       true},
      {"a payment is lost",
       Edit::kDrop,
       2,
       1,
       "",
       3,
       "-49.90 2026-11-20 1009 reversal",
       {"4 9.count wrong_count", "4 9.sum wrong_sum"},
       false},
      {"a correction comes twice",
       Edit::kDouble,
       4,
       1,
       "",
       5,
       "-49.90 2026-11-20 1009 reversal",
       {"6 9.corrections wrong_count", "6 9.corrections_sum wrong_sum"},
       false},
      {"a correction that lost its mark",
       Edit::kWrite,
       4,
       88,
       "0",
       4,
       "+49.90 2026-11-20 1009",
       {"5 9.count wrong_count", "5 9.sum wrong_sum", "5 9.corrections wrong_count",
        "5 9.corrections_sum wrong_sum"},
       false},
      {"cut before the sum",
       Edit::kCut,
       5,
       1,
       "",
       2,
       "+49.90 2026-11-20 1009",
       {"4 9 file_cut"},
       false},
      {"trimmed behind the mark",
       Edit::kTrim,
       4,
       89,
       "",
       4,
       "-49.90 2026-11-20 1009 reversal",
       {},
       true},
  };
  tests::expect_edited("ktl", "ktl/two_accounts_correction.txt", rows);
}

TEST(Ktl, TheSameBatchTwiceIsTold) {
  const std::string once = tests::edited("ktl/two_accounts_correction.txt", {});
  const auto file = tests::read_bank_file(once + once);
  EXPECT_EQ(file.problem_lines(),
            (std::vector<std::string>{"7 0 repeated_statement", "8 0 repeated_statement"}));
  ASSERT_EQ(file.statements.size(), 4U);
  EXPECT_NE(file.statements[0].id, file.statements[2].id);
  EXPECT_EQ(file.entries.size(), 6U);
}

}  // namespace
}  // namespace formats::bank::ktl
