#include "channels/text/twilio/twilio.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "support/crypto/form_signature.h"
#include "support/crypto/mac.h"
#include "support/json/parse.h"

namespace channels::twilio {
namespace {

using base::Json;
using base::Result;
using ports::TextOutcome;
using ports::TextState;

constexpr std::array<TextSetting, 5> kSettings = {{
    {"account"},
    {"token", true},
    {"from", false, false},
    {"service", false, false},
    {"url", false, true, "https://api.twilio.com"},
}};
constexpr std::chrono::milliseconds kTimeout{10'000};
constexpr std::string_view kLookedAt = "50";
constexpr std::size_t kSidSize = 34;
// Longer texts are refused.
constexpr std::size_t kBodyBytesMax = 1'600;
constexpr int kTooMany = 429;
constexpr int kServerError = 500;

struct CodeRow {
  std::int64_t code;
  TextState state;
};
// Nothing else is known of a code that is not here: a refusal of an order is one for good.
constexpr CodeRow kCodes[] = {
    {20429, TextState::kLater},    // Too many requests.
    {20003, TextState::kLater},    // Our token is wrong: somebody mends it.
    {20500, TextState::kUnknown},  // Their fault.
    {20503, TextState::kLater},   {21211, TextState::kRefused},  // No number.
    {21408, TextState::kRefused},                                // A country that is shut.
    {21610, TextState::kRefused},                                // They want none of us.
    {21611, TextState::kLater},                                  // Our queue is full.
    {21612, TextState::kRefused}, {21614, TextState::kRefused},  // No mobile.
    {30001, TextState::kLater},   {30003, TextState::kLater},    // Switched off, no coverage.
    {30004, TextState::kRefused}, {30005, TextState::kRefused},  // Blocked; unknown.
    {30006, TextState::kRefused}, {30007, TextState::kRefused},  // A landline; filtered.
    {30008, TextState::kLater},
};

// "To=%2B46701234567"
std::string form_part(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string part;
  for (const char c : text) {
    const bool is_plain = ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') ||
                          ('0' <= c && c <= '9') || c == '-' || c == '.' || c == '_';
    if (is_plain) {
      part.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    part += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
  }
  return part;
}

std::string form_of(const std::vector<std::pair<std::string_view, std::string>>& fields) {
  std::string form;
  for (const auto& [name, value] : fields) {
    form += (form.empty() ? "" : "&") + std::string(name) + "=" + form_part(value);
  }
  return form;
}

// What a message's own state says of it.
TextOutcome outcome_of(std::string_view status, std::string reference, std::int64_t code) {
  TextOutcome outcome{.state = TextState::kTaken, .reference = std::move(reference)};
  if (status == "delivered" || status == "read") outcome.state = TextState::kDelivered;
  if (status == "failed" || status == "undelivered" || status == "canceled") {
    outcome.state = classify(code);
    outcome.code = code == 0 ? std::string(status) : std::to_string(code);
  }
  return outcome;
}

std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::int64_t wait_of(const ports::HttpAnswer& answer) {
  const auto header = answer.headers.find("retry-after");
  return header == answer.headers.end() ? 0 : std::max<std::int64_t>(0, number_of(header->second));
}

// An answer that is no clear yes: what it is worth.
TextOutcome not_taken(const ports::HttpAnswer& answer, const Result<Json>& body) {
  const std::int64_t code = body ? body->integer("code") : 0;
  TextOutcome outcome{
      .code = code == 0 ? "http_" + std::to_string(answer.status) : std::to_string(code),
      .wait_seconds = wait_of(answer)};
  if (answer.status == kTooMany) {
    outcome.state = TextState::kLater;
  } else if (answer.status >= kServerError || answer.status < 400 || !body) {
    outcome.state = TextState::kUnknown;
  } else {
    outcome.state = classify(code);
  }
  return outcome;
}

class Twilio final : public ports::TextSender {
 public:
  Twilio(TextSettings settings, ports::HttpClient& http)
      : settings_(std::move(settings)), http_(http) {}

  [[nodiscard]] std::string_view name() const override { return kind().name; }

  [[nodiscard]] Result<TextOutcome> send(const ports::TextOrder& order) override {
    if (order.text.size() > kBodyBytesMax) {
      return TextOutcome{.state = TextState::kRefused, .code = "text_too_long"};
    }
    std::vector<std::pair<std::string_view, std::string>> fields = {{"To", order.to}};
    const std::string& service = settings_.at("service");
    fields.emplace_back(service.empty() ? "From" : "MessagingServiceSid",
                        service.empty() ? settings_.at("from") : service);
    fields.emplace_back("Body", order.text);
    if (!order.callback_url.empty()) fields.emplace_back("StatusCallback", order.callback_url);
    ports::HttpRequest request = request_of("POST", "");
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = form_of(fields);
    const auto answer = TRY(ask(request));
    if (!answer.second) return answer.first;
    const auto body = json::parse(answer.second->body);
    const bool is_taken = answer.second->status == 201 && body && !body->text("sid").empty();
    if (!is_taken) return not_taken(*answer.second, body);
    return outcome_of(body->text("status"), body->text("sid"), body->integer("error_code"));
  }

  [[nodiscard]] Result<std::optional<TextOutcome>> find(const ports::TextOrder& order) override {
    const auto answer = TRY(ask(request_of(
        "GET", "?" + form_of({{"To", order.to}, {"PageSize", std::string(kLookedAt)}}))));
    if (!answer.second) return std::optional(unknown(answer.first.code));
    const auto body = json::parse(answer.second->body);
    if (answer.second->status != 200 || !body || !(*body)["messages"].as_array()) {
      auto outcome = not_taken(*answer.second, body);
      outcome.state = TextState::kUnknown;
      return std::optional(std::move(outcome));
    }
    for (const Json& each : *(*body)["messages"].as_array()) {
      // A trial account puts words of its own before ours.
      if (!each.text("body").ends_with(order.text)) continue;
      return std::optional(
          outcome_of(each.text("status"), each.text("sid"), each.integer("error_code")));
    }
    return std::optional<TextOutcome>();
  }

  [[nodiscard]] Result<TextOutcome> read_word(const ports::TextCallback& word) const override {
    const auto signature = word.headers.find("x-twilio-signature");
    if (signature == word.headers.end() ||
        !crypto::is_form_signature(settings_.at("token"), word.url, word.form, signature->second)) {
      return base::fail("text_signature_wrong", "not signed with our token for this address");
    }
    const auto field = [&](std::string_view name) {
      const auto found =
          std::ranges::find(word.form, name, &std::pair<std::string, std::string>::first);
      return found == word.form.end() ? std::string() : found->second;
    };
    const std::string sid = field("MessageSid"), status = field("MessageStatus");
    if (sid.empty() || status.empty() || field("AccountSid") != settings_.at("account")) {
      return base::fail("text_word_malformed", "it names no message of our account and its state");
    }
    return outcome_of(status, sid, number_of(field("ErrorCode")));
  }

 private:
  [[nodiscard]] static TextOutcome unknown(std::string code) {
    return {.state = TextState::kUnknown, .code = std::move(code)};
  }
  [[nodiscard]] ports::HttpRequest request_of(std::string method, const std::string& query) const {
    ports::HttpRequest request;
    request.method = std::move(method);
    request.url = settings_.at("url") + "/2010-04-01/Accounts/" + settings_.at("account") +
                  "/Messages.json" + query;
    const std::string who = settings_.at("account") + ":" + settings_.at("token");
    request.headers = {{"Authorization", "Basic " + crypto::to_base64(who)},
                       {"Accept", "application/json"}};
    request.timeout = kTimeout;
    return request;
  }
  // The answer, or what it means that none came.
  Result<std::pair<TextOutcome, std::optional<ports::HttpAnswer>>> ask(
      const ports::HttpRequest& request) {
    std::pair<TextOutcome, std::optional<ports::HttpAnswer>> came;
    auto answer = http_.send(request);
    if (answer) {
      came.second = *std::move(answer);
      return came;
    }
    const std::string& code = answer.error().code;
    if (code == "http_bad_request") return std::unexpected(answer.error());
    came.first.state = code == "http_not_sent" ? TextState::kLater : TextState::kUnknown;
    came.first.code = code;
    return came;
  }

  TextSettings settings_;
  ports::HttpClient& http_;
};

bool is_sid(std::string_view text, std::string_view start) {
  return text.size() == kSidSize && text.starts_with(start) &&
         text.find_first_not_of("0123456789abcdefABCDEF", start.size()) == text.npos;
}

std::unexpected<base::Error> wrong(std::string_view setting, const std::string& what) {
  return base::fail("bad_text_setting", what, "text.twilio." + std::string(setting));
}

Result<std::unique_ptr<ports::TextSender>> make(const TextSettings& given,
                                                ports::HttpClient& http) {
  if (!is_sid(given.at("account"), "AC")) return wrong("account", "AC and 32 hexadecimal digits");
  const bool has_service = !given.at("service").empty();
  if (has_service && !is_sid(given.at("service"), "MG")) {
    return wrong("service", "MG and 32 hexadecimal digits");
  }
  if (has_service != given.at("from").empty()) {
    return wrong("from", "name a number or name to send from, or a messaging service");
  }
  const std::string& url = given.at("url");
  if (!url.starts_with("https://") && !url.starts_with("http://127.0.0.1:")) {
    return wrong("url", "begins with https://");
  }
  return std::make_unique<Twilio>(given, http);
}

}  // namespace

TextState classify(std::int64_t code) {
  const auto row = std::ranges::find(kCodes, code, &CodeRow::code);
  return row == std::end(kCodes) ? TextState::kRefused : row->state;
}

const TextKind& kind() {
  static constexpr TextKind kKind{"twilio", kSettings, make};
  return kKind;
}

}  // namespace channels::twilio
