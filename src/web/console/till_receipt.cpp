// What a till prints: the receipt of a taking, its storno or a paying out, in the customer's
// language and as wide as the printer's roll; and the report of a session that has ended.
#include <algorithm>

#include "flows/tills/hold_till.h"
#include "flows/tills/show_receipt.h"
#include "formats/document/pdf/paper_printer.h"
#include "ports/tills.h"
#include "web/console/handlers.h"
#include "web/console/moments.h"
#include "web/console/page.h"
#include "web/console/till_page.h"

namespace web::console {
namespace {

using base::Money;
using base::Result;
using domain::TillEntry;
using domain::TillEntryKind;

std::unexpected<base::Error> no_receipt(const Call& call, std::string_view number) {
  return base::fail("till_entry_not_found", "the drawer has printed no such receipt",
                    call.value("drawer") + "/" + std::string(number));
}

Result<std::int64_t> number_of(const Call& call, std::string_view text) {
  std::int64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || text.size() > 15) return no_receipt(call, text);
    number = number * 10 + (c - '0');
  }
  return number;
}

constexpr std::string_view kFileEnd = ".pdf";

Value row_values(const formats::document::pdf::ReceiptTexts& texts) {
  Value list = Value::list();
  for (const auto& row : texts.rows) {
    Value notes = Value::list();
    for (const std::string& note : row.notes) notes.push(note);
    list.push(
        Value::record().set("what", row.what).set("sum", row.sum).set("notes", std::move(notes)));
  }
  return list;
}

Value pair_values(const std::vector<formats::document::pdf::LabelledText>& pairs) {
  Value list = Value::list();
  for (const auto& pair : pairs) {
    list.push(Value::record().set("label", pair.label).set("value", pair.value));
  }
  return list;
}

// A file for the printer of a roll, and for sending, named as the receipt is.
Result<Response> receipt_file(const Call& call, const flows::Receipt& receipt,
                              const formats::document::pdf::ReceiptTexts& texts) {
  auto printed = TRY(formats::document::pdf::PaperPrinter(*call.web.bill.fonts).print(texts));
  Response response;
  response.headers.set("Content-Type", "application/pdf");
  response.headers.set("Content-Disposition", "inline; filename=\"" + receipt.drawer.name + "-" +
                                                  std::to_string(receipt.entry.receipt) + ".pdf\"");
  response.body = std::move(printed.bytes);
  return response;
}

// Counts that were too far off, before the one that closed the session.
Result<Value> count_rows(const Call& call, ports::Transaction& transaction,
                         std::span<const TillEntry> entries) {
  Value list = Value::list();
  for (const TillEntry& entry : entries) {
    if (entry.kind != TillEntryKind::kCount) continue;
    const std::string name = TRY(actor_name(transaction, entry.actor));
    list.push(say(call, "console.till.counted_before", {{"sum", entry.tendered}, {"name", name}}));
  }
  return list;
}

}  // namespace

Result<Response> show_receipt(const Call& call) {
  std::string_view text = call.value("number");
  const bool as_file = text.ends_with(kFileEnd) && call.web.bill.fonts != nullptr;
  if (as_file) text.remove_suffix(kFileEnd.size());
  const std::int64_t number = TRY(number_of(call, text));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const flows::Receipt receipt =
      TRY(flows::show_receipt(*transaction, call.value("drawer"), number));
  // What is asked for; else what the customer reads.
  Call theirs = call;
  theirs.language = receipt.language.value_or(call.language);
  if (const auto asked = locale::parse_language(call.query.text("language"))) {
    theirs.language = *asked;
  }
  auto texts = flows::receipt_texts(receipt, call.web.texts, theirs.language);
  texts.is_narrow = call.query.text("width") == "58";
  if (as_file) return receipt_file(call, receipt, texts);
  Page page{.name = "console/receipt", .title = texts.kind};
  Value seller = Value::list();
  for (std::size_t line = 1; line < texts.seller.size(); ++line) seller.push(texts.seller[line]);
  Value closing = Value::list();
  for (const std::string& line : texts.closing) closing.push(line);
  page.values.set("legal_name", texts.seller.front())
      .set("seller", std::move(seller))
      .set("facts", pair_values(texts.facts))
      .set("rows", row_values(texts))
      .set("narrow", texts.is_narrow)
      .set("total_label", texts.total.label)
      .set("total", texts.total.value)
      .set("paid", pair_values(texts.paid))
      .set("closing", std::move(closing))
      .set("back", till_address(call));
  if (call.web.bill.fonts != nullptr) {
    page.values.set("pdf", till_address(call) + "/receipts/" + std::to_string(number) +
                               ".pdf?width=" + (texts.is_narrow ? "58" : "80") +
                               "&language=" + texts.language);
  }
  return render_page(theirs, std::move(page));
}

Result<Response> show_till_session(const Call& call) {
  const std::int64_t number = TRY(number_of(call, call.value("number")));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const domain::DrawerId id = flows::drawer_id(call.value("drawer"));
  const auto session = TRY(transaction->tills().find_session(id, number));
  if (!session || !session->closing) return no_receipt(call, call.value("number"));
  auto entries = TRY(transaction->tills().entries_of(id, number));
  const domain::TillSums sums = domain::sum_session(entries, session->currency);
  const Moments moments = TRY(Moments::load(call, *transaction));
  const auto& write = call.web.texts.formatter(call.language);
  Page page{.name = "console/till-session",
            .title = say(call, "console.till.session_title",
                         {{"drawer", session->name}, {"number", std::to_string(session->number)}})};
  Value lines = Value::list();
  const auto add = [&](std::string_view key, Money sum) {
    if (sum.is_zero()) return;
    lines.push(Value::record().set("what", say(call, key)).set("sum", write.money(sum)));
  };
  add("console.till.kind.float", sums.floated);
  add("console.till.kind.taking", sums.taken);
  add("console.till.kind.storno", -sums.stornoed);
  add("console.till.kind.pay_out", -sums.paid_out);
  add("console.till.kind.pay_in", sums.put_in);
  add("console.till.kind.drop", -sums.dropped);
  const domain::TillClosing& closing = *session->closing;
  page.values.set("lines", std::move(lines))
      .set("opened", moments.text(session->opened))
      .set("opened_by", TRY(actor_name(*transaction, session->opened_by)))
      .set("closed", moments.text(closing.at))
      .set("closed_by", TRY(actor_name(*transaction, closing.by)))
      .set("takings", write.integer(sums.takings))
      .set("cards", write.integer(sums.cards))
      .set("expected", write.money(closing.expected))
      .set("counted", write.money(closing.counted))
      .set("count", domain::to_text(closing.count, session->currency))
      .set("difference", write.money(closing.difference(), locale::MoneyStyle::kSigned))
      .set("warn", !closing.difference().is_zero())
      .set("reason", closing.reason)
      .set("counts", TRY(count_rows(call, *transaction, entries)))
      .set("safe", session->safe);
  return render_page(call, std::move(page));
}

}  // namespace web::console
