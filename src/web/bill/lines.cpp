// What the bill is for: fixed costs and extras apart (R12), rounding, VAT, the total; then what
// has happened to the debt since.
#include "flows/compose/line_amounts.h"
#include "web/bill/parts.h"

namespace web::bill {
namespace {

using base::Money;
using domain::Invoice;
using domain::InvoiceLine;
using domain::LineKind;
using domain::LineNature;
using flows::compose::kind_words;
using flows::compose::line_amounts;
using flows::compose::period_words;

void add_row(Value& rows, std::string label, std::string amount, bool is_small = false) {
  rows.push(Value::record()
                .set("label", std::move(label))
                .set("amount", std::move(amount))
                .set("is_small", is_small));
}

// The price of one in whole minor units, with VAT for people; "3 × 59,00 kr".
[[nodiscard]] std::string quantity_words(const InvoiceLine& line, bool with_vat,
                                         const Words& words) {
  if (line.kind != LineKind::kOneOff || line.quantity == base::Decimal::from_integer(1)) return {};
  Money price = base::line_amount(base::Decimal::from_integer(1), line.unit_price,
                                  line.net.currency(), base::RoundingMode::kHalfUp);
  if (with_vat) {
    price += base::percent_of(price, line.vat_rate, base::RoundingMode::kHalfUp);
  }
  return words.say("line.quantity", {{"quantity", line.quantity}, {"price", words.money(price)}});
}

[[nodiscard]] std::string usage_words(const InvoiceLine& line, const Words& words) {
  if (line.kind != LineKind::kUsage || line.quantity.is_zero()) return {};
  return used_words(line.quantity, line.unit, words);
}

[[nodiscard]] Value line_values(const InvoiceLine& line, Money amount, bool with_vat,
                                const Words& words) {
  std::string details;
  for (const std::string& detail :
       {line.service_number, period_words(line, words), kind_words(line.kind, words),
        quantity_words(line, with_vat, words), usage_words(line, words)}) {
    if (detail.empty()) continue;
    if (!details.empty()) details += " · ";
    details += detail;
  }
  return Value::record()
      .set("name", Value::borrow(line.name))
      .set("owner", Value::borrow(line.service_label))
      .set("details", std::move(details))
      .set("amount", is_included(line) ? words.say("bill.lines.included") : words.money(amount));
}

// A group with its own sum, or nothing where no line is of that nature.
[[nodiscard]] Value group_values(const Invoice& invoice, LineNature nature, bool with_vat,
                                 const Words& words) {
  const auto amounts = line_amounts(invoice, with_vat);
  Money sum(0, invoice.total.currency());
  Value rows = Value::list();
  // What costs something stands first.
  for (const bool included : {false, true}) {
    for (std::size_t at = 0; at < invoice.lines.size(); ++at) {
      const InvoiceLine& line = invoice.lines[at];
      if (line.nature != nature || is_included(line) != included) continue;
      sum += amounts[at];
      rows.push(line_values(line, amounts[at], with_vat, words));
    }
  }
  if (!rows.is_shown()) return {};
  return Value::record()
      .set("title",
           words.say(nature == LineNature::kFixed ? "bill.lines.fixed" : "bill.lines.extras"))
      .set("sum", words.money(sum))
      .set("lines", std::move(rows));
}

[[nodiscard]] Value totals(const Invoice& invoice, bool with_vat, const Words& words) {
  Value before = Value::list();
  Value after = Value::list();
  if (!with_vat) add_row(before, words.say("document.subtotal"), words.money(invoice.net));
  for (const auto& vat : invoice.vat) {
    add_row(with_vat ? after : before,
            words.say(with_vat ? "bill.lines.vat_of_which" : "document.vat_on",
                      {{"rate", vat.rate}, {"base", vat.net}}),
            words.money(vat.vat), with_vat);
  }
  if (!invoice.rounding.is_zero()) {
    add_row(before, words.say("bill.lines.rounding"), words.money(invoice.rounding));
  }
  return Value::record()
      .set("before", std::move(before))
      .set("total", words.money(invoice.total))
      .set("after", std::move(after));
}

}  // namespace

Value papers_values(const flows::ShownBill& shown, const Words& words) {
  const bool several = shown.invoices.size() > 1;
  Value papers = Value::list();
  for (const Invoice& invoice : shown.invoices) {
    const bool with_vat = invoice.buyer.segment == domain::Segment::kConsumer;
    Value groups = Value::list();
    for (const auto nature : {LineNature::kFixed, LineNature::kExtra}) {
      Value group = group_values(invoice, nature, with_vat, words);
      if (group.is_shown()) groups.push(std::move(group));
    }
    Value paper = Value::record();
    if (several) {
      paper.set("invoice_title",
                words.say("bill.lines.invoice", {{"number", invoice.full_number()}}));
    }
    paper.set("vat_words", words.say(with_vat ? "bill.lines.with_vat" : "bill.lines.without_vat"));
    paper.set("groups", std::move(groups)).set("sums", totals(invoice, with_vat, words));
    papers.push(std::move(paper));
  }
  return papers;
}

Value live_rows(const flows::ShownBill& shown, const Words& words) {
  const domain::Bill& bill = shown.bill;
  // What went to the account was paid here first.
  const bool kept = !shown.to_account.is_zero();
  const Money paid = kept ? bill.paid + shown.to_account : bill.paid;
  Value rows = Value::list();
  if (!bill.fees.is_zero()) add_row(rows, words.say("bill.lines.fees"), words.money(bill.fees));
  if (!paid.is_zero()) add_row(rows, words.say("bill.lines.paid"), words.money(-paid));
  if (!bill.credited.is_zero()) {
    add_row(rows, words.say("bill.lines.credited"), words.money(-bill.credited));
  }
  if (kept) add_row(rows, words.say("bill.lines.to_account"), words.money(shown.to_account));
  if (!rows.is_shown()) return {};
  return Value::record().set("rows", std::move(rows)).set("left", words.money(bill.rest()));
}

Value note_links(const flows::ShownBill& shown, std::string_view token, const Words& words) {
  Value links = Value::list();
  if (token.empty()) return links;
  for (const Invoice& note : shown.credit_notes) {
    links.push(Value::record()
                   .set("path", "/b/" + std::string(token) + "/papers/" + note.full_number())
                   .set("label", words.say("document.credit_note") + " " + note.full_number()));
  }
  return links;
}

}  // namespace web::bill
