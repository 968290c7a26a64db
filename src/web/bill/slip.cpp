// How to pay from one's own bank: where to, how much, which reference, and the code to scan.
#include "flows/compose/payment_words.h"
#include "formats/document/qr/payment_qr.h"
#include "formats/document/qr/qr_code.h"
#include "web/bill/parts.h"

namespace web::bill {
namespace {

// Digits in groups that are apart to the eye and together in what is copied.
[[nodiscard]] Value groups_of(std::string_view grouped) {
  Value groups = Value::list();
  while (!grouped.empty()) {
    const std::size_t end = std::min(grouped.find(' '), grouped.size());
    groups.push(std::string(grouped.substr(0, end)));
    grouped.remove_prefix(std::min(end + 1, grouped.size()));
  }
  return groups;
}

void add_row(Value& rows, std::string label, std::string value) {
  rows.push(Value::record().set("label", std::move(label)).set("value", std::move(value)));
}

void add_grouped_row(Value& rows, std::string label, std::string_view grouped) {
  rows.push(Value::record().set("label", std::move(label)).set("groups", groups_of(grouped)));
}

[[nodiscard]] Value qr_values(const flows::ShownBill& shown, std::string_view page_url,
                              const Words& words) {
  const domain::Invoice& invoice = shown.invoices.front();
  const auto content =
      formats::document::payment_qr({.payee_name = invoice.seller.legal_name,
                                     .payee = invoice.seller.payee,
                                     .amount = asked_now(shown),
                                     .reference_scheme = shown.bill.reference_scheme,
                                     .reference = shown.bill.reference,
                                     .page_url = page_url});
  if (!content) return {};
  const auto code = formats::document::QrCode::encode(content->text);
  if (!code) return {};
  const bool transfer = content->kind == formats::document::PaymentQrKind::kEuroTransfer;
  return Value::record()
      .set("drawing", SafeHtml::trusted(code->to_svg()))
      .set("label", words.say(transfer ? "bill.pay.qr.alt" : "bill.pay.qr.page_alt"))
      .set("use", words.say(transfer ? "bill.pay.qr.label" : "bill.pay.qr.page_label"));
}

}  // namespace

Value account_rows(const domain::PayeeAccounts& payee, const Words& words) {
  Value rows = Value::list();
  for (const auto& account : flows::compose::account_texts(payee, words)) {
    if (account.in_groups) {
      add_grouped_row(rows, account.label, account.value);
    } else {
      add_row(rows, account.label, account.value);
    }
  }
  return rows;
}

Value slip_values(const flows::ShownBill& shown, std::string_view page_url, const Words& words) {
  const domain::Invoice& invoice = shown.invoices.front();
  Value rows = account_rows(invoice.seller.payee, words);
  const auto reference =
      flows::compose::reference_text(shown.bill.reference_scheme, shown.bill.reference, words);
  add_grouped_row(rows, reference.label, reference.value);
  add_row(rows, words.say("bill.pay.amount"), words.money(asked_now(shown)));
  add_row(rows, words.say("bill.pay.last_day"),
          words.date(shown.view.asked_by, locale::DateStyle::kLong));
  Value slip = Value::record();
  slip.set("rows", std::move(rows)).set("recipient", Value::borrow(invoice.seller.legal_name));
  slip.set("reference_hint", words.say("bill.reference.hint"));
  slip.set("qr", qr_values(shown, page_url, words));
  return slip;
}

}  // namespace web::bill
