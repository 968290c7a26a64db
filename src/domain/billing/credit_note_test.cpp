// Credit notes: an invoice and its notes cancel to the last minor unit, however it was cut, and
// never more is given back than was billed. Amounts in the tables are in kronor.
#include "domain/billing/credit_note.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "domain/ledger/document_entries.h"

namespace domain {
namespace {

using base::Decimal;
using base::Money;

constexpr std::int64_t kWholeKronor = 100;

Money kr(std::string_view text) { return Money::parse(text, base::Currency()).value(); }
base::Percent rate(std::int64_t percent) { return {Decimal::from_integer(percent)}; }

InvoiceLine line(std::string item, std::string service, Money net, std::int64_t percent = 25) {
  InvoiceLine line;
  line.item = line.name = std::move(item);
  line.division = "broadband";
  line.service_number = std::move(service);
  line.period = base::Month::parse("2026-11").value().period();
  line.share = {30, 30};
  line.quantity = Decimal::from_integer(1);
  line.net = net;
  line.vat_class = percent == 25 ? "standard" : "reduced_" + std::to_string(percent);
  line.vat_rate = rate(percent);
  return line;
}

Invoice invoice_of(std::vector<InvoiceLine> lines) {
  Invoice invoice;
  const InvoiceSums sums = sum_lines(lines, base::Currency(), kWholeKronor);
  invoice.series = "A";
  invoice.number = 17;
  invoice.seller.country = "SE";
  invoice.lines = std::move(lines);
  invoice.vat = sums.vat;
  invoice.net = sums.net;
  invoice.vat_total = sums.vat_total;
  invoice.rounding = sums.rounding;
  invoice.total = sums.total;
  return invoice;
}

// Fibre and a router at 25 %, a half-price campaign on the fibre, a book at 6 %.
// 399.20 - 199.60 + 796.00 = 995.60, VAT 248.90; 100.00, VAT 6.00; 1350.50 is paid as 1351.
Invoice example() {
  return invoice_of({line("FIBER250", "70010", kr("399.20")), line("HALF3", "70010", kr("-199.60")),
                     line("ROUTER", "70020", kr("796.00")), line("BOOK", "", kr("100.00"), 6)});
}

Invoice note_of(const Invoice& invoice, CreditNoteParts parts) {
  return make_credit_note(invoice, std::move(parts),
                          {.id = {}, .series = "K", .number = 1, .issued = base::Date()});
}

std::string tell(const base::Result<CreditNoteParts>& parts) {
  if (!parts) return parts.error().code;
  const InvoiceSums& sums = parts->sums;
  return std::to_string(parts->lines.size()) + " lines, " + sums.net.to_decimal_string() + " + " +
         sums.vat_total.to_decimal_string() + " + " + sums.rounding.to_decimal_string() + " = " +
         sums.total.to_decimal_string();
}

TEST(CreditNote, R13EveryWayToCut) {
  struct Row {
    CreditCut cut;
    std::string_view told;
  };
  const Row rows[] = {
      {CreditWhole{}, "4 lines, 1095.60 + 254.90 + 0.50 = 1351.00"},
      {CreditLines{{3}}, "1 lines, 796.00 + 199.00 + 0.00 = 995.00"},
      {CreditLines{{1, 2}}, "2 lines, 199.60 + 49.90 + 0.00 = 249.50"},
      // Both rates in proportion to 1244.50 and 106.00: 46.08 and 3.92; 36.86 + 9.22, 3.70 + 0.22.
      {CreditAmount{kr("50.00")}, "4 lines, 40.56 + 9.44 + 0.00 = 50.00"},
      {CreditAmount{kr("1351.00")}, "4 lines, 1095.60 + 254.90 + 0.50 = 1351.00"},
      // More than the lines come to: all rounding, and 1350.30 of 1350.50. 995.46 + 248.86 and
      // 99.98 + 6.00.
      {CreditAmount{kr("1350.80")}, "4 lines, 1095.44 + 254.86 + 0.50 = 1350.80"},
      {CreditService{"70010"}, "2 lines, 199.60 + 49.90 + 0.00 = 249.50"},
      {CreditService{"70099"}, "service_not_on_bill"},
      {CreditService{""}, "service_not_on_bill"},
      {CreditLines{{}}, "unknown_line"},
      {CreditLines{{0}}, "unknown_line"},
      {CreditLines{{5}}, "unknown_line"},
      {CreditLines{{3, 3}}, "credit_exceeds_invoice"},
      {CreditLines{{2}}, "credit_exceeds_invoice"},
      {CreditAmount{kr("1351.01")}, "credit_exceeds_invoice"},
      {CreditAmount{kr("0.00")}, "credit_not_positive"},
      {CreditAmount{kr("-1.00")}, "credit_not_positive"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(tell(plan_credit_note(example(), {}, row.cut)), row.told);
  }
}

TEST(CreditNote, WhatEarlierNotesTookIsGone) {
  const Invoice invoice = example();
  const std::vector<Invoice> router = {
      note_of(invoice, plan_credit_note(invoice, {}, CreditLines{{3}}).value())};
  EXPECT_EQ(tell(plan_credit_note(invoice, router, CreditLines{{3}})), "credit_exceeds_invoice");
  EXPECT_EQ(tell(plan_credit_note(invoice, router, CreditService{"70020"})),
            "credit_exceeds_invoice");
  EXPECT_EQ(tell(plan_credit_note(invoice, router, CreditAmount{kr("356.01")})),
            "credit_exceeds_invoice");
  EXPECT_EQ(tell(plan_credit_note(invoice, router, CreditWhole{})),
            "3 lines, 299.60 + 55.90 + 0.50 = 356.00");

  // After an amount, a line gives what is left of its item.
  const std::vector<Invoice> amount = {
      note_of(invoice, plan_credit_note(invoice, {}, CreditAmount{kr("50.00")}).value())};
  EXPECT_EQ(tell(plan_credit_note(invoice, amount, CreditLines{{3}})),
            "1 lines, 766.53 + 191.63 + 0.00 = 958.16");
  EXPECT_EQ(tell(plan_credit_note(invoice, amount, CreditWhole{})),
            "4 lines, 1055.04 + 245.46 + 0.50 = 1301.00");

  const std::vector<Invoice> whole = {
      note_of(invoice, plan_credit_note(invoice, {}, CreditWhole{}).value())};
  EXPECT_EQ(tell(plan_credit_note(invoice, whole, CreditWhole{})), "nothing_to_credit");
  EXPECT_EQ(tell(plan_credit_note(whole[0], {}, CreditWhole{})), "not_an_invoice");
}

TEST(CreditNote, TheWholeIsTheInvoiceAndSaysWhatItCredits) {
  const Invoice invoice = example();
  const Invoice note = note_of(invoice, plan_credit_note(invoice, {}, CreditWhole{}).value());
  EXPECT_EQ(note.lines, invoice.lines);
  EXPECT_EQ(note.vat, invoice.vat);
  EXPECT_EQ(note.kind, DocumentKind::kCreditNote);
  EXPECT_EQ(note.credits->number, "A17");
  EXPECT_TRUE(verify_invoice(note));
}

TEST(CreditNote, ARunsNegativeGroupTurnsItsSigns) {
  const std::vector<InvoiceLine> lines = {line("FIBER250", "70010", kr("-399.20")),
                                          line("ROUTER", "70020", kr("96.00"))};
  const InvoiceSums sums = sum_lines(lines, base::Currency(), kWholeKronor);
  const CreditNoteParts parts = credit_note_of(lines, sums);
  EXPECT_EQ(tell(parts), "2 lines, 303.20 + 75.80 + 0.00 = 379.00");
  EXPECT_EQ(parts.lines[0].net, kr("399.20"));
  Invoice note = note_of(invoice_of({}), parts);
  note.credits.reset();
  EXPECT_TRUE(verify_invoice(note));
}

TEST(CreditNote, ItsEntriesGiveBackWhatTheInvoiceBooked) {
  const Invoice invoice = example();
  const Invoice note = note_of(invoice, plan_credit_note(invoice, {}, CreditLines{{3}}).value());
  const auto told = [&](Money receivables) {
    std::string text;
    for (const Entry& entry : credit_note_entries(note, receivables)) {
      text += entry.ledger_account + " " + entry.amount.to_decimal_string() + "\n";
    }
    return text;
  };
  EXPECT_EQ(told(kr("995.00")), "receivables -995.00\nrevenue:ROUTER 796.00\nvat:SE:25 199.00\n");
  EXPECT_EQ(told(kr("100.00")),
            "prepayment -895.00\nreceivables -100.00\nrevenue:ROUTER 796.00\nvat:SE:25 199.00\n");
  EXPECT_EQ(used_credit_entries(kr("895.00")),
            (std::vector<Entry>{{"prepayment", kr("895.00")}, {"receivables", kr("-895.00")}}));
  EXPECT_TRUE(used_credit_entries(kr("0.00")).empty());
}

// Lines as bills have them: a few items, services and rates, small and large, some taking back.
rc::Gen<std::vector<InvoiceLine>> any_lines() {
  const auto one = rc::gen::exec([] {
    const auto cents =
        *rc::gen::weightedOneOf<std::int64_t>({{6, rc::gen::inRange<std::int64_t>(1, 100'000)},
                                               {2, rc::gen::inRange<std::int64_t>(1, 40)},
                                               {2, rc::gen::inRange<std::int64_t>(-30'000, 1)}});
    return line("ITEM" + std::to_string(*rc::gen::inRange(0, 4)),
                std::to_string(*rc::gen::inRange(1, 4)), Money(cents, base::Currency()),
                *rc::gen::element<std::int64_t>(25, 25, 12, 6, 0));
  });
  return rc::gen::nonEmpty(rc::gen::container<std::vector<InvoiceLine>>(one));
}

CreditCut any_cut(const Invoice& invoice) {
  switch (*rc::gen::inRange(0, 4)) {
    case 0: return CreditLines{{*rc::gen::inRange<std::int64_t>(1, std::ssize(invoice.lines) + 1)}};
    case 1: return CreditService{std::to_string(*rc::gen::inRange(1, 4))};
    case 2: return CreditAmount{Money(*rc::gen::inRange<std::int64_t>(1, 200), base::Currency())};
    default:
      return CreditAmount{Money(
          *rc::gen::inRange<std::int64_t>(1, std::max<std::int64_t>(2, invoice.total.minor())),
          base::Currency())};
  }
}

// What every account of the ledger holds of the invoice and its notes together.
std::map<std::string, std::int64_t> books(const Invoice& invoice,
                                          const std::vector<Invoice>& notes) {
  std::map<std::string, std::int64_t> sums;
  for (const Entry& entry : credit_note_entries(invoice, invoice.total)) {
    sums[entry.ledger_account] -= entry.amount.minor();
  }
  for (const Invoice& note : notes) {
    for (const Entry& entry : credit_note_entries(note, note.total)) {
      sums[entry.ledger_account] += entry.amount.minor();
    }
  }
  std::erase_if(sums, [](const auto& sum) { return sum.second == 0; });
  return sums;
}

RC_GTEST_PROP(CreditNoteProperties, AnInvoiceAndItsNotesCancelHoweverItIsCut, ()) {
  const Invoice invoice = invoice_of(*any_lines());
  RC_PRE(!invoice.total.is_negative() && !invoice.total.is_zero());
  std::vector<Invoice> notes;
  Money credited(0, base::Currency());
  const auto cuts = *rc::gen::inRange(0, 8);
  for (int at = 0; at <= cuts; ++at) {
    const CreditCut cut = at == cuts ? CreditCut(CreditWhole{}) : any_cut(invoice);
    const auto parts = plan_credit_note(invoice, notes, cut);
    if (!parts) {
      // The rest can always be credited, unless the cuts before left nothing.
      RC_ASSERT(at < cuts || parts.error().code == "nothing_to_credit");
      continue;
    }
    notes.push_back(note_of(invoice, *parts));
    const auto adds_up = verify_invoice(notes.back());
    if (!adds_up) RC_FAIL(adds_up.error().place);
    RC_ASSERT(!notes.back().total.is_negative());
    RC_ASSERT(!notes.back().lines.empty());
    credited += notes.back().total;
    RC_ASSERT(credited <= invoice.total);
  }
  RC_ASSERT(credited == invoice.total);
  RC_ASSERT(books(invoice, notes).empty());
}

}  // namespace
}  // namespace domain
