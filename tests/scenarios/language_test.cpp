// The language itself: what is refused and where, how a difference reads, what an update changes,
// and that the pages tell of every verb.
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/scenarios/expectations.h"
#include "tests/scenarios/parse.h"
#include "tests/scenarios/play.h"
#include "tests/scenarios/verbs.h"

namespace scenarios {
namespace {

using storage::sql::Engine;

TEST(ScenarioLanguage, ABadLineIsRefusedWithItsPlace) {
  struct Row {
    std::string_view lines;  // Below "# Proves something."
    std::string_view refused;
  };
  const Row rows[] = {
      {"cuntry se", "x.txt:2: there is no verb 'cuntry'; there are country, operator, customer, "},
      {"country", "x.txt:2: something is missing. The form is: country se|fi|no|dk|de|es|it|xx"},
      {"country se now", "x.txt:2: 'now' is not understood here. The form is: country se|fi|"},
      {"plan FIBER100 cheap", "x.txt:2: 'cheap' is no number; write it as 319.20."},
      {"plan FIBER100 1 from May", "x.txt:2: 'May' is no day; write it as 2026-11-01."},
      {"plan \"FIBER 100", "x.txt:2: a quote is not closed"},
      {"operator due 0", "x.txt:2: '0' is no due from 1 to 365."},
      {"campaign HALF off 50 months 3", "x.txt:2: 'plans' is missing."},
      {"customer Aino plan FIBER100", "x.txt:2: 'customer' needs a day before it"},
      {"2026-02-30 customer Aino plan FIBER100", "x.txt:2: '2026-02-30' is no day; write it as"},
      {"2026-10-01", "x.txt:2: a day alone says nothing"},
      {"2026-10-01 customer Aino", "x.txt:2: 'plan' is missing."},
      {"2026-10-01 customer Aino plan A plan B", "x.txt:2: 'plan' stands twice."},
      {"2026-10-01 customer Aino plan", "x.txt:2: 'plan' needs a value behind it."},
      {"2026-10-01 customer Aino plan A\ncustomer Aino plan B", "x.txt:3: Aino is there already:"},
      {"2026-10-01 customer Aino plan A\ncustomer Berit plan A number B100001",
       "x.txt:3: the number B100001 is taken"},
      {"2026-10-01 order Aino ROUTER", "x.txt:2: nobody is called Aino above this line"},
      {"2026-10-01 ends Aino 2026-11-01", "x.txt:2: nobody is called Aino"},
      {"2026-10-01 page Aino", "x.txt:2: nobody is called Aino"},
      {"2026-10-01 verify\n2026-09-30 verify",
       "x.txt:3: time never goes back: the lines above are of 2026-10-01"},
      {"2026-10-01 run billing October", "x.txt:2: 'October' is no month; write it as 2026-10."},
      {"2026-10-01 run billing 2026-09 workers 0", "x.txt:2: '0' is no workers from 1 to 16."},
      {"2026-10-01 run", "x.txt:2: there is no verb 'run';"},
      {"2026-10-01 import once", "x.txt:2: say 'import again' or 'import everything'."},
      {"> invoice 1001 Aino", "x.txt:2: nothing stands above that could answer this"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.lines);
    const auto scenario =
        parse_scenario("x.txt", "# Proves something.\n" + std::string(row.lines) + "\n");
    ASSERT_FALSE(scenario.has_value());
    EXPECT_TRUE(base::describe(scenario.error()).starts_with(row.refused))
        << base::describe(scenario.error());
  }
}

TEST(ScenarioLanguage, TheFirstLineSaysWhatIsProven) {
  const auto scenario = parse_scenario("x.txt", "country se\n");
  ASSERT_FALSE(scenario.has_value());
  EXPECT_EQ(scenario.error().place, "x.txt:1");
}

TEST(ScenarioLanguage, RecordsThatStandTogetherAreOneFile) {
  const auto scenario = parse_scenario("x.txt",
                                       "# Files\n"
                                       "2026-10-01 customer Aino plan A\n"
                                       "           customer Berit plan A\n"
                                       "           > nothing of it\n"
                                       "           customer Cilla plan A\n"
                                       "           order Aino ROUTER\n"
                                       "2026-10-02 order Berit ROUTER\n");
  ASSERT_TRUE(scenario.has_value()) << base::describe(scenario.error());
  ASSERT_EQ(scenario->steps.size(), 4U);
  EXPECT_EQ(scenario->steps[0].statements.size(), 2U);
  for (std::size_t at = 1; at < 4; ++at) EXPECT_EQ(scenario->steps[at].statements.size(), 1U);
}

constexpr std::string_view kStory =
    "# A story.\n"
    "country se\n"
    "plan FIBER100 319.20\n"
    "\n"
    "2026-10-01  customer Aino plan FIBER100   # The only one.\n"
    "2026-11-01  run billing lines\n"
    "            # 638.40 + 159.60 = 798.00\n"
    "        > invoice 1001 Aino   net 638.40  vat 159.60  total 798.00 SEK"
    "  due 2026-12-01  reference 100164\n"
    "        >   catch_up FIBER100  2026-10-01..2026-10-31  31/31  319.30\n"
    "        >   something else\n"
    "        # In the middle.\n"
    "        >   vat 25 %  of 638.40  159.60\n"
    "2026-11-02  page Aino\n"
    "# The end.\n";

struct Told {
  Scenario scenario;
  std::vector<Said> said;
};
Told tell(std::string_view text) {
  Scenario scenario = parse_scenario("story.txt", text).value();
  std::vector<Said> said = play(scenario, Engine::kSqlite).value();
  return {std::move(scenario), std::move(said)};
}

TEST(ScenarioLanguage, AWrongExpectationReadsAsADifference) {
  const Told told = tell(kStory);
  EXPECT_EQ(difference(told.scenario, told.said),
            "story.txt:6: 2026-11-01  run billing lines\n"
            "    invoice 1001 Aino  net 638.40 vat 159.60 total 798.00 SEK  due 2026-12-01"
            "  reference 100164\n"
            "  - catch_up FIBER100  2026-10-01..2026-10-31  31/31  319.30\n"
            "  - something else\n"
            "  +   catch_up FIBER100  2026-10-01..2026-10-31  31/31  319.20\n"
            "  +   recurring FIBER100  2026-11-01..2026-11-30  30/30  319.20\n"
            "      vat 25 %  of 638.40  159.60\n"
            "story.txt:13: 2026-11-02  page Aino\n"
            "  + bill 1001  open  asks 798.00 SEK by 2026-12-01, 29 days left\n");
}

TEST(ScenarioLanguage, AnUpdateWritesOnlyTheLinesThatDiffer) {
  const Told told = tell(kStory);
  const std::string updated = rewritten(told.scenario, told.said);
  EXPECT_EQ(updated,
            "# A story.\n"
            "country se\n"
            "plan FIBER100 319.20\n"
            "\n"
            "2026-10-01  customer Aino plan FIBER100   # The only one.\n"
            "2026-11-01  run billing lines\n"
            "            # 638.40 + 159.60 = 798.00\n"
            "        > invoice 1001 Aino   net 638.40  vat 159.60  total 798.00 SEK"
            "  due 2026-12-01  reference 100164\n"
            "        >   catch_up FIBER100  2026-10-01..2026-10-31  31/31  319.20\n"
            "        >   recurring FIBER100  2026-11-01..2026-11-30  30/30  319.20\n"
            "        >   vat 25 %  of 638.40  159.60\n"
            "        # In the middle.\n"
            "2026-11-02  page Aino\n"
            "            > bill 1001  open  asks 798.00 SEK by 2026-12-01, 29 days left\n"
            "# The end.\n");
  const Told again = tell(updated);
  EXPECT_EQ(difference(again.scenario, again.said), "");
  EXPECT_EQ(rewritten(again.scenario, again.said), updated);
}

TEST(ScenarioLanguage, AnErrorOfTheProductIsAnAnswer) {
  const Told told = tell(
      "# A reference scheme that there is not.\n"
      "operator reference none\n"
      "2026-11-01  run billing\n");
  ASSERT_EQ(told.said.size(), 2U);
  EXPECT_EQ(told.said[1], Said{"error bad_operator"});
}

TEST(ScenarioLanguage, WhatOnlyTheRunFindsOutHasAPlaceAsWell) {
  const auto scenario = parse_scenario("x.txt",
                                       "# Nothing is rejected.\n"
                                       "2026-11-01  customer Aino plan FIBER100\n"
                                       "            correct Aino plan FIBER250\n");
  const auto said = play(scenario.value(), Engine::kSqlite);
  ASSERT_FALSE(said.has_value());
  EXPECT_EQ(base::describe(said.error()), "x.txt:3: no record of Aino is rejected (bad_scenario)");
}

// The form of each verb, as a refusal shows it, is what README.md teaches.
TEST(ScenarioLanguage, EveryVerbIsDescribed) {
  std::ifstream file(TELGIRO_SOURCE_DIR "/tests/scenarios/README.md");
  std::string readme{std::istreambuf_iterator<char>(file), {}};
  std::erase(readme, '\\');  // In tables a bar is written \|.
  for (const Verb& verb : verbs()) {
    EXPECT_TRUE(readme.contains(verb.form)) << verb.form;
  }
}

}  // namespace
}  // namespace scenarios
