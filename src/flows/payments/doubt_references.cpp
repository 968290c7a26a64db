#include "flows/payments/doubt_references.h"

#include <algorithm>
#include <vector>

#include "domain/plan/rows.h"
#include "flows/operations/import_terms.h"

namespace flows {

using base::Result;
using ports::IncomingPayment;

bool may_be_doubted(const domain::MoneyItem& money, const domain::Bill& bill) {
  const bool is_told = !money.payer_name.empty() || !money.payer_account.empty();
  if (!is_told || money.amount.currency() != bill.total.currency()) return false;
  const bool is_asked =
      bill.state == domain::BillState::kOpen &&
      (money.amount == bill.rest() || money.amount == domain::next_row_amount(bill));
  return !is_asked;
}

Result<std::map<domain::PaymentId, std::string_view>> doubt_references(
    ports::Transaction& transaction, std::span<const GivenReference> given, const TakenAhead& ahead,
    PayerCommons& commons) {
  std::map<domain::PaymentId, std::string_view> doubted;
  if (given.empty()) return doubted;
  const domain::Operator seller = TRY(load_seller(transaction));
  std::vector<IncomingPayment> payments;
  for (const GivenReference& each : given) payments.push_back(each.payment);
  PayerFinder finder = TRY(PayerFinder::load(transaction, seller, payments, commons));
  for (const GivenReference& each : given) {
    for (const domain::AccountId account : ahead.paid_from(each.payment.payer_account)) {
      TRY(finder.lead_by_payer(transaction, each.payment, account));
    }
    TRY(finder.lead(transaction, each.payment.id, each.account));
  }
  finder.refresh([&](domain::BillId bill) { return ahead.find(bill); });
  for (const GivenReference& each : given) {
    const PayerAnswer answer = finder.answer(each.payment);
    const auto named = std::ranges::find(answer.accounts, each.account);
    const auto debtor = static_cast<std::size_t>(named - answer.accounts.begin());
    if (domain::matching::points_elsewhere(answer.ranking, debtor)) {
      doubted[each.payment.id] = "another_payer";
      continue;
    }
    const bool is_sure = seller.matching.automatic && !each.is_owed &&
                         domain::matching::is_sure(answer.ranking, seller.matching.one_wrong_in);
    if (is_sure && answer.ranking.candidates.front().debtor == debtor) {
      doubted[each.payment.id] = "reference_of_paid_bill";
    }
  }
  return doubted;
}

}  // namespace flows
