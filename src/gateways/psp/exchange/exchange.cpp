#include "gateways/psp/exchange/exchange.h"

#include <algorithm>

#include "support/crypto/crypto.h"
#include "support/json/parse.h"

namespace gateways {
namespace {

bool is_letter_or_digit(char c) {
  return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9');
}

std::string short_hash(std::string_view text) {
  const crypto::Digest digest = crypto::sha256(text);
  return crypto::to_hex(std::span(digest).first(16));
}

}  // namespace

ports::HttpRequest json_request(std::string method, std::string url, const base::Json& body) {
  ports::HttpRequest request;
  request.method = std::move(method);
  request.url = std::move(url);
  request.headers = {{"Accept", "application/json"}};
  if (!body.is_null()) {
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = body.dump();
  }
  return request;
}

base::Result<Answer> ask(ports::HttpClient& http, const ports::HttpRequest& request) {
  auto came = http.send(request);
  Answer answer;
  if (!came) {
    if (came.error().code == "http_bad_request") return std::unexpected(std::move(came).error());
    answer.problem = came.error().code;
    return answer;
  }
  answer.status = came->status;
  answer.headers = std::move(came->headers);
  if (came->status >= 500 || came->status == 408 || came->status == 429) {
    answer.problem = "http_" + std::to_string(came->status);
  }
  if (came->body.empty()) return answer;
  auto body = json::parse(came->body, json::Fractions::kAsText, json::Doubled::kRefuse);
  if (body) {
    answer.body = *std::move(body);
  } else if (came->status < 400 && answer.problem.empty()) {
    answer.problem = "not_json";
  }
  return answer;
}

domain::IntentUpdate unanswered(const Answer& answer, std::string reference) {
  domain::IntentUpdate update;
  update.answered = false;
  update.provider_reference = std::move(reference);
  update.code = answer.problem.empty() ? "http_" + std::to_string(answer.status) : answer.problem;
  return update;
}

domain::IntentUpdate refused_order(std::string code, std::string text) {
  domain::IntentUpdate update = refused_change(std::move(code), std::move(text));
  update.state = domain::IntentState::kFailed;
  return update;
}

domain::IntentUpdate refused_change(std::string code, std::string text) {
  domain::IntentUpdate update;
  update.decline = domain::Decline::kOurMistake;
  update.code = std::move(code);
  update.text = std::move(text);
  return update;
}

domain::IntentUpdate change_taken(std::string reference) {
  domain::IntentUpdate update;
  update.provider_reference = std::move(reference);
  return update;
}

base::Result<base::Money> minor_amount(const base::Json& minor, std::string_view currency) {
  const auto known = base::Currency::parse(currency);
  const std::int64_t* value = minor.as_integer();
  if (known && value) {
    if (auto amount = base::Money::make(*value, *known)) return *amount;
  }
  return base::fail("amount_not_understood", "the provider's amount is none of ours");
}

std::string url_part(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string part;
  for (const char c : text) {
    if (is_letter_or_digit(c) || std::string_view("-._~").contains(c)) {
      part += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      part += {'%', kDigits[byte / 16], kDigits[byte % 16]};
    }
  }
  return part;
}

std::string fitted_key(std::string_view key, std::size_t size_max) {
  const bool fits = key.size() <= size_max && std::ranges::all_of(key, [](char c) {
                      return is_letter_or_digit(c) || c == '-';
                    });
  return fits ? std::string(key) : short_hash(key);
}

std::string key_digits(std::string_view key) {
  std::string digits = short_hash(key);
  std::ranges::transform(digits, digits.begin(),
                         [](char c) { return 'a' <= c ? static_cast<char>(c - 'a' + 'A') : c; });
  return digits;
}

base::Result<base::Json> webhook_body(const ports::Webhook& webhook) {
  if (webhook.body.size() > kWebhookBytesMax) {
    return base::fail("webhook_too_large", "the webhook is larger than any that is right");
  }
  auto body = json::parse(webhook.body, json::Fractions::kAsText, json::Doubled::kRefuse);
  if (!body || !body->as_object()) {
    return base::fail("webhook_malformed", "the webhook is not what the provider describes");
  }
  return *std::move(body);
}

std::string webhook_header(const ports::Webhook& webhook, std::string_view name) {
  const auto found = webhook.headers.find(std::string(name));
  return found == webhook.headers.end() ? std::string() : found->second;
}

base::Result<base::Instant> http_date(std::string_view text) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  constexpr std::size_t kLength = 29;
  const std::size_t month =
      text.size() == kLength ? kMonths.find(text.substr(8, 3)) : std::string_view::npos;
  if (month != kMonths.npos && month % 3 == 0 && text.ends_with(" GMT")) {
    const std::string number = std::to_string(month / 3 + 1);
    const std::string iso =
        std::string(text.substr(12, 4)) + "-" + (number.size() == 1 ? "0" : "") + number + "-" +
        std::string(text.substr(5, 2)) + "T" + std::string(text.substr(17, 8)) + "Z";
    if (auto at = base::Instant::parse(iso)) return *at;
  }
  return base::fail("webhook_malformed", "the webhook's date cannot be read");
}

base::Result<> check_order(const ports::PaymentOrder& order,
                           std::span<const std::string_view> currencies) {
  if (order.amount.minor() <= 0) {
    return base::fail("bad_gateway_order", "an amount to pay is more than nothing", order.intent);
  }
  if (std::ranges::find(currencies, order.amount.currency().code()) == currencies.end()) {
    return base::fail("bad_gateway_order", "the provider does not take this currency",
                      order.intent);
  }
  return {};
}

base::Result<> check_change(const ports::PaymentChange& change) {
  if (change.amount.minor() <= 0) {
    return base::fail("bad_gateway_order", "an amount to change is more than nothing",
                      change.intent);
  }
  if (change.provider_reference.empty()) {
    return base::fail("bad_gateway_order", "the provider's name of the payment is not known yet",
                      change.intent);
  }
  return {};
}

}  // namespace gateways
