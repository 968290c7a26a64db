// The handlers of the API's routes, one file a resource. Rows of routes.cpp name them.
#pragma once

#include "base/result/result.h"
#include "web/call.h"
#include "web/http.h"

namespace web::api {

// --- customers.cpp
[[nodiscard]] base::Result<Response> list_customers(const Call& call);

// --- accounts.cpp
[[nodiscard]] base::Result<Response> list_accounts(const Call& call);
[[nodiscard]] base::Result<Response> show_account(const Call& call);
[[nodiscard]] base::Result<Response> preview_profile(const Call& call);
[[nodiscard]] base::Result<Response> change_profile(const Call& call);
[[nodiscard]] base::Result<Response> show_service(const Call& call);
[[nodiscard]] base::Result<Response> change_service(const Call& call);

// --- bills.cpp
[[nodiscard]] base::Result<Response> list_bills(const Call& call);
[[nodiscard]] base::Result<Response> show_bill(const Call& call);
[[nodiscard]] base::Result<Response> credit_bill(const Call& call);

// --- documents.cpp
[[nodiscard]] base::Result<Response> list_documents(const Call& call);

// --- ledger.cpp
[[nodiscard]] base::Result<Response> show_trial_balance(const Call& call);

// --- plans.cpp
[[nodiscard]] base::Result<Response> list_plans(const Call& call);
[[nodiscard]] base::Result<Response> agree_plan(const Call& call);
[[nodiscard]] base::Result<Response> end_plan(const Call& call);

// --- billing_runs.cpp
[[nodiscard]] base::Result<Response> list_billing_runs(const Call& call);
[[nodiscard]] base::Result<Response> show_billing_run(const Call& call);
[[nodiscard]] base::Result<Response> start_billing_run(const Call& call);
[[nodiscard]] base::Result<Response> show_job(const Call& call);

// --- imports.cpp
[[nodiscard]] base::Result<Response> list_imports(const Call& call);
[[nodiscard]] base::Result<Response> list_rejects(const Call& call);
[[nodiscard]] base::Result<Response> show_reject(const Call& call);
[[nodiscard]] base::Result<Response> correct_reject(const Call& call);
[[nodiscard]] base::Result<Response> discard_reject(const Call& call);

// --- operations.cpp
[[nodiscard]] base::Result<Response> show_openapi(const Call& call);
[[nodiscard]] base::Result<Response> show_health(const Call& call);
[[nodiscard]] base::Result<Response> show_metrics(const Call& call);

// --- payments.cpp
[[nodiscard]] base::Result<Response> list_payments(const Call& call);
[[nodiscard]] base::Result<Response> show_payment(const Call& call);
[[nodiscard]] base::Result<Response> list_bank_files(const Call& call);
[[nodiscard]] base::Result<Response> take_bank_file(const Call& call);

// --- refunds.cpp
[[nodiscard]] base::Result<Response> list_refunds(const Call& call);
[[nodiscard]] base::Result<Response> withdraw_refund(const Call& call);

// --- orders.cpp
[[nodiscard]] base::Result<Response> list_orders(const Call& call);
[[nodiscard]] base::Result<Response> show_order(const Call& call);
[[nodiscard]] base::Result<Response> place_order(const Call& call);
[[nodiscard]] base::Result<Response> cancel_order(const Call& call);
[[nodiscard]] base::Result<Response> hand_over_order(const Call& call);
[[nodiscard]] base::Result<Response> show_rail_costs(const Call& call);

}  // namespace web::api
