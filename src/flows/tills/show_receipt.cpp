#include "flows/tills/show_receipt.h"

#include <algorithm>

#include "flows/care/time_zone.h"
#include "flows/compose/words.h"
#include "flows/operations/import_terms.h"
#include "flows/tills/hold_till.h"
#include "ports/access.h"
#include "ports/billing.h"
#include "ports/intents.h"
#include "ports/parties.h"
#include "ports/tills.h"

namespace flows {
namespace {

namespace pdf = formats::document::pdf;
using base::Money;
using base::Result;
using domain::TillEntry;
using domain::TillEntryKind;

Result<std::optional<locale::Language>> language_of(ports::Transaction& transaction,
                                                    const TillEntry& entry) {
  for (const domain::TillPart& part : entry.parts) {
    const auto account = TRY(transaction.parties().find_account(part.account));
    if (!account) continue;
    const auto customers = TRY(transaction.parties().find_customers({&account->customer, 1}));
    if (customers.empty()) continue;
    const auto own = locale::parse_language(customers.front().language);
    if (own) return std::optional(*own);
  }
  return std::optional<locale::Language>();
}

bool is_taking(const TillEntry& entry) {
  return entry.kind == TillEntryKind::kTaking || entry.kind == TillEntryKind::kCardPaid;
}

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

Result<std::string> cashier_of(ports::Transaction& transaction, const std::string& actor) {
  const auto id = domain::UserId::parse(actor);
  if (!id) return actor;
  const auto user = TRY(transaction.access().find_user(*id));
  return user ? user->name : actor;
}

std::string_view title_key(TillEntryKind kind) {
  if (kind == TillEntryKind::kStorno) return "console.receipt.storno";
  if (kind == TillEntryKind::kPayOut) return "console.receipt.paid_out";
  return "console.receipt.title";
}

// What was paid; a card moves no cash.
Money total_of(const TillEntry& entry) {
  Money total = entry.cash;
  if (entry.kind != TillEntryKind::kCardPaid) return total;
  for (const domain::TillPart& part : entry.parts) total += part.amount;
  return total;
}

// Numbers are the drawer's, so that its id and the number are one paper's.
std::string file_id(const Receipt& receipt) {
  std::string drawer = receipt.session.drawer.to_string();
  std::erase(drawer, '-');
  const std::string number = std::to_string(receipt.entry.receipt);
  constexpr std::size_t kHalf = 16;
  return drawer.substr(0, kHalf) + std::string(kHalf - std::min(kHalf, number.size()), '0') +
         number;
}

std::vector<pdf::ReceiptRow> rows_of(const Receipt& receipt, const compose::Words& words) {
  const TillEntry& entry = receipt.entry;
  const bool is_back = entry.kind == TillEntryKind::kStorno;
  std::vector<pdf::ReceiptRow> rows;
  for (std::size_t at = 0; at < entry.parts.size(); ++at) {
    const domain::TillPart& part = entry.parts[at];
    pdf::ReceiptRow row;
    row.what = part.bill.is_nil() ? words.say("console.receipt.credit")
                                  : words.say("console.receipt.invoice", {{"number", part.paper}});
    row.sum = words.money(is_back ? -part.amount : part.amount);
    if (is_taking(entry) && !part.rest.is_zero()) {
      row.notes.push_back(words.say("console.receipt.rest", {{"sum", part.rest}}));
    }
    if (const auto& vat = receipt.vats[at]) {
      row.notes.push_back(words.say("console.receipt.vat", {{"sum", *vat}}));
    }
    rows.push_back(std::move(row));
  }
  if (!entry.rounding().is_zero()) {
    rows.push_back({.what = words.say("console.receipt.rounding"),
                    .sum = words.signed_money(entry.rounding())});
  }
  return rows;
}

// Received and change, or the card and where.
std::vector<pdf::LabelledText> paid_by(const Receipt& receipt, const compose::Words& words) {
  std::vector<pdf::LabelledText> lines;
  const auto add = [&](std::string_view key, std::string value) {
    if (!value.empty()) lines.push_back({words.say(key), std::move(value)});
  };
  if (receipt.entry.kind == TillEntryKind::kTaking) {
    add("console.till.tendered", words.money(receipt.entry.tendered));
    add("console.till.change", words.money(receipt.entry.change()));
  }
  add("console.till.kind.card", receipt.card);
  add("console.till.terminal", receipt.terminal);
  return lines;
}

}  // namespace

Result<Receipt> show_receipt(ports::Transaction& transaction, const std::string& drawer,
                             std::int64_t number) {
  const domain::DrawerId id = drawer_id(drawer);
  auto found = TRY(transaction.tills().find_receipt(id, number));
  if (number <= 0 || !found) {
    return base::fail("till_entry_not_found", "the drawer has printed no such receipt",
                      drawer + "/" + std::to_string(number));
  }
  Receipt receipt;
  receipt.session = TRY(transaction.tills().find_session(id, found->session)).value();
  receipt.entry = std::move(found->entry);
  receipt.seller = TRY(load_seller(transaction));
  receipt.drawer = TRY(find_drawer(receipt.seller, drawer));
  receipt.cashier = TRY(cashier_of(transaction, receipt.entry.actor));
  receipt.zone = TRY(time_zone(receipt.seller.time_zone));
  receipt.language = TRY(language_of(transaction, receipt.entry));
  for (const domain::TillPart& part : receipt.entry.parts) {
    std::optional<Money> vat;
    if (is_taking(receipt.entry)) vat = TRY(vat_of(transaction, part));
    receipt.vats.push_back(vat);
  }
  if (receipt.entry.kind == TillEntryKind::kCardPaid) {
    if (const auto paid = TRY(transaction.intents().find(receipt.entry.intent))) {
      receipt.terminal = paid->order.device;
      receipt.card = paid->intent.stored_title;
    }
  }
  return receipt;
}

pdf::ReceiptTexts receipt_texts(const Receipt& receipt, const locale::Catalogue& catalogue,
                                locale::Language language) {
  const compose::Words words(catalogue, language);
  const locale::Formatter& write = catalogue.formatter(language);
  const TillEntry& entry = receipt.entry;
  pdf::ReceiptTexts texts;
  texts.id = file_id(receipt);
  texts.day = entry.day.to_string();
  std::erase(texts.day, '-');
  texts.language = std::string(locale::code(language));
  texts.kind = words.say(title_key(entry.kind));
  const std::string number = receipt.drawer.name + " " + std::to_string(entry.receipt);
  texts.title = texts.kind + " " + number + ", " + receipt.seller.brand;
  texts.author = receipt.seller.legal_name;
  texts.seller = {receipt.seller.legal_name, receipt.drawer.place,
                  receipt.seller.organisation_number, receipt.seller.vat_number};
  const std::string time =
      write.date(receipt.zone.local_date(entry.recorded), locale::DateStyle::kNumeric) + " " +
      write.time(entry.recorded, receipt.zone);
  texts.facts = {{words.say("console.till.receipt"), number},
                 {words.say("console.word.time"), time},
                 {words.say("console.receipt.by"), receipt.cashier}};
  texts.rows = rows_of(receipt, words);
  const bool by_card = entry.kind == TillEntryKind::kCardPaid;
  texts.total = {words.say(by_card ? "console.receipt.by_card" : "console.receipt.total"),
                 words.money(total_of(entry))};
  texts.paid = paid_by(receipt, words);
  if (entry.undoes != 0) texts.closing.push_back(entry.reason);
  texts.closing.push_back(words.say("console.receipt.thanks"));
  return texts;
}

}  // namespace flows
