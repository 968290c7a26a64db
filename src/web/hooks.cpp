#include "web/hooks.h"

#include "support/observe/log.h"
#include "support/observe/metrics.h"
#include "web/api/problems.h"

namespace web::hooks {
namespace {

using base::Result;

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lowered;
}

ports::Webhook webhook_of(const Call& call) {
  const Request& request = call.request;
  ports::Webhook webhook{.path = request.path,
                         .host = std::string(request.headers.get("host")),
                         .headers = {},
                         .body = request.body,
                         .received = call.web.clock.now()};
  if (!request.query.empty()) webhook.path += "?" + request.query;
  for (const auto& [name, value] : request.headers.rows()) {
    webhook.headers.emplace(lower(name), value);
  }
  return webhook;
}

Result<flows::WebhookReport> take(const Call& call) {
  static const flows::Gateways kNone;
  const auto& gateways = call.web.gateways != nullptr ? *call.web.gateways : kNone;
  const std::string& name = call.value("gateway");
  TRY(gateways.find(name));
  if (call.request.body.size() > kWebhookBytesMax) {
    return base::fail("body_too_large", "a webhook has at most 256 KiB");
  }
  return call.guards.webhooks.take(call.web.store, call.web.clock, gateways, name,
                                   webhook_of(call));
}

}  // namespace

void count_refused(const Call& call) {
  static_cast<void>(call.guards.bad_hooks.take(peer_key(call.peer), call.web.clock.now()));
}

Result<Response> take_webhook(const Call& call) {
  const std::string& name = call.value("gateway");
  const auto report = take(call);
  // A name that anybody may make up is no label.
  const bool known = report || report.error().code != "gateway_unknown";
  const int status = report ? 200 : status_of(report.error().code);
  const std::string_view outcome = report ? "taken" : status < 500 ? "refused" : "failed";
  observe::metrics().count(observe::Metric::kWebhooks,
                           {known ? std::string_view(name) : "unknown", outcome});
  if (!report) {
    if (status < 500) count_refused(call);
    if (known) {
      observe::log(observe::Level::kWarning, "webhook_refused",
                   {{"gateway", name},
                    {"code", report.error().code},
                    {"text", report.error().text},
                    {"request", call.request_id}});
    }
    return std::unexpected(report.error());
  }
  if (report->unknown > 0) {
    observe::log(observe::Level::kWarning, "webhook_of_unknown_payment",
                 {{"gateway", name}, {"words", report->unknown}, {"request", call.request_id}});
  }
  return text_response(200, report->reply);
}

}  // namespace web::hooks
