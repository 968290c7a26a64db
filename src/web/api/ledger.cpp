// The trial balance, as of any day and as it was known at any time.
#include <algorithm>
#include <map>

#include "ports/ledger.h"
#include "web/api/answer.h"
#include "web/api/handlers.h"

namespace web::api {

base::Result<Response> show_trial_balance(const Call& call) {
  ports::AsOf as_of;
  if (const std::string* day = call.query.find("effective")) {
    as_of.effective = TRY(base::Date::parse(*day));
  }
  if (const std::string* time = call.query.find("recorded")) {
    as_of.recorded = TRY(base::Instant::parse(*time));
  }
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  base::Json rows = base::Json::array();
  std::map<std::string_view, std::int64_t> differences;
  const auto balance = TRY(transaction->ledger().trial_balance(as_of));
  for (const domain::TrialBalanceRow& row : balance) {
    differences[row.currency.code()] += row.balance().minor();
    rows.push(base::Json::object()
                  .set("ledger_account", row.ledger_account)
                  .set("name", row.name)
                  .set("currency", row.currency.code())
                  .set("debit", row.debit.to_decimal_string())
                  .set("credit", row.credit.to_decimal_string())
                  .set("balance", row.balance().to_decimal_string()));
  }
  const bool balanced = std::ranges::all_of(
      differences, [](const auto& difference) { return difference.second == 0; });
  return json_response(200,
                       base::Json::object().set("rows", std::move(rows)).set("balanced", balanced));
}

}  // namespace web::api
