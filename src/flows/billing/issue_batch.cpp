#include "flows/billing/issue_batch.h"

#include <map>

#include "base/result/check.h"
#include "domain/reference/payment_reference.h"
#include "flows/care/links.h"
#include "formats/document/invoice_json.h"

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
  RowMaker(const ports::BillingRun& run, const BillingSetup& setup, std::int64_t first_number,
           const crypto::Key& link_key)
      : run_(run), setup_(setup), link_key_(link_key), number_(first_number),
        seller_(seller_of(setup.seller)), actor_(run.id.to_string()) {}

  Result<> add_account(const PlannedAccount& planned) {
    domain::BillId main_bill;
    for (const domain::PlannedBill& bill : planned.plan.bills) {
      const domain::BillId id = TRY(add_bill(planned, bill));
      if (main_bill.is_nil()) main_bill = id;
    }
    rows.marks.push_back({planned.account.id, "account", planned.plan.boundary, run_.id,
                          run_.cutoff_epoch, main_bill});
    return {};
  }

  BatchRows rows;

 private:
  Result<domain::BillId> add_bill(const PlannedAccount& planned,
                                  const domain::PlannedBill& plan) {
    const domain::AccountId account = planned.account.id;
    const std::string period = run_.period.to_string();
    const std::string_view parts[] = {"bill", view(run_.id), view(account), plan.group_key, period};
    domain::Bill bill;
    bill.id = domain::BillId(crypto::derived_id(parts));
    bill.account = account;
    bill.run = run_.id;
    bill.group_key = plan.group_key;
    bill.period = run_.period;
    bill.total = plan.sums.total;
    bill.fees = bill.paid = bill.credited = Money(0, bill.total.currency());
    bill.issued = run_.issue_day;
    bill.due = plan.due;
    bill.plan = plan.plan;
    bill.recorded = run_.recorded;
    const std::int64_t number = number_++;
    const auto reference = TRY(domain::PaymentReference::make(setup_.seller.reference_scheme,
                                                              std::to_string(number)));
    bill.reference_scheme = reference.scheme();
    bill.reference = reference.text();
    if (plan.paid_at_order) bill.paid = bill.total;
    if (bill.rest().is_zero()) bill.state = domain::BillState::kSettled;

    const domain::Invoice invoice = make_invoice(planned, plan, bill, number);
    TRY(domain::verify_invoice(invoice));
    add_document(planned, invoice);
    add_link(bill);
    TRY(add_invoice_posting(invoice, account, plan));
    add_issued_event(bill, invoice);
    if (plan.paid_at_order) TRY(add_payment_at_order(bill, invoice));
    rows.bills.push_back(bill);
    return bill.id;
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
                              .kind = "invoice",
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
    Json data;
    data.set("bill", bill.id.to_string())
        .set("amount", invoice.total.to_decimal_string())
        .set("currency", invoice.total.currency().code())
        .set("rail", "card");
    add_event(bill.account, "payment_recorded", std::move(data));
    return {};
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
  std::int64_t number_;
  domain::Seller seller_;
  std::string actor_;
};

}  // namespace

Result<BatchRows> make_batch_rows(const ports::BillingRun& run, const BillingSetup& setup,
                                  const BatchPlan& plan, std::int64_t first_number,
                                  const crypto::Key& link_key) {
  RowMaker maker(run, setup, first_number, link_key);
  for (const PlannedAccount& account : plan.accounts) TRY(maker.add_account(account));
  CHECK(static_cast<std::int64_t>(maker.rows.documents.size()) == plan.totals.documents);
  return std::move(maker.rows);
}

}  // namespace flows
