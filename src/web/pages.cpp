#include "web/pages.h"

#include "web/bill/bill_page.h"

namespace web::pages {

base::Result<Response> show_bill(const Call& call) {
  return bill::handle(call.web.bill, call.request, call.value("token"));
}

}  // namespace web::pages
