#include "flows/orders/send_tellings.h"

#include <vector>

#include "domain/order/telling.h"
#include "flows/orders/order_rows.h"
#include "ports/work.h"
#include "support/crypto/mac.h"

namespace flows {
namespace {

using base::Result;
using ports::OutboxMessage;

// Longer than any answer may take, so that nobody else sends it meanwhile.
constexpr std::int64_t kLeaseMicros = 120 * base::kMicrosPerSecond;
constexpr std::chrono::milliseconds kTimeout{10'000};
constexpr int kGood = 200, kNotGood = 300;

ports::HttpRequest request_of(const OutboxMessage& message, const Listener& listener,
                              base::Instant now) {
  ports::HttpRequest request;
  request.method = "POST";
  request.url = listener.url;
  request.body = message.payload.dump();
  request.timeout = kTimeout;
  const std::string id = message.id.to_string();
  request.headers = {
      {"Content-Type", "application/json"},
      {"Telgiro-Event", message.payload.text("event")},
      {"Telgiro-Id", id},
      {"Telgiro-Signature", telling_signature(listener.secret, now, id, request.body)}};
  return request;
}

// Empty: it was heard. Else why not.
std::string send(ports::HttpClient& http, const ports::HttpRequest& request) {
  const auto answer = http.send(request);
  if (!answer) return answer.error().code;
  if (answer->status >= kGood && answer->status < kNotGood) return {};
  return "status " + std::to_string(answer->status);
}

}  // namespace

std::string telling_signature(std::string_view secret, base::Instant at, std::string_view id,
                              std::string_view body) {
  const std::string time = std::to_string(at.micros / base::kMicrosPerSecond);
  const std::string text = time + "." + std::string(id) + "." + std::string(body);
  return "t=" + time + ",v1=" + crypto::to_hex(crypto::hmac_sha256(secret, text));
}

Result<TellReport> send_tellings(ports::Store& store, const base::Clock& clock,
                                 ports::HttpClient& http, const Listener& listener,
                                 std::size_t limit) {
  TellReport report;
  if (listener.url.empty()) return report;
  std::vector<OutboxMessage> messages;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    const base::Instant now = clock.now();
    messages =
        TRY(transaction.work().lease_messages({&kOrderTopic, 1}, {now, now + kLeaseMicros, limit}));
    return {};
  }));
  for (const OutboxMessage& message : messages) {
    const std::string wrong = send(http, request_of(message, listener, clock.now()));
    const auto gap = domain::telling_gap_micros(message.attempts);
    TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
      if (wrong.empty()) return transaction.work().message_sent(message.id);
      std::optional<base::Instant> next;
      if (gap) next = clock.now() + *gap;
      return transaction.work().message_failed(message.id, wrong, next);
    }));
    ++(wrong.empty() ? report.sent : gap ? report.to_repeat : report.given_up);
  }
  return report;
}

}  // namespace flows
