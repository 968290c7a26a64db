// `telgiro bank write`: an order as JSON becomes a file that is whole or not there, and what is
// wrong with an order is told by line, place and code.
#include <filesystem>

#include "support/json/parse.h"
#include "tests/commands/answers.h"
#include "tests/support/json_schema.h"
#include "tests/support/temporary_folder.h"

namespace tests {
namespace {

namespace fs = std::filesystem;

using base::Json;

const std::string kOrders = TELGIRO_SOURCE_DIR "/tests/data/bank_orders/";
const std::vector<std::string> kFormats = {"pain.008", "pain.001",   "pain.007", "norma19.14",
                                           "autogiro", "avtalegiro", "lb"};

class BankWriteTest : public ::testing::Test {
 protected:
  Ended write(const std::string& order, const std::string& format,
              const std::vector<std::string>& more = {}) {
    std::vector<std::string> line = {product(), "bank",   "write", order, "--format",
                                     format,    "--json", "-o",    out_};
    line.insert(line.end(), more.begin(), more.end());
    return run_program({line});
  }
  // With one text of an order replaced; its path.
  std::string changed(const std::string& format, std::string_view from, std::string_view to) {
    std::string text = read_file(kOrders + format + ".json");
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    const std::string path = folder_.file("order.json");
    write_file(path, text);
    return path;
  }

  TemporaryFolder folder_;
  std::string out_ = folder_.file("out");
};

TEST_F(BankWriteTest, EachOrderBecomesItsFile) {
  for (const std::string& format : kFormats) {
    const Ended ended = write(kOrders + format + ".json", format);
    ASSERT_EQ(ended.exit_code, 0) << ended.output << ended.errors;
    const std::string expected = read_file(kOrders + format + ".expected");
    EXPECT_EQ(read_file(out_), expected) << format;
    const Json answer = answer_of(ended);
    EXPECT_EQ(answer.integer("bytes"), static_cast<std::int64_t>(expected.size()));
    EXPECT_EQ(answer.text("file"), out_);
    // The same on standard output.
    const Ended printed =
        run_program({{product(), "bank", "write", kOrders + format + ".json", "--format", format}});
    EXPECT_EQ(printed.exit_code, 0);
    EXPECT_EQ(printed.output, expected) << format;
  }
}

TEST_F(BankWriteTest, OrdersFitTheSchemaThatIsPublished) {
  SchemaSet schemas;
  const auto schema =
      json::parse(read_file(TELGIRO_SOURCE_DIR "/docs/reference/bank-order.schema.json"));
  ASSERT_TRUE(schema);
  schemas.add("order", *schema);
  EXPECT_EQ(schemas.defects("order"), std::vector<std::string>{});
  for (const std::string& format : kFormats) {
    const auto order = json::parse(read_file(kOrders + format + ".json"));
    ASSERT_TRUE(order) << format;
    EXPECT_EQ(schemas.misfits("order", *order), std::vector<std::string>{}) << format;
  }
}

TEST_F(BankWriteTest, WhatIsWrongIsToldAndNothingIsWritten) {
  struct Row {
    std::string format, from, to;
    std::string problem;  // The first that refuses: place and code.
  };
  const Row rows[] = {
      {"pain.008", "\"498.00\"", "\"4,98\"", "collections[0].debits[0].amount not_a_decimal"},
      {"pain.008", "\"498.00\"", "\"4.981\"", "collections[0].debits[0].amount too_many_places"},
      {"pain.008", "\"498.00\"", "\"0.00\"", "collections[0].debits[0].amount amount_not_positive"},
      {"pain.008", "\"498.00\"", "498", "collections[0].debits[0].amount bad_member"},
      {"pain.008", "\"amount\": \"498.00\",", "", "collections[0].debits[0].amount missing_member"},
      {"pain.008", "\"EUR\"", "\"EUX\"", "collections[0].debits[0].currency unknown_currency"},
      {"pain.008", "FI2112345600000785", "FI2112345600000786",
       "collections[0].debits[0].debtor.iban wrong_check_digit"},
      {"pain.008", "DE98ZZZ09999999999", "DE97ZZZ09999999999",
       "collections[0].creditor.creditor_id wrong_check_digit"},
      {"pain.008", "\"BILL-1000117\"", "\"BILL_1000117\"",
       "collections[0].debits[0].end_to_end_id wrong_characters"},
      {"pain.008", "\"2024-03-01\"", "\"2024-02-30\"",
       "collections[0].debits[0].signed_on no_such_date"},
      {"pain.008", "\"recurrent\"", "\"again\"", "collections[0].sequence unknown_value"},
      {"pain.008", "\"sequence\"", "\"sequnce\"", "collections[0].sequnce unknown_member"},
      {"pain.008", "\"remittance\"", "\"reference\": \"1\", \"remittance\"",
       "collections[0].debits[0].remittance reference_and_remittance"},
      {"pain.008", "\"collections\": [", "\"collections\": [7, ", "collections[0] bad_member"},
      {"pain.008", "\"recurrent\",", "\"recurrent\", \"day\": \"2026-11-27\",",
       "day json_doubled_member"},
      {"pain.008", "\"498.00\"", "\"1000000000.00\"",
       "collections[0].debits[0].amount amount_too_large"},
      {"pain.007", "\"amount\": \"498.00\"", "\"amount\": \"498.01\"",
       "reversals[0].reversals[0].amount reversal_above_original"},
      {"autogiro", "\"new_payer_number\": \"2000120\"", "\"identity\": \"\"",
       "mandates[0].mandates[4].action mandate_contradicts_itself"},
      {"autogiro", "\"kind\": \"move_all\", \"new_day\": \"2026-11-30\"", "\"kind\": \"move_all\"",
       "mandates[0].changes[3].new_day change_lacks_value"},
      {"avtalegiro", "\"1000116\"", "\"1\"", "claims[0].claims[0].kid too_short"},
      {"lb", "\"payee\": {\"bankgiro\": \"9912346\"}", "\"payee\": {}",
       "transfers[0].transfers[0].payee payee_missing"},
      {"lb", "\"9912346\"", "\"9912347\"",
       "transfers[0].transfers[0].payee.bankgiro wrong_check_digit"},
  };
  write_file(out_, "the old file");
  for (const Row& row : rows) {
    const Ended ended = write(changed(row.format, row.from, row.to), row.format);
    EXPECT_EQ(ended.exit_code, 1) << row.problem << ended.output;
    const Json answer = answer_of(ended);
    std::string told;
    if (const Json& error = answer["error"]; !error.is_null()) {
      const std::string place = error.text("place");
      told = place.substr(place.rfind(' ') + 1) + " " + error.text("code");
    } else {
      for (const Json& problem : *answer["problems"].as_array()) {
        if (!*problem["refused"].as_bool()) continue;
        told = problem.text("place") + " " + problem.text("code");
        break;
      }
    }
    EXPECT_EQ(told, row.problem);
    EXPECT_EQ(read_file(out_), "the old file");
  }
}

TEST_F(BankWriteTest, EveryItemThatIsWrongIsTold) {
  std::string text = read_file(kOrders + "pain.008.json");
  for (const std::string_view amount : {"\"498.00\"", "\"12.50\"", "\"99999.99\""}) {
    text.replace(text.find(amount), amount.size(), "\"-1\"");
  }
  const std::string path = folder_.file("order.json");
  write_file(path, text);
  const Json answer = answer_of(write(path, "pain.008"));
  std::vector<std::string> places;
  for (const Json& problem : *answer["problems"].as_array()) {
    places.push_back(problem.text("place"));
  }
  EXPECT_EQ(places, (std::vector<std::string>{"collections[0].debits[0].amount",
                                              "collections[0].debits[1].amount",
                                              "collections[1].debits[0].amount"}));
}

TEST_F(BankWriteTest, ExitCodes) {
  const std::string order = kOrders + "pain.008.json";
  const std::string cut = changed("pain.008", "\"created\":", "\"created\"");
  struct Row {
    std::string file, format;
    std::vector<std::string> more;
    std::string outcome;
  };
  const Row rows[] = {
      {order, "pain.008", {"--version", "001.02"}, "0"},
      {order, "pain.008", {"--version", "001.03"}, "2 unknown_value --version"},
      {order, "camt.053", {}, "2 wrong_usage bank write"},
      {folder_.file("none"), "pain.008", {}, "4 file_not_found " + folder_.file("none")},
      {cut, "pain.008", {}, "1 bad_json " + cut + ":3"},
      {order,
       "pain.008",
       {"-o", folder_.file("no/such/folder")},
       "4 file_not_writable " + folder_.file("no/such/folder")},
  };
  for (const Row& row : rows) {
    std::vector<std::string> line = {product(),  "bank",     "write", row.file,
                                     "--format", row.format, "--json"};
    line.insert(line.end(), row.more.begin(), row.more.end());
    if (std::ranges::find(line, "-o") == line.end()) line.insert(line.end(), {"-o", out_});
    EXPECT_EQ(error_of(run_program({line})), row.outcome);
  }
}

}  // namespace
}  // namespace tests
