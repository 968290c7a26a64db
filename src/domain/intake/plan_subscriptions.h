// What becomes of subscriptions: new customers, joined ones (D13), services and their changes.
// Pure: what is known goes in, what is to be written comes out.
//
// Records are taken one after the other and see what those before them did, so that any number of
// batches gives the same as one. Where several records tell of one customer, the first one's words
// stand: others fill in what it left empty, and where they differ a notice says so.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/json.h"
#include "domain/ids.h"
#include "domain/intake/service_terms.h"
#include "domain/intake/subscription.h"
#include "domain/operator/operator.h"
#include "domain/party/party.h"

namespace domain {

// Why a division's number stands for a customer.
inline constexpr std::string_view kJoinedAsOwn = "own";  // The number made the customer.
inline constexpr std::string_view kJoinedByIdentity = "identity_number";
inline constexpr std::string_view kJoinedAfterSeparation = "separated";

struct SourceLink {
  CustomerId customer;
  AccountId account;
  std::string joined_by;  // One of the above, or who linked it by hand.

  friend bool operator==(const SourceLink&, const SourceLink&) = default;
};

// Everything that is known of the people in some records.
struct KnownParties {
  std::map<std::string, SourceLink> sources;     // By the division's number.
  std::map<std::string, CustomerId> identities;  // By identity_key().
  std::map<CustomerId, Customer> customers;
  std::map<AccountId, Account> accounts;
  std::map<CustomerId, AccountId> first_accounts;  // Where new services of a customer go.
  std::map<ServiceId, Service> services;           // Newest revisions, at their source's account.
  std::map<ServiceId, std::vector<ServiceTerms>> terms;  // All revisions of the same, ascending.
  // Who has, or had, a number under which usage comes in: ascending by account, service, revision.
  std::map<std::string, std::vector<ServiceTerms>> holders;
};

// An event to be, for the account's history (D8).
struct PlannedFact {
  AccountId account;
  std::string kind;
  base::Date effective;
  base::Json data;
};

struct SubscriptionPlan {
  std::vector<Customer> new_customers;  // Numbered.
  std::vector<Customer> changed_customers;
  std::vector<Account> new_accounts;
  std::vector<std::pair<std::string, SourceLink>> new_sources;
  std::vector<std::pair<std::string, CustomerId>> new_identities;
  std::vector<std::string> dropped_identities;
  std::vector<Service> services;  // New revisions.
  std::vector<ServiceNumber> numbers;
  std::vector<PlannedFact> facts;
};

// What became of one record; the fields of problems are named by us.
struct SubscriptionOutcome {
  std::optional<Problem> refusal;
  std::vector<Problem> notices;
};

class SubscriptionPlanner {
 public:
  struct Terms {
    std::string division;
    const Operator& seller;
    base::Date today;
  };
  // What new things are to be called.
  struct NewIds {
    CustomerId customer;
    AccountId account;
    ServiceId service;
  };

  SubscriptionPlanner(Terms terms, KnownParties known)
      : terms_(std::move(terms)), known_(std::move(known)) {}

  // Before take() of any: a customer may have his identity number in one of his records only.
  void expect(const Subscription& record);

  // Refusals: start_changed, customer_erased, service_overlaps. Notices: delivery_differs,
  // identity_number_taken, identity_number_differs, customer_differs.
  [[nodiscard]] SubscriptionOutcome take(const Subscription& record, const NewIds& ids);

  [[nodiscard]] std::int64_t new_customer_count() const {
    return static_cast<std::int64_t>(created_.size());
  }
  // `first_count` is the first of that many counts for customer numbers.
  [[nodiscard]] SubscriptionPlan finish(std::int64_t first_count) &&;

 private:
  void create_customer(const Subscription& record, const NewIds& ids);
  void join_customer(const Subscription& record, CustomerId customer);
  void start_service(const Subscription& record, AccountId account, ServiceId id);
  SubscriptionOutcome take_change(const Subscription& record, const SourceLink& source,
                                  ServiceId service);
  // The days on which the terms may change, from the start on.
  [[nodiscard]] std::vector<base::Date> term_days(const Subscription& record, ServiceId service,
                                                  base::Date starts) const;
  void change_service(const Subscription& record, Service service, base::Date starts);
  void add_revision(const Subscription& record, const Service& revision);
  [[nodiscard]] bool overlaps(const Subscription& record, const NewIds& ids) const;
  void change_customer(const Subscription& record, const SourceLink& source,
                       SubscriptionOutcome& outcome);
  bool take_identity(Customer& customer, const Party& incoming, bool own,
                     SubscriptionOutcome& outcome);
  void add_fact(AccountId account, std::string_view kind, base::Date effective, base::Json data);

  Terms terms_;
  KnownParties known_;
  SubscriptionPlan plan_;
  std::map<std::string, Subscription> identified_;  // By the division's number: who he is.
  std::vector<CustomerId> created_;                 // In order: their numbers follow it.
  std::vector<CustomerId> changed_;
};

}  // namespace domain
