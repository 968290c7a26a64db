// Who pays for what (R06, R07): several accounts of a customer, services that move between
// accounts, a user apart from who pays, private and business customers.
//
// Nothing that was issued moves. Each change is one transaction with its events and its row of
// the audit trail.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/party/party.h"
#include "flows/access/access.h"
#include "ports/store.h"

namespace flows {

// The account of an id, or the only one of a customer number.
// Errors: unknown_account, unknown_customer, several_accounts (the text names them).
[[nodiscard]] base::Result<domain::AccountId> find_account(ports::Transaction& transaction,
                                                           std::string_view text);
// Errors: unknown_customer.
[[nodiscard]] base::Result<domain::CustomerId> find_customer(ports::Transaction& transaction,
                                                             std::int64_t number);

struct AccountFilter {
  std::string search = {};  // In the name or the number, whatever its case; empty: any.
  std::optional<domain::Segment> segment = {};
  bool only_chosen = false;  // Those that have chosen something.
};
struct AccountRow {
  domain::Account account;
  domain::Customer customer;
  domain::BillingProfile profile;  // In force today.
};
struct AccountPage {
  std::vector<AccountRow> rows;  // Ascending by customer and account.
  domain::CustomerId next;       // Nil on the last page.
};
// At most about `limit` rows: the accounts of one customer are never parted.
[[nodiscard]] base::Result<AccountPage> list_accounts(ports::Store& store, const base::Clock& clock,
                                                      const AccountFilter& filter,
                                                      domain::CustomerId after, std::size_t limit);

// One more account for a customer, in the operator's country and currency. Errors:
// unknown_customer.
[[nodiscard]] base::Result<domain::AccountId> open_account(const AccessPorts& access,
                                                           domain::CustomerId customer,
                                                           std::string_view actor);

// `service` is an id, or the number by which the division knows it.
struct ServiceName {
  domain::AccountId account;
  std::string service;
};
// The service goes on at the other account from its account's next bill day; answers that day.
// Errors: unknown_account, unknown_service, same_account, service_shares_number (the division
// knows several services under one customer number, which stays with its account),
// campaign_still_running.
[[nodiscard]] base::Result<base::Date> move_service(const AccessPorts& access,
                                                    const ServiceName& service,
                                                    domain::AccountId to, std::string_view actor);

// Who uses the service; without a customer, who pays for it. Errors: unknown_account,
// unknown_service, unknown_customer.
[[nodiscard]] base::Result<> set_service_user(const AccessPorts& access, const ServiceName& service,
                                              std::optional<domain::CustomerId> user,
                                              std::string_view actor);

// Private or business. Law rows follow from the next bill on. Errors: unknown_customer.
[[nodiscard]] base::Result<> change_segment(const AccessPorts& access, domain::CustomerId customer,
                                            domain::Segment segment, std::string_view actor);

}  // namespace flows
