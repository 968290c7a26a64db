#include "web/bill/code_page.h"

#include "flows/care/links.h"
#include "flows/tills/bill_code.h"
#include "formats/document/codes/code128.h"
#include "web/bill/beside.h"
#include "web/bill/choice_page.h"
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

constexpr std::string_view kName = "code";

Result<Response> code_page(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Beside page = TRY(open_beside(call, *transaction, kName));
  const domain::Bill& bill = page.shown.bill;
  const Words words(call.web.bill.catalogue, page.language);
  Value values = beside_values(call, page, words, "bill.code.title");
  const auto found =
      TRY(flows::find_code_of_bill(*transaction, call.web.clock, bill.account, bill.id));
  if (found) {
    const auto code = TRY(Code128::encode(found->digits));
    const std::string shown = domain::show_bill_code(found->digits);
    values.set("code", Value::record()
                           .set("say", words.say("bill.code.say", {{"code", shown}}))
                           .set("drawing", SafeHtml::trusted(bars_of(code)))
                           .set("label", words.say("bill.code.alt")));
  } else {
    values.set("can_make", bill.state == domain::BillState::kOpen);
  }
  return render_beside(call, page, "bill/code", values);
}

Result<Response> make(const Call& call) {
  Beside page;
  {
    const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
    page = TRY(open_beside(call, *transaction, kName));
  }
  const domain::Bill& bill = page.shown.bill;
  const auto made =
      ports::run_in_transaction(call.web.store, [&](ports::Transaction& transaction) -> Result<> {
        TRY(flows::code_of_bill(transaction, call.web.clock, bill.account, bill.id));
        return {};
      });
  // A bill that was paid meanwhile needs none; the page says so.
  if (!made && made.error().code != "bill_not_payable") return std::unexpected(made.error());
  return see_other(page.action);
}

}  // namespace

Response show_code(const Call& call) { return answer_beside(call, code_page(call), kName); }

Response make_code(const Call& call) {
  const std::string key = flows::link_token_hash(call.value("token"));
  const std::int64_t wait = call.guards.choices_of_link.take(key, call.web.clock.now());
  return wait > 0 ? too_many_tries(call, wait) : answer_beside(call, make(call), kName);
}

}  // namespace web::bill
