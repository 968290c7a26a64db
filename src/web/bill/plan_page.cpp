#include "web/bill/plan_page.h"

#include <charconv>

#include "domain/plan/rows.h"
#include "flows/care/links.h"
#include "flows/operations/import_terms.h"
#include "flows/plans/agree_plan.h"
#include "web/bill/beside.h"
#include "web/bill/bill_page.h"
#include "web/bill/choice_page.h"
#include "web/bill/parts.h"
#include "web/bill/pay_page.h"

namespace web::bill {
namespace {

using base::Result;

constexpr std::string_view kName = "plan";
// Of the address: it was agreed just now, or it could not be.
constexpr std::string_view kAgreed = "agreed";
constexpr std::string_view kWrong = "wrong";

flows::AgreePlan request_of(const Beside& page, int parts, std::string key) {
  return {.account = page.shown.bill.account,
          .bill = page.shown.bill.id,
          .parts = parts,
          .request_key = std::move(key)};
}

// What the customer agrees to, row by row.
Value row_values(const domain::Plan& plan, const Words& words) {
  Value rows = Value::list();
  const auto parts = std::ssize(plan.rows);
  for (auto row = plan.rows.begin(); row != plan.rows.end(); ++row) {
    rows.push(Value::record()
                  .set("name", words.say("bill.plan.part",
                                         {{"part", row - plan.rows.begin() + 1}, {"parts", parts}}))
                  .set("due", words.date(row->due, locale::DateStyle::kLong))
                  .set("amount", words.money(row->amount)));
  }
  return rows;
}

// One way to split the bill: "3 parts", "107.00 each, the last by 25 February".
Value option_values(const domain::Plan& plan, bool is_first, const Words& words) {
  const auto parts = std::ssize(plan.rows);
  return Value::record()
      .set("value", std::to_string(parts))
      .set("is_first", is_first)
      .set("text", words.say("bill.plan.choose.parts", {{"parts", parts}}))
      .set("each", words.say("bill.plan.choose.each",
                             {{"sum", plan.rows.front().amount}, {"due", plan.rows.back().due}}));
}

Result<Value> options(const Call& call, ports::Transaction& transaction, const Beside& page,
                      const Words& words) {
  Value list = Value::list();
  const auto possible =
      TRY(flows::offered_parts(transaction, call.web.clock, call.web.rules(), page.shown.bill));
  for (const int parts : possible) {
    const auto plan = TRY(flows::preview_plan(transaction, call.web.clock, call.web.rules(),
                                              request_of(page, parts, {})));
    list.push(option_values(plan, parts == possible.front(), words));
  }
  return list;
}

Result<std::string> missed_words(ports::Transaction& transaction, const Words& words) {
  const auto rules = TRY(flows::load_seller(transaction)).plans;
  const bool moves = rules.missed == domain::MissedRow::kMove && rules.moves_max > 0;
  return words.say(moves ? "bill.plan.agree.moved" : "bill.plan.agree.missed",
                   {{"days", rules.grace_days}});
}

Result<Response> plan_page(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Beside page = TRY(open_beside(call, *transaction, kName));
  const Words words(call.web.bill.catalogue, page.language);
  const bool has_plan = domain::has_plan(page.shown.bill) && asks_for_money(page.shown.view.face);
  Value values =
      beside_values(call, page, words, has_plan ? "bill.plan.title" : "bill.plan.choose.title");
  if (call.query.find(kAgreed) != nullptr && has_plan) {
    values.set("is_good", true).set("notice", words.say("bill.plan.agreed"));
  } else if (call.query.find(kWrong) != nullptr) {
    values.set("is_good", false).set("notice", words.say("bill.plan.wrong"));
  }
  if (has_plan) {
    values.set("plan", Value::record().set("rows", plan_values(page.shown, words)));
    if (!methods_for(call.web.gateways, page.shown.bill.total.currency()).empty()) {
      values.set("pay_now", page.path + "/pay" + page.query);
    }
    return render_beside(call, page, "bill/parts", values);
  }
  Value choices = TRY(options(call, *transaction, page, words));
  if (choices.is_shown()) {
    values.set("form", Value::record()
                           .set("intro", words.say("bill.plan.choose.intro",
                                                   {{"sum", page.shown.bill.rest()}}))
                           .set("options", std::move(choices)));
  } else {
    values.set("closed", words.say("bill.plan.none"));
  }
  return render_beside(call, page, "bill/parts", values);
}

int parts_of(const Fields& form) {
  const std::string text = form.text("parts");
  int parts = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parts);
  return error == std::errc() && end == text.data() + text.size() ? parts : 0;
}

// What cannot be agreed to here: a form that was sent by hand or too late.
bool is_a_refusal(const base::Error& error) {
  return error.code.starts_with("plan") || error.code == "already_being_paid" ||
         error.code == "bill_not_payable" || error.code == "rule_not_verified" ||
         error.code == "request_key_reused";
}

Result<Response> preview(const Call& call, const Fields& form) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Beside page = TRY(open_beside(call, *transaction, kName));
  const auto plan = flows::preview_plan(*transaction, call.web.clock, call.web.rules(),
                                        request_of(page, parts_of(form), {}));
  if (!plan && is_a_refusal(plan.error())) return see_other(page.address(kWrong));
  if (!plan) return std::unexpected(plan.error());
  const Words words(call.web.bill.catalogue, page.language);
  Value values = beside_values(call, page, words, "bill.plan.choose.title");
  values.set("preview", Value::record()
                            .set("key", new_form_key(call))
                            .set("parts", std::to_string(plan->rows.size()))
                            .set("missed", TRY(missed_words(*transaction, words)))
                            .set("rows", row_values(*plan, words)));
  return render_beside(call, page, "bill/parts", values);
}

Result<Response> agree(const Call& call, const Fields& form) {
  Beside page;
  {
    const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
    page = TRY(open_beside(call, *transaction, kName));
  }
  const std::string key = form.text("key");
  if (!is_form_key(key)) return see_other(page.action);
  const auto plan = flows::agree_plan(call.web.store, call.web.clock, call.web.rules(),
                                      request_of(page, parts_of(form), key));
  if (!plan && is_a_refusal(plan.error())) return see_other(page.address(kWrong));
  if (!plan) return std::unexpected(plan.error());
  return see_other(page.address(kAgreed));
}

Result<Response> take_form(const Call& call) {
  const Fields form = TRY(call.request.form());
  return form.text("step") == "agree" ? agree(call, form) : preview(call, form);
}

}  // namespace

Response show_plan(const Call& call) { return answer_beside(call, plan_page(call), kName); }

Response take_plan(const Call& call) {
  const std::string key = flows::link_token_hash(call.value("token"));
  const std::int64_t wait = call.guards.choices_of_link.take(key, call.web.clock.now());
  if (wait > 0) return too_many_tries(call, wait);
  return answer_beside(call, take_form(call), kName);
}

}  // namespace web::bill
