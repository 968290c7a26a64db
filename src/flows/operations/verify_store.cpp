#include "flows/operations/verify_store.h"

#include <map>
#include <string>

#include "flows/payments/payment_proof.h"
#include "formats/document/invoice_json.h"
#include "ports/billing.h"
#include "ports/events.h"
#include "ports/ledger.h"

namespace flows {
namespace {

using base::Result;

constexpr std::size_t kPage = 500;

Result<> verify_chains(ports::Transaction& transaction, VerifyReport& report) {
  return transaction.events().for_each_account([&](domain::AccountId account) -> Result<> {
    ++report.accounts;
    const auto chain = transaction.events().verify(account);
    if (!chain && chain.error().code != "chain_broken") return chain;
    if (!chain) report.problems.push_back(chain.error());
    return {};
  });
}

Result<> verify_ledger(ports::Transaction& transaction, VerifyReport& report) {
  std::map<base::Currency, base::Money> sums;
  for (const auto& row : TRY(transaction.ledger().trial_balance({}))) {
    const auto [sum, added] = sums.emplace(row.currency, row.balance());
    if (!added) sum->second += row.balance();
  }
  for (const auto& [currency, sum] : sums) {
    if (sum.is_zero()) continue;
    report.problems.push_back(
        base::fail("ledger_not_balanced",
                   "the ledger sums to " + sum.to_decimal_string() + ", not to zero",
                   std::string(currency.code()))
            .error());
  }
  return {};
}

Result<> verify_bill(ports::Transaction& transaction, const domain::Bill& bill,
                     VerifyReport& report) {
  ++report.bills;
  const auto documents = transaction.billing().documents_of(bill.account, bill.id);
  if (!documents) {
    if (documents.error().code == "erased") return {};
    if (documents.error().code != "cannot_unseal") return std::unexpected(documents.error());
    report.problems.push_back(documents.error());
    return {};
  }
  base::Money total(0, bill.total.currency());
  base::Money credited = total;
  for (const auto& document : *documents) {
    ++report.documents;
    const auto invoice = formats::document::read_invoice_json(document.content);
    if (!invoice) {
      base::Error problem = invoice.error();
      problem.place.insert(0, document.id.to_string());
      report.problems.push_back(std::move(problem));
    }
    (document.kind == "credit_note" ? credited : total) += document.total;
  }
  if (credited != bill.credited) {
    report.problems.push_back(base::fail("bill_differs_from_documents",
                                         "the bill says " + bill.credited.to_decimal_string() +
                                             " credited, its credit notes " +
                                             credited.to_decimal_string(),
                                         bill.id.to_string())
                                  .error());
  }
  if (total != bill.total) {
    report.problems.push_back(base::fail("bill_differs_from_documents",
                                         "the bill says " + bill.total.to_decimal_string() +
                                             ", its documents " + total.to_decimal_string(),
                                         bill.id.to_string())
                                  .error());
  }
  return {};
}

// Each payment is what is assigned of it and what waits, and the books say the same.
Result<> verify_payments(ports::Transaction& transaction, VerifyReport& report) {
  ports::PaymentFilter filter{.limit = kPage};
  while (true) {
    const auto payments = TRY(transaction.payments().list_payments(filter));
    for (const auto& payment : payments) {
      ++report.payments;
      TRY(verify_allocated(transaction, payment, report.problems));
      TRY(verify_returned(transaction, payment, report.problems));
    }
    if (payments.size() < kPage) break;
    filter.after = payments.back().id;
  }
  const PaymentProof proof = TRY(prove_payments(transaction));
  for (base::Error& problem : proof_problems(proof)) report.problems.push_back(std::move(problem));
  return {};
}

}  // namespace

Result<VerifyReport> verify_store(ports::Store& store) {
  VerifyReport report;
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  TRY(verify_chains(*transaction, report));
  TRY(verify_ledger(*transaction, report));
  ports::BillFilter page{.limit = kPage};
  while (true) {
    const auto bills = TRY(transaction->billing().list_bills(page));
    for (const domain::Bill& bill : bills) {
      TRY(verify_bill(*transaction, bill, report));
      TRY(verify_paid(*transaction, bill, report.problems));
    }
    if (bills.size() < kPage) break;
    page.after_account = bills.back().account;
    page.after_bill = bills.back().id;
  }
  TRY(verify_payments(*transaction, report));
  return report;
}

}  // namespace flows
