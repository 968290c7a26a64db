#include "web/bill/beside.h"

#include <array>

#include "web/bill/parts.h"
#include "web/template/template.h"

namespace web::bill {
namespace {

constexpr std::size_t kKeyBytes = 16;

}  // namespace

base::Result<Beside> open_beside(const Call& call, ports::Transaction& transaction,
                                 std::string_view name) {
  const std::string& token = call.value("token");
  Beside page;
  page.shown = TRY(flows::show_bill_by_link(transaction, call.web.clock, token));
  const auto asked = asked_language(call.request);
  const auto own = locale::parse_language(page.shown.invoices.front().buyer.language);
  page.language = asked.value_or(own.value_or(locale::Language::kEnglish));
  if (asked) page.query = "?l=" + std::string(locale::code(page.language));
  page.path = "/b/" + token;
  page.action = page.path + "/" + std::string(name) + page.query;
  return page;
}

Value beside_frame(const Deps& deps, const domain::Seller& seller, const Words& words,
                   std::string_view heading_key, std::string bill_path) {
  Value values = Value::record();
  add_frame(values, seller.brand, {deps.catalogue, words.language(), deps.style.css, {}});
  const std::string heading = words.say(heading_key);
  values.set("title", words.say("bill.title_state", {{"state", heading}, {"brand", seller.brand}}))
      .set("heading", heading)
      .set("contact", contact_values(seller.phone, seller.email, seller.opening_hours))
      .set("bill_path", std::move(bill_path));
  return values;
}

Value beside_values(const Call& call, const Beside& page, const Words& words,
                    std::string_view heading_key) {
  Value values = beside_frame(call.web.bill, page.shown.invoices.front().seller, words, heading_key,
                              page.path + page.query);
  values.set("action", page.action);
  return values;
}

base::Result<Response> render_beside(const Call& call, const Beside& page, std::string_view name,
                                     const Value& values) {
  const Deps& deps = call.web.bill;
  std::string body = TRY(deps.templates.render(name, locale::code(page.language), values));
  Response response = page_response(deps, 200, std::move(body), page.language);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

Response answer_beside(const Call& call, base::Result<Response> response, std::string_view name) {
  if (response) return *std::move(response);
  const std::string& code = response.error().code;
  if (code == "not_a_form" || code == "bad_url_encoding" || code == "too_many_fields") {
    return see_other("/b/" + call.value("token") + "/" + std::string(name));
  }
  return failure_page(call.web.bill, call.request, response.error());
}

std::string new_form_key(const Call& call) {
  std::array<std::uint8_t, kKeyBytes> random{};
  call.web.random.fill("bill form", random);
  return crypto::to_hex(random);
}

bool is_form_key(std::string_view text) {
  return text.size() == 2 * kKeyBytes &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace web::bill
