// What an agent does to a service (R12): look at it, show what a change makes of it, keep it.
//
// What is kept are the revisions of domain::change_service with an event and a row of the audit
// trail, in one transaction. Bills that were issued stay; the next run corrects them.
#pragma once

#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/text/json.h"
#include "base/time/date.h"
#include "domain/billing/service_change.h"
#include "flows/access/access.h"
#include "flows/care/arrange_accounts.h"
#include "ports/store.h"

namespace flows {

struct ServiceView {
  std::vector<domain::Service> revisions;  // Ascending; never empty.

  [[nodiscard]] const domain::Service& newest() const { return revisions.back(); }
};

struct ServiceWish {
  ServiceName service;  // Of services with one number: the running one, else the latest.
  domain::ServiceChange change = {};
  std::string actor = {};
};

struct ServicePreview {
  domain::ServiceChange change;
  ServiceView before, after;
  bool kept = false;
};

// Also one that has ended. Errors of all three: unknown_account, unknown_service,
// operator_not_loaded, several_operators.
[[nodiscard]] base::Result<ServiceView> show_service(ports::Transaction& transaction,
                                                     const base::Clock& clock,
                                                     const ServiceName& service);
// Writes nothing. Errors: those of domain::change_service.
[[nodiscard]] base::Result<ServicePreview> preview_service_change(ports::Transaction& transaction,
                                                                  const base::Clock& clock,
                                                                  const ServiceWish& wish);
// The same, kept.
[[nodiscard]] base::Result<ServicePreview> change_service(ports::Transaction& transaction,
                                                          const AccessPorts& access,
                                                          const ServiceWish& wish);

// For commands and the API: what is absent has no member.
[[nodiscard]] base::Json to_json(const ServiceView& view);
[[nodiscard]] base::Json to_json(const ServicePreview& preview);

}  // namespace flows
