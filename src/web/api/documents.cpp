// The heads of issued papers, by number.
#include <charconv>

#include "ports/billing.h"
#include "web/api/answer.h"
#include "web/api/bill_id.h"
#include "web/api/handlers.h"

namespace web::api {
namespace {

base::Json document_json(const ports::DocumentHead& head) {
  return base::Json::object()
      .set("id", head.id.to_string())
      .set("account", head.account.to_string())
      .set("bill", write_bill_id(head.account, head.bill))
      .set("kind", head.kind)
      .set("number", head.series + std::to_string(head.number))
      .set("issued", head.issued.to_string())
      .set("due", head.due.to_string())
      .set("currency", head.total.currency().code())
      .set("net", head.net.to_decimal_string())
      .set("vat", head.vat.to_decimal_string())
      .set("rounding", head.rounding.to_decimal_string())
      .set("total", head.total.to_decimal_string());
}

}  // namespace

base::Result<Response> list_documents(const Call& call) {
  const std::size_t limit = TRY(page_limit(call));
  ports::DocumentCursor after;
  if (const std::string* cursor = call.query.find(kCursor.name)) {
    const std::size_t letters = std::min(cursor->find_first_of("0123456789"), cursor->size());
    after.series = cursor->substr(0, letters);
    const auto [end, error] =
        std::from_chars(cursor->data() + letters, cursor->data() + cursor->size(), after.number);
    if (error != std::errc() || end != cursor->data() + cursor->size()) {
      return base::fail("bad_cursor", "take the cursor from `next` of the page before", "cursor");
    }
  }
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  auto heads = TRY(
      transaction->billing().list_documents(call.query.text("kind", "invoice"), after, limit + 1));
  const bool more = drop_beyond(heads, limit);
  base::Json items = base::Json::array();
  for (const ports::DocumentHead& head : heads) items.push(document_json(head));
  std::string next;
  if (more) next = heads.back().series + std::to_string(heads.back().number);
  return page_response(std::move(items), next);
}

}  // namespace web::api
