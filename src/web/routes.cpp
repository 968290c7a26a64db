// Everything that the server answers, one row each. To add one: a handler, and a row here;
// docs/reference/routes.md and the OpenAPI document follow from the row (./dev update).
#include "web/api/answer.h"
#include "web/api/handlers.h"
#include "web/console/handlers.h"
#include "web/pages.h"
#include "web/reject_filter.h"
#include "web/route.h"

namespace web {
namespace {

using enum domain::Permission;

constexpr Parameter kPage[] = {api::kCursor, api::kLimit};
constexpr Parameter kLatest[] = {api::kLimit};

constexpr Parameter kCustomerQuery[] = {
    {"number", ParameterType::kText, "The unified customer number, or a division's."},
    {"division", ParameterType::kText, "Whose number it is; absent for the unified one."},
    api::kCursor,
    api::kLimit,
};
constexpr Parameter kBillQuery[] = {
    {"period", ParameterType::kMonth, "The month that was closed, like 2026-10."},
    {"account", ParameterType::kId, "Of one account, acct_..."},
    {"state", ParameterType::kText, "open, settled, credited, written_off or ceded."},
    {"reference", ParameterType::kText, "The payment reference, without spaces."},
    api::kCursor,
    api::kLimit,
};
constexpr Parameter kDocumentQuery[] = {
    {"kind", ParameterType::kText, "invoice"},
    api::kCursor,
    api::kLimit,
};
constexpr Parameter kBalanceQuery[] = {
    {"effective", ParameterType::kDate, "As of the end of this day, like 2026-11-30."},
    {"recorded", ParameterType::kTime, "As it was known at this time, like 2026-12-01T06:00:00Z."},
};
constexpr Parameter kRejectQuery[] = {
    kRejectParameters[0], kRejectParameters[1], kRejectParameters[2],
    kRejectParameters[3], kRejectParameters[4], kRejectParameters[5],
    kRejectParameters[6], api::kCursor,         api::kLimit,
};
static_assert(std::size(kRejectQuery) == std::size(kRejectParameters) + 2);

constexpr Route kRoutes[] = {
    // For subscribers. First, because it is asked for most.
    {Method::kGet, "/b/{token}", kPublic, pages::show_bill, "The bill that a link opens."},

    // For those who run the server.
    {Method::kGet,
     "/healthz",
     kPublic,
     api::show_health,
     "Whether the server can work: the database answers and its schema is ours.",
     {.answer = "Health"}},
    {Method::kGet, "/metrics", kMetricsRead, api::show_metrics,
     "Metrics in the text form of Prometheus."},

    // The API.
    {Method::kGet, "/api/v1/openapi.json", kPublic, api::show_openapi,
     "This description of the API."},
    {Method::kGet,
     "/api/v1/customers",
     kCustomersRead,
     api::list_customers,
     "Customers, by number or all in pages.",
     {.audit = "customer.read", .query = kCustomerQuery, .answer = "CustomerPage"}},
    {Method::kGet,
     "/api/v1/bills",
     kBillsRead,
     api::list_bills,
     "Bills, filtered, in pages.",
     {.audit = "bill.list", .query = kBillQuery, .answer = "BillPage"}},
    {Method::kGet,
     "/api/v1/bills/{id}",
     kBillsRead,
     api::show_bill,
     "One bill: the live debt and the papers in it.",
     {.audit = "bill.read", .answer = "BillDetail"}},
    {Method::kGet,
     "/api/v1/documents",
     kDocumentsRead,
     api::list_documents,
     "The heads of issued papers, by number.",
     {.audit = "document.list", .query = kDocumentQuery, .answer = "DocumentPage"}},
    {Method::kGet,
     "/api/v1/ledger/trial-balance",
     kLedgerRead,
     api::show_trial_balance,
     "The sums of every ledger account.",
     {.audit = "ledger.read", .query = kBalanceQuery, .answer = "TrialBalance"}},
    {Method::kGet,
     "/api/v1/billing-runs",
     kRunsRead,
     api::list_billing_runs,
     "The latest billing runs.",
     {.query = kLatest, .answer = "BillingRunPage"}},
    {Method::kPost,
     "/api/v1/billing-runs",
     kRunsStart,
     api::start_billing_run,
     "Ask for a billing run, or a dry run of one, in the background.",
     {.request = "BillingRunRequest", .answer = "Job", .status = 202, .repeats = Repeats::kByKey}},
    {Method::kGet,
     "/api/v1/billing-runs/{id}",
     kRunsRead,
     api::show_billing_run,
     "One billing run: its progress and what it set aside.",
     {.audit = "run.read", .answer = "BillingRunDetail"}},
    {Method::kGet,
     "/api/v1/jobs/{id}",
     kRunsRead,
     api::show_job,
     "Work in the background, and what came of it.",
     {.answer = "Job"}},
    {Method::kGet,
     "/api/v1/imports",
     kImportsRead,
     api::list_imports,
     "The latest imported files.",
     {.query = kLatest, .answer = "ImportFilePage"}},
    {Method::kGet,
     "/api/v1/rejects",
     kRejectsRead,
     api::list_rejects,
     "Records that could not be imported, filtered, in pages.",
     {.audit = "reject.list", .query = kRejectQuery, .answer = "RejectPage"}},
    {Method::kGet,
     "/api/v1/rejects/{id}",
     kRejectsRead,
     api::show_reject,
     "One such record as it stood in its file.",
     {.audit = "reject.read", .answer = "Reject"}},
    {Method::kPost,
     "/api/v1/rejects/{id}/correct",
     kRejectsCorrect,
     api::correct_reject,
     "Take a record again as it should have been.",
     {.audit = "reject.correct",
      .request = "RejectCorrection",
      .answer = "RejectAnswer",
      .repeats = Repeats::kByKey}},
    {Method::kPost,
     "/api/v1/rejects/{id}/discard",
     kRejectsCorrect,
     api::discard_reject,
     "Let a record go, with the reason.",
     {.audit = "reject.discard",
      .request = "RejectDiscard",
      .answer = "RejectAnswer",
      .repeats = Repeats::kByKey}},

    // The console.
    {Method::kGet, "/console/sign-in", kPublic, console::show_sign_in, "The form to sign in."},
    {Method::kPost, "/console/sign-in", kPublic, console::sign_in, "Sign in."},
    {Method::kPost, "/console/sign-out", kSignedIn, console::sign_out, "Sign out."},
    {Method::kGet, "/console", kSignedIn, console::show_home,
     "The first page: what runs, what waits for somebody."},
    {Method::kGet, "/console/runs", kRunsRead, console::list_runs,
     "Billing runs, and a form to ask for one."},
    {Method::kPost,
     "/console/runs",
     kRunsStart,
     console::start_run,
     "Ask for a billing run.",
     {.repeats = Repeats::kByKey}},
    {Method::kGet,
     "/console/runs/{id}",
     kRunsRead,
     console::show_run,
     "One run: its progress, its sums, what it set aside.",
     {.audit = "run.read"}},
    {Method::kGet,
     "/console/runs/{id}/set-aside.csv",
     kRunsRead,
     console::export_set_aside,
     "What a run set aside, as a file.",
     {.audit = "run.export"}},
    {Method::kGet, "/console/runs/requests/{id}", kRunsRead, console::show_run_request,
     "A run that was asked for, and what came of it."},
    {Method::kGet, "/console/imports", kImportsRead, console::list_imports, "Imported files."},
    {Method::kGet, "/console/imports.csv", kImportsRead, console::export_imports,
     "Imported files, as a file."},
    {Method::kGet,
     "/console/rejects",
     kRejectsRead,
     console::list_rejects,
     "Records that could not be imported, filtered.",
     {.audit = "reject.list"}},
    {Method::kGet,
     "/console/rejects.csv",
     kRejectsRead,
     console::export_rejects,
     "The same records, as a file.",
     {.audit = "reject.export"}},
    {Method::kGet,
     "/console/rejects/{id}",
     kRejectsRead,
     console::show_reject,
     "One such record, to correct or discard.",
     {.audit = "reject.read"}},
    {Method::kPost,
     "/console/rejects/{id}/correct",
     kRejectsCorrect,
     console::correct_reject,
     "Take a record again as corrected.",
     {.audit = "reject.correct", .repeats = Repeats::kByKey}},
    {Method::kPost,
     "/console/rejects/{id}/discard",
     kRejectsCorrect,
     console::discard_reject,
     "Let a record go.",
     {.audit = "reject.discard", .repeats = Repeats::kByKey}},
};

}  // namespace

std::span<const Route> routes() { return kRoutes; }

}  // namespace web
