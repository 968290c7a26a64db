// Which terms a service had on a day, and which service had a number then.
//
// A service's terms hold from a revision's day until a newer revision's day (domain/party/party.h).
// A number may have been one service's and later another's.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/ids.h"
#include "domain/party/party.h"

namespace domain {

// One revision of a service, as far as usage asks for it.
struct ServiceTerms {
  AccountId account;
  ServiceId service;
  std::int64_t revision = 1;
  std::string plan;
  std::vector<std::string> add_ons;
  std::string campaign;
  base::Date starts;
  std::optional<base::Date> ends = {};
  std::optional<base::Date> holds_from = {};
  bool paused = false;

  friend bool operator==(const ServiceTerms&, const ServiceTerms&) = default;
};

// A number under which usage of a service comes in.
struct ServiceNumber {
  std::string number;
  std::string customer_number;  // The division's, of whom the service is.
  AccountId account;
  ServiceId service;

  friend bool operator==(const ServiceNumber&, const ServiceNumber&) = default;
};

// The newest revision that holds on that day; null where none holds yet. Revisions of one service,
// ascending.
[[nodiscard]] const ServiceTerms* terms_on(std::span<const ServiceTerms> revisions, base::Date day);

// Of revisions of services that have had one number, ascending by account, service and revision:
// the terms of the one that was active on that day. Starts and ends are the newest revision's, the
// rest the newest's that holds from that day or before.
// Errors: unknown_service (there are none), service_not_active.
[[nodiscard]] base::Result<const ServiceTerms*> find_service(
    std::span<const ServiceTerms> revisions, base::Date day);

// A service that begins as another one's continuation, revision for revision: the terms that hold
// on its first day, and those that are to hold from later days.
[[nodiscard]] std::vector<Service> terms_from(const Service& begun,
                                              std::span<const ServiceTerms> before);

}  // namespace domain
