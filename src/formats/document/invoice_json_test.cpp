// The canonical bytes of papers: a credit note reads back as it was, and invoices are written as
// they were before there were credit notes.
#include "formats/document/invoice_json.h"

#include <gtest/gtest.h>

#include "domain/billing/credit_note.h"
#include "tests/support/expected_file.h"

namespace formats::document {
namespace {

domain::Invoice invoice() {
  domain::InvoiceLine line;
  line.item = line.name = "FIBER100";
  line.period = base::Month::parse("2026-11").value().period();
  line.net = base::Money(31'920, base::Currency());
  line.vat_class = "standard";
  line.vat_rate = {base::Decimal::from_integer(25)};
  domain::Invoice invoice;
  invoice.id = domain::DocumentId(base::IdBytes{1});
  invoice.bill = domain::BillId(base::IdBytes{2});
  invoice.series = "A";
  invoice.number = 17;
  invoice.lines = {line};
  const auto sums = domain::sum_lines(invoice.lines, base::Currency(), 1);
  invoice.vat = sums.vat;
  invoice.net = sums.net;
  invoice.vat_total = sums.vat_total;
  invoice.rounding = sums.rounding;
  invoice.total = sums.total;
  return invoice;
}

domain::Invoice credit_note() {
  const domain::Invoice of = invoice();
  return domain::make_credit_note(of,
                                  domain::plan_credit_note(of, {}, domain::CreditWhole{}).value(),
                                  {.id = domain::DocumentId(base::IdBytes{3}),
                                   .series = "K",
                                   .number = 4,
                                   .issued = of.issued});
}

TEST(InvoiceJson, PapersReadBackAsTheyWere) {
  domain::Invoice of_a_run = credit_note();
  of_a_run.credits.reset();
  for (const domain::Invoice& paper : {invoice(), credit_note(), of_a_run}) {
    const auto read = read_invoice_json(write_invoice_json(paper));
    ASSERT_TRUE(read) << base::describe(read.error());
    EXPECT_EQ(*read, paper);
  }
}

// What fuzzing begins with (tests/fuzz): papers that are read.
TEST(InvoiceJson, PapersToFuzzAreAsWeWriteThem) {
  tests::expect_file("tests/fuzz/corpus/invoice_json/invoice.json", write_invoice_json(invoice()));
  tests::expect_file("tests/fuzz/corpus/invoice_json/credit_note.json",
                     write_invoice_json(credit_note()));
}

TEST(InvoiceJson, OnlyADanishSellerHasACreditorNumber) {
  domain::Invoice danish = invoice();
  danish.seller.payee.fi_creditor = "81234567";
  EXPECT_EQ(read_invoice_json(write_invoice_json(danish)).value(), danish);
  EXPECT_FALSE(write_invoice_json(invoice()).contains("fi_creditor"));
}

TEST(InvoiceJson, OnlyACreditNoteSaysWhatItCredits) {
  const std::string credits =
      "\"credits\":{\"number\":\"A17\",\"issued\":\"1970-01-01\",\"document\":\"" +
      invoice().id.to_string() + "\"}";
  EXPECT_TRUE(write_invoice_json(credit_note()).contains(credits));
  EXPECT_TRUE(write_invoice_json(credit_note()).contains("\"kind\":\"credit_note\""));
  EXPECT_FALSE(write_invoice_json(invoice()).contains("credits"));
}

TEST(InvoiceJson, WhatIsWrongIsNamed) {
  struct Row {
    std::string_view from, to, code;
  };
  const Row rows[] = {
      {"\"kind\":\"credit_note\"", "\"kind\":\"receipt\"", "bad_document"},
      {"\"number\":\"A17\"", "\"number\":17", "bad_document"},
      // Three minor units of VAT more than its sum comes to.
      {"\"vat\":7980", "\"vat\":7983", "invoice_does_not_add_up"},
  };
  for (const Row& row : rows) {
    std::string text = write_invoice_json(credit_note());
    const auto at = text.find(row.from);
    ASSERT_NE(at, std::string::npos) << row.from;
    text.replace(at, row.from.size(), row.to);
    const auto read = read_invoice_json(text);
    ASSERT_FALSE(read) << row.to;
    EXPECT_EQ(read.error().code, row.code);
  }
}

}  // namespace
}  // namespace formats::document
