#include "flows/care/show_statement.h"

#include "ports/billing.h"
#include "ports/ledger.h"

namespace flows {
namespace {

constexpr std::size_t kBillsPage = 500;

base::Result<std::map<std::string, std::string>> numbers_of(ports::Transaction& transaction,
                                                            domain::AccountId account) {
  std::map<std::string, std::string> numbers;
  ports::BillFilter page{.account = account, .limit = kBillsPage};
  while (true) {
    const auto bills = TRY(transaction.billing().list_bills(page));
    for (const domain::Bill& bill : bills) {
      const auto documents = TRY(transaction.billing().documents_of(account, bill.id));
      for (const ports::StoredDocument& document : documents) {
        numbers[document.id.to_string()] = document.series + std::to_string(document.number);
      }
    }
    if (bills.size() < kBillsPage) return numbers;
    page.after_account = bills.back().account;
    page.after_bill = bills.back().id;
  }
}

}  // namespace

base::Result<ShownStatement> show_statement(ports::Store& store, const std::string& account,
                                            std::optional<base::Date> from,
                                            std::optional<base::Date> to) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  ShownStatement shown;
  shown.of = TRY(find_account(*transaction, account));
  const auto postings = TRY(transaction->ledger().postings_of(shown.of.account.id));
  shown.statement = domain::make_statement(postings, shown.of.account.currency, from, to);
  shown.numbers = TRY(numbers_of(*transaction, shown.of.account.id));
  return shown;
}

}  // namespace flows
