// For those who run the server: whether it can work, its metrics, and the API's description.
#include "ports/work.h"
#include "support/observe/metrics.h"
#include "web/api/answer.h"
#include "web/api/handlers.h"
#include "web/api/openapi.h"

namespace web::api {

base::Result<Response> show_openapi(const Call&) {
  static const std::string kDocument = openapi_document(routes()).dump();
  Response response{.body = kDocument};
  response.headers.set("Content-Type", "application/json");
  response.headers.set("Cache-Control", "public, max-age=3600");
  return response;
}

base::Result<Response> show_health(const Call& call) {
  TRY(call.web.check_health());
  return json_response(200, base::Json::object().set("status", "ok"));
}

base::Result<Response> show_metrics(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  observe::metrics().set(observe::Metric::kOutboxPending, {},
                         TRY(transaction->work().messages_pending()));
  Response response{.body = observe::metrics().exposition()};
  response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  return response;
}

}  // namespace web::api
