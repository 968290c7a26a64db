// What a till prints: the receipt of a taking, its storno or a paying out, in the customer's
// language and as wide as the printer's roll; and the report of a session that has ended.
#include <algorithm>

#include "domain/till/drawer.h"
#include "flows/operations/import_terms.h"
#include "flows/tills/hold_till.h"
#include "flows/tills/show_till.h"
#include "ports/billing.h"
#include "ports/parties.h"
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

Result<std::int64_t> number_of(const Call& call) {
  std::int64_t number = 0;
  const std::string& text = call.value("number");
  for (const char c : text) {
    if (c < '0' || c > '9' || text.size() > 15) return no_receipt(call, text);
    number = number * 10 + (c - '0');
  }
  return number;
}

// What is asked for; else what the customer reads.
Result<locale::Language> language_of(const Call& call, ports::Transaction& transaction,
                                     const TillEntry& entry) {
  if (const auto asked = locale::parse_language(call.query.text("language"))) return *asked;
  for (const domain::TillPart& part : entry.parts) {
    const auto account = TRY(transaction.parties().find_account(part.account));
    if (!account) continue;
    const auto customers = TRY(transaction.parties().find_customers({&account->customer, 1}));
    if (customers.empty()) continue;
    if (const auto own = locale::parse_language(customers.front().language)) return *own;
  }
  return call.language;
}

// The VAT of a bill that this receipt pays as a whole; a part of a bill has its VAT on the invoice.
Result<std::optional<Money>> vat_of(ports::Transaction& transaction, const domain::TillPart& part) {
  if (part.bill.is_nil() || !part.rest.is_zero()) return std::optional<Money>();
  const auto documents = transaction.billing().documents_of(part.account, part.bill);
  if (!documents) return std::optional<Money>();
  for (const auto& document : *documents) {
    if (document.kind == "invoice" && document.total == part.amount) {
      return std::optional(document.vat);
    }
  }
  return std::optional<Money>();
}

Result<Value> part_rows(const Call& call, ports::Transaction& transaction,
                        const TillEntry& entry) {
  const auto& write = call.web.texts.formatter(call.language);
  Value list = Value::list();
  for (const domain::TillPart& part : entry.parts) {
    const bool is_taking =
        entry.kind == TillEntryKind::kTaking || entry.kind == TillEntryKind::kCardPaid;
    const auto vat = TRY(vat_of(transaction, part));
    const bool is_back = entry.kind == TillEntryKind::kStorno;
    list.push(Value::record()
                  .set("what", part.bill.is_nil()
                                   ? say(call, "console.receipt.credit")
                                   : say(call, "console.receipt.invoice", {{"number", part.paper}}))
                  .set("sum", write.money(is_back ? -part.amount : part.amount))
                  .set("rest", is_taking && !part.rest.is_zero()
                                   ? say(call, "console.receipt.rest", {{"sum", part.rest}})
                                   : std::string())
                  .set("vat", is_taking && vat ? say(call, "console.receipt.vat", {{"sum", *vat}})
                                               : std::string()));
  }
  return list;
}

// What was paid; a card moves no cash.
Money total_of(const TillEntry& entry) {
  if (entry.kind != TillEntryKind::kCardPaid) return entry.cash;
  Money total = entry.cash;
  for (const domain::TillPart& part : entry.parts) total += part.amount;
  return total;
}

std::string_view title_key(TillEntryKind kind) {
  if (kind == TillEntryKind::kStorno) return "console.receipt.storno";
  if (kind == TillEntryKind::kPayOut) return "console.receipt.paid_out";
  return "console.receipt.title";
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
  const std::int64_t number = TRY(number_of(call));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const domain::DrawerId id = flows::drawer_id(call.value("drawer"));
  const auto found = TRY(transaction->tills().find_receipt(id, number));
  if (!found) return no_receipt(call, call.value("number"));
  const TillEntry& entry = found->entry;
  const domain::Operator seller = TRY(flows::load_seller(*transaction));
  const domain::Drawer drawer = TRY(flows::find_drawer(seller, call.value("drawer")));
  Call theirs = call;
  theirs.language = TRY(language_of(call, *transaction, entry));
  const Moments moments = TRY(Moments::load(theirs, *transaction));
  const auto& write = call.web.texts.formatter(theirs.language);
  Page page{.name = "console/receipt", .title = say(theirs, title_key(entry.kind))};
  page.values.set("legal_name", seller.legal_name)
      .set("organisation", seller.organisation_number)
      .set("vat_number", seller.vat_number)
      .set("place", drawer.place)
      .set("drawer", drawer.name)
      .set("number", entry.receipt)
      .set("time", moments.text(entry.recorded))
      .set("by", TRY(actor_name(*transaction, entry.actor)))
      .set("rows", TRY(part_rows(theirs, *transaction, entry)))
      .set("narrow", call.query.text("width") == "58")
      .set("total", write.money(total_of(entry)))
      .set("by_card", entry.kind == TillEntryKind::kCardPaid)
      .set("back", till_address(call));
  if (!entry.rounding().is_zero()) {
    page.values.set("rounding", write.money(entry.rounding(), locale::MoneyStyle::kSigned));
  }
  if (entry.kind == TillEntryKind::kTaking) {
    page.values.set("tendered", write.money(entry.tendered))
        .set("change", write.money(entry.change()));
  }
  if (entry.undoes != 0) page.values.set("reason", entry.reason);
  return render_page(theirs, std::move(page));
}

Result<Response> show_till_session(const Call& call) {
  const std::int64_t number = TRY(number_of(call));
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
