#include "flows/tills/bill_code.h"

#include <algorithm>

#include "ports/payments.h"
#include "ports/tills.h"
#include "ports/work.h"
#include "support/observe/log.h"
#include "support/observe/metrics.h"

namespace flows {
namespace {

using base::Instant;
using base::Result;
using ports::Billing;

// So often another bill's code may be in the way: with a million live codes once is a thousandth.
constexpr std::int64_t kAttemptsMax = 16;
constexpr std::int64_t kAfterMicros = kBillCodeDaysAfter * base::kMicrosPerDay;

struct Place {
  std::string digits;
  bool is_free = false;  // Nobody's yet.
};

// Where the bill's code stands, or where it would.
Result<Place> place_of(ports::Transaction& transaction, const Billing::BillKey& key) {
  for (std::int64_t attempt = 0; attempt < kAttemptsMax; ++attempt) {
    Place place{transaction.tills().code_digits(key.bill, attempt)};
    place.digits += domain::bill_code_check_digit(place.digits);
    const auto found = TRY(transaction.tills().find_code(place.digits));
    place.is_free = !found;
    if (!found || *found == key) return place;
  }
  return base::fail("bill_code_taken", "no code is free for this bill", key.bill.to_string());
}

// Until when the bill's code is good, were nothing to happen any more.
Result<Instant> expires(ports::Transaction& transaction, const base::Clock& clock,
                        const domain::Bill& bill) {
  if (bill.state == domain::BillState::kOpen) return clock.now() + kAfterMicros;
  Instant last = bill.recorded;
  for (const auto& row : TRY(transaction.payments().allocations_of(bill.account, bill.id))) {
    last = std::max(last, row.recorded);
  }
  const auto documents = transaction.billing().documents_of(bill.account, bill.id);
  // Of somebody who was erased nothing is told any more.
  if (!documents && documents.error().code == "erased") return bill.recorded;
  if (!documents) return std::unexpected(documents.error());
  for (const auto& document : *documents) last = std::max(last, document.recorded);
  return last + kAfterMicros;
}

Result<domain::Bill> bill_of(ports::Transaction& transaction, const Billing::BillKey& key) {
  auto bill = TRY(transaction.billing().find_bill(key.account, key.bill));
  if (!bill) return base::fail("bill_not_found", "there is no such bill", key.bill.to_string());
  return *std::move(bill);
}

void log_wrong(std::string_view what, const domain::CodeTries& tries) {
  observe::log(observe::Level::kWarning, "bill_code_refused",
               {{"reason", what}, {"wrong", tries.wrong}});
  observe::metrics().count(observe::Metric::kBillCodesRefused, {what});
}

}  // namespace

Result<std::optional<BillCode>> find_code_of_bill(ports::Transaction& transaction,
                                                  const base::Clock& clock,
                                                  domain::AccountId account, domain::BillId bill) {
  const Billing::BillKey key{account, bill};
  const domain::Bill found = TRY(bill_of(transaction, key));
  const Place place = TRY(place_of(transaction, key));
  const Instant until = TRY(expires(transaction, clock, found));
  if (place.is_free || until <= clock.now()) return std::optional<BillCode>();
  return std::optional(BillCode{place.digits, until});
}

Result<BillCode> code_of_bill(ports::Transaction& transaction, const base::Clock& clock,
                              domain::AccountId account, domain::BillId bill) {
  const Billing::BillKey key{account, bill};
  const domain::Bill found = TRY(bill_of(transaction, key));
  const Instant until = TRY(expires(transaction, clock, found));
  if (until <= clock.now()) {
    return base::fail("bill_not_payable", "nothing is owed on the bill; its code has ended",
                      bill.to_string());
  }
  while (true) {
    const Place place = TRY(place_of(transaction, key));
    // Where another writer takes the place meanwhile, the next one is free.
    if (!place.is_free || TRY(transaction.tills().add_code(place.digits, key, clock.now()))) {
      return BillCode{place.digits, until};
    }
  }
}

Result<std::optional<Billing::BillKey>> find_bill_by_code(ports::Transaction& transaction,
                                                          const base::Clock& clock,
                                                          std::string_view spoken) {
  const std::string digits = TRY(domain::read_bill_code(spoken));
  const auto key = TRY(transaction.tills().find_code(digits));
  if (!key) return std::optional<Billing::BillKey>();
  const domain::Bill bill = TRY(bill_of(transaction, *key));
  if (TRY(expires(transaction, clock, bill)) <= clock.now()) {
    return std::optional<Billing::BillKey>();
  }
  return key;
}

Result<std::optional<Billing::BillKey>> try_bill_code(ports::Store& store, const base::Clock& clock,
                                                      const CodeTry& request) {
  Result<std::optional<Billing::BillKey>> answer;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock("code_caller/" + request.caller));
    const Instant now = clock.now();
    const domain::CodeTries tries = TRY(transaction.tills().tries_of(request.caller));
    if (!domain::may_try_code(tries, now)) {
      log_wrong("bill_code_tries", tries);
      answer = base::fail("bill_code_tries",
                          "too many codes were wrong; wait a quarter of an hour and try again");
      return {};
    }
    answer = find_bill_by_code(transaction, clock, request.spoken);
    if (answer && answer->has_value()) return {};
    if (!answer && answer.error().code != "bill_code_wrong") {
      return std::unexpected(answer.error());
    }
    const domain::CodeTries after = domain::count_wrong_code(tries, now);
    log_wrong(answer ? "bill_code_unknown" : "bill_code_wrong", after);
    return transaction.tills().keep_tries(request.caller, after);
  }));
  return answer;
}

}  // namespace flows
