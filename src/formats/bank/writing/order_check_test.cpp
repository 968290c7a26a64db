// What a format of a bank cannot say: each row is an order of tests/data/bank_orders with one text
// replaced, and the problems that are found, by place, field and code.
#include "domain/bank/order_check.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/bank_orders.h"

namespace formats::bank {
namespace {

struct Row {
  std::string_view format, from, to;
  std::string problems;  // Joined by "; ".
  std::string_view version = {};
};

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "; ") + line;
  return text;
}

std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return at == text.npos ? text : text.replace(at, from.size(), to);
}

const std::vector<Row>& rows() {
  static const std::string kLong(71, 'x');
  static const std::string kWide = "\"" + std::string(81, '.') + "\"";
  static const std::vector<Row> kRows = {
      {"pain.008", "\"498.00\"", "\"999999999.99\"", ""},
      {"pain.008", "\"498.00\"", "\"1000000000.00\"",
       "collections[0].debits[0].amount amount_too_large"},
      {"pain.008", "\"EUR\"", "\"SEK\"", "collections[0].debits[0].amount currency_not_in_format"},
      {"pain.008", "\"sequence\": \"recurrent\",", "", "collections[0].sequence sequence_missing"},
      {"pain.008", "\"scheme\": \"core\"", "\"scheme\": \"national\"",
       "collections[0].scheme scheme_not_in_format"},
      {"pain.008", "\"day\": \"2026-11-27\",", "", "collections[0].day day_missing"},
      {"pain.008", "\"sender_name\": \"Aurora Telekom AB\",", "", "sender_name name_missing"},
      {"pain.008", "\"signed_on\": \"2024-03-01\",", "",
       "collections[0].debits[0].signed_on signature_missing"},
      {"pain.008", "\"2024-03-01\"", "\"2026-11-28\"",
       "collections[0].debits[0].signed_on signed_after_collection"},
      {"pain.008", "\"creditor_id\": \"DE98ZZZ09999999999\"", "\"bankgiro\": \"5050-1055\"",
       "collections[0].creditor creditor_id_missing"},
      {"pain.008", "\"iban\": \"DE89 3704 0044 0532 0130 00\",", "",
       "collections[0].creditor account_missing"},
      {"pain.008", "\"iban\": \"FI2112345600000785\"", "\"swedish_account\": \"8901-323\"",
       "collections[0].debits[0].debtor account_not_in_format"},
      {"pain.008", "\"name\": \"Åsa Öberg & Söner\", ", "",
       "collections[0].debits[0].debtor name_missing"},
      {"pain.008", "\"bic\": \"UBSWCHZH80A\",", "", "collections[0].debits[1].debtor bic_missing"},
      {"pain.008", "\"country\": \"CH\"", "\"country\": \"\"",
       "collections[0].debits[1].debtor address_missing"},
      {"pain.008", "\"Bahnhofstrasse 1\"", "\"1\", \"2\", \"3\"",
       "collections[0].debits[1].address too_many_lines"},
      {"pain.008", "Jean Dupont", kLong, "collections[0].debits[1].name text_too_long"},
      {"pain.008", "\"mandate\": \"M-17\"", "\"mandate\": \"M-17\", \"direction\": \"to_payer\"",
       "collections[0].debits[0].direction direction_not_in_format"},
      {"pain.008", "\"mandate\": \"M-17\"", "\"mandate\": \"M-17\", \"repeat\": \"monthly\"",
       "collections[0].debits[0].repeat repeat_not_in_format"},
      {"pain.008", "B2B-FRST-1", "CORE-RCUR-1", "collections[1].id repeated_batch"},
      {"pain.008", "BILL-1000118", "BILL-1000117",
       "collections[0].debits[1].end_to_end_id repeated_debit"},
      {"pain.008", "BILL-1000119", "BILL-1000117",
       "collections[1].debits[0].end_to_end_id repeated_debit"},
      {"pain.008", "\"Bahnhofstrasse 1\"", "\"Hof\", \"Bahnhofstrasse 1\"", ""},
      {"pain.008", "\"Bahnhofstrasse 1\"", "\"Hof\", \"Bahnhofstrasse 1\"",
       "collections[0].debits[1].address too_many_lines", "001.02"},
      {"pain.008", "\"Bahnhofstrasse 1\"", "\"Bahnhofstrasse 1\"", "", "001.02"},
      {"pain.008", "\"collections\": [", "\"transfers\": [], \"collections\": [", ""},
      {"norma19.14", "Factura nº 1000117", "Factura 1000117", ""},
      {"norma19.14", "ES23ZZZ47690558N", "DE98ZZZ09999999999",
       "collections[0].creditor creditor_not_spanish"},
      {"norma19.14", "\"core\"", "\"b2b\"", "collections[0].scheme scheme_not_in_format"},
      {"pain.001", "\"name\": \"Bygg AB\"", "\"name\": \"Bygg & Mål AB\"",
       "transfers[1].transfers[1].name letters_replaced"},
      {"pain.001", "\"iban\": \"FI2112345600000785\"}", "\"bankgiro\": \"5050-1055\"}",
       "transfers[0].transfers[0].payee account_not_in_format"},
      {"pain.001", "\"currency\": \"SEK\"", "\"currency\": \"NOK\"",
       "transfers[1].transfers[1].amount currency_not_in_format"},
      {"pain.001", "\"purpose\": \"OTHR\"", "\"kind\": \"credit_note\"",
       "transfers[0].transfers[0].kind kind_not_in_format"},
      {"pain.001", "\"OTHR\"", "\"OTHER\"", "transfers[0].transfers[0].purpose number_wrong"},
      {"pain.001", "\"purpose\": \"OTHR\"", "\"salary\": true",
       "transfers[0].transfers[0].salary member_not_in_format"},
      {"pain.001", "\"purpose\": \"OTHR\"", "\"own_note\": \"12\"",
       "transfers[0].transfers[0].own_note member_not_in_format"},
      {"pain.001", "\"purpose\": \"OTHR\"", "\"statement_text\": \"12\"",
       "transfers[0].transfers[0].statement_text member_not_in_format"},
      {"pain.001", "\"purpose\": \"OTHR\"", "\"day\": \"2026-11-24\"",
       "transfers[0].transfers[0].day member_not_in_format"},
      {"pain.001", "\"purpose\": \"OTHR\"", "\"day\": \"2026-11-23\"", ""},
      {"pain.001", "\"day\": \"2026-11-23\",", "\"day\": \"2026-11-23\", \"list_heading\": \"X\",",
       "transfers[0].list_heading member_not_in_format"},
      {"pain.007",
       "\"original_batch\":", "\"original_format\": \"pain.008.001.02\", \"original_batch\":", ""},
      {"pain.007",
       "\"original_batch\":", "\"original_format\": \"pain.001.001.09\", \"original_batch\":",
       "reversals[0].original_format original_not_a_debit"},
      {"pain.007", "\"sequence\": \"recurrent\",", "", "reversals[0].sequence sequence_missing"},
      {"pain.007", "\"day\": \"2026-11-27\",", "", "reversals[0].day day_missing"},
      {"autogiro", "\"bankgiro\": \"5050-1055\", ", "", "mandates[0].creditor account_missing"},
      {"autogiro", "471117", "47111", "mandates[0].customer_number number_wrong"},
      {"autogiro", "\"scheme\": \"national\"", "\"scheme\": \"core\"",
       "collections[0].scheme scheme_not_in_format"},
      {"autogiro", "\"mandate\": \"1000117\"", "\"mandate\": \"M-17\"",
       "collections[0].debits[0].mandate number_wrong"},
      {"autogiro", "\"mandate\": \"1000117\"", "\"mandate\": \"000\"",
       "collections[0].debits[0].mandate number_wrong"},
      {"autogiro", "\"reference\": \"100011712345678\"", "\"reference\": \"12345678901234567\"",
       "collections[0].debits[0].reference text_too_long"},
      {"autogiro", "ÅTERBET", "50 €", "collections[0].debits[1].remittance letters_not_in_format"},
      {"autogiro", "\"reference\": \"GENAST-1\"", "\"repeat\": \"yearly\"",
       "collections[1].debits[0].repeat day_missing"},
      {"avtalegiro", "00123456", "123456", "sender_number number_wrong"},
      {"avtalegiro", "\"transmission\": 12", "\"transmission\": 0", "transmission number_wrong"},
      {"avtalegiro", "\"4000012\"", "\"12\"", "claims[0].number number_wrong"},
      {"avtalegiro", "\"norwegian_account\": \"8601 11 17947\"", "\"bankgiro\": \"5050-1055\"",
       "claims[0].creditor account_missing"},
      {"avtalegiro", "\"NOK\"", "\"SEK\"", "claims[0].claims[0].amount currency_not_in_format"},
      {"avtalegiro", "\"November\"", "\"November, mobile and TV\"", ""},
      {"avtalegiro", "\"November\"", "\"November, mobile, TV, fibre\"",
       "claims[0].claims[0].external_reference text_too_long"},
      {"avtalegiro", "\"Sum 498,00\"", kWide, "claims[0].claims[0].specification text_too_long"},
      {"avtalegiro", "4000013", "4000012", "claims[1].number repeated_batch"},
      {"avtalegiro", "2026-12-15", "2026-11-24", ""},
      {"avtalegiro", "2026-12-15", "2026-11-23", "claims[0].claims[0].due due_day_out_of_range"},
      {"avtalegiro", "2026-12-15", "2027-11-20", ""},
      {"avtalegiro", "2026-12-15", "2027-11-21", "claims[0].claims[0].due due_day_out_of_range"},
      {"avtalegiro", "2026-12-20", "2026-11-21", ""},  // Withdrawn.
      {"avtalegiro", "\"payer_name\": \"Kari\"",
       "\"notice\": \"by_bank\", \"specification\": [\"TV\"], \"payer_name\": \"Kari\"",
       "claims[1].claims[0].specification member_not_in_format"},
      {"lb", "\"Järnvägsgatan 84\"", "\"Järnvägsgatan 84\", \"2 tr\"",
       "transfers[0].transfers[3].address too_many_lines"},
      {"lb", "\"own_note\": \"VERIF 12\"", "\"salary\": true",
       "transfers[0].transfers[0].salary member_not_in_format"},
      {"lb", "\"own_note\": \"VERIF 12\"", "\"statement_text\": \"AURORA\"",
       "transfers[0].transfers[0].statement_text member_not_in_format"},
      {"lb", "\"own_note\": \"VERIF 12\"", "\"purpose\": \"OTHR\"",
       "transfers[0].transfers[0].purpose member_not_in_format"},
      {"lb", "\"bankgiro\": \"5050-1055\"", "\"plusgiro\": \"410 54 68-5\"",
       "transfers[0].payer account_missing"},
      {"lb", "VERIF 12", "VERIFICATION NUMBER 12",
       "transfers[0].transfers[0].own_note text_too_long"},
      {"lb", "\"SEK\"", "\"EUR\"", "transfers[0].transfers[0].amount currency_not_in_format"},
      {"lb", "\"town\": \"HALLSBERG\"", "\"town\": \"\"",
       "transfers[0].transfers[3].payee address_missing"},
      {"lb", "\"payee\": {\"swedish_account\": \"8901-3232323232\"",
       "\"payee\": {\"iban\": \"SE4550000000058398257466\"",
       "transfers[0].transfers[2].payee account_not_in_format; "
       "transfers[0].transfers[2].statement_text member_not_in_format"},
      {"lb", "\"payee\": {\"plusgiro\": \"410 54 68-5\"}",
       "\"kind\": \"credit_note\", \"payee\": {\"plusgiro\": \"410 54 68-5\"}",
       "transfers[0].transfers[4].payee account_not_in_format"},
      {"lb", "\"AURORA\"", "\"AURORA TELEKOM\"",
       "transfers[0].transfers[2].statement_text text_too_long"},
  };
  return kRows;
}

// Those that the order as it stands has not.
std::string new_problems(const Row& row) {
  const std::string text = tests::order_text(row.format);
  const auto problems = [&](const std::string& json) {
    const auto read = tests::order_of(json);
    if (!read.order) return std::vector{base::describe(read.problems.at(0))};
    const auto written = tests::write_order_file(row.format, *read.order, row.version);
    EXPECT_EQ(written.check.refused, written.bytes.empty());
    return tests::lines_of(written.check);
  };
  const auto before = problems(text);
  std::vector<std::string> lines = problems(with(text, row.from, row.to));
  std::erase_if(lines, [&](const std::string& line) {
    return std::ranges::find(before, line) != before.end();
  });
  return joined(lines);
}

TEST(OrderCheck, WhatAFormatCannotSay) {
  for (const Row& row : rows()) {
    SCOPED_TRACE(std::string(row.format) + ": " + std::string(row.from) + " -> " +
                 std::string(row.to));
    EXPECT_EQ(new_problems(row), row.problems);
  }
}

TEST(OrderCheck, EachKindHasItsFormats) {
  struct Kind {
    std::string_view format, of;
    std::string problem;
  };
  const Kind kinds[] = {
      {"pain.008", "pain.001", "transfers kind_not_in_format"},
      {"pain.001", "pain.008", "collections kind_not_in_format"},
      {"autogiro", "lb", "transfers kind_not_in_format"},
      {"lb", "avtalegiro", "claims kind_not_in_format"},
      {"pain.008", "autogiro", "mandates kind_not_in_format"},
      {"pain.001", "pain.007", "reversals kind_not_in_format"},
  };
  for (const Kind& kind : kinds) {
    const auto order = *tests::order_of(tests::order_text(kind.of)).order;
    const auto written = tests::write_order_file(kind.format, order);
    EXPECT_TRUE(written.check.refused);
    EXPECT_EQ(written.bytes, "");
    const auto lines = tests::lines_of(written.check);
    EXPECT_EQ(std::ranges::count(lines, std::string(kind.problem)), 1) << kind.format << kind.of;
  }
}

TEST(OrderCheck, NothingIsNoOrder) {
  const auto read = tests::order_of(
      R"({"id": "A", "created": "2026-11-20T08:30:00Z", "day": "2026-11-20", "sender_name": "A"})");
  EXPECT_EQ(joined(tests::lines_of(tests::write_order_file("pain.008", *read.order).check)),
            " nothing_to_send");
}

TEST(OrderCheck, AnEmptyBatchIsRefused) {
  for (const std::string_view format : {"pain.008", "pain.001", "pain.007", "lb", "avtalegiro"}) {
    auto order = *tests::order_of(tests::order_text(format)).order;
    for (auto& batch : order.collections) batch.debits = {};
    for (auto& batch : order.transfers) batch.transfers = {};
    for (auto& batch : order.reversals) batch.reversals = {};
    for (auto& batch : order.claims) batch.claims = {};
    const auto lines = tests::lines_of(tests::write_order_file(format, order).check);
    ASSERT_FALSE(lines.empty()) << format;
    EXPECT_TRUE(lines.front().ends_with("[0] batch_empty")) << lines.front();
  }
}

TEST(OrderCheck, ProblemsAreBounded) {
  auto order = *tests::order_of(tests::order_text("pain.008")).order;
  order.collections.pop_back();
  auto parts = domain::Debit::Parts{.end_to_end_id = order.id,
                                    .amount = {100, base::Currency::parse("EUR").value()},
                                    .mandate = order.id};
  const auto debit = domain::Debit::make(parts).value();
  order.collections[0].debits = std::vector(2'000, debit);
  const auto check = tests::write_order_file("pain.008", order).check;
  EXPECT_TRUE(check.refused);
  ASSERT_EQ(check.problems.size(), domain::kOrderProblemsMax + 1);
  EXPECT_EQ(check.problems.back().code, "more_problems");
}

TEST(OrderCheck, AReversalBelongsToOneMessage) {
  auto order = *tests::order_of(tests::order_text("pain.007")).order;
  order.reversals.push_back(order.reversals.front());
  EXPECT_EQ(tests::lines_of(tests::write_order_file("pain.007", order).check).back(),
            "reversals[1].reversals[0].original repeated_original");
  order.reversals[1].original_batch = domain::BankId::parse("OTHER").value();
  EXPECT_FALSE(tests::write_order_file("pain.007", order).check.refused);
  order.reversals[1].original_message = domain::BankId::parse("OTHER").value();
  const auto written = tests::write_order_file("pain.007", order);
  const auto lines = tests::lines_of(written.check);
  EXPECT_EQ(std::ranges::count(lines, "reversals[1].original_message original_differs"), 1);
  EXPECT_TRUE(written.check.refused);
}

}  // namespace
}  // namespace formats::bank
