// Imported files, and the records in them that were refused: see, correct, discard.
#include "flows/operations/rejects.h"

#include "ports/imports.h"
#include "support/crypto/crypto.h"
#include "web/api/answer.h"
#include "web/api/handlers.h"
#include "web/reject_filter.h"

namespace web::api {
namespace {

using base::Json;

Json file_json(const ports::ImportFile& file) {
  const std::span digest(reinterpret_cast<const std::uint8_t*>(file.sha256.data()),
                         file.sha256.size());
  return Json::object()
      .set("id", file.id.to_string())
      .set("name", file.name)
      .set("mapping", file.mapping)
      .set("sha256", crypto::to_hex(digest))
      .set("size", file.size)
      .set("state", file.state)
      .set("records", file.records)
      .set("accepted", file.accepted)
      .set("repeated", file.repeated)
      .set("rejected", file.rejected)
      .set("recorded", file.recorded.to_string());
}

enum class Raw { kShown, kLeftOut };

Json reject_json(const ports::Reject& reject, Raw raw) {
  Json json = Json::object()
                  .set("id", reject.id.to_string())
                  .set("file", reject.file.to_string())
                  .set("file_name", reject.file_name)
                  .set("mapping", reject.mapping)
                  .set("line", reject.line);
  if (!reject.field.empty()) json.set("field", reject.field);
  json.set("code", reject.code).set("reason", reject.reason).set("state", reject.state);
  if (!reject.closed_by.empty()) json.set("closed_by", reject.closed_by);
  if (reject.closed) json.set("closed", reject.closed->to_string());
  json.set("recorded", reject.recorded.to_string());
  if (raw == Raw::kShown) json.set("raw", reject.raw);
  return json;
}

}  // namespace

base::Result<Response> list_imports(const Call& call) {
  const std::size_t limit = TRY(page_limit(call));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  Json items = Json::array();
  for (const auto& file : TRY(transaction->imports().list_files(limit))) {
    items.push(file_json(file));
  }
  return page_response(std::move(items), "");
}

base::Result<Response> list_rejects(const Call& call) {
  const std::size_t limit = TRY(page_limit(call));
  const auto filter = TRY(read_reject_filter(call.query));
  const auto after = TRY(read_reject_cursor(call.web.store, call.query.text("cursor")));
  const auto page = TRY(flows::list_rejects(call.web.store, filter, after, limit));
  Json items = Json::array();
  for (const auto& reject : page.rejects) items.push(reject_json(reject, Raw::kLeftOut));
  return page_response(std::move(items), page.next ? page.next->id.to_string() : "");
}

base::Result<Response> show_reject(const Call& call) {
  const auto id = TRY(call.id<domain::RejectId>("id"));
  return json_response(200, reject_json(TRY(flows::find_reject(call.web.store, id)), Raw::kShown));
}

base::Result<Response> correct_reject(const Call& call) {
  const auto id = TRY(call.id<domain::RejectId>("id"));
  return to_response(TRY(once_with_own_transactions(call, [&]() -> base::Result<OnceAnswer> {
    const auto correction = TRY(
        flows::correct_reject(reject_tools(call.web), id, call.body.text("raw"), call.who.actor()));
    if (!correction.taken) {
      return base::fail("record_still_wrong", describe_remarks(correction.remarks), id.to_string());
    }
    Json notices = Json::array();
    for (const auto& notice : correction.remarks) notices.push(notice.reason);
    return OnceAnswer{200,
                      Json::object()
                          .set("id", id.to_string())
                          .set("state", "corrected")
                          .set("repeated", correction.repeated)
                          .set("notices", std::move(notices)),
                      {}};
  })));
}

base::Result<Response> discard_reject(const Call& call) {
  const auto id = TRY(call.id<domain::RejectId>("id"));
  return to_response(TRY(once_with_own_transactions(call, [&]() -> base::Result<OnceAnswer> {
    TRY(flows::discard_reject(call.web.store, call.web.clock, id, call.body.text("reason"),
                              call.who.actor()));
    return OnceAnswer{200, Json::object().set("id", id.to_string()).set("state", "discarded"), {}};
  })));
}

}  // namespace web::api
