#include "app/cli/find_bill.h"

#include <algorithm>
#include <charconv>

namespace app::cli {
namespace {

using ports::Billing;

// The digits of "A1000001" or "1000001" and the letters before them.
struct Number {
  std::string series;
  std::int64_t number = 0;
};

std::optional<Number> read_number(std::string text) {
  std::erase(text, ' ');
  const auto digit = std::ranges::find_if(text, [](char c) { return c >= '0' && c <= '9'; });
  Number number{{text.begin(), digit}, 0};
  const char* from = text.data() + (digit - text.begin());
  const char* to = text.data() + text.size();
  const auto [end, error] = std::from_chars(from, to, number.number);
  if (error != std::errc() || end != to || number.number <= 0) return std::nullopt;
  return number;
}

}  // namespace

base::Result<ports::DocumentHead> find_document(ports::Store& store, const std::string& text) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  const auto id = domain::DocumentId::parse(text);
  const auto number = read_number(text);
  std::int64_t after = number ? number->number - 1 : 0;
  constexpr std::size_t kPage = 1000;
  while (id || number) {
    const auto heads = TRY(transaction->billing().list_documents("", after, kPage));
    for (const auto& head : heads) {
      if (id && head.id == *id) return head;
      if (number && head.number == number->number &&
          (number->series.empty() || number->series == head.series)) {
        return head;
      }
    }
    // Numbers ascend within a series: without an id the first page holds it or nothing does.
    if (!id || heads.size() < kPage) break;
    after = heads.back().number;
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
