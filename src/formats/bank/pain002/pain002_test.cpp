// pain.002: states at each level, what is missing and what is cut.
#include "formats/bank/pain002/pain002.h"

#include "tests/support/edited_bank_file.h"

namespace formats::bank::pain002 {
namespace {

using tests::Edit;
using tests::EditedRow;

TEST(Pain002, ReadsAndNamesWhatIsWrong) {
  const EditedRow rows[] = {
      {"as it is", Edit::kNone, 1, 1, "", 0, "", {}, true},
      {"a state that is none", Edit::kWrite, 8, 62, "XXXX", 0, "", {"8 Sts unknown_code"}, false},
      {"an amount with letters",
       Edit::kWrite,
       10,
       43,
       "4x",
       0,
       "",
       {"10 OrgnlTxRef/Amt bad_amount"},
       true},
  };
  tests::expect_edited("pain.002", "pain002/parts_rejected.xml", rows);
}

struct StateRow {
  std::string_view code, state;
};

TEST(Pain002, KnowsStates) {
  constexpr StateRow kRows[] = {{"ACCP", "accepted"}, {"ACSC", "accepted"}, {"ACTC", "accepted"},
                                {"PDNG", "pending"},  {"RVNM", "pending"},  {"RJCT", "rejected"},
                                {"CANC", "rejected"}, {"PART", "partly"},   {"ZZZZ", "unknown"}};
  for (const StateRow& row : kRows) {
    std::string bytes =
        tests::edited("pain002/parts_rejected.xml", {.what = row.code, .problems = {}});
    const std::string_view before = "<TxSts>RJCT";
    bytes.replace(bytes.find(before) + 7, 4, row.code);
    const auto file = tests::read_bank_file(bytes);
    ASSERT_EQ(file.statuses.size(), 5U);
    const domain::BankStatus& status = file.statuses[2];
    EXPECT_EQ(status.state, row.state) << row.code;
    const bool unknown = row.state == "unknown";
    EXPECT_EQ(status.code, unknown ? row.code : "AC04");
    EXPECT_EQ(status.text, unknown ? "AC04 Konto gelöscht" : "Konto gelöscht");
    EXPECT_EQ(file.control.agrees, !unknown);
    EXPECT_EQ(status.end_to_end_id, "E-1");
    EXPECT_EQ(status.batch_id, "B-1");
    EXPECT_EQ(status.amount.value().to_decimal_string(), "49.90");
  }
}

TEST(Pain002, CutsALongStateBetweenCharacters) {
  std::string bytes = tests::edited("pain002/parts_rejected.xml", {.what = {}, .problems = {}});
  std::string state = "x";
  for (int i = 0; i < 30; ++i) state += "ä";
  bytes.replace(bytes.find("<TxSts>RJCT") + 7, 4, state);
  const auto file = tests::read_bank_file(bytes);
  ASSERT_EQ(file.statuses.size(), 5U);
  EXPECT_EQ(file.statuses[2].code, state.substr(0, 39));
}

TEST(Pain002, CutAnywhereNeverAgrees) {
  const std::string bytes =
      tests::edited("pain002/parts_rejected.xml", {.what = {}, .problems = {}});
  for (std::size_t size = 0; size < bytes.size() - 12; ++size) {
    const auto file = tests::read_bank_file(std::string_view(bytes).substr(0, size));
    if (file.format != "pain.002") continue;
    EXPECT_FALSE(file.control.agrees) << size;
    EXPECT_FALSE(file.problems.empty()) << size;
  }
}

}  // namespace
}  // namespace formats::bank::pain002
