// Link two customers that are one, and separate what was joined wrongly (D13).
//
// Linking moves accounts and divisions' numbers; separating gives a division's number back to a
// customer of its own. Nothing that was issued moves either way: bills and documents belong to
// their account, and services that change account do so from a day on.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "ports/store.h"

namespace flows {

struct LinkReport {
  std::int64_t accounts = 0;  // Moved.
  std::int64_t numbers = 0;   // Divisions' customer numbers that stand for the kept one now.
};

// Everything of `other` goes to `kept`; the unified number of `other` finds `kept` from now on.
// Errors: same_customer, unknown_customer.
[[nodiscard]] base::Result<LinkReport> link_customers(ports::Store& store, const base::Clock& clock,
                                                      domain::CustomerId kept,
                                                      domain::CustomerId other,
                                                      std::string_view actor);

struct SeparateRequest {
  std::string division;
  std::string number;  // The division's customer number.
  base::Date from;     // Where services move, the first day at the new account.
  std::string actor;
};
struct SeparateReport {
  domain::CustomerId customer;  // Whose the number is now.
  domain::AccountId account;
};
// Errors: unknown_source, not_joined (the number stands for a customer of its own),
// account_is_shared (others were joined to its account: separate them first),
// campaign_still_running, and those of load_terms.
[[nodiscard]] base::Result<SeparateReport> separate_number(ports::Store& store,
                                                           const base::Clock& clock,
                                                           const SeparateRequest& request);

}  // namespace flows
