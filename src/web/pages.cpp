#include "web/pages.h"

#include "web/bill/bill_page.h"
#include "web/bill/choice_page.h"
#include "web/bill/code_page.h"
#include "web/bill/debit_page.h"
#include "web/bill/methods_page.h"
#include "web/bill/pay_page.h"
#include "web/bill/plan_page.h"
#include "web/bill/usage_page.h"

namespace web::pages {

base::Result<Response> show_bill(const Call& call) {
  return bill::handle(call.web.bill, call.request, call.value("token"));
}

base::Result<Response> watch_bill(const Call& call) {
  return bill::handle_live(call.web.bill, call.request, call.value("token"), call.peer);
}

base::Result<Response> show_choice(const Call& call) { return bill::show_choice(call); }

base::Result<Response> change_choice(const Call& call) { return bill::change_choice(call); }

base::Result<Response> show_code(const Call& call) { return bill::show_code(call); }

base::Result<Response> make_code(const Call& call) { return bill::make_code(call); }

base::Result<Response> show_debit(const Call& call) { return bill::show_debit(call); }

base::Result<Response> change_debit(const Call& call) { return bill::change_debit(call); }

base::Result<Response> show_pay(const Call& call) { return bill::show_pay(call); }

base::Result<Response> take_pay(const Call& call) { return bill::take_pay(call); }

base::Result<Response> come_back(const Call& call) { return bill::come_back(call); }

base::Result<Response> show_plan(const Call& call) { return bill::show_plan(call); }

base::Result<Response> take_plan(const Call& call) { return bill::take_plan(call); }

base::Result<Response> show_methods(const Call& call) { return bill::show_methods(call); }

base::Result<Response> change_methods(const Call& call) { return bill::change_methods(call); }

base::Result<Response> show_paper(const Call& call) {
  return bill::handle_paper(call.web.bill, call.request, call.value("token"), call.value("number"));
}

base::Result<Response> show_usage(const Call& call) { return bill::show_usage(call); }

}  // namespace web::pages
