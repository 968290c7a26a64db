// Services: what held on which day, and what an agent does to them (R12).
#include "flows/care/change_service.h"
#include "web/api/answer.h"
#include "web/api/handlers.h"

namespace web::api {
namespace {

using base::Json;
using base::Result;
using domain::ServiceChangeKind;

Result<base::Date> day_of(const Json& body, std::string_view member) {
  if (body[member].is_null()) {
    return base::fail("invalid_request", "this change needs a day", "/" + std::string(member));
  }
  return base::Date::parse(body.text(member));
}

Result<flows::ServiceName> name_of(const Call& call) {
  const auto account = TRY(call.id<domain::AccountId>("id"));
  return flows::ServiceName{account, call.value("service")};
}

Result<flows::ServiceWish> wish_of(const Call& call) {
  flows::ServiceWish wish;
  wish.service = TRY(name_of(call));
  wish.actor = call.who.actor();
  const auto kind = domain::parse_service_change_kind(call.body.text("change"));
  if (!kind) return base::fail("invalid_request", kind.error().text, "/change");
  wish.change.kind = *kind;
  wish.change.code = call.body.text("code");
  if (!call.body["campaign"].is_null()) wish.change.campaign = call.body.text("campaign");
  if (*kind == ServiceChangeKind::kEnd) {
    wish.change.day = TRY(day_of(call.body, "last_day"));
  } else if (*kind != ServiceChangeKind::kKeep) {
    wish.change.day = TRY(day_of(call.body, "from"));
  }
  return wish;
}

}  // namespace

Result<Response> show_service(const Call& call) {
  const auto name = TRY(name_of(call));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const auto view = TRY(flows::show_service(*transaction, call.web.clock, name));
  return json_response(200, flows::to_json(view));
}

// A dry run answers the same and keeps nothing but its answer.
Result<Response> change_service(const Call& call) {
  const auto wish = TRY(wish_of(call));
  const bool* dry_run = call.body["dry_run"].as_bool();
  const auto answer = TRY(once(call, [&](ports::Transaction& transaction) -> Result<OnceAnswer> {
    const auto made = dry_run != nullptr && *dry_run
                          ? TRY(flows::preview_service_change(transaction, call.web.clock, wish))
                          : TRY(flows::change_service(transaction, call.access(), wish));
    return OnceAnswer{200, flows::to_json(made), ""};
  }));
  return to_response(answer);
}

}  // namespace web::api
