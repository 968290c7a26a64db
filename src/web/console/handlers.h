// The handlers of the console's routes, one file an area. Rows of routes.cpp name them.
#pragma once

#include "base/result/result.h"
#include "web/call.h"
#include "web/http.h"

namespace web::console {

// --- sign_in.cpp
[[nodiscard]] base::Result<Response> show_sign_in(const Call& call);
[[nodiscard]] base::Result<Response> sign_in(const Call& call);
[[nodiscard]] base::Result<Response> sign_out(const Call& call);

// --- home.cpp
[[nodiscard]] base::Result<Response> show_home(const Call& call);

// --- runs.cpp
[[nodiscard]] base::Result<Response> list_runs(const Call& call);
[[nodiscard]] base::Result<Response> start_run(const Call& call);
[[nodiscard]] base::Result<Response> show_run(const Call& call);
[[nodiscard]] base::Result<Response> export_set_aside(const Call& call);
[[nodiscard]] base::Result<Response> show_run_request(const Call& call);
[[nodiscard]] base::Result<Response> approve_run(const Call& call);

// --- imports.cpp
[[nodiscard]] base::Result<Response> list_imports(const Call& call);
[[nodiscard]] base::Result<Response> export_imports(const Call& call);

// --- rejects.cpp
[[nodiscard]] base::Result<Response> list_rejects(const Call& call);
[[nodiscard]] base::Result<Response> export_rejects(const Call& call);
[[nodiscard]] base::Result<Response> show_reject(const Call& call);
[[nodiscard]] base::Result<Response> correct_reject(const Call& call);
[[nodiscard]] base::Result<Response> discard_reject(const Call& call);

// --- search.cpp
[[nodiscard]] base::Result<Response> show_search(const Call& call);
[[nodiscard]] base::Result<Response> list_customers(const Call& call);
[[nodiscard]] base::Result<Response> export_customers(const Call& call);

// --- customers.cpp
[[nodiscard]] base::Result<Response> show_customer(const Call& call);
[[nodiscard]] base::Result<Response> show_customer_tab(const Call& call);

// --- bills.cpp
[[nodiscard]] base::Result<Response> list_bills(const Call& call);
[[nodiscard]] base::Result<Response> export_bills(const Call& call);
[[nodiscard]] base::Result<Response> show_bill(const Call& call);
[[nodiscard]] base::Result<Response> show_bill_paper(const Call& call);
[[nodiscard]] base::Result<Response> credit_bill(const Call& call);

// --- plans.cpp
[[nodiscard]] base::Result<Response> change_plan(const Call& call);
[[nodiscard]] base::Result<Response> forget_method(const Call& call);

// --- payments.cpp
[[nodiscard]] base::Result<Response> list_payments(const Call& call);
[[nodiscard]] base::Result<Response> export_payments(const Call& call);
[[nodiscard]] base::Result<Response> show_payment(const Call& call);
[[nodiscard]] base::Result<Response> assign_payment(const Call& call);
[[nodiscard]] base::Result<Response> accept_payment(const Call& call);
[[nodiscard]] base::Result<Response> settle_return(const Call& call);
[[nodiscard]] base::Result<Response> undo_payment(const Call& call);

// --- bank_files.cpp
[[nodiscard]] base::Result<Response> list_bank_files(const Call& call);
[[nodiscard]] base::Result<Response> export_bank_files(const Call& call);
[[nodiscard]] base::Result<Response> show_bank_file(const Call& call);
[[nodiscard]] base::Result<Response> export_bank_file_problems(const Call& call);

// --- bank_uploads.cpp
[[nodiscard]] base::Result<Response> show_new_bank_file(const Call& call);
[[nodiscard]] base::Result<Response> look_at_bank_file(const Call& call);
[[nodiscard]] base::Result<Response> show_upload(const Call& call);
[[nodiscard]] base::Result<Response> import_upload(const Call& call);
[[nodiscard]] base::Result<Response> export_upload_problems(const Call& call);

// --- reconciliation.cpp
[[nodiscard]] base::Result<Response> show_reconciliation(const Call& call);
[[nodiscard]] base::Result<Response> list_refunds(const Call& call);
[[nodiscard]] base::Result<Response> propose_refund(const Call& call);
[[nodiscard]] base::Result<Response> approve_refund(const Call& call);
[[nodiscard]] base::Result<Response> refuse_refund(const Call& call);
[[nodiscard]] base::Result<Response> withdraw_refund(const Call& call);
[[nodiscard]] base::Result<Response> export_refunds(const Call& call);
[[nodiscard]] base::Result<Response> export_reconciliation(const Call& call);
[[nodiscard]] base::Result<Response> send_refunds(const Call& call);
[[nodiscard]] base::Result<Response> download_refunds(const Call& call);

// --- till_page.cpp
[[nodiscard]] base::Result<Response> list_tills(const Call& call);
[[nodiscard]] base::Result<Response> show_till(const Call& call);
[[nodiscard]] base::Result<Response> show_till_closing(const Call& call);

// --- till_actions.cpp
[[nodiscard]] base::Result<Response> open_till(const Call& call);
[[nodiscard]] base::Result<Response> take_at_till(const Call& call);
[[nodiscard]] base::Result<Response> stop_at_till(const Call& call);
[[nodiscard]] base::Result<Response> undo_at_till(const Call& call);
[[nodiscard]] base::Result<Response> move_at_till(const Call& call);
[[nodiscard]] base::Result<Response> pay_out_at_till(const Call& call);
[[nodiscard]] base::Result<Response> close_till(const Call& call);
[[nodiscard]] base::Result<Response> give_till_receipt(const Call& call);

// --- till_receipt.cpp
[[nodiscard]] base::Result<Response> show_receipt(const Call& call);
[[nodiscard]] base::Result<Response> show_till_session(const Call& call);

// --- mandates.cpp
[[nodiscard]] base::Result<Response> list_mandates(const Call& call);
[[nodiscard]] base::Result<Response> export_mandates(const Call& call);
[[nodiscard]] base::Result<Response> show_mandate(const Call& call);
[[nodiscard]] base::Result<Response> cancel_mandate(const Call& call);
[[nodiscard]] base::Result<Response> amend_mandate(const Call& call);
[[nodiscard]] base::Result<Response> show_new_mandate(const Call& call);
[[nodiscard]] base::Result<Response> add_mandate(const Call& call);

// --- collections.cpp
[[nodiscard]] base::Result<Response> list_collection_runs(const Call& call);
[[nodiscard]] base::Result<Response> show_collection_run(const Call& call);
[[nodiscard]] base::Result<Response> download_order_file(const Call& call);

// --- ledger.cpp
[[nodiscard]] base::Result<Response> show_ledger(const Call& call);
[[nodiscard]] base::Result<Response> export_ledger(const Call& call);
[[nodiscard]] base::Result<Response> list_entries(const Call& call);
[[nodiscard]] base::Result<Response> export_entries(const Call& call);
[[nodiscard]] base::Result<Response> show_revenue(const Call& call);
[[nodiscard]] base::Result<Response> export_revenue(const Call& call);

// --- audit.cpp
[[nodiscard]] base::Result<Response> list_audit(const Call& call);
[[nodiscard]] base::Result<Response> export_audit(const Call& call);

// --- orders.cpp
[[nodiscard]] base::Result<Response> list_orders(const Call& call);
[[nodiscard]] base::Result<Response> export_orders(const Call& call);
[[nodiscard]] base::Result<Response> show_rail_costs(const Call& call);

}  // namespace web::console
