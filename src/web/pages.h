// The handlers of the pages that subscribers see.
#pragma once

#include "base/result/result.h"
#include "web/call.h"
#include "web/http.h"

namespace web::pages {

[[nodiscard]] base::Result<Response> show_bill(const Call& call);
[[nodiscard]] base::Result<Response> watch_bill(const Call& call);
[[nodiscard]] base::Result<Response> show_choice(const Call& call);
[[nodiscard]] base::Result<Response> change_choice(const Call& call);
[[nodiscard]] base::Result<Response> show_code(const Call& call);
[[nodiscard]] base::Result<Response> make_code(const Call& call);
[[nodiscard]] base::Result<Response> show_debit(const Call& call);
[[nodiscard]] base::Result<Response> change_debit(const Call& call);
[[nodiscard]] base::Result<Response> show_pay(const Call& call);
[[nodiscard]] base::Result<Response> take_pay(const Call& call);
[[nodiscard]] base::Result<Response> come_back(const Call& call);
[[nodiscard]] base::Result<Response> show_plan(const Call& call);
[[nodiscard]] base::Result<Response> take_plan(const Call& call);
[[nodiscard]] base::Result<Response> show_methods(const Call& call);
[[nodiscard]] base::Result<Response> change_methods(const Call& call);
[[nodiscard]] base::Result<Response> show_paper(const Call& call);
[[nodiscard]] base::Result<Response> show_usage(const Call& call);

}  // namespace web::pages
