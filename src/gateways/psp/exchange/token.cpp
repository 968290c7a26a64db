#include "gateways/psp/exchange/token.h"

#include <charconv>

namespace gateways {
namespace {

constexpr std::int64_t kSecondsBefore = 60;
constexpr std::int64_t kSecondsMax = 24 * 60 * 60;

// Some say it as a number, some as text.
std::int64_t seconds_of(const base::Json& said) {
  if (const std::int64_t* number = said.as_integer()) return *number;
  std::int64_t seconds = 0;
  if (const std::string* text = said.as_string()) {
    std::from_chars(text->data(), text->data() + text->size(), seconds);
  }
  return seconds;
}

}  // namespace

std::string TokenClient::current() const {
  const std::lock_guard lock(mutex_);
  return token_ && clock_.now() < token_->until ? token_->text : std::string();
}

base::Result<Answer> TokenClient::renew() {
  auto answer = TRY(gateways::ask(http_, token_request_()));
  const std::string text = answer.body.text("access_token");
  if (answer.is_good() && text.empty()) answer.problem = "no_token";
  if (!answer.is_good()) return answer;
  const std::int64_t seconds = std::min(seconds_of(answer.body["expires_in"]), kSecondsMax);
  const std::lock_guard lock(mutex_);
  token_ = Token{text, clock_.now() + (seconds - kSecondsBefore) * base::kMicrosPerSecond};
  answer.body = text;
  return answer;
}

base::Result<Answer> TokenClient::ask(ports::HttpRequest request) {
  std::string token = current();
  bool is_new = false;
  if (token.empty()) {
    auto renewed = TRY(renew());
    if (!renewed.is_good()) return renewed;
    token = *renewed.body.as_string();
    is_new = true;
  }
  const std::size_t at = request.headers.size();
  request.headers.emplace_back("Authorization", "Bearer " + token);
  auto answer = TRY(gateways::ask(http_, request));
  if (answer.status != 401 || is_new) return answer;
  auto renewed = TRY(renew());
  if (!renewed.is_good()) return renewed;
  request.headers[at].second = "Bearer " + *renewed.body.as_string();
  return gateways::ask(http_, request);
}

}  // namespace gateways
