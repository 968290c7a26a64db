// TITO: signs, corrections, batches and the balance that proves them.
#include "formats/bank/tito/tito.h"

#include "tests/support/edited_bank_file.h"

namespace formats::bank::tito {
namespace {

using tests::Edit;
using tests::EditedRow;

TEST(Tito, ReadsAndNamesWhatIsWrong) {
  const EditedRow rows[] = {
      {"a reference payment",
       Edit::kNone,
       1,
       1,
       "",
       2,
       "+125.00 2026-11-02 559582243294671",
       {},
       true},
      {"a batch is one entry", Edit::kNone, 1, 1, "", 3, "+300.00 2026-11-02", {}, true},
      {"its parts are none", Edit::kNone, 1, 1, "", 5, "", {}, true},
      {"a correction of a credit",
       Edit::kNone,
       1,
       1,
       "",
       8,
       "-49.90 2026-11-02 1009 reversal returned 002",
       {},
       true},
      {"refused: not booked, not summed",
       Edit::kNone,
       1,
       1,
       "",
       12,
       "+0.99 2026-11-02 announced returned 9",
       {},
       true},
      {"a correction of a debit",
       Edit::kWrite,
       10,
       49,
       "4",
       10,
       "-7.00 2026-11-02 reversal",
       {"10 T10.sign unknown_code"},
       false},
      {"the sign wins over the kind",
       Edit::kWrite,
       10,
       88,
       "+",
       10,
       "+7.00 2026-11-02",
       {"10 T10.sign unknown_code", "13 T40.balance balances_do_not_add_up"},
       false},
      {"no sign",
       Edit::kWrite,
       2,
       88,
       "x",
       2,
       "",
       {"2 T10.amount bad_amount", "13 T40.balance balances_do_not_add_up"},
       false},
      {"a blank sign is a plus",
       Edit::kWrite,
       2,
       88,
       " ",
       2,
       "+125.00 2026-11-02 559582243294671",
       {},
       true},
      {"a blank level is an entry",
       Edit::kWrite,
       2,
       188,
       " ",
       2,
       "+125.00 2026-11-02 559582243294671",
       {},
       true},
      {"overdrawn at the beginning",
       Edit::kWrite,
       1,
       72,
       "-",
       2,
       "+125.00 2026-11-02 559582243294671",
       {"13 T40.balance balances_do_not_add_up"},
       false},
      {"a part of another sum",
       Edit::kWrite,
       5,
       106,
       "1",
       3,
       "+300.00 2026-11-02",
       {"3 T10.amount details_do_not_add_up"},
       true},
      {"a day of the last century",
       Edit::kWrite,
       2,
       31,
       "991231",
       2,
       "+125.00 1999-12-31 559582243294671",
       {},
       true},
      {"no day",
       Edit::kWrite,
       2,
       31,
       "261131",
       2,
       "+125.00 no day 559582243294671",
       {"2 T10.booking_date bad_date"},
       false},
      {"an entry is lost",
       Edit::kDrop,
       2,
       1,
       "",
       2,
       "+300.00 2026-11-02",
       {"12 T40.balance balances_do_not_add_up"},
       false},
      {"an entry comes twice",
       Edit::kDouble,
       2,
       1,
       "",
       3,
       "+125.00 2026-11-02 559582243294671",
       {"14 T40.balance balances_do_not_add_up"},
       false},
      {"cut before the balance",
       Edit::kCut,
       13,
       1,
       "",
       10,
       "-7.00 2026-11-02",
       {"12 T40 section_not_closed"},
       false},
      {"trimmed behind the amount", Edit::kTrim, 10, 107, "", 10, "-7.00 2026-11-02", {}, true},
      {"a currency that is none",
       Edit::kWrite,
       1,
       97,
       "XXX",
       2,
       "",
       {"1 T00.currency unknown_currency"},
       false},
  };
  tests::expect_edited("tito", "tito/batch_correction_words.txt", rows);
}

// T50 says what came and what went in the statement's days; nothing was corrected.
TEST(Tito, SumsOfTheStatementAreCompared) {
  std::string clean;
  for (const std::string& line : tests::lines_of("tito/batch_correction_words.txt")) {
    const bool corrected = line.substr(0, 12) == "T10188000005" || line.starts_with("T11023");
    if (!corrected && !line.starts_with("T4") && !line.starts_with("T5")) clean += line;
  }
  clean += "T40050261102+000000000000141800+000000000000141800\n";
  const struct {
    std::string_view what, sums;
    std::vector<std::string> problems;
  } rows[] = {
      {"as read", "T50067226110200000002+00000000000004250000000001-000000000000000700", {}},
      {"one more came",
       "T50067226110200000003+00000000000004250000000001-000000000000000700",
       {"wrong_count"}},
      {"less went",
       "T50067226110200000002+00000000000004250000000001-000000000000000600",
       {"wrong_sum"}},
      {"of a year", "T50067426110200000009+00000000000004250000000009-000000000000000700", {}},
      {"of nothing", "T500672261102", {}},
  };
  for (const auto& row : rows) {
    const auto file = tests::read_bank_file(clean + std::string(row.sums) + "\n");
    std::vector<std::string> codes;
    for (const auto& problem : file.problems) codes.push_back(problem.code);
    EXPECT_EQ(codes, row.problems) << row.what;
    EXPECT_TRUE(file.control.agrees) << row.what;
  }
}

}  // namespace
}  // namespace formats::bank::tito
