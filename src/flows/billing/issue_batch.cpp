#include "flows/billing/issue_batch.h"

#include <map>

#include "base/result/check.h"
#include "domain/ledger/document_entries.h"
#include "domain/reference/payment_reference.h"
#include "flows/care/links.h"
#include "formats/document/invoice_json.h"
#include "ports/ledger.h"

namespace flows {
namespace {

using base::Json;
using base::Money;
using base::Result;

template <class Tag>
std::string_view view(const base::Id<Tag>& id) {
  return {reinterpret_cast<const char*>(id.bytes().data()), id.bytes().size()};
}

template <class IdType>
IdType derive(std::string_view what, std::string_view of, std::string_view part) {
  const std::string_view parts[] = {what, of, part};
  return IdType(crypto::derived_id(parts));
}

domain::Seller seller_of(const domain::Operator& value) {
  return {.legal_name = value.legal_name,
          .brand = value.brand,
          .organisation_number = value.organisation_number,
          .vat_number = value.vat_number,
          .address = value.address,
          .phone = value.phone,
          .email = value.email,
          .opening_hours = value.opening_hours,
          .payee = value.payee,
          .country = value.country,
          .time_zone = value.time_zone};
}

domain::Buyer buyer_of(const domain::Customer& customer) {
  return {.customer_number = customer.number,
          .name = customer.party.name,
          .address = customer.party.address,
          .language = customer.language,
          .segment = customer.segment};
}

// The rows of one batch, one bill after the other.
class RowMaker {
 public:
  RowMaker(const ports::BillingRun& run, const BillingSetup& setup, FirstNumbers first,
           const crypto::Key& link_key)
      : run_(run),
        setup_(setup),
        link_key_(link_key),
        next_(first),
        seller_(seller_of(setup.seller)),
        actor_(run.id.to_string()) {}

  Result<> add_account(const PlannedAccount& planned) {
    if (planned.plan.waits) return {};
    domain::BillId main_bill;
    for (const domain::PlannedBill& bill : planned.plan.bills) {
      const domain::BillId id =
          bill.is_credit ? TRY(add_credit_note(planned, bill)) : TRY(add_bill(planned, bill));
      if (main_bill.is_nil()) main_bill = id;
    }
    if (!planned.plan.closes) return {};
    rows.marks.push_back({planned.account.id, "account", planned.plan.boundary, run_.id,
                          run_.cutoff_epoch, main_bill});
    return {};
  }

  BatchRows rows;

 private:
  // Everything of a bill but its reference and what is booked on it.
  [[nodiscard]] domain::Bill new_bill(const PlannedAccount& planned,
                                      const domain::PlannedBill& plan) const {
    const std::string period = run_.period.to_string();
    const std::string_view parts[] = {"bill", view(run_.id), view(planned.account.id),
                                      plan.group_key, period};
    domain::Bill bill;
    bill.id = domain::BillId(crypto::derived_id(parts));
    bill.account = planned.account.id;
    bill.run = run_.id;
    bill.group_key = plan.group_key;
    bill.period = run_.period;
    bill.total = bill.fees = bill.paid = bill.credited = Money(0, plan.sums.total.currency());
    bill.issued = run_.issue_day;
    bill.due = plan.due;
    bill.plan = plan.plan;
    bill.recorded = run_.recorded;
    return bill;
  }

  Result<domain::BillId> add_bill(const PlannedAccount& planned, const domain::PlannedBill& plan) {
    domain::Bill bill = new_bill(planned, plan);
    bill.total = plan.sums.total;
    const std::int64_t number = next_.invoice++;
    const auto reference =
        TRY(domain::PaymentReference::make(setup_.seller.reference_scheme, std::to_string(number)));
    bill.reference_scheme = reference.scheme();
    bill.reference = reference.text();
    bill.paid = plan.paid_at_order ? bill.total : plan.from_credit;
    if (bill.rest().is_zero()) bill.state = domain::BillState::kSettled;

    const domain::Invoice invoice = make_invoice(planned, plan, bill, number);
    TRY(domain::verify_invoice(invoice));
    add_document(planned, invoice);
    add_link(bill);
    TRY(add_invoice_posting(invoice, bill.account, plan));
    add_issued_event(bill, invoice);
    if (plan.paid_at_order) TRY(add_payment_at_order(bill, invoice));
    if (!plan.from_credit.is_zero()) TRY(add_used_credit(bill, invoice, plan.from_credit));
    rows.bills.push_back(bill);
    return bill.id;
  }

  // What is given back stands to the account; the bill that holds the paper owes nothing.
  Result<domain::BillId> add_credit_note(const PlannedAccount& planned,
                                         const domain::PlannedBill& plan) {
    domain::Bill bill = new_bill(planned, plan);
    bill.credited = plan.sums.total;
    bill.paid = -plan.sums.total;
    bill.state = domain::BillState::kCredited;
    domain::Invoice note = make_invoice(planned, plan, bill, next_.credit_note++);
    note.kind = domain::DocumentKind::kCreditNote;
    note.series = setup_.seller.credit_series;
    TRY(domain::verify_invoice(note));
    add_document(planned, note);
    add_link(bill);
    const Money nothing(0, note.total.currency());
    TRY(add_posting("credit_note", note, bill.account, domain::credit_note_entries(note, nothing)));
    add_credit("credit_note", bill, note, note.total);
    Json data;
    data.set("bill", bill.id.to_string())
        .set("document", note.id.to_string())
        .set("number", note.full_number())
        .set("total", note.total.to_decimal_string())
        .set("currency", note.total.currency().code())
        .set("to_account", note.total.to_decimal_string());
    add_event(bill.account, "bill_credited", std::move(data));
    rows.bills.push_back(bill);
    return bill.id;
  }

  Result<> add_used_credit(const domain::Bill& bill, const domain::Invoice& invoice, Money amount) {
    TRY(add_posting("credit", invoice, bill.account, domain::used_credit_entries(amount)));
    add_credit("used", bill, invoice, -amount);
    add_payment_event(bill, amount, "credit");
    return {};
  }

  void add_credit(std::string_view reason, const domain::Bill& bill, const domain::Invoice& paper,
                  Money amount) {
    ports::AccountCredit credit;
    credit.account = bill.account;
    credit.id = derive<domain::CreditId>("credit", view(paper.id), reason);
    credit.amount = amount;
    credit.bill = bill.id;
    credit.document = paper.id;
    credit.reason = reason;
    credit.effective = paper.issued;
    credit.epoch = run_.cutoff_epoch + 1;  // The first one that this run has not seen.
    credit.recorded = run_.recorded;
    rows.credits.push_back(std::move(credit));
  }

  domain::Invoice make_invoice(const PlannedAccount& planned, const domain::PlannedBill& plan,
                               const domain::Bill& bill, std::int64_t number) const {
    return {.id = derive<domain::DocumentId>("document", view(bill.id), "invoice"),
            .bill = bill.id,
            .series = run_.series,
            .number = number,
            .issued = bill.issued,
            .due = bill.due,
            .period = run_.period,
            .reference_scheme = bill.reference_scheme,
            .reference = bill.reference,
            .seller = seller_,
            .buyer = buyer_of(planned.customer),
            .lines = plan.lines,
            .vat = plan.sums.vat,
            .net = plan.sums.net,
            .vat_total = plan.sums.vat_total,
            .rounding = plan.sums.rounding,
            .total = plan.sums.total,
            .plan = plan.plan};
  }

  void add_document(const PlannedAccount& planned, const domain::Invoice& invoice) {
    rows.documents.push_back({.account = planned.account.id,
                              .customer = planned.customer.id,
                              .id = invoice.id,
                              .bill = invoice.bill,
                              .kind = std::string(domain::to_text(invoice.kind)),
                              .series = invoice.series,
                              .number = invoice.number,
                              .issued = invoice.issued,
                              .due = invoice.due,
                              .net = invoice.net,
                              .vat = invoice.vat_total,
                              .rounding = invoice.rounding,
                              .total = invoice.total,
                              .recorded = run_.recorded,
                              .content = formats::document::write_invoice_json(invoice)});
  }

  void add_link(const domain::Bill& bill) {
    rows.links.push_back(
        {.token_hash = link_token_hash(link_token(link_key_, bill.id, kIssueAttempt)),
         .account = bill.account,
         .bill = bill.id,
         .attempt = std::string(kIssueAttempt),
         .recorded = run_.recorded});
  }

  // Receivables against revenue by item, VAT by country and rate, and rounding.
  Result<> add_invoice_posting(const domain::Invoice& invoice, domain::AccountId account,
                               const domain::PlannedBill& plan) {
    std::map<std::string, Money> credits;
    const auto credit = [&](const std::string& ledger_account, Money amount) {
      if (amount.is_zero()) return;
      const auto [row, added] = credits.emplace(ledger_account, amount);
      if (!added) row->second += amount;
    };
    for (const domain::InvoiceLine& line : plan.lines) credit("revenue:" + line.item, line.net);
    for (const domain::VatSum& sum : invoice.vat) {
      credit("vat:" + invoice.seller.country + ":" + sum.rate.value.to_string(), sum.vat);
    }
    credit("rounding", invoice.rounding);
    std::vector<domain::Entry> entries;
    if (!invoice.total.is_zero()) entries.push_back({"receivables", invoice.total});
    for (const auto& [ledger_account, amount] : credits) {
      if (!amount.is_zero()) entries.push_back({ledger_account, -amount});
    }
    if (entries.empty()) return {};
    return add_posting("invoice", invoice, account, std::move(entries));
  }

  Result<> add_payment_at_order(const domain::Bill& bill, const domain::Invoice& invoice) {
    if (invoice.total.is_zero()) return {};
    TRY(add_posting("payment", invoice, bill.account,
                    {{"clearing:card", invoice.total}, {"receivables", -invoice.total}}));
    add_payment_event(bill, invoice.total, "card");
    return {};
  }

  void add_payment_event(const domain::Bill& bill, Money amount, std::string_view rail) {
    Json data;
    data.set("bill", bill.id.to_string())
        .set("amount", amount.to_decimal_string())
        .set("currency", amount.currency().code())
        .set("rail", rail);
    add_event(bill.account, "payment_recorded", std::move(data));
  }

  Result<> add_posting(std::string_view kind, const domain::Invoice& invoice,
                       domain::AccountId account, std::vector<domain::Entry> entries) {
    domain::Posting::Head head;
    head.id = derive<domain::PostingId>("posting", view(invoice.id), kind);
    head.account = account;
    head.kind = kind;
    head.effective = invoice.issued;
    head.recorded = run_.recorded;
    head.source = invoice.id.to_string();
    rows.postings.push_back(TRY(domain::Posting::make(std::move(head), std::move(entries))));
    return {};
  }

  void add_issued_event(const domain::Bill& bill, const domain::Invoice& invoice) {
    Json data;
    data.set("bill", bill.id.to_string())
        .set("document", invoice.id.to_string())
        .set("number", invoice.full_number())
        .set("total", bill.total.to_decimal_string())
        .set("currency", bill.total.currency().code())
        .set("due", bill.due.to_string())
        .set("reference", bill.reference);
    add_event(bill.account, "bill_issued", std::move(data));
  }

  void add_event(domain::AccountId account, std::string_view kind, Json data) {
    rows.events.push_back({.account = account,
                           .kind = std::string(kind),
                           .effective = run_.issue_day,
                           .recorded = run_.recorded,
                           .actor = actor_,
                           .data = std::move(data)});
  }

  const ports::BillingRun& run_;
  const BillingSetup& setup_;
  const crypto::Key& link_key_;
  FirstNumbers next_;
  domain::Seller seller_;
  std::string actor_;
};

}  // namespace

Result<BatchRows> make_batch_rows(const ports::BillingRun& run, const BillingSetup& setup,
                                  const BatchPlan& plan, FirstNumbers first,
                                  const crypto::Key& link_key) {
  RowMaker maker(run, setup, first, link_key);
  for (const PlannedAccount& account : plan.accounts) TRY(maker.add_account(account));
  CHECK(static_cast<std::int64_t>(maker.rows.documents.size()) ==
        plan.totals.documents + plan.totals.credit_notes);
  return std::move(maker.rows);
}

Result<> keep_batch_rows(ports::Transaction& transaction, const BatchRows& rows) {
  auto& billing = transaction.billing();
  TRY(billing.add_bills(rows.bills));
  TRY(billing.add_documents(rows.documents));
  TRY(billing.add_references(rows.bills));
  TRY(billing.add_links(rows.links));
  TRY(transaction.credits().add(rows.credits));
  TRY(transaction.ledger().append(rows.postings));
  TRY(transaction.events().append(rows.events));
  return billing.add_marks(rows.marks);
}

}  // namespace flows
