// How an account is billed, and a change of it (R01-R05): validate, show what will change, keep.
//
// A change holds from the account's next bill day after today, never earlier: bills that were
// issued stay, and the period that runs ends as it began. What is kept is a revision with its
// event and its row of the audit trail, in one transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/text/json.h"
#include "base/time/date.h"
#include "domain/law/rule_book.h"
#include "domain/party/party.h"
#include "flows/access/access.h"
#include "ports/profiles.h"
#include "ports/store.h"

namespace flows {

// How an account is billed today, and what of it was chosen.
struct AccountBilling {
  domain::Account account;
  domain::Customer customer;  // Who pays.
  base::Date today;           // Of the operator's calendar.
  domain::BillingProfile now;
  domain::BillingProfile next;                    // The same where nothing is about to change.
  std::optional<base::Date> next_from;            // When it does.
  domain::ProfileChoice chosen;                   // With what is about to change.
  std::vector<ports::ProfileRevision> revisions;  // Ascending.
  std::vector<domain::Service> services;          // That have not ended, ascending by id.
  std::vector<ports::ServiceUser> users;          // Of services that another uses.
};

// One bill that the next period would give.
struct PreviewBill {
  struct Part {
    std::string division;
    std::string service;   // The division's own number.
    std::string category;  // fixed | usage | one_off
  };
  std::string group;  // As domain::Grouping says; "order:*" for one-offs each on its own.
  std::vector<Part> parts;
  base::Date issued;
  base::Date due;
  base::Date following;  // The bill day after this one.
};

struct ProfilePreview {
  base::Date holds_from;
  bool changes = false;  // False: it is so already.
  domain::BillingProfile before, after;
  domain::ProfileChoice chosen;  // After the change.
  std::vector<PreviewBill> bills_before, bills_after;
};

struct ProfileWish {
  domain::AccountId account;
  domain::ProfileChoice set = {};
  std::vector<std::string> forget = {};  // Members that follow the operator's default again.
  std::string actor = {};
};

// Errors of all three: unknown_account, operator_not_loaded, several_operators.
[[nodiscard]] base::Result<AccountBilling> show_account(ports::Transaction& transaction,
                                                        const base::Clock& clock,
                                                        domain::AccountId account);
// Writes nothing. Errors: those of domain::check_profile, check_divisions and change_choice.
[[nodiscard]] base::Result<ProfilePreview> preview_profile(ports::Transaction& transaction,
                                                           const base::Clock& clock,
                                                           const domain::RuleBook& rules,
                                                           const ProfileWish& wish);
// The same, kept. A wish that changes nothing leaves no trace.
[[nodiscard]] base::Result<ProfilePreview> change_profile(ports::Transaction& transaction,
                                                          const AccessPorts& access,
                                                          const domain::RuleBook& rules,
                                                          const ProfileWish& wish);

// For commands and the API.
[[nodiscard]] base::Json to_json(const AccountBilling& billing);
[[nodiscard]] base::Json to_json(const ProfilePreview& preview);

}  // namespace flows
