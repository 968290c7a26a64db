#include "web/api/schemas.h"

#include <algorithm>
#include <array>

namespace web {
namespace {

using enum FieldType;

constexpr bool kOptional = true;

template <std::size_t kSize>
constexpr std::array<SchemaField, kSize> any_of_them(std::array<SchemaField, kSize> fields) {
  for (SchemaField& field : fields) field.is_optional = kOptional;
  return fields;
}

template <std::size_t kSize>
constexpr std::array<SchemaField, kSize + 1> with(const std::array<SchemaField, kSize>& fields,
                                                  const SchemaField& last) {
  std::array<SchemaField, kSize + 1> all{};
  std::ranges::copy(fields, all.begin());
  all.back() = last;
  return all;
}

constexpr SchemaField kNext = {
    "next", kText, "The cursor of the next page; absent on the last.", {}, kOptional};

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
constexpr auto kBillingProfile = std::to_array<SchemaField>({
    {"grouping", kText, "Which charge on which bill: all, one_off:each ..."},
    {"frequency", kText, "monthly, weekly#1, every_3_months#1 ..."},
    {"due_days", kInteger, "Days from the issue day to the due day."},
    {"due_day", kInteger, "The day of the month to pay on; 0: any."},
    {"minimum_minor", kInteger, "Less is carried over; in minor units."},
    {"detail", kText, "standard or full."},
    {"delivery", kText, "The channel that the customer chose."},
});
// The same members, each of which may be left away.
constexpr auto kProfileChoice = any_of_them(kBillingProfile);
constexpr auto kProfileChange = with(
    kProfileChoice,
    {"follow_operator", kTexts, "Names of members to leave to the operator again.", {}, kOptional});
constexpr SchemaField kAccountService[] = {
    {"id", kId, "The service.", "svc"},
    {"division", kText, "The part of the operator."},
    {"number", kText, "The division's own number for it."},
    {"plan", kText, "A code of the catalogue."},
    {"starts", kDate, "Its first day."},
    {"ends", kDate, "The first day without it.", {}, kOptional},
    {"user", kId, "The customer who uses it, where that is not who pays.", "cust", kOptional},
};
constexpr SchemaField kProfileRevision[] = {
    {"revision", kInteger, "1, 2, 3 ... of the account."},
    {"holds_from", kDate, "A bill day of the account."},
    {"chosen", kObject, "All that was chosen from then on.", "ProfileChoice"},
    {"changed_by", kText, "A user's or token's id, customer or command."},
    {"recorded", kTime, "When it was chosen."},
};
constexpr SchemaField kServiceTerms[] = {
    {"from", kDate, "The first day on which it holds."},
    {"last_day", kDate, "The last one; absent where there is no end.", {}, kOptional},
    {"plan", kText, "A code of the catalogue."},
    {"campaign", kText, "A code of the catalogue.", {}, kOptional},
    {"add_ons", kTexts, "Codes of the catalogue."},
    {"paused", kBoolean, "Nothing is used and nothing is charged."},
};
constexpr SchemaField kServiceTimeline[] = {
    {"id", kId, "The service.", "svc"},
    {"account", kId, "Who pays for it.", "acct"},
    {"division", kText, "The part of the operator."},
    {"number", kText, "The division's own number for it."},
    {"revision", kInteger, "How often something was said about it."},
    {"starts", kDate, "Its first day."},
    {"ends", kDate, "The first day without it.", {}, kOptional},
    {"timeline", kList, "What holds on which days, ascending.", "ServiceTerms"},
};
constexpr SchemaField kServiceChange[] = {
    {"change", kText,
     "plan, pause, resume, end, keep (take an end back), add_add_on or "
     "remove_add_on."},
    {"from", kDate, "The day on which it begins to hold; not of end and keep.", {}, kOptional},
    {"last_day", kDate, "The last day of the service, of an end.", {}, kOptional},
    {"code", kText, "Of the plan or the add-on.", {}, kOptional},
    {"campaign", kText, "With a plan: a campaign from then on; empty for none.", {}, kOptional},
    {"dry_run", kBoolean, "true: show what it would make of the service.", {}, kOptional},
};
constexpr SchemaField kServiceChangeOutcome[] = {
    {"change", kText, "As it was asked for."},
    {"from", kDate, "As it was asked for.", {}, kOptional},
    {"last_day", kDate, "As it was asked for.", {}, kOptional},
    {"code", kText, "As it was asked for.", {}, kOptional},
    {"campaign", kText, "As it was asked for.", {}, kOptional},
    {"kept", kBoolean, "false: it was a dry run."},
    {"before", kObject, "The service without the change.", "ServiceTimeline"},
    {"after", kObject, "The service with it.", "ServiceTimeline"},
};
constexpr SchemaField kAccountDetail[] = {
    {"id", kId, "The account: who pays.", "acct"},
    {"customer", kId, "Whose it is.", "cust"},
    {"number", kInteger, "The unified customer number."},
    {"segment", kText, "consumer or business."},
    {"country", kText, "Where it is billed."},
    {"currency", kText, "ISO 4217."},
    {"profile", kObject, "How it is billed today.", "BillingProfile"},
    {"chosen", kObject, "What of it was chosen; the rest is the operator's.", "ProfileChoice"},
    {"next_profile", kObject, "How it will be billed.", "BillingProfile", kOptional},
    {"next_from", kDate, "From which day.", {}, kOptional},
    {"services", kList, "Those that have not ended.", "AccountService"},
    {"revisions", kList, "What was chosen and when.", "ProfileRevision"},
};
constexpr SchemaField kAccountRow[] = {
    {"id", kId, "The account: who pays.", "acct"},
    {"number", kInteger, "The unified customer number."},
    {"name", kText, "The customer's name."},
    {"segment", kText, "consumer or business."},
    {"country", kText, "Where it is billed."},
    {"currency", kText, "ISO 4217."},
    {"profile", kObject, "How it is billed today.", "BillingProfile"},
};
constexpr SchemaField kAccountPage[] = {
    {"items", kList, "In order of customer.", "AccountRow"},
    kNext,
};
constexpr SchemaField kPreviewPart[] = {
    {"division", kText, "The part of the operator."},
    {"service", kText, "The division's own number for the service."},
    {"category", kText, "fixed, usage or one_off."},
};
constexpr SchemaField kPreviewBill[] = {
    {"group", kText, "all, division:..., named:... ; order:* for one-offs each on its own."},
    {"parts", kList, "What goes on it.", "PreviewPart"},
    {"issued", kDate, "Its bill day."},
    {"due", kDate, "Its last day."},
    {"following", kDate, "The bill day after it."},
};
constexpr SchemaField kProfilePreview[] = {
    {"holds_from", kDate, "The account's next bill day."},
    {"changes", kBoolean, "false: it is so already."},
    {"before", kObject, "How it would be billed without the change.", "BillingProfile"},
    {"after", kObject, "How it will be.", "BillingProfile"},
    {"chosen", kObject, "What is chosen then.", "ProfileChoice"},
    {"bills_before", kList, "The bills of that day without the change.", "PreviewBill"},
    {"bills_after", kList, "The bills of that day with it.", "PreviewBill"},
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
    kNext,
};

constexpr SchemaField kPlanPart[] = {
    {"due", kDate, "Its last day."},
    {"amount", kAmount, "In the bill's currency."},
};
constexpr SchemaField kPlanRow[] = {
    {"due", kDate, "Its last day."},
    {"amount", kAmount, "As agreed, in the bill's currency."},
    {"left",
     kAmount,
     "What of it is still to be paid; absent where the plan is over.",
     {},
     kOptional},
};
constexpr SchemaField kPlan[] = {
    {"id", kId, "The plan.", "plan"},
    {"bill", kText, "The bill's address."},
    {"state", kText, "active, kept, broken or ended."},
    {"currency", kText, "ISO 4217."},
    {"rows", kList, "In the order of their days.", "PlanRow"},
    {"agreed_on", kDate, "When."},
    {"agreed_by", kText, "By whom: customer, or who did it for them."},
    {"ended_on", kDate, "When it was kept, broken or ended.", {}, kOptional},
    {"reason", kText, "Why it is over: paid, missed_row, customer ...", {}, kOptional},
};
constexpr SchemaField kPlanOption[] = {
    {"parts", kInteger, "In how many."},
    {"first_amount", kAmount, "The largest of them."},
    {"first_due", kDate, "Its last day, unless another is asked for."},
    {"last_due", kDate, "The last part's."},
};
constexpr SchemaField kPlanList[] = {
    {"items", kList, "Oldest first; at most one is active.", "Plan"},
    {"possible", kList, "How the bill could be paid in parts now.", "PlanOption"},
};
constexpr SchemaField kPlanRequest[] = {
    {"parts", kInteger, "2 or more, as far as operator and law allow."},
    {"first_due",
     kDate,
     "Of the first part; else the bill's day, or the customer's next.",
     {},
     kOptional},
};
constexpr SchemaField kPlanEnd[] = {
    {"reason", kText, "Why: a word or two.", {}, kOptional},
};
constexpr SchemaField kBill[] = {
    {"id", kText, "The bill's address: account and bill with a dot between, acct_....bill_..."},
    {"account", kId, "Who owes it.", "acct"},
    {"run", kId, "The run that made it; absent where there was none.", "run", kOptional},
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
    kNext,
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
    {"credit_notes", kList, "What was given back of them, oldest first.", "Invoice"},
    {"to_account", kAmount, "What of its payments went to the account's credit."},
};
constexpr SchemaField kCreditRequest[] = {
    {"reason", kText, "Why; kept with the account's events."},
    {"lines", kTexts, "Only these lines of the invoice, counted from 1.", {}, kOptional},
    {"amount", kAmount, "Only so much with VAT.", {}, kOptional},
    {"service", kText, "Only the lines of a service, by its number.", {}, kOptional},
};
constexpr SchemaField kCreditAnswer[] = {
    {"credit_note", kObject, "The paper.", "Invoice"},
    {"credits", kText, "The number of the invoice that it credits."},
    {"to_account", kAmount, "What of the bill's payments went to the account's credit."},
    {"bill", kObject, "The bill as it is now.", "Bill"},
};

constexpr SchemaField kDocument[] = {
    {"id", kId, "The document.", "doc"},
    {"account", kId, "Whom it is for.", "acct"},
    {"bill", kText, "The bill that it belongs to, acct_....bill_..."},
    {"kind", kText, "invoice or credit_note."},
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
    kNext,
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

constexpr SchemaField kBankFile[] = {
    {"id", kId, "The file.", "bank"},
    {"name", kText, "What it was called when it first came."},
    {"format", kText, "How it was read: camt.053 ..."},
    {"state", kText, "reading, done or refused."},
    {"entries", kInteger, "What stands in it."},
    {"payments", kInteger, "Of these new payments."},
    {"repeated", kInteger, "Known from this or another file."},
    {"left_out", kInteger, "Not booked, not ours, or not money that came."},
    {"problems", kInteger, "What could not be read."},
    {"recorded", kTime, "When it was taken in."},
};
constexpr SchemaField kBankFilePage[] = {
    {"items", kList, "The newest first.", "BankFile"},
};
constexpr SchemaField kBankFileProblem[] = {
    {"line", kInteger, "From 1; 0: the whole file."},
    {"field", kText, "As the format calls it."},
    {"code", kText, "What is wrong."},
    {"text", kText, "The same in words."},
};
constexpr SchemaField kBankFileTaken[] = {
    {"file", kObject, "The file with its counts.", "BankFile"},
    {"was_imported", kBoolean, "Before: nothing was done now."},
    {"matched", kInteger, "Payments matched without an exact reference."},
    {"problems", kList, "What is wrong with it; the first 200.", "BankFileProblem"},
};
constexpr SchemaField kRefund[] = {
    {"id", kId, "The refund.", "rfnd"},
    {"state", kText, "proposed, refused, approved, withdrawn, sent, confirmed ..."},
    {"account", kId, "Whose credit; absent where it is of a payment.", "acct", kOptional},
    {"payment", kId, "Of suspense; absent where it is of a credit.", "pay", kOptional},
    {"currency", kText, "ISO 4217."},
    {"amount", kAmount, "What is paid back."},
    {"to_name", kText, "Who gets it."},
    {"to_account", kText, "Where it goes."},
    {"reason", kText, "Of who proposed it."},
    {"asked_by", kText, "Who proposed it."},
    {"decided_by", kText, "Who approved or refused it; empty: nobody yet."},
    {"batch", kId, "The bank's file; absent before.", "rbat", kOptional},
    {"recorded", kTime, "When it was proposed."},
};
constexpr SchemaField kRefundPage[] = {
    {"items", kList, "The newest first.", "Refund"},
};
constexpr SchemaField kRefundWithdrawal[] = {
    {"reason", kText, "Why it is not paid after all."},
};
constexpr SchemaField kOrderItemRequest[] = {
    {"code", kText, "Of the catalogue, or your own; the revenue is booked by it."},
    {"name", kText, "What the invoice calls it; the catalogue's without.", {}, kOptional},
    {"division", kText, "The part of the operator; the catalogue's without.", {}, kOptional},
    {"quantity", kText, "How many, like 1 or 2.5; 1 without.", {}, kOptional},
    {"price", kText, "Of one, without VAT; the catalogue's of today without.", {}, kOptional},
    {"price_with_vat", kText, "Of one, with VAT in it.", {}, kOptional},
    {"vat_class", kText, "standard, reduced_1 ...; the catalogue's without.", {}, kOptional},
    {"vat_rate", kText, "In percent: refused where the class has another today.", {}, kOptional},
};
constexpr SchemaField kOrderPayRequest[] = {
    {"how", kText, "now, bill, instalments, or preferred: what the customer has."},
    {"method",
     kText,
     "Of now: link, kept, mandate, or a method like card or swish.",
     {},
     kOptional},
    {"gateway", kText, "Which provider of the method; the first without.", {}, kOptional},
    {"kept_method", kId, "Of kept: which; the one that bills are charged to without.", "meth",
     kOptional},
    {"parts", kInteger, "Of instalments: how many.", {}, kOptional},
    {"first_due", kDate, "Of instalments: when the first part is due.", {}, kOptional},
};
constexpr SchemaField kOrderRequest[] = {
    {"account", kText, "Who pays: an account's id, or a customer's number."},
    {"service", kId, "The service that it is for.", "svc", kOptional},
    {"reference", kText, "Your own name for it.", {}, kOptional},
    {"items", kList, "What is ordered.", "OrderItemRequest"},
    {"pay", kObject, "How it is paid; preferred without.", "OrderPayRequest", kOptional},
    {"note", kText, "For whoever hands over.", {}, kOptional},
    {"return_url", kText, "Where the customer goes after paying at a provider.", {}, kOptional},
    {"dry_run", kBoolean, "true: show what it would come to, keep nothing.", {}, kOptional},
};
constexpr SchemaField kOrderCancellation[] = {
    {"reason", kText, "Why; kept with the account's events."},
};
constexpr SchemaField kOrderItem[] = {
    {"code", kText, "As it was ordered."},
    {"name", kText, "As the invoice calls it."},
    {"division", kText, "The part of the operator."},
    {"quantity", kText, "How many."},
    {"price", kText, "Of one, without VAT.", {}, kOptional},
    {"price_with_vat", kText, "Of one, with VAT; instead of it.", {}, kOptional},
    {"net", kAmount, "Without VAT."},
    {"vat_class", kText, "standard, reduced_1 ..."},
    {"vat_rate", kText, "In percent."},
};
constexpr SchemaField kOrder[] = {
    {"id", kId, "The order.", "ord"},
    {"account", kId, "Who pays.", "acct"},
    {"service", kId, "The service that it is for.", "svc", kOptional},
    {"reference", kText, "Your own name for it."},
    {"state", kText, "received, awaiting_payment, ready, handed_over, cancelled or failed."},
    {"reason", kText, "A code: why it is not paid, failed or was cancelled; else empty."},
    {"pay", kText, "link, method, kept, mandate, bill or instalments."},
    {"gateway", kText, "The provider.", {}, kOptional},
    {"method", kText, "card, swish ...", {}, kOptional},
    {"parts", kInteger, "How many, of instalments.", {}, kOptional},
    {"items", kList, "What was ordered.", "OrderItem"},
    {"total", kAmount, "With VAT."},
    {"currency", kText, "ISO 4217."},
    {"bill", kText, "Its bill; absent where it goes on the next one.", {}, kOptional},
    {"intent", kId, "The payment at a provider.", "intent", kOptional},
    {"debit", kId, "The debit under a mandate.", "coll", kOptional},
    {"note", kText, "For whoever hands over.", {}, kOptional},
    {"pay_link", kText, "Where the customer pays it, while it waits.", {}, kOptional},
    {"action_url", kText, "Where the payment that was begun goes on.", {}, kOptional},
    {"ordered", kDate, "The day."},
    {"pay_until", kDate, "Given up after that day where nothing came."},
    {"created", kTime, "When it was placed."},
    {"changed", kTime, "When its state changed last."},
};
constexpr SchemaField kOrderPage[] = {
    {"items", kList, "The newest first.", "Order"},
    {"next", kText, "The cursor of the next page; absent on the last.", {}, kOptional},
};
constexpr SchemaField kRail[] = {
    {"gateway", kText, "The provider; empty where there is none."},
    {"method", kText, "card, swish, bankgiro ...; empty: fees that name no payment."},
};
constexpr SchemaField kRailMonth[] = {
    {"month", kMonth, "The month."},
    {"payments", kInteger, "That brought money."},
    {"cost", kText, "What they cost."},
    {"in_year", kText, "With the months of the year before it."},
};
constexpr SchemaField kRailCost[] = {
    {"gateway", kText, "The provider; empty where there is none."},
    {"method", kText, "card, swish, bankgiro ...; empty: fees that name no payment."},
    {"currency", kText, "ISO 4217."},
    {"payments", kInteger, "That brought money."},
    {"amount", kAmount, "What came."},
    {"fees", kAmount, "What was booked."},
    {"cost", kText, "The fees, or an estimate by the settings."},
    {"is_estimate", kBoolean, "true: nothing is booked, it is what the settings say."},
    {"is_known", kBoolean, "false: nothing is booked, and no setting says what it costs."},
    {"per_payment", kText, "The cost of one."},
    {"failures", kInteger, "Tries that brought nothing."},
    {"recalls", kInteger, "Payments that were taken back."},
    {"cheapest", kObject, "The cheapest way for an average payment.", "Rail", kOptional},
    {"on_cheapest", kText, "What they would have cost by it.", {}, kOptional},
    {"months", kList, "Month by month.", "RailMonth"},
};
constexpr SchemaField kRailCosts[] = {
    {"from", kDate, "The first day."},
    {"to", kDate, "The last day."},
    {"rails", kList, "By currency and rail.", "RailCost"},
    {"accounts", kInteger, "All of them."},
    {"automatic", kInteger, "Those that pay without doing anything."},
};
constexpr SchemaField kPayment[] = {
    {"id", kId, "The payment.", "pay"},
    {"file", kId, "The file that said it first.", "bank"},
    {"bank_account", kText, "The operator's account that it came on."},
    {"rail", kText, "How it came: bankgiro, transfer ..."},
    {"currency", kText, "ISO 4217."},
    {"amount", kAmount, "Below zero: it went back."},
    {"allocated", kAmount, "So much is assigned."},
    {"open", kAmount, "So much is not."},
    {"booked", kDate, "The bank's booking day."},
    {"state", kText, "suspense, allocated or returned."},
    {"reason", kText, "Why it stands in suspense; empty where it does not."},
    {"reference", kText, "As the payer gave it."},
    {"payer", kText, "The payer's name, as far as the bank tells it."},
    {"payer_account", kText, "The payer's account."},
    {"text", kText, "What the payer wrote."},
    {"charges", kAmount, "What banks took of it on its way, as they say."},
    {"return_of",
     kText,
     "Of what went back: the payment that it gave back, where known.",
     {},
     kOptional},
    {"recorded", kTime, "When it was taken in."},
};
constexpr SchemaField kPaymentPage[] = {
    {"items", kList, "The newest booked first.", "Payment"},
    {"next", kText, "The cursor of the next page; absent on the last.", {}, kOptional},
};
constexpr SchemaField kAllocation[] = {
    {"id", kId, "The assignment.", "alloc"},
    {"account", kId, "Whose account.", "acct"},
    {"bill", kText, "The bill; absent where it went to the account's credit.", {}, kOptional},
    {"amount", kAmount, "Below zero: an assignment that was taken back."},
    {"effective", kDate, "The day from which it counts."},
    {"by", kText, "exact_reference, agent, undo ..."},
    {"undoes", kId, "The assignment that it takes back.", "alloc", kOptional},
};
constexpr SchemaField kPaymentDetail[] = {
    {"payment", kObject, "The payment.", "Payment"},
    {"allocations", kList, "To what it was assigned, the oldest first.", "Allocation"},
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
    kNext,
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
    {"AccountDetail", "An account, what it has chosen and its services.", kAccountDetail},
    {"AccountPage", "A page of accounts.", kAccountPage},
    {"AccountRow", "An account in a list.", kAccountRow},
    {"AccountService", "Something that an account pays for.", kAccountService},
    {"Address", "A postal address.", kAddress},
    {"Allocation", "To what a payment was assigned.", kAllocation},
    {"BankFile", "A file of the bank.", kBankFile},
    {"BankFilePage", "The latest bank files.", kBankFilePage},
    {"BankFileProblem", "Something wrong with a bank's file.", kBankFileProblem},
    {"BankFileTaken", "A file as it was taken in.", kBankFileTaken},
    {"Bill", "A live debt.", kBill},
    {"BillDetail", "A bill with what it says today and its papers.", kBillDetail},
    {"BillPage", "A page of bills.", kBillPage},
    {"BillingProfile", "How an account is billed.", kBillingProfile},
    {"BillingRun", "A run that closes a month for all accounts.", kBillingRun},
    {"BillingRunDetail", "A run with its progress.", kBillingRunDetail},
    {"BillingRunPage", "The latest runs.", kBillingRunPage},
    {"BillingRunRequest", "What to bill.", kBillingRunRequest},
    {"CreditAnswer", "A credit note, and what it made of its bill.", kCreditAnswer},
    {"CreditRequest", "What to give back; the whole without lines, amount and service.",
     kCreditRequest},
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
    {"Order", "Single things that were ordered.", kOrder},
    {"OrderCancellation", "Why an order is cancelled.", kOrderCancellation},
    {"OrderHandOver", "Nothing more is to be said: {}.", {}},
    {"OrderItem", "A thing as it was ordered and priced.", kOrderItem},
    {"OrderItemRequest", "A thing to order.", kOrderItemRequest},
    {"OrderPage", "A page of orders.", kOrderPage},
    {"OrderPayRequest", "How an order is paid.", kOrderPayRequest},
    {"OrderRequest", "What to order.", kOrderRequest},
    {"Payment", "Money that came by the bank.", kPayment},
    {"PaymentDetail", "A payment and its assignments.", kPaymentDetail},
    {"PaymentPage", "A page of payments.", kPaymentPage},
    {"Plan", "A bill that is paid in parts as agreed.", kPlan},
    {"PlanEnd", "Why a plan is ended.", kPlanEnd},
    {"PlanList", "The plans of a bill.", kPlanList},
    {"PlanOption", "A way to pay a bill in parts.", kPlanOption},
    {"PlanPart", "A part of a payment plan.", kPlanPart},
    {"PlanRequest", "In how many parts.", kPlanRequest},
    {"PlanRow", "A part of a plan and what is left of it.", kPlanRow},
    {"PreviewBill", "A bill that the next bill day would give.", kPreviewBill},
    {"PreviewPart", "Charges of a service that go on a bill.", kPreviewPart},
    {"Problem", "Why a request was not done (RFC 9457).", kProblem},
    {"ProblemError", "One thing that is wrong with a body.", kProblemError},
    {"ProfileChange", "A choice of how to be billed.", kProfileChange},
    {"ProfileChoice", "What was chosen.", kProfileChoice},
    {"ProfilePreview", "What a choice changes.", kProfilePreview},
    {"ProfileRevision", "What was chosen from a day on.", kProfileRevision},
    {"Rail", "A way by which money comes.", kRail},
    {"RailCost", "What payments by a rail cost.", kRailCost},
    {"RailCosts", "What payments cost by each rail.", kRailCosts},
    {"RailMonth", "What payments of a month cost.", kRailMonth},
    {"Refund", "Money that is paid back.", kRefund},
    {"RefundPage", "The latest refunds.", kRefundPage},
    {"RefundWithdrawal", "Why a refund is taken back.", kRefundWithdrawal},
    {"Reject", "A record that could not be imported.", kReject},
    {"RejectAnswer", "What became of a rejected record.", kRejectAnswer},
    {"RejectCorrection", "A record, mended.", kRejectCorrection},
    {"RejectDiscard", "Why a record is let go.", kRejectDiscard},
    {"RejectPage", "A page of rejected records.", kRejectPage},
    {"ServiceChange", "What is done to a service.", kServiceChange},
    {"ServiceChangeOutcome", "What a change makes of a service.", kServiceChangeOutcome},
    {"ServiceTerms", "What holds for a service on some days.", kServiceTerms},
    {"ServiceTimeline", "A service and what holds on which day.", kServiceTimeline},
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
