#include "app/cli/find_bill.h"

#include <algorithm>
#include <charconv>

namespace app::cli {
namespace {

using ports::Billing;

// The digits of "A1000001" or "1000001" and the letters before them.
std::optional<ports::DocumentCursor> read_number(std::string text) {
  std::erase(text, ' ');
  const auto digit = std::ranges::find_if(text, [](char c) { return c >= '0' && c <= '9'; });
  ports::DocumentCursor number{{text.begin(), digit}, 0};
  const char* from = text.data() + (digit - text.begin());
  const char* to = text.data() + text.size();
  const auto [end, error] = std::from_chars(from, to, number.number);
  if (error != std::errc() || end != to || number.number <= 0) return std::nullopt;
  return number;
}

}  // namespace

base::Result<ports::DocumentHead> find_document(ports::Store& store, const std::string& text) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  auto& billing = transaction->billing();
  if (const auto number = read_number(text)) {
    // The first after the number before it; without letters an invoice before a credit note.
    for (const std::string_view kind : {"invoice", "credit_note"}) {
      const auto heads = TRY(billing.list_documents(kind, {number->series, number->number - 1}, 1));
      if (heads.empty() || heads.front().number != number->number) continue;
      if (number->series.empty() || number->series == heads.front().series) return heads.front();
    }
  }
  ports::DocumentCursor after;
  constexpr std::size_t kPage = 1000;
  for (const auto id = domain::DocumentId::parse(text); id;) {
    const auto heads = TRY(billing.list_documents("", after, kPage));
    for (const auto& head : heads) {
      if (head.id == *id) return head;
    }
    if (heads.size() < kPage) break;
    after = {heads.back().series, heads.back().number};
  }
  return base::fail("document_not_found", "there is no document of that id or number", text);
}

base::Result<Billing::BillKey> find_bill(ports::Store& store, const std::string& text) {
  {
    const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
    auto& billing = transaction->billing();
    if (const auto id = domain::BillId::parse(text)) {
      const auto bills = TRY(billing.list_bills({.bill = *id, .limit = 1}));
      if (!bills.empty()) return Billing::BillKey{bills.front().account, bills.front().id};
    }
    std::string digits = text;
    std::erase(digits, ' ');
    if (const auto key = TRY(billing.find_reference(digits))) return *key;
  }
  if (const auto document = find_document(store, text)) {
    return Billing::BillKey{document->account, document->bill};
  }
  return base::fail("bill_not_found", "there is no bill of that id, reference or number", text);
}

}  // namespace app::cli
