#include "tests/scenarios/narrate.h"

#include <algorithm>
#include <map>
#include <set>

#include "formats/document/invoice_json.h"
#include "ports/billing.h"
#include "ports/credits.h"
#include "ports/ledger.h"
#include "ports/parties.h"

namespace scenarios {
namespace {

using base::Result;
using domain::Invoice;
using domain::InvoiceLine;

// Far more than a scenario has.
constexpr std::size_t kBillsMax = 100'000;

std::string amount(base::Money money) { return money.to_decimal_string(); }

std::string with_currency(base::Money money) {
  return amount(money) + " " + std::string(money.currency().code());
}

std::string words(std::string_view code) {
  std::string text(code);
  std::ranges::replace(text, '_', ' ');
  return text;
}

std::string count(std::int64_t number, const std::string& thing) {
  return std::to_string(number) + " " + thing + (number == 1 ? "" : "s");
}

bool is_credit(const StoredBill& stored) {
  return stored.invoice.kind == domain::DocumentKind::kCreditNote;
}

std::string tell_invoice(const StoredBill& stored) {
  const Invoice& invoice = stored.invoice;
  if (is_credit(stored)) {
    std::string text = "credit note " + std::to_string(invoice.number) + " " + invoice.buyer.name +
                       "  net " + amount(invoice.net) + " vat " + amount(invoice.vat_total);
    if (!invoice.rounding.is_zero()) text += " rounding " + amount(invoice.rounding);
    return text + " total " + with_currency(invoice.total);
  }
  std::string text = "invoice " + std::to_string(invoice.number) + " " + invoice.buyer.name +
                     "  net " + amount(invoice.net) + " vat " + amount(invoice.vat_total);
  if (!invoice.rounding.is_zero()) text += " rounding " + amount(invoice.rounding);
  text += " total " + with_currency(invoice.total) + "  due " + invoice.due.to_string() +
          "  reference " + invoice.reference;
  if (!stored.bill.paid.is_zero()) text += "  paid " + amount(stored.bill.paid);
  return text;
}

std::string tell_line(const InvoiceLine& line, bool name_service) {
  std::string text = "  " + std::string(to_text(line.kind)) + " " + line.item;
  if (name_service) text += " " + line.service_number;
  text += "  " + line.period.from().to_string();
  if (line.period.days() > 1) text += ".." + line.period.last_day().to_string();
  if (line.kind == domain::LineKind::kOneOff) {
    text += "  " + line.quantity.to_string() + " x " + line.unit_price.amount.to_string();
  } else if (line.share.of_days > 0) {
    text += "  " + std::to_string(line.share.days) + "/" + std::to_string(line.share.of_days);
  } else if (line.kind == domain::LineKind::kUsage) {
    text += "  " + line.quantity.to_string() + " " + line.unit;
  }
  text += "  " + amount(line.net);
  if (line.gross) text += "  with vat " + amount(*line.gross);
  return text;
}

void tell_lines(const Invoice& invoice, Said& said) {
  std::set<std::string> services;
  for (const InvoiceLine& line : invoice.lines) services.insert(line.service_number);
  for (const InvoiceLine& line : invoice.lines) {
    said.push_back(tell_line(line, services.size() > 1));
  }
  for (const domain::VatSum& sum : invoice.vat) {
    said.push_back("  vat " + sum.rate.value.to_string() + " %  of " + amount(sum.net) + "  " +
                   amount(sum.vat));
  }
  int part = 1;
  for (const domain::PlanRow& row : invoice.plan) {
    said.push_back("  part " + std::to_string(part++) + "  " + row.due.to_string() + "  " +
                   amount(row.amount));
  }
}

std::string tell_sum(const flows::RunOutcome& outcome) {
  const auto money = [&](std::int64_t minor) { return base::Money(minor, outcome.currency); };
  std::string text = count(outcome.totals.documents, "invoice");
  if (outcome.totals.credit_notes > 0) {
    text += ", " + count(outcome.totals.credit_notes, "credit note");
  }
  return text + "  net " + amount(money(outcome.totals.net_minor)) + " vat " +
         amount(money(outcome.totals.vat_minor)) + " total " +
         with_currency(money(outcome.totals.total_minor));
}

Result<std::string> name_of(ports::Transaction& transaction, domain::AccountId id) {
  auto& parties = transaction.parties();
  const auto account = TRY(parties.find_account(id));
  if (!account) return id.to_string();
  const domain::CustomerId customer[] = {account->customer};
  const auto customers = TRY(parties.find_customers(customer));
  return customers.empty() ? id.to_string() : customers.front().party.name;
}

Result<Said> tell_set_aside(ports::Store& store, const flows::RunOutcome& outcome) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  Said said;
  for (const ports::SetAside& account : outcome.set_aside) {
    said.push_back("set aside " + TRY(name_of(*transaction, account.account)) + "  " +
                   account.error.code);
  }
  std::ranges::sort(said);
  return said;
}

}  // namespace

Result<std::vector<StoredBill>> load_bills(ports::Store& store, std::optional<domain::RunId> run) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  std::vector<StoredBill> bills;
  for (domain::Bill& bill : TRY(transaction->billing().list_bills({.limit = kBillsMax}))) {
    if (run && bill.run != *run) continue;
    const auto documents = TRY(transaction->billing().documents_of(bill.account, bill.id));
    if (documents.empty()) {
      return base::fail("bill_without_document", "a bill without its invoice", bill.id.to_string());
    }
    Invoice invoice = TRY(formats::document::read_invoice_json(documents.front().content));
    bills.push_back({std::move(bill), std::move(invoice)});
  }
  // Invoices by number, then credit notes: two series.
  std::ranges::sort(bills, {}, [](const StoredBill& each) {
    return std::pair(is_credit(each), each.invoice.number);
  });
  return bills;
}

Result<Said> tell_run(ports::Store& store, const flows::RunOutcome& outcome, bool with_lines) {
  Said said;
  if (!outcome.run.is_nil()) {
    for (const StoredBill& stored : TRY(load_bills(store, outcome.run))) {
      said.push_back(tell_invoice(stored));
      if (with_lines) tell_lines(stored.invoice, said);
    }
  }
  if (outcome.dry_run) {
    said.push_back("dry run: " + tell_sum(outcome));
  } else if (outcome.totals.documents + outcome.totals.credit_notes > 1) {
    said.push_back(tell_sum(outcome));
  } else if (outcome.totals.documents + outcome.totals.credit_notes == 0) {
    said.emplace_back("nothing to bill");
  }
  for (std::string& line : TRY(tell_set_aside(store, outcome))) said.push_back(std::move(line));
  return said;
}

Said tell_credit(const flows::CreditOutcome& outcome, bool with_lines) {
  const Invoice& note = outcome.note;
  std::string text = "credit note " + std::to_string(note.number) + " of " + note.credits->number +
                     "  net " + amount(note.net) + " vat " + amount(note.vat_total);
  if (!note.rounding.is_zero()) text += " rounding " + amount(note.rounding);
  text += " total " + with_currency(note.total) + "  bill " +
          std::string(to_text(outcome.bill.state)) + " rest " + amount(outcome.bill.rest());
  if (!outcome.to_account.is_zero()) text += "  to account " + amount(outcome.to_account);
  Said said = {text};
  if (with_lines) tell_lines(note, said);
  return said;
}

Result<Said> tell_account_credit(ports::Store& store, domain::AccountId account) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  Said said;
  std::optional<base::Money> sum;
  for (const auto& credit : TRY(transaction->credits().list(account))) {
    said.push_back(credit.effective.to_string() + "  " + words(credit.reason) + "  " +
                   with_currency(credit.amount));
    sum = sum ? *sum + credit.amount : credit.amount;
  }
  if (sum) said.push_back("credit " + with_currency(*sum));
  return said;
}

std::string tell_bill_face(const StoredBill& stored, const domain::BillView& view) {
  std::string text =
      "bill " + std::to_string(stored.invoice.number) + "  " + words(to_text(view.face));
  if (view.asked.is_zero()) return text;
  text += "  asks " + with_currency(view.asked) + " by " + view.asked_by.to_string() + ", ";
  return text + (view.days_left < 0 ? count(-view.days_left, "day") + " late"
                                    : count(view.days_left, "day") + " left");
}

std::string tell_paper(const Invoice& invoice) {
  const bool is_private = invoice.buyer.segment == domain::Segment::kConsumer;
  return std::string(words(to_text(invoice.kind))) + " " + std::to_string(invoice.number) +
         "  in " + invoice.buyer.language + "  for a " + (is_private ? "person" : "business") +
         "  law of " + invoice.seller.country + "  reference " + invoice.reference_scheme;
}

Result<Said> tell_balances(ports::Store& store) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  std::map<base::Currency, std::pair<std::string, base::Money>> by_currency;
  for (const auto& row : TRY(transaction->ledger().trial_balance({}))) {
    auto& [text, sum] =
        by_currency.try_emplace(row.currency, "", base::Money(0, row.currency)).first->second;
    text += row.ledger_account + " " + amount(row.balance()) + "   ";
    sum += row.balance();
  }
  Said said;
  for (const auto& [currency, told] : by_currency) {
    said.push_back(told.first + "sum " + with_currency(told.second));
  }
  return said;
}

std::string tell_reject(const ports::Reject& reject) {
  std::string text = reject.state == "notice" ? "notice" : "reject";
  text += " line " + std::to_string(reject.line);
  if (!reject.field.empty()) text += " field " + reject.field;
  return text + " " + reject.code;
}

Said tell_verification(const flows::VerifyReport& report) {
  Said said;
  for (const base::Error& problem : report.problems) said.push_back(base::describe(problem));
  if (said.empty()) {
    said.push_back("in order: " + count(report.accounts, "account") + ", " +
                   count(report.bills, "bill") + ", " + count(report.documents, "document"));
  }
  return said;
}

}  // namespace scenarios
