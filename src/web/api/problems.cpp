#include "web/api/problems.h"

#include <algorithm>
#include <string>

#include "base/text/json.h"

namespace web {
namespace {

constexpr CodeStatus kStatuses[] = {
    // The request makes no sense.
    {"bad_cursor", 400},
    {"bad_url_encoding", 400},
    {"bad_idempotency_key", 400},
    {"bad_json", 400},
    {"bad_multipart", 400},
    {"bad_parameter", 400},
    {"idempotency_key_missing", 400},
    {"json_too_deep", 400},
    {"malformed_request", 400},
    {"host_header_missing", 400},
    {"no_such_date", 400},
    {"not_a_date", 400},
    {"not_a_form", 400},
    {"not_a_month", 400},
    {"not_a_time", 400},
    {"not_an_id", 400},
    {"not_an_integer", 400},
    {"too_many_fields", 400},
    {"webhook_malformed", 400},
    {"text_word_malformed", 400},
    {"unknown_parameter", 400},
    {"unknown_refund_state", 400},
    // Who asks.
    {"not_signed_in", 401},
    {"sign_in_refused", 401},
    {"token_missing", 401},
    {"token_not_valid", 401},
    {"webhook_signature_wrong", 401},
    {"webhook_too_old", 401},
    {"form_expired", 403},
    {"permission_denied", 403},
    {"request_from_elsewhere", 403},
    {"webhook_other_merchant", 403},
    {"call_signature_wrong", 403},
    {"call_token_wrong", 403},
    {"text_signature_wrong", 403},
    // What is asked for.
    {"bank_file_not_found", 404},
    {"bill_not_found", 404},
    {"call_unknown", 404},
    {"drawer_not_found", 404},
    {"gateway_unknown", 404},
    {"job_not_found", 404},
    {"mandate_not_found", 404},
    {"method_not_found", 404},
    {"order_file_not_found", 404},
    {"payment_not_found", 404},
    {"plan_not_found", 404},
    {"order_not_found", 404},
    {"refund_batch_not_found", 404},
    {"refund_not_found", 404},
    {"till_entry_not_found", 404},
    {"proposal_not_found", 404},
    {"link_unknown", 404},
    {"route_not_found", 404},
    {"telephone_not_set_up", 404},
    {"unknown_account", 404},
    {"run_not_found", 404},
    {"unknown_customer", 404},
    {"unknown_reject", 404},
    {"unknown_service", 404},
    {"method_not_allowed", 405},
    {"add_on_absent", 409},
    {"add_on_present", 409},
    {"already_being_paid", 409},
    {"already_paused", 409},
    {"allocation_not_found", 409},
    {"approval_needed", 409},
    {"approver_is_asker", 409},
    {"bill_not_creditable", 409},
    {"bill_not_payable", 409},
    {"credit_used", 409},
    {"credit_exceeds_invoice", 409},
    {"end_unchanged", 409},
    {"idempotency_key_reused", 409},
    {"no_mandate", 409},
    {"no_operator", 409},
    {"method_not_kept", 409},
    {"not_an_invoice", 409},
    {"not_paused", 409},
    {"nothing_to_credit", 409},
    {"nothing_to_issue", 409},
    {"number_in_use", 409},
    {"operator_not_loaded", 409},
    {"asker_not_known", 409},
    {"person_not_named", 409},
    {"refund_decided", 409},
    {"refund_in_file", 409},
    {"refund_not_approved", 409},
    {"reject_closed", 409},
    {"order_above_bill_limit", 409},
    {"order_step_impossible", 409},
    {"order_while_overdue", 409},
    {"period_not_over", 409},
    {"payment_not_open", 409},
    {"plan_active", 409},
    {"plan_not_active", 409},
    {"plan_unchanged", 409},
    {"plans_not_offered", 409},
    {"proposal_decided", 409},
    {"request_key_reused", 409},
    {"rule_not_verified", 409},
    {"run_unfinished", 409},
    {"service_not_ended", 409},
    {"several_accounts", 409},
    {"several_operators", 409},
    {"erased", 410},
    {"upload_gone", 410},
    // Its form.
    {"body_too_large", 413},
    {"json_too_large", 413},
    {"upload_too_large", 413},
    {"webhook_too_large", 413},
    {"address_too_long", 414},
    {"not_json", 415},
    {"bank_file_not_recognised", 415},
    {"expectation_not_supported", 417},
    {"wrong_host", 421},
    {"amount_out_of_range", 422},
    {"amount_too_large", 422},
    {"bad_amount", 422},
    {"bad_frequency", 422},
    {"bad_grouping", 422},
    {"bad_order_item", 422},
    {"bad_profile", 422},
    {"bad_text", 422},
    {"bank_file_empty", 422},
    {"bank_file_refused", 422},
    {"campaign_without_effect", 422},
    {"change_after_end", 422},
    {"change_before_start", 422},
    {"change_too_far_ahead", 422},
    {"change_too_far_back", 422},
    {"credit_not_positive", 422},
    {"invalid_request", 422},
    {"item_not_on_bill", 422},
    {"kept_method_unknown", 422},
    {"method_not_offered", 422},
    {"missing_reason", 422},
    {"no_price", 422},
    {"not_one_record", 422},
    {"not_sold", 422},
    {"order_too_long", 422},
    {"order_without_items", 422},
    {"other_currency", 422},
    {"other_division", 422},
    {"plan_first_day_wrong", 422},
    {"plan_part_too_small", 422},
    {"plan_parts_wrong", 422},
    {"plan_too_long", 422},
    {"record_still_wrong", 422},
    {"service_not_on_bill", 422},
    {"too_many_places", 422},
    {"unknown_add_on", 422},
    {"unknown_campaign", 422},
    {"unknown_item", 422},
    {"unknown_line", 422},
    {"unknown_plan", 422},
    {"unknown_vat_class", 422},
    {"vat_rate_differs", 422},
    {"too_many_requests", 429},
    {"headers_too_large", 431},
    // We cannot, now or at all.
    {"transfer_encoding_not_supported", 501},
    {"database_busy", 503},
    {"database_unavailable", 503},
    {"disk_full", 507},
};

}  // namespace

std::span<const CodeStatus> code_statuses() { return kStatuses; }

int status_of(std::string_view code) {
  const auto row = std::ranges::find(kStatuses, code, &CodeStatus::code);
  return row == std::end(kStatuses) ? 500 : row->status;
}

Response problem_response(const base::Error& error, const ProblemDetails& details) {
  const int status = status_of(error.code);
  const bool ours = status == 500;
  const std::string code = ours ? "internal_error" : error.code;
  base::Json problem;
  problem.set("type", "urn:telgiro:problem:" + code);
  problem.set("title", reason_phrase(status));
  problem.set("status", status);
  problem.set("code", code);
  problem.set("detail",
              ours ? "something went wrong here; the request's id leads us to it" : error.text);
  if (!ours && !error.place.empty()) problem.set("place", error.place);
  problem.set("request_id", details.request_id);
  if (!details.errors.empty()) {
    base::Json list = base::Json::array();
    for (const base::Error& one : details.errors) {
      list.push(base::Json::object()
                    .set("pointer", one.place)
                    .set("code", one.code)
                    .set("detail", one.text));
    }
    problem.set("errors", std::move(list));
  }
  Response response{.status = status, .body = problem.dump()};
  response.headers.set("Content-Type", "application/problem+json");
  if (status == 401) response.headers.set("WWW-Authenticate", "Bearer realm=\"telgiro\"");
  return response;
}

}  // namespace web
