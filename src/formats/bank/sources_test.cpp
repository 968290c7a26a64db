// The samples of data/bank beside what their sources say of them: the values that other libraries
// read (*.expected.json), field by field, and where there are none what the file itself sums.
//
// Compared are, of Norma 43: account, days, sums, balances, the first movement; of Autogiro: how
// many records of each kind; of the other formats: entries, what came, what went, days, references.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "support/json/parse.h"
#include "tests/support/read_bank_file.h"

namespace formats::bank {
namespace {

using base::Json;
using domain::MoneyDirection;
using tests::BankFileKept;
using tests::read_bank_file;

const std::string kSamples = TELGIRO_SOURCE_DIR "/../shared/data/bank/";

std::string bytes_of(const std::string& path) {
  std::ifstream in(kSamples + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Json json_of(const std::string& path) { return json::parse(bytes_of(path)).value(); }

std::string minor_sum(const BankFileKept& file, MoneyDirection direction) {
  std::int64_t sum = 0;
  for (const auto& entry : file.entries) {
    if (entry.direction == direction && entry.booked) sum += entry.amount.minor();
  }
  return std::to_string(sum);
}

std::string day_text(const std::optional<base::Date>& day) { return day ? day->to_string() : ""; }

// What trailers, balances and sum records say; where a file contradicts itself, what it lists.
struct Row {
  std::string_view path;
  std::size_t entries;
  std::string_view came, went;  // Minor units.
  std::string_view first_day, last_day;
  std::size_t references, details;
  bool agrees;
};
constexpr Row kRows[] = {
    {"bgmax/bgc_example_ocr_check_length.txt", 7, "1040000", "50000", "2004-05-25", "2004-05-25", 6,
     6, true},
    {"bgmax/minimal.txt", 1, "110000", "0", "2004-05-25", "2004-05-25", 1, 0, true},
    {"bgmax/multipayment.txt", 4, "70000", "0", "2009-06-03", "2009-06-03", 4, 0, true},
    {"ocrgiro/avtalegiro_agreements.txt", 0, "0", "0", "", "", 0, 0, true},
    {"ocrgiro/ocr_giro_transactions.txt", 20, "5144900", "0", "1992-01-20", "1992-01-20", 20, 0,
     true},
    {"ktl/synthetic_ktl.txt", 3, "17540", "4990", "2026-03-02", "2026-03-02", 3, 0, true},
    {"bg_inbetalningar_old/corrupt_header_09_02_27.txt", 1, "100", "0", "2009-02-27", "2009-02-27",
     1, 0, false},
    {"bg_inbetalningar_old/missing_transaction_09_02_27.txt", 0, "0", "0", "", "", 0, 0, false},
    {"bg_inbetalningar_old/one_transaction_09_02_27.txt", 1, "100", "0", "2009-02-27", "2009-02-27",
     1, 0, true},
    {"mt940/jejik_abnamro.sta", 10, "0", "34593", "2011-05-23", "2011-05-24", 0, 0, false},
    {"mt940/jejik_generic.sta", 2, "0", "2000", "2011-01-01", "2011-02-01", 0, 0, true},
    {"mt940/jejik_postfinance.sta", 4, "23930", "7990", "2013-12-09", "2013-12-18", 0, 0, false},
    {"mt940/jejik_sns.sta", 2, "0", "2500", "2012-06-08", "2012-06-08", 0, 0, true},
    {"mt940/mBank_with_newline_in_tnr.sta", 2, "8900", "0", "2017-02-01", "2017-02-01", 0, 0,
     false},
    {"mt940/self-provided_raiffeisen-cmi.sta", 7, "206663700", "307885050", "2018-04-17",
     "2018-04-17", 0, 0, false},
    {"mt940/self-provided_raphaelm.sta", 9, "14500000", "5000000", "2002-03-20", "2002-03-24", 0, 0,
     true},
    {"camt.053/fi_pop_bank_772864574.xml", 1, "0", "123", "2019-12-04", "2019-12-04", 0, 1, true},
    {"camt.053/goldman_us_v2.xml", 15, "10000", "6906", "2023-08-02", "2023-10-01", 0, 15, false},
    {"camt.053/nordea_example.xml", 6, "1010050", "150050", "2019-05-08", "2019-05-08", 2, 6, true},
    {"camt.053/viafintech_valid_example.xml", 4, "100", "1100", "2013-12-27", "2013-12-27", 0, 5,
     true},
    {"camt.053/viafintech_valid_example_with_batch.xml", 3, "768800", "475374", "2019-05-21",
     "2019-06-18", 0, 2, false},
    {"camt.053/viafintech_valid_example_with_debit.xml", 4, "100", "1100", "2013-12-27",
     "2013-12-27", 0, 5, false},
    {"camt.053/viafintech_valid_example_with_other_id.xml", 0, "0", "0", "", "", 0, 0, true},
    {"camt.054/fi_handelsbanken_credit_notification.xml", 4, "704800", "0", "2017-01-22",
     "2017-01-22", 1, 4, true},
};

TEST(BankSources, FilesSayWhatTheySum) {
  if (!std::filesystem::exists(kSamples)) GTEST_SKIP() << "../shared/data/bank is absent";
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.path);
    const BankFileKept file = read_bank_file(bytes_of(std::string(row.path)));
    EXPECT_EQ(file.entries.size(), row.entries);
    EXPECT_EQ(minor_sum(file, MoneyDirection::kCredit), row.came);
    EXPECT_EQ(minor_sum(file, MoneyDirection::kDebit), row.went);
    std::string first, last;
    std::size_t references = 0, details = 0;
    for (const auto& entry : file.entries) {
      const std::string day = day_text(entry.booking_date);
      if (first.empty() || day < first) first = day;
      last = std::max(last, day);
      references += entry.reference.empty() ? 0 : 1;
      details += entry.details.size();
    }
    EXPECT_EQ(first, row.first_day);
    EXPECT_EQ(last, row.last_day);
    EXPECT_EQ(references, row.references);
    EXPECT_EQ(details, row.details);
    EXPECT_EQ(file.control.agrees, row.agrees);
  }
}

std::string padded(const Json& number, std::size_t width) {
  const std::string digits = number.dump();
  return std::string(width - digits.size(), '0') + digits;
}

TEST(BankSources, Norma43IsReadAsOthersReadIt) {
  if (!std::filesystem::exists(kSamples)) GTEST_SKIP() << "../shared/data/bank is absent";
  const Json expected = json_of("norma43/expected.json");
  {
    const Json& wanted = expected["example1.n43"];
    const Json& account = wanted["account"];
    const BankFileKept file = read_bank_file(bytes_of("norma43/example1.n43"));
    ASSERT_EQ(std::ssize(file.statements), *wanted["accounts"].as_integer());
    const domain::BankStatement& statement = file.statements.front();
    EXPECT_EQ(statement.account, padded(account["bank"], 4) + padded(account["branch"], 4) +
                                     padded(account["number"], 10));
    EXPECT_EQ(day_text(statement.from), account.text("start"));
    EXPECT_EQ(day_text(statement.to), account.text("end"));
    ASSERT_TRUE(statement.closing);
    EXPECT_EQ(statement.closing->amount.minor(), *account["final_balance_minor"].as_integer());
    EXPECT_EQ(*statement.entries, account.integer("debits") + account.integer("credits"));
    ASSERT_EQ(std::ssize(file.entries), *wanted["transactions"].as_integer());
    const Json& first = wanted["tx[0]"];
    const domain::BankEntry& entry = file.entries.front();
    EXPECT_EQ(day_text(entry.booking_date), first.text("date"));
    EXPECT_EQ(day_text(entry.value_date), first.text("value"));
    EXPECT_EQ(entry.code, padded(first["common"], 2) + "-" + padded(first["own"], 3));
    EXPECT_EQ(entry.direction == MoneyDirection::kCredit, *first["dc"].as_integer() == 2);
    EXPECT_EQ(entry.amount.minor(), *first["amount_minor"].as_integer());
    EXPECT_TRUE(entry.bank_reference.empty());  // A document's number of zeros is none.
  }
  const Json& wanted = expected["tryton_n43.txt"];
  const BankFileKept file = read_bank_file(bytes_of("norma43/tryton_n43.txt"));
  ASSERT_EQ(std::ssize(file.entries), *wanted["lines"].as_integer());
  EXPECT_EQ(file.statements.front().opening->amount.to_decimal_string(),
            wanted.text("start_balance"));
  EXPECT_EQ(file.statements.front().closing->amount.to_decimal_string(),
            wanted.text("end_balance"));
  const Json& first = wanted["tx[0]"];
  const domain::BankEntry& entry = file.entries.front();
  const std::string sign = entry.direction == MoneyDirection::kDebit ? "-" : "";
  EXPECT_EQ(sign + entry.amount.to_decimal_string(), wanted.text("total"));
  EXPECT_EQ(sign + entry.amount.to_decimal_string(), first.text("amount"));
  EXPECT_EQ(day_text(entry.booking_date), first.text("date"));
  EXPECT_EQ(entry.remittance, std::vector<std::string>{first.text("description")});
  EXPECT_EQ(entry.code.substr(0, 2), first.text("common_concept"));
  EXPECT_EQ(entry.bank_reference, first.text("ref2"));
}

// A kind of record as its source counts it, by what is read from each.
std::map<std::string, std::int64_t> counted(const BankFileKept& file, const std::string& layout) {
  std::map<std::string, std::int64_t> counts;
  for (const auto& mandate : file.mandates) {
    if (layout == "AutogiroMandateResponseFile") {
      ++counts["MandateResponse"];
    } else if (mandate.state == "announced") {
      ++counts[mandate.payer.account.empty() ? "AcceptDigitalMandateRequest"
                                             : "CreateMandateRequest"];
    } else {
      ++counts[mandate.state == "rejected"    ? "RejectDigitalMandateRequest"
               : mandate.state == "cancelled" ? "DeleteMandateRequest"
                                              : "UpdateMandateRequest"];
    }
  }
  for (const auto& entry : file.entries) {
    ++counts[entry.direction == MoneyDirection::kCredit ? "IncomingPaymentRequest"
                                                        : "OutgoingPaymentRequest"];
  }
  if (!file.statuses.empty()) counts["AmendmentRequest"] = std::ssize(file.statuses);
  return counts;
}

TEST(BankSources, AutogiroHasTheRecordsThatOthersCount) {
  if (!std::filesystem::exists(kSamples)) GTEST_SKIP() << "../shared/data/bank is absent";
  int compared = 0;
  for (const auto& sample : std::filesystem::directory_iterator(kSamples + "autogiro")) {
    const std::string name = "autogiro/" + sample.path().filename().string();
    if (!name.ends_with(".txt")) continue;
    SCOPED_TRACE(name);
    const Json wanted = json_of(name + ".expected.json");
    const BankFileKept file = read_bank_file(bytes_of(name));
    EXPECT_TRUE(file.control.agrees);
    const auto& counts = *wanted["node_counts"].as_object();
    // Of two files the source says the layout only; their own sums are compared while reading.
    if (counts.empty()) continue;
    ++compared;
    std::map<std::string, std::int64_t> said;
    for (const auto& [kind, count] : counts) said[kind] = *count.as_integer();
    EXPECT_EQ(counted(file, wanted.text("layout")), said);
  }
  EXPECT_EQ(compared, 4);
}

// Of the first details, what viafintech/camt_parser tests.
TEST(BankSources, CamtHasWhatAnotherParserTests) {
  if (!std::filesystem::exists(kSamples)) GTEST_SKIP() << "../shared/data/bank is absent";
  const Json wanted = json_of("camt.053/viafintech_valid_example.expected.json");
  const BankFileKept file = read_bank_file(bytes_of("camt.053/viafintech_valid_example.xml"));
  EXPECT_EQ(file.statements.front().id, wanted["statement"].text("id"));
  const Json& said = wanted["entry[0]"];
  const domain::BankEntry& entry = file.entries.front();
  EXPECT_EQ(entry.amount.minor(), *said["amount_minor"].as_integer());
  EXPECT_EQ(entry.amount.currency().code(), said.text("ccy"));
  EXPECT_EQ(day_text(entry.booking_date), said.text("booking"));
  EXPECT_EQ(day_text(entry.value_date), said.text("value"));
  EXPECT_EQ(entry.direction == MoneyDirection::kDebit ? -1 : 1, *said["sign"].as_integer());
  EXPECT_EQ(entry.bank_reference, said.text("bank_reference"));
  const Json& part = wanted["entry[0].tx[0]"];
  ASSERT_FALSE(entry.details.empty());
  const domain::BankEntryDetail& detail = entry.details.front();
  EXPECT_EQ(detail.payer.account, part.text("iban"));
  EXPECT_EQ(detail.end_to_end_id, part.text("end_to_end"));
  EXPECT_EQ(detail.mandate_id, part.text("mandate"));
  EXPECT_EQ(detail.payer.identity, part.text("creditor_id"));
  EXPECT_EQ(detail.remittance, std::vector<std::string>{part.text("remittance")});
}

// genkgo/camt tells of each detail: references, mandates, words, and who is at the other end.
TEST(BankSources, CamtDetailsHaveTheValuesThatGenkgoReads) {
  if (!std::filesystem::exists(kSamples)) GTEST_SKIP() << "../shared/data/bank is absent";
  constexpr std::string_view kNames[] = {"camt.052/camt052.v2",         "camt.052/camt052.v6",
                                         "camt.053/camt053.v2.minimal", "camt.053/camt053.v4",
                                         "camt.053/camt053.v8",         "camt.054/camt054.v2",
                                         "camt.054/camt054.v8"};
  int compared = 0;
  for (const std::string_view name : kNames) {
    SCOPED_TRACE(name);
    const Json wanted = json_of(std::string(name) + ".expected.json");
    const BankFileKept file = read_bank_file(bytes_of(std::string(name) + ".xml"));
    const auto& entries = *wanted["entries"].as_array();
    ASSERT_EQ(entries.size(), file.entries.size());
    for (std::size_t at = 0; at < entries.size(); ++at) {
      for (const Json& said : *entries[at]["details"].as_array()) {
        // It sorts them: ours is the one of the same references and words.
        const auto& ours = file.entries[at].details;
        const auto found = std::ranges::find_if(ours, [&](const auto& detail) {
          const auto has = [&detail](const Json& words) {
            return std::ranges::find(detail.remittance, *words.as_string()) !=
                   detail.remittance.end();
          };
          return detail.end_to_end_id == said.text("end_to_end") &&
                 std::ranges::all_of(*said["unstructured"].as_array(), has) &&
                 (said["creditor_ref"].is_null() || detail.reference == said.text("creditor_ref"));
        });
        ASSERT_NE(found, ours.end()) << said.dump();
        ++compared;
        if (!said["mandate"].is_null()) {
          EXPECT_EQ(found->mandate_id, said.text("mandate"));
        }
      }
    }
  }
  EXPECT_GE(compared, 7);
}

}  // namespace
}  // namespace formats::bank
