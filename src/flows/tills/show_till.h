// What a till shows: its drawer with the session and what happened in it, and what somebody who
// stands before it owes, found by whatever they have in hand.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/billing/bill.h"
#include "domain/operator/operator.h"
#include "domain/party/party.h"
#include "domain/refund/refund.h"
#include "domain/till/till.h"
#include "ports/intents.h"
#include "ports/store.h"

namespace flows {

struct TillView {
  domain::Drawer drawer;
  std::optional<domain::TillSession> session;  // The open one.
  std::vector<domain::TillEntry> entries;
  domain::TillSums sums;
  std::vector<ports::StoredIntent> cards;  // At the terminal, in this session.
  std::vector<domain::Refund> refunds;     // To be approved, or paid out here.
};
// Errors: drawer_not_found.
[[nodiscard]] base::Result<TillView> show_till(ports::Transaction& transaction,
                                               const std::string& drawer);

struct DebtAtTill {
  domain::Bill bill;
  std::string paper;                      // "A1000123"
  base::Money free;                       // What of it nobody is paying yet.
  std::vector<ports::StoredIntent> live;  // Who is.
};
struct DebtorAtTill {
  domain::Customer customer;
  domain::Account account;
  std::vector<DebtAtTill> debts;  // Open bills, the longest due first.
  base::Money credit;
  bool by_code = false;       // Then the code's bill is the one that is meant:
  domain::BillId meant = {};  // nil where somebody was found, and no bill.
};

// A bill's code, a reference, an invoice's or a customer's number, or a name. Several people are
// for somebody to choose from; nothing is found as nobody. `caller` is who looks: too many codes
// that are none make them wait. Errors: bill_code_tries.
struct LookForDebtor {
  std::string caller;
  std::string text;
};
[[nodiscard]] base::Result<std::vector<DebtorAtTill>> find_debtors(ports::Store& store,
                                                                   const base::Clock& clock,
                                                                   const LookForDebtor& request);
// Of one account, with one of its bills meant or none. Errors: unknown_account.
[[nodiscard]] base::Result<DebtorAtTill> load_debtor(ports::Transaction& transaction,
                                                     domain::AccountId account,
                                                     domain::BillId meant = {});

}  // namespace flows
