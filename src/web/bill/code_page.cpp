#include "web/bill/code_page.h"

#include "flows/care/links.h"
#include "flows/care/show_bill.h"
#include "flows/tills/bill_code.h"
#include "formats/document/codes/code128.h"
#include "web/bill/bill_page.h"
#include "web/bill/choice_page.h"
#include "web/bill/parts.h"
#include "web/template/template.h"

namespace web::bill {
namespace {

using base::Result;
using formats::document::codes::Code128;

constexpr int kBarHeight = 28;

// Bars as one path, with the quiet zones that scanners ask for.
std::string bars_of(const Code128& code) {
  std::string path;
  int at = Code128::kQuietModules;
  bool is_bar = true;
  for (const std::uint8_t width : code.widths()) {
    if (is_bar) {
      const std::string across = std::to_string(width);
      path += "M" + std::to_string(at) + " 0h" + across + "v" + std::to_string(kBarHeight) + "h-" +
              across + "z";
    }
    at += width;
    is_bar = !is_bar;
  }
  const std::string box =
      std::to_string(at + Code128::kQuietModules) + " " + std::to_string(kBarHeight);
  return "<svg viewBox=\"0 0 " + box +
         "\" shape-rendering=\"crispEdges\" focusable=\"false\" aria-hidden=\"true\">"
         "<path fill=\"#fff\" d=\"M0 0h" +
         std::to_string(at + Code128::kQuietModules) + "v" + std::to_string(kBarHeight) +
         "H0z\"/><path fill=\"#000\" d=\"" + path + "\"/></svg>";
}

struct Page {
  flows::ShownBill shown;
  std::optional<flows::BillCode> code;
  locale::Language language;
  std::string path, query;
};

Result<Page> open_page(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const std::string& token = call.value("token");
  Page page;
  page.shown = TRY(flows::show_bill_by_link(*transaction, call.web.clock, token));
  const domain::Bill& bill = page.shown.bill;
  page.code = TRY(flows::find_code_of_bill(*transaction, call.web.clock, bill.account, bill.id));
  const auto asked = asked_language(call.request);
  const auto own = locale::parse_language(page.shown.invoices.front().buyer.language);
  page.language = asked.value_or(own.value_or(locale::Language::kEnglish));
  if (asked) page.query = "?l=" + std::string(locale::code(page.language));
  page.path = "/b/" + token;
  return page;
}

Result<Response> code_page(const Call& call) {
  const Page page = TRY(open_page(call));
  const Deps& deps = call.web.bill;
  const Words words(deps.catalogue, page.language);
  const domain::Seller& seller = page.shown.invoices.front().seller;
  Value values = Value::record();
  add_frame(values, seller.brand, {deps.catalogue, page.language, deps.style.css, {}});
  const std::string heading = words.say("bill.code.title");
  values
      .set("title", words.say("bill.title_state", {{"state", heading}, {"brand", seller.brand}}))
      .set("contact", contact_values(seller.phone, seller.email, seller.opening_hours))
      .set("bill_path", page.path + page.query)
      .set("action", page.path + "/code" + page.query);
  if (page.code) {
    const auto code = TRY(Code128::encode(page.code->digits));
    values.set("code", Value::record()
                           .set("say", words.say("bill.code.say",
                                                 {{"code", domain::show_bill_code(
                                                               page.code->digits)}}))
                           .set("drawing", SafeHtml::trusted(bars_of(code)))
                           .set("label", words.say("bill.code.alt")));
  } else {
    values.set("can_make", page.shown.bill.state == domain::BillState::kOpen);
  }
  std::string body = TRY(deps.templates.render("bill/code", locale::code(page.language), values));
  Response response = page_response(deps, 200, std::move(body), page.language);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

Result<Response> make(const Call& call) {
  const Page page = TRY(open_page(call));
  const domain::Bill& bill = page.shown.bill;
  const auto made =
      ports::run_in_transaction(call.web.store, [&](ports::Transaction& transaction) -> Result<> {
        TRY(flows::code_of_bill(transaction, call.web.clock, bill.account, bill.id));
        return {};
      });
  // A bill that was paid meanwhile needs none; the page says so.
  if (!made && made.error().code != "bill_not_payable") return std::unexpected(made.error());
  return see_other(page.path + "/code" + page.query);
}

Response answer(const Call& call, Result<Response> response) {
  if (response) return *std::move(response);
  return failure_page(call.web.bill, call.request, response.error());
}

}  // namespace

Response show_code(const Call& call) { return answer(call, code_page(call)); }

Response make_code(const Call& call) {
  const std::string key = flows::link_token_hash(call.value("token"));
  const std::int64_t wait = call.guards.choices_of_link.take(key, call.web.clock.now());
  return wait > 0 ? too_many_tries(call, wait) : answer(call, make(call));
}

}  // namespace web::bill
