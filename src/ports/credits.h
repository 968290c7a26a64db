// Credit that accounts carry: what a credit note gave back beyond what was still owed, what a run
// gave back, and what later bills used of it. The rows of an account are added and never changed;
// its balance is their sum.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"

namespace ports {

struct AccountRange;  // ports/billing.h

struct AccountCredit {
  domain::AccountId account;
  domain::CreditId id;  // Of what it stands for, so that it is never added twice.
  base::Money amount;   // Above zero: the account's; below: used or paid out.
  domain::BillId bill;  // Where it came from or went to; nil where there is none.
  domain::DocumentId document;
  std::string reason;  // credit_note | run | used | payment | payment_undone | refund[_returned]
  base::Date effective;
  std::int64_t epoch = 0;
  base::Instant recorded;

  friend bool operator==(const AccountCredit&, const AccountCredit&) = default;
};

struct CreditBalance {
  domain::AccountId account;
  base::Money amount;

  friend bool operator==(const CreditBalance&, const CreditBalance&) = default;
};

class Credits {
 public:
  virtual ~Credits() = default;

  // Errors: constraint_violated where an id is taken.
  [[nodiscard]] virtual base::Result<> add(std::span<const AccountCredit> credits) = 0;
  // Of a range and up to an epoch, in one pass: ascending by account and currency, without those
  // whose rows come to nothing.
  [[nodiscard]] virtual base::Result<std::vector<CreditBalance>> balances(
      const AccountRange& range, std::int64_t cutoff_epoch) = 0;
  // Of one account, oldest first.
  [[nodiscard]] virtual base::Result<std::vector<AccountCredit>> list(
      domain::AccountId account) = 0;
};

}  // namespace ports
