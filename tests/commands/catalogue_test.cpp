// Catalogue files on the command line: every mistake of all files is told at once with file and
// place, a katalog.json must not contradict the operator, and the folder of the next month does not
// set back what `catalogue import` changed.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/commands/answers.h"
#include "tests/support/temporary_folder.h"

namespace tests {
namespace {

using base::Json;
using storage::sql::Engine;

constexpr std::string_view kKatalog = R"({
 "currency": "SEK", "vat_percent": "25", "prices": "excluding VAT unless said",
 "plans": {"FIBER100": "319.20", "MOB5": {"month": "159.20", "data_gb": 5}},
 "usage": {"over_data_per_gb_block": {"MOB5": "47.20"}},
 "one_off": {"ROUTER-AX": "796.00"},
 "rules": {"bill_day": 1, "due_days": 30, "ore_rounding": true}
})";

// Two files with mistakes of form and of content, in items that have nothing to do with each other.
constexpr std::string_view kFirst = R"(
prices_include_tax = true
[[items]]
code = "A"
kind = "plan"
division = "broadband"
name = "A"
prices = [{ valid_from = "soon", price = "ten" }, { valid_from = 2026-01-01, cost = "10" }]
[[items]]
code = "B"
kind = "one_off"
division = "broadband"
name = "B"
)";
constexpr std::string_view kSecond = R"(
[[items]]
code = "HALF"
kind = "campaign"
division = "broadband"
name = "Half"
plans = ["A", "Z"]
off_percent = "50"
whole_months = 3
[[items]]
code = "C"
kind = "one_off"
division = "broadband"
name = "C"
prices = [{ valid_from = 2026-01-01, price = "5" }]
[items.brand_prices]
LOW = [
  { valid_from = 2026-01-01, valid_to = 2026-02-01, price = "4" },
  { valid_from = 2026-03-01, price = "4" },
]
)";

class CatalogueCommandTest : public ::testing::Test {
 protected:
  std::string write(const std::string& name, std::string_view text) {
    const std::string path = folder_.file(name);
    std::ofstream(path) << text;
    return path;
  }
  // "code place" of each problem, the places without their folder.
  std::vector<std::string> problems(const std::vector<std::string>& words, int exit_code = 1) {
    std::vector<std::string> line = {"catalogue", "check"};
    line.insert(line.end(), words.begin(), words.end());
    const Ended ended = installation_.run(line);
    EXPECT_EQ(ended.exit_code, exit_code) << ended.output;
    std::vector<std::string> problems;
    const Json answer = answer_of(ended);
    for (const Json& problem : *answer["problems"].as_array()) {
      std::string place = problem.text("place");
      const std::string folder = folder_.file("");
      for (auto at = place.find(folder); at != std::string::npos; at = place.find(folder)) {
        place.erase(at, folder.size());
      }
      problems.push_back(problem.text("code") + " " + place);
    }
    return problems;
  }

  Installation installation_{Engine::kSqlite};
  TemporaryFolder folder_;
};

TEST_F(CatalogueCommandTest, EveryMistakeOfAllFilesIsToldAtOnce) {
  write("catalogue_1.toml", kFirst);
  write("catalogue_2.toml", kSecond);
  write("katalog_3.json", "{\"plans\": ");
  const std::vector<std::string> expected = {
      "unknown_member catalogue_1.toml: prices_include_tax",
      "bad_member catalogue_1.toml: items.0.prices.0.valid_from",
      "bad_member catalogue_1.toml: items.0.prices.0.price",
      "unknown_member catalogue_1.toml: items.0.prices.1.cost",
      "missing_member catalogue_1.toml: items.0.prices.1.price",
      "bad_json katalog_3.json: byte 11",
      "catalogue_no_price catalogue_1.toml: B",
      "catalogue_price_gap catalogue_2.toml: C",
      "catalogue_unknown_plan catalogue_2.toml: HALF",
  };
  EXPECT_EQ(problems({folder_.path()}), expected);
}

TEST_F(CatalogueCommandTest, AFileThatIsNoneIsAProblemBesideOthersAndAnErrorAlone) {
  const std::string good = write("catalogue.toml", kSecond.substr(0, kSecond.find("[[items]]")));
  const std::string other = write("other.toml", "[settings]\nitem = 1\n");
  const std::string katalog = write("katalog.json", kKatalog);
  EXPECT_EQ(problems({katalog, other, "--operator", "aurora"}),
            (std::vector<std::string>{"file_not_recognised other.toml"}));
  EXPECT_EQ(installation_.run({"catalogue", "check", other}).exit_code, 3);
  EXPECT_EQ(installation_.run({"catalogue", "check", good}).exit_code, 3);
}

TEST_F(CatalogueCommandTest, AKatalogMustNotContradictTheOperator) {
  const std::vector<std::string> of_aurora = {write("katalog.json", kKatalog), "--operator",
                                              "aurora"};
  EXPECT_EQ(problems(of_aurora, 0), std::vector<std::string>());
  const struct {
    std::string_view from, to, member;
  } rows[] = {
      {"\"SEK\"", "\"EUR\"", "currency"},
      {"\"vat_percent\": \"25\"", "\"vat_percent\": \"24\"", "vat_percent"},
      {"\"bill_day\": 1", "\"bill_day\": 15", "rules.bill_day"},
      {"\"due_days\": 30", "\"due_days\": 14", "rules.due_days"},
      {"true", "false", "rules.ore_rounding"},
  };
  for (const auto& row : rows) {
    std::string text(kKatalog);
    text.replace(text.find(row.from), row.from.size(), row.to);
    write("katalog.json", text);
    EXPECT_EQ(problems(of_aurora),
              (std::vector<std::string>{"katalog_contradicts_operator katalog.json: " +
                                        std::string(row.member)}));
  }
  // Import refuses such a file, and says how often it was right.
  ASSERT_EQ(installation_.run({"import", "--operator", "aurora", source_folder()}).exit_code, 0);
  const Ended import = installation_.run({"import", folder_.file("katalog.json")});
  EXPECT_EQ(import.exit_code, 3);
  EXPECT_EQ((*answer_of(import)["refused"].as_array())[0].text("code"),
            "katalog_contradicts_operator");
}

TEST_F(CatalogueCommandTest, DivisionsAreTheOperators) {
  std::string text(kFirst.substr(kFirst.find("[[items]]\ncode = \"B\"")));
  text += "prices = [{ valid_from = 2026-01-01, price = \"5\" }]\n";
  text.replace(text.find("broadband"), 9, "radio");
  const std::string path = write("catalogue.toml", text);
  EXPECT_EQ(problems({path}, 0), std::vector<std::string>());
  EXPECT_EQ(problems({path, "--operator", "aurora"}),
            std::vector<std::string>{"unknown_division catalogue.toml: B"});
  const Ended import = installation_.run({"catalogue", "import", "--operator", "aurora", path});
  EXPECT_NE(import.exit_code, 0) << import.output;
}

// Whose catalogue it is can be said by the folder that is being written, with all its mistakes.
TEST_F(CatalogueCommandTest, AFolderOfOnesOwnMayBeFullOfMistakes) {
  write("operator.toml", R"(
code = "fjord"
legal_name = "Fjord AB"
country = "SE"
currency = "SEK"
time_zone = "Europe/Stockholm"
language = "sv"
organisation_number = "556999-1424"
vat_number = "SE556999142401"
[address]
lines = ["Norrskensvägen 4"]
postal_code = "111 22"
city = "Stockholm"
country = "SE"
[payee]
bankgiro = "5050-1055"
[profile]
grouping = "all"
frequency = "monthly"
due_days = 30
detail = "standard"
delivery = "email"
[invoicing]
reference_scheme = "se_ocr_luhn_length"
series = "A"
first_number = 1
[[divisions]]
code = "broadband"
name = "Bredband"
)");
  write("catalogue.toml", kSecond);
  EXPECT_EQ(problems({folder_.file("catalogue.toml"), "--operator", folder_.path()}),
            (std::vector<std::string>{"catalogue_price_gap catalogue.toml: C",
                                      "catalogue_unknown_plan catalogue.toml: HALF",
                                      "catalogue_unknown_plan catalogue.toml: HALF"}));
}

TEST_F(CatalogueCommandTest, MembersThatStandTwiceAreAllNamed) {
  std::string text(kKatalog);
  text.replace(text.find("\"data_gb\": 5"), 12, "\"data_gb\": 5, \"data_gb\": 6");
  text.replace(text.find("\"ROUTER-AX\": \"796.00\""), 21,
               "\"ROUTER-AX\": \"796.00\", \"ROUTER-AX\": \"1\"");
  const std::string path = write("katalog.json", text);
  EXPECT_EQ(problems({path, "--operator", "aurora"}),
            (std::vector<std::string>{"json_doubled_member katalog.json: plans.MOB5.data_gb",
                                      "json_doubled_member katalog.json: one_off.ROUTER-AX"}));
}

TEST_F(CatalogueCommandTest, AnImportDoesNotSetBackPricesThatWereChanged) {
  const std::string katalog = write("katalog.json", kKatalog);
  ASSERT_EQ(installation_.run({"import", "--operator", "aurora", source_folder()}).exit_code, 0);
  std::string dearer(kKatalog);
  dearer.replace(dearer.find("319.20"), 6, "329.20");
  const std::string changed = write("katalog_dearer.json", dearer);
  ASSERT_EQ(installation_.run({"catalogue", "import", changed}).exit_code, 0);
  const std::string before = installation_.dump();
  // The folder of the next month with the list of prices as it was.
  const Ended again = installation_.run({"import", "--operator", "aurora", katalog});
  EXPECT_EQ(again.exit_code, 0) << again.output;
  const Json answer = answer_of(again);
  const Json& catalogue = (*answer["catalogues"].as_array())[0];
  EXPECT_EQ(catalogue.integer("items_kept"), 1);
  EXPECT_EQ(catalogue.integer("items_changed"), 0);
  EXPECT_EQ(catalogue.integer("prices_changed"), 0);
  EXPECT_EQ(first_difference(installation_.dump(), before), "none");
  // What is new in it is taken.
  std::string more(kKatalog);
  more.replace(more.find("\"one_off\": {"), 12, "\"one_off\": {\"MESH-9\": \"100\", ");
  const Json taken = answer_of(installation_.run({"import", write("katalog.json", more)}));
  EXPECT_EQ((*taken["catalogues"].as_array())[0].integer("items_added"), 1);
  // Asked for, the price is as the list says again.
  const Json back = answer_of(installation_.run({"catalogue", "import", katalog}));
  EXPECT_EQ(back.integer("prices_changed"), 1);
}

}  // namespace
}  // namespace tests
