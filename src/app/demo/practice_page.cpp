#include "app/demo/practice_page.h"

#include "web/bill/parts.h"
#include "web/security/csp.h"

namespace app::demo {
namespace {

using base::Result;
using web::Request;
using web::Response;

constexpr std::string_view kPath = "/practice/";

locale::Language language_of(const Request& request, const PracticePayment& payment) {
  const auto own = locale::parse_language(payment.language);
  return web::bill::asked_language(request).value_or(own.value_or(locale::Language::kEnglish));
}

}  // namespace

Response PracticePage::handle(const Request& request) {
  if (gateway_ == nullptr || !request.path.starts_with(kPath)) return rest_.handle(request);
  const std::string_view intent = std::string_view(request.path).substr(kPath.size());
  const bool reads = request.method == web::Method::kGet || request.method == web::Method::kHead;
  auto response = reads                                  ? show(request, intent)
                  : request.method == web::Method::kPost ? decide(request, intent)
                                                         : base::fail("link_unknown", "");
  if (!response) {
    const auto error = base::fail("link_unknown", response.error().text).error();
    response = web::bill::failure_page(deps_, request, error);
  }
  web::add_security_headers(*response, false);
  return *std::move(response);
}

Result<Response> PracticePage::show(const Request& request, std::string_view intent) {
  const PracticePayment payment = TRY(gateway_->find(intent));
  const auto language = language_of(request, payment);
  const web::bill::Words words(deps_.catalogue, language);
  web::Value values = web::Value::record();
  const std::string title = words.say("practice.title");
  web::bill::add_frame(values, title, {deps_.catalogue, language, deps_.style.css, {}});
  values.set("title", title)
      .set("sum", words.money(payment.amount))
      .set("description", payment.description)
      .set("action", request.path)
      .set("back", payment.return_url)
      .set("is_waiting", payment.decision == "waiting");
  std::string body = TRY(deps_.templates.render("practice/page", locale::code(language), values));
  Response response = web::bill::page_response(deps_, 200, std::move(body), language);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

Result<Response> PracticePage::decide(const Request& request, std::string_view intent) {
  const web::Fields form = TRY(request.form());
  const std::string answer = form.text("answer");
  const PracticeDecision decision = answer == "approve" ? PracticeDecision::kApprove
                                    : answer == "late"  ? PracticeDecision::kApproveTellLate
                                                        : PracticeDecision::kDecline;
  const PracticePayment payment = TRY(gateway_->decide(intent, decision));
  return web::see_other(payment.return_url);
}

}  // namespace app::demo
