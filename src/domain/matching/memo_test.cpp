// What is read out of memos, and how their parts agree.
#include "domain/matching/memo.h"

#include <gtest/gtest.h>

namespace domain::matching {
namespace {

using enum NameAgreement;

// Two hundred payers with a purpose and a way; a fifth of the memos ends at 12 letters.
std::vector<Remittance> many_memos() {
  std::vector<Remittance> rows;
  for (int row = 0; row < 400; ++row) {
    const std::string name = "J" + std::string(1, static_cast<char>('a' + row % 20)) +
                             std::string(1, static_cast<char>('a' + row / 20)) +
                             std::string(static_cast<std::size_t>(row % 7), 'o');
    std::string memo = name + (row % 2 == 0 ? " payment" : "") + (row % 4 < 2 ? " BGC" : " CHQ");
    if (row % 4 == 0) memo = (name + " payment BGC").substr(0, 12);
    rows.push_back({memo, base::Date::from_days(0), 100});
  }
  return rows;
}

TEST(Lexicon, LearnsWhatIsNoName) {
  const std::vector<Remittance> rows = many_memos();
  const Lexicon lexicon = Lexicon::learn(rows, rows);
  EXPECT_EQ(lexicon.cut_at(), 12U);
  EXPECT_EQ(lexicon.purposes(), std::vector<std::string>{"payment"});
  EXPECT_EQ(lexicon.ways(), (std::vector<std::string>{"bgc", "chq"}));
}

TEST(Lexicon, LearnsNothingFromAFewRows) {
  const std::vector<Remittance> rows = {{"Anna payment", base::Date::from_days(0), 100}};
  const Lexicon lexicon = Lexicon::learn(rows, {});
  EXPECT_TRUE(lexicon.purposes().empty());
  EXPECT_TRUE(lexicon.ways().empty());
}

TEST(Lexicon, TakesMemosApart) {
  struct Row {
    const char* memo;
    const char* name;
    bool name_cut;
    const char* purpose;
    const char* way;
    const char* code;
  };
  const Row rows[] = {
      {"M Corvinus payment BGC", "m corvinus", false, "payment", "bgc", ""},
      {"M Corvinus 1b097ab5 CHQ", "m corvinus", false, "", "chq", "1b097ab5"},
      {"M Corvinus", "m corvinus", false, "", "", ""},
      {"A Dugès paym", "a duges", false, "paym", "", ""},
      {"A Dugès 12 p", "a duges 12", true, "p", "", ""},  // Or of the name.
      {"Christiernsson", "christiernsson", false, "", "", ""},
      {"George Macke", "george macke", true, "", "", ""},
      {"payment", "payment", false, "", "", ""},  // A memo is never without a name.
      {"", "", false, "", "", ""},
  };
  const std::vector<Remittance> known = many_memos();
  const Lexicon lexicon = Lexicon::learn(known, known);
  for (const Row& row : rows) {
    const Memo memo = lexicon.parse(row.memo);
    EXPECT_EQ(memo.name, row.name) << row.memo;
    EXPECT_EQ(memo.name_cut, row.name_cut) << row.memo;
    EXPECT_EQ(memo.purpose.word, row.purpose) << row.memo;
    EXPECT_EQ(memo.way.word, row.way) << row.memo;
    EXPECT_EQ(memo.code.word, row.code) << row.memo;
  }
}

TEST(CompareNames, SaysHowTheyAgree) {
  struct Row {
    const char* a;
    const char* b;
    NameAgreement agreement;
  };
  const Row rows[] = {
      {"Åsa Öhman", "ASA OHMAN", kEqual},
      {"Anna Svensson", "Anna Svensson Berg", kWords},
      {"George Macke", "George Mackenzie", kCut},  // Twelve letters: cut off.
      {"J Bach", "Johann Bach", kInitials},
      {"J B", "Johann Bach", kPartly},  // No word in full.
      {"Karlsson Erik", "Carlsson Erik", kSimilar},
      {"Svensson Anna", "Anna Svensson", kPartly},
      {"Anna Berg", "Anders Lind", kPartly},
      {"Anna Berg", "Olof Lind", kDiffers},
      {"", "Olof Lind", kDiffers},
  };
  const std::vector<Remittance> known = many_memos();
  const Lexicon lexicon = Lexicon::learn(known, known);
  for (const Row& row : rows) {
    const Memo a = lexicon.parse(row.a);
    const Memo b = lexicon.parse(row.b);
    EXPECT_EQ(compare_names(a, b), row.agreement) << row.a << " | " << row.b;
    EXPECT_EQ(compare_names(b, a), row.agreement) << row.b << " | " << row.a;
  }
}

TEST(CompareParts, ACutWordIsNoContradiction) {
  struct Row {
    MemoPart a;
    MemoPart b;
    PartAgreement agreement;
  };
  const Row rows[] = {
      {{"bgc"}, {"bgc"}, PartAgreement::kEqual},
      {{"bgc"}, {"chq"}, PartAgreement::kDiffers},
      {{"paym", true}, {"payment"}, PartAgreement::kEqual},
      {{"paym"}, {"payment"}, PartAgreement::kDiffers},
      {{"bgc"}, {}, PartAgreement::kOneNone},
      {{}, {}, PartAgreement::kBothNone},
      {{"", false, true}, {"bgc"}, PartAgreement::kUnseen},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(compare_parts(row.a, row.b), row.agreement) << row.a.word << "|" << row.b.word;
    EXPECT_EQ(compare_parts(row.b, row.a), row.agreement) << row.b.word << "|" << row.a.word;
  }
}

}  // namespace
}  // namespace domain::matching
