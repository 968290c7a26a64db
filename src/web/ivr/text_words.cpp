#include "web/ivr/text_words.h"

#include "support/observe/log.h"
#include "support/observe/metrics.h"
#include "web/api/problems.h"
#include "web/security/csp.h"

namespace web::ivr {
namespace {

using base::Result;

constexpr std::size_t kBodyBytesMax = 64U << 10;

}  // namespace

Response TextWords::handle(const Request& request) {
  const bool is_ours = sender_ != nullptr && request.path == std::string(flows::kTextWordPath) +
                                                                 std::string(sender_->name());
  if (!is_ours) return rest_.handle(request);
  auto response = answer(request);
  if (!response) {
    const base::Error& error = response.error();
    observe::log(observe::Level::kWarning, "text_word_refused",
                 {{"sender", sender_->name()}, {"code", error.code}, {"text", error.text}});
    response = problem_response(error, {});
  }
  observe::metrics().count(observe::Metric::kHttpRequests,
                           {"/texts/{sender}", std::to_string(response->status)});
  add_security_headers(*response, public_url_.starts_with("https://"));
  return *std::move(response);
}

Result<Response> TextWords::answer(const Request& request) const {
  if (request.method != Method::kPost) return base::fail("method_not_allowed", "use POST here");
  if (request.body.size() > kBodyBytesMax) {
    return base::fail("body_too_large", "a word about a message has at most 64 KiB");
  }
  const Fields form = request.body.empty() ? Fields() : TRY(request.form());
  ports::TextCallback word;
  word.url =
      public_url_.empty() ? "http://" + std::string(request.headers.get("host")) : public_url_;
  word.url += request.path + (request.query.empty() ? "" : "?" + request.query);
  word.headers["x-twilio-signature"] = request.headers.get("x-twilio-signature");
  word.form = form.rows();
  const ports::TextOutcome outcome = TRY(sender_->read_word(word));
  const Fields query = TRY(request.query_fields());
  const auto message = domain::OutboxId::parse(query.text("m"));
  const auto account = domain::AccountId::parse(query.text("a"));
  if (!message || !account) {
    return base::fail("text_word_malformed", "the address names no message of ours");
  }
  TRY(flows::take_text_word(store_, clock_, sender_->name(), {*message, *account}, outcome));
  return text_response(200, "");
}

}  // namespace web::ivr
