// One question to a provider and what its answer is worth; the same for all of them.
//
// An answer that did not come, a server in trouble (5xx, 408, 429) and an answer that cannot be
// read say nothing about the payment: they become an update that is pending and not answered. Only
// a clear no is a no.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/text/json.h"
#include "domain/payment/intent.h"
#include "ports/gateway.h"
#include "ports/http.h"

namespace gateways {

struct Answer {
  int status = 0;       // 0: none came.
  base::Json body;      // Null where it is no JSON.
  std::string problem;  // Why it says nothing: "http_no_answer", "http_503", "not_json".
  std::map<std::string, std::string> headers = {};

  [[nodiscard]] bool says_nothing() const { return !problem.empty(); }
  [[nodiscard]] bool is_good() const { return 200 <= status && status < 300 && problem.empty(); }
};

// A request with a JSON body; null: without a body.
[[nodiscard]] ports::HttpRequest json_request(std::string method, std::string url,
                                              const base::Json& body);

// Errors: http_bad_request, which is ours to mend.
[[nodiscard]] base::Result<Answer> ask(ports::HttpClient& http, const ports::HttpRequest& request);

// Pending and not answered: also what a refused question about a payment is worth, since it says
// nothing of the payment itself. Without a reference the order is not known to be there: it is
// ordered again with the same key.
[[nodiscard]] domain::IntentUpdate unanswered(const Answer& answer, std::string reference = {});
// A clear no to an order: nothing was paid, and asking again changes nothing.
[[nodiscard]] domain::IntentUpdate refused_order(std::string code, std::string text);
// A clear no to a change of a payment that exists: the payment stays as far as it was.
[[nodiscard]] domain::IntentUpdate refused_change(std::string code, std::string text);
// A change was taken; what becomes of it is told later.
[[nodiscard]] domain::IntentUpdate change_taken(std::string reference);

// The whole minor units of a JSON number. Errors: amount_not_understood.
[[nodiscard]] base::Result<base::Money> minor_amount(const base::Json& minor,
                                                     std::string_view currency);

// A part of a path or query, percent-encoded but for letters, digits and -._~
[[nodiscard]] std::string url_part(std::string_view text);
// The key as it is where it has at most `size_max` letters, digits and -, else a hash of it: 32
// hexadecimal digits.
[[nodiscard]] std::string fitted_key(std::string_view key, std::size_t size_max);
// 32 capital hexadecimal digits that stand for the key.
[[nodiscard]] std::string key_digits(std::string_view key);

// Webhooks.
inline constexpr std::size_t kWebhookBytesMax = 256U << 10;
// The body as JSON. Errors: webhook_too_large, webhook_malformed.
[[nodiscard]] base::Result<base::Json> webhook_body(const ports::Webhook& webhook);
// A header of the webhook, "" where it is not there.
[[nodiscard]] std::string webhook_header(const ports::Webhook& webhook, std::string_view name);

// "Thu, 30 Mar 2023 08:38:32 GMT". Errors: webhook_malformed.
[[nodiscard]] base::Result<base::Instant> http_date(std::string_view text);

// Errors: bad_gateway_order (an amount that is not positive, a currency or method that the provider
// does not have).
[[nodiscard]] base::Result<> check_order(const ports::PaymentOrder& order,
                                         std::span<const std::string_view> currencies);
[[nodiscard]] base::Result<> check_change(const ports::PaymentChange& change);

}  // namespace gateways
