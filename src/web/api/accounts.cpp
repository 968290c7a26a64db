// Accounts: who pays, how they are billed, and what would change (R01-R07).
#include <algorithm>
#include <charconv>

#include "domain/billing/profile.h"
#include "flows/care/arrange_accounts.h"
#include "flows/care/change_profile.h"
#include "web/api/answer.h"
#include "web/api/handlers.h"

namespace web::api {
namespace {

using base::Json;
using base::Result;

Json row_json(const flows::AccountRow& row) {
  return Json::object()
      .set("id", row.account.id.to_string())
      .set("number", row.customer.number)
      .set("name", row.customer.party.name)
      .set("segment", domain::to_text(row.customer.segment))
      .set("country", row.account.country)
      .set("currency", row.account.currency.code())
      .set("profile", domain::to_json(row.profile));
}

constexpr std::string_view kForget = "follow_operator";
constexpr std::string_view kNumbers[] = {"due_days", "due_day", "minimum_minor"};

Result<flows::ProfileWish> wish_of(const Call& call, const Json& chosen) {
  flows::ProfileWish wish;
  wish.account = TRY(call.id<domain::AccountId>("id"));
  wish.set = TRY(domain::read_choice(chosen, ""));
  wish.actor = call.who.actor();
  return wish;
}

// Numbers were checked against the route's parameters.
std::int64_t number_of(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Result<flows::ProfileWish> wish_of_query(const Call& call) {
  Json chosen = Json::object();
  std::vector<std::string> forget;
  for (const auto& [name, value] : call.query.rows()) {
    if (name == kForget) {
      forget.push_back(value);
    } else if (std::ranges::find(kNumbers, name) != std::end(kNumbers)) {
      chosen.set(name, number_of(value));
    } else {
      chosen.set(name, value);
    }
  }
  flows::ProfileWish wish = TRY(wish_of(call, chosen));
  wish.forget = std::move(forget);
  return wish;
}

Result<flows::ProfileWish> wish_of_body(const Call& call) {
  Json chosen = Json::object();
  for (const auto& [name, value] : *call.body.as_object()) {
    if (name != kForget) chosen.set(name, value);
  }
  flows::ProfileWish wish = TRY(wish_of(call, chosen));
  if (const auto* names = call.body[kForget].as_array()) {
    for (const Json& name : *names) wish.forget.push_back(*name.as_string());
  }
  return wish;
}

}  // namespace

Result<Response> list_accounts(const Call& call) {
  const std::size_t limit = TRY(page_limit(call));
  flows::AccountFilter filter;
  filter.search = call.query.text("text");
  filter.only_chosen = call.query.text("chosen") == "true";
  if (const std::string* segment = call.query.find("segment")) {
    const auto parsed = domain::parse_segment(*segment);
    if (!parsed) return base::fail("bad_parameter", parsed.error().text, "segment");
    filter.segment = *parsed;
  }
  domain::CustomerId after;
  if (const std::string* cursor = call.query.find(kCursor.name)) {
    after = TRY(domain::CustomerId::parse(*cursor));
  }
  const auto page = TRY(flows::list_accounts(call.web.store, call.web.clock, filter, after, limit));
  Json items = Json::array();
  for (const flows::AccountRow& row : page.rows) items.push(row_json(row));
  return page_response(std::move(items), page.next.is_nil() ? "" : page.next.to_string());
}

Result<Response> show_account(const Call& call) {
  const auto id = TRY(call.id<domain::AccountId>("id"));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const auto billing = TRY(flows::show_account(*transaction, call.web.clock, id));
  return json_response(200, flows::to_json(billing));
}

Result<Response> preview_profile(const Call& call) {
  const auto wish = TRY(wish_of_query(call));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const auto preview =
      TRY(flows::preview_profile(*transaction, call.web.clock, call.web.rules(), wish));
  return json_response(200, flows::to_json(preview));
}

Result<Response> change_profile(const Call& call) {
  const auto wish = TRY(wish_of_body(call));
  const auto answer = TRY(once(call, [&](ports::Transaction& transaction) -> Result<OnceAnswer> {
    const auto kept =
        TRY(flows::change_profile(transaction, call.access(), call.web.rules(), wish));
    return OnceAnswer{200, flows::to_json(kept), ""};
  }));
  return to_response(answer);
}

}  // namespace web::api
