// For those who run the server: whether it can work, its metrics, and the API's description.
#include "flows/calls/link_message.h"
#include "flows/orders/order_rows.h"
#include "flows/plans/notices.h"
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
  auto pending = TRY(transaction->work().messages_pending());
  // Nought, too, is said of a topic: one that is not named any more would stay what it was.
  for (const std::string_view topic :
       {flows::kOrderTopic, flows::kNoticeTopic, flows::kLinkMessageTopic}) {
    pending.try_emplace(std::string(topic), 0);
  }
  for (const auto& [topic, count] : pending) {
    observe::metrics().set(observe::Metric::kOutboxPending, {topic}, count);
  }
  Response response{.body = observe::metrics().exposition()};
  response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  return response;
}

}  // namespace web::api
