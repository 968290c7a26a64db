#include "web/api/schemas.h"

#include <algorithm>

namespace web {
namespace {

using enum FieldType;

constexpr bool kOptional = true;

constexpr SchemaField kAddress[] = {
    {"lines", kTexts, "Street and the like, as written."},
    {"postal_code", kText, "As written."},
    {"city", kText, "As written."},
    {"country", kText, "ISO 3166-1 alpha-2."},
};
constexpr SchemaField kAccount[] = {
    {"id", kId, "The account: who pays.", "acct"},
    {"country", kText, "Where it is billed."},
    {"currency", kText, "ISO 4217."},
    {"grouping", kText, "What goes on one bill: all, division or service."},
    {"frequency", kText, "How often: monthly."},
    {"due_days", kInteger, "Days from the issue day to the due day."},
    {"detail", kText, "standard or full."},
    {"delivery", kText, "The channel that the customer chose."},
};
constexpr SchemaField kSourceNumber[] = {
    {"division", kText, "The part of the operator."},
    {"number", kText, "Its own number for the customer."},
    {"account", kId, "The account that its charges go to.", "acct"},
    {"joined_by", kText, "Why it stands for this customer: own, identity_number, or a user's id."},
};
constexpr SchemaField kCustomer[] = {
    {"id", kId, "The customer.", "cust"},
    {"number", kInteger, "The unified customer number."},
    {"kind", kText, "person or organisation."},
    {"segment", kText, "consumer or business."},
    {"language", kText, "ISO 639-1."},
    {"name", kText, "As written."},
    {"email", kText, "Where there is one.", {}, kOptional},
    {"phone", kText, "E.164, where there is one.", {}, kOptional},
    {"address", kObject, "Where post goes.", "Address"},
    {"sources", kList, "The numbers by which divisions know the customer.", "SourceNumber"},
    {"accounts", kList, "The customer's accounts.", "Account"},
};
constexpr SchemaField kCustomerPage[] = {
    {"items", kList, "In order of id.", "Customer"},
    {"next", kText, "The cursor of the next page; absent on the last.", {}, kOptional},
};

constexpr SchemaField kPlanPart[] = {
    {"due", kDate, "Its last day."},
    {"amount", kAmount, "In the bill's currency."},
};
constexpr SchemaField kBill[] = {
    {"id", kText, "The bill's address: account and bill with a dot between, acct_....bill_..."},
    {"account", kId, "Who owes it.", "acct"},
    {"run", kId, "The run that made it.", "run"},
    {"group", kText, "What it gathers: all, division:..., order:..."},
    {"period", kMonth, "The month that the run closed."},
    {"state", kText, "open, settled, credited, written_off or ceded."},
    {"currency", kText, "ISO 4217, of all amounts here."},
    {"total", kAmount, "Of its documents."},
    {"fees", kAmount, "Reminder fees and interest."},
    {"paid", kAmount, "Allocated payments."},
    {"credited", kAmount, "Credit notes."},
    {"rest", kAmount, "total + fees - paid - credited."},
    {"issued", kDate, "The day on the invoice."},
    {"due", kDate, "The last day, as on the invoice."},
    {"reference_scheme", kText, "How the reference is made: se_ocr_luhn_length, fi_viite ..."},
    {"reference", kText, "The payment reference, without spaces."},
    {"plan", kList, "The parts it is paid in; empty for the whole on the due day.", "PlanPart"},
    {"version", kInteger, "Grows with every change."},
    {"recorded", kTime, "When it was made."},
};
constexpr SchemaField kBillPage[] = {
    {"items", kList, "In order of account and bill.", "Bill"},
    {"next", kText, "The cursor of the next page; absent on the last.", {}, kOptional},
};
constexpr SchemaField kInvoiceLine[] = {
    {"kind", kText, "recurring, catch_up, correction, discount or one_off."},
    {"nature", kText, "fixed for subscriptions, extra for the rest."},
    {"item", kText, "The catalogue's code."},
    {"name", kText, "As on the invoice."},
    {"division", kText, "Whose it is."},
    {"from", kDate, "The first day paid for."},
    {"to", kDate, "The first day no longer paid for."},
    {"quantity", kText, "A decimal."},
    {"unit_price", kText, "Net, a decimal."},
    {"net", kAmount, "quantity x unit_price, rounded once."},
    {"vat_class", kText, "standard, reduced_1, reduced_2 or zero."},
    {"vat_rate", kText, "Percent, a decimal."},
};
constexpr SchemaField kVatSum[] = {
    {"vat_class", kText, "standard, reduced_1, reduced_2 or zero."},
    {"rate", kText, "Percent, a decimal."},
    {"net", kAmount, "Of the lines of this rate."},
    {"vat", kAmount, "Computed once on that sum."},
};
constexpr SchemaField kInvoice[] = {
    {"id", kId, "The document.", "doc"},
    {"number", kText, "Series and number, as people call it: A1000123."},
    {"issued", kDate, "The day on it."},
    {"due", kDate, "The last day."},
    {"customer_number", kInteger, "The unified customer number."},
    {"lines", kList, "What is paid for.", "InvoiceLine"},
    {"vat", kList, "By rate, the highest first.", "VatSum"},
    {"net", kAmount, "Of all lines."},
    {"vat_total", kAmount, "Of all rates."},
    {"rounding", kAmount, "To the country's step."},
    {"total", kAmount, "net + vat_total + rounding."},
};
constexpr SchemaField kBillDetail[] = {
    {"bill", kObject, "The live debt.", "Bill"},
    {"face", kText, "How it looks today: open, due_soon, overdue, partly_paid, paid ..."},
    {"asked", kAmount, "What is to pay now: the rest, or the plan's next part."},
    {"asked_by", kDate, "The last day for that."},
    {"invoices", kList, "The papers in it.", "Invoice"},
};

constexpr SchemaField kDocument[] = {
    {"id", kId, "The document.", "doc"},
    {"account", kId, "Whom it is for.", "acct"},
    {"bill", kText, "The bill that it belongs to, acct_....bill_..."},
    {"kind", kText, "invoice"},
    {"number", kText, "Series and number, as people call it: A1000123."},
    {"issued", kDate, "The day on it."},
    {"due", kDate, "The last day."},
    {"currency", kText, "ISO 4217, of all amounts here."},
    {"net", kAmount, "Of all lines."},
    {"vat", kAmount, "Of all rates."},
    {"rounding", kAmount, "To the country's step."},
    {"total", kAmount, "net + vat + rounding."},
};
constexpr SchemaField kDocumentPage[] = {
    {"items", kList, "In order of number.", "Document"},
    {"next", kText, "The cursor of the next page; absent on the last.", {}, kOptional},
};

constexpr SchemaField kTrialBalanceRow[] = {
    {"ledger_account", kText, "Where money stands: receivables, vat:SE:25 ..."},
    {"name", kText, "In English."},
    {"currency", kText, "ISO 4217."},
    {"debit", kAmount, "The sum of debits."},
    {"credit", kAmount, "The sum of credits, positive."},
    {"balance", kAmount, "debit - credit."},
};
constexpr SchemaField kTrialBalance[] = {
    {"rows", kList, "In order of ledger account and currency.", "TrialBalanceRow"},
    {"balanced", kBoolean, "Whether debits equal credits in each currency."},
};

constexpr SchemaField kBillingRunRequest[] = {
    {"period", kMonth, "The month to close."},
    {"dry_run", kBoolean, "Count and compute only, keep nothing.", {}, kOptional},
};
constexpr SchemaField kJob[] = {
    {"id", kId, "The job.", "job"},
    {"kind", kText, "billing_run"},
    {"state", kText, "waiting, leased (it runs), done or failed."},
    {"attempts", kInteger, "How often it was begun."},
    {"due", kTime, "When it may begin, or begin again."},
    {"request", kAnything, "What was asked for."},
    {"result", kAnything, "What came out, or why not; absent until it has ended.", {}, kOptional},
};
constexpr SchemaField kBillingRun[] = {
    {"id", kId, "The run.", "run"},
    {"period", kMonth, "The month that it closes."},
    {"state", kText, "counting, issuing or done."},
    {"issue_day", kDate, "The day on its invoices."},
    {"series", kText, "Of its invoice numbers."},
    {"first_number", kInteger, "The first of them; 0 until they are taken."},
    {"accounts", kInteger, "Looked at."},
    {"documents", kInteger, "Invoices made."},
    {"set_aside", kInteger, "Accounts that could not be billed."},
    {"started_by", kText, "Who asked for it."},
    {"recorded", kTime, "When it began."},
};
constexpr SchemaField kBillingRunPage[] = {
    {"items", kList, "The newest first.", "BillingRun"},
};
constexpr SchemaField kSetAside[] = {
    {"account", kId, "Who was not billed.", "acct"},
    {"code", kText, "The reason's code."},
    {"reason", kText, "In words."},
    {"place", kText, "Where, if anywhere.", {}, kOptional},
};
constexpr SchemaField kBillingRunDetail[] = {
    {"run", kObject, "The run.", "BillingRun"},
    {"batches", kInteger, "Parts that it works in."},
    {"batches_counted", kInteger, "Of which counted."},
    {"batches_issued", kInteger, "Of which issued."},
    {"set_aside", kList, "Accounts that could not be billed, at most 1,000.", "SetAside"},
};

constexpr SchemaField kImportFile[] = {
    {"id", kId, "The file.", "file"},
    {"name", kText, "As it was called."},
    {"mapping", kText, "How it was read: broadband.customers"},
    {"sha256", kText, "Of its bytes, in hexadecimal."},
    {"size", kInteger, "In bytes."},
    {"state", kText, "reading or done."},
    {"records", kInteger, "Read so far: accepted + repeated + rejected."},
    {"accepted", kInteger, "Taken."},
    {"repeated", kInteger, "Known already."},
    {"rejected", kInteger, "Refused."},
    {"recorded", kTime, "When its import began."},
};
constexpr SchemaField kImportFilePage[] = {
    {"items", kList, "The newest first.", "ImportFile"},
};
constexpr SchemaField kReject[] = {
    {"id", kId, "The rejected record.", "rej"},
    {"file", kId, "The file that it stood in.", "file"},
    {"file_name", kText, "As it was called."},
    {"mapping", kText, "How it was read."},
    {"line", kInteger, "Where it began."},
    {"field", kText, "The field that is wrong; absent where it is the record.", {}, kOptional},
    {"code", kText, "What is wrong."},
    {"reason", kText, "In words."},
    {"state", kText, "open, notice, corrected or discarded."},
    {"closed_by", kText, "Who closed it, and why.", {}, kOptional},
    {"closed", kTime, "When.", {}, kOptional},
    {"recorded", kTime, "When it was refused."},
    {"raw", kText, "The record as it stood there.", {}, kOptional},
};
constexpr SchemaField kRejectPage[] = {
    {"items", kList, "In order of time, file and line; without their raw records.", "Reject"},
    {"next", kText, "The cursor of the next page; absent on the last.", {}, kOptional},
};
constexpr SchemaField kRejectCorrection[] = {
    {"raw", kText, "The record as it should have stood in the file."},
};
constexpr SchemaField kRejectDiscard[] = {
    {"reason", kText, "Why the record is not needed."},
};

constexpr SchemaField kRejectAnswer[] = {
    {"id", kId, "The record.", "rej"},
    {"state", kText, "corrected or discarded."},
    {"repeated", kBoolean, "It had been taken before, in just this form.", {}, kOptional},
    {"notices", kTexts, "What was left out of the record.", {}, kOptional},
};

constexpr SchemaField kHealth[] = {
    {"status", kText, "ok"},
};
constexpr SchemaField kProblemError[] = {
    {"pointer", kText, "Where in the body: a JSON pointer."},
    {"code", kText, "What is wrong."},
    {"detail", kText, "In words."},
};
constexpr SchemaField kProblem[] = {
    {"type", kText, "urn:telgiro:problem: and the code."},
    {"title", kText, "The status in words."},
    {"status", kInteger, "The HTTP status."},
    {"code", kText, "Stable; docs/reference/errors lists them."},
    {"detail", kText, "What is wrong and what to do."},
    {"place", kText, "Where: a parameter, an id.", {}, kOptional},
    {"request_id", kText, "Names this request in the server's log."},
    {"errors", kList, "Everything that is wrong with the body.", "ProblemError", kOptional},
};

constexpr Schema kSchemas[] = {
    {"Account", "Who pays, and how they are billed.", kAccount},
    {"Address", "A postal address.", kAddress},
    {"Bill", "A live debt.", kBill},
    {"BillDetail", "A bill with what it says today and its papers.", kBillDetail},
    {"BillPage", "A page of bills.", kBillPage},
    {"BillingRun", "A run that closes a month for all accounts.", kBillingRun},
    {"BillingRunDetail", "A run with its progress.", kBillingRunDetail},
    {"BillingRunPage", "The latest runs.", kBillingRunPage},
    {"BillingRunRequest", "What to bill.", kBillingRunRequest},
    {"Customer", "A person or organisation under one number.", kCustomer},
    {"CustomerPage", "A page of customers.", kCustomerPage},
    {"Document", "The head of an issued paper.", kDocument},
    {"DocumentPage", "A page of documents.", kDocumentPage},
    {"Health", "That the server can work.", kHealth},
    {"ImportFile", "A source file and what became of its records.", kImportFile},
    {"ImportFilePage", "The latest files.", kImportFilePage},
    {"Invoice", "An invoice with its lines and sums.", kInvoice},
    {"InvoiceLine", "A line of an invoice.", kInvoiceLine},
    {"Job", "Work in the background.", kJob},
    {"PlanPart", "A part of a payment plan.", kPlanPart},
    {"Problem", "Why a request was not done (RFC 9457).", kProblem},
    {"ProblemError", "One thing that is wrong with a body.", kProblemError},
    {"Reject", "A record that could not be imported.", kReject},
    {"RejectAnswer", "What became of a rejected record.", kRejectAnswer},
    {"RejectCorrection", "A record, mended.", kRejectCorrection},
    {"RejectDiscard", "Why a record is let go.", kRejectDiscard},
    {"RejectPage", "A page of rejected records.", kRejectPage},
    {"SetAside", "An account that a run could not bill.", kSetAside},
    {"SourceNumber", "A division's own customer number.", kSourceNumber},
    {"TrialBalance", "The sums of the ledger.", kTrialBalance},
    {"TrialBalanceRow", "The sums of one ledger account.", kTrialBalanceRow},
    {"VatSum", "The VAT of one rate.", kVatSum},
};

}  // namespace

std::span<const Schema> schemas() { return kSchemas; }

const Schema* find_schema(std::string_view name) {
  const auto found = std::ranges::find(kSchemas, name, &Schema::name);
  return found == std::end(kSchemas) ? nullptr : found;
}

}  // namespace web
