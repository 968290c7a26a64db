#include "flows/care/credit_bill.h"

#include <algorithm>

#include "domain/ledger/document_entries.h"
#include "domain/ledger/posting.h"
#include "domain/operator/operator.h"
#include "domain/plan/rows.h"
#include "flows/care/time_zone.h"
#include "flows/collections/spare_debits.h"
#include "flows/operations/import_terms.h"
#include "formats/document/invoice_json.h"
#include "ports/billing.h"
#include "ports/credits.h"
#include "ports/events.h"
#include "ports/ledger.h"
#include "ports/parties.h"
#include "ports/work.h"
#include "support/crypto/crypto.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::BillState;
using domain::DocumentKind;
using domain::Invoice;

template <class IdType, class Of>
IdType derive(std::string_view what, const Of& of, std::string_view part) {
  const auto& bytes = of.bytes();
  const std::string_view parts[] = {
      what, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}, part};
  return IdType(crypto::derived_id(parts));
}

struct Papers {
  Invoice invoice;
  std::vector<Invoice> notes;  // Of this invoice.
};

Result<Papers> load_papers(ports::Transaction& transaction, const CreditRequest& request) {
  Papers papers;
  bool found = false;
  for (const auto& document :
       TRY(transaction.billing().documents_of(request.account, request.bill))) {
    Invoice paper = TRY(formats::document::read_invoice_json(document.content));
    if (paper.kind == DocumentKind::kCreditNote && paper.credits) {
      papers.notes.push_back(std::move(paper));
    } else if (!found) {
      papers.invoice = std::move(paper);
      found = true;
    }
  }
  if (!found) {
    return base::fail("bill_without_document", "the bill has no invoice", request.bill.to_string());
  }
  return papers;
}

Result<domain::Bill> load_bill(ports::Transaction& transaction, const CreditRequest& request) {
  auto bill = TRY(transaction.billing().find_bill(request.account, request.bill));
  if (!bill) return base::fail("bill_not_found", "there is no such bill", request.bill.to_string());
  if (bill->state == BillState::kWrittenOff || bill->state == BillState::kCeded) {
    return base::fail("bill_not_creditable",
                      "a bill that was written off or ceded is no longer ours to credit",
                      request.bill.to_string());
  }
  return *std::move(bill);
}

// The bill after the note; what of its payments is no longer needed goes to the account (D1, D2).
CreditOutcome apply(domain::Bill bill, Invoice note) {
  const Money nothing(0, note.total.currency());
  const Money owed = std::max(bill.rest(), nothing);
  const Money to_account = std::max(note.total - owed, nothing);
  const Money rest = bill.rest();
  bill.credited += note.total;
  bill.paid -= to_account;
  // Of a plan the last parts grow less.
  bill.plan = domain::after_credit(bill.plan, rest, bill.rest());
  ++bill.version;
  const bool all_given_back = bill.paid.is_zero() && bill.rest().is_zero();
  if ((bill.state == BillState::kOpen && bill.rest() <= nothing) || all_given_back) {
    bill.state = BillState::kCredited;
  }
  return {std::move(note), std::move(bill), to_account};
}

// `number` 0: of a preview.
Result<CreditOutcome> plan(ports::Transaction& transaction, const base::Clock& clock,
                           const CreditRequest& request, const std::string& series,
                           std::int64_t number) {
  if (request.reason.empty()) {
    return base::fail("missing_reason", "say why the bill is credited");
  }
  domain::Bill bill = TRY(load_bill(transaction, request));
  const Papers papers = TRY(load_papers(transaction, request));
  auto parts = TRY(domain::plan_credit_note(papers.invoice, papers.notes, request.cut));
  const base::Date today = TRY(local_date(papers.invoice.seller.time_zone, clock.now()));
  const std::string ordinal = std::to_string(papers.notes.size() + 1);
  Invoice note = domain::make_credit_note(
      papers.invoice, std::move(parts),
      {.id = derive<domain::DocumentId>("credit_note", papers.invoice.id, ordinal),
       .series = series,
       .number = number,
       .issued = std::max(today, papers.invoice.issued)});
  TRY(domain::verify_invoice(note));
  return apply(std::move(bill), std::move(note));
}

Result<> keep_document(ports::Transaction& transaction, const CreditOutcome& outcome,
                       base::Instant now) {
  const Invoice& note = outcome.note;
  const auto account = TRY(transaction.parties().find_account(outcome.bill.account));
  if (!account) {
    return base::fail("unknown_account", "there is no such account",
                      outcome.bill.account.to_string());
  }
  const ports::StoredDocument documents[] = {
      {.account = account->id,
       .customer = account->customer,
       .id = note.id,
       .bill = note.bill,
       .kind = std::string(domain::to_text(note.kind)),
       .series = note.series,
       .number = note.number,
       .issued = note.issued,
       .due = note.due,
       .net = note.net,
       .vat = note.vat_total,
       .rounding = note.rounding,
       .total = note.total,
       .recorded = now,
       .content = formats::document::write_invoice_json(note)}};
  return transaction.billing().add_documents(documents);
}

Result<> keep_posting(ports::Transaction& transaction, const CreditOutcome& outcome,
                      base::Instant now) {
  const Invoice& note = outcome.note;
  auto entries = domain::credit_note_entries(note, note.total - outcome.to_account);
  if (entries.empty()) return {};
  domain::Posting::Head head;
  head.id = derive<domain::PostingId>("posting", note.id, "credit_note");
  head.account = outcome.bill.account;
  head.kind = "credit_note";
  head.effective = note.issued;
  head.recorded = now;
  head.source = note.id.to_string();
  const domain::Posting postings[] = {
      TRY(domain::Posting::make(std::move(head), std::move(entries)))};
  return transaction.ledger().append(postings);
}

Result<> keep_credit(ports::Transaction& transaction, const CreditOutcome& outcome,
                     base::Instant now) {
  if (outcome.to_account.is_zero()) return {};
  ports::AccountCredit credit;
  credit.account = outcome.bill.account;
  credit.id = derive<domain::CreditId>("credit", outcome.note.id, "credit_note");
  credit.amount = outcome.to_account;
  credit.bill = outcome.bill.id;
  credit.document = outcome.note.id;
  credit.reason = "credit_note";
  credit.effective = outcome.note.issued;
  credit.epoch = TRY(transaction.work().hold_epoch());
  credit.recorded = now;
  return transaction.credits().add({&credit, 1});
}

Result<> keep_event(ports::Transaction& transaction, const CreditOutcome& outcome,
                    const CreditRequest& request, base::Instant now) {
  base::Json data;
  data.set("bill", outcome.bill.id.to_string())
      .set("document", outcome.note.id.to_string())
      .set("number", outcome.note.full_number())
      .set("total", outcome.note.total.to_decimal_string())
      .set("currency", outcome.note.total.currency().code())
      .set("to_account", outcome.to_account.to_decimal_string());
  const ports::NewEvent events[] = {{.account = outcome.bill.account,
                                     .kind = "bill_credited",
                                     .effective = outcome.note.issued,
                                     .recorded = now,
                                     .actor = request.actor,
                                     .data = std::move(data),
                                     .text = request.reason}};
  return transaction.events().append(events);
}

}  // namespace

Result<CreditOutcome> credit_bill(ports::Transaction& transaction, const base::Clock& clock,
                                  const CreditRequest& request) {
  const domain::Operator seller = TRY(load_seller(transaction));
  const std::int64_t number =
      TRY(transaction.billing().take_invoice_numbers(seller.credit_series, 1, 1));
  const CreditOutcome outcome =
      TRY(plan(transaction, clock, request, seller.credit_series, number));
  const base::Instant now = clock.now();
  TRY(keep_document(transaction, outcome, now));
  TRY(keep_posting(transaction, outcome, now));
  TRY(keep_credit(transaction, outcome, now));
  TRY(transaction.billing().update_bill(outcome.bill));
  TRY(keep_event(transaction, outcome, request, now));
  TRY(spare_debits(transaction, {&outcome.bill, 1}, {outcome.note.issued, now, request.actor}));
  return outcome;
}

Result<CreditOutcome> credit_bill(ports::Store& store, const base::Clock& clock,
                                  const CreditRequest& request) {
  CreditOutcome outcome;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    outcome = TRY(credit_bill(transaction, clock, request));
    return {};
  }));
  return outcome;
}

Result<CreditOutcome> preview_credit(ports::Store& store, const base::Clock& clock,
                                     const CreditRequest& request) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  const domain::Operator seller = TRY(load_seller(*transaction));
  return plan(*transaction, clock, request, seller.credit_series, 0);
}

}  // namespace flows
