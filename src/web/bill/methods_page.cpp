#include "web/bill/methods_page.h"

#include "flows/care/links.h"
#include "flows/plans/keep_method.h"
#include "ports/plans.h"
#include "web/bill/beside.h"
#include "web/bill/bill_page.h"
#include "web/bill/choice_page.h"
#include "web/bill/pay_page.h"

namespace web::bill {
namespace {

using base::Result;
using domain::KeptMethod;
using domain::KeptMethodState;

constexpr std::string_view kName = "methods";
constexpr std::string_view kDone = "done";

Value method_values(const KeptMethod& method, const Words& words) {
  Value row = Value::record();
  std::string name = method_words(method.method, words);
  if (!method.title.empty() && method.title != name) name += " " + method.title;
  row.set("id", method.id.to_string())
      .set("name", name)
      .set("for_bills", method.for_bills)
      .set("use",
           words.say(method.for_bills ? "bill.methods.for_bills" : "bill.methods.not_for_bills"));
  if (method.until) row.set("until", words.say("bill.methods.until", {{"month", *method.until}}));
  return row;
}

Result<Response> methods_page(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Beside page = TRY(open_beside(call, *transaction, kName));
  const Words words(call.web.bill.catalogue, page.language);
  Value values = beside_values(call, page, words, "bill.methods.title");
  if (call.query.find(kDone) != nullptr) {
    values.set("notice", words.say("bill.methods.done")).set("is_good", true);
  }
  Value rows = Value::list();
  const auto methods = TRY(transaction->plans().of_account(page.shown.bill.account));
  for (const KeptMethod& method : methods) {
    if (method.state == KeptMethodState::kKept) rows.push(method_values(method, words));
  }
  values.set("is_empty", !rows.is_shown()).set("methods", std::move(rows));
  return render_beside(call, page, "bill/methods", values);
}

Result<Response> take_form(const Call& call) {
  const Fields form = TRY(call.request.form());
  Beside page;
  {
    const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
    page = TRY(open_beside(call, *transaction, kName));
  }
  const auto id = domain::KeptMethodId::parse(form.text("method"));
  if (!id) return see_other(page.action);
  const flows::ChangeMethod change{.account = page.shown.bill.account, .method = *id};
  const auto changed = form.text("step") == "forget"
                           ? flows::forget_method(call.web.store, call.web.clock, change)
                           : flows::use_for_bills(call.web.store, call.web.clock, change, false);
  const bool is_gone = !changed && changed.error().code.starts_with("method_not_");
  if (is_gone) return see_other(page.action);
  if (!changed) return std::unexpected(changed.error());
  return see_other(page.address(kDone));
}

}  // namespace

Response show_methods(const Call& call) { return answer_beside(call, methods_page(call), kName); }

Response change_methods(const Call& call) {
  const std::string key = flows::link_token_hash(call.value("token"));
  const std::int64_t wait = call.guards.choices_of_link.take(key, call.web.clock.now());
  if (wait > 0) return too_many_tries(call, wait);
  return answer_beside(call, take_form(call), kName);
}

}  // namespace web::bill
